//! A slip of the pen in a written text, and how it is told.

use super::{Findings, Written};
use crate::diagnostic::Applicability;

/// A place with a word about it and, where it is plain what should be there, that.
pub(super) struct Slip {
    /// Where it begins in the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
    /// What should stand there.
    pub instead: Option<String>,
    /// Whether nobody would want that undone.
    pub safe: bool,
}

impl Slip {
    pub(super) fn new(start: usize, end: usize, message: impl Into<String>, help: &'static str) -> Self {
        Slip { start, end, message: message.into(), help, instead: None, safe: false }
    }

    /// What should stand there, and nobody would want that undone.
    pub(super) fn safely(self, instead: &str) -> Self {
        Slip { instead: Some(instead.to_owned()), safe: true, ..self }
    }

    /// What should stand there, if a person agrees.
    pub(super) fn perhaps(self, instead: &str) -> Self {
        Slip { instead: Some(instead.to_owned()), ..self }
    }

    /// Reports it.
    pub(super) fn tell(self, written: &Written<'_, '_>, findings: &mut Findings<'_>) {
        let span = written.span(self.start, self.end);
        let finding = findings.in_unit(written.unit, span, self.message).help(self.help);
        let edit = self.instead.and_then(|it| written.edit(self.start, self.end, &it));
        if let Some(edit) = edit {
            let applicability = if self.safe { Applicability::Safe } else { Applicability::Ask };
            finding.fix(self.help, applicability, vec![edit]);
        }
    }
}
