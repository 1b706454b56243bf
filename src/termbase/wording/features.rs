//! What the targets of a locale hold: the different units, and the words or pairs of characters of
//! each.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use rayon::prelude::*;

use super::course::shared_out;
use super::cover::in_full;
use super::sources::{Sources, words};
use super::{LearnedRendering, LearnedTerm, Place};
use crate::locale::{Fnv, LocaleData, is_unspaced};
use crate::termbase::passage::Translation;
use crate::text::{folded_letters, is_letter_or_digit};

/// A shorter text is a label or a heading, and its translation depends on what stands around it.
const MIN_REPEATED_WORDS: usize = 4;

/// A sentence with more translations than this is a template, and none of them is usual.
const MAX_VARIANTS: usize = 12;

/// The different units of a locale: what says the same twice teaches once.
#[derive(Debug, Default)]
pub struct Targets<'t> {
    /// The target of each, as a reader sees it.
    pub texts: Vec<Cow<'t, str>>,
    /// Where each stands: articles and units.
    pub places: Vec<Vec<(u32, u32)>>,
    /// Whether each stands in a translation made by a person.
    pub human: Vec<bool>,
    /// The number of the source text of each.
    pub sources: Vec<u32>,
    /// The units of each source text.
    by_source: Vec<Vec<u32>>,
}

impl<'t> Targets<'t> {
    /// Reads the targets of these articles.
    pub fn of(translations: &[&'t Translation], sources: &Sources<'_>) -> Self {
        let mut found = Targets { by_source: vec![Vec::new(); sources.texts().len()], ..Targets::default() };
        for (article, translation) in translations.iter().enumerate() {
            for (at, passage) in translation.passages.iter().enumerate() {
                let Some(source) = sources.number(&passage.source) else { continue };
                let unit = found.number(source, passage.target.plain()) as usize;
                found.places[unit].push((article as u32, at as u32));
                found.human[unit] |= translation.human;
            }
        }
        found
    }

    /// The unit with this source and target. A source has few targets: they are looked through.
    fn number(&mut self, source: u32, target: Cow<'t, str>) -> u32 {
        let own = &mut self.by_source[source as usize];
        if let Some(&known) = own.iter().find(|&&it| self.texts[it as usize] == target) {
            return known;
        }
        let unit = self.texts.len() as u32;
        own.push(unit);
        self.texts.push(target);
        // Most stand in one place.
        self.places.push(Vec::with_capacity(1));
        self.human.push(false);
        self.sources.push(source);
        unit
    }

    /// The source texts of several words that have different targets.
    pub fn repeats(&self, sources: &Sources<'_>) -> Vec<LearnedTerm> {
        let mut found = Vec::new();
        for (units, source) in self.by_source.iter().zip(sources.texts()).filter(|(units, _)| units.len() > 1) {
            let count = words(source).count();
            if count < MIN_REPEATED_WORDS {
                continue;
            }
            let mut variants: BTreeMap<String, LearnedRendering> = BTreeMap::new();
            for &unit in units {
                let text = &self.texts[unit as usize];
                let key: String = folded_letters(text).collect();
                let it = variants
                    .entry(key)
                    .or_insert_with(|| LearnedRendering { shown: text.to_string(), ..Default::default() });
                let to = text.trim_end().len() as u32;
                let places = self.places[unit as usize].iter();
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
        sources.iter().flat_map(|&it| &self.by_source[it as usize]).copied().collect()
    }
}

/// What each unit holds.
#[derive(Debug)]
pub struct Features {
    /// The features of each unit, each once, in order.
    pub of_unit: Vec<Box<[u32]>>,
    /// In how many units each stands.
    pub counts: Vec<u32>,
    /// What each is.
    pub kinds: Vec<Kind>,
}

/// What a feature is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The stem of a word.
    Stem(Box<str>),
    /// Two characters of a script that is written without spaces.
    Pair(char, char),
}

impl Kind {
    fn piece(&self) -> Piece<'_> {
        match self {
            Kind::Stem(stem) => Piece::Stem(stem),
            &Kind::Pair(first, second) => Piece::Pair(first, second),
        }
    }

    /// Where it stands first in a text.
    pub fn place(&self, text: &str, data: Option<&LocaleData>) -> Option<(usize, usize)> {
        match self {
            Kind::Stem(stem) => find_stem(text, stem, data),
            Kind::Pair(one, other) => {
                let pair = format!("{one}{other}");
                text.find(&pair).map(|at| in_full(text, at, at + pair.len()))
            }
        }
    }
}

/// A feature of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'s> {
    /// See [`Kind::Stem`].
    Stem(&'s str),
    /// See [`Kind::Pair`].
    Pair(char, char),
}

/// The numbers of features.
#[derive(Default)]
struct Numbers {
    stems: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    pairs: HashMap<(char, char), u32, BuildHasherDefault<Fnv>>,
    kinds: Vec<Kind>,
}

impl Numbers {
    fn of(&mut self, piece: Piece<'_>) -> u32 {
        let known = match piece {
            Piece::Stem(stem) => self.stems.get(stem),
            Piece::Pair(first, second) => self.pairs.get(&(first, second)),
        };
        known.copied().unwrap_or_else(|| {
            let next = self.kinds.len() as u32;
            self.kinds.push(match piece {
                Piece::Stem(stem) => {
                    self.stems.insert(stem.into(), next);
                    Kind::Stem(stem.into())
                }
                Piece::Pair(first, second) => {
                    self.pairs.insert((first, second), next);
                    Kind::Pair(first, second)
                }
            });
            next
        })
    }
}

impl Features {
    /// Reads the targets; features are numbered in the order in which they stand there.
    pub fn of(targets: &Targets<'_>, data: Option<&LocaleData>) -> Self {
        let read: Vec<_> = shared_out(&targets.texts).map(|texts| units(texts, data)).collect();
        let mut read = read.into_iter();
        let Some((mut of_unit, mut numbers)) = read.next() else {
            return Features { of_unit: Vec::new(), counts: Vec::new(), kinds: Vec::new() };
        };
        for (more, own) in read {
            let renumbered: Vec<u32> = own.kinds.iter().map(|it| numbers.of(it.piece())).collect();
            of_unit.extend(more.into_iter().map(|mut unit| {
                unit.iter_mut().for_each(|it| *it = renumbered[*it as usize]);
                unit.sort_unstable();
                unit
            }));
        }
        let mut counts = vec![0; numbers.kinds.len()];
        of_unit.iter().flatten().for_each(|&it| counts[it as usize] += 1);
        Features { of_unit, counts, kinds: numbers.kinds }
    }
}

/// The features of each of these texts, with numbers of their own.
fn units(texts: &[Cow<'_, str>], data: Option<&LocaleData>) -> (Vec<Box<[u32]>>, Numbers) {
    let mut numbers = Numbers::default();
    let mut all: Vec<u32> = Vec::new();
    let unit = |text: &Cow<'_, str>| {
        all.clear();
        each(text, data, |piece, _, _| all.push(numbers.of(piece)));
        all.sort_unstable();
        all.dedup();
        all.as_slice().into()
    };
    (texts.iter().map(unit).collect(), numbers)
}

/// Whether a character can begin and end a term.
pub fn is_edge(it: char, data: Option<&LocaleData>) -> bool {
    is_letter_or_digit(it) && !data.is_some_and(|data| data.never_at_term_edges.contains(it))
}

/// Tells the features of a text, each with its bytes.
pub fn each(text: &str, data: Option<&LocaleData>, mut tell: impl FnMut(Piece<'_>, usize, usize)) {
    let mut stem = String::new();
    runs(text, data, |run, start, end| match run {
        Run::Word => {
            let (word, offset) = bare(&text[start..end]);
            if fill_stem(word, data, &mut stem) {
                tell(Piece::Stem(&stem), start + offset, end);
            }
        }
        Run::Pair(first, second) => tell(Piece::Pair(first, second), start, end),
    });
}

/// What a text is cut into before its words are looked at.
#[derive(Clone, Copy)]
enum Run {
    /// What is written with spaces around it.
    Word,
    /// See [`Kind::Pair`].
    Pair(char, char),
}

/// Tells the words and pairs of a text, each with its bytes.
fn runs(text: &str, data: Option<&LocaleData>, mut tell: impl FnMut(Run, usize, usize)) {
    for (start, word) in words(text) {
        if word.is_ascii() {
            tell(Run::Word, start, start + word.len());
            continue;
        }
        let mut last: Option<(usize, char)> = None;
        let mut spaced = start;
        for (at, it) in word.char_indices() {
            let at = start + at;
            if !is_unspaced(it) {
                last = None;
                continue;
            }
            if spaced < at {
                tell(Run::Word, spaced, at);
            }
            spaced = at + it.len_utf8();
            if let Some((from, before)) = last
                && is_edge(before, data)
                && is_edge(it, data)
            {
                tell(Run::Pair(before, it), from, spaced);
            }
            last = Some((at, it));
        }
        if spaced < start + word.len() {
            tell(Run::Word, spaced, start + word.len());
        }
    }
}

/// Where a stem stands first in a text.
pub fn find_stem(text: &str, stem: &str, data: Option<&LocaleData>) -> Option<(usize, usize)> {
    let first = stem.chars().next()?;
    let begins = |it: char| match it.is_ascii() {
        true => it.to_ascii_lowercase() == first,
        false => it == first || it.to_lowercase().next() == Some(first),
    };
    let (mut found, mut own) = (None, String::new());
    let mut at = 0;
    // Of what white space parts only what has the letter is looked at.
    while let Some(next) = text[at..].find(begins) {
        let from = at + text[at..at + next].rfind(char::is_whitespace).map_or(0, |it| it + 1);
        at = text[at + next..].find(char::is_whitespace).map_or(text.len(), |it| at + next + it);
        runs(&text[from..at], data, |run, start, end| {
            if found.is_some() || !matches!(run, Run::Word) {
                return;
            }
            let (start, end) = (from + start, from + end);
            let (word, offset) = bare(&text[start..end]);
            // Few words begin so; only these are worth a stem.
            if word.starts_with(begins) && fill_stem(word, data, &mut own) && own == stem {
                found = Some((start + offset, end));
            }
        });
        if found.is_some() {
            break;
        }
    }
    found
}

/// A word without an elided one before it, and the bytes of that.
fn bare(word: &str) -> (&str, usize) {
    let offset = word.rfind(['\'', '’']).map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
    (word[offset..].trim_matches(|it: char| !is_letter_or_digit(it)), offset)
}

/// Puts down what a word and its inflected forms share, roughly: its beginning. Tells whether the
/// word says anything alone.
fn fill_stem(word: &str, data: Option<&LocaleData>, stem: &mut String) -> bool {
    stem.clear();
    if word.is_ascii() {
        stem.push_str(word);
        stem.make_ascii_lowercase();
    } else {
        stem.extend(word.chars().flat_map(char::to_lowercase));
    }
    let is_function = |data: &LocaleData| data.function_words.holds(stem) || data.ambiguous_function_words.holds(stem);
    let count = stem.chars().count();
    if count < 2 || stem.chars().all(char::is_numeric) || data.is_some_and(is_function) {
        return false;
    }
    let kept = if count > 5 { (count - 3).max(4) } else { count };
    if let Some((end, _)) = stem.char_indices().nth(kept) {
        stem.truncate(end);
    }
    true
}
