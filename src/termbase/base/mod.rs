//! Termbases: concepts with their terms in several languages, read from TBX, tables and YAML.

mod glossary;
mod names;
mod rows;
mod tbx;
mod text;
mod yaml;

pub use glossary::{Glossary, Hit, Named};
pub use names::Names;
pub use text::Reading;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::locale::{self, Locale};
use crate::notation::ReadError;
use crate::text::folded_letters;

/// All termbases of a run.
#[derive(Debug, Default)]
pub struct Termbase {
    /// The concepts, in the order of the files.
    pub concepts: Vec<Concept>,
    glossaries: Mutex<BTreeMap<(Locale, Use), Arc<Glossary>>>,
}

/// An idea, with its words in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// Whether its terms stay as they are in every language.
    pub do_not_translate: bool,
    /// What a person should know of it.
    pub note: Option<String>,
    /// The terms of each locale, in the order of the file.
    pub languages: Vec<(Locale, Vec<Term>)>,
    /// The file it is from, as the settings name it.
    pub file: Arc<str>,
}

/// A word or words for a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The term; `*` at the end of a word stands for any ending.
    pub text: String,
    /// What it is worth.
    pub status: Status,
    /// Whether its case counts.
    pub case_sensitive: bool,
    /// Its other forms, each as `text` is.
    pub forms: Vec<String>,
    /// What a person should know of it.
    pub note: Option<String>,
}

/// What a term is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The one to use.
    #[default]
    Preferred,
    /// One that may be used.
    Admitted,
    /// One that must not be used.
    Forbidden,
}

impl Status {
    /// Reads the word of a file: those of ISO 30042 and ISO 12620, of translation tools and of people.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        let word = word.strip_suffix("-admn-sts").unwrap_or(word);
        let folded: String = folded_letters(word).collect();
        Some(match folded.strip_suffix("term").unwrap_or(&folded) {
            "preferred" | "legal" | "standardized" | "regulated" | "approved" | "usual" => Status::Preferred,
            "admitted" | "allowed" | "alternative" | "rare" | "divided" | "untranslated" => Status::Admitted,
            "forbidden" | "deprecated" | "superseded" | "obsolete" | "rejected" | "notrecommended" | "prohibited" => {
                Status::Forbidden
            }
            _ => return None,
        })
    }
}

/// What the words of a locale are looked up for: a region of a source may stand in for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Source,
    Target,
}

impl Termbase {
    /// A termbase of these concepts.
    pub fn of(concepts: Vec<Concept>) -> Self {
        Termbase { concepts, ..Termbase::default() }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// Adds the concepts of a file; its kind is told by its name. `source` is the locale of what a
    /// table calls its source.
    ///
    /// # Errors
    /// When it is not what its name says.
    pub fn read(&mut self, name: &str, bytes: &[u8], source: &Locale) -> Result<(), ReadError> {
        let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
        let mut concepts = match extension.as_str() {
            "tbx" | "xml" | "tbxm" => tbx::read(bytes)?,
            "csv" | "tsv" | "txt" => rows::read(name, bytes, source)?,
            "yaml" | "yml" => yaml::read(bytes, source)?,
            _ => {
                return Err(ReadError("a termbase is a .tbx, .csv, .tsv, .yaml or .yml file".to_owned()));
            }
        };
        let file: Arc<str> = name.into();
        concepts.iter_mut().for_each(|it| it.file = file.clone());
        self.concepts.append(&mut concepts);
        Ok(())
    }

    /// The words of a source, ready to be found.
    pub fn of_source(&self, locale: &Locale) -> Arc<Glossary> {
        self.glossary(locale, Use::Source)
    }

    /// The words of a target, ready to be found.
    pub fn of_target(&self, locale: &Locale) -> Arc<Glossary> {
        self.glossary(locale, Use::Target)
    }

    fn glossary(&self, locale: &Locale, used: Use) -> Arc<Glossary> {
        let mut known = self.glossaries.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Arc::new(Glossary::new(&self.concepts, locale, used == Use::Source));
        known.entry((locale.clone(), used)).or_insert_with(fresh).clone()
    }
}

impl Concept {
    /// Its terms for a locale: those of the nearest locale that has some, as BCP 47 looks it up (`de`
    /// for `de-AT`, `zh-Hant` for `zh-TW`). `lenient` lets another region stand in.
    pub fn terms(&self, locale: &Locale, lenient: bool) -> &[Term] {
        let rank = |it: &&(Locale, Vec<Term>)| match it.0.serves(locale) {
            0 if lenient && locale::matches(&it.0, locale) => 1,
            rank => rank,
        };
        let nearest = self.languages.iter().filter(|it| rank(it) > 0 && !it.1.is_empty()).rev().max_by_key(rank);
        nearest.map_or(&[], |(_, terms)| terms)
    }

    /// Adds a term.
    fn add(&mut self, locale: &Locale, term: Term) {
        match self.languages.iter_mut().find(|(known, _)| known == locale) {
            Some((_, terms)) => terms.push(term),
            None => self.languages.push((locale.clone(), vec![term])),
        }
    }
}
