//! What each term of the source is called in a translation, learned from all articles of a locale:
//! nothing is known of the words beforehand.
//!
//! A term is a run of content words that recurs. Its renderings are found by covering the units it
//! stands in: the stretch of target text that is tied to the term most strongly (by the
//! log-likelihood ratio of Dunning, Computational Linguistics 19(1), 1993) is its first rendering; the
//! units that lack it are covered in the same way, until what is left has nothing in common.

mod cover;
mod divided;
mod faults;
mod features;
mod letters;
mod lost;
mod names;
mod native;
mod sources;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use faults::{Fault, NameUse};

use self::cover::Cover;
use self::features::{Features, Targets};
use self::lost::Kept;
use self::names::Names;
use self::sources::Sources;
use super::passage::{Passage, Translation};
use crate::diagnostic::Label;
use crate::locale::{Locale, LocaleData};

/// What a locale calls the terms of the source.
#[derive(Debug)]
pub struct Wording<'t> {
    /// The articles it was learned from, in order.
    pub translations: Vec<&'t Translation>,
    /// The terms with more than one rendering: those of more words first.
    pub terms: Vec<LearnedTerm>,
    /// The sentences that stand in several places, with their translations where these differ: the
    /// most frequent first.
    pub repeats: Vec<LearnedTerm>,
    /// The names of the source that a unit writes otherwise, in order of their places.
    pub names: Vec<NameUse>,
}

/// What is to be learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// What terms and whole sentences are called: [`Wording::terms`], [`Wording::repeats`].
    Renderings,
    /// What becomes of names: [`Wording::names`].
    Names,
}

/// A term of the source that has several renderings.
#[derive(Clone, Debug)]
pub struct LearnedTerm {
    /// Its words, in lower case.
    pub source: String,
    /// How many words it has.
    pub words: usize,
    /// Whether it is used as nouns are.
    pub is_noun: bool,
    /// In how many different units it stands, and in how many of them that people translated.
    pub units: usize,
    /// See [`Self::units`].
    pub human: usize,
    /// What it is called, the most frequent first.
    pub renderings: Vec<LearnedRendering>,
}

/// One name of a term.
#[derive(Clone, Debug, Default)]
pub struct LearnedRendering {
    /// The name, as it is written most often.
    pub shown: String,
    /// In how many different units of people's translations it stands.
    pub human: usize,
    /// In how many different units it stands.
    pub units: usize,
    /// Where it stands for the term.
    pub places: Vec<Place>,
}

/// A stretch of the target of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The index of the article.
    pub translation: u32,
    /// The index of the unit in it.
    pub passage: u32,
    /// Bytes of its plain text.
    pub from: u32,
    /// See [`Self::from`].
    pub to: u32,
}

impl LearnedRendering {
    /// Its places in an article.
    pub fn in_article(&self, translation: u32) -> &[Place] {
        let from = self.places.partition_point(|it| it.translation < translation);
        let to = self.places.partition_point(|it| it.translation <= translation);
        &self.places[from..to]
    }

    /// Whether it stands in the unit of a place.
    pub fn is_beside(&self, place: &Place) -> bool {
        let unit = |it: &Place| (it.translation, it.passage);
        self.places.binary_search_by_key(&unit(place), unit).is_ok()
    }
}

impl<'t> Wording<'t> {
    /// Learns from all articles, and tells what each locale, in the order of their tags, has to
    /// `ask`; only that is kept.
    pub fn learn<T: Send>(
        translations: &'t [Translation],
        source_locale: &Locale,
        lessons: &[Lesson],
        ask: impl Fn(&str, &Wording<'t>) -> T + Sync,
    ) -> Vec<T> {
        if lessons.is_empty() {
            return Vec::new();
        }
        let mut locales: BTreeMap<&str, Vec<&Translation>> = BTreeMap::new();
        for it in translations {
            locales.entry(&it.locale).or_default().push(it);
        }
        let mut sources = Sources::read(translations);
        let asked = |lesson| lessons.contains(&lesson);
        if let Some(data) = source_locale.data().filter(|_| asked(Lesson::Renderings)) {
            sources.find_candidates(data);
        }
        let locales: Vec<(&str, Vec<&Translation>)> = locales.into_iter().collect();
        let targets: Vec<Targets<'_>> = locales.par_iter().map(|(_, it)| Targets::of(it, &sources)).collect();
        let names = asked(Lesson::Names).then(|| {
            let names = Names::read(&sources, source_locale.data());
            let kept = Kept::count(&names, &targets);
            (names, kept)
        });
        let learn = |((tag, translations), targets): ((&'t str, Vec<&'t Translation>), Targets<'_>)| {
            let locale = Locale::parse(tag);
            let data = locale.as_ref().and_then(Locale::data);
            ask(tag, &Wording::of(translations, &sources, &targets, names.as_ref(), data, asked(Lesson::Renderings)))
        };
        locales.into_par_iter().zip(targets).map(learn).collect()
    }

    /// The unit that a place is in, and its article.
    pub fn passage(&self, place: Place) -> (&'t Translation, &'t Passage) {
        let translation = self.translations[place.translation as usize];
        (translation, &translation.passages[place.passage as usize])
    }

    /// A label on a place.
    pub fn label(&self, place: Place, message: &str) -> Label {
        let (translation, passage) = self.passage(place);
        passage.label(&translation.path, place.from as usize, place.to as usize, message)
    }

    fn of(
        translations: Vec<&'t Translation>,
        sources: &Sources<'_>,
        targets: &Targets<'_>,
        names: Option<&(Names, Kept)>,
        data: Option<&LocaleData>,
        renderings: bool,
    ) -> Self {
        let features = Features::of(targets, data);
        let mut cover = Cover::new(sources, targets, &features, data);
        let mut terms: Vec<LearnedTerm> = Vec::new();
        for candidate in sources.candidates() {
            let units = targets.units(&candidate.texts);
            terms.extend(cover.term(candidate, &units));
        }
        terms.sort_by(|a, b| (b.words, b.units, &a.source).cmp(&(a.words, a.units, &b.source)));
        let names = names.map_or_else(Vec::new, |(names, kept)| names.faults(sources, targets, kept, &mut cover, data));
        let repeats = if renderings { targets.repeats(sources) } else { Vec::new() };
        Wording { translations, terms, repeats, names }
    }
}
