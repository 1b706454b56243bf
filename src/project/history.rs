//! What translations were made from: by the record of the project, or by the revision that an
//! article names.

use std::path::Path;
use std::sync::OnceLock;

use super::record::{Record, RecordError};
use super::revisions::Revisions;
use crate::bitext::Basis;
use crate::config::Settings;
use crate::document::Document;

/// What is written down about the past of the articles.
#[derive(Debug)]
pub struct History {
    record: Record,
    revisions: Revisions,
    state: OnceLock<Option<[u8; 32]>>,
}

impl History {
    /// Reads the record; git is asked when it is needed.
    pub fn open(settings: &Settings) -> Result<Self, RecordError> {
        Ok(History {
            record: Record::load(&settings.record)?,
            revisions: Revisions::new(settings),
            state: OnceLock::new(),
        })
    }

    /// What `target` was made from; each article with its path on disk.
    pub(super) fn basis(
        &self,
        source: (&Document, &Path),
        target: (&Document, &Path),
        settings: &Settings,
    ) -> Option<Basis> {
        let recorded = self.record.basis(&settings.relative(&target.0.path));
        recorded.or_else(|| self.revisions.basis(source, target))
    }

    /// Whether [`Self::basis`] asks git.
    pub(super) fn asks_git(&self, target: &Document, settings: &Settings) -> bool {
        self.recorded(&settings.relative(&target.path)).is_none() && self.revisions.is_named(target)
    }

    /// What is recorded of an article.
    pub(super) fn recorded(&self, article: &str) -> Option<&str> {
        self.record.line(article)
    }

    /// What the answers of git depend on, as it was when it was first asked for; `None` where that
    /// cannot be told.
    pub(super) fn state(&self) -> Option<[u8; 32]> {
        *self.state.get_or_init(|| self.revisions.state())
    }
}
