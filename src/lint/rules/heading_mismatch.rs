use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::NodeKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "heading-mismatch",
    summary: "the headings of the target are not those of the source",
    family: Family::Structure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("heading-mismatch"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(original) = bitext.original else { return };
    let (sources, targets) = (headings(original), headings(bitext.target));
    if sources.len() != targets.len() {
        let span = targets.last().map(|it| it.1).unwrap_or_default();
        let message = format!("the source has {}, the target {}", count(sources.len()), targets.len());
        findings.document(bitext.target, span, message).help("compare the headings of both articles");
        return;
    }
    for ((source, from), (target, span)) in sources.iter().zip(&targets) {
        if source != target {
            let message = format!("this heading is of level {target}, in the source of level {source}");
            findings
                .document(bitext.target, *span, message)
                .label(original, *from, "the source")
                .help(format!("write it with {source} `#`"));
        }
    }
}

fn count(headings: usize) -> String {
    if headings == 1 { "1 heading".into() } else { format!("{headings} headings") }
}

fn headings(document: &Document) -> Vec<(u8, Span)> {
    let nodes = document.tree.nodes.iter();
    nodes
        .filter_map(|node| match node.kind {
            NodeKind::Heading { level, .. } => Some((level, node.span.trimmed(document.source.text()))),
            _ => None,
        })
        .collect()
}
