//! Bytes and the positions of the protocol: lines, and columns in the unit that was agreed on. The
//! only place that counts in UTF-16.

use std::cell::OnceCell;
use std::sync::Arc;

use gen_lsp_types::{Position, Range};

use crate::text::Span;

/// What columns are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what every client knows.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The name in the protocol.
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    /// The units of some bytes of UTF-8, of which none is cut.
    fn count(self, bytes: &[u8]) -> usize {
        let starts = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        match self {
            Encoding::Utf8 => bytes.len(),
            // What has four bytes has two units.
            Encoding::Utf16 => starts(bytes) + bytes.iter().filter(|byte| **byte >= 0xF0).count(),
            Encoding::Utf32 => starts(bytes),
        }
    }
}

/// Long lines are counted by blocks of so many bytes, once.
const BLOCK: usize = 4 << 10;

/// A text, and where its lines begin. A line ends with LF, CRLF or CR, as the protocol has it.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    text: Arc<str>,
    starts: Vec<u32>,
    encoding: Encoding,
    /// The units before each block.
    blocks: OnceCell<Vec<usize>>,
}

impl Lines {
    /// Reads the lines of a text.
    pub(super) fn new(text: Arc<str>, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        Lines { text, starts, encoding, blocks: OnceCell::new() }
    }

    /// The text.
    pub(super) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The position of a byte; the end, for one past it.
    pub(super) fn position(&self, byte: u32) -> Position {
        let byte = floor(&self.text, byte as usize);
        let line = self.starts.partition_point(|&start| start as usize <= byte) - 1;
        let units = self.units(self.starts[line] as usize, byte);
        Position::new(line as u32, units as u32)
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end.max(span.start)))
    }

    /// The byte of a position. A column past the end of its line is that end, a line past the last
    /// one the end of the text, and what points into a character points to its start.
    pub(super) fn byte(&self, position: Position) -> u32 {
        let Some(&start) = self.starts.get(position.line as usize) else { return self.text.len() as u32 };
        let start = start as usize;
        let end = self.starts.get(position.line as usize + 1).map_or(self.text.len(), |&next| next as usize);
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        let wanted = position.character as usize;
        if self.encoding == Encoding::Utf8 {
            return floor(&self.text, start + wanted.min(line.len())) as u32;
        }
        let mut units = 0;
        for (at, character) in line.char_indices() {
            let width = if self.encoding == Encoding::Utf16 { character.len_utf16() } else { 1 };
            if units + width > wanted {
                return (start + at) as u32;
            }
            units += width;
        }
        (start + line.len()) as u32
    }

    /// The span of a range; empty where it is turned round.
    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.byte(range.start) as usize, self.byte(range.end) as usize)
    }

    fn units(&self, start: usize, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        if byte - start < BLOCK {
            return self.encoding.count(&bytes[start..byte]);
        }
        let blocks = self.blocks.get_or_init(|| {
            let mut sum = 0;
            let mut sums = vec![0];
            for block in bytes.chunks(BLOCK) {
                sum += self.encoding.count(block);
                sums.push(sum);
            }
            sums
        });
        let before = |at: usize| blocks[at / BLOCK] + self.encoding.count(&bytes[at / BLOCK * BLOCK..at]);
        before(byte) - before(start)
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a😀b\r\n「日本」c\ré\n";

    #[test]
    fn every_character_is_found_again_in_every_encoding() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(TEXT.into(), encoding);
            for (at, character) in TEXT.char_indices().filter(|(_, it)| !matches!(it, '\r' | '\n')) {
                let position = lines.position(at as u32);
                assert_eq!(lines.byte(position), at as u32, "{character} in {}", encoding.name());
            }
        }
    }

    #[test]
    fn columns_are_counted_in_the_unit_agreed_on() {
        let column = |encoding, part: &str| {
            let at = TEXT.find(part).unwrap() as u32;
            let position = Lines::new(TEXT.into(), encoding).position(at);
            (position.line, position.character)
        };
        assert_eq!(column(Encoding::Utf8, "b"), (0, 5));
        assert_eq!(column(Encoding::Utf16, "b"), (0, 3));
        assert_eq!(column(Encoding::Utf32, "b"), (0, 2));
        assert_eq!(column(Encoding::Utf8, "c"), (1, 12));
        assert_eq!(column(Encoding::Utf16, "c"), (1, 4));
        assert_eq!(column(Encoding::Utf16, "é"), (2, 0));
    }

    #[test]
    fn what_points_nowhere_points_to_the_nearest_place() {
        let lines = Lines::new(TEXT.into(), Encoding::Utf16);
        assert_eq!(lines.byte(Position::new(0, 2)), 1, "between the halves of a pair");
        assert_eq!(lines.byte(Position::new(0, 99)), 6, "behind the end of a line");
        assert_eq!(lines.byte(Position::new(99, 0)), TEXT.len() as u32, "behind the last line");
        assert_eq!(lines.position(u32::MAX), Position::new(3, 0));
    }

    #[test]
    fn a_long_line_is_counted_as_a_short_one() {
        let text: Arc<str> = "é😀x".repeat(9000).into();
        let lines = Lines::new(text.clone(), Encoding::Utf16);
        for at in [0, 7 * 300, 7 * 5000, 7 * 8999, text.len()] {
            let units: usize = text[..at].chars().map(char::len_utf16).sum();
            assert_eq!(lines.position(at as u32), Position::new(0, units as u32));
        }
    }
}
