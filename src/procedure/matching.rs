//! Which steps of an older procedure are which of a newer one.

use std::collections::HashMap;

use super::model::{Procedure, Step};

/// A step with its text and the procedure's order.
#[derive(Clone, Copy)]
pub(super) struct Flat<'a> {
    pub step: &'a Step,
    /// The ids of the steps it lies in.
    pub parent: Option<usize>,
}

/// A step that is in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub old: usize,
    pub new: usize,
    /// Whether others that are in both were on its other side.
    pub moved: bool,
}

/// The steps of a procedure with those under them, in order.
pub(super) fn flat(procedure: &Procedure) -> Vec<Flat<'_>> {
    fn add<'a>(steps: &'a [Step], parent: Option<usize>, all: &mut Vec<Flat<'a>>) {
        for step in steps {
            let own = all.len();
            all.push(Flat { step, parent });
            add(step.inner(), Some(own), all);
        }
    }
    let mut all = Vec::new();
    add(&procedure.steps, None, &mut all);
    all
}

/// Pairs steps by what they say: equal texts first, then equal names, then the likest that are left.
/// `texts` are the words of each step, old and new.
pub(super) fn pairs(old: &[Flat<'_>], new: &[Flat<'_>], texts: (&[String], &[String])) -> Vec<Pair> {
    let mut mate: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for key in [
        |flat: &Flat<'_>, text: &str| format!("{}\n{text}", depth(flat)),
        |flat: &Flat<'_>, _: &str| flat.step.alias.clone(),
    ] {
        let mut free: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, flat) in new.iter().enumerate().rev().filter(|(at, _)| !taken[*at]) {
            free.entry(key(flat, &texts.1[at])).or_default().push(at);
        }
        for (at, flat) in old.iter().enumerate() {
            let found = mate[at].is_none().then(|| free.get_mut(&key(flat, &texts.0[at]))?.pop()).flatten();
            if let Some(found) = found {
                (mate[at], taken[found]) = (Some(found), true);
            }
        }
    }
    let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
    for (at, flat) in old.iter().enumerate().filter(|(at, _)| mate[*at].is_none()) {
        for (other, it) in new.iter().enumerate().filter(|(other, _)| !taken[*other]) {
            let likeness = likeness(&texts.0[at], &texts.1[other]);
            if likeness >= ALIKE && depth(flat) == depth(it) {
                candidates.push((likeness, at, other));
            }
        }
    }
    // The likest first; of equals those that are nearest to one another.
    candidates.sort_by_key(|&(likeness, at, other)| (std::cmp::Reverse(likeness), at.abs_diff(other), at));
    for (_, at, other) in candidates {
        if mate[at].is_none() && !taken[other] {
            (mate[at], taken[other]) = (Some(other), true);
        }
    }
    lift(old, new, &mut mate, &mut taken);
    fill_gaps(old, new, &mut mate, &mut taken);
    let both: Vec<(usize, usize)> = mate.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?))).collect();
    let kept = longest_in_order(&both.iter().map(|it| it.1).collect::<Vec<_>>());
    both.iter().zip(kept).map(|(&(old, new), kept)| Pair { old, new, moved: !kept }).collect()
}

/// Pairs steps whose sub-steps are paired.
fn lift(old: &[Flat<'_>], new: &[Flat<'_>], mate: &mut [Option<usize>], taken: &mut [bool]) {
    for at in (0..old.len()).rev() {
        let parents = mate[at].and_then(|other| Some((old[at].parent?, new[other].parent?)));
        if let Some((one, other)) = parents.filter(|&(one, other)| mate[one].is_none() && !taken[other]) {
            (mate[one], taken[other]) = (Some(other), true);
        }
    }
}

/// Pairs what is left between the same neighbours and tells to do the same to something else: a step
/// whose label was renamed has no other word.
fn fill_gaps(old: &[Flat<'_>], new: &[Flat<'_>], mate: &mut [Option<usize>], taken: &mut [bool]) {
    let verbs = |flat: &Flat<'_>| flat.step.actions.iter().map(|it| it.verb.clone()).collect::<Vec<_>>();
    for at in 0..old.len() {
        if mate[at].is_some() || verbs(&old[at]).is_empty() {
            continue;
        }
        let from = mate[..at].iter().rev().find_map(|it| *it).map_or(0, |it| it + 1);
        let to = mate[at..].iter().find_map(|it| *it).unwrap_or(new.len());
        let fits = |&other: &usize| {
            !taken[other] && depth(&old[at]) == depth(&new[other]) && verbs(&old[at]) == verbs(&new[other])
        };
        if let Some(other) = (from..to).find(fits) {
            (mate[at], taken[other]) = (Some(other), true);
        }
    }
}

/// So many of a thousand words are common to two texts that say nearly the same.
const ALIKE: u32 = 500;

fn depth(flat: &Flat<'_>) -> usize {
    flat.step.id.matches('.').count()
}

/// How many of a thousand words two texts have in common (Dice, 1945).
pub(super) fn likeness(a: &str, b: &str) -> u32 {
    let words = |text: &str| {
        let text = text.to_lowercase();
        let parts = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        let mut words: Vec<String> = parts.map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let (a, b) = (words(a), words(b));
    let (mut common, mut at) = (0, 0);
    for word in &a {
        while at < b.len() && b[at] < *word {
            at += 1;
        }
        if b.get(at) == Some(word) {
            (common, at) = (common + 1, at + 1);
        }
    }
    (2000 * common / (a.len() + b.len()).max(1)) as u32
}

/// Which of some numbers are in a longest sequence that rises.
fn longest_in_order(numbers: &[usize]) -> Vec<bool> {
    let mut length = vec![1usize; numbers.len()];
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for at in 0..numbers.len() {
        for other in 0..at {
            if numbers[other] < numbers[at] && length[other] + 1 > length[at] {
                (length[at], before[at]) = (length[other] + 1, Some(other));
            }
        }
    }
    let mut kept = vec![false; numbers.len()];
    let last = (0..numbers.len()).max_by_key(|&at| (length[at], std::cmp::Reverse(at)));
    for at in std::iter::successors(last, |&at| before[at]) {
        kept[at] = true;
    }
    kept
}
