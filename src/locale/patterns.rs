//! Patterns as the data files write them, and an index that finds all of them in one pass over a
//! text.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::is_letter_or_digit;

/// A stretch of a pattern between gaps.
#[derive(Clone, Debug)]
struct Piece {
    text: Box<str>,
    open_left: bool,
    open_right: bool,
}

/// A pattern, with what it stands for.
#[derive(Clone, Debug)]
pub(super) struct Pattern<S> {
    pub(super) sense: S,
    first: Piece,
    /// The pieces that follow, each with whether words may lie before it.
    rest: Vec<(bool, Piece)>,
    /// The bytes of its pieces.
    pub(super) length: usize,
}

/// Patterns by what they begin with.
#[derive(Debug)]
pub(super) struct Index<S> {
    automaton: AhoCorasick,
    /// For each literal of the automaton, the patterns that begin with it.
    starts: Vec<Vec<u32>>,
    patterns: Vec<Pattern<S>>,
}

/// A place where a pattern stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'p, S> {
    /// The pattern.
    pub(super) pattern: &'p Pattern<S>,
    /// Its first byte.
    pub(super) start: usize,
    /// One past the last byte of its first piece.
    pub(super) head: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

impl<S> Index<S> {
    /// Compiles patterns.
    pub(super) fn new(patterns: Vec<Pattern<S>>) -> Self {
        let mut literals: Vec<&str> = Vec::new();
        let mut starts: Vec<Vec<u32>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (index, pattern) in (0..).zip(&patterns) {
            let at = *known.entry(&pattern.first.text).or_insert_with(|| {
                literals.push(&pattern.first.text);
                starts.push(Vec::new());
                literals.len() - 1
            });
            starts[at].push(index);
        }
        // The literals come from a file that a test has read; an automaton of none finds nothing.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&literals);
        let automaton = automaton.unwrap_or_else(|error| panic!("the patterns are too many: {error}"));
        Index { automaton, starts, patterns }
    }

    /// All places of all patterns in a text (folded to lower case), also those that lie over each
    /// other.
    pub(super) fn find<'p, 't>(&'p self, text: &'t str) -> impl Iterator<Item = Found<'p, S>> + use<'p, 't, S> {
        self.automaton.find_overlapping_iter(text).flat_map(move |matched| {
            let (start, head) = (matched.start(), matched.end());
            self.starts[matched.pattern().as_usize()].iter().filter_map(move |&index| {
                let pattern = &self.patterns[index as usize];
                Some(Found { pattern, start, head, end: pattern.end(text, start)? })
            })
        })
    }
}

/// How many words `...` may stand for.
const GAP_WORDS: usize = 6;
/// How many characters `...` may stand for where words are not spaced.
const GAP_CHARS: usize = 16;

/// Whether words of this character's script are parted by spaces.
pub(super) fn is_letter_of_words(character: char) -> bool {
    is_letter_or_digit(character) && !is_unspaced(character)
}

/// Han, kana and Hangul: words follow each other, or carry their particles, without a space.
pub fn is_unspaced(character: char) -> bool {
    matches!(character as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

impl Piece {
    fn read(text: &str) -> Self {
        let (open_left, open_right) = (text.starts_with('*'), text.ends_with('*'));
        Piece { text: text.trim_matches('*').into(), open_left, open_right }
    }

    /// Whether it stands at `at`.
    fn is_at(&self, text: &str, at: usize) -> bool {
        text[at..].starts_with(&*self.text) && self.fits(text, at)
    }

    /// Whether the letters around `at`, where it stands, leave it a word of its own.
    fn fits(&self, text: &str, at: usize) -> bool {
        stands(text, at, &self.text, self.open_left, self.open_right)
    }
}

/// Whether the letters around `word`, which stands at `at`, leave it a word of its own.
pub(super) fn stands(text: &str, at: usize, word: &str, open_left: bool, open_right: bool) -> bool {
    let touches = |own: Option<char>, other: Option<char>| {
        own.is_some_and(is_letter_of_words) && other.is_some_and(is_letter_of_words)
    };
    (open_left || !touches(word.chars().next(), text[..at].chars().next_back()))
        && (open_right || !touches(word.chars().next_back(), text[at + word.len()..].chars().next()))
}

impl<S> Pattern<S> {
    /// Reads a pattern as it is written; `None` for nothing.
    pub(super) fn read(text: &str, sense: S) -> Option<Self> {
        let mut pieces: Vec<(bool, Piece)> = Vec::new();
        for (index, stretch) in text.split("...").enumerate() {
            let mut gap = index > 0;
            // A word that is open inside a stretch ends a piece: the next follows at once.
            let mut words: Vec<&str> = Vec::new();
            for word in stretch.split_whitespace() {
                words.push(word);
                if word.ends_with('*') {
                    pieces.push((gap, Piece::read(&words.join(" "))));
                    (gap, words) = (false, Vec::new());
                }
            }
            if !words.is_empty() {
                pieces.push((gap, Piece::read(&words.join(" "))));
            }
        }
        let length = pieces.iter().map(|(_, piece)| piece.text.len()).sum();
        let mut pieces = pieces.into_iter();
        let (_, first) = pieces.next()?;
        let rest: Vec<_> = pieces.collect();
        (!first.text.is_empty()).then_some(Pattern { sense, first, rest, length })
    }

    /// Where it ends, if it stands at `start` (where its first piece was found).
    fn end(&self, text: &str, start: usize) -> Option<usize> {
        if !self.first.fits(text, start) {
            return None;
        }
        let mut at = start + self.first.text.len();
        let mut open = self.first.open_right;
        for (gap, piece) in &self.rest {
            if open {
                at += text[at..].find(|it: char| !is_letter_of_words(it)).unwrap_or(text.len() - at);
            }
            at = match gap {
                true => find_after(text, at, piece)?,
                false => {
                    at += text[at..].len() - text[at..].trim_start().len();
                    piece.is_at(text, at).then_some(at)?
                }
            } + piece.text.len();
            open = piece.open_right;
        }
        Some(at)
    }
}

/// The first place of `piece` behind `at`, not too far, in the same sentence.
fn find_after(text: &str, at: usize, piece: &Piece) -> Option<usize> {
    let (mut words, mut characters) = (0, 0);
    let mut previous = None;
    for (offset, character) in text[at..].char_indices() {
        if piece.is_at(text, at + offset) {
            return Some(at + offset);
        }
        let ends = matches!(character, '。' | '！' | '？' | '?' | '!' | ';' | '；')
            || character == '.' && text[at + offset + 1..].starts_with([' ', '\n']);
        words += usize::from(character == ' ' && previous != Some(' '));
        characters += usize::from(is_unspaced(character));
        previous = Some(character);
        if ends || words > GAP_WORDS + 1 || characters > GAP_CHARS {
            return None;
        }
    }
    None
}
