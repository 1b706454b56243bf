//! What a segment is made of, for one that compares it with a segment in another language: words by
//! class, numbers, and what survives translation (destinations, inline code).

use crate::document::Side;
use crate::locale::{Script, is_unspaced};
use crate::markdown::InlineKind;

/// How many kinds of tokens there are.
pub(super) const CLASSES: usize = 5;

/// The kinds of tokens. Each has its own habits of being kept as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A word in Latin letters: its first seven, in lower case.
    Latin,
    /// A word of another script that puts spaces between words: its first six letters.
    Other,
    /// Two characters of a script without spaces, or a run of kana.
    Wide,
    /// A run of digits, without leading zeros.
    Number,
    /// A destination without scheme and locale, inline code, a placeholder.
    Reference,
}

/// A token: the hash of its class and text, with the class in the lowest three bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Token(u64);

impl Token {
    fn new(class: Class, characters: impl Iterator<Item = char>) -> Self {
        let mut hash = FNV;
        for it in characters {
            hash = (hash ^ u64::from(u32::from(it))).wrapping_mul(FNV_PRIME);
        }
        // The low bits of FNV are weak, and are given away here.
        let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Token((mixed & !7) | class as u64)
    }

    /// Its hash.
    pub(super) fn value(self) -> u64 {
        self.0
    }

    /// Its class, as an index below [`CLASSES`].
    pub(super) fn class(self) -> usize {
        (self.0 & 7) as usize
    }
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// A hash that is the same on every machine and in every run (FNV-1a, 64 bits).
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(FNV, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
}

/// The tokens of a segment, in order, and the number of its characters that are no white space.
pub(super) fn read(side: &Side<'_>, tokens: &mut Vec<Token>) -> usize {
    let mut words = Words { tokens, run: Vec::new(), kind: None, after_apostrophe: false, length: 0 };
    for inline in side.inlines {
        let raw = || side.document.slice(inline.span);
        match &inline.kind {
            InlineKind::Text => words.text(raw()),
            InlineKind::Escape => words.text(&raw()[1..]),
            InlineKind::Entity { text } => words.text(text),
            InlineKind::Code { body } => words.reference(side.document.slice(*body).trim(), true),
            InlineKind::LinkOpen { target } | InlineKind::ImageOpen { target } => {
                words.reference(bare_destination(side.document.slice(*target)), false);
            }
            InlineKind::Autolink => words.reference(bare_destination(raw()), true),
            InlineKind::Placeholder | InlineKind::FootnoteReference => words.reference(raw(), false),
            InlineKind::SoftBreak | InlineKind::HardBreak => words.end(),
            _ => {}
        }
    }
    words.end();
    words.length
}

/// A destination as every locale would write it: no scheme, no `en-us/`.
fn bare_destination(written: &str) -> &str {
    let it = written.trim().trim_start_matches('<').trim_end_matches('>');
    let it = it.strip_prefix("https://").or_else(|| it.strip_prefix("http://")).unwrap_or(it);
    it.trim_end_matches('/')
}

/// Whether a part of a destination is a locale such as `en-us`.
fn is_locale_part(part: &str) -> bool {
    let bytes = part.as_bytes();
    bytes.len() == 5 && bytes[2] == b'-' && [0, 1, 3, 4].iter().all(|&at| bytes[at].is_ascii_alphabetic())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Latin,
    Other,
    Han,
    Hiragana,
    Katakana,
    Unspaced,
    Digits,
}

impl Run {
    fn of(character: char) -> Option<Run> {
        if character.is_ascii() {
            return match character {
                _ if character.is_ascii_alphabetic() => Some(Run::Latin),
                '0'..='9' => Some(Run::Digits),
                _ => None,
            };
        }
        Some(match Script::of(character) {
            Some(Script::Latin) => Run::Latin,
            Some(Script::Han) => Run::Han,
            Some(Script::Hiragana) => Run::Hiragana,
            Some(Script::Katakana) => Run::Katakana,
            Some(Script::Cyrillic) => Run::Other,
            Some(_) if is_unspaced(character) || is_south_east_asian(character) => Run::Unspaced,
            Some(_) => Run::Other,
            None if character.is_numeric() => Run::Digits,
            None => return None,
        })
    }
}

/// Thai, Lao, Burmese and Khmer put no spaces between words.
fn is_south_east_asian(character: char) -> bool {
    matches!(character as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF)
}

struct Words<'t> {
    tokens: &'t mut Vec<Token>,
    run: Vec<char>,
    kind: Option<Run>,
    after_apostrophe: bool,
    length: usize,
}

impl Words<'_> {
    fn text(&mut self, text: &str) {
        for character in text.chars() {
            self.length += usize::from(!character.is_whitespace());
            let kind = Run::of(character);
            if kind != self.kind {
                self.end();
                self.kind = kind;
            }
            match kind {
                Some(Run::Digits) => self.run.push(digit(character)),
                Some(Run::Latin | Run::Other) if !character.is_ascii() => self.run.extend(character.to_lowercase()),
                Some(_) => self.run.push(character.to_ascii_lowercase()),
                None => self.after_apostrophe = matches!(character, '\'' | '’'),
            }
        }
    }

    /// Ends the word that is being read.
    fn end(&mut self) {
        let run = std::mem::take(&mut self.run);
        let first = |class, most: usize| Token::new(class, run.iter().copied().take(most));
        match self.kind.take() {
            _ if run.is_empty() => {}
            // The ending of `the customer's`.
            Some(Run::Latin) if self.after_apostrophe && run == ['s'] => {}
            Some(Run::Latin) => self.tokens.push(first(Class::Latin, 7)),
            Some(Run::Other) => self.tokens.push(first(Class::Other, 6)),
            Some(Run::Hiragana | Run::Katakana) => self.tokens.push(first(Class::Wide, usize::MAX)),
            Some(Run::Han | Run::Unspaced) if run.len() == 1 => self.tokens.push(first(Class::Wide, 1)),
            Some(Run::Han | Run::Unspaced) => {
                self.tokens.extend(run.windows(2).map(|two| Token::new(Class::Wide, two.iter().copied())));
            }
            Some(Run::Digits) => {
                let zeros = run.iter().take_while(|it| **it == '0').count().min(run.len() - 1);
                self.tokens.push(Token::new(Class::Number, run[zeros..].iter().copied()));
            }
            None => {}
        }
        self.after_apostrophe = false;
        self.run = run;
        self.run.clear();
    }

    fn reference(&mut self, text: &str, shown: bool) {
        self.end();
        if shown {
            self.length += text.chars().filter(|it| !it.is_whitespace()).count();
        }
        let parts = text.split('/').filter(|part| !is_locale_part(part));
        let letters = parts.flat_map(|part| part.chars().chain(std::iter::once('/')));
        self.tokens.push(Token::new(Class::Reference, letters.map(|it| it.to_ascii_lowercase())));
    }
}

/// Digits of every script as ASCII ones.
fn digit(character: char) -> char {
    match character as u32 {
        it @ 0xFF10..=0xFF19 => char::from_u32(it - 0xFF10 + 0x30).unwrap_or(character),
        it @ (0x0660..=0x0669 | 0x06F0..=0x06F9) => char::from_u32((it & 15) + 0x30).unwrap_or(character),
        _ => character,
    }
}
