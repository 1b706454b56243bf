//! Which of an older list is which of a newer one.

use std::collections::BTreeMap;

/// Takes those that fit one another out of both, the best first, in the order of the newer.
pub(super) fn take_pairs<T>(old: &mut Vec<T>, new: &mut Vec<T>, fits: impl Fn(&T, &T) -> Option<u32>) -> Vec<(T, T)> {
    let mut fitting: Vec<(u32, usize, usize)> = Vec::new();
    for (at, one) in old.iter().enumerate() {
        fitting.extend(new.iter().enumerate().filter_map(|(place, other)| Some((fits(one, other)?, at, place))));
    }
    fitting.sort_by_key(|&(worth, at, place)| (std::cmp::Reverse(worth), at, place));
    let (mut mates, mut taken) = (BTreeMap::new(), vec![false; old.len()]);
    for (_, at, place) in fitting {
        if !taken[at] && !mates.contains_key(&place) {
            taken[at] = true;
            mates.insert(place, at);
        }
    }
    let mut olds: Vec<Option<T>> = std::mem::take(old).into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    for (place, it) in std::mem::take(new).into_iter().enumerate() {
        match mates.get(&place).and_then(|&at| olds[at].take()) {
            Some(before) => pairs.push((before, it)),
            None => new.push(it),
        }
    }
    *old = olds.into_iter().flatten().collect();
    pairs
}
