use crate::diagnostic::Severity;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::Notion;

pub(super) const RULE: Rule = Rule {
    name: "lost-choice",
    summary: "the source says “either … or”, the target “both … and”",
    family: Family::Procedure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("lost-choice"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if let Some(said) = it.source.notion(Notion::Either)
        && !it.source.may_mean(Notion::Both)
        && !it.target.may_mean(Notion::Either)
        && let Some(read) = it.target.notion(Notion::Both)
    {
        it.report_readings(findings, said, Some(read), "").help("leave the reader the choice that the source leaves");
    }
}
