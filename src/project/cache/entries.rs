//! What is kept: of an article, its findings; what comparing all articles found; and what was printed.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::contents::Hash;
use super::{Cache, Keeping, Key, Parts};
use crate::bitext::Progress;
use crate::diagnostic::Diagnostic;
use crate::lint::kept_findings;

/// What checking a group gave.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::project) struct Kept {
    #[serde(with = "kept_findings")]
    pub findings: Vec<Diagnostic>,
    pub units: usize,
    pub progress: BTreeMap<Arc<str>, Progress>,
    pub segments: BTreeMap<Arc<str>, usize>,
    pub notes: Vec<String>,
    /// The state of the repository, where git was asked.
    pub git: Option<Hash>,
    /// What is to be compared with other articles stands behind it.
    pub parts: Parts,
}

/// Findings, to be written.
#[derive(Serialize)]
struct Written<'a>(#[serde(with = "kept_findings")] &'a [Diagnostic]);

/// Findings, as they were read.
#[derive(Deserialize)]
struct Read(#[serde(with = "kept_findings")] Vec<Diagnostic>);

/// What a run printed.
#[derive(Debug)]
pub struct Printed {
    /// Its exit code.
    pub code: u8,
    bytes: Vec<u8>,
    /// Where the text begins.
    from: usize,
}

impl Printed {
    /// The bytes that were printed.
    pub fn text(&self) -> &[u8] {
        &self.bytes[self.from..]
    }
}

pub(super) fn name(key: &Key) -> String {
    blake3::Hash::from_bytes(*key).to_hex().to_string()
}

impl Cache {
    /// What is kept of a group.
    pub(in crate::project) fn group(&self, key: &Key) -> Option<Kept> {
        postcard::from_bytes(&self.store.as_ref()?.read_head(&name(key))?).ok()
    }

    pub(in crate::project) fn keep_group(&self, key: &Key, kept: &Kept, behind: &[u8]) {
        if let (Some(store), Ok(bytes)) = (&self.store, postcard::to_stdvec(kept)) {
            store.write_two(&name(key), &bytes, behind);
        }
    }

    /// Something that is kept of many groups together, if it has this key.
    pub(in crate::project) fn get<T: DeserializeOwned>(&self, slot: &Key, key: &Key) -> Option<T> {
        postcard::from_bytes(&self.store.as_ref()?.read(&name(slot), key)?).ok()
    }

    pub(in crate::project) fn put<T: Serialize + ?Sized>(&self, slot: &Key, key: &Key, it: &T) {
        if let (Some(store), Ok(bytes)) = (&self.store, postcard::to_stdvec(it)) {
            store.write(&name(slot), key, &bytes);
        }
    }

    /// Findings that are kept of many groups together, if they have this key.
    pub(in crate::project) fn findings(&self, slot: &Key, key: &Key) -> Option<Vec<Diagnostic>> {
        self.get(slot, key).map(|Read(found)| found)
    }

    pub(in crate::project) fn keep_findings(&self, slot: &Key, key: &Key, found: &[Diagnostic]) {
        self.put(slot, key, &Written(found));
    }

    /// What was printed, and the exit code; `None` where the repository is no longer in the state that
    /// it was in, as `is_now` tells.
    pub(in crate::project) fn printed(
        &self,
        slot: &Key,
        key: &Key,
        is_now: impl Fn(Option<Hash>) -> bool,
    ) -> Option<Printed> {
        let bytes = self.store.as_ref()?.read(&name(slot), key)?;
        let (head, text): ((Option<Hash>, u8), &[u8]) = postcard::take_from_bytes(&bytes).ok()?;
        let from = bytes.len() - text.len();
        is_now(head.0).then_some(Printed { code: head.1, bytes, from })
    }

    /// Keeps what is written into it as printed.
    pub(in crate::project) fn keep_printed(
        &self,
        slot: &Key,
        key: &Key,
        git: Option<Hash>,
        code: u8,
    ) -> Option<Keeping<'_>> {
        let mut keeping = Keeping::begin(self.store.as_ref()?, &name(slot), key)?;
        keeping.write_all(&postcard::to_stdvec(&(git, code)).ok()?).ok()?;
        Some(keeping)
    }

    /// Whether something is kept of a group.
    pub(in crate::project) fn has_group(&self, key: &Key) -> bool {
        self.store.as_ref().is_some_and(|it| it.has(&name(key)))
    }

    /// Forgets a group that is not what it should be.
    pub(in crate::project) fn forget(&self, key: &Key) {
        if let Some(store) = &self.store {
            store.forget(&name(key));
        }
    }
}
