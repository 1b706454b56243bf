use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::NodeKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "step-count-mismatch",
    summary: "a numbered list has more or fewer steps than in the source",
    family: Family::Procedure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("step-count-mismatch"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(original) = bitext.original else { return };
    let (sources, targets) = (lists(original), lists(bitext.target));
    // With another number of lists it is not known which belong together.
    if sources.len() != targets.len() {
        return;
    }
    for (source, target) in sources.iter().zip(&targets) {
        if source.1 != target.1 {
            let message = format!("this list has {} steps, in the source {}", target.1, source.1);
            let found = findings.document(bitext.target, target.0, message);
            found.label(original, source.0, "the source").help("compare the steps one by one");
        }
    }
}

/// The marker of the first step of each numbered list, with the number of steps.
fn lists(document: &Document) -> Vec<(Span, usize)> {
    let tree = &document.tree;
    let mut found = Vec::new();
    for (index, _) in tree.nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::List { ordered: true }) {
        let marker = tree.children(index).find_map(|item| match tree.nodes[item].kind {
            NodeKind::Item { marker, .. } => Some(marker),
            _ => None,
        });
        found.extend(marker.map(|marker| (marker, tree.children(index).count())));
    }
    found
}
