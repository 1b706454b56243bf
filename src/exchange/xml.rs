//! Writing XML: characters that it cannot carry, and the codes of a text as a tree.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{Code, Part, Shape, Text};

/// The namespace of what is ours in a file of another standard.
pub(super) const NAMESPACE: &str = "urn:hexapla:exchange:1";

/// The first line of every file.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Whether XML 1.0 has the character, be it raw or as a reference.
pub(super) fn is_legal(it: char) -> bool {
    !matches!(it, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Writes text. What XML has no way to say is U+FFFD: texts that come back are asked first
/// ([`pieces`]).
pub(super) fn text(out: &mut String, text: &str) {
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            it if is_legal(it) => out.push(it),
            _ => out.push('\u{fffd}'),
        }
    }
}

/// Writes an attribute, with the space before it.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for it in value.chars() {
        match it {
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            it => text(out, it.encode_utf8(&mut [0; 4])),
        }
    }
    out.push('"');
}

/// An id or a path in which every character is one that a line of any format can hold: the others,
/// and `%` itself, are the hex digits of their bytes.
pub(super) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if it == '%' || it.is_control() || !is_legal(it) {
            for byte in it.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(it);
        }
    }
    out
}

/// What [`percent`] was given. A `%` that it did not write stands for itself.
pub(super) fn unpercent(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

/// A piece of a text as a tree sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Text that XML can carry.
    Text(&'a str),
    /// A character that it cannot.
    Illegal(char),
    /// A code that stands alone.
    Alone(&'a Code),
    /// A code that is closed again, at its level: both halves.
    Open(&'a Code, &'a Code),
    /// The end of it.
    Close(&'a Code),
    /// Half of a pair that crosses another, or has no other half.
    Half(&'a Code),
}

/// A text as a tree sees it: pairs nest, and what does not is in halves.
pub(super) fn pieces(text: &Text) -> Vec<Piece<'_>> {
    let ends = nested(&text.parts);
    let mut found = Vec::with_capacity(text.parts.len());
    for (at, part) in text.parts.iter().enumerate() {
        let code = match part {
            Part::Text(text) => {
                words(&mut found, text);
                continue;
            }
            Part::Code(code) => code,
        };
        let other = ends[at].map(|at| &text.parts[at]);
        found.push(match (code.shape, other) {
            (Shape::Alone, _) => Piece::Alone(code),
            (Shape::Open, Some(Part::Code(close))) => Piece::Open(code, close),
            (Shape::Close, Some(_)) => Piece::Close(code),
            _ => Piece::Half(code),
        });
    }
    found
}

fn words<'a>(found: &mut Vec<Piece<'a>>, text: &'a str) {
    let mut from = 0;
    for (at, it) in text.char_indices().filter(|(_, it)| !is_legal(*it)) {
        if from < at {
            found.push(Piece::Text(&text[from..at]));
        }
        found.push(Piece::Illegal(it));
        from = at + it.len_utf8();
    }
    if from < text.len() {
        found.push(Piece::Text(&text[from..]));
    }
}

/// For each part that is half of a pair which nests, where its other half stands.
fn nested(parts: &[Part]) -> Vec<Option<usize>> {
    let mut ends = vec![None; parts.len()];
    let mut open: Vec<(u32, usize)> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let Part::Code(code) = part else { continue };
        match code.shape {
            Shape::Open => open.push((code.number, at)),
            Shape::Close => {
                let Some(index) = open.iter().rposition(|(number, _)| *number == code.number) else { continue };
                let start = open[index].1;
                open.truncate(index);
                (ends[start], ends[at]) = (Some(at), Some(start));
            }
            Shape::Alone => {}
        }
    }
    ends
}
