//! Text of an article made fit for a terminal. Not an escape for any format: each format has its own.

use std::borrow::Cow;

/// The text on one line, with nothing in it that a terminal would obey.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").chars().map(shown).collect())
}

/// The text with its lines and tabs, and nothing else that a terminal would obey.
pub fn calm(text: &str) -> Cow<'_, str> {
    let kept = |c: char| if matches!(c, '\n' | '\t') { c } else { shown(c) };
    if text.chars().all(|c| kept(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").chars().map(kept).collect())
}

/// The character that stands in for `c`: itself, where it is harmless.
///
/// The marks that Hebrew, Arabic and Persian are written with (U+200C to U+200F) stay. The
/// embeddings and isolates go: left open in an excerpt they would reorder the rest of the screen.
fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => '\u{fffd}',
        _ => c,
    }
}
