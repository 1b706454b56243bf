//! What a language that is written without spaces calls a name, and where that is cut.

use std::collections::HashMap;

use super::features::Kind;
use super::targets::Targets;
use crate::text::is_letter_or_digit;

/// Shares of texts.
const NEARLY_ALL: (usize, usize) = (9, 10);
/// See [`NEARLY_ALL`].
const MOST: (usize, usize) = (3, 4);
/// No name is longer.
const MAX_CHARACTERS: usize = 12;
/// A shorter part of a name may be another word.
const MIN_PART: usize = 3;
/// So often the whole stands for each time that it is cut.
const USUAL: usize = 20;

/// Where only a part of the usual name stands: units, with the bytes of the part.
pub fn cut(kind: &Kind, units: &[u32], targets: &Targets<'_>) -> Vec<(u32, usize, usize)> {
    let Kind::Pair(first, second) = kind else { return Vec::new() };
    let text = |unit: &u32| &*targets.texts[*unit as usize];
    let texts: Vec<&str> = units.iter().map(text).collect();
    let whole = grown(format!("{first}{second}"), &texts, NEARLY_ALL);
    let length = whole.chars().count();
    let (mut usual, mut found) = (0, Vec::new());
    for unit in units {
        if text(unit).contains(&whole) {
            usual += 1;
        } else if let Some((from, to)) = longest_part(&whole, length, text(unit)) {
            found.push((*unit, from, to));
        }
    }
    found.retain(|_| usual * 5 >= units.len() * 4);
    if found.len() * USUAL <= usual { found } else { Vec::new() }
}

/// What most units have around the pair of characters that they have in common.
pub fn usual(kind: &Kind, units: &[u32], targets: &Targets<'_>) -> Option<String> {
    let Kind::Pair(first, second) = kind else { return None };
    let texts: Vec<&str> = units.iter().map(|&unit| &*targets.texts[unit as usize]).collect();
    Some(grown(format!("{first}{second}"), &texts, MOST))
}

/// A stretch with what stands around it in such a share of the texts.
fn grown(mut whole: String, texts: &[&str], (share, of): (usize, usize)) -> String {
    while whole.chars().count() < MAX_CHARACTERS {
        let places: Vec<(&str, usize)> = texts.iter().filter_map(|it| Some((*it, it.find(&whole)?))).collect();
        let mut counts: HashMap<(bool, char), usize> = HashMap::new();
        for (text, at) in &places {
            let (before, after) = (text[..*at].chars().next_back(), text[at + whole.len()..].chars().next());
            for (is_after, it) in [(false, before), (true, after)] {
                if let Some(it) = it.filter(|it| is_letter_or_digit(*it)) {
                    *counts.entry((is_after, it)).or_default() += 1;
                }
            }
        }
        let most = counts.into_iter().max_by_key(|&(key, count)| (count, key));
        match most.filter(|it| it.1 * of >= places.len() * share) {
            Some(((true, it), _)) => whole.push(it),
            Some(((false, it), _)) => whole.insert(0, it),
            None => break,
        }
    }
    whole
}

/// The longest end or beginning of a name that stands in a text, at least half of it.
fn longest_part(whole: &str, length: usize, text: &str) -> Option<(usize, usize)> {
    let cuts: Vec<usize> = whole.char_indices().map(|it| it.0).collect();
    (MIN_PART.max(length.div_ceil(2))..length).rev().find_map(|count| {
        let parts = [&whole[cuts[length - count]..], &whole[..cuts[count]]];
        parts.into_iter().find_map(|part| text.find(part).map(|at| (at, at + part.len())))
    })
}
