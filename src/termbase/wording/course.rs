//! What is learned, in three steps: what all languages share is read from the sources; what each has
//! of the names is told to the others; then each is learned by itself, and from nothing else.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cover::{Cover, Covered};
use super::faults::{NameReading, name_uses};
use super::lost::{Kept, Shares};
use super::memory::Memory;
use super::names::Names;
use super::sources::{Recurring, Sources};
use super::targets::Targets;
use super::{LearnedTerm, Lesson, Wording};
use crate::locale::Locale;
use crate::termbase::passage::{Text, Translation};

/// What all languages share: the source texts, and what is learned about.
#[derive(Debug)]
pub struct Course<'t> {
    sources: Sources<'t>,
    syllabus: Syllabus,
    renderings: bool,
}

/// What is learned about: the terms that recur in the source texts, and the names in them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Syllabus {
    pub(super) terms: Recurring,
    pub(super) names: Option<Names>,
}

/// The articles of one language.
#[derive(Debug)]
pub struct Language<'t> {
    translations: Vec<&'t Translation>,
    targets: Targets<'t>,
}

impl<'t> Course<'t> {
    /// Reads the source texts of all articles; `known` is what was read of the same texts before.
    pub fn new(sources: &'t [Arc<Text>], source_locale: &Locale, lessons: &[Lesson], known: Option<Syllabus>) -> Self {
        let sources = Sources::read(sources);
        let asked = |lesson| lessons.contains(&lesson);
        let (renderings, data) = (asked(Lesson::Renderings), source_locale.data());
        let read = || {
            let (terms, names) = rayon::join(
                || data.filter(|_| renderings).map(|data| sources.recurring(data)),
                || asked(Lesson::Names).then(|| Names::read(&sources, data)),
            );
            Syllabus { terms: terms.unwrap_or_default(), names }
        };
        let syllabus = known.unwrap_or_else(read);
        Course { sources, syllabus, renderings }
    }

    /// What is learned about, to be kept.
    pub fn syllabus(&self) -> &Syllabus {
        &self.syllabus
    }

    /// Reads the articles of a language, in order; their source texts are those of the course.
    pub fn read(&self, translations: Vec<&'t Translation>) -> Language<'t> {
        let targets = Targets::of(&translations, &self.sources);
        Language { translations, targets }
    }

    /// What a language has of the names.
    pub fn shares(&self, language: &Language<'_>) -> Shares {
        self.syllabus.names.as_ref().map_or_else(Shares::default, |names| Shares::of(names, &language.targets))
    }

    /// What all languages have of the names.
    pub fn kept(&self, languages: &[Shares]) -> Kept {
        self.syllabus.names.as_ref().map_or_else(Kept::default, |names| Kept::count(names, languages))
    }

    /// What a language calls the terms, and what becomes of the names in it. `known` is what was learned
    /// of it in the same course before; `keep` takes what is known now.
    pub fn learn(
        &self,
        tag: &str,
        language: Language<'t>,
        kept: &Kept,
        known: Option<Memory>,
        keep: Option<&(dyn Fn(&Memory) + Sync)>,
    ) -> Wording<'t> {
        let Language { translations, targets } = language;
        let (sources, locale, syllabus) = (&self.sources, Locale::parse(tag), &self.syllabus);
        let data = locale.as_ref().and_then(Locale::data);
        let (mut memory, anew) = Memory::review(known, syllabus, &targets, kept, data, keep.is_some());
        let cover = Cover::new(sources, &syllabus.terms, &targets, &memory.features, data);
        let each = |numbers: &[u32]| {
            let mut cover = cover.clone();
            let term = |&number: &u32| {
                let candidate = &syllabus.terms.candidates()[number as usize];
                Some((number, cover.term(candidate, &targets.units(&candidate.texts))?))
            };
            numbers.iter().filter_map(term).collect::<Vec<(u32, Covered)>>()
        };
        let terms = || shared_out(&anew.terms).flat_map_iter(each).collect();
        let reading = NameReading { sources, targets: &targets, kept, data };
        let names = || match &syllabus.names {
            Some(names) => (reading.faults(names, &anew.names, &cover), reading.slips(&anew.units)),
            None => (Vec::new(), Vec::new()),
        };
        let (terms, (names, slips)) = rayon::join(terms, names);
        drop(cover);
        memory.learn(terms, names, slips);
        let repeats = || if self.renderings { targets.repeats(sources) } else { Vec::new() };
        let ((), repeats) = rayon::join(|| keep.into_iter().for_each(|keep| keep(&memory)), repeats);
        let mut terms: Vec<LearnedTerm> = memory.terms.into_iter().filter_map(|it| it.1.term).collect();
        terms.sort_by(|a, b| (b.words, b.units, &a.source).cmp(&(a.words, a.units, &b.source)));
        let names = name_uses(memory.names, memory.slips, &targets);
        Wording { translations, terms, repeats, names }
    }
}

/// A part of the work for each thread, in order; what it gives does not depend on where it is cut.
pub(super) fn shared_out<T: Sync>(all: &[T]) -> impl IndexedParallelIterator<Item = &[T]> {
    all.par_chunks(all.len().div_ceil(rayon::current_num_threads()).max(1))
}
