//! What a bead is worth: the evidence of its words, of its length, of its place in the structure,
//! and of heading anchors, in nats.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::Arc;

use super::evidence::{Direction, Numbered, joined};
use super::lexicon::{Lexicon, Ready};
use super::strand::{KINDS, Kind, Piece, Shape, Strand};

/// The most segments that one side of a bead holds.
pub(super) const MOST: usize = 3;

/// A text that stands in both articles as it is was left there, or needs no translation.
const COPIED: f32 = 4.0;
/// Where several sentences are one, the length tells more: their words repeat each other.
const SEVERAL_BY_LENGTH: f32 = 3.0;

/// To leave all pieces of a bead alone costs less than this.
const HOPELESS: f32 = -12.0;
/// More than this nothing but words can speak for a bead of several pieces.
const MOST_FRAME: f32 = 10.0;

/// A piece that is longer than another by more than this, in logarithms, after what is usual between
/// the two languages, says something else.
const FRAGMENT: f32 = 0.95;
/// Of shorter ones (the logarithm of the target's characters) the length says nothing.
const LONG: f32 = 3.2;

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
    /// Above 1, what speaks for a bead is trusted less where likelihoods are made of scores.
    pub temperature: f32,
}

impl Weights {
    /// Measured on articles with known beads; none of them matters much by itself. A lexicon that was
    /// learned from the two articles alone says less surely what it says.
    fn new(lexicon: Option<&Lexicon>) -> Self {
        let temperature = if lexicon.is_some_and(|it| it.articles > 1) { 1.0 } else { 1.5 };
        match lexicon {
            Some(_) => Weights { length: 0.5, structure: 1.0, open: -2.5, extend: -0.8, accept: 0.4, temperature },
            None => Weights { length: 1.0, structure: 1.5, open: -4.0, extend: -1.2, accept: 0.2, temperature },
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
    shapes: Arc<Shapes>,
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
        let kinds = kinds.map(|count| (-(count.max(1.0) / all).ln()).min(2.5));
        let weights = Weights::new(lexicon);
        Scorer {
            source,
            target,
            ahead: Direction::new(numbered, &numbered.source, &numbered.target, ahead),
            back: Direction::new(numbered, &numbered.target, &numbered.source, back),
            weights,
            lexicon,
            lengths: Lengths::of(source, target),
            shapes: Arc::new(Shapes::of(source, target, &kinds, weights.structure)),
            kinds,
            keeps_anchors: keeps_anchors(source, target),
        }
    }

    /// The same without what was learned from these two articles.
    pub(super) fn forgetting(&self) -> Scorer<'a> {
        let all = |strand: &Strand| (0..strand.pieces.len()).collect::<Vec<_>>();
        let guesses = self.guesses(&all(self.source), &all(self.target));
        let mirrored: Vec<_> = guesses.iter().map(|&(i, j)| (j, i)).collect();
        Scorer {
            source: self.source,
            target: self.target,
            ahead: self.ahead.forgetting(&guesses),
            back: self.back.forgetting(&mirrored),
            weights: self.weights,
            lexicon: None,
            lengths: self.lengths,
            kinds: self.kinds,
            shapes: self.shapes.clone(),
            keeps_anchors: self.keeps_anchors,
        }
    }

    /// How much longer a target is than its source, in logarithms.
    pub(super) fn longer_by(&self, source: usize, target: usize) -> f32 {
        self.target.pieces[target].length.log - self.source.pieces[source].length.log
    }

    /// Whether one of two pieces says so much more than the other that it is no translation of it:
    /// most of it would be lost. `usual` is how much longer targets are.
    pub(super) fn is_fragment(&self, source: usize, target: usize, usual: f32) -> bool {
        let off = self.longer_by(source, target) - usual;
        let target = self.target.pieces[target].length.log;
        off.abs() > FRAGMENT && target.max(target - off) > LONG
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
    fn guesses(&self, sources: &[usize], targets: &[usize]) -> Vec<(usize, usize)> {
        let Some(lexicon) = self.lexicon else { return Vec::new() };
        let mut places: HashMap<u64, Vec<usize>, BuildHasherDefault<Ready>> = HashMap::default();
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

    /// Everything but the words, of a bead that is not 1-1.
    fn frame(&self, from: &[Piece], to: &[Piece]) -> f32 {
        let prior = match (from.len(), to.len()) {
            (1, 2) | (2, 1) => -4.5,
            (1, 3) | (3, 1) => -7.0,
            _ => -6.0,
        };
        let edges = (from[from.len() - 1].shape.last, to[to.len() - 1].shape.last);
        SEVERAL_BY_LENGTH * self.weights.length * self.lengths.score(&Length::of(from), &Length::of(to))
            + self.weights.structure * structure(&self.kinds, &from[0].shape, &to[0].shape, edges)
            + self.slug(&from[0], &to[0])
            + prior
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

/// What the places of two segments, or groups of segments, say; `last` is whether each ends its block.
fn structure(kinds: &[f32; KINDS], source: &Shape, target: &Shape, last: (bool, bool)) -> f32 {
    let either = |same: bool, yes: f32, no: f32| if same { yes } else { no };
    let mut score = match (source.kind, target.kind) {
        (a, b) if a == b => kinds[a as usize],
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

/// What the places of any two segments say. Most segments of an article share theirs with others.
struct Shapes {
    /// The shape of each source piece.
    source: Vec<u32>,
    /// The shape of each target piece.
    target: Vec<u32>,
    /// A row a shape of the source.
    scores: Vec<f32>,
    width: usize,
}

impl Shapes {
    fn of(source: &Strand, target: &Strand, kinds: &[f32; KINDS], weight: f32) -> Self {
        let number = |strand: &Strand| {
            let mut known: Vec<Shape> = Vec::new();
            let mut numbers: HashMap<Shape, u32> = HashMap::new();
            let shapes = strand.pieces.iter().map(|piece| {
                let shape = Shape { leaf: 0, ..piece.shape };
                *numbers.entry(shape).or_insert_with(|| {
                    known.push(shape);
                    known.len() as u32 - 1
                })
            });
            let shapes: Vec<u32> = shapes.collect();
            (shapes, known)
        };
        let ((source, from), (target, to)) = (number(source), number(target));
        let score = |a: &Shape, b: &Shape| weight * structure(kinds, a, b, (a.last, b.last));
        let scores = from.iter().flat_map(|a| to.iter().map(move |b| score(a, b))).collect();
        Shapes { source, target, scores, width: to.len() }
    }

    /// The scores of a source piece, by the shape of the target.
    fn row(&self, piece: usize) -> &[f32] {
        &self.scores[self.source[piece] as usize * self.width..][..self.width]
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

/// A length, and how far that of a translation may be from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    log: f32,
    spread: f32,
    log_spread: f32,
}

impl Length {
    /// The length of some characters.
    pub(super) fn new(characters: f32) -> Self {
        let spread = 0.10 + 2.2 / characters;
        Length { log: characters.ln(), spread, log_spread: spread.ln() }
    }

    /// The length of some pieces that follow each other.
    fn of(pieces: &[Piece]) -> Self {
        match pieces {
            [piece] => piece.length,
            pieces => Length::new(characters(pieces)),
        }
    }
}

/// The length of some pieces in characters.
fn characters(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|piece| piece.characters).sum()
}

/// How lengths of translations go together: normally distributed around that of the source, in
/// logarithms (after Gale and Church, 1993), against what is usual in the article.
#[derive(Clone, Copy)]
struct Lengths {
    ratio: f32,
    mean: f32,
    spread: f32,
    log_spread: f32,
}

impl Lengths {
    fn of(source: &Strand, target: &Strand) -> Self {
        let ratio = (characters(&target.pieces) / characters(&source.pieces).max(1.0)).max(0.01).ln();
        let logs = || target.pieces.iter().map(|piece| piece.length.log);
        let count = target.pieces.len().max(1) as f32;
        let mean = logs().sum::<f32>() / count;
        let spread = logs().map(|it| (it - mean) * (it - mean)).sum::<f32>() / count;
        let spread = spread.max(0.25);
        Lengths { ratio, mean, spread, log_spread: spread.ln() }
    }

    fn score(&self, source: &Length, target: &Length) -> f32 {
        let off = target.log - source.log - self.ratio;
        let usual = target.log - self.mean;
        let usual = usual * usual / self.spread + self.log_spread;
        (-0.5 * (source.log_spread + off * off / source.spread - usual)).clamp(-6.0, 2.0)
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
