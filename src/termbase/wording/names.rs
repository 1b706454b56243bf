//! The names in the source texts: told by their letters, or by capitals inside of sentences.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::sources::{Sources, words};
use crate::locale::LocaleData;
use crate::text::is_letter;

/// So many words make a name at most.
const MAX_WORDS: usize = 4;

/// The names in the source texts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Names {
    /// Each name with the texts that hold it.
    pub(super) all: BTreeMap<String, Vec<u32>>,
}

/// How a word is written where a capital tells something.
#[derive(Clone, Copy, Default)]
struct Capitals {
    upper: u32,
    lower: u32,
}

impl Names {
    /// Reads all source texts. Where nouns are written with capitals, nothing is a name.
    pub fn read(sources: &Sources<'_>, data: Option<&LocaleData>) -> Self {
        if data.is_some_and(|data| data.nouns_are_capital) {
            return Names::default();
        }
        let mut capitals: HashMap<String, Capitals> = HashMap::new();
        // What stands in small letters as often is no acronym where it is shouted.
        let mut shouts: HashMap<String, Capitals> = HashMap::new();
        for (_, word) in sources.texts().iter().flat_map(|text| words(text)) {
            if word.bytes().all(|it| it.is_ascii_lowercase()) {
                shouts.entry(word.to_owned()).or_default().lower += 1;
            } else if word.bytes().all(|it| it.is_ascii_uppercase()) {
                shouts.entry(word.to_lowercase()).or_default().upper += 1;
            }
        }
        let is_shouted = |word: &str| {
            let all_capitals = word.bytes().all(|it| it.is_ascii_uppercase());
            all_capitals && shouts.get(&word.to_lowercase()).is_some_and(|it| it.lower * 4 >= it.upper)
        };
        for text in sources.texts().iter().filter(|it| !is_title(it)) {
            let mut end = 0;
            for (start, word) in words(text) {
                let inside = end > 0 && text[end..start].chars().all(|it| it == ' ' || it == ',');
                end = start + word.len();
                if !inside {
                    continue;
                }
                let it = capitals.entry(word.to_lowercase()).or_default();
                match word.starts_with(char::is_uppercase) {
                    true => it.upper += 1,
                    false => it.lower += 1,
                }
            }
        }
        let is_name = |word: &str| {
            let usual =
                || capitals.get(&word.to_lowercase()).is_some_and(|it| it.upper >= 2 && it.lower * 10 < it.upper);
            !is_shouted(word) && (has_fixed_case(word) || word.starts_with(char::is_uppercase) && usual())
        };
        let mut all: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (number, text) in sources.texts().iter().enumerate() {
            if !text.contains(char::is_lowercase) {
                continue;
            }
            let mut keep = |name: &str| {
                let texts = all.entry(name.to_owned()).or_default();
                if texts.last() != Some(&(number as u32)) {
                    texts.push(number as u32);
                }
            };
            let title = is_title(text);
            // The start of each word of the run at hand, and how many words that are names stand
            // before it.
            let (mut run, mut names): (Vec<(usize, usize)>, usize) = (Vec::new(), 0);
            let mut end = 0;
            for (start, word) in words(text) {
                let joined = end > 0 && &text[end..start] == " ";
                end = start + word.len();
                if !joined {
                    (run, names) = (Vec::new(), 0);
                }
                let is_digit = word.bytes().all(|it| it.is_ascii_digit());
                let own = is_name(word);
                // A common word with a capital inside of a sentence is a part of the name beside it.
                let beside = joined && !title && word.starts_with(char::is_uppercase) || is_digit && !run.is_empty();
                if !own && !beside {
                    (run, names) = (Vec::new(), 0);
                    continue;
                }
                run.push((start, names));
                names += usize::from(own);
                if own {
                    keep(singular(word));
                }
                let longer = run.iter().rev().skip(1).take(MAX_WORDS - 1).filter(|it| it.1 < names);
                longer.for_each(|&(from, _)| keep(&text[from..end]));
            }
        }
        all.retain(|name, _| name.chars().nth(1).is_some());
        Names { all }
    }

    /// The name of several words that a word is nearly always a part of; a name of several words
    /// itself.
    pub(super) fn whole<'n>(&'n self, name: &'n str, texts: &[u32]) -> Option<&'n str> {
        if name.contains(' ') {
            return Some(name);
        }
        let holds = |other: &str| other.contains(' ') && other.split(' ').any(|it| it == name);
        let longer = self.all.iter().filter(|(other, all)| holds(other) && all.len() * 5 >= texts.len() * 3);
        longer.max_by_key(|(other, all)| (all.len(), other.len())).map(|(other, _)| other.as_str())
    }
}

/// Whether a word tells by its letters alone how it is written: `SaaS`, `GUID`, `21Sprouts`, `A1`.
pub(super) fn has_fixed_case(word: &str) -> bool {
    let numbered = || {
        let digits = word.strip_prefix(|it: char| it.is_ascii_uppercase()).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
    };
    word.is_ascii()
        && (word.chars().skip(1).any(char::is_uppercase) || numbered())
        && !word.contains(['-', '\'', '.', '&'])
}

/// `ISV` for `ISVs`.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && stem.bytes().all(|it| it.is_ascii_uppercase()) => stem,
        _ => word,
    }
}

/// Whether most words have a capital, as in a title.
pub(super) fn is_title(text: &str) -> bool {
    let (mut all, mut upper) = (0, 0);
    for (_, word) in words(text).filter(|(_, word)| word.starts_with(is_letter)) {
        all += 1;
        upper += usize::from(word.starts_with(char::is_uppercase));
    }
    all > 1 && upper * 5 > all * 3
}
