//! Which words are translated by which: what [`super::model`] has learned, ready to be asked.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::tokens::{CLASSES, Token};

/// A bilingual lexicon, learned from the articles of a project in one pair of locales. It knows
/// tokens by their hashes only; what it was learned from is not in it.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// The tokens of both languages.
    pub(super) vocabulary: Vocabulary,
    /// What the target says, given the source.
    pub(super) ahead: Table,
    /// What the source says, given the target.
    pub(super) back: Table,
    /// How many articles it was learned from.
    pub(super) articles: usize,
    /// What was guessed and learned from: the bags of tokens of both sides (see
    /// [`super::strand::Piece::bag`]), sorted, each once. A guess does not confirm itself.
    pub(super) guesses: Vec<(u64, u64)>,
}

/// One direction of a lexicon. Tokens are numbered by the vocabulary.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Where the row of each given token begins, and where the last one ends.
    pub starts: Vec<u32>,
    /// The rows: a told token, and how likely it is told for the given one.
    pub entries: Vec<(u32, f32)>,
    /// How much each given token was seen translated, and 1.
    pub known: Vec<f32>,
    /// How often each told token was seen in training.
    pub seen: Vec<u32>,
    /// All of these.
    pub total: u32,
    /// Where tokens of each class come from.
    pub channels: [Channels; CLASSES],
}

/// How likely a token is told by chance, copied, or translated; they add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Channels {
    pub chance: f32,
    pub copy: f32,
    pub model: f32,
}

impl Table {
    /// What is told for a token.
    pub(super) fn row(&self, given: u32) -> &[(u32, f32)] {
        let at = given as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.entries[from as usize..to as usize],
            _ => &[],
        }
    }
}

/// Numbers tokens in the order in which they are met.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<Token, u32, BuildHasherDefault<Ready>>,
    tokens: Vec<Token>,
}

impl Vocabulary {
    /// The number of a token; a new one gets the next.
    pub(super) fn number(&mut self, token: Token) -> u32 {
        let next = self.tokens.len() as u32;
        let number = *self.numbers.entry(token).or_insert(next);
        if number == next {
            self.tokens.push(token);
        }
        number
    }

    /// The number of a token that may be none of these.
    pub(super) fn get(&self, token: Token) -> Option<u32> {
        self.numbers.get(&token).copied()
    }

    /// The token with a number.
    pub(super) fn token(&self, number: u32) -> Token {
        self.tokens[number as usize]
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }
}

/// Tokens are hashes already.
#[derive(Default)]
pub(super) struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
