//! What translations were made from: by the record of the project, or by the revision that an
//! article names.

use std::path::Path;

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
}

impl History {
    /// Reads the record; git is asked when it is needed.
    pub fn open(settings: &Settings) -> Result<Self, RecordError> {
        Ok(History { record: Record::load(&settings.record)?, revisions: Revisions::new(settings) })
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
}
