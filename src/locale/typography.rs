//! How a language sets its marks and spaces.

use serde::{Deserialize, Deserializer};

use super::WordSet;

/// The conventions of typography of one language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Typography {
    /// Whether a space stands between its letters and Latin ones, where an article holds to it.
    pub spaced_from_latin: bool,
    /// The marks that a no-break space stands before; none in most languages.
    pub space_before: String,
    /// Whether no house writes its question and exclamation marks half-width.
    pub full_width_always: bool,
    /// Words after which a compound may begin with a hyphen, for the part that it shares.
    pub leaves_out_after: WordSet,
    /// Words that may stand twice in a row.
    pub may_double: WordSet,
    /// Particles that never stand twice in a row, where words are not spaced: written once.
    #[serde(deserialize_with = "super::data::spaced")]
    pub never_double: Vec<String>,
    /// Characters that are another country's way of writing a word of this language.
    #[serde(deserialize_with = "pairs")]
    pub variants: Vec<(char, char)>,
    /// Marks that it has full-width, each in half-width form and as it should be.
    #[serde(deserialize_with = "pairs")]
    pub widths: Vec<(char, char)>,
    /// Those of them that no house writes half-width between its letters.
    pub never_half_width: String,
    /// Letters that have a narrow form, each with its usual one; the longest first.
    #[serde(deserialize_with = "forms")]
    pub narrow_forms: Vec<(String, String)>,
    /// Regions that write numbers with other signs than the lexicon has.
    pub numbers_differ_in: WordSet,
    /// Full-width marks that no space stands before.
    pub tight_before: String,
    /// Full-width marks that no space stands after.
    pub tight_after: String,
}

/// `ｶﾞ=ガ ｱ=ア`: what is narrow, and its usual form.
fn forms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, String)>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let forms = text.split_whitespace().filter_map(|form| form.split_once('='));
    Ok(forms.map(|(narrow, wide)| (narrow.to_owned(), wide.to_owned())).collect())
}

/// `于於 説說`: what is written, and what should be.
pub(super) fn pairs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(char, char)>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let pair = |word: &str| {
        let mut characters = word.chars();
        characters.next().zip(characters.next())
    };
    Ok(text.split_whitespace().filter_map(pair).collect())
}
