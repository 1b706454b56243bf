use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule, Written};
use crate::lint::{gaps, glue};

pub(super) const RULE: Rule = Rule {
    name: "spacing",
    summary: "a space is missing, is one too many, or is of the wrong kind",
    family: Family::Language,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("spacing"),
    check: Check::Written(check),
};

fn check(all: &[Written<'_, '_>], _: &Context<'_>, findings: &mut Findings<'_>) {
    let habits = glue::Habits::of(all);
    let mut slips = Vec::new();
    for written in all {
        gaps::find(written, habits.no_break(), &mut slips);
        glue::find(written, &habits, &mut slips);
        slips.drain(..).for_each(|slip| slip.tell(written, findings));
    }
}
