use crate::diagnostic::Severity;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::Cue;

pub(super) const RULE: Rule = Rule {
    name: "changed-degree",
    summary: "full became partial, or partial full",
    family: Family::Meaning,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-degree"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if !it.is_known() {
        return;
    }
    for (said, other) in [(Cue::Partial, Cue::Full), (Cue::Full, Cue::Partial), (Cue::Prorated, Cue::Full)] {
        if let Some(source) = it.source.first(&[said])
            && !it.source.has(&[other])
            && !it.target.has(&[said])
            && let Some(target) = it.target.first(&[other])
        {
            it.report_readings(findings, source.place(), Some(target.place()), "")
                .help("grant as much as the source does");
        }
    }
}
