//! The words of one locale, ready to be found: the longest match wins.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::text::{Form, Manner, Match, Reading};
use super::{Concept, Status, Term};
use crate::locale::{Inflection, Locale};

/// The words that a locale has for concepts.
#[derive(Debug)]
pub struct Glossary {
    words: Vec<Named>,
    inflection: Inflection,
    /// Finds what every place of a form begins with; `None` where there is no word.
    keys: Option<AhoCorasick>,
    /// For each key, the words and forms that begin so.
    starts: Vec<Vec<(u32, u32)>>,
    /// For each concept, its words.
    concepts: BTreeMap<usize, Vec<usize>>,
}

/// A word for a concept.
#[derive(Clone, Debug)]
pub struct Named {
    /// The concept, by its number in the termbase.
    pub concept: usize,
    /// The term as it is written in the termbase.
    pub term: Term,
    forms: Vec<Form>,
    exact: bool,
}

/// A place where a word stands.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'g> {
    /// The word.
    pub named: &'g Named,
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Whether it stands there letter for letter, case aside, and as a word of its own.
    pub is_plain: bool,
}

impl Named {
    /// How a form is compared.
    fn manner<'m>(&self, inflection: &'m Inflection) -> Manner<'m> {
        Manner { inflection, exact: self.exact, inflects: true }
    }
}

impl Glossary {
    /// Compiles the words that a locale has for these concepts. `lenient` lets another region of the
    /// language stand in.
    pub(super) fn new(concepts: &[Concept], locale: &Locale, lenient: bool) -> Self {
        let mut words = Vec::new();
        for (number, concept) in concepts.iter().enumerate() {
            let terms = concept.terms(locale, lenient);
            for term in terms {
                // A word that only its case makes wrong is compared with it.
                let folded = term.text.to_lowercase();
                let twin = |it: &Term| it.status != term.status && it.text.to_lowercase() == folded;
                let exact = term.case_sensitive || terms.iter().any(twin);
                words.push(Named::new(number, term.clone(), exact));
            }
        }
        Self::of(words, locale)
    }

    /// Compiles words.
    pub(super) fn of(words: Vec<Named>, locale: &Locale) -> Self {
        let inflection = locale.data().map(|it| it.inflection.clone()).unwrap_or_default();
        let mut literals: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        let mut concepts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, word) in words.iter().enumerate() {
            concepts.entry(word.concept).or_default().push(number);
            for (at, form) in word.forms.iter().enumerate() {
                for key in form.keys(&word.manner(&inflection)) {
                    literals.entry(key).or_default().push((number as u32, at as u32));
                }
            }
        }
        let keys = (!literals.is_empty()).then(|| AhoCorasick::new(literals.keys()).ok()).flatten();
        let starts = literals.into_values().collect();
        Glossary { words, inflection, keys, starts, concepts }
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether one of its words must not be used.
    pub fn forbids(&self) -> bool {
        self.words.iter().any(|it| it.term.status == Status::Forbidden)
    }

    /// The words of a concept, in the order of the termbase.
    pub fn words(&self, concept: usize) -> impl Iterator<Item = &Named> {
        self.concepts.get(&concept).into_iter().flatten().map(|&number| &self.words[number])
    }

    /// Those that may be used for it.
    pub fn allowed(&self, concept: usize) -> impl Iterator<Item = &Named> {
        self.words(concept).filter(|it| it.term.status != Status::Forbidden)
    }

    /// Whether forms may be missed: the language changes its stems, or nothing is known of it.
    pub fn may_miss(&self, locale: &Locale) -> bool {
        locale.data().is_none_or(|it| it.inflection.changes_stems)
    }

    /// All places where words stand, in order. What lies in a longer match does not count; words that
    /// are equally long at one place all do.
    pub fn find(&self, reading: &Reading) -> Vec<Hit<'_>> {
        let Some(keys) = &self.keys else { return Vec::new() };
        let mut found: Vec<Hit<'_>> = Vec::new();
        let mut seen = BTreeSet::new();
        for key in keys.find_overlapping_iter(&reading.plain.folded) {
            for &(number, form) in &self.starts[key.pattern().as_usize()] {
                let named = &self.words[number as usize];
                let form = &named.forms[form as usize];
                let Some(it) = form.at(key.start(), reading, &named.manner(&self.inflection)) else { continue };
                if seen.insert((number, it.start, it.end)) {
                    found.push(Hit { named, start: it.start, end: it.end, is_plain: it.is_plain });
                }
            }
        }
        found.sort_by_key(|it| (std::cmp::Reverse(it.end - it.start), it.start, it.named.concept));
        let mut taken: Vec<(usize, usize)> = Vec::new();
        found.retain(|it| {
            let free = taken
                .iter()
                .all(|&(start, end)| (start, end) == (it.start, it.end) || it.end <= start || end <= it.start);
            if free {
                taken.push((it.start, it.end));
            }
            free
        });
        found.sort_by_key(|it| it.start);
        found
    }

    /// Whether a text has one of the words that may be used for a concept, in any form.
    pub fn renders(&self, concept: usize, reading: &Reading) -> bool {
        self.allowed(concept).any(|named| {
            let manner = Manner { exact: false, ..named.manner(&self.inflection) };
            let found = named.forms.iter().any(|form| place_of(form, reading, &manner).is_some());
            found || named.forms.iter().any(|form| form.may_be_in(reading, &self.inflection))
        })
    }
}

fn place_of(form: &Form, reading: &Reading, manner: &Manner<'_>) -> Option<Match> {
    form.keys(manner).into_iter().find_map(|key| {
        let mut places = memchr::memmem::find_iter(reading.plain.folded.as_bytes(), key.as_bytes());
        places.find_map(|place| form.at(place, reading, manner))
    })
}

impl Named {
    /// Whether the termbase lists its forms, or a stem.
    pub fn has_forms(&self) -> bool {
        !self.term.forms.is_empty() || self.term.text.contains('*')
    }

    /// A word of a concept.
    pub(super) fn new(concept: usize, term: Term, exact: bool) -> Self {
        let texts = std::iter::once(&term.text).chain(&term.forms);
        let forms = texts.filter_map(|it| Form::of(it)).collect();
        Named { concept, term, forms, exact }
    }
}
