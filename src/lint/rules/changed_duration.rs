use crate::diagnostic::Severity;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::TimeUnit;
use crate::signal::Statement;

pub(super) const RULE: Rule = Rule {
    name: "changed-duration",
    summary: "a length of time differs from the source",
    family: Family::Facts,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-duration"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    facts::report(it, Kind::Duration, findings);
    if !it.is_known() || it.facts().iter().any(|it| it.kind == Kind::Duration && it.source.is_some()) {
        return;
    }
    // `the last business day`, without a number.
    let unit = |statement: &Statement, wanted| statement.units.iter().find(|(unit, ..)| *unit == wanted).copied();
    if let Some((_, start, end)) = unit(&it.source, TimeUnit::BusinessDay)
        && unit(&it.source, TimeUnit::Day).is_none()
        && unit(&it.target, TimeUnit::BusinessDay).is_none()
        && let Some((_, from, to)) = unit(&it.target, TimeUnit::Day)
    {
        it.report_readings(findings, (start, end), Some((from, to)), "").help("say that only working days count");
    }
}
