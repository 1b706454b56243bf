use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Family, Findings, Group, Rule};
use crate::markdown::NodeKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "skipped-step-number",
    summary: "the written numbers of a list jump",
    family: Family::Procedure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("skipped-step-number"),
    check: Check::Group(check),
};

/// A place where the numbers jump.
struct Gap {
    marker: Span,
    after: u32,
    number: u32,
}

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    for document in group.documents {
        let gaps = gaps(document);
        if gaps.is_empty() {
            continue;
        }
        let source = group.bitexts.iter().find(|it| it.target.path == document.path).map(|it| it.source);
        let other = source.filter(|it| it.path != document.path);
        let in_source = other.map(self::gaps).unwrap_or_default();
        for gap in gaps {
            let message = match gap.after {
                0 => format!("the list starts at {}", gap.number),
                after => format!("step {} follows step {after}", gap.number),
            };
            let same = in_source.iter().find(|it| (it.after, it.number) == (gap.after, gap.number));
            let found = findings.document(document, gap.marker, message);
            match (same, other) {
                (Some(same), Some(other)) => found
                    .severity(Severity::Info)
                    .help("the source has the same gap: mend it there first")
                    .label(other, same.marker, "the same gap in the source"),
                // Both languages stand under one number.
                _ if document.is_bilingual() => {
                    found.help("the source has the same gap: write the missing step there, or number the steps anew")
                }
                (None, Some(_)) => {
                    found.help("the source has no such gap: write the missing step, or number the steps as it does")
                }
                _ => found.help("write the missing step, or number the steps anew"),
            };
        }
    }
}

fn gaps(document: &Document) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let nodes = &document.tree.nodes;
    // For each parent, where its last list ended: as written and as shown.
    let mut ends: Vec<(Option<u32>, u32, u32)> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        match node.kind {
            NodeKind::Heading { .. } => ends.clear(),
            NodeKind::List { ordered: true } => {
                let before = ends.iter().position(|end| end.0 == node.parent).map(|at| ends.remove(at));
                let mut last: Option<(u32, u32)> = None;
                for item in document.tree.children(index) {
                    let NodeKind::Item { number: Some(number), marker, .. } = nodes[item].kind else { continue };
                    let expected = match (last, before) {
                        (Some((written, shown)), _) => Some((written, shown)),
                        (None, Some((_, written, shown))) if number > 1 => Some((written, shown)),
                        (None, None) if (2..=9).contains(&number) && is_first_of_procedure(document, index) => {
                            Some((0, 0))
                        }
                        _ => None,
                    };
                    if let Some((written, shown)) = expected
                        && number > written + 1
                        && number > shown + 1
                        && number < written + 10
                    {
                        gaps.push(Gap { marker, after: written, number });
                    }
                    let shown = last.map_or(number, |(_, shown)| if number > shown { number } else { shown + 1 });
                    last = Some((number, shown));
                }
                if let Some((written, shown)) = last {
                    ends.push((node.parent, written, shown));
                }
            }
            _ => {}
        }
    }
    gaps
}

/// Whether a list that starts late can have lost its first steps: it has more than one item, and
/// stands in the flow of the article.
fn is_first_of_procedure(document: &Document, list: usize) -> bool {
    document.tree.children(list).count() > 1 && document.tree.nodes[list].parent.is_none()
}
