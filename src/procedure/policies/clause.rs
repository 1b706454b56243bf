//! A segment read twice: by the lexicon for what it states, by the words of policies for what it is
//! about; and cut into sentences.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::outline::Outline;
use super::spots::Spot;
use crate::locale::{self, Cue, Locale, Mark, PolicyWords, Sort, Words};
use crate::signal::{Plain, Quantity, Said, Statement};
use crate::text::Span;

/// What is known of a source while its segments are read.
pub(super) struct Reader<'a, 'o> {
    pub outline: &'o Outline<'a>,
    pub locale: &'o Locale,
    pub words: &'o Words,
    pub frames: &'static PolicyWords,
    /// The lines that say what the article holds for.
    pub applies: Vec<usize>,
    /// Abbreviations defined so far, and what they stand for.
    abbreviations: RefCell<BTreeMap<String, Vec<(Sort, &'static str)>>>,
}

/// A segment, read.
pub(super) struct Read<'r, 'w> {
    pub spot: &'r Spot,
    pub statement: Statement,
    pub marks: Vec<Mark<'w>>,
    sentences: Vec<(usize, usize)>,
}

/// One sentence of it.
pub(super) struct Clause<'r> {
    pub read: &'r Read<'r, 'static>,
    pub start: usize,
    pub end: usize,
}

impl<'a, 'o> Reader<'a, 'o> {
    /// For a source; `None` where its language has no words for policies.
    pub fn new(outline: &'o Outline<'a>, locale: &'o Locale, words: &'o Words) -> Option<Self> {
        let frames = locale.policies()?;
        let abbreviations = RefCell::default();
        let mut reader = Reader { outline, locale, words, frames, applies: Vec::new(), abbreviations };
        reader.applies = reader.applies();
        Some(reader)
    }

    /// The text of a passage.
    pub fn plain(&self, passage: usize) -> Plain {
        Plain::of(&self.outline.passages[passage].1)
    }

    /// What a text is about.
    pub fn marks(&self, plain: &Plain) -> Vec<Mark<'static>> {
        let mut marks = self.frames.find(&plain.folded);
        for (short, meanings) in self.abbreviations.borrow().iter() {
            for (start, _) in plain.text.match_indices(short.as_str()) {
                let end = start + short.len();
                let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
                if !letter(plain.text[..start].chars().next_back()) && !letter(plain.text[end..].chars().next()) {
                    marks.extend(meanings.iter().map(|&(sort, name)| Mark { sort, name, start, end }));
                }
            }
        }
        marks.sort_by_key(|it| (it.start, it.end, it.sort));
        marks
    }

    /// Reads a segment; `None` where it is about nothing of interest.
    pub fn read<'r>(&self, spot: &'r Spot) -> Option<Read<'r, 'static>> {
        let plain = self.plain(spot.passage);
        let marks = self.marks(&plain);
        self.learn(&plain, &marks);
        let mut read = Read { spot, statement: Statement::default(), marks, sentences: Vec::new() };
        if !read.is_of_interest() {
            return None;
        }
        let side = &self.outline.passages[spot.passage].1;
        read.statement = Statement::of(side, self.words);
        read.sentences = self.sentences(&read.statement.plain.text);
        Some(read)
    }

    fn sentences(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for range in locale::segment(text, self.locale, &[]) {
            let mut from = range.start;
            for (at, _) in text[range.clone()].match_indices(';') {
                found.push((from, range.start + at));
                from = range.start + at + 1;
            }
            found.push((from, range.end));
        }
        found
    }

    /// `Anniversary date (AD)`: from here on `AD` says what the words before it say.
    fn learn(&self, plain: &Plain, marks: &[Mark<'static>]) {
        for (open, _) in plain.text.match_indices('(') {
            let rest = &plain.text[open + 1..];
            let Some(short) = rest.find(')').map(|close| &rest[..close]) else { continue };
            let is_short = (2..=5).contains(&short.len()) && short.bytes().all(|it| it.is_ascii_uppercase());
            let end = plain.text[..open].trim_end().len();
            if !is_short {
                continue;
            }
            let initials = plain.text[..end].split_whitespace().rev().take(short.len());
            let initials: String = initials.filter_map(|it| it.chars().next()).collect();
            let wanted: String = short.chars().rev().collect();
            if !initials.eq_ignore_ascii_case(&wanted) {
                continue;
            }
            let meant: Vec<_> = marks.iter().filter(|it| it.end == end).map(|it| (it.sort, it.name)).collect();
            if !meant.is_empty() {
                self.abbreviations.borrow_mut().insert(short.to_owned(), meant);
            }
        }
    }
}

impl<'r> Read<'r, 'static> {
    /// Its sentences.
    pub fn clauses(&'r self) -> impl Iterator<Item = Clause<'r>> {
        self.sentences.iter().map(|&(start, end)| Clause { read: self, start, end })
    }
}

impl<'r> Clause<'r> {
    /// Its text.
    pub fn text(&self) -> &'r str {
        self.read.statement.plain.text[self.start..self.end].trim()
    }

    /// Its place in the article.
    pub fn span(&self) -> Span {
        let text = &self.read.statement.plain.text[self.start..self.end];
        let start = self.start + text.len() - text.trim_start().len();
        self.read.statement.plain.span(start, start + text.trim().len())
    }

    fn has(&self, start: usize, end: usize) -> bool {
        self.start <= start && end <= self.end
    }

    /// Its marks of a sort.
    pub fn marks(&self, sort: Sort) -> impl Iterator<Item = Mark<'static>> + use<'_, 'r> {
        self.read.marks.iter().filter(move |it| it.sort == sort && self.has(it.start, it.end)).copied()
    }

    /// Whether it has a mark of a sort.
    pub fn is(&self, sort: Sort) -> bool {
        self.marks(sort).next().is_some()
    }

    /// Its quantities.
    pub fn quantities(&self) -> impl Iterator<Item = &'r Quantity> + use<'_, 'r> {
        self.read.statement.quantities.iter().filter(|it| self.has(it.start, it.end))
    }

    /// Its cues.
    pub fn cues(&self) -> impl Iterator<Item = Said> + use<'_, 'r> {
        self.read.statement.cues.iter().filter(|it| self.has(it.start, it.end)).copied()
    }

    /// What says that something is done only after an event: `only after`, `can only be renewed after`.
    pub fn only_after(&self) -> Option<Said> {
        let at_once = self.cues().find(|it| it.cue == Cue::NotUntil);
        at_once.or_else(|| {
            let only = self.cues().find(|it| it.cue == Cue::Only)?;
            let after = self.cues().find(|it| it.cue == Cue::After && it.start >= only.end)?;
            let between = self.between(only.end, after.start);
            let near = between.split_whitespace().count() <= 6 && !between.contains([',', '.']);
            // `only 30 days after` is no such thing.
            let counted = self.quantities().any(|it| only.end <= it.start && it.end <= after.start);
            (near && !counted).then_some(after)
        })
    }

    /// What stands between two places.
    pub fn between(&self, from: usize, to: usize) -> &'r str {
        self.read.statement.plain.folded.get(from..to).unwrap_or_default()
    }
}
