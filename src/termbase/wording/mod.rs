//! What each term of the source is called in a translation, learned from all articles of a locale:
//! nothing is known of the words beforehand.
//!
//! A term is a run of content words that recurs. Its renderings are found by covering the units it
//! stands in: the stretch of target text that is tied to the term most strongly (by the
//! log-likelihood ratio of Dunning, Computational Linguistics 19(1), 1993) is its first rendering; the
//! units that lack it are covered in the same way, until what is left has nothing in common.

mod around;
mod course;
mod cover;
mod divided;
mod faults;
mod features;
mod letters;
mod lists;
mod lost;
mod memory;
mod names;
mod native;
mod sources;
mod targets;

pub use course::{Course, Language, Syllabus};
pub use faults::{Fault, NameUse};
pub use lost::{Kept, Shares};
pub use memory::Memory;

use serde::{Deserialize, Serialize};

use super::passage::{Passage, Translation};
use crate::diagnostic::Label;

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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
}
