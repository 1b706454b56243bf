use crate::bitext::{Bitext, Origin, Relation, Unit};
use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::markdown::NodeKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "missing-segment",
    summary: "the translation lacks a segment of the source",
    family: Family::Completeness,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("missing-segment"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if bitext.relation == Relation::Own || !bitext.same_version() {
        return;
    }
    let units: Vec<&Unit<'_>> = bitext.units.iter().filter(|unit| unit.origin != Origin::FrontMatter).collect();
    for (at, unit) in units.iter().enumerate() {
        let (Some(side), None) = (unit.source, unit.target) else { continue };
        // Only between neighbours that are surely paired.
        let sure =
            |unit: Option<&&Unit<'_>>| unit.is_none_or(|it| matches!(it.origin, Origin::Aligned(sure) if sure >= 0.55));
        if !sure(at.checked_sub(1).and_then(|at| units.get(at))) || !sure(units.get(at + 1)) {
            continue;
        }
        let text = side.text();
        if text.chars().filter(|it| it.is_alphabetic()).count() < 4 {
            continue;
        }
        let grave = side.node.is_some_and(|node| {
            let tree = &side.document.tree;
            std::iter::once(node as usize).chain(tree.ancestors(node as usize)).any(|at| {
                matches!(
                    tree.nodes[at].kind,
                    NodeKind::Heading { .. } | NodeKind::Item { number: Some(_), .. } | NodeKind::Alert { .. }
                )
            })
        });
        let short: String = text.trim().chars().take(60).collect();
        let more = if text.trim().chars().count() > 60 { "…" } else { "" };
        let before = units[..at].iter().rev().find_map(|it| it.target).map_or(0, |it| it.span.end as usize);
        let found = findings.missing(
            unit,
            bitext.target,
            Span::at(before),
            format!("the translation lacks this: `{}{more}`", short.trim_end()),
        );
        found.severity(problems::doubt(grave)).help("translate it");
    }
}
