use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::{AlertKind, NodeKind};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "alert-mismatch",
    summary: "an alert is of another kind than in the source, or is not shown as one",
    family: Family::Structure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("alert-mismatch"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    let targets = alerts(bitext.target);
    let sources = alerts(bitext.original.unwrap_or(bitext.source));
    if targets.iter().chain(&sources).any(|it| it.2) {
        for (_, marker, standard) in &targets {
            if !standard {
                let text = bitext.target.slice(*marker);
                let message = format!("`{text}` is shown as plain text, not as an alert");
                findings
                    .document(bitext.target, *marker, message)
                    .help("write the marker as `> [!NOTE]`, alone on its line and not translated");
            }
        }
    }
    let Some(original) = bitext.original.filter(|_| sources.len() == targets.len()) else { return };
    for (source, target) in sources.iter().zip(&targets) {
        if source.0 != target.0 {
            let message = format!("the alert is of kind {:?}, in the source of kind {:?}", target.0, source.0);
            let found = findings.document(bitext.target, target.1, message.to_lowercase());
            found.label(original, source.1, "the source").help("use the kind of the source");
        }
    }
}

fn alerts(document: &Document) -> Vec<(AlertKind, Span, bool)> {
    let nodes = document.tree.nodes.iter();
    nodes
        .filter_map(|node| match node.kind {
            NodeKind::Alert { kind, marker, standard } => Some((kind, marker, standard)),
            _ => None,
        })
        .collect()
}
