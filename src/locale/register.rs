//! How a language addresses the reader.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use serde::Deserialize;

use super::data::spaced;
use super::sets::Fnv;

/// The ways of address of one language, each by the words that belong to it alone. The first word
/// of a way names it.
///
/// A word written in lower case is also found with a capital, unless another way has it so. A word
/// with a capital is found inside of sentences only: at their start every word may have one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Register {
    /// To a stranger.
    #[serde(deserialize_with = "spaced")]
    pub formal: Vec<String>,
    /// To a friend.
    #[serde(deserialize_with = "spaced")]
    pub informal: Vec<String>,
    /// To a stranger in a letter, where that differs.
    #[serde(deserialize_with = "spaced")]
    pub solemn: Vec<String>,
    /// Words that hold one of the others and address nobody.
    #[serde(deserialize_with = "spaced")]
    pub never: Vec<String>,
}

impl Register {
    /// The ways that it has.
    pub fn ways(&self) -> [&[String]; 3] {
        [&self.formal, &self.informal, &self.solemn]
    }

    /// Whether it tells ways apart.
    pub fn is_known(&self) -> bool {
        !self.formal.is_empty() && !self.informal.is_empty()
    }

    /// Its words, ready to be looked up.
    pub fn words(&self) -> RegisterWords<'_> {
        let mut ways = HashMap::default();
        for (way, words) in self.ways().iter().enumerate() {
            for word in words.iter() {
                ways.entry(word.as_str()).or_insert(way);
            }
        }
        RegisterWords { ways }
    }
}

/// The words of a language that address the reader, each with its way.
#[derive(Debug)]
pub struct RegisterWords<'r> {
    ways: HashMap<&'r str, usize, BuildHasherDefault<Fnv>>,
}

impl RegisterWords<'_> {
    /// The way of a word; `starts` tells whether it may have a capital for its place.
    pub fn way(&self, word: &str, starts: impl FnOnce() -> bool) -> Option<usize> {
        let with = |word: &str| self.ways.get(word).copied();
        if !word.starts_with(char::is_uppercase) {
            return with(word);
        }
        let (own, lower) = (with(word), with(&word.to_lowercase()));
        if own.or(lower).is_some() && starts() { lower.filter(|_| own.is_none()) } else { own.or(lower) }
    }
}
