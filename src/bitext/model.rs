//! Learns which words translate which from pairs of segments: IBM Model 1 (Brown, Della Pietra,
//! Della Pietra and Mercer, 1993), in both directions, mixed with two other sources of a word:
//! chance, and being copied. How much comes from where is learned too, for each class of tokens.

use super::lexicon::{Channels, Lexicon, Table, Vocabulary};
use super::strand::{Piece, Strand};
use super::tokens::{CLASSES, Token};

/// Rounds of expectation and maximisation.
const ROUNDS: usize = 10;
/// After these, pairs of words that are hopeless are left out of the rest.
const SIFTED: [usize; 4] = [1, 2, 3, 5];
/// A pair of words is hopeless that is so much below what is worth keeping.
const HOPELESS: f32 = 0.6;
/// A pair of segments with more pairs of tokens than this is no sentence, and is not learned from.
const LONGEST: usize = 1 << 15;
/// A word that is told less often than this for another one is forgotten.
const LEAST: f32 = 2e-4;
/// So much of all told tokens is left to chance, whatever was learned.
const CHANCE: f32 = 0.02;

/// Pairs of segments that are sure to be translations.
#[derive(Debug, Default)]
pub(super) struct Examples {
    vocabulary: Vocabulary,
    source: Bags,
    target: Bags,
    guesses: Vec<(u64, u64)>,
}

/// Bags of numbered tokens, one a segment.
#[derive(Debug, Default)]
struct Bags {
    ends: Vec<u32>,
    tokens: Vec<(u32, f32)>,
}

impl Bags {
    fn push(&mut self, tokens: impl Iterator<Item = (u32, f32)>) {
        self.tokens.extend(tokens);
        self.ends.push(self.tokens.len() as u32);
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, at: usize) -> &[(u32, f32)] {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.tokens[from as usize..self.ends[at] as usize]
    }
}

impl Examples {
    /// Adds a pair: the tokens of each side, each once, with how often it is there.
    pub(super) fn push(&mut self, source: &[(Token, u32)], target: &[(Token, u32)]) {
        let cells = source.len() * target.len();
        if cells == 0 || cells > LONGEST {
            return;
        }
        let vocabulary = &mut self.vocabulary;
        self.source.push(source.iter().map(|&(token, times)| (vocabulary.number(token), times as f32)));
        self.target.push(target.iter().map(|&(token, times)| (vocabulary.number(token), times as f32)));
    }

    /// Adds a pair that was only guessed.
    pub(super) fn guess(&mut self, (source, from): (&Strand, &Piece), (target, to): (&Strand, &Piece)) {
        self.guesses.push((from.bag, to.bag));
        self.push(source.tokens(from), target.tokens(to));
    }

    /// How many pairs there are.
    pub(super) fn len(&self) -> usize {
        self.source.len()
    }

    /// Learns from them. They come from so many articles.
    pub(super) fn learn(mut self, articles: usize) -> Lexicon {
        let links = Links::of(&self.source, &self.target, self.vocabulary.len());
        let (ahead, back) = rayon::join(
            || train(&self.source, &self.target, &self.vocabulary, &links, false),
            || train(&self.target, &self.source, &self.vocabulary, &links, true),
        );
        self.guesses.sort_unstable();
        self.guesses.dedup();
        Lexicon { vocabulary: self.vocabulary, ahead, back, articles, guesses: self.guesses }
    }
}

/// Which tokens stand opposite each other, each pair once.
struct Links {
    /// For each pair of segments, source token by source token, the numbers of the pairs of tokens
    /// with all target tokens.
    cells: Vec<u32>,
    /// The pairs: source token and target token. Sorted by source token.
    tokens: Vec<(u32, u32)>,
}

impl Links {
    fn of(source: &Bags, target: &Bags, vocabulary: usize) -> Self {
        // Where each source token stands: segment and first cell.
        let mut times = vec![0u32; vocabulary + 1];
        source.tokens.iter().for_each(|&(token, _)| times[token as usize + 1] += 1);
        for at in 0..vocabulary {
            times[at + 1] += times[at];
        }
        let mut next = times.clone();
        let mut places = vec![(0u32, 0u32); source.tokens.len()];
        let mut cell = 0u32;
        for at in 0..source.len() {
            for &(token, _) in source.get(at) {
                places[next[token as usize] as usize] = (at as u32, cell);
                next[token as usize] += 1;
                cell += target.get(at).len() as u32;
            }
        }
        let mut links = Links { cells: vec![0; cell as usize], tokens: Vec::new() };
        let mut met = vec![(u32::MAX, 0u32); vocabulary];
        for token in 0..vocabulary {
            for &(at, first) in &places[times[token] as usize..times[token + 1] as usize] {
                for (offset, &(told, _)) in target.get(at as usize).iter().enumerate() {
                    let slot = &mut met[told as usize];
                    if slot.0 != token as u32 {
                        *slot = (token as u32, links.tokens.len() as u32);
                        links.tokens.push((token as u32, told));
                    }
                    links.cells[first as usize + offset] = slot.1;
                }
            }
        }
        links
    }
}

/// A given and a told token of one example, as positions in it, with the number of their pair.
#[derive(Clone, Copy)]
struct Cell {
    given: u16,
    told: u16,
    link: u32,
}

/// The cells of all examples.
struct Cells {
    ends: Vec<u32>,
    cells: Vec<Cell>,
}

impl Cells {
    fn of(given: &Bags, told: &Bags, links: &Links, mirrored: bool) -> Self {
        let (source, target) = if mirrored { (told, given) } else { (given, told) };
        let mut it = Cells { ends: Vec::with_capacity(source.len()), cells: Vec::with_capacity(links.cells.len()) };
        let mut next = links.cells.iter();
        for at in 0..source.len() {
            for i in 0..source.get(at).len() as u16 {
                for (j, &link) in (0..target.get(at).len() as u16).zip(next.by_ref()) {
                    let (given, told) = if mirrored { (j, i) } else { (i, j) };
                    it.cells.push(Cell { given, told, link });
                }
            }
            it.ends.push(it.cells.len() as u32);
        }
        it
    }

    fn get(&self, at: usize) -> &[Cell] {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[from as usize..self.ends[at] as usize]
    }

    /// Leaves out the pairs that are hopeless, and numbers the others anew: gives back their old numbers.
    fn keep(&mut self, is_likely: impl Fn(usize) -> bool, links: usize) -> Vec<u32> {
        let likely: Vec<u32> = (0..links as u32).filter(|&link| is_likely(link as usize)).collect();
        let mut numbers = vec![u32::MAX; links];
        for (number, &link) in likely.iter().enumerate() {
            numbers[link as usize] = number as u32;
        }
        let (mut from, mut kept) = (0, 0);
        for end in &mut self.ends {
            for at in from..*end as usize {
                let number = numbers[self.cells[at].link as usize];
                if number != u32::MAX {
                    self.cells[kept] = Cell { link: number, ..self.cells[at] };
                    kept += 1;
                }
            }
            from = *end as usize;
            *end = kept as u32;
        }
        self.cells.truncate(kept);
        likely
    }
}

/// Learns one direction. `mirrored` where the given side is the target of the links.
fn train(given: &Bags, told: &Bags, vocabulary: &Vocabulary, links: &Links, mirrored: bool) -> Table {
    let size = vocabulary.len();
    let mut seen = vec![0f32; size];
    told.tokens.iter().for_each(|&(token, times)| seen[token as usize] += times);
    let total: f32 = seen.iter().sum::<f32>().max(1.0);
    let classes: Vec<u8> = (0..size).map(|token| vocabulary.token(token as u32).class() as u8).collect();
    let class = |token: u32| classes[token as usize] as usize;
    // The given and the told token of each pair.
    let mut pairs: Vec<(u32, u32)> = links
        .tokens
        .iter()
        .map(|&(source, target)| if mirrored { (target, source) } else { (source, target) })
        .collect();
    let least = |told: u32| LEAST.max(seen[told as usize] / total);
    let mut cells = Cells::of(given, told, links, mirrored);

    let mut channels = [Channels { chance: 0.2, copy: 0.2, model: 0.6 }; CLASSES];
    // At first every word is translated by every word opposite it, as often as they meet.
    let mut tau = vec![1f32; pairs.len()];
    let mut counts = vec![0f32; pairs.len()];
    let mut sums = vec![0f32; size];
    let mut mass: Vec<f32> = Vec::new();
    for round in 0..ROUNDS {
        counts.fill(0.0);
        let mut used = [[0f64; 3]; CLASSES];
        for at in 0..given.len() {
            let (from, to) = (given.get(at), told.get(at));
            let cells = cells.get(at);
            let length: f32 = from.iter().map(|it| it.1).sum();
            let mut of_class = [0f32; CLASSES];
            from.iter().for_each(|it| of_class[class(it.0)] += it.1);
            // What all given tokens together make of each told one.
            mass.clear();
            mass.resize(to.len(), 0.0);
            for cell in cells {
                mass[cell.told as usize] += from[cell.given as usize].1 * tau[cell.link as usize];
            }
            for (mass, &(token, times)) in mass.iter_mut().zip(to) {
                let class = class(token);
                let copied = from.iter().find(|it| it.0 == token).map_or(0.0, |it| it.1 / of_class[class]);
                let by_chance = channels[class].chance * seen[token as usize] / total;
                let by_copy = channels[class].copy * copied;
                let by_model = channels[class].model * *mass / length;
                let all = by_chance + by_copy + by_model;
                for (used, by) in used[class].iter_mut().zip([by_chance, by_copy, by_model]) {
                    *used += f64::from(times * by / all);
                }
                // What a unit of `times * tau` is worth.
                *mass = times * (by_model / all) / mass.max(f32::MIN_POSITIVE);
            }
            for cell in cells {
                let link = cell.link as usize;
                counts[link] += from[cell.given as usize].1 * tau[link] * mass[cell.told as usize];
            }
        }
        sums.fill(0.0);
        for (&(given, _), count) in pairs.iter().zip(&counts) {
            sums[given as usize] += count;
        }
        for ((&(given, _), count), tau) in pairs.iter().zip(&counts).zip(&mut tau) {
            *tau = count / (sums[given as usize] + 1.0);
        }
        if SIFTED.contains(&round) {
            let numbers = cells.keep(|link| tau[link] >= HOPELESS * least(pairs[link].1), tau.len());
            pairs = numbers.iter().map(|&link| pairs[link as usize]).collect();
            tau = numbers.iter().map(|&link| tau[link as usize]).collect();
            counts.truncate(pairs.len());
        }
        // In the first round nothing is known that could tell the sources of a word apart.
        if round > 0 {
            for (channels, used) in channels.iter_mut().zip(used) {
                let all = used.iter().sum::<f64>() + 10.0;
                let share = |at: usize, before: f32| ((used[at] + 10.0 * f64::from(before)) / all) as f32;
                *channels = Channels {
                    chance: share(0, channels.chance),
                    copy: share(1, channels.copy),
                    model: share(2, channels.model),
                };
            }
        }
    }
    for it in &mut channels {
        let keep = 1.0 - CHANCE;
        *it = Channels { chance: keep * it.chance + CHANCE, copy: keep * it.copy, model: keep * it.model };
    }
    // What is no likelier than by chance says nothing.
    let kept: Vec<usize> = (0..tau.len()).filter(|&link| tau[link] >= least(pairs[link].1)).collect();
    let mut starts = vec![0u32; size + 1];
    kept.iter().for_each(|&link| starts[pairs[link].0 as usize + 1] += 1);
    for at in 0..size {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut entries = vec![(0, 0.0); kept.len()];
    for link in kept {
        let slot = &mut next[pairs[link].0 as usize];
        entries[*slot as usize] = (pairs[link].1, tau[link]);
        *slot += 1;
    }
    let seen: Vec<u32> = seen.into_iter().map(|it| it as u32).collect();
    let known = sums.into_iter().map(|it| it + 1.0).collect();
    Table { starts, entries, known, seen, total: total as u32, channels }
}
