//! One article's text, decoded so that no byte changes its place.

use super::Span;

/// Larger files are not articles; they are reported and not read (16 MiB).
pub const MAX_SOURCE_BYTES: u64 = 16 << 20;

/// An article's text. Offsets into it are offsets into the file on disk: a byte that is not
/// UTF-8, and NUL, is replaced by one ASCII byte, never dropped.
#[derive(Clone, Debug, Default)]
pub struct Source {
    text: String,
    /// Where the file was not UTF-8, or held NUL.
    invalid: Vec<Span>,
    utf16: bool,
}

impl Source {
    /// Decodes a file. It never refuses: what is not UTF-8 becomes `?` and is remembered.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        let mut invalid = Vec::new();
        let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let mut text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let bytes = error.into_bytes();
                let mut text = String::with_capacity(bytes.len());
                for chunk in bytes.utf8_chunks() {
                    text.push_str(chunk.valid());
                    if !chunk.invalid().is_empty() {
                        invalid.push(Span::new(text.len(), text.len() + chunk.invalid().len()));
                        text.extend(chunk.invalid().iter().map(|_| '?'));
                    }
                }
                text
            }
        };
        if memchr::memchr(0, text.as_bytes()).is_some() {
            invalid.extend(text.match_indices('\0').map(|(at, _)| Span::new(at, at + 1)));
            invalid.sort();
            text = text.replace('\0', "?");
        }
        let mut merged: Vec<Span> = Vec::new();
        for span in invalid {
            match merged.last_mut() {
                Some(last) if last.end >= span.start => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Self { text, invalid: merged, utf16 }
    }

    /// The text; as long as the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the file was not UTF-8.
    pub fn invalid(&self) -> &[Span] {
        &self.invalid
    }

    /// Whether the file begins with the byte order mark of UTF-16.
    pub fn is_utf16(&self) -> bool {
        self.utf16
    }

    /// The text under a span; empty where the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        Source::from_bytes(text.as_bytes().to_vec())
    }
}
