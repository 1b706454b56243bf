use crate::diagnostic::Severity;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    name: "changed-time",
    summary: "a time of day differs from the source",
    family: Family::Facts,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-time"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    facts::report(it, Kind::Time, findings);
}
