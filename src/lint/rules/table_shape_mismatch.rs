use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::NodeKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "table-shape-mismatch",
    summary: "a table has other rows or columns than in the source",
    family: Family::Structure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("table-shape-mismatch"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(original) = bitext.original else { return };
    let (sources, targets) = (tables(original), tables(bitext.target));
    if sources.len() != targets.len() {
        return;
    }
    for (source, target) in sources.iter().zip(&targets) {
        let what = match () {
            () if source.1 != target.1 => format!("{} rows, in the source {}", target.1, source.1),
            () if source.2 != target.2 => format!("{} columns, in the source {}", target.2, source.2),
            () => continue,
        };
        let found = findings.document(bitext.target, target.0, format!("this table has {what}"));
        found.label(original, source.0, "the source").help("compare the two tables");
    }
}

/// The first row of each table, with the number of rows and columns.
fn tables(document: &Document) -> Vec<(Span, usize, usize)> {
    let tree = &document.tree;
    let mut found = Vec::new();
    for (index, _) in tree.nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Table) {
        let rows: Vec<usize> = tree.children(index).collect();
        let Some(&first) = rows.first() else { continue };
        let span = tree.nodes[first].span.trimmed(document.source.text());
        found.push((span, rows.len(), tree.children(first).count()));
    }
    found
}
