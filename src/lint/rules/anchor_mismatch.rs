use crate::bitext::{Bitext, Relation};
use crate::diagnostic::Severity;
use crate::document::{Document, visible_text};
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::{InlineKind, NodeKind};
use std::cell::OnceCell;
use std::collections::HashSet;

pub(super) const RULE: Rule = Rule {
    name: "anchor-mismatch",
    summary: "a link within the page goes nowhere, or an anchor is not that of the source",
    family: Family::Structure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("anchor-mismatch"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    let target = bitext.target;
    let mut slugs: Option<HashSet<String>> = None;
    let here = OnceCell::new();
    for inline in &target.tree.inlines {
        let InlineKind::LinkOpen { target: place } = inline.kind else { continue };
        let Some(anchor) = target.slice(place).strip_prefix('#') else { continue };
        if anchor.is_empty()
            || anchor.contains(['/', '%', '=', '&'])
            || here.get_or_init(|| written(target)).contains(anchor)
        {
            continue;
        }
        let known = slugs.get_or_insert_with(|| slugs_of(target));
        let wanted = anchor.to_lowercase();
        let bare = wanted.trim_end_matches(|it: char| it.is_ascii_digit()).trim_end_matches('-');
        if known.contains(&wanted) || known.contains(bare) {
            continue;
        }
        let found = findings.document(target, place, format!("no heading of this page has the anchor `#{anchor}`"));
        // Where the source has the same link, it may be broken there too.
        found.severity(Severity::Info).help("link to the anchor of a heading, or give the heading this anchor");
    }
    if bitext.relation == Relation::Own || !bitext.same_version() || bitext.source.is_bilingual() {
        return;
    }
    let mut known: Option<HashSet<String>> = None;
    let there = OnceCell::new();
    for node in &target.tree.nodes {
        let NodeKind::Heading { anchor: Some(anchor), .. } = &node.kind else { continue };
        let known = known.get_or_insert_with(|| slugs_of(bitext.source));
        if !known.contains(&anchor.to_lowercase())
            && !there.get_or_init(|| written(bitext.source)).contains(anchor.as_ref())
        {
            let span = node.span.trimmed(target.source.text());
            let found =
                findings.document(target, span, format!("the source has no heading with the anchor `{anchor}`"));
            found.help("use the anchor of the source, so that links to it work in all languages");
        }
    }
}

/// The anchors that are written somewhere in the document: `name="x"`, `id='x'`, `{#x}`.
fn written(document: &Document) -> HashSet<&str> {
    let text = document.source.text();
    let mut found = HashSet::new();
    for mark in ["name=", "id=", "{#"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), mark) {
            let rest = text[at + mark.len()..].trim_start_matches(['"', '\'', ' ']);
            let end = rest.find(['"', '\'', '>', '}', ' ', '\n']).unwrap_or(rest.len());
            found.insert(&rest[..end]);
        }
    }
    found
}

/// The anchors that the site makes of the headings, and those written.
fn slugs_of(document: &Document) -> HashSet<String> {
    let mut found = HashSet::new();
    for node in &document.tree.nodes {
        if let NodeKind::Heading { anchor: Some(anchor), .. } = &node.kind {
            found.insert(anchor.to_lowercase());
        }
    }
    for segment in &document.segments {
        let heading = segment
            .node
            .is_some_and(|node| matches!(document.tree.nodes[node as usize].kind, NodeKind::Heading { .. }));
        if heading {
            found.insert(slug(&visible_text(document, document.inlines_of(segment))));
        }
    }
    found
}

fn slug(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}
