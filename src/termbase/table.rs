//! All labels of some articles, with what each locale calls them: the table behind
//! `hexapla terms`.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::classes::classes;
use crate::locale::Locale;

/// The version of the contract.
pub const TERMS_VERSION: u32 = 1;

/// One place where a label is named.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the source calls it.
    pub label: String,
    /// The locale of the translation.
    pub locale: String,
    /// What the translation calls it.
    pub rendering: String,
    /// The translated article.
    pub path: String,
    /// The 1-based line.
    pub line: u32,
}

/// The labels of some articles, in alphabetical order.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Terms {
    /// The version of this contract.
    pub version: u32,
    /// The locale of the labels.
    pub source_locale: String,
    /// The labels.
    pub labels: Vec<Term>,
}

/// A label of the source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Term {
    /// What the source calls it, as it is written most often.
    pub label: String,
    /// In how many places of translations it was found.
    pub count: usize,
    /// What each locale calls it.
    pub locales: Vec<TermLocale>,
}

/// What a locale calls a label.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermLocale {
    /// The locale.
    pub locale: String,
    /// Its names, the most frequent one first.
    pub renderings: Vec<TermRendering>,
}

/// One name of a label: its forms and spellings are counted together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermRendering {
    /// The name, as it is written most often.
    pub text: String,
    /// How often it stands.
    pub count: usize,
    /// What it is worth.
    pub standing: Standing,
    /// Where it stands.
    pub places: Vec<TermPlace>,
}

/// What a name is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The only name, or three times as frequent as any other.
    Usual,
    /// One of several.
    Divided,
    /// A rare name beside a usual one.
    Rare,
    /// The label as the source has it, where another name is there.
    Untranslated,
    /// No name: more often than not the marks slid off the label.
    Doubtful,
}

impl Standing {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Usual => "usual",
            Standing::Divided => "divided",
            Standing::Rare => "rare",
            Standing::Untranslated => "untranslated",
            Standing::Doubtful => "doubtful",
        }
    }
}

/// A place in an article.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermPlace {
    /// The article.
    pub path: String,
    /// The 1-based line.
    pub line: u32,
}

impl Terms {
    /// Puts places together.
    pub fn of(source_locale: &Locale, entries: Vec<Entry>) -> Self {
        let mut labels: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            labels.entry(entry.label.to_lowercase()).or_default().push(entry);
        }
        let labels = labels.into_values().map(term).collect();
        Terms { version: TERMS_VERSION, source_locale: source_locale.to_string(), labels }
    }

    /// All names, each with its label and locale.
    pub fn rows(&self) -> impl Iterator<Item = (&Term, &TermLocale, &TermRendering)> {
        let locales = self.labels.iter().flat_map(|term| term.locales.iter().map(move |locale| (term, locale)));
        locales.flat_map(|(term, locale)| locale.renderings.iter().map(move |it| (term, locale, it)))
    }

    /// What a person would begin a termbase with: labels that stand more than once, and no names
    /// that are doubtful.
    pub fn suggested(mut self) -> Self {
        for term in &mut self.labels {
            for locale in &mut term.locales {
                locale.renderings.retain(|it| it.standing != Standing::Doubtful);
            }
            term.locales.retain(|it| !it.renderings.is_empty());
        }
        self.labels.retain(|it| it.locales.iter().any(|it| it.renderings.iter().any(|it| it.count > 1)));
        self
    }
}

fn term(entries: Vec<Entry>) -> Term {
    let count = entries.len();
    let mut spellings: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &entries {
        *spellings.entry(&entry.label).or_default() += 1;
    }
    let label = spellings.into_iter().rev().max_by_key(|(_, times)| *times).map_or("", |it| it.0).to_owned();
    let tags: BTreeSet<String> = entries.iter().map(|it| it.locale.clone()).collect();
    let locales = tags.into_iter().map(|tag| of_locale(&label, &entries, tag)).collect();
    Term { label, count, locales }
}

fn of_locale(label: &str, entries: &[Entry], tag: String) -> TermLocale {
    let locale = Locale::parse(&tag);
    let data = locale.as_ref().and_then(Locale::data);
    let own = entries.iter().filter(|it| it.locale == tag);
    let uses = own.map(|it| (it.rendering.as_str(), TermPlace { path: it.path.clone(), line: it.line }));
    let classes = classes(label, uses, data);
    let sure = |index: usize| classes.get(index).filter(|it| it.credible).map_or(0, |it| it.uses.len());
    let clear = sure(0) > 0 && sure(0) >= 3 * sure(1);
    let alone = classes.len() == 1;
    let standing = |index: usize| match () {
        () if !classes[index].credible => Standing::Doubtful,
        () if classes[index].untranslated && !alone => Standing::Untranslated,
        () if clear && index == 0 => Standing::Usual,
        () if clear => Standing::Rare,
        () => Standing::Divided,
    };
    let standings: Vec<Standing> = (0..classes.len()).map(standing).collect();
    let renderings = classes.into_iter().zip(standings).map(|(class, standing)| TermRendering {
        text: class.shown,
        count: class.uses.len(),
        standing,
        places: class.uses,
    });
    TermLocale { renderings: renderings.collect(), locale: tag }
}
