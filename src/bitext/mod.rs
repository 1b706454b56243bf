//! Translation units: a source segment with its target. Embedded pairs are read off bilingual
//! spans; monolingual articles are aligned. This room reads no disk.
//!
//! # How articles are aligned
//!
//! Segments of both articles are compared all with all, across blocks: by their words (IBM Model 1,
//! Brown and others, 1993, with words that are copied), by their lengths (Gale and Church, 1993), by
//! their places in the structure and by heading anchors. The best beads in order are searched for,
//! what was moved is found in a second look, and each bead gets a confidence from all readings that
//! are nearly as good. The lexicon is learned from the articles themselves: a first pass knows no
//! word, and those after it know what the one before was sure of (as hunalign does; Varga and
//! others, 2005). What an article has taught is forgotten where that article is judged, so that a
//! wrong guess does not confirm itself.
//!
//! | file | holds |
//! |---|---|
//! | `tokens` | what a segment is made of |
//! | `strand` | one side of a pair of articles, without its text |
//! | `lexicon`, `model`, `learn` | which words translate which; how that is learned |
//! | `evidence`, `forget`, `length`, `structure`, `score`, `grid` | what a bead is worth |
//! | `search`, `posterior`, `moves`, `windows` | which beads are the best; how sure that is |
//! | `beads`, `units` | what comes out |

mod beads;
mod evidence;
mod forget;
mod grid;
mod learn;
mod length;
mod lexicon;
mod model;
mod moves;
mod posterior;
mod score;
mod search;
mod strand;
mod structure;
mod tokens;
mod basis;
mod drift;
mod essence;
mod units;
mod windows;

pub use learn::{Lesson, learn};
pub use lexicon::Lexicon;

pub use basis::{Basis, Versions};
pub use drift::{Drift, Progress, Stale, source_segments};
pub use essence::essence;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::UnitRef;
use crate::document::{Document, Side};
use crate::locale::Locale;
use crate::text::Span;

/// The lexicons of a run, by the locale of the target.
pub type Lexicons = BTreeMap<Locale, Lexicon>;

/// How the two articles of a bitext belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The article holds its own source, in bilingual spans.
    Own,
    /// The source is an article of its own.
    SameVersion,
    /// The source was recovered from a bilingual article of the same source version.
    SameSource,
    /// The source stands in comments of the article: the text of it, and not all of its structure.
    Comments,
    /// Only another version of the source is known: what differs may be no fault.
    OtherVersion,
}

/// Where a unit's pairing comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// Written in the article: a bilingual span.
    Embedded,
    /// Found by alignment, with how likely it is right, from 0 to 1; for a unit with one side, how
    /// likely it is that the other side lacks it.
    Aligned(f32),
    /// Equal front matter keys.
    FrontMatter,
}

/// A source segment with its target. Where a translator joined sentences or cut one, a side is
/// all segments of its block that belong together, laid end to end as if they were one.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// The written ttu id, `front-matter:KEY`, or hexapla's own stable id.
    pub id: Cow<'a, str>,
    /// The source; `None` for text that only the translation has.
    pub source: Option<Side<'a>>,
    /// The target; `None` for text that the translation lacks.
    pub target: Option<Side<'a>>,
    /// How the two were paired.
    pub origin: Origin,
}

impl Unit<'_> {
    /// What a finding tells of a unit with a target: its id, both texts and the locale.
    pub fn reference(&self) -> Option<UnitRef> {
        let (source, target) = (self.source?, self.target?);
        let (id, locale) = (self.id.clone().into_owned(), target.document.locale.tag().to_owned());
        Some(UnitRef { id, source: source.raw().to_owned(), target: target.raw().to_owned(), locale })
    }
}

/// All units of two aligned documents, in the order of the target.
#[derive(Clone, Debug)]
pub struct Bitext<'a> {
    /// The document that holds the source; the target itself, where that is bilingual.
    pub source: &'a Document,
    /// The document that holds the target.
    pub target: &'a Document,
    /// How they belong together.
    pub relation: Relation,
    /// The article with the structure that the target should have: the source, or, for a bilingual
    /// target, the source article beside it. Only where both are of the same version.
    pub original: Option<&'a Document>,
    /// The source article as it is now, where the source of the units is a copy inside the target.
    pub beside: Option<&'a Document>,
    /// What the translation was made from, where somebody wrote it down.
    pub basis: Option<&'a Basis>,
    /// The units.
    pub units: Vec<Unit<'a>>,
    drift: OnceCell<Drift<'a>>,
}

impl<'a> Bitext<'a> {
    /// The bitext of a bilingual document. Its front matter is in the target language; `front` is
    /// the source article, where there is one, to compare it with.
    pub fn embedded(document: &'a Document, front: Option<&'a Document>) -> Self {
        let mut units = front.map_or_else(Vec::new, |front| units::front_matter(front, document));
        units.extend(units::embedded(document, front.is_none()));
        let original = front.filter(|front| units::same_text(front, document));
        let (relation, basis) = (Relation::Own, None);
        Bitext {
            source: document,
            target: document,
            relation,
            original,
            beside: front,
            basis,
            units,
            drift: OnceCell::new(),
        }
    }

    /// The bitext of two documents. The source may be bilingual: then its source sides are taken.
    /// Without a lexicon, what can be learned from these two alone is.
    pub fn aligned(source: &'a Document, target: &'a Document, relation: Relation, lexicon: Option<&Lexicon>) -> Self {
        let mut units = units::front_matter(source, target);
        units.extend(units::aligned(source, target, lexicon));
        let whole = !matches!(relation, Relation::OtherVersion | Relation::Comments);
        let original = whole.then_some(source);
        Bitext { source, target, relation, original, beside: None, basis: None, units, drift: OnceCell::new() }
    }

    /// The same, with what the translation was made from.
    pub fn made_from(self, basis: Option<&'a Basis>) -> Self {
        Bitext { basis, ..self }
    }

    /// How far the target is behind its source.
    pub fn drift(&self) -> &Drift<'a> {
        self.drift.get_or_init(|| drift::of(self))
    }

    /// The segments that a side of one of the units consists of, in order.
    pub fn segments(side: &Side<'a>) -> impl Iterator<Item = Span> + use<'a> {
        let (document, span) = (side.document, side.span);
        let first = document.segments.partition_point(|it| it.span.start < span.start);
        let inside = document.segments[first..].iter().take_while(move |it| it.span.end <= span.end);
        inside.map(|it| it.span)
    }

    /// The unit whose source holds a place in an article.
    pub fn unit_of(&self, article: &Document, place: Span) -> Option<&Unit<'a>> {
        let holds = |side: Side<'_>| side.document.path == article.path && side.span.contains(place);
        self.units.iter().find(|unit| unit.source.is_some_and(holds))
    }

    /// Whether source and target are of the same version, so that what differs is a fault.
    pub fn same_version(&self) -> bool {
        self.relation != Relation::OtherVersion
    }
}
