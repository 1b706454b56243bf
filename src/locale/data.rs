//! What is known of each language: the table of files, and what a file holds.

use std::sync::{LazyLock, OnceLock};

use rayon::prelude::*;
use serde::{Deserialize, Deserializer};

use super::frames::{FrameWords, Frames};
use super::policies::{Policies, PolicyWords};
use super::{CharSet, Inflection, Lexicon, Locale, Patterns, Register, Script, SiteWords, Typography, WordSet, Words};

/// One file, the tag it is for, and the other tags that mean the same conventions.
struct Entry {
    tag: &'static str,
    also: &'static [&'static str],
    yaml: &'static str,
}

/// The table of files. Adding a language is one file and its line here.
#[rustfmt::skip]
const ENTRIES: &[Entry] = &[
    Entry { tag: "en", also: &[], yaml: include_str!("data/en.yaml") },
    Entry { tag: "zh-Hans", also: &["zh", "zh-CN", "zh-SG", "zh-MY"], yaml: include_str!("data/zh-hans.yaml") },
    Entry { tag: "zh-Hant", also: &["zh-TW", "zh-HK", "zh-MO"], yaml: include_str!("data/zh-hant.yaml") },
    Entry { tag: "ja", also: &[], yaml: include_str!("data/ja.yaml") },
    Entry { tag: "ko", also: &[], yaml: include_str!("data/ko.yaml") },
    Entry { tag: "ru", also: &[], yaml: include_str!("data/ru.yaml") },
    Entry { tag: "de", also: &[], yaml: include_str!("data/de.yaml") },
    Entry { tag: "fr", also: &[], yaml: include_str!("data/fr.yaml") },
    Entry { tag: "es", also: &[], yaml: include_str!("data/es.yaml") },
    Entry { tag: "pt", also: &[], yaml: include_str!("data/pt.yaml") },
    Entry { tag: "it", also: &[], yaml: include_str!("data/it.yaml") },
];

static WORDS: [OnceLock<Words>; ENTRIES.len()] = [const { OnceLock::new() }; ENTRIES.len()];
/// For a language without data: digits and codes are read, nothing else.
static NO_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Lexicon::default()));

static FRAMES: [OnceLock<FrameWords>; ENTRIES.len()] = [const { OnceLock::new() }; ENTRIES.len()];
static POLICIES: [OnceLock<PolicyWords>; ENTRIES.len()] = [const { OnceLock::new() }; ENTRIES.len()];

static LOADED: [OnceLock<LocaleData>; ENTRIES.len()] = [const { OnceLock::new() }; ENTRIES.len()];

/// The conventions of one language, as its file states them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LocaleData {
    /// English name of the language.
    pub name: String,
    /// Three-letter code, by which language detectors name it.
    #[serde(rename = "iso-639-3")]
    pub iso_639_3: String,
    /// The scripts it is written in, the telling one first.
    pub scripts: Vec<Script>,
    /// Letters beyond `a`–`z` of a language in Latin script, in lower case.
    #[serde(default)]
    pub letters: String,
    /// Whether white space stands between words.
    pub words_are_spaced: bool,
    /// Whether all nouns begin with a capital, so that a capital tells no name.
    #[serde(default)]
    pub nouns_are_capital: bool,
    /// Whether its punctuation is full-width.
    pub full_width: bool,
    /// The characters that may end a sentence.
    pub sentence_end: String,
    /// The mark that ends an ordinary sentence.
    pub end_punctuation: String,
    /// Words after a closing quote that carry the sentence on although the quote held its end.
    #[serde(default, deserialize_with = "spaced")]
    pub continues_after_quote: Vec<String>,
    /// Abbreviations that do not end a sentence, without the last full stop and inner spaces.
    #[serde(default)]
    pub abbreviations: WordSet,
    /// Abbreviations that end a sentence when a capital follows.
    #[serde(default)]
    pub closing_abbreviations: WordSet,
    /// Frequent closed-class words that tell this language from the others.
    pub function_words: WordSet,
    /// Function words that are words of another of the languages too.
    #[serde(default)]
    pub ambiguous_function_words: WordSet,
    /// English words that may stand unchanged.
    #[serde(default)]
    pub loan_words: WordSet,
    /// Common words of its documentation, in all their forms; see `shared_words` of the others.
    #[serde(default)]
    pub plain_words: WordSet,
    /// Words that are spelled like common English ones, and so tell nothing.
    #[serde(default)]
    pub shared_words: WordSet,
    /// Names of the months, full and short.
    #[serde(default)]
    pub months: WordSet,
    /// Names of the days of the week, full and short.
    #[serde(default)]
    pub weekdays: WordSet,
    /// Quotation marks, opening and closing, primary first.
    pub quotes: Vec<(String, String)>,
    /// Pairs that stand for bold around a UI label.
    pub label_wrappers: Vec<(String, String)>,
    /// Texts which alone are never a UI label.
    pub never_a_label: Vec<String>,
    /// Particles that never start one; see [`LocaleData::cannot_be_label`].
    #[serde(default, deserialize_with = "spaced")]
    pub never_starts_a_label: Vec<String>,
    /// Particles and verb endings that never end one, where words are not spaced.
    #[serde(default, deserialize_with = "spaced")]
    pub never_ends_a_label: Vec<String>,
    /// Words before which a noun is to be expected, and a verb; empty where no article is written in
    /// it first.
    #[serde(default)]
    pub before_nouns: WordSet,
    /// See [`Self::before_nouns`].
    #[serde(default)]
    pub before_verbs: WordSet,
    /// Endings of the plural, each with what stands for it in the singular.
    #[serde(default)]
    pub plural_endings: Vec<(String, String)>,
    /// Characters with which no term begins or ends, where words are not spaced.
    #[serde(default)]
    pub never_at_term_edges: String,
    /// Letters that are written as another one at will, each with that other one: `ёе`.
    #[serde(default, deserialize_with = "pairs")]
    pub letter_variants: Vec<(char, char)>,
    /// Endings that a name takes from the sentence it stands in; empty where names do not change.
    #[serde(default, deserialize_with = "spaced")]
    pub case_endings: Vec<String>,
    /// Endings of verbs and the like, which no sentence asks for: what ends so may be a name in lower
    /// case, too. Empty where names do not change.
    #[serde(default, deserialize_with = "spaced")]
    pub free_endings: Vec<String>,
    /// Han characters that tell this locale from the others written in Han.
    #[serde(default)]
    pub distinct_characters: CharSet,
    /// The words by which it states numbers, dates, duties, limits and conditions.
    #[serde(default)]
    pub lexicon: Lexicon,
    /// Words that join alternatives, or say that one of several is meant.
    #[serde(default)]
    pub choices: Patterns,
    /// Whether a sentence names the place before what is found there: the order of labels turns.
    #[serde(default)]
    pub places_come_first: bool,
    /// The words by which it tells a reader what to do; empty where no article is written in it
    /// first.
    #[serde(default)]
    pub frames: Frames,
    /// The words by which it states what holds; empty where no article is written in it first.
    #[serde(default)]
    pub policies: Policies,
    /// How it sets marks and spaces.
    #[serde(default)]
    pub typography: Typography,
    /// How it addresses the reader.
    #[serde(default)]
    pub register: Register,
    /// How its words change.
    #[serde(default)]
    pub inflection: Inflection,
    /// What a help site says of itself.
    #[serde(default)]
    pub site: SiteWords,
    /// Passages as lists of their sentences; run as a test.
    pub test_passages: Vec<Vec<String>>,
}

pub(super) fn spaced<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(deserializer)?.split_whitespace().map(str::to_owned).collect())
}

fn pairs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(char, char)>, D::Error> {
    let pair = |text: String| match *text.chars().collect::<Vec<char>>() {
        [one, other] => Ok((one, other)),
        _ => Err(serde::de::Error::custom(format!("{text} is not two letters"))),
    };
    spaced(deserializer)?.into_iter().map(pair).collect()
}

impl LocaleData {
    /// The letter that stands for all that may be written in its place.
    pub fn plain_letter(&self, letter: char) -> char {
        self.letter_variants.iter().find(|it| it.0 == letter).map_or(letter, |it| it.1)
    }

    /// Whether `text` is nothing a UI label could be: a particle or function word alone, or a text
    /// that starts with a particle. A one-letter kana particle counts only where no hiragana
    /// follows, because ordinary words begin with the same kana.
    pub fn cannot_be_label(&self, text: &str) -> bool {
        let text = text.trim();
        let hiragana = |it: char| ('\u{3041}'..='\u{309F}').contains(&it);
        self.never_a_label.iter().any(|word| word == text)
            || self.never_starts_a_label.iter().any(|particle| {
                text.strip_prefix(particle.as_str()).is_some_and(|rest| {
                    let single = particle.chars().count() == 1 && particle.chars().all(hiragana);
                    !(single && rest.starts_with(hiragana))
                })
            })
    }

    /// Whether a text names alternatives.
    pub fn offers_choice(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.choices.0.iter().any(|choice| {
            let open = choice.strip_suffix('*');
            let word = open.unwrap_or(choice);
            let is_word = |at: usize| {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                let edge = |it: Option<char>| !it.is_some_and(char::is_alphanumeric);
                edge(before) && (open.is_some() || !word.ends_with(char::is_alphanumeric) || edge(after))
            };
            let mut places = memchr::memmem::find_iter(text.as_bytes(), word.as_bytes());
            places.any(|at| !self.words_are_spaced || is_word(at))
        })
    }

    /// Whether `word` only serves grammar.
    pub fn serves(&self, word: &str) -> bool {
        self.function_words.contains(word) || self.ambiguous_function_words.contains(word)
    }

    /// Whether `word` is a word of this language for certain: a function word or a loan word.
    pub fn owns(&self, word: &str) -> bool {
        self.function_words.contains(word)
            || self.ambiguous_function_words.contains(word)
            || self.loan_words.contains(word)
    }
}

/// The entry a tag falls under, found by dropping its last subtag until one fits.
pub(super) fn entry(tag: &str) -> Option<u8> {
    let mut tag = tag;
    loop {
        let found = ENTRIES.iter().position(|entry| entry.tag == tag || entry.also.contains(&tag));
        if found.is_some() || tag.is_empty() {
            return found.map(|at| at as u8);
        }
        tag = tag.rsplit_once('-')?.0;
    }
}

fn load(entry: u8) -> &'static LocaleData {
    let index = usize::from(entry);
    LOADED[index].get_or_init(|| match serde_yaml::from_str(ENTRIES[index].yaml) {
        Ok(data) => data,
        // The files are compiled in and each is read by a test.
        Err(error) => panic!("data of {}: {error}", ENTRIES[index].tag),
    })
}

fn words(entry: u8) -> &'static Words {
    WORDS[usize::from(entry)].get_or_init(|| Words::new(load(entry).lexicon.clone()))
}

fn frames(entry: u8) -> Option<&'static FrameWords> {
    let own = Some(&load(entry).frames).filter(|it| !it.verbs.is_empty())?;
    Some(FRAMES[usize::from(entry)].get_or_init(|| FrameWords::new(own.clone())))
}

fn policies(entry: u8) -> Option<&'static PolicyWords> {
    let own = Some(&load(entry).policies).filter(|it| !it.actions.is_empty())?;
    Some(POLICIES[usize::from(entry)].get_or_init(|| PolicyWords::new(own.clone())))
}

/// Every locale that has data, with it, in the order of the table.
pub fn supported() -> impl Iterator<Item = (Locale, &'static LocaleData)> {
    static LOCALES: LazyLock<Vec<Locale>> =
        LazyLock::new(|| ENTRIES.iter().filter_map(|entry| Locale::parse(entry.tag)).collect());
    LOCALES.iter().filter_map(|locale| Some((locale.clone(), locale.data()?)))
}

/// Reads on all threads what is known of the languages, of which any may be asked for to identify a
/// text, and gets the words of these ready.
pub fn prepare<'l>(locales: impl Iterator<Item = &'l Locale>) {
    let own: Vec<u8> = locales.filter_map(|it| it.entry).collect();
    let mut all: Vec<u8> = (0..ENTRIES.len() as u8).collect();
    all.sort_by_key(|it| !own.contains(it));
    all.into_par_iter().with_max_len(1).for_each(|entry| {
        load(entry);
        if own.contains(&entry) {
            words(entry);
            frames(entry);
            policies(entry);
        }
    });
}

/// What is known of the same language in another script.
pub(super) fn other_scripts(own: &Locale) -> impl Iterator<Item = &'static LocaleData> + '_ {
    /// For each line of the table, the others of its language: rules ask for every text.
    static OTHERS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        let language = |entry: &Entry| entry.tag.split('-').next().unwrap_or_default();
        let others = |own: &Entry| {
            let same = |it: &Entry| it.tag != own.tag && language(it) == language(own);
            ENTRIES.iter().zip(0..).filter(|(it, _)| same(it)).map(|(_, other)| other).collect()
        };
        ENTRIES.iter().map(others).collect()
    });
    own.entry.into_iter().flat_map(|entry| &OTHERS[usize::from(entry)]).map(|&other| load(other))
}

/// Whether two locales are the same language, and the same script where the data tells scripts
/// apart. An unknown locale matches none.
pub fn matches(a: &Locale, b: &Locale) -> bool {
    match (a.entry, b.entry) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.is_known() && a.language() == b.language(),
        _ => false,
    }
}

impl Locale {
    /// The conventions of its language, or `None` where we have none.
    pub fn data(&self) -> Option<&'static LocaleData> {
        self.entry.map(load)
    }

    /// Its lexicon, ready to be found in a text; an empty one where we have none.
    pub fn words(&self) -> &'static Words {
        match self.entry {
            Some(entry) => words(entry),
            None => &NO_WORDS,
        }
    }

    /// The words by which it tells a reader what to do; `None` where we have none.
    pub fn frames(&self) -> Option<&'static FrameWords> {
        self.entry.and_then(frames)
    }

    /// The words by which it states what holds; `None` where we have none.
    pub fn policies(&self) -> Option<&'static PolicyWords> {
        self.entry.and_then(policies)
    }

    /// The script that tells its writing best, where known.
    pub fn script(&self) -> Option<Script> {
        self.data()?.scripts.first().copied()
    }

    /// Whether white space stands between words; so for a language we do not know.
    pub fn is_spaced(&self) -> bool {
        self.data().is_none_or(|data| data.words_are_spaced)
    }
}
