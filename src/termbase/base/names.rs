//! Names that stay as they are in every language.

use super::glossary::{Glossary, Hit, Named};
use super::text::Reading;
use super::{Status, Term, Termbase};
use crate::locale::Locale;

/// The names, ready to be found in any text. Their case counts.
#[derive(Debug)]
pub struct Names {
    glossary: Glossary,
}

impl Default for Names {
    fn default() -> Self {
        Names { glossary: Glossary::of(Vec::new(), &Locale::UNKNOWN) }
    }
}

impl Names {
    /// The names of the settings, and the terms that the termbase marks.
    pub fn new(names: &[String], base: &Termbase, source: &Locale) -> Self {
        let marked = base.concepts.iter().filter(|it| it.do_not_translate);
        let marked = marked.flat_map(|it| it.terms(source, true)).filter(|it| it.status != Status::Forbidden);
        let mut all: Vec<String> = names.iter().cloned().chain(marked.map(|it| it.text.clone())).collect();
        all.sort();
        all.dedup();
        let word = |(number, text)| Named::new(number, Term { text, case_sensitive: true, ..Term::default() }, true);
        // No language: a name has no endings.
        Names { glossary: Glossary::of(all.into_iter().enumerate().map(word).collect(), &Locale::UNKNOWN) }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.glossary.is_empty()
    }

    /// Where names stand in a text, in order; the longest one where they overlap.
    pub fn find(&self, reading: &Reading) -> Vec<Hit<'_>> {
        self.glossary.find(reading)
    }
}
