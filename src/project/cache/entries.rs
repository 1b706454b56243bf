//! What is kept: of an article, its findings; what comparing all articles found; and all that a run
//! found.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::contents::Hash;
use super::{Cache, Key, Parts};
use crate::bitext::Progress;
use crate::diagnostic::Diagnostic;
use crate::project::Checked;

/// So many findings are read by one thread.
const PIECE: usize = 1000;

/// What checking a group gave.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::project) struct Kept {
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
            store.write(&name(slot), key, &[&bytes]);
        }
    }

    /// What a run gave, and the state of the repository where git was asked; `None` where that is no
    /// longer what it was, as `is_now` tells.
    pub(in crate::project) fn run(
        &self,
        slot: &Key,
        key: &Key,
        is_now: impl Fn(Option<Hash>) -> bool,
    ) -> Option<Checked> {
        let bytes = self.store.as_ref()?.read(&name(slot), key)?;
        let (git, rest): (Option<Hash>, &[u8]) = postcard::take_from_bytes(&bytes).ok()?;
        if !is_now(git) {
            return None;
        }
        let (body, mut rest): ((Checked, Vec<usize>), &[u8]) = postcard::take_from_bytes(rest).ok()?;
        let mut pieces: Vec<&[u8]> = Vec::with_capacity(body.1.len());
        for length in body.1 {
            let (piece, behind) = rest.split_at_checked(length)?;
            pieces.push(piece);
            rest = behind;
        }
        let read = |it: &&[u8]| postcard::from_bytes::<Vec<Diagnostic>>(it).ok();
        let read: Vec<Vec<Diagnostic>> = pieces.par_iter().map(read).collect::<Option<_>>()?;
        let mut findings = Vec::with_capacity(read.iter().map(Vec::len).sum());
        findings.extend(read.into_iter().flatten());
        Some(Checked { findings, ..body.0 })
    }

    /// Keeps what a run gave.
    pub(in crate::project) fn keep_run(&self, slot: &Key, key: &Key, git: Option<Hash>, all: &mut Checked) {
        let findings = std::mem::take(&mut all.findings);
        let write = |it: &[Diagnostic]| postcard::to_stdvec(it).ok();
        let pieces: Option<Vec<Vec<u8>>> = findings.par_chunks(PIECE).map(write).collect();
        if let (Some(store), Some(pieces)) = (&self.store, pieces) {
            let lengths: Vec<usize> = pieces.iter().map(Vec::len).collect();
            if let Ok(head) = postcard::to_stdvec(&(git, &*all, lengths)) {
                let parts: Vec<&[u8]> = std::iter::once(&*head).chain(pieces.iter().map(|it| &**it)).collect();
                store.write(&name(slot), key, &parts);
            }
        }
        all.findings = findings;
    }

    /// Forgets a group that is not what it should be.
    pub(in crate::project) fn forget(&self, key: &Key) {
        if let Some(store) = &self.store {
            store.forget(&name(key));
        }
    }
}
