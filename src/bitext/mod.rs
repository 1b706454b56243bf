//! Translation units: a source segment with its target. Embedded pairs are read off bilingual
//! spans; monolingual articles are aligned. This room reads no disk.

mod align;
mod units;

use std::borrow::Cow;

use crate::document::{Document, Side};

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
    /// Found by alignment, with a confidence of 0 to 1.
    Aligned(f32),
    /// Equal front matter keys.
    FrontMatter,
}

/// A source segment with its target.
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
    /// The units.
    pub units: Vec<Unit<'a>>,
}

impl<'a> Bitext<'a> {
    /// The bitext of a bilingual document. Its front matter is in the target language; `front` is
    /// the source article, where there is one, to compare it with.
    pub fn embedded(document: &'a Document, front: Option<&'a Document>) -> Self {
        let mut units = front.map_or_else(Vec::new, |front| units::front_matter(front, document));
        units.extend(units::embedded(document, front.is_none()));
        let original = front.filter(|front| units::same_text(front, document));
        Bitext { source: document, target: document, relation: Relation::Own, original, units }
    }

    /// The bitext of two documents. The source may be bilingual: then its source sides are taken.
    pub fn aligned(source: &'a Document, target: &'a Document, relation: Relation) -> Self {
        let mut units = units::front_matter(source, target);
        units.extend(align::align(source, target));
        let whole = !matches!(relation, Relation::OtherVersion | Relation::Comments);
        let original = whole.then_some(source);
        Bitext { source, target, relation, original, units }
    }

    /// Whether source and target are of the same version, so that what differs is a fault.
    pub fn same_version(&self) -> bool {
        self.relation != Relation::OtherVersion
    }
}
