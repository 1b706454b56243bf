use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::markdown::ProblemKind;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-key",
    summary: "a key of the front matter is written twice",
    family: Family::Metadata,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("duplicate-key"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Context<'_>, findings: &mut Findings<'_>) {
    problems::report(document, ProblemKind::DuplicateKey, "remove one of the two; only one of them counts", findings);
}
