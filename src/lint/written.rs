//! The target of a unit as a reader sees it, with the place of each byte: what the rules of
//! typography read. Made once for all of them.

use std::borrow::Cow;

use super::leftover;
use crate::bitext::{Bitext, Unit};
use crate::diagnostic::Edit;
use crate::document::Side;
use crate::locale::{LocaleData, Script};
use crate::markdown::{InlineKind, NodeKind};
use crate::text::Span;

/// What stands for code, an address, a placeholder, a tag.
pub(super) const MASK: char = '\u{FFFC}';

/// A target as it is written: marks of emphasis are gone, code is masked.
pub struct Written<'u, 'a> {
    /// The unit.
    pub unit: &'u Unit<'a>,
    /// The text.
    pub text: Cow<'a, str>,
    /// The language, where known.
    pub data: Option<&'static LocaleData>,
    target: Side<'a>,
    /// Where each stretch begins, here and in the article.
    pieces: Vec<(u32, u32)>,
    /// Where marks of emphasis and links lie: the place, and whether one closes there.
    marks: Vec<(u32, bool)>,
}

impl<'u, 'a> Written<'u, 'a> {
    /// All targets of a bitext that are translated, in order.
    pub(super) fn all(bitext: &'u Bitext<'a>) -> Vec<Self> {
        let data = bitext.target.locale.data();
        bitext.units.iter().filter_map(|unit| Self::of(unit, data)).collect()
    }

    fn of(unit: &'u Unit<'a>, data: Option<&'static LocaleData>) -> Option<Self> {
        let target = unit.target?;
        if unit.source.is_some_and(|source| leftover::is_unchanged(source, target)) {
            return None;
        }
        // Most are one stretch of text.
        let span = match target.inlines {
            [] => Some(target.span),
            [only] if only.kind == InlineKind::Text => Some(only.span),
            _ => None,
        };
        if let Some(span) = span {
            let text = Cow::Borrowed(target.document.slice(span));
            return Some(Self { unit, text, data, target, pieces: vec![(0, span.start)], marks: Vec::new() });
        }
        let mut text = String::with_capacity(target.span.len());
        let (mut pieces, mut marks) = (Vec::with_capacity(target.inlines.len()), Vec::new());
        let mut images = 0;
        for inline in target.inlines {
            let (at, start) = (text.len() as u32, inline.span.start);
            match &inline.kind {
                _ if images > 0 && !matches!(inline.kind, InlineKind::ImageClose { .. }) => {}
                InlineKind::Text => {
                    pieces.push((at, start));
                    text.push_str(target.document.slice(inline.span));
                }
                InlineKind::Escape => {
                    pieces.push((at, start + 1));
                    text.push_str(&target.document.slice(inline.span)[1..]);
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => {
                    pieces.push((at, start));
                    text.push('\n');
                }
                InlineKind::StrongOpen | InlineKind::EmphasisOpen | InlineKind::LinkOpen { .. } => {
                    marks.push((at, false));
                }
                InlineKind::StrongClose | InlineKind::EmphasisClose | InlineKind::LinkClose { .. } => {
                    marks.push((at, true));
                }
                InlineKind::StrikeOpen | InlineKind::StrikeClose => marks.push((at, false)),
                kind => {
                    images += i32::from(matches!(kind, InlineKind::ImageOpen { .. }));
                    images -= i32::from(matches!(kind, InlineKind::ImageClose { .. }));
                    pieces.push((at, start));
                    text.push(MASK);
                }
            }
        }
        Some(Self { unit, text: text.into(), data, target, pieces, marks })
    }

    /// Whether punctuation is full-width.
    pub(super) fn is_full_width(&self) -> bool {
        self.data.is_some_and(|data| data.full_width)
    }

    /// The character before a place.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The character at a place.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Whether a mark of emphasis or of a link lies at a place.
    pub(super) fn is_mark(&self, at: usize) -> bool {
        self.marks.iter().any(|(place, _)| *place as usize == at)
    }

    /// Where one closes.
    pub(super) fn closes(&self) -> impl Iterator<Item = usize> + '_ {
        self.marks.iter().filter(|(_, closes)| *closes).map(|(at, _)| *at as usize)
    }

    /// All of them, and whether one closes.
    pub(super) fn marks(&self) -> impl Iterator<Item = (usize, bool)> + '_ {
        self.marks.iter().map(|(at, closes)| (*at as usize, *closes))
    }

    /// The source as a reader sees it.
    pub(super) fn source(&self) -> Cow<'a, str> {
        self.unit.source.map(|side| side.text()).unwrap_or_default()
    }

    /// Whether it is a heading or a title.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.target.kind(), Some(NodeKind::Heading { .. }))
    }

    /// Whether it is a cell of a table.
    pub(super) fn is_cell(&self) -> bool {
        matches!(self.target.kind(), Some(NodeKind::Cell { .. }))
    }

    /// The block it lies in.
    pub(super) fn node(&self) -> Option<u32> {
        self.target.node
    }

    fn piece(&self, at: usize) -> Option<&(u32, u32)> {
        self.pieces[..self.pieces.partition_point(|(start, _)| *start as usize <= at)].last()
    }

    /// The place in the article of a stretch.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let place = |at: usize| self.piece(at).map_or(0, |(here, there)| *there as usize + at - *here as usize);
        let last = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let from = place(start);
        match start == end {
            true => Span::at(from),
            // The end is where the last character ends, not where the next one, marks away, starts.
            false => Span::new(from, place(last) + self.text[last..end].len()),
        }
    }

    /// The replacement of a stretch; `None` where something that is not shown lies in it, and in
    /// front matter, where a mark may mean something to YAML.
    pub(super) fn edit(&self, start: usize, end: usize, text: &str) -> Option<Edit> {
        let span = self.span(start, end);
        (self.node().is_some() && span.len() == end - start).then(|| Edit { span, text: text.to_owned() })
    }
}

/// Whether a character is a letter of a script that sets no spaces between words.
pub(super) fn is_cjk(it: char) -> bool {
    it >= '\u{3005}' && matches!(Script::of(it), Some(Script::Han | Script::Hiragana | Script::Katakana))
}

/// The runs of spaces, no-break ones among them.
pub(super) fn spaces(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    let space = move |at: usize| match bytes.get(at) {
        Some(b' ') => 1,
        Some(0xC2) if bytes.get(at + 1) == Some(&0xA0) => 2,
        _ => 0,
    };
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr2(b' ', 0xC2, &bytes[at..])?;
            at = start;
            while space(at) > 0 {
                at += space(at);
            }
            if at > start {
                return Some((start, at));
            }
            at += 1;
        }
    })
}
