//! Bytes and places: [`Span`], [`Source`], [`LineIndex`], [`splice`]; and text as a terminal may have it.
//! This room does not know Markdown.

mod letters;
mod line_index;
mod source;
mod terminal;
mod uri;

pub use letters::{folded_letters, is_letter, is_letter_or_digit};
pub use line_index::{LineIndex, Position};
pub use source::{MAX_SOURCE_BYTES, Source};
pub use terminal::{calm, one_line};
pub use uri::{uri, uri_reference};

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never below `start`.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; an end before the start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// The empty span at `at`.
    pub fn at(at: usize) -> Self {
        Self::new(at, at)
    }

    /// As a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `inner` lies within this span.
    pub fn contains(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span `by` bytes further on.
    pub fn shifted(self, by: usize) -> Span {
        Span { start: self.start + by as u32, end: self.end + by as u32 }
    }

    /// The bytes of `text` under this span, without surrounding white space.
    pub fn trimmed(self, text: &str) -> Span {
        let raw = &text[self.range()];
        let start = self.start as usize + (raw.len() - raw.trim_start().len());
        Span::new(start, start + raw.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// The bytes with some of them replaced: spans in order, not overlapping. No other byte changes.
pub fn splice(bytes: &[u8], edits: &[(Span, &str)]) -> Vec<u8> {
    let longer: usize = edits.iter().map(|(_, text)| text.len()).sum();
    let mut out = Vec::with_capacity(bytes.len() + longer);
    let mut at = 0;
    for (span, text) in edits {
        let (start, end) = (span.range().start.clamp(at, bytes.len()), span.range().end.clamp(at, bytes.len()));
        out.extend_from_slice(&bytes[at..start]);
        out.extend_from_slice(text.as_bytes());
        at = end.max(start);
    }
    out.extend_from_slice(&bytes[at..]);
    out
}
