//! What the parser found broken, as findings; each kind is the business of one rule.

use super::Findings;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::markdown::ProblemKind;

/// Reports the problems of one kind.
pub(super) fn report(document: &Document, kind: ProblemKind, help: &'static str, findings: &mut Findings<'_>) {
    for problem in document.tree.problems.iter().filter(|problem| problem.kind == kind) {
        let found = findings.document(document, problem.span, problem.message.clone()).help(help);
        if let Some(other) = problem.other {
            found.label(document, other, "the first");
        }
    }
}

/// How grave a finding is that may be meant.
pub(super) fn doubt(sure: bool) -> Severity {
    if sure { Severity::Warning } else { Severity::Info }
}
