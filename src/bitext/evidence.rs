//! How much the words of one segment speak for its being a translation of another: for each word
//! that is told, how much likelier it is given the other segment than by chance.
//!
//! A word comes from chance, from being copied, or from being translated (the lexicon). Without a
//! lexicon only the first two are there, and how much is copied is read off the two articles.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::lexicon::{Channels, Lexicon, Ready, Table};
use super::strand::Strand;
use super::tokens::{CLASSES, Class, Token};

/// No word speaks louder than this for a pair, in nats (natural logarithms of odds).
pub(super) const MOST: f32 = 7.0;
/// No word speaks louder than this against one.
pub(super) const LEAST: f32 = -3.0;
/// A word is at least so frequent.
const RARE: f32 = 2e-6;
/// What a short article names once is not frequent because the article is short: numbers and
/// addresses are counted as if among so many words.
const LEAST_SAMPLE: f32 = 2000.0;
/// How often words of each class are kept in translation, before the articles are looked at.
const KEPT: [f32; CLASSES] = [0.3, 0.01, 0.01, 0.7, 0.9];
/// How many words of evidence that is worth.
const KEPT_WORTH: f32 = 10.0;
/// How often a word was seen in training is told apart up to here.
const SEEN: [f32; 6] = [0.0, 1.0, 2.0, 3.0, 5.0, 12.0];
/// Kinds of words that are as likely by chance: class and times seen.
const SORTS: usize = CLASSES * SEEN.len();

/// Both sides with their tokens numbered together.
pub(super) struct Numbered {
    pub source: Bags,
    pub target: Bags,
    tokens: Vec<Token>,
}

/// The tokens of one side.
#[derive(Default)]
pub(super) struct Bags {
    ends: Vec<u32>,
    tokens: Vec<(u32, f32)>,
}

impl Bags {
    /// The tokens of a piece.
    pub(super) fn get(&self, piece: usize) -> &[(u32, f32)] {
        self.span(piece..piece + 1)
    }

    /// The tokens of pieces that follow each other, piece by piece.
    pub(super) fn span(&self, pieces: Range<usize>) -> &[(u32, f32)] {
        let at = |piece: usize| piece.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.tokens[at(pieces.start)..at(pieces.end)]
    }
}

impl Numbered {
    pub(super) fn of(source: &Strand, target: &Strand) -> Self {
        let mut numbers: HashMap<Token, u32, BuildHasherDefault<Ready>> = HashMap::default();
        let mut tokens = Vec::new();
        let mut bags = |strand: &Strand| {
            let mut bags = Bags::default();
            for piece in &strand.pieces {
                for &(token, times) in strand.tokens(piece) {
                    let number = *numbers.entry(token).or_insert(tokens.len() as u32);
                    if number == tokens.len() as u32 {
                        tokens.push(token);
                    }
                    bags.tokens.push((number, times as f32));
                }
                bags.ends.push(bags.tokens.len() as u32);
            }
            bags
        };
        let (source, target) = (bags(source), bags(target));
        Numbered { source, target, tokens }
    }
}

/// What is known of one direction: what is told on one side, given the other.
pub(super) struct Direction<'a> {
    pub given: &'a Bags,
    pub told: &'a Bags,
    pub classes: Vec<u8>,
    /// By told token: its sort, and how likely it is by chance.
    pub sorts: Vec<u8>,
    pub chance: Vec<f32>,
    pub channels: Vec<Channels>,
    /// By given token: what is told for it in this article.
    pub starts: Vec<u32>,
    pub entries: Vec<(u32, f32)>,
    /// By given token: how much of what is told for it the lexicon does not know.
    pub rest: Vec<f32>,
    /// By given token: how much it was seen translated, and 1.
    pub known: Vec<f32>,
    /// By told token: how often it was seen in training.
    pub seen: Vec<u32>,
}

impl<'a> Direction<'a> {
    /// Of `told`, given `given`. The lexicon comes with the table of this direction.
    pub(super) fn new(
        numbered: &'a Numbered,
        given: &'a Bags,
        told: &'a Bags,
        lexicon: Option<(&Lexicon, &Table)>,
    ) -> Self {
        let size = numbered.tokens.len();
        let classes: Vec<u8> = numbered.tokens.iter().map(|token| token.class() as u8).collect();
        let mut times = vec![0f32; size];
        told.tokens.iter().for_each(|&(token, count)| times[token as usize] += count);
        let mut there = vec![false; size];
        given.tokens.iter().for_each(|&(token, _)| there[token as usize] = true);

        let mut common = [(0f32, 0f32); CLASSES];
        for (token, count) in times.iter().enumerate() {
            let (all, kept) = &mut common[classes[token] as usize];
            *all += count;
            *kept += if there[token] { *count } else { 0.0 };
        }
        let unlearned: Vec<Channels> = (0..CLASSES)
            .map(|class| {
                let (all, kept) = common[class];
                let share = (kept + KEPT[class] * KEPT_WORTH) / (all + KEPT_WORTH);
                let copy = 0.9 * share * share;
                Channels { chance: 1.0 - copy, copy, model: 0.0 }
            })
            .collect();

        let numbers: Vec<Option<u32>> = match lexicon {
            Some((lexicon, _)) => numbered.tokens.iter().map(|token| lexicon.vocabulary.get(*token)).collect(),
            None => vec![None; size],
        };
        let table = lexicon.map(|(_, table)| table);
        let seen = |token: usize| table.zip(numbers[token]).map_or(0, |(table, number)| table.seen[number as usize]);
        let total = told.tokens.iter().map(|it| it.1).sum::<f32>() + table.map_or(0.0, |table| table.total as f32);
        let chance = |token: usize| {
            let rare = classes[token] == Class::Number as u8 || classes[token] == Class::Reference as u8;
            let total = total.max(if rare { LEAST_SAMPLE } else { 1.0 });
            ((times[token] + seen(token) as f32) / total).max(RARE)
        };
        let chance: Vec<f32> = (0..size).map(chance).collect();
        let seen: Vec<u32> = (0..size).map(seen).collect();
        let sorts: Vec<u8> = (0..size).map(|token| sort(classes[token], seen[token])).collect();
        let channels = (0..SORTS)
            .map(|sort| {
                let (class, often) = (sort / SEEN.len(), SEEN[sort % SEEN.len()]);
                let Some(table) = table else { return unlearned[class] };
                let learned = often / (often + 0.3);
                let mix = |a: f32, b: f32| learned * a + (1.0 - learned) * b;
                let (known, unknown) = (table.channels[class], unlearned[class]);
                Channels {
                    chance: mix(known.chance, unknown.chance),
                    copy: mix(known.copy, unknown.copy),
                    model: mix(known.model, unknown.model),
                }
            })
            .collect();

        let mut starts = Vec::with_capacity(size + 1);
        let mut entries = Vec::new();
        let mut rest = vec![1f32; size];
        if let Some((lexicon, table)) = lexicon {
            // Where a token of the vocabulary is told in this article.
            let mut local = vec![u32::MAX; lexicon.vocabulary.len()];
            for (token, number) in numbers.iter().enumerate() {
                if let (Some(number), true) = (number, times[token] > 0.0) {
                    local[*number as usize] = token as u32;
                }
            }
            for (token, number) in numbers.iter().enumerate() {
                starts.push(entries.len() as u32);
                let Some(number) = number.filter(|_| there[token]) else { continue };
                let mut known = 0.0;
                let first = entries.len();
                for &(told, likely) in table.row(number) {
                    known += likely;
                    if local[told as usize] != u32::MAX {
                        entries.push((local[told as usize], likely));
                    }
                }
                entries[first..].sort_unstable_by_key(|it| it.0);
                rest[token] = (1.0 - known).max(0.0);
            }
            starts.push(entries.len() as u32);
        } else {
            starts.resize(size + 1, 0);
        }
        let known = match table {
            Some(table) => numbers.iter().map(|it| it.map_or(1.0, |number| table.known[number as usize])).collect(),
            None => vec![1.0; size],
        };
        Direction { given, told, classes, sorts, chance, channels, starts, entries, rest, known, seen }
    }

    /// The evidence for each told piece, given each group of pieces: a row a group.
    pub(super) fn rows(&self, groups: &[Range<usize>], pieces: &[usize]) -> Vec<f32> {
        let width = pieces.len();
        let size = self.classes.len();
        let told = Told::of(self, pieces);
        let mut rows = vec![0f32; groups.len() * width];
        let mut translated = vec![0f32; size];
        let mut copied = vec![0f32; size];
        let mut touched: Vec<u32> = Vec::new();
        for (group, row) in groups.iter().zip(rows.chunks_mut(width.max(1))) {
            let given = self.given.span(group.clone());
            let length = given.iter().map(|it| it.1).sum::<f32>().max(1.0);
            let mut of_class = [0f32; CLASSES];
            let mut rest = 0.0;
            for &(token, times) in given {
                of_class[self.classes[token as usize] as usize] += times;
                rest += times * self.rest[token as usize];
                let mut touch = |told: u32| {
                    if translated[told as usize] == 0.0 && copied[told as usize] == 0.0 {
                        touched.push(told);
                    }
                };
                if told.is_there(token) {
                    touch(token);
                    copied[token as usize] += times;
                }
                let entries = self.starts[token as usize] as usize..self.starts[token as usize + 1] as usize;
                for &(told, likely) in &self.entries[entries] {
                    if translated[told as usize] == 0.0 && copied[told as usize] == 0.0 {
                        touched.push(told);
                    }
                    translated[told as usize] += times * likely;
                }
            }
            let rest = if given.is_empty() { 1.0 } else { rest / length };
            let mut plain = [0f32; SORTS];
            for (plain, channels) in plain.iter_mut().zip(&self.channels) {
                *plain = (channels.chance + 0.5 * channels.model * rest).ln().clamp(LEAST, MOST);
            }
            for (at, cell) in row.iter_mut().enumerate() {
                *cell = told.plain(at).iter().map(|&(sort, times)| times * plain[sort as usize]).sum();
            }
            for token in touched.drain(..) {
                let at = token as usize;
                let (by_model, by_copy) = (translated[at] / length, copied[at]);
                (translated[at], copied[at]) = (0.0, 0.0);
                let sort = self.sorts[at] as usize;
                let channels = self.channels[sort];
                let by_copy = by_copy / of_class[self.classes[at] as usize].max(1.0);
                let odds = channels.chance
                    + 0.5 * channels.model * rest
                    + (channels.copy * by_copy + channels.model * by_model) / self.chance[at];
                let more = odds.ln().clamp(LEAST, MOST) - plain[sort];
                for &(column, times) in told.places(token) {
                    row[column as usize] += times * more;
                }
            }
        }
        rows
    }
}

/// The sort of a word: its class and how often it was seen.
pub(super) fn sort(class: u8, seen: u32) -> u8 {
    let often = SEEN.iter().rposition(|least| *least <= seen as f32).unwrap_or(0);
    class * SEEN.len() as u8 + often as u8
}

/// Some told pieces, by token and by sort.
struct Told {
    starts: Vec<u32>,
    places: Vec<(u32, f32)>,
    plain_ends: Vec<u32>,
    plain: Vec<(u8, f32)>,
}

impl Told {
    fn of(direction: &Direction<'_>, pieces: &[usize]) -> Self {
        let size = direction.classes.len();
        let mut starts = vec![0u32; size + 1];
        for &piece in pieces {
            direction.told.get(piece).iter().for_each(|it| starts[it.0 as usize + 1] += 1);
        }
        for at in 0..size {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut places = vec![(0, 0.0); starts[size] as usize];
        let (mut plain_ends, mut plain) = (Vec::with_capacity(pieces.len()), Vec::new());
        for (column, &piece) in pieces.iter().enumerate() {
            let mut sorts = [0f32; SORTS];
            for &(token, times) in direction.told.get(piece) {
                let slot = &mut next[token as usize];
                places[*slot as usize] = (column as u32, times);
                *slot += 1;
                sorts[direction.sorts[token as usize] as usize] += times;
            }
            let there = sorts.iter().enumerate().filter(|(_, times)| **times > 0.0);
            plain.extend(there.map(|(sort, times)| (sort as u8, *times)));
            plain_ends.push(plain.len() as u32);
        }
        Told { starts, places, plain_ends, plain }
    }

    fn is_there(&self, token: u32) -> bool {
        self.starts[token as usize] < self.starts[token as usize + 1]
    }

    fn places(&self, token: u32) -> &[(u32, f32)] {
        &self.places[self.starts[token as usize] as usize..self.starts[token as usize + 1] as usize]
    }

    fn plain(&self, column: usize) -> &[(u8, f32)] {
        let from = column.checked_sub(1).map_or(0, |before| self.plain_ends[before]);
        &self.plain[from as usize..self.plain_ends[column] as usize]
    }
}
