//! Looking into a segment: its visible text, its links, its code.

use std::borrow::Cow;

use super::Document;
use crate::markdown::{Inline, InlineKind, NodeKind};
use crate::text::Span;

/// One side of a translation unit, with the document it lies in.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The document.
    pub document: &'a Document,
    /// The bytes of the segment.
    pub span: Span,
    /// Its inlines.
    pub inlines: &'a [Inline],
    /// The block it lies in; `None` for front matter.
    pub node: Option<u32>,
}

impl<'a> Side<'a> {
    /// The text as written, markup included.
    pub fn raw(&self) -> &'a str {
        self.document.slice(self.span)
    }

    /// The first 16 hex digits of the BLAKE3 of [`Self::raw`]: the lock of a reviewer's decision,
    /// which no longer fits once anybody has changed a byte of this text.
    pub fn lock(&self) -> String {
        let mut hex = blake3::hash(self.raw().as_bytes()).to_hex().to_string();
        hex.truncate(16);
        hex
    }

    /// What a reader sees: no marks, no addresses, entities resolved, code included.
    pub fn text(&self) -> Cow<'a, str> {
        visible_text(self.document, self.inlines)
    }

    /// The kind of the block it lies in.
    pub fn kind(&self) -> Option<&'a NodeKind> {
        self.node.map(|node| &self.document.tree.nodes[node as usize].kind)
    }

    /// The destinations of its links, in order, as written.
    pub fn links(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let document = self.document;
        self.inlines.iter().filter_map(move |inline| match inline.kind {
            InlineKind::LinkOpen { target } => Some(document.slice(target)),
            _ => None,
        })
    }

    /// The bodies of its inline code, in order.
    pub fn code(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let document = self.document;
        self.inlines.iter().filter_map(move |inline| match inline.kind {
            InlineKind::Code { body } => Some(document.slice(body)),
            _ => None,
        })
    }
}

/// What a reader sees of these inlines.
pub fn visible_text<'a>(document: &'a Document, inlines: &[Inline]) -> Cow<'a, str> {
    let shown = |inline: &Inline| -> Option<Cow<'a, str>> {
        match &inline.kind {
            InlineKind::Text | InlineKind::Autolink => Some(document.slice(inline.span).into()),
            InlineKind::Escape => Some(document.slice(Span { start: inline.span.start + 1, ..inline.span }).into()),
            InlineKind::Entity { text } => Some(text.to_string().into()),
            InlineKind::Code { body } => Some(document.slice(*body).into()),
            InlineKind::SoftBreak | InlineKind::HardBreak => Some(" ".into()),
            _ => None,
        }
    };
    let mut text: Option<Cow<'a, str>> = None;
    for piece in inlines.iter().filter_map(shown) {
        match &mut text {
            None => text = Some(piece),
            Some(so_far) => so_far.to_mut().push_str(&piece),
        }
    }
    text.unwrap_or_default()
}
