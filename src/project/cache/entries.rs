//! What is kept: of an article, its findings and what is to be compared with other articles; what
//! that comparison found; and all that a run found.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::contents::Hash;
use super::{Cache, Key};
use crate::bitext::Progress;
use crate::diagnostic::Diagnostic;
use crate::lint::Fact;
use crate::project::Checked;
use crate::termbase::Translations;

/// What checking a group gave, beside what is to be compared.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::project) struct Kept {
    pub findings: Vec<Diagnostic>,
    pub units: usize,
    pub progress: BTreeMap<Arc<str>, Progress>,
    pub segments: BTreeMap<Arc<str>, usize>,
    pub notes: Vec<String>,
    /// The state of the repository, where git was asked.
    pub git: Option<Hash>,
}

/// What is to be compared with other articles.
pub(in crate::project) type Rest = (Vec<Fact>, Translations);

fn name(key: &Key) -> String {
    blake3::Hash::from_bytes(*key).to_hex().to_string()
}

impl Cache {
    /// What is kept of a group, and the hash of what is to be compared.
    pub(in crate::project) fn group(&self, key: &Key) -> Option<(Kept, Hash)> {
        let (bytes, rest) = self.store.as_ref()?.read_first(&name(key))?;
        Some((postcard::from_bytes(&bytes).ok()?, rest))
    }

    /// What is to be compared of it.
    pub(in crate::project) fn rest(&self, key: &Key, hash: &Hash) -> Option<Rest> {
        let bytes = self.store.as_ref()?.read_second(&name(key))?;
        (blake3::hash(&bytes).as_bytes() == hash).then(|| postcard::from_bytes(&bytes).ok())?
    }

    pub(in crate::project) fn keep_group(&self, key: &Key, kept: &Kept, rest: &[u8]) {
        if let (Some(store), Ok(bytes)) = (&self.store, postcard::to_stdvec(kept)) {
            store.write_two(&name(key), &bytes, rest);
        }
    }

    /// Something that is kept of many groups together, if it has this key.
    pub(in crate::project) fn compared(&self, slot: &Key, key: &Key) -> Option<Vec<Diagnostic>> {
        let bytes = self.store.as_ref()?.read(&name(slot))?;
        let (of, rest): (Key, &[u8]) = postcard::take_from_bytes(&bytes).ok()?;
        (of == *key).then(|| postcard::from_bytes(rest).ok())?
    }

    pub(in crate::project) fn keep_compared(&self, slot: &Key, key: &Key, found: &[Diagnostic]) {
        if let (Some(store), Ok(bytes)) = (&self.store, postcard::to_stdvec(&(key, found))) {
            store.write(&name(slot), &[&bytes]);
        }
    }

    /// What a run gave, and the state of the repository where git was asked.
    pub(in crate::project) fn run(&self, slot: &Key, key: &Key) -> Option<(Option<Hash>, Checked)> {
        let bytes = self.store.as_ref()?.read(&name(slot))?;
        let (of, rest): (Key, &[u8]) = postcard::take_from_bytes(&bytes).ok()?;
        (of == *key).then(|| postcard::from_bytes(rest).ok())?
    }

    pub(in crate::project) fn keep_run(&self, slot: &Key, key: &Key, git: Option<Hash>, all: &Checked) {
        if let (Some(store), Ok(bytes)) = (&self.store, postcard::to_stdvec(&(key, git, all))) {
            store.write(&name(slot), &[&bytes]);
        }
    }

    /// Forgets a group that is not what it should be.
    pub(in crate::project) fn forget(&self, key: &Key) {
        if let Some(store) = &self.store {
            store.forget(&name(key));
        }
    }
}
