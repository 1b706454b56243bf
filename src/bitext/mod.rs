//! Translation units: a source segment (or a few) with its target. Embedded pairs are read off
//! bilingual spans; monolingual articles are aligned. This room reads no disk.

mod align;
mod units;

pub use align::align;
pub use units::units;

use crate::document::Side;

/// Where a unit's pairing comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the article: a bilingual span.
    Embedded,
    /// Found by alignment, with a confidence of 0 to 1.
    Aligned(f32),
    /// Equal front matter keys.
    FrontMatter,
}

/// A source segment with its target.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// The written ttu id, `front-matter:KEY`, or hexapla's own stable id.
    pub id: String,
    /// The source; `None` for text that only the translation has.
    pub source: Option<Side<'a>>,
    /// The target; `None` for text that the translation lacks.
    pub target: Option<Side<'a>>,
    /// How the two were paired.
    pub origin: Origin,
}
