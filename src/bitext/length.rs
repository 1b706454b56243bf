//! How lengths of translations go together.

use super::strand::{Piece, Strand};

/// A length, and how far that of a translation may be from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    pub log: f32,
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
    pub(super) fn of(pieces: &[Piece]) -> Self {
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
pub(super) struct Lengths {
    ratio: f32,
    mean: f32,
    spread: f32,
    log_spread: f32,
}

impl Lengths {
    /// What is usual in these two articles.
    pub(super) fn of(source: &Strand, target: &Strand) -> Self {
        let ratio = (characters(&target.pieces) / characters(&source.pieces).max(1.0)).max(0.01).ln();
        let logs = || target.pieces.iter().map(|piece| piece.length.log);
        let count = target.pieces.len().max(1) as f32;
        let mean = logs().sum::<f32>() / count;
        let spread = logs().map(|it| (it - mean) * (it - mean)).sum::<f32>() / count;
        let spread = spread.max(0.25);
        Lengths { ratio, mean, spread, log_spread: spread.ln() }
    }

    /// What the lengths of two segments, or groups of segments, say.
    pub(super) fn score(&self, source: &Length, target: &Length) -> f32 {
        let off = target.log - source.log - self.ratio;
        let usual = target.log - self.mean;
        let usual = usual * usual / self.spread + self.log_spread;
        (-0.5 * (source.log_spread + off * off / source.spread - usual)).clamp(-6.0, 2.0)
    }
}
