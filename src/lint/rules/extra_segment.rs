use crate::bitext::{Bitext, Relation};
use crate::diagnostic::Severity;
use crate::lint::unpaired::unpaired;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};

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
    if bitext.relation == Relation::Comments {
        return; // Not everything has to be in them.
    }
    for it in unpaired(bitext, |unit| unit.target.filter(|_| unit.source.is_none())) {
        let found = findings.unit(it.unit, format!("the source has nothing like this: {}", it.text));
        found.severity(problems::doubt(it.grave)).help("remove it, or add it to the source");
    }
}
