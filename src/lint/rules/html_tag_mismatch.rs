use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::InlineKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "html-tag-mismatch",
    summary: "the HTML tags of the target are not those of the source",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("html-tag-mismatch"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((source, target)) = marks::compared(unit, context) else { return };
    if marks::is_plain(&source) && marks::is_plain(&target) {
        return;
    }
    let mut lost = tags(&source);
    let mut added = Vec::new();
    for tag in tags(&target) {
        match lost.iter().position(|it| it.0 == tag.0) {
            Some(at) => drop(lost.remove(at)),
            None => added.push(tag),
        }
    }
    let paired = |tag: &str| !matches!(tag.trim_start_matches('/'), "br" | "hr" | "img" | "wbr" | "input");
    let grave = |tag: &str| if paired(tag) { Severity::Warning } else { Severity::Info };
    if let Some((tag, span)) = added.first() {
        findings
            .in_unit(unit, *span, format!("the source has no tag `<{tag}>` here"))
            .severity(grave(tag))
            .help("keep the tags of the source");
    } else if let Some((tag, span)) = lost.iter().find(|(tag, _)| !is_emphasis(tag) || !restyled(&target, context)) {
        findings
            .in_unit(unit, target.span, format!("the tag `<{tag}>` is gone"))
            .severity(grave(tag))
            .source(*span, "the tag in the source")
            .help("keep the tags of the source");
    }
}

/// The names of the tags, with `/` before those that close. Comments and anchors say nothing.
fn tags(side: &Side<'_>) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for inline in side.inlines.iter().filter(|inline| inline.kind == InlineKind::Html) {
        let raw = side.document.slice(inline.span);
        let name: String =
            raw.trim_start_matches('<').chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '/').collect();
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        if !name.is_empty() && !matches!(name.trim_start_matches('/'), "a" | "span") {
            found.push((name, inline.span));
        }
    }
    found
}

fn is_emphasis(tag: &str) -> bool {
    matches!(tag.trim_start_matches('/'), "b" | "strong" | "i" | "em")
}

/// Whether the target marks labels in the way of its locale, with quotation marks or brackets.
fn restyled(target: &Side<'_>, context: &Context<'_>) -> bool {
    context.locale.data().is_some_and(|data| marks::wrappers(data, target) > 0)
}
