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
    /// For each byte of `text`, its place in the article; one more for the end.
    offsets: Vec<u32>,
    /// Where emphasis lies in `text`.
    pub emphasis: Vec<(usize, usize)>,
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
        let place = |at: usize| self.offsets.get(at).or(self.offsets.last()).copied().unwrap_or_default() as usize;
        // The end is where the last character ends, not where the next one, markup away, starts.
        let last = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let (from, to) = (place(start), place(end));
        let width = self.text[last..end].len();
        let tight = place(last) + width;
        Span::new(from, if tight < to && tight > from { tight } else { to.max(from) })
    }
}

impl Writer {
    fn for_length(bytes: usize) -> Self {
        let mut writer = Writer::default();
        writer.plain.text.reserve(bytes);
        writer.plain.folded.reserve(bytes);
        writer.plain.offsets.reserve(bytes + 1);
        writer
    }

    fn push(&mut self, text: &str, start: u32, each: bool) {
        self.close_up(text);
        let mut offset = 0;
        while let Some(character) = text[offset..].chars().next() {
            let at = if each { start + offset as u32 } else { start };
            // Most text is in runs that stay as they are.
            let run = text.as_bytes()[offset..].iter().take_while(|it| matches!(it, b' '..=b'~')).count();
            if run > 0 {
                let ascii = &text[offset..offset + run];
                let from = self.plain.folded.len();
                self.plain.text.push_str(ascii);
                self.plain.folded.push_str(ascii);
                self.plain.folded[from..].make_ascii_lowercase();
                match each {
                    true => self.plain.offsets.extend(at..at + run as u32),
                    false => self.plain.offsets.resize(self.plain.text.len(), at),
                }
                offset += run;
                continue;
            }
            offset += character.len_utf8();
            let character = half_width(character);
            self.plain.text.push(character);
            self.plain.folded.push(fold(character));
            self.plain.offsets.resize(self.plain.text.len(), at);
        }
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
            self.plain.offsets.truncate(end);
            self.open.iter_mut().for_each(|it| *it = end.min(*it));
            self.plain.emphasis.iter_mut().for_each(|it| *it = (end.min(it.0), end.min(it.1)));
        }
    }

    fn finish(mut self, end: u32) -> Plain {
        self.plain.offsets.push(end);
        self.plain
    }
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

fn fold(character: char) -> char {
    match character {
        'ё' | 'Ё' => 'е',
        _ if character.is_ascii() => character.to_ascii_lowercase(),
        _ if is_unspaced(character) => character,
        _ => {
            let mut lower = character.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(lower), None) if lower.len_utf8() == character.len_utf8() => lower,
                _ => character,
            }
        }
    }
}
