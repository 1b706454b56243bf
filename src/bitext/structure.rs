//! What the places of segments in the structure of their articles say.

use std::collections::HashMap;

use super::strand::{KINDS, Kind, Shape, Strand};

/// What the places of two segments, or groups of segments, say; `last` is whether each ends its block.
pub(super) fn structure(kinds: &[f32; KINDS], source: &Shape, target: &Shape, last: (bool, bool)) -> f32 {
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
pub(super) struct Shapes {
    /// The shape of each source piece.
    source: Vec<u32>,
    /// The shape of each target piece.
    pub target: Vec<u32>,
    /// A row a shape of the source.
    scores: Vec<f32>,
    width: usize,
}

impl Shapes {
    /// The shapes of two articles; `weight` is what the structure counts.
    pub(super) fn of(source: &Strand, target: &Strand, kinds: &[f32; KINDS], weight: f32) -> Self {
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
    pub(super) fn row(&self, piece: usize) -> &[f32] {
        &self.scores[self.source[piece] as usize * self.width..][..self.width]
    }
}
