use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::markdown::ProblemKind;

pub(super) const RULE: Rule = Rule {
    name: "merge-conflict-marker",
    summary: "a merge conflict was left in the article",
    family: Family::Input,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("merge-conflict-marker"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Context<'_>, findings: &mut Findings<'_>) {
    problems::report(document, ProblemKind::MergeConflict, "settle the conflict and remove the markers", findings);
}
