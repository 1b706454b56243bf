//! What the units of a locale hold: words, or pairs of characters.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::course::shared_out;
use super::cover::in_full;
use super::lists::Lists;
use super::sources::words;
use super::targets::Targets;
use crate::locale::{Fnv, LocaleData, is_unspaced};
use crate::text::is_letter_or_digit;

type Hashing = BuildHasherDefault<Fnv>;

/// What each unit holds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Features {
    /// The features of each unit, each once, in order.
    of_unit: Lists<u32>,
    /// In how many units each stands.
    pub counts: Vec<u32>,
    /// What each is.
    pub kinds: Vec<Kind>,
}

/// What a feature is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

    /// Where it begins first in a text.
    pub fn start(&self, text: &str, data: Option<&LocaleData>) -> Option<usize> {
        match *self {
            Kind::Stem(ref stem) => find_stem(text, stem, data).map(|it| it.0),
            Kind::Pair(one, other) => {
                let mut pairs = text.char_indices().zip(text.chars().skip(1));
                pairs.find(|&((_, first), second)| first == one && second == other).map(|((at, _), _)| at)
            }
        }
    }

    /// Where it stands first in a text.
    pub fn place(&self, text: &str, data: Option<&LocaleData>) -> Option<(usize, usize)> {
        match self {
            Kind::Stem(stem) => find_stem(text, stem, data),
            Kind::Pair(one, other) => {
                let at = self.start(text, data)?;
                Some(in_full(text, at, at + one.len_utf8() + other.len_utf8()))
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

impl Piece<'_> {
    fn kind(self) -> Kind {
        match self {
            Piece::Stem(stem) => Kind::Stem(stem.into()),
            Piece::Pair(first, second) => Kind::Pair(first, second),
        }
    }
}

/// The numbers of features.
#[derive(Default)]
struct Numbers {
    stems: HashMap<Box<str>, u32, Hashing>,
    pairs: HashMap<(char, char), u32, Hashing>,
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
            match piece {
                Piece::Stem(stem) => drop(self.stems.insert(stem.into(), next)),
                Piece::Pair(first, second) => drop(self.pairs.insert((first, second), next)),
            }
            self.kinds.push(piece.kind());
            next
        })
    }
}

impl Features {
    /// Reads the targets.
    pub fn of(targets: &Targets<'_>, data: Option<&LocaleData>) -> Self {
        let read: Vec<_> = shared_out(&targets.texts).map(|texts| units(texts, data)).collect();
        let mut read = read.into_iter();
        let Some((mut found, mut numbers)) = read.next() else { return Features::default() };
        for (more, own) in read {
            found.of_unit.reserve_for(&more.of_unit);
            let renumbered: Vec<u32> = own.kinds.iter().map(|it| numbers.of(it.piece())).collect();
            for own in more.units() {
                let mut unit: Vec<u32> = own.iter().map(|&it| renumbered[it as usize]).collect();
                found.push(&mut unit);
            }
        }
        found.counted(numbers.kinds)
    }

    /// The features of a unit.
    pub fn unit(&self, unit: u32) -> &[u32] {
        self.of_unit.get(unit)
    }

    /// The features of each unit.
    pub fn units(&self) -> impl Iterator<Item = &[u32]> + Clone {
        self.of_unit.iter()
    }

    /// Adds a unit with these features, which are taken.
    fn push(&mut self, unit: &mut Vec<u32>) {
        unit.sort_unstable();
        unit.dedup();
        self.of_unit.push(unit);
        unit.clear();
    }

    /// The same, where some units have other texts than before, these in order. What is new has
    /// numbers of its own; what is gone keeps its number.
    pub fn changed(&self, units: &[u32], targets: &Targets<'_>, data: Option<&LocaleData>) -> Self {
        let mut numbers: HashMap<Kind, Option<u32>, Hashing> = HashMap::default();
        let mut read: Vec<Vec<Kind>> = Vec::with_capacity(units.len());
        for &unit in units {
            let mut own = Vec::new();
            each(&targets.texts[unit as usize], data, |piece, _, _| own.push(piece.kind()));
            numbers.extend(own.iter().map(|it| (it.clone(), None)));
            read.push(own);
        }
        for (kind, number) in self.kinds.iter().zip(0..) {
            if let Some(known) = numbers.get_mut(kind) {
                *known = Some(number);
            }
        }
        let mut kinds = self.kinds.clone();
        let mut number = |kind: Kind| {
            let number = numbers.entry(kind.clone()).or_default();
            *number.get_or_insert_with(|| {
                kinds.push(kind);
                kinds.len() as u32 - 1
            })
        };
        let mut found = Features::default();
        found.of_unit.reserve_for(&self.of_unit);
        let mut changed = units.iter().zip(read).peekable();
        for (unit, own) in (0u32..).zip(self.units()) {
            match changed.next_if(|it| *it.0 == unit) {
                Some((_, read)) => found.push(&mut read.into_iter().map(&mut number).collect()),
                None => found.of_unit.push(own),
            }
        }
        found.counted(kinds)
    }

    fn counted(mut self, kinds: Vec<Kind>) -> Self {
        self.counts = vec![0; kinds.len()];
        self.of_unit.values().iter().for_each(|&it| self.counts[it as usize] += 1);
        self.kinds = kinds;
        self
    }
}

/// The features of each of these texts, with numbers of their own.
fn units(texts: &[Cow<'_, str>], data: Option<&LocaleData>) -> (Features, Numbers) {
    let (mut found, mut numbers) = (Features::default(), Numbers::default());
    let mut unit: Vec<u32> = Vec::new();
    for text in texts {
        each(text, data, |piece, _, _| unit.push(numbers.of(piece)));
        found.push(&mut unit);
    }
    found.of_unit.shrink();
    (found, numbers)
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
