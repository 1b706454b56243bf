use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::Cue;
use crate::signal::Said;

pub(super) const RULE: Rule = Rule {
    name: "changed-modality",
    summary: "a duty, a permission or a possibility became another",
    family: Family::Meaning,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-modality"),
    check: Check::Statements(check),
};

/// What may stand for a duty.
const DUTY: [Cue; 9] = [
    Cue::Must,
    Cue::Obligation,
    Cue::Recommendation,
    Cue::Contingent,
    Cue::Prohibition,
    Cue::Exemption,
    Cue::Only,
    Cue::NotUntil,
    Cue::Ensure,
];

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if !it.is_known() {
        return;
    }
    let (source, target) = (&it.source, &it.target);
    let mut report = |said: Said, read: Option<Said>, lost: &str, severity: Severity| {
        it.report_readings(findings, said.place(), read.map(|it| it.place()), lost)
            .severity(severity)
            .help("oblige and allow the reader as the source does");
    };
    let may = [Cue::Possibility, Cue::Contingent];
    if let Some(said) = source.first(&[Cue::Contingent])
        && !target.has(&may)
        && let Some(read) = target.first(&[Cue::Must, Cue::Obligation, Cue::Permission])
    {
        return report(said, Some(read), "", Severity::Warning);
    }
    if let Some(said) = source.first(&[Cue::Exemption])
        && !target.has(&[Cue::Exemption])
        && let Some(read) = target.first(&[Cue::Prohibition])
    {
        return report(said, Some(read), "", Severity::Error);
    }
    if let Some(said) = source.first(&[Cue::Prohibition])
        && !target.has(&[Cue::Prohibition])
        && let Some(read) = target.first(&[Cue::Exemption])
    {
        return report(said, Some(read), "", Severity::Error);
    }
    if let Some(said) = source.first(&[Cue::Possibility])
        && !source.has(&DUTY)
        && !target.has(&[Cue::Possibility, Cue::Permission, Cue::Contingent])
        && let Some(read) = target.first(&[Cue::Must])
    {
        return report(said, Some(read), "", Severity::Warning);
    }
    if let Some(said) = source.first(&[Cue::Must])
        && !target.has(&DUTY)
    {
        return report(said, None, "the target states no duty", Severity::Warning);
    }
    if let Some(read) = target.first(&[Cue::Must])
        && !source.has(&DUTY)
    {
        let message = format!("{} is a duty that the source does not state", quote(target.text(read.place())));
        it.report(findings, None, Some(read.place()), message).severity(Severity::Info);
        return;
    }
    if let Some(said) = source.first(&[Cue::Possibility])
        && !target.has(&[Cue::Possibility, Cue::Permission, Cue::Contingent, Cue::If])
    {
        report(said, None, "the target states it as certain", Severity::Info);
    }
}
