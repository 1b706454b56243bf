use crate::bitext::{Bitext, Origin};
use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    name: "empty-segment",
    summary: "the target of a segment is empty",
    family: Family::Completeness,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("empty-segment"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    for unit in bitext.units.iter().filter(|unit| unit.origin == Origin::Embedded) {
        let Some(source) = unit.source else { continue };
        if !source.raw().contains(char::is_alphabetic) {
            continue;
        }
        if unit.target.is_none_or(|target| target.raw().trim().is_empty()) {
            findings.unit(unit, "the target is empty").help("translate the source");
        }
    }
}
