use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::markdown::ProblemKind;

pub(super) const RULE: Rule = Rule {
    name: "invalid-encoding",
    summary: "bytes that are not UTF-8 text",
    family: Family::Input,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("invalid-encoding"),
    check: Check::Document(check),
};

fn check(document: &Document, _: &Context<'_>, findings: &mut Findings<'_>) {
    problems::report(document, ProblemKind::Encoding, "save the file as UTF-8", findings);
}
