//! What a bead is worth: the evidence of its words, of its length, of its place in the structure,
//! and of heading anchors, in nats.

use std::collections::HashMap;
use std::ops::Range;

use super::evidence::{Direction, Numbered, joined, length};
use super::lexicon::Lexicon;
use super::strand::{KINDS, Kind, Piece, Shape, Strand};

/// The most segments that one side of a bead holds.
pub(super) const MOST: usize = 3;

/// What each kind of evidence counts, and what segments without counterpart cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    length: f32,
    structure: f32,
    /// The first of a run of segments without counterpart.
    pub open: f32,
    /// Each further one.
    pub extend: f32,
    /// Pairs that are less likely than this are left unpaired.
    pub accept: f32,
}

impl Weights {
    /// Measured on articles with known beads; none of them matters much by itself.
    fn new(has_lexicon: bool) -> Self {
        match has_lexicon {
            true => Weights { length: 0.5, structure: 1.0, open: -3.5, extend: -0.8, accept: 0.4 },
            false => Weights { length: 1.0, structure: 1.5, open: -5.0, extend: -1.5, accept: 0.2 },
        }
    }
}

/// What two articles are to each other, and what that makes of any two of their segments.
pub(super) struct Scorer<'a> {
    source: &'a Strand,
    target: &'a Strand,
    ahead: Direction<'a>,
    back: Direction<'a>,
    pub weights: Weights,
    lexicon: Option<&'a Lexicon>,
    lengths: Lengths,
    /// How telling it is that two segments are of the same kind.
    kinds: [f32; KINDS],
    /// Whether the target keeps the anchors of the source's headings.
    keeps_anchors: bool,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(
        source: &'a Strand,
        target: &'a Strand,
        numbered: &'a Numbered,
        lexicon: Option<&'a Lexicon>,
    ) -> Self {
        let ahead = lexicon.map(|it| (it, &it.ahead));
        let back = lexicon.map(|it| (it, &it.back));
        let mut kinds = [0f32; KINDS];
        target.pieces.iter().for_each(|piece| kinds[piece.shape.kind as usize] += 1.0);
        let all = target.pieces.len().max(1) as f32;
        Scorer {
            source,
            target,
            ahead: Direction::new(numbered, &numbered.source, &numbered.target, ahead),
            back: Direction::new(numbered, &numbered.target, &numbered.source, back),
            weights: Weights::new(lexicon.is_some()),
            lexicon,
            lengths: Lengths::of(source, target),
            kinds: kinds.map(|count| (-(count.max(1.0) / all).ln()).min(2.5)),
            keeps_anchors: keeps_anchors(source, target),
        }
    }

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
        let mut grid = Grid { scorer: self, n, m, one: vec![0.0; n * m], source, target, ahead, back };
        for i in 0..n {
            for j in 0..m {
                grid.one[i * m + j] = grid.score(i, j, 1, 1);
            }
        }
        grid
    }

    /// The pairs of pieces that the lexicon was learned from without knowing that they are right.
    fn guesses(&self, sources: &[usize], targets: &[usize]) -> Vec<(usize, usize)> {
        let Some(lexicon) = self.lexicon else { return Vec::new() };
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (j, &target) in targets.iter().enumerate() {
            places.entry(self.target.pieces[target].bag).or_default().push(j);
        }
        let mut found = Vec::new();
        for (i, &source) in sources.iter().enumerate() {
            let bag = self.source.pieces[source].bag;
            let first = lexicon.guesses.partition_point(|it| it.0 < bag);
            for (_, to) in lexicon.guesses[first..].iter().take_while(|it| it.0 == bag) {
                found.extend(places.get(to).into_iter().flatten().map(|&j| (i, j)));
            }
        }
        found
    }

    /// Everything but the words.
    fn frame(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let (from, to) = (&self.source.pieces[source.clone()], &self.target.pieces[target.clone()]);
        let prior = match (source.len(), target.len()) {
            (1, 1) => 0.0,
            (1, 2) | (2, 1) => -3.0,
            (1, 3) | (3, 1) => -5.0,
            _ => -6.0,
        };
        let edges = (from[from.len() - 1].shape.last, to[to.len() - 1].shape.last);
        self.weights.length * self.lengths.score(length(from), length(to))
            + self.weights.structure * self.structure(&from[0].shape, &to[0].shape, edges)
            + self.slug(&from[0], &to[0])
            + prior
    }

    fn structure(&self, source: &Shape, target: &Shape, last: (bool, bool)) -> f32 {
        let either = |same: bool, yes: f32, no: f32| if same { yes } else { no };
        let mut score = match (source.kind, target.kind) {
            (a, b) if a == b => self.kinds[a as usize],
            (Kind::Paragraph, Kind::Item) | (Kind::Item, Kind::Paragraph) => -1.5,
            (Kind::Html, Kind::Item) | (Kind::Item, Kind::Html) => -1.5,
            (Kind::Paragraph, Kind::Html) | (Kind::Html, Kind::Paragraph) => -2.0,
            (Kind::Cell, Kind::Html) | (Kind::Html, Kind::Cell) => -1.0,
            _ => -3.0,
        };
        let same_level = source.level == target.level;
        if source.kind == target.kind {
            score += match source.kind {
                Kind::Heading => either(same_level, 0.5, -1.5),
                Kind::Cell => either(same_level, 0.6, -2.5),
                Kind::Item => {
                    either(same_level, 0.3, -0.6)
                        + either(source.ordered == target.ordered, 0.2, -0.8)
                        + either(source.number > 1 && source.number == target.number, 0.2, 0.0)
                }
                _ => 0.0,
            };
        }
        score += either(source.quoted == target.quoted, 0.0, -1.5);
        score += either(source.first == target.first, either(source.first, 0.25, 0.75), -1.5);
        score += either(last.0 == last.1, either(last.0, 0.15, 0.45), -0.8);
        score
    }

    fn slug(&self, source: &Piece, target: &Piece) -> f32 {
        let (Some((source, _)), Some((target, true))) = (&source.slug, &target.slug) else { return 0.0 };
        match source.likeness(target) {
            1.0.. => 6.0,
            0.7.. => 2.0,
            0.5.. => 0.0,
            _ if self.keeps_anchors => -4.0,
            _ => 0.0,
        }
    }
}

/// Whether three of ten written anchors of the target name a heading of the source. Where anchors
/// are translated, that they differ says nothing.
fn keeps_anchors(source: &Strand, target: &Strand) -> bool {
    let written = target.pieces.iter().filter_map(|piece| piece.slug.as_ref().filter(|it| it.1));
    let names: Vec<_> = source.pieces.iter().filter_map(|piece| piece.slug.as_ref()).collect();
    let (mut all, mut met) = (0, 0);
    for (slug, _) in written.take(50) {
        all += 1;
        met += usize::from(names.iter().any(|(name, _)| name.likeness(slug) >= 1.0));
    }
    met * 10 >= all * 3
}

/// How lengths of translations go together: normally distributed around that of the source, in
/// logarithms (after Gale and Church, 1993), against what is usual in the article.
struct Lengths {
    ratio: f32,
    mean: f32,
    spread: f32,
}

impl Lengths {
    fn of(source: &Strand, target: &Strand) -> Self {
        let ratio = (length(&target.pieces) / length(&source.pieces).max(1.0)).max(0.01).ln();
        let logs = || target.pieces.iter().map(|piece| piece.length.ln());
        let count = target.pieces.len().max(1) as f32;
        let mean = logs().sum::<f32>() / count;
        let spread = logs().map(|it| (it - mean) * (it - mean)).sum::<f32>() / count;
        Lengths { ratio, mean, spread: spread.max(0.25) }
    }

    fn score(&self, source: f32, target: f32) -> f32 {
        let log = target.ln();
        let normal = |mean: f32, spread: f32| -0.5 * (spread.ln() + (log - mean) * (log - mean) / spread);
        let given = normal(source.ln() + self.ratio, 0.10 + 2.2 / source);
        (given - normal(self.mean, self.spread)).clamp(-6.0, 2.0)
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
}

impl Grid<'_> {
    /// The score of the 1-1 bead of these pieces.
    #[inline]
    pub(super) fn one(&self, i: usize, j: usize) -> f32 {
        self.one[i * self.m + j]
    }

    /// The most source pieces in a bead that begins at the `i`th.
    pub(super) fn most_sources(&self, i: usize) -> usize {
        self.source.most(i)
    }

    /// The most target pieces in a bead that begins at the `j`th.
    pub(super) fn most_targets(&self, j: usize) -> usize {
        self.target.most(j)
    }

    /// The score of the bead of `a` source pieces from the `i`th on and `b` target pieces from the
    /// `j`th on. They can be joined.
    pub(super) fn score(&self, i: usize, j: usize, a: usize, b: usize) -> f32 {
        let (source, target) = (self.source.group(i, a), self.target.group(j, b));
        let ahead: f32 = self.ahead[source * self.m + j..][..b].iter().sum();
        let back: f32 = self.back[target * self.n + i..][..a].iter().sum();
        let frame = self.scorer.frame(self.source.ranges[source].clone(), self.target.ranges[target].clone());
        0.5 * (ahead + back) + frame
    }
}

/// The beads that the search knows, beside 1-1: pieces of the source and of the target.
pub(super) const SHAPES: [(usize, usize); 5] = [(1, 2), (2, 1), (1, 3), (3, 1), (2, 2)];
