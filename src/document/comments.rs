//! The source of a translation that keeps it in comments: `<!--`, the source as it was, `-->` before
//! each block that was translated from it. Ordinary comments are no source, so there have to be
//! several, each beginning on a line of its own, in the language of the source and in no other.

use super::{Document, Format, build};
use crate::locale::{self, Locale};
use crate::markdown::NodeKind;
use crate::text::{Source, Span};

/// Fewer comments than this are remarks.
const MIN_COMMENTS: usize = 3;

/// The document that the comments of `document` make, if they hold its source. Its places are
/// those of the comments in the article.
pub fn commented_source(document: &Document, source_locale: &Locale) -> Option<Document> {
    if document.format != Format::Markdown
        || document.is_bilingual()
        || document.locale.language() == source_locale.language()
    {
        return None;
    }
    let text = document.source.text();
    let comments: Vec<Span> = document
        .tree
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::Html)
        .filter_map(|node| comment(text, node.span))
        .collect();
    if comments.len() < MIN_COMMENTS {
        return None;
    }
    let prose = comments.iter().map(|span| &text[span.range()]).collect::<Vec<_>>().join("\n");
    let found = locale::identify(&prose)?;
    if found.locale.language() != source_locale.language() {
        return None;
    }
    // All else is blank, so that a place in the comments is one in the article.
    let mut shown = vec![b' '; text.len()];
    for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
        shown[at] = b'\n';
    }
    for span in comments {
        shown[span.range()].copy_from_slice(&text.as_bytes()[span.range()]);
    }
    let mut source =
        build::read(document.path.clone(), source_locale.clone(), Format::Markdown, Source::from_bytes(shown));
    source.source = document.source.clone();
    Some(source)
}

/// What stands in a comment that opens on a line of its own; keys of front matter are no prose.
fn comment(text: &str, span: Span) -> Option<Span> {
    let raw = &text[span.range()];
    let lead = raw.len() - raw.trim_start().len();
    let inner = raw.trim_start().strip_prefix("<!--")?;
    let end = inner.find("-->")?;
    let inner = &inner[..end];
    let first = inner.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?.lines().next()?;
    let is_key = first
        .split_once(": ")
        .is_some_and(|(key, _)| key.chars().all(|it| it.is_ascii_lowercase() || matches!(it, '_' | '-' | '.')));
    let start = span.start as usize + lead + "<!--".len();
    (!is_key && inner.contains(char::is_alphabetic)).then(|| Span::new(start, start + inner.len()))
}
