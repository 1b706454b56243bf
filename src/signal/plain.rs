//! A segment as it is read for its statements: one line of text without markup, in half-width
//! forms, with the place of every byte.

use crate::document::Side;
use crate::locale::is_unspaced;
use crate::markdown::InlineKind;
use crate::text::{Span, is_letter_or_digit};

/// Stands where something is that states nothing: code, an address, a placeholder.
const MASK: &str = "\u{FFFC}";

/// The text of a segment, normalised, and the way back.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// Full-width forms made half-width, every space a space, every apostrophe `'`.
    pub text: String,
    /// The same in lower case, byte for byte; `ё` is `е`.
    pub folded: String,
    /// Where stretches of `text` stand in the article; the last one is the end.
    runs: Vec<Run>,
    /// Where emphasis lies in `text`.
    pub emphasis: Vec<(usize, usize)>,
}

/// A stretch of the text, up to the next one, and its place in the article.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Its first byte in the text.
    text: u32,
    /// The place of that byte in the article.
    place: u32,
    /// Whether the article has it byte for byte; where not, all of it stands at that place.
    each: bool,
}

/// What is known while a segment is read, and not after.
#[derive(Default)]
struct Writer {
    plain: Plain,
    /// Where emphasis that is not yet closed began.
    open: Vec<usize>,
    /// Whether the last inline was a mark of emphasis.
    at_mark: bool,
}

impl Plain {
    /// Reads a segment.
    pub fn of(side: &Side<'_>) -> Self {
        let mut writer = Writer::for_length(side.span.len());
        for inline in side.inlines {
            let start = inline.span.start;
            match &inline.kind {
                InlineKind::Text => writer.push(side.document.slice(inline.span), start, true),
                InlineKind::Escape => writer.push(&side.document.slice(inline.span)[1..], start + 1, true),
                InlineKind::Entity { text } => writer.push(text, start, false),
                InlineKind::SoftBreak | InlineKind::HardBreak => writer.push(" ", start, false),
                InlineKind::Code { .. } | InlineKind::Autolink | InlineKind::Placeholder => {
                    writer.push(MASK, start, false);
                }
                InlineKind::StrongOpen | InlineKind::EmphasisOpen => {
                    writer.at_mark = true;
                    writer.open.push(writer.plain.text.len());
                }
                InlineKind::StrongClose | InlineKind::EmphasisClose => {
                    writer.at_mark = true;
                    if let Some(from) = writer.open.pop() {
                        writer.plain.emphasis.push((from, writer.plain.text.len()));
                    }
                }
                _ => {}
            }
        }
        writer.finish(side.span.end)
    }

    /// Reads a text that stands alone; for tests and data.
    pub fn of_text(text: &str) -> Self {
        let mut writer = Writer::default();
        writer.push(text, 0, true);
        writer.finish(text.len() as u32)
    }

    /// A stretch with the rest of the words that it begins and ends in.
    pub fn whole_words(&self, start: usize, end: usize) -> (usize, usize) {
        let inside = |it: char| (is_letter_or_digit(it) || it == '\'') && !is_unspaced(it);
        let before = self.text[..start].trim_end_matches(inside).len();
        let after = self.text[end..].trim_start_matches(inside).len();
        let spaced = |at: usize| self.text[at..].chars().next().is_some_and(inside);
        let starts_inside = spaced(start);
        let ends_inside = self.text[..end].chars().next_back().is_some_and(inside);
        (if starts_inside { before } else { start }, if ends_inside { self.text.len() - after } else { end })
    }

    /// The place in the article of a stretch of `text`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        // The end is where the last character ends, not where the next one, markup away, starts.
        let last = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let (from, to) = (self.place(start), self.place(end));
        let width = self.text[last..end].len();
        let tight = self.place(last) + width;
        Span::new(from, if tight < to && tight > from { tight } else { to.max(from) })
    }

    /// The place in the article of a character of `text`; of its end, the end of the segment.
    fn place(&self, at: usize) -> usize {
        let next = self.runs.partition_point(|run| run.text as usize <= at);
        let Some(run) = next.checked_sub(1).and_then(|at| self.runs.get(at)) else { return 0 };
        let within = if run.each { at - run.text as usize } else { 0 };
        run.place as usize + within
    }
}

impl Writer {
    fn for_length(bytes: usize) -> Self {
        let mut writer = Writer::default();
        writer.plain.text.reserve(bytes);
        writer.plain.folded.reserve(bytes);
        writer
    }

    fn push(&mut self, text: &str, start: u32, each: bool) {
        self.close_up(text);
        self.run(start, each);
        let mut offset = 0;
        while let Some(character) = text[offset..].chars().next() {
            let rest = &text[offset..];
            // Most text is in runs that stay as they are.
            let run = match character.is_ascii() {
                true => rest.bytes().take_while(|it| matches!(it, b' '..=b'~')).count(),
                false => rest.find(|it: char| it.is_ascii() || !stays(it)).unwrap_or(rest.len()),
            };
            if run > 0 {
                let from = self.plain.folded.len();
                self.plain.text.push_str(&rest[..run]);
                self.plain.folded.push_str(&rest[..run]);
                self.plain.folded[from..].make_ascii_lowercase();
                offset += run;
                continue;
            }
            let width = character.len_utf8();
            offset += width;
            let character = half_width(character);
            self.plain.text.push(character);
            self.plain.folded.push(fold(character));
            if each && character.len_utf8() != width {
                self.run(start + offset as u32, true);
            }
        }
    }

    /// Notes where what follows stands in the article.
    fn run(&mut self, place: u32, each: bool) {
        let text = self.plain.text.len() as u32;
        // Nothing came of the last one.
        if self.plain.runs.last().is_some_and(|last| last.text == text) {
            self.plain.runs.pop();
        }
        self.plain.runs.push(Run { text, place, each });
    }

    /// Drops a space that only parts a mark of emphasis from the text: where words are not spaced,
    /// it may lie inside a word.
    fn close_up(&mut self, text: &str) {
        let unspaced = |it: Option<char>| it.is_some_and(|it| ('\u{3040}'..='\u{9FFF}').contains(&it));
        if std::mem::take(&mut self.at_mark)
            && self.plain.text.ends_with(' ')
            && unspaced(self.plain.text.chars().nth_back(1))
            && unspaced(text.chars().next())
        {
            self.plain.text.pop();
            self.plain.folded.pop();
            let end = self.plain.text.len();
            self.plain.runs.truncate(self.plain.runs.partition_point(|run| (run.text as usize) < end));
            self.open.iter_mut().for_each(|it| *it = end.min(*it));
            self.plain.emphasis.iter_mut().for_each(|it| *it = (end.min(it.0), end.min(it.1)));
        }
    }

    fn finish(mut self, end: u32) -> Plain {
        self.run(end, false);
        self.plain
    }
}

/// Whether a character is the same in half-width form and in lower case.
fn stays(character: char) -> bool {
    half_width(character) == character && fold(character) == character
}

fn half_width(character: char) -> char {
    match character {
        // The comma stays: between digits it is no sign of a number.
        '，' => character,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\u{3000}' | '\t' | '\n' | '\r' => ' ',
        '‘' | '’' | 'ʼ' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '―' => '-',
        '〜' => '~',
        _ => character,
    }
}

/// A character in lower case, where that has as many bytes. Unicode's tables are asked for what is
/// rare.
fn fold(character: char) -> char {
    match character {
        'ё' | 'Ё' => 'е',
        '\0'..='\x7f' => character.to_ascii_lowercase(),
        'а'..='я' | 'ß'..='ÿ' | '\u{2000}'..='\u{206F}' => character,
        'А'..='Я' | 'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(character as u32 + 0x20).unwrap_or(character),
        _ if is_unspaced(character) => character,
        _ => lower(character),
    }
}

fn lower(character: char) -> char {
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) if lower.len_utf8() == character.len_utf8() => lower,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, lower};

    #[test]
    fn each_character_is_folded_as_unicode_says() {
        for it in ('\0'..=char::MAX).filter(|it| !matches!(it, 'ё' | 'Ё')) {
            assert_eq!(fold(it), lower(it), "{it:?}");
        }
    }
}
