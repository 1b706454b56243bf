//! The scores of all beads between the pieces of two strands, or of some of them.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::lexicon::Ready;
use super::score::Scorer;
use super::strand::Strand;

/// The most segments that one side of a bead holds.
pub(super) const MOST: usize = 3;

/// A text that stands in both articles as it is was left there, or needs no translation.
const COPIED: f32 = 4.0;
/// To leave all pieces of a bead alone costs less than this.
const HOPELESS: f32 = -12.0;
/// A text with more translations than this has none that is sure.
const MAX_GUESSES: usize = 1000;
/// More than this nothing but words can speak for a bead of several pieces.
const MOST_FRAME: f32 = 10.0;

impl Scorer<'_> {
    /// All scores of some source pieces with some target pieces. Both are in order.
    pub(super) fn grid(&self, sources: &[usize], targets: &[usize], most: usize) -> Grid<'_> {
        let side = |strand: &Strand, pieces: &[usize]| Groups::of(joined(strand, pieces, most), pieces);
        let (source, target) = (side(self.source, sources), side(self.target, targets));
        let mut ahead = self.ahead.rows(&source.ranges, targets);
        let mut back = self.back.rows(&target.ranges, sources);
        let (n, m) = (sources.len(), targets.len());
        for (i, j) in self.guesses(sources, targets) {
            for group in source.with(i) {
                let range = source.ranges[group].clone();
                ahead[group * m + j] = self.ahead.unlearned(range, sources[i], targets[j]);
            }
            for group in target.with(j) {
                let range = target.ranges[group].clone();
                back[group * n + i] = self.back.unlearned(range, targets[j], sources[i]);
            }
        }
        let mut one = vec![0f32; n * m];
        for (i, row) in one.chunks_exact_mut(m.max(1)).enumerate() {
            let ahead = &ahead[source.group(i, 1) * m..][..m];
            let from = &self.source.pieces[sources[i]];
            let structure = self.shapes.row(sources[i]);
            for (j, cell) in row.iter_mut().enumerate() {
                let to = &self.target.pieces[targets[j]];
                let words = 0.5 * (ahead[j] + back[target.group(j, 1) * n + i]);
                let length = self.weights.length * self.lengths.score(&from.length, &to.length);
                *cell = words + length + structure[self.shapes.target[targets[j]] as usize];
                if from.slug.is_some() {
                    *cell += self.slug(from, to);
                }
                if from.text == to.text && from.text != 0 {
                    *cell += COPIED;
                }
            }
        }
        let mut grid =
            Grid { scorer: self, n, m, one, source, target, ahead, back, several: Vec::new(), rows: Vec::new() };
        grid.find_several();
        grid
    }

    /// The pairs of pieces that the lexicon was learned from without knowing that they are right.
    pub(super) fn guesses(&self, sources: &[usize], targets: &[usize]) -> Vec<(usize, usize)> {
        let Some(lexicon) = self.lexicon else { return Vec::new() };
        let mut places: HashMap<u64, Vec<usize>, BuildHasherDefault<Ready>> = HashMap::default();
        for (j, &target) in targets.iter().enumerate() {
            places.entry(self.target.pieces[target].bag).or_default().push(j);
        }
        // Of segments that are there several times, each stands for one guess.
        let mut times: HashMap<(u64, u64), usize> = HashMap::new();
        let mut found = Vec::new();
        for (i, &source) in sources.iter().enumerate() {
            let bag = self.source.pieces[source].bag;
            let first = lexicon.guesses.partition_point(|it| it.0 < bag);
            for &(_, to) in lexicon.guesses[first..].iter().take_while(|it| it.0 == bag).take(MAX_GUESSES) {
                let Some(places) = places.get(&to) else { continue };
                let next = times.entry((bag, to)).or_default();
                found.extend(places.get(*next).map(|&j| (i, j)));
                *next += 1;
            }
        }
        found
    }
}

/// The groups of one side of a grid, by first piece and length.
struct Groups {
    ranges: Vec<Range<usize>>,
    /// For each position, its first group; those of one position follow each other by length.
    starts: Vec<u32>,
}

impl Groups {
    fn of(ranges: Vec<Range<usize>>, pieces: &[usize]) -> Self {
        let mut starts = Vec::with_capacity(pieces.len() + 1);
        for (at, group) in ranges.iter().enumerate() {
            if group.len() == 1 {
                starts.push(at as u32);
            }
        }
        starts.push(ranges.len() as u32);
        Groups { ranges, starts }
    }

    /// The piece at a position.
    fn piece(&self, at: usize) -> usize {
        self.ranges[self.starts[at] as usize].start
    }

    /// How many pieces a group that begins here can hold.
    fn most(&self, at: usize) -> usize {
        (self.starts[at + 1] - self.starts[at]) as usize
    }

    /// The groups that hold a position.
    fn with(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let before = at.saturating_sub(MOST - 1)..=at;
        before.flat_map(move |first| {
            let groups = self.starts[first] as usize..self.starts[first + 1] as usize;
            groups.filter(move |group| first + self.ranges[*group].len() > at)
        })
    }

    fn group(&self, at: usize, length: usize) -> usize {
        self.starts[at] as usize + length - 1
    }
}

/// The scores of all beads between some source and some target pieces.
pub(super) struct Grid<'a> {
    scorer: &'a Scorer<'a>,
    /// How many source pieces there are.
    pub n: usize,
    /// How many target pieces there are.
    pub m: usize,
    one: Vec<f32>,
    source: Groups,
    target: Groups,
    ahead: Vec<f32>,
    back: Vec<f32>,
    /// The beads of several pieces, row by row, by column.
    several: Vec<Several>,
    /// Where each row of them begins.
    rows: Vec<usize>,
}

/// A bead of several pieces on one side at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Several {
    /// The position of its first target piece.
    pub j: usize,
    /// How many source pieces it has.
    pub a: usize,
    /// How many target pieces it has.
    pub b: usize,
    /// What it is worth.
    pub score: f32,
}

impl Grid<'_> {
    /// The score of the 1-1 bead of these pieces.
    #[inline]
    pub(super) fn one(&self, i: usize, j: usize) -> f32 {
        self.one[i * self.m + j]
    }

    /// Whether nothing stands between two source pieces.
    pub(super) fn sources_meet(&self, i: usize, next: usize) -> bool {
        self.source.piece(i) + 1 == self.source.piece(next)
    }

    /// Whether nothing stands between two target pieces.
    pub(super) fn targets_meet(&self, j: usize, next: usize) -> bool {
        self.target.piece(j) + 1 == self.target.piece(next)
    }

    /// The scores of the 1-1 beads of a source piece.
    pub(super) fn row(&self, i: usize) -> &[f32] {
        &self.one[i * self.m..(i + 1) * self.m]
    }

    /// The beads of several pieces that begin at a cell, as far as there is hope for them.
    pub(super) fn several(&self, i: usize, j: usize) -> &[Several] {
        let row = &self.several[self.rows[i]..self.rows[i + 1]];
        if row.is_empty() {
            return row;
        }
        let from = row.partition_point(|it| it.j < j);
        &row[from..from + row[from..].iter().take_while(|it| it.j == j).count()]
    }

    /// The score of a bead: of `a` source pieces from the `i`th on and `b` target pieces from the
    /// `j`th on. They can be joined.
    pub(super) fn score(&self, i: usize, j: usize, a: usize, b: usize) -> f32 {
        if (a, b) == (1, 1) {
            return self.one(i, j);
        }
        let several = self.several(i, j).iter().find(|it| (it.a, it.b) == (a, b));
        several.map_or(HOPELESS, |it| it.score)
    }

    fn find_several(&mut self) {
        for i in 0..self.n {
            self.rows.push(self.several.len());
            let sources = self.source.most(i);
            for j in 0..self.m {
                let targets = self.target.most(j);
                if sources == 1 && targets == 1 {
                    continue;
                }
                for (a, b) in SHAPES.into_iter().filter(|&(a, b)| sources >= a && targets >= b) {
                    self.several.extend(self.find(i, j, a, b).map(|score| Several { j, a, b, score }));
                }
            }
        }
        self.rows.push(self.several.len());
    }

    /// The score of a bead, unless it is hopeless.
    fn find(&self, i: usize, j: usize, a: usize, b: usize) -> Option<f32> {
        let (source, target) = (self.source.group(i, a), self.target.group(j, b));
        let ahead: f32 = self.ahead[source * self.m + j..][..b].iter().sum();
        let back: f32 = self.back[target * self.n + i..][..a].iter().sum();
        let words = 0.5 * (ahead + back);
        if words + MOST_FRAME < HOPELESS {
            return None;
        }
        let scorer = self.scorer;
        let from = &scorer.source.pieces[self.source.ranges[source].clone()];
        let score = words + scorer.frame(from, &scorer.target.pieces[self.target.ranges[target].clone()]);
        (score > HOPELESS).then_some(score)
    }
}

/// The beads that the search knows, beside 1-1: pieces of the source and of the target.
pub(super) const SHAPES: [(usize, usize); 5] = [(1, 2), (2, 1), (1, 3), (3, 1), (2, 2)];

/// The pieces of a strand that can be one side of a bead together: up to `most` that follow each
/// other in one block.
fn joined(strand: &Strand, pieces: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    for (at, &piece) in pieces.iter().enumerate() {
        groups.push(piece..piece + 1);
        for more in 1..most {
            let end = piece + more;
            if !strand.joins || pieces.get(at + more) != Some(&end) || !strand.share_leaf(piece, end) {
                break;
            }
            groups.push(piece..end + 1);
        }
    }
    groups
}
