//! Bitexts to text: which segments of the source correspond to which of the target, one format a
//! file.
//!
//! | file | for whom |
//! |---|---|
//! | `human` | a person at a terminal: both sides in columns |
//! | `jsonl` | programs; the contract |
//! | `tsv` | spreadsheets and shell tools |

mod human;
mod jsonl;
mod tsv;

use clap::ValueEnum;

use crate::bitext::{Bitext, Origin, Relation, Unit};
use crate::document::Side;

/// How beads are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BeadFormat {
    /// Both sides in columns, for a person
    Human,
    /// One bead a line, with byte offsets
    Jsonl,
    /// One bead a line, with the text of both sides
    Tsv,
}

/// What a format has to know of the place it writes to.
#[derive(Clone, Copy, Debug)]
pub struct BeadStyle {
    /// Columns of the terminal; 0 where unknown.
    pub width: usize,
    /// Whether colour is wanted.
    pub color: bool,
}

/// What stands before all beads: the names of the columns, where the format has them.
pub fn beads_head(format: BeadFormat) -> &'static str {
    match format {
        BeadFormat::Tsv => tsv::HEAD,
        BeadFormat::Human | BeadFormat::Jsonl => "",
    }
}

/// The beads of one bitext.
pub fn beads(bitext: &Bitext<'_>, format: BeadFormat, style: BeadStyle) -> String {
    // The front matter of a bilingual article is a translation whose source is not known.
    let sourceless = |unit: &Unit<'_>| unit.origin == Origin::FrontMatter && bitext.relation == Relation::Own;
    let units = bitext.units.iter().filter(|unit| unit.source.is_some() || !sourceless(unit));
    let beads: Vec<Bead<'_, '_>> = units.map(|unit| Bead { bitext, unit }).collect();
    match format {
        BeadFormat::Human => human::write(bitext, &beads, style),
        BeadFormat::Jsonl => beads.iter().map(jsonl::line).collect(),
        BeadFormat::Tsv => beads.iter().map(tsv::line).collect(),
    }
}

/// A bead as the formats see it.
struct Bead<'u, 'a> {
    bitext: &'u Bitext<'a>,
    unit: &'u Unit<'a>,
}

impl<'a> Bead<'_, 'a> {
    /// The article that the source stands in.
    fn source_path(&self) -> &'a str {
        self.unit.source.map_or(&self.bitext.source.path, |side| &side.document.path)
    }

    fn target_path(&self) -> &'a str {
        &self.bitext.target.path
    }

    /// The bytes of the segments of a side, in order.
    fn spans(side: Option<Side<'a>>) -> Vec<[u32; 2]> {
        side.iter().flat_map(Bitext::segments).map(|span| [span.start, span.end]).collect()
    }

    /// From 0 to 1, with as many digits as are worth reading.
    fn confidence(&self) -> f64 {
        match self.unit.origin {
            Origin::Aligned(confidence) => (f64::from(confidence) * 1e4).round() / 1e4,
            Origin::Embedded | Origin::FrontMatter => 1.0,
        }
    }

    fn origin(&self) -> &'static str {
        match self.unit.origin {
            Origin::Embedded => "embedded",
            Origin::Aligned(_) | Origin::FrontMatter => "aligned",
        }
    }
}
