//! What a bead is worth: the evidence of its words, of its length, of its place in the structure,
//! and of heading anchors, in nats.

use std::sync::Arc;

use super::evidence::{Direction, Numbered};
use super::length::{Length, Lengths};
use super::lexicon::Lexicon;
use super::strand::{KINDS, Piece, Strand};
use super::structure::{Shapes, structure};

/// Where several sentences are one, the length tells more: their words repeat each other.
const SEVERAL_BY_LENGTH: f32 = 3.0;

/// A piece that is longer than another by more than this, in logarithms, after what is usual between
/// the two languages, says something else.
const FRAGMENT: f32 = 0.95;
/// Of shorter ones (the logarithm of the target's characters) the length says nothing.
const LONG: f32 = 3.2;

/// What each kind of evidence counts, and what segments without counterpart cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    pub length: f32,
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
    pub source: &'a Strand,
    pub target: &'a Strand,
    pub ahead: Direction<'a>,
    pub back: Direction<'a>,
    pub weights: Weights,
    pub lexicon: Option<&'a Lexicon>,
    pub lengths: Lengths,
    /// How telling it is that two segments are of the same kind.
    pub kinds: [f32; KINDS],
    pub shapes: Arc<Shapes>,
    /// Whether the target keeps the anchors of the source's headings.
    pub keeps_anchors: bool,
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

    /// Everything but the words, of a bead that is not 1-1.
    pub(super) fn frame(&self, from: &[Piece], to: &[Piece]) -> f32 {
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

    /// What the names of two headings in links say.
    pub(super) fn slug(&self, source: &Piece, target: &Piece) -> f32 {
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
