use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::markdown::ProblemKind;

pub(super) const RULE: Rule = Rule {
    name: "limit-exceeded",
    summary: "the article is larger or deeper than is read",
    family: Family::Input,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("limit-exceeded"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Context<'_>, findings: &mut Findings<'_>) {
    problems::report(
        document,
        ProblemKind::Limit,
        "split the article; what lies beyond the limit is not checked",
        findings,
    );
}
