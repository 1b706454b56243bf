use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::NodeKind;

pub(super) const RULE: Rule = Rule {
    name: "skipped-step-number",
    summary: "the written numbers of a list jump",
    family: Family::Procedure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("skipped-step-number"),
    check: Check::Document(check),
};

fn check(document: &Document, context: &Context<'_>, findings: &mut Findings<'_>) {
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
                        let message = match written {
                            0 => format!("the list starts at {number}"),
                            _ => format!("step {number} follows step {written}"),
                        };
                        let mut help = "write the missing step, or number the steps anew".to_owned();
                        if document.is_bilingual() || context.locale != context.source_locale {
                            help.push_str("; the gap may come from the source");
                        }
                        findings.document(document, marker, message).help(help);
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
}

/// Whether a list that starts late can have lost its first steps: it has more than one item, and
/// stands in the flow of the article.
fn is_first_of_procedure(document: &Document, list: usize) -> bool {
    document.tree.children(list).count() > 1 && document.tree.nodes[list].parent.is_none()
}
