//! What stands around a pair of characters in texts that are written without spaces, and recurs.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::features::is_edge;
use crate::locale::{Fnv, LocaleData, is_unspaced};
use crate::text::is_letter_or_digit;

/// A rendering is so many characters long at most.
const MAX_CHARACTERS: usize = 9;

type Hashing = BuildHasherDefault<Fnv>;

/// The stretches around a pair of characters that stand in at least so many texts, with the number of
/// these, in order; none with a character at an end that no term has there. `least` is two or more.
pub fn recurring<'t>(
    texts: impl Iterator<Item = &'t str>,
    pair: &str,
    least: usize,
    data: Option<&LocaleData>,
) -> Vec<(&'t str, usize)> {
    let mut all: Vec<Around<'t>> = texts.filter_map(|text| Around::of(text, pair)).collect();
    if all.len() < least {
        return Vec::new();
    }
    // A stretch recurs only where what it has before the pair and what it has behind it do; and of
    // these the longer only where the shorter do.
    grow(&mut all, least, |it| it.begin_earlier(data), |it| &mut it.starts);
    grow(&mut all, least, |it| it.end_later(data), |it| &mut it.ends);
    let mut counts: Counts<'t> = HashMap::default();
    let mut own: Vec<&str> = Vec::new();
    for it in &all {
        own.clear();
        for &start in &it.starts {
            let stretches = it.ends.iter().map(|&end| &it.text[start..end]).filter(|it| it.len() > pair.len());
            own.extend(stretches.filter(|stretch| stretch.chars().nth(MAX_CHARACTERS).is_none()));
        }
        own.sort_unstable();
        own.dedup();
        own.iter().for_each(|it| *counts.entry(it).or_default() += 1);
    }
    let mut kept: Vec<(&str, usize)> = counts.into_iter().filter(|it| it.1 >= least).collect();
    kept.sort_unstable();
    kept
}

/// In how many texts each stands.
type Counts<'t> = HashMap<&'t str, usize, Hashing>;

/// Where stretches around a pair of characters can begin and end in a text, and recur.
struct Around<'t> {
    text: &'t str,
    /// Where the pair stands.
    start: usize,
    end: usize,
    /// The pair's own first.
    starts: Vec<usize>,
    ends: Vec<usize>,
    /// How far was looked from the pair, and over how many characters.
    reach: (usize, usize),
}

impl<'t> Around<'t> {
    fn of(text: &'t str, pair: &str) -> Option<Self> {
        let start = text.find(pair)?;
        let end = start + pair.len();
        Some(Around { text, start, end, starts: vec![start], ends: vec![end], reach: (0, 0) })
    }

    /// Where else it can begin next, with the stretch from there to the end of the pair.
    fn begin_earlier(&mut self, data: Option<&LocaleData>) -> Option<(usize, &'t str)> {
        let before = &self.text[..self.start - self.reach.0];
        let from = self.step(before.chars().rev(), data)?;
        Some((self.start - from, &self.text[self.start - from..self.end]))
    }

    /// Where else it can end next, with the stretch from the start of the pair to there.
    fn end_later(&mut self, data: Option<&LocaleData>) -> Option<(usize, &'t str)> {
        let behind = &self.text[self.end + self.reach.0..];
        let to = self.step(behind.chars(), data)?;
        Some((self.end + to, &self.text[self.start..self.end + to]))
    }

    /// Looks on to the next character that a term can have at an end; gives the bytes up to it.
    fn step(&mut self, ahead: impl Iterator<Item = char>, data: Option<&LocaleData>) -> Option<usize> {
        let goes_on = |it: &char| is_unspaced(*it) && is_letter_or_digit(*it);
        for it in ahead.take_while(goes_on).take(MAX_CHARACTERS - 2 - self.reach.1) {
            self.reach = (self.reach.0 + it.len_utf8(), self.reach.1 + 1);
            if is_edge(it, data) {
                return Some(self.reach.0);
            }
        }
        None
    }
}

/// Goes on from the pair, step by step, in the texts where what stands up to there is in so many.
fn grow<'t>(
    all: &mut [Around<'t>],
    least: usize,
    next: impl Fn(&mut Around<'t>) -> Option<(usize, &'t str)>,
    kept: impl for<'a> Fn(&'a mut Around<'t>) -> &'a mut Vec<usize>,
) {
    all.iter_mut().for_each(|it| it.reach = (0, 0));
    let mut alive: Vec<usize> = (0..all.len()).collect();
    let mut counts: Counts<'t> = HashMap::default();
    while alive.len() >= least {
        counts.clear();
        let next = |at: usize| Some((at, next(&mut all[at])?));
        let reached: Vec<(usize, (usize, &str))> = alive.iter().copied().filter_map(next).collect();
        reached.iter().for_each(|(_, (_, stretch))| *counts.entry(stretch).or_default() += 1);
        alive.clear();
        for (at, (place, stretch)) in reached {
            if counts[stretch] >= least {
                kept(&mut all[at]).push(place);
                alive.push(at);
            }
        }
    }
}
