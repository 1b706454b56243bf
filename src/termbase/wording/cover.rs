//! The renderings of a term: what covers the units it stands in.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use super::around::recurring;
use super::features::{Features, Kind, find_stem};
use super::lists::Lists;
use super::sources::{Candidate, Recurring, Sources, words};
use super::targets::Targets;
use super::{LearnedRendering, LearnedTerm, Place};
use crate::locale::{Fnv, LocaleData};

type Hashing = BuildHasherDefault<Fnv>;

/// A term stands in so many different units, or nothing is learned of it.
const MIN_UNITS: usize = 4;
/// A term has so many renderings at most.
const MAX_RENDERINGS: usize = 6;
/// Where a weaker tie may be chance: the 0.1 % point of χ² with one degree of freedom.
const MIN_TIE: f64 = 10.83;
/// So many units tell how a rendering is written.
const SAMPLE: usize = 24;

/// What was found for a term.
#[derive(Debug, Serialize, Deserialize)]
pub struct Covered {
    /// The features, in order, for which the texts of all units that hold them were looked at.
    pub asked: Vec<u32>,
    /// The term, where it has several renderings.
    pub term: Option<LearnedTerm>,
}

/// Finds renderings; keeps its tables between terms.
#[derive(Clone)]
pub struct Cover<'a> {
    sources: &'a Sources<'a>,
    terms: &'a Recurring,
    targets: &'a Targets<'a>,
    features: &'a Features,
    data: Option<&'a LocaleData>,
    /// In how many units at hand each feature stands; zero between questions.
    counts: Vec<u32>,
    /// The same, in all units of the term.
    whole: Vec<u32>,
    /// The units that each feature stands in.
    postings: Arc<Lists<u32>>,
    /// In how many units each content word of the sources stands.
    said: Arc<[u32]>,
}

/// What covers units of a term.
struct Stretch {
    /// The feature by which it was found.
    feature: u32,
    /// The text itself, in a script without spaces.
    text: Option<String>,
    /// Longer texts around it that recur, the longest first: what a reader takes for the name.
    names: Vec<String>,
    /// The units of the term that it covers and none before it did.
    units: Vec<u32>,
}

impl<'a> Cover<'a> {
    /// For the units of a locale.
    pub fn new(
        sources: &'a Sources<'a>,
        terms: &'a Recurring,
        targets: &'a Targets<'a>,
        features: &'a Features,
        data: Option<&'a LocaleData>,
    ) -> Self {
        let size = features.kinds.len();
        let held = features.units().zip(0u32..);
        let held = held.flat_map(|(own, unit)| own.iter().map(move |&feature| (feature, unit)));
        let postings = Arc::new(Lists::grouped(size, held));
        let mut said = vec![0; terms.vocabulary()];
        targets.sources.iter().flat_map(|&it| terms.lemmas(it)).for_each(|&it| said[it as usize] += 1);
        let said = said.into();
        Cover { sources, terms, targets, features, data, counts: vec![0; size], whole: vec![0; size], postings, said }
    }

    /// What the units of a term have for it, if anything.
    pub fn term(&mut self, candidate: &Candidate, units: &[u32]) -> Option<Covered> {
        // Where words change at their ends, a verb or an adjective has too many forms to tell.
        let is_spaced = self.data.is_none_or(|data| data.words_are_spaced);
        if units.len() < MIN_UNITS || is_spaced && !candidate.is_noun {
            return None;
        }
        let touched = count(self.features, units, &mut self.whole);
        let found = self.cover(units, &touched);
        let covered = found.iter().map(|it| it.units.len()).sum::<usize>();
        let is_open = (units.len() - covered) * 5 > units.len() * 2;
        // A stem is told by the features of a unit, and a stretch of a text by its text.
        let mut asked: Vec<u32> = found.iter().filter(|it| !it.names.is_empty()).map(|it| it.feature).collect();
        asked.sort_unstable();
        asked.dedup();
        let term = (found.len() > 1 && !is_open).then(|| self.told(candidate, units, found)).flatten();
        touched.iter().for_each(|&it| self.whole[it as usize] = 0);
        (term.is_some() || !asked.is_empty()).then_some(Covered { asked, term })
    }

    /// The feature that is tied most strongly to these units, which are all that something stands in.
    pub fn tied(&mut self, units: &[u32]) -> Option<&'a Kind> {
        let touched = count(self.features, units, &mut self.whole);
        let found = self.strongest(&touched, &self.whole, units);
        touched.iter().for_each(|&it| self.whole[it as usize] = 0);
        found.map(|(it, _)| &self.features.kinds[it as usize])
    }

    fn cover(&mut self, units: &[u32], touched: &[u32]) -> Vec<Stretch> {
        let mut left: Vec<u32> = units.to_vec();
        let mut found: Vec<Stretch> = Vec::new();
        while left.len() >= 2 && found.len() < MAX_RENDERINGS {
            let best = if found.is_empty() {
                self.strongest(touched, &self.whole, units)
            } else {
                let touched = count(self.features, &left, &mut self.counts);
                let best = self.strongest(&touched, &self.counts, &left);
                touched.iter().for_each(|&it| self.counts[it as usize] = 0);
                best
            };
            let Some((feature, count)) = best else { break };
            if count < 2.max(units.len() as u32 * 3 / 100) || (count as usize) * 4 < left.len() {
                break;
            }
            let (units, rest): (Vec<u32>, Vec<u32>) = left.iter().partition(|&&it| self.has(it, feature));
            left = rest;
            match &self.features.kinds[feature as usize] {
                Kind::Stem(_) => found.push(Stretch { feature, text: None, names: Vec::new(), units }),
                Kind::Pair(first, second) => found.extend(self.extended(feature, format!("{first}{second}"), units)),
            }
        }
        found
    }

    /// Of the features of some units of a term, which each stand in so many of them, the one that is tied
    /// to these most strongly, with how many hold it. It hangs on nothing but these units and how often
    /// each feature stands anywhere.
    fn strongest(&self, touched: &[u32], counts: &[u32], units: &[u32]) -> Option<(u32, u32)> {
        let least = 2.max(units.len() as u32 / 10);
        let (here, all) = (units.len() as f64, self.targets.texts.len() as f64);
        let mut best: Option<(f64, u32, u32)> = None;
        for &it in touched {
            let (count, total) = (counts[it as usize], self.features.counts[it as usize]);
            if count < least || self.whole[it as usize] * 2 < total {
                continue;
            }
            let tie = tie(count.into(), here, total.into(), all);
            let is_better =
                |&(most, known, _): &(f64, u32, u32)| tie > most || tie == most && self.stands_before(it, known, units);
            if tie >= MIN_TIE && best.as_ref().is_none_or(is_better) {
                best = Some((tie, it, count));
            }
        }
        best.map(|(_, it, count)| (it, count))
    }

    /// Whether a feature stands before another one in the first of some units that tells.
    fn stands_before(&self, one: u32, other: u32, units: &[u32]) -> bool {
        let kind = |it: u32| &self.features.kinds[it as usize];
        for &unit in units {
            match (self.has(unit, one), self.has(unit, other)) {
                (true, true) => {}
                (false, false) => continue,
                (only, _) => return only,
            }
            let start = |it: u32| kind(it).start(&self.targets.texts[unit as usize], self.data);
            if let (Some(one), Some(other)) = (start(one), start(other))
                && one != other
            {
                return one < other;
            }
        }
        kind(one) < kind(other)
    }

    /// The longest stretches around a pair of characters that recur in these units: one pair may be
    /// a part of two names.
    fn extended(&self, feature: u32, pair: String, units: Vec<u32>) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let whole = units.len();
        let mut left = units.clone();
        while left.len() * 10 > whole {
            let texts = left.iter().map(|&unit| &*self.targets.texts[unit as usize]);
            let kept = recurring(texts, &pair, 2.max(whole * 15 / 100), self.data);
            // Of those that stand about as often, the longest.
            let longest = |&(text, count): &(&str, usize)| {
                let longer = |&(other, times): &(&str, usize)| {
                    other.len() > text.len() && other.contains(text) && times * 5 >= count * 4
                };
                !kept.iter().any(longer)
            };
            let weight = |text: &str, count: usize| count * text.chars().count().min(5);
            let own = kept.iter().filter(|it| longest(it) && self.is_own(feature, it.0, &units));
            let best = own.copied().max_by_key(|&(text, count)| (weight(text, count), std::cmp::Reverse(text)));
            names.extend(kept.iter().filter(|it| longest(it)).map(|it| it.0.to_owned()));
            let Some((text, _)) = best else { break };
            let text = text.to_owned();
            let finder = Finder::new(&text);
            let (covered, rest): (Vec<u32>, Vec<u32>) = left.iter().partition(|&&unit| self.finds(unit, &finder));
            left = rest;
            found.push(Stretch { feature, names: vec![text.clone()], text: Some(text), units: covered });
        }
        if found.is_empty() || left.len() * 10 > whole {
            names.push(pair.clone());
            names.sort_by(|a, b| (b.len(), a).cmp(&(a.len(), b)));
            return vec![Stretch { feature, text: Some(pair), names, units }];
        }
        found
    }

    /// Whether a stretch stands in these units more than elsewhere.
    fn is_own(&self, feature: u32, text: &str, units: &[u32]) -> bool {
        let finder = Finder::new(text);
        let holds = |unit: &&u32| self.finds(**unit, &finder);
        let (here, everywhere) = (units.iter().filter(holds).count(), self.units(feature).iter().filter(holds).count());
        everywhere * 10 <= here * 15 + 30
    }

    /// The units that hold a feature.
    fn units(&self, feature: u32) -> &[u32] {
        self.postings.get(feature)
    }

    /// The term with what was found, without what is no other name.
    fn told(&self, candidate: &Candidate, units: &[u32], found: Vec<Stretch>) -> Option<LearnedTerm> {
        // What is asked of few units first: most terms have one name.
        let is_name = |it: &Stretch| {
            let few = &it.units[..it.units.len().min(SAMPLE)];
            let shown = self.places(it, few).0;
            shown.chars().nth(1).is_some() && !self.is_copied(few, &shown)
        };
        // Each with all the units of the term that hold it, in order.
        let held = found.into_iter().filter(|it| it.units.len() > 1).map(|it| (self.holding(&it, units), it));
        let others = held.filter(|(held, it)| self.is_tied(it, held.len(), &candidate.lemmas) && is_name(it));
        let (held, found): (Vec<Vec<u32>>, Vec<Stretch>) = others.unzip();
        // What stands beside an earlier name is no other one, but a part of it.
        let is_part = |at: usize| {
            let own = &held[at];
            let shared = |other: &Vec<u32>| own.iter().filter(|it| other.binary_search(it).is_ok()).count();
            held[..at].iter().any(|other| shared(other) * 3 > own.len().min(other.len()))
        };
        let found: Vec<Stretch> =
            found.into_iter().enumerate().filter(|&(at, _)| !is_part(at)).map(|(_, it)| it).collect();
        if found.len() < 2 {
            return None;
        }
        let rendering = |it: Stretch| {
            let (shown, places) = self.places(&it, units);
            let human = it.units.iter().filter(|&&it| self.targets.human[it as usize]).count();
            LearnedRendering { shown, human, units: it.units.len(), places }
        };
        let mut renderings: Vec<LearnedRendering> = found.into_iter().map(rendering).collect();
        renderings.sort_by(|a, b| (b.units, &a.shown).cmp(&(a.units, &b.shown)));
        let human = units.iter().filter(|&&it| self.targets.human[it as usize]).count();
        let (source, words) = (candidate.words.join(" "), candidate.words.len());
        let is_noun = candidate.is_noun;
        Some(LearnedTerm { source, words, is_noun, units: units.len(), human, renderings })
    }

    /// Whether a unit holds a feature.
    fn has(&self, unit: u32, feature: u32) -> bool {
        self.features.unit(unit).binary_search(&feature).is_ok()
    }

    /// Whether what is looked for stands in a unit.
    fn finds(&self, unit: u32, finder: &Finder<'_>) -> bool {
        finder.find(self.targets.texts[unit as usize].as_bytes()).is_some()
    }

    /// Those of some units that hold a stretch, in order.
    fn holding(&self, stretch: &Stretch, units: &[u32]) -> Vec<u32> {
        let finder = stretch.text.as_ref().map(Finder::new);
        let holds = |unit: u32| match &finder {
            Some(finder) => self.finds(unit, finder),
            None => self.has(unit, stretch.feature),
        };
        let mut all: Vec<u32> = units.iter().copied().filter(|&it| holds(it)).collect();
        all.sort_unstable();
        all
    }

    /// Whether a rendering stands in the sources, too: what was not translated is another question.
    fn is_copied(&self, units: &[u32], shown: &str) -> bool {
        let parts = words(shown).flat_map(|(_, word)| word.split('-'));
        let shown: Vec<String> = parts.filter(|it| !it.is_empty()).map(str::to_lowercase).collect();
        let copied = |unit: &&u32| {
            let source = &self.sources.texts()[self.targets.sources[**unit as usize] as usize];
            shown.iter().any(|word| words(source).any(|(_, it)| akin(it, word)))
        };
        units.iter().filter(copied).count() * 2 >= units.len()
    }

    /// Whether at least half of the units that hold it are those of the term, `inside`, and no other
    /// word of the source has a better claim.
    fn is_tied(&self, stretch: &Stretch, inside: usize, lemmas: &[u32]) -> bool {
        let everywhere = self.holding(stretch, self.units(stretch.feature));
        if inside * 2 < everywhere.len() {
            return false;
        }
        let mut counts: HashMap<u32, u32, Hashing> = HashMap::default();
        for &unit in &everywhere {
            let said = self.terms.lemmas(self.targets.sources[unit as usize]);
            said.iter().for_each(|&it| *counts.entry(it).or_default() += 1);
        }
        let (here, all) = (everywhere.len() as f64, self.targets.texts.len() as f64);
        let claim = |own: bool| {
            let words = counts.iter().filter(|it| lemmas.contains(it.0) == own);
            let ties = words.map(|(&it, &count)| tie(count.into(), here, self.said[it as usize].into(), all));
            ties.fold(0.0, f64::max)
        };
        claim(true) >= claim(false)
    }

    /// How a stretch is written most often, and where it stands in the units of the term.
    fn places(&self, stretch: &Stretch, units: &[u32]) -> (String, Vec<Place>) {
        let mut counts: HashMap<&str, usize, Hashing> = HashMap::default();
        let mut places: Vec<Place> = Vec::new();
        for &unit in units {
            let text = &self.targets.texts[unit as usize];
            let Some((from, to)) = self.place(unit, stretch) else { continue };
            *counts.entry(&text[from..to]).or_default() += 1;
            let (from, to) = (from as u32, to as u32);
            let own = self.targets.places(unit).iter();
            places.extend(own.map(|&(translation, passage)| Place { translation, passage, from, to }));
        }
        places.sort_unstable();
        let most = counts.into_iter().max_by_key(|&(text, count)| (count, std::cmp::Reverse(text)));
        (most.map_or_else(String::new, |(text, _)| text.to_owned()), places)
    }

    /// Where a stretch stands in a unit.
    fn place(&self, unit: u32, stretch: &Stretch) -> Option<(usize, usize)> {
        // Most units of a term lack most of its stretches.
        if !self.has(unit, stretch.feature) {
            return None;
        }
        let text = &*self.targets.texts[unit as usize];
        if stretch.text.is_some() {
            let whole = |name: &String| text.find(name.as_str()).map(|at| in_full(text, at, at + name.len()));
            return stretch.names.iter().find_map(whole);
        }
        match &self.features.kinds[stretch.feature as usize] {
            Kind::Stem(stem) => find_stem(text, stem, self.data),
            Kind::Pair(..) => None,
        }
    }
}

/// Counts the features of these units, and tells which they are.
fn count(features: &Features, units: &[u32], counts: &mut [u32]) -> Vec<u32> {
    let mut touched = Vec::new();
    for &unit in units {
        for &it in features.unit(unit) {
            let count = &mut counts[it as usize];
            if *count == 0 {
                touched.push(it);
            }
            *count += 1;
        }
    }
    touched
}

/// A stretch with the rest of the words in Katakana that it begins and ends in: these are not cut.
pub(super) fn in_full(text: &str, from: usize, to: usize) -> (usize, usize) {
    let of_word = |it: char| matches!(it, '\u{30A1}'..='\u{30FA}' | 'ー');
    let (mut start, mut end) = (from, to);
    if text[from..].starts_with(of_word) {
        start = text[..from].trim_end_matches(of_word).len();
    }
    if text[..to].ends_with(of_word) {
        end = text.len() - text[to..].trim_start_matches(of_word).len();
    }
    (start, end)
}

/// Whether two words are forms of one, roughly.
pub(super) fn akin(one: &str, other: &str) -> bool {
    let lower = |it: &str| it.chars().flat_map(char::to_lowercase).collect::<String>();
    let first = |it: &str| it.chars().next().and_then(|it| it.to_lowercase().next());
    if first(one) != first(other) {
        return false;
    }
    let (one, other) = (lower(one), lower(other));
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longer = one.chars().count().max(other.chars().count());
    one == other || shared >= 5 || shared >= 3 && shared + 1 >= longer
}

/// The log-likelihood ratio of a feature and a set of units; 0 where they avoid each other.
fn tie(both: f64, set: f64, feature: f64, all: f64) -> f64 {
    if both * all <= 1.5 * set * feature {
        return 0.0;
    }
    let part = |count: f64| if count > 0.0 { count * (count / all).ln() } else { 0.0 };
    let cells = part(both) + part(set - both) + part(feature - both) + part(all - set - feature + both);
    let margins = part(set) + part(all - set) + part(feature) + part(all - feature);
    2.0 * (cells - margins)
}
