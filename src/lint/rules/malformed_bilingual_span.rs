use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::ProblemKind;

pub(super) const RULE: Rule = Rule {
    name: "malformed-bilingual-span",
    summary: "a bilingual span is not closed, not paired, or nested",
    family: Family::Inline,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("malformed-bilingual-span"),
    check: Check::Document(check),
};

fn check(document: &Document, _context: &Context<'_>, findings: &mut Findings<'_>) {
    for problem in document.tree.problems.iter().filter(|problem| problem.kind == ProblemKind::BilingualSpan) {
        let finding = findings
            .document(document, problem.span, problem.message.clone())
            .help("write the target span, then its source span with the same id, and close both");
        if let Some(other) = problem.other {
            finding.label(document, other, "opened here");
        }
    }
}
