//! How a language addresses the reader.

use serde::Deserialize;

use super::data::spaced;

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

    /// The way of a word; `starts` tells whether it may have a capital for its place.
    pub fn way(&self, word: &str, starts: bool) -> Option<usize> {
        let with = |word: &str| self.ways().iter().position(|words| words.iter().any(|it| it == word));
        let lower = || word.to_lowercase();
        match word.starts_with(char::is_uppercase) {
            false => with(word),
            true if starts => with(&lower()).filter(|_| with(word).is_none()),
            true => with(word).or_else(|| with(&lower())),
        }
    }
}
