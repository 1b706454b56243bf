//! Bytes → tree, with a span on every node. Parsing never fails: broken input gives the best tree
//! and a list of problems.
//!
//! CommonMark and GFM are read by `pulldown-cmark`, YAML by `granit-parser`. What is ours is the
//! layer above them: the Learn/DocFX dialect, bilingual spans, placeholders of MDX and Hugo.

mod bilingual;
mod blocks;
mod dialect;
mod front_matter;
mod inlines;
mod tag;
mod tree;

pub use bilingual::scan as scan_bilingual;
pub use blocks::parse;
pub use front_matter::parse_yaml;
pub use tag::{Tag, TagKind};
pub use tree::*;

pub(crate) use inlines::inlines_of_snippets;
