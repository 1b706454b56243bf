//! Finds the patterns of a lexicon in a text: one pass over the text for all of them.

use std::collections::HashMap;

use super::lexicon::{Cue, Lexicon, Notion, Patterns, Relation, TimeUnit};
use super::patterns::{Found, Index, Pattern, is_letter_of_words, stands};

/// What a pattern that was found stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A number word.
    Number(i64),
    /// A word that multiplies the number before it.
    Scale(i64),
    /// A month, 1 to 12.
    Month(u8),
    /// A unit of time.
    Unit(TimeUnit),
    /// A currency: its ISO 4217 code, three letters.
    Currency([u8; 3]),
    /// Percent.
    Percent,
    /// A time of day before noon.
    Am,
    /// A time of day after noon.
    Pm,
    /// At all times.
    Always,
    /// One of the cues.
    Cue(Cue),
    /// One of the notions; whether the word says it, or may say it.
    Notion(Notion, bool),
}

impl Sense {
    /// Which patterns it keeps from being found in the same place: cues and parts of quantities do
    /// not compete, because a word may be both (`may`, `May`), nor do notions with either; what only looks like one stops both,
    /// and so does what multiplies a number.
    fn competes(self, other: Sense) -> bool {
        let notion = |it: Sense| matches!(it, Sense::Notion(..));
        if notion(self) || notion(other) {
            return notion(self) && notion(other);
        }
        let neutral = |it: Sense| it == Sense::Cue(Cue::Neutral) || matches!(it, Sense::Scale(_));
        let cue = |it: Sense| matches!(it, Sense::Cue(_));
        neutral(self) || neutral(other) || cue(self) == cue(other)
    }
}

/// A pattern that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it stands for.
    pub sense: Sense,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// One past the last byte of its first piece; equal to `end` where it has one piece.
    pub head: usize,
}

/// A relation pattern: what stands before the quantity and after it.
#[derive(Clone, Debug)]
struct Around {
    relation: Relation,
    before: Box<str>,
    after: Box<str>,
    order: usize,
}

impl Around {
    fn length(&self) -> usize {
        self.before.len() + self.after.len()
    }
}

/// The relation patterns of a lexicon, by the byte that touches the quantity.
#[derive(Debug, Default)]
struct Arounds {
    all: Vec<Around>,
    /// Those with words before the quantity, by their last byte there.
    by_last: HashMap<u8, Vec<u32>>,
    /// The others, by the first byte of what stands after it.
    by_first: HashMap<u8, Vec<u32>>,
}

impl Arounds {
    fn new(all: impl Iterator<Item = Around>) -> Self {
        let mut it = Arounds { all: all.collect(), ..Arounds::default() };
        for (index, around) in (0..).zip(&it.all) {
            match (around.before.bytes().next_back(), around.after.bytes().next()) {
                (Some(last), _) => it.by_last.entry(last).or_default().push(index),
                (None, Some(first)) => it.by_first.entry(first).or_default().push(index),
                (None, None) => {}
            }
        }
        it
    }

    /// Those that may stand around a quantity between `before` and `after`.
    fn candidates(&self, before: &str, after: &str) -> impl Iterator<Item = &Around> {
        let last = before.bytes().next_back().and_then(|it| self.by_last.get(&it));
        let first = after.bytes().next().and_then(|it| self.by_first.get(&it));
        last.into_iter().chain(first).flatten().map(|&index| &self.all[index as usize])
    }
}

/// The patterns of a lexicon, ready to be found.
#[derive(Debug)]
pub struct Matcher {
    index: Index<Sense>,
    around: Arounds,
    bridges: Vec<Box<str>>,
}

/// How many bridges may stand between a relation and its quantity.
const BRIDGES: usize = 3;

/// Whether a number, in digits or in words, may end before `at`.
fn follows_number(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let words_are_spaced = before.chars().next_back().is_some_and(is_letter_of_words);
    words_are_spaced || before.ends_with(|it: char| "一二三四五六七八九十百千两兩数數幾几何여몇".contains(it))
}

impl Matcher {
    /// Compiles a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut patterns: Vec<Pattern<Sense>> = Vec::new();
        let mut add = |list: &Patterns, sense: Sense| {
            patterns.extend(list.0.iter().filter_map(|text| Pattern::read(text, sense)));
        };
        for (cue, list) in &lexicon.cues {
            add(list, Sense::Cue(*cue));
        }
        for (notion, list) in &lexicon.notions {
            add(&list.firm, Sense::Notion(*notion, true));
            add(&list.loose, Sense::Notion(*notion, false));
        }
        for (unit, list) in &lexicon.units {
            add(list, Sense::Unit(*unit));
        }
        for (number, list) in lexicon.dates.months.iter().zip(1..).map(|(list, number)| (number, list)) {
            add(list, Sense::Month(number));
        }
        for (value, list) in &lexicon.numbers.words {
            add(list, Sense::Number(*value));
        }
        for (value, list) in &lexicon.numbers.scales {
            add(list, Sense::Scale(*value));
        }
        for (code, list) in &lexicon.currencies {
            if let Ok(code) = <[u8; 3]>::try_from(code.as_bytes()) {
                add(list, Sense::Currency(code));
            }
        }
        add(&lexicon.percent, Sense::Percent);
        add(&lexicon.always, Sense::Always);
        add(&lexicon.dates.am, Sense::Am);
        add(&lexicon.dates.pm, Sense::Pm);
        let around = lexicon.relations.iter().flat_map(|(&relation, list)| {
            list.0.iter().filter_map(move |text| {
                let (before, after) = text.split_once('N')?;
                Some((relation, before.trim_end(), after.trim_start()))
            })
        });
        let around = around.enumerate().map(|(order, (relation, before, after))| Around {
            relation,
            before: before.into(),
            after: after.into(),
            order,
        });
        let (index, around) = (Index::new(patterns), Arounds::new(around));
        Matcher { index, around, bridges: lexicon.bridges.0.clone() }
    }

    /// What is said in `text` (folded to lower case), in order, longer patterns before what they
    /// cover.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let mut found: Vec<(usize, Hit)> = Vec::new();
        for Found { pattern, start, head, end } in self.index.find(text) {
            // What multiplies does so behind a number, and may be any other word elsewhere.
            if matches!(pattern.sense, Sense::Scale(_)) && !follows_number(text, start) {
                continue;
            }
            found.push((pattern.length, Hit { sense: pattern.sense, start, end, head }));
        }
        // The longest says what is meant; of equals what multiplies a number, or spans least, and
        // `Lack` last.
        found.sort_by_key(|(length, hit)| {
            let rank = match hit.sense {
                Sense::Scale(_) => 0,
                Sense::Cue(Cue::Lack) => 2,
                _ => 1,
            };
            (std::cmp::Reverse(*length), rank, hit.end - hit.start, hit.start)
        });
        let mut taken: Vec<(usize, usize, Sense)> = Vec::new();
        let mut hits = Vec::with_capacity(found.len());
        for (length, hit) in found {
            let single = hit.head == hit.end;
            // A pattern with gaps takes its first piece, and as much at its end as is not that piece.
            let tail = hit.end - (length - (hit.head - hit.start)).min(hit.end - hit.head);
            let free = |start: usize, end: usize| {
                taken.iter().all(|&(from, to, by)| {
                    // One word may stand for several notions.
                    let other = matches!((by, hit.sense), (Sense::Notion(one, _), Sense::Notion(two, _)) if one != two);
                    let same = other && (from, to) == (start, end);
                    end <= from || to <= start || same || !by.competes(hit.sense)
                })
            };
            if !free(hit.start, hit.head) || !single && !free(tail, hit.end) {
                continue;
            }
            taken.push((hit.start, hit.head, hit.sense));
            if !single {
                taken.push((tail, hit.end, hit.sense));
            }
            hits.push(hit);
        }
        hits.sort_by_key(|hit| hit.start);
        hits
    }

    /// How the quantity at `start..end` of the folded text bounds, by the words that touch it; and
    /// where those words are. Bridges may part them, and may themselves be part of what is said.
    pub fn relation(&self, text: &str, start: usize, end: usize) -> Option<(Relation, usize, usize)> {
        self.relation_among(text, start, end, &|_| true)
    }

    /// The same, of these relations alone: `at least 30 days before` is `before`, too.
    pub fn relation_among(
        &self,
        text: &str,
        start: usize,
        end: usize,
        wanted: &dyn Fn(Relation) -> bool,
    ) -> Option<(Relation, usize, usize)> {
        let after = text[end..].trim_start();
        let skipped = text.len() - after.len();
        let mut best: Option<(usize, Relation, usize, usize)> = None;
        let mut before = text[..start].trim_end();
        for _ in 0..=BRIDGES {
            let fits = |it: &&Around| {
                wanted(it.relation)
                    && (it.before.is_empty() || ends_with_word(before, &it.before))
                    && (it.after.is_empty() || starts_with_word(after, &it.after))
            };
            // The longest; of equals the one that stands first, which the file decides.
            let found = self.around.candidates(before, after).filter(fits);
            let found = found.max_by_key(|it| (it.length(), std::cmp::Reverse(it.order)));
            if let Some(it) = found
                && best.is_none_or(|(longest, ..)| it.length() > longest)
            {
                let from = if it.before.is_empty() { start } else { before.len() - it.before.len() };
                let to = if it.after.is_empty() { end } else { skipped + it.after.len() };
                best = Some((it.length(), it.relation, from, to));
            }
            let Some(bridge) = self.bridges.iter().find(|bridge| ends_with_word(before, bridge)) else { break };
            before = before[..before.len() - bridge.len()].trim_end();
        }
        best.map(|(_, relation, from, to)| (relation, from, to))
    }

    /// Whether words that say this relation before a quantity stand anywhere in the folded text.
    pub fn mentions(&self, text: &str, relation: Relation) -> bool {
        self.around
            .all
            .iter()
            .filter(|it| it.relation == relation && it.after.is_empty())
            .any(|it| text.match_indices(&*it.before).any(|(at, word)| stands(text, at, word, false, false)))
    }
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.ends_with(word) && stands(text, text.len() - word.len(), word, false, true)
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let (word, open_right) = match word.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (word, false),
    };
    text.starts_with(word) && stands(text, 0, word, true, open_right)
}
