//! The different units of a locale: what says the same twice teaches once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::lists::Lists;
use super::sources::{Sources, words};
use super::{LearnedRendering, LearnedTerm, Place};
use crate::termbase::passage::Translation;
use crate::text::folded_letters;

/// A shorter text is a label or a heading, and its translation depends on what stands around it.
const MIN_REPEATED_WORDS: usize = 4;

/// A sentence with more translations than this is a template, and none of them is usual.
const MAX_VARIANTS: usize = 12;

/// No unit.
const NONE: u32 = u32::MAX;

/// The different units.
#[derive(Debug, Default)]
pub struct Targets<'t> {
    /// The target of each, as a reader sees it.
    pub texts: Vec<Cow<'t, str>>,
    /// Where each stands: articles and units.
    places: Lists<(u32, u32)>,
    /// Whether each stands in a translation made by a person.
    pub human: Vec<bool>,
    /// The number of the source text of each.
    pub sources: Vec<u32>,
    /// The first and the last unit of each source text; [`NONE`] where it has none.
    of_source: Vec<(u32, u32)>,
    /// The next unit of the source text of each; [`NONE`] behind the last.
    next: Vec<u32>,
}

impl<'t> Targets<'t> {
    /// Reads the targets of these articles.
    pub fn of(translations: &[&'t Translation], sources: &Sources<'_>) -> Self {
        let mut found = Targets { of_source: vec![(NONE, NONE); sources.texts().len()], ..Targets::default() };
        let mut placed: Vec<(u32, (u32, u32))> = Vec::new();
        for (article, translation) in translations.iter().enumerate() {
            for (at, passage) in translation.passages.iter().enumerate() {
                let Some(source) = sources.number(&passage.source) else { continue };
                let unit = found.number(source, passage.target.plain());
                placed.push((unit, (article as u32, at as u32)));
                found.human[unit as usize] |= translation.human;
            }
        }
        found.places = Lists::grouped(found.texts.len(), placed.iter().copied());
        found
    }

    /// The unit with this source and target. A source has few targets: they are looked through.
    fn number(&mut self, source: u32, target: Cow<'t, str>) -> u32 {
        if let Some(known) = self.own(source).find(|&it| self.texts[it as usize] == target) {
            return known;
        }
        let unit = self.texts.len() as u32;
        let (first, last) = &mut self.of_source[source as usize];
        match *last {
            NONE => *first = unit,
            last => self.next[last as usize] = unit,
        }
        *last = unit;
        self.next.push(NONE);
        self.texts.push(target);
        self.human.push(false);
        self.sources.push(source);
        unit
    }

    /// The units of a source text, in order.
    fn own(&self, source: u32) -> impl Iterator<Item = u32> {
        let some = |it: u32| (it != NONE).then_some(it);
        std::iter::successors(some(self.of_source[source as usize].0), move |&it| some(self.next[it as usize]))
    }

    /// Where a unit stands: articles and units.
    pub fn places(&self, unit: u32) -> &[(u32, u32)] {
        self.places.get(unit)
    }

    /// The source texts of several words that have different targets.
    pub fn repeats(&self, sources: &Sources<'_>) -> Vec<LearnedTerm> {
        let mut found = Vec::new();
        let several = self.of_source.iter().zip(0..).filter(|((first, last), _)| first != last);
        for number in several.map(|it| it.1) {
            let source = &sources.texts()[number as usize];
            let count = words(source).count();
            if count < MIN_REPEATED_WORDS {
                continue;
            }
            let mut variants: BTreeMap<String, LearnedRendering> = BTreeMap::new();
            for unit in self.own(number) {
                let text = &self.texts[unit as usize];
                let key: String = folded_letters(text).collect();
                let it = variants
                    .entry(key)
                    .or_insert_with(|| LearnedRendering { shown: text.to_string(), ..Default::default() });
                let to = text.trim_end().len() as u32;
                let places = self.places(unit).iter();
                it.places.extend(places.map(|&(translation, passage)| Place { translation, passage, from: 0, to }));
                it.human += usize::from(self.human[unit as usize]);
                it.units = it.places.len();
            }
            let mut renderings: Vec<LearnedRendering> = variants.into_values().collect();
            renderings.sort_by(|a, b| (b.units, &a.shown).cmp(&(a.units, &b.shown)));
            renderings.iter_mut().for_each(|it| it.places.sort_unstable());
            let (units, human) = renderings.iter().fold((0, 0), |(all, human), it| (all + it.units, human + it.human));
            if (2..=MAX_VARIANTS).contains(&renderings.len()) {
                let source = source.to_string();
                found.push(LearnedTerm { source, words: count, is_noun: false, units, human, renderings });
            }
        }
        found
    }

    /// The units of these source texts.
    pub fn units(&self, sources: &[u32]) -> Vec<u32> {
        sources.iter().flat_map(|&it| self.own(it)).collect()
    }
}
