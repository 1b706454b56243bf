//! Sentences that end in the words of another sentence of the article: their translations end alike.

use std::collections::HashMap;

use super::Context;
use super::marks::compared;
use crate::bitext::Bitext;
use crate::document::Side;
use crate::text::{folded_letters, is_letter_or_digit};

/// Fewer words may be said in many ways.
const MIN_WORDS: usize = 10;
/// So large a share of the letters of one translation the other has, three by three, or it is
/// another translation: what the words around a clause change in it leaves more.
const ALIKE: f64 = 0.55;

/// Two units of a bitext, by index: the source of the first ends in the whole of the second, and
/// their translations are not alike.
pub fn divided(bitext: &Bitext<'_>, context: &Context<'_>) -> Vec<(usize, usize)> {
    // The units by the words that they end in.
    let mut all: HashMap<String, Vec<(usize, Side<'_>, Side<'_>)>> = HashMap::new();
    for (at, unit) in bitext.units.iter().enumerate() {
        let Some((source, target)) = compared(unit, context) else { continue };
        if let Some(end) = end(&source.text()) {
            all.entry(end).or_default().push((at, source, target));
        }
    }
    let mut found = Vec::new();
    for alike in all.into_values().filter(|it| it.len() > 1) {
        let read = |(at, source, target): (usize, Side<'_>, Side<'_>)| {
            (
                words(&source.text()).map(str::to_lowercase).collect::<Vec<_>>(),
                at,
                folded_letters(&target.text()).collect::<Vec<char>>(),
            )
        };
        let mut alike: Vec<_> = alike.into_iter().map(read).collect();
        alike.sort_by_key(|(words, at, _)| (words.len(), *at));
        let Some(((clause, short, written), longer)) = alike.split_first() else { continue };
        let ends = |words: &[String]| words.len() > clause.len() && words.ends_with(clause);
        let others = longer.iter().filter(|it| ends(&it.0) && share(written, &it.2) < ALIKE);
        found.extend(others.map(|it| (it.1, *short)));
    }
    found.sort_unstable();
    found
}

/// The last words of a text, if it has so many.
fn end(text: &str) -> Option<String> {
    let mut end = String::new();
    let mut count = 0;
    for word in words(text).rev().take(MIN_WORDS) {
        end.extend(word.chars().flat_map(char::to_lowercase));
        end.push(' ');
        count += 1;
    }
    (count == MIN_WORDS).then_some(end)
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|it: char| !is_letter_or_digit(it) && !matches!(it, '\'' | '’')).filter(|it| !it.is_empty())
}

/// The share of the trigrams of one text that the other has, too (0 to 1).
fn share(one: &[char], other: &[char]) -> f64 {
    let mut counts: HashMap<&[char], i32> = HashMap::new();
    other.windows(3).for_each(|it| *counts.entry(it).or_default() += 1);
    let mut same = 0;
    for it in one.windows(3) {
        let left = counts.entry(it).or_default();
        same += usize::from(*left > 0);
        *left -= 1;
    }
    same as f64 / one.len().saturating_sub(2).max(1) as f64
}
