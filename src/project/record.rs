//! The record of what the translations of a project were made from: a small file beside the
//! settings, written by `hexapla status --record` and meant to be committed.
//!
//! For each translated article it has one line: for each of its segments the essences of the target
//! and of the sources that it was made from.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::bitext::{Basis, Bitext, Origin, essence};

/// The version of the file.
const VERSION: u32 = 1;

/// What each translation was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    version: u32,
    /// By the path of the translation, relative to the settings.
    articles: BTreeMap<String, String>,
}

impl Default for Record {
    fn default() -> Self {
        Record { version: VERSION, articles: BTreeMap::new() }
    }
}

/// A record that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The system refuses.
    #[error("{path}: {error}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// It is no record, or a newer one.
    #[error("{path}: this is no record of hexapla ({why}); write it anew with `hexapla status --record`")]
    Broken {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
}

/// The essences of the targets of an article, each with those of its sources, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made(Vec<(u64, Vec<u64>)>);

impl Made {
    /// Of a translation as it stands beside its source now.
    pub fn of(bitext: &Bitext<'_>) -> Self {
        let mut made: Vec<(u64, Vec<u64>)> = Vec::new();
        let mut places: HashMap<u64, usize> = HashMap::new();
        for unit in bitext.units.iter().filter(|unit| unit.origin != Origin::FrontMatter) {
            let (Some(source), Some(target)) = (unit.source, unit.target) else { continue };
            let (source, target) = (essence(&source), essence(&target));
            let place = *places.entry(target).or_insert(made.len());
            match made.get_mut(place) {
                Some((_, sources)) if sources.contains(&source) => {}
                Some((_, sources)) => sources.push(source),
                None => made.push((target, vec![source])),
            }
        }
        Made(made)
    }
}

impl Record {
    /// Reads the file; an empty record where there is none.
    pub fn load(path: &Path) -> Result<Self, RecordError> {
        let shown = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Record::default()),
            Err(error) => return Err(RecordError::Unreadable { path: shown, error }),
        };
        let record: Record = serde_json::from_str(&text)
            .map_err(|error| RecordError::Broken { path: shown.clone(), why: error.to_string() })?;
        match record.version {
            VERSION => Ok(record),
            other => Err(RecordError::Broken { path: shown, why: format!("version {other}") }),
        }
    }

    /// As it is written: one article a line, so that two branches merge.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What an article was made from; `None` where it is not recorded.
    pub fn basis(&self, article: &str) -> Option<Basis> {
        Some(Basis::Record(read(self.line(article)?)))
    }

    /// What is written of an article; `None` where it is not recorded.
    pub(super) fn line(&self, article: &str) -> Option<&str> {
        self.articles.get(article).map(String::as_str)
    }

    /// Records the state of an article. What was recorded of a target whose text is unchanged stays,
    /// unless `force`: writing it down anew does not make a stale translation fresh.
    pub fn update(&mut self, article: &str, mut made: Made, force: bool) {
        let old = self.articles.get(article).map(|line| read(line)).unwrap_or_default();
        for (target, sources) in &mut made.0 {
            if let Some(recorded) = old.get(target).filter(|_| !force) {
                sources.clone_from(recorded);
            }
        }
        let words = made.0.iter().map(|(target, sources)| {
            let sources: Vec<String> = sources.iter().map(|it| format!("{it:010x}")).collect();
            format!("{target:010x}:{}", sources.join("+"))
        });
        self.articles.insert(article.to_owned(), words.collect::<Vec<_>>().join(" "));
    }

    /// Forgets the articles that are gone.
    pub fn keep(&mut self, is_there: impl Fn(&str) -> bool) {
        self.articles.retain(|article, _| is_there(article));
    }
}

/// The line of an article: `TARGET:SOURCE+SOURCE …`. What cannot be read is not recorded.
fn read(line: &str) -> HashMap<u64, Vec<u64>> {
    let hash = |digits: &str| u64::from_str_radix(digits, 16).ok();
    let pair = |word: &str| {
        let (target, sources) = word.split_once(':')?;
        Some((hash(target)?, sources.split('+').filter_map(hash).collect()))
    };
    line.split(' ').filter_map(pair).collect()
}
