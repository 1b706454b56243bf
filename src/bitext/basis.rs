//! What a translation was made from, as far as somebody wrote it down.

use std::collections::HashMap;

use super::essence;
use super::essence::{Essences, sources};
use crate::document::{Document, Side};

/// The source texts that the segments of a translation were made from.
#[derive(Debug)]
pub enum Basis {
    /// Versions of the source article.
    Versions(Versions),
    /// For each target, by its essence, the essences of its sources.
    Record(HashMap<u64, Vec<u64>>),
}

/// Versions of a source article, and which of them each target was made from.
#[derive(Debug)]
pub struct Versions {
    /// The versions, the one that the translation names first.
    versions: Vec<Version>,
    /// Targets, by essence, that were made from another version than the first.
    older: HashMap<u64, usize>,
}

#[derive(Debug)]
struct Version {
    article: Document,
    essences: Essences,
}

impl Versions {
    /// The version that a translation names.
    pub fn new(article: Document) -> Self {
        Versions { versions: vec![Version::new(article)], older: HashMap::new() }
    }

    /// An older version, and the targets that were made from it.
    pub fn add_older(&mut self, article: Document, targets: impl IntoIterator<Item = u64>) {
        let index = self.versions.len();
        self.versions.push(Version::new(article));
        self.older.extend(targets.into_iter().map(|target| (target, index)));
    }

    fn of(&self, target: u64) -> &Version {
        &self.versions[self.older.get(&target).copied().unwrap_or(0)]
    }
}

impl Version {
    fn new(article: Document) -> Self {
        Version { essences: Essences::of(&article), article }
    }
}

impl Basis {
    /// Whether a target was made from another text than this source; `None` where nobody knows.
    pub fn is_stale(&self, source: &Side<'_>, target: &Side<'_>) -> Option<bool> {
        let made = essence(target);
        match self {
            Basis::Versions(versions) => Some(!versions.of(made).essences.has(source)),
            Basis::Record(record) => record.get(&made).map(|sources| !sources.contains(&essence(source))),
        }
    }

    /// The source segments of the version that a target was made from.
    pub fn then(&self, target: &Side<'_>) -> impl Iterator<Item = Side<'_>> {
        let version = match self {
            Basis::Versions(versions) => Some(versions.of(essence(target))),
            Basis::Record(_) => None,
        };
        version.into_iter().flat_map(|version| sources(&version.article))
    }
}
