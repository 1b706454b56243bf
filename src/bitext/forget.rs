//! What an article teaches must not help to judge it: a wrong guess would confirm itself. Here it is
//! forgotten again, as if the expectations of the last round of learning had not been counted.

use std::ops::Range;

use super::evidence::{Direction, LEAST, MOST, sort};

impl Direction<'_> {
    /// What is told as if these guesses – a given and a told piece each – had never been learned from.
    pub(super) fn forgetting(&self, guesses: &[(usize, usize)]) -> Self {
        let mut removed = vec![0f32; self.entries.len()];
        let mut all = vec![0f32; self.known.len()];
        let mut seen = self.seen.clone();
        for &(given, told) in guesses {
            let (given, told) = (self.given.get(given), self.told.get(told));
            let added = self.added(given, told);
            for (row, &(token, _)) in added.chunks(told.len().max(1)).zip(given) {
                all[token as usize] += row.iter().sum::<f32>();
                let range = self.entries_of(token);
                let entries = &self.entries[range.clone()];
                for (added, &(to, _)) in row.iter().zip(told) {
                    if let Ok(at) = entries.binary_search_by_key(&to, |it| it.0) {
                        removed[range.start + at] += added;
                    }
                }
            }
            told.iter().for_each(|&(token, times)| {
                let seen = &mut seen[token as usize];
                *seen = seen.saturating_sub(times as u32);
            });
        }
        let mut entries = self.entries.clone();
        let (mut rest, mut known) = (self.rest.clone(), self.known.clone());
        for token in 0..known.len() {
            if all[token] == 0.0 {
                continue;
            }
            let (before, left) = (known[token], (known[token] - all[token]).max(1.0));
            for at in self.entries_of(token as u32) {
                entries[at].1 = (entries[at].1 * before - removed[at]).max(0.0) / left;
            }
            rest[token] = 1.0 - (((1.0 - rest[token]) * before - all[token]).max(0.0) / left).min(1.0);
            known[token] = left;
        }
        let sorts = self.classes.iter().zip(&seen).map(|(class, seen)| sort(*class, *seen)).collect();
        let (classes, chance) = (self.classes.clone(), self.chance.clone());
        let (channels, starts) = (self.channels.clone(), self.starts.clone());
        let (given, told) = (self.given, self.told);
        Direction { given, told, classes, sorts, chance, channels, starts, entries, rest, known, seen }
    }

    fn entries_of(&self, token: u32) -> Range<usize> {
        self.starts[token as usize] as usize..self.starts[token as usize + 1] as usize
    }

    /// How likely each of some told tokens is told for each of some given ones: a row a given one.
    fn likely(&self, given: &[(u32, f32)], told: &[(u32, f32)]) -> Vec<f32> {
        let width = told.len();
        let mut likely = vec![0f32; given.len() * width];
        for (row, &(token, _)) in likely.chunks_mut(width.max(1)).zip(given) {
            let entries = &self.entries[self.entries_of(token)];
            for (cell, &(to, _)) in row.iter_mut().zip(told) {
                if let Ok(at) = entries.binary_search_by_key(&to, |it| it.0) {
                    *cell = entries[at].1;
                }
            }
        }
        likely
    }

    /// How likely a told token is copied from the given ones, and how likely it is translated.
    fn sources(&self, given: &[(u32, f32)], likely: &[f32], width: usize, column: usize, to: u32) -> (f32, f32) {
        let class = self.classes[to as usize];
        let length = given.iter().map(|it| it.1).sum::<f32>().max(1.0);
        let of_class: f32 = given.iter().filter(|it| self.classes[it.0 as usize] == class).map(|it| it.1).sum();
        let copied = given.iter().filter(|it| it.0 == to).map(|it| it.1).sum::<f32>() / of_class.max(1.0);
        let model: f32 = given.iter().enumerate().map(|(row, it)| it.1 * likely[row * width + column]).sum();
        (copied, model / length)
    }

    /// What learning from a guess has added to the counts of its tokens.
    fn added(&self, given: &[(u32, f32)], told: &[(u32, f32)]) -> Vec<f32> {
        let width = told.len();
        let mut added = self.likely(given, told);
        for (column, &(to, times)) in told.iter().enumerate() {
            let (copied, model) = self.sources(given, &added, width, column, to);
            let channels = &self.channels[self.sorts[to as usize] as usize];
            let by_model = channels.model * model;
            let all = channels.chance * self.chance[to as usize] + channels.copy * copied + by_model;
            let sum: f32 = given.iter().enumerate().map(|(row, it)| it.1 * added[row * width + column]).sum();
            let worth = times * by_model / all / sum.max(f32::MIN_POSITIVE);
            for (row, &(_, often)) in given.iter().enumerate() {
                added[row * width + column] *= often * worth;
            }
        }
        added
    }

    /// The evidence for a told piece, given a group of pieces, as if it had not been learned that
    /// one of the group, `guessed`, is its translation.
    pub(super) fn unlearned(&self, group: Range<usize>, guessed: usize, piece: usize) -> f32 {
        let (given, example, told) = (self.given.span(group), self.given.get(guessed), self.told.get(piece));
        let width = told.len();
        let added = self.added(example, told);
        let mut likely = self.likely(given, told);
        let mut rest = 0.0;
        let length = given.iter().map(|it| it.1).sum::<f32>().max(1.0);
        for (row, &(token, times)) in given.iter().enumerate() {
            let mut unknown = self.rest[token as usize];
            if let Some(at) = example.iter().position(|it| it.0 == token) {
                let added = &added[at * width..(at + 1) * width];
                let (all, known) = (added.iter().sum::<f32>(), self.known[token as usize]);
                let left = (known - all).max(1.0);
                for (likely, added) in likely[row * width..(row + 1) * width].iter_mut().zip(added) {
                    *likely = (*likely * known - added).max(0.0) / left;
                }
                unknown = 1.0 - (((1.0 - unknown) * known - all).max(0.0) / left).min(1.0);
            }
            rest += times * unknown;
        }
        let rest = if given.is_empty() { 1.0 } else { rest / length };
        let mut evidence = 0.0;
        for (column, &(to, times)) in told.iter().enumerate() {
            let seen = self.seen[to as usize].saturating_sub(times as u32);
            let channels = &self.channels[sort(self.classes[to as usize], seen) as usize];
            let (copied, model) = self.sources(given, &likely, width, column, to);
            let odds = channels.chance
                + 0.5 * channels.model * rest
                + (channels.copy * copied + channels.model * model) / self.chance[to as usize];
            evidence += times * odds.ln().clamp(LEAST, MOST);
        }
        evidence
    }
}
