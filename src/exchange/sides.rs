//! A bilingual article as two: one of its sides alone, as an article of one language.

use crate::document::Document;
use crate::markdown::BilingualSpan;
use crate::text::{Span, splice};

/// Which side of a bilingual article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SideOf {
    /// The source
    Source,
    /// The translation
    Target,
}

/// The article with each bilingual span replaced by one of its sides. All other bytes stay: front
/// matter is in the language of the target.
pub fn one_side(document: &Document, side: SideOf) -> String {
    let content = |pair: &BilingualSpan| match side {
        SideOf::Source => pair.source,
        SideOf::Target => pair.target,
    };
    let edits: Vec<(Span, &str)> =
        document.tree.bilingual.iter().map(|pair| (pair.whole, document.slice(content(pair)))).collect();
    let bytes = splice(document.source.text().as_bytes(), &edits);
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
