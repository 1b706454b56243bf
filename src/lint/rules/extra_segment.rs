use crate::bitext::{Bitext, Origin, Relation, Unit};
use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::markdown::NodeKind;

pub(super) const RULE: Rule = Rule {
    name: "extra-segment",
    summary: "the translation has a segment that the source lacks",
    family: Family::Completeness,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("extra-segment"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if bitext.relation == Relation::Own || !bitext.same_version() {
        return;
    }
    let units: Vec<&Unit<'_>> = bitext.units.iter().filter(|unit| unit.origin != Origin::FrontMatter).collect();
    for (at, unit) in units.iter().enumerate() {
        let (Some(side), None) = (unit.target, unit.source) else { continue };
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
        let found = findings.unit(unit, format!("the source has nothing like this: `{}{more}`", short.trim_end()));
        found.severity(problems::doubt(grave)).help("remove it, or add it to the source");
    }
}
