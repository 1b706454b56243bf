use crate::diagnostic::Severity;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::{Cue, Notion, Relation};
use crate::signal::Quantity;

pub(super) const RULE: Rule = Rule {
    name: "lost-exclusivity",
    summary: "the source says “only” or “either … or” and the target does not, or it says “not only” and the target “only”",
    family: Family::Meaning,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("lost-exclusivity"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if !it.is_known() {
        return;
    }
    // One of two excludes the other.
    if let Some(said) = it.source.notion(Notion::Either)
        && !it.source.may_mean(Notion::Both)
        && !it.target.may_mean(Notion::Either)
        && let Some(read) = it.target.notion(Notion::Both)
    {
        it.report_readings(findings, said, Some(read), "").help("leave the reader the choice that the source leaves");
        return;
    }
    // “Not only” adds; “only” takes away.
    if let Some(said) = it.source.first(&[Cue::NotOnly])
        && !it.source.has(&[Cue::Only])
        && !it.target.has(&[Cue::NotOnly])
        && let Some(only) = it.target.first(&[Cue::Only])
    {
        it.report_readings(findings, said.place(), Some(only.place()), "")
            .help("add to what was said, as the source does");
        return;
    }
    let Some(said) = it.source.first(&[Cue::Only]) else { return };
    // No more than so many is only so many.
    let is_bound = |it: &Quantity| matches!(it.bound(), Some(Relation::AtMost | Relation::LessThan));
    if it.target.has(&[Cue::Only, Cue::NotUntil, Cue::Unless, Cue::NotOnly])
        || it.is_kept(said)
        || it.target.quantities.iter().any(is_bound)
    {
        return;
    }
    it.report_readings(findings, said.place(), None, "nothing in the target limits it so")
        .help("limit it as the source does");
}
