//! Sets of words and of characters, written in the data as one folded string, and quick to ask.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Deserializer};

/// Fowler–Noll–Vo: short words need no protection against collisions made on purpose.
#[derive(Clone, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The length that is put before a list of bytes: one step and not eight.
    fn write_usize(&mut self, length: usize) {
        self.0 = (self.0 ^ length as u64).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

/// Words in lower case; asked in any case, and with either apostrophe.
#[derive(Clone, Debug, Default)]
pub struct WordSet {
    words: HashSet<Box<[u8]>, BuildHasherDefault<Fnv>>,
    /// For the first and last byte of an ASCII word: a bit for each length that a word has.
    /// Most words asked for are in no set, and are turned away here.
    shapes: Vec<u32>,
}

/// Where the bits for words with these ends are; the same for both cases of a letter.
fn shape(word: &[u8]) -> Option<usize> {
    let (first, last) = (word.first()?, word.last()?);
    Some(usize::from(first & 31) << 5 | usize::from(last & 31))
}

impl WordSet {
    /// Whether it holds `word`, in whatever case.
    pub fn contains(&self, word: &str) -> bool {
        if word.is_ascii() && word.len() < 32 {
            if !self.may_hold(word) {
                return false;
            }
            let mut buffer = [0u8; 32];
            let lower = &mut buffer[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            return self.words.contains(&*lower);
        }
        if !word.contains('’') && !word.chars().any(char::is_uppercase) {
            return self.words.contains(word.as_bytes());
        }
        self.words.contains(word.to_lowercase().replace('’', "'").as_bytes())
    }

    /// Whether it holds a word that is in lower case already, with `'` for an apostrophe.
    pub fn holds(&self, folded: &str) -> bool {
        let is_short = folded.is_ascii() && folded.len() < 32;
        (!is_short || self.may_hold(folded)) && self.words.contains(folded.as_bytes())
    }

    /// Whether a word has the ends and the length of one of these, for ASCII of less than 32 bytes.
    fn may_hold(&self, word: &str) -> bool {
        let lengths = shape(word.as_bytes()).and_then(|at| self.shapes.get(at)).copied().unwrap_or_default();
        lengths >> word.len() & 1 == 1
    }

    /// The words, in alphabetical order.
    pub fn to_sorted(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().filter_map(|word| std::str::from_utf8(word).ok()).collect();
        words.sort_unstable();
        words
    }
}

impl<'de> Deserialize<'de> for WordSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let words: HashSet<Box<[u8]>, _> =
            text.split_whitespace().map(|word| word.to_lowercase().into_bytes().into()).collect();
        let mut shapes = vec![0; 32 * 32];
        for word in words.iter().filter(|word| word.is_ascii() && word.len() < 32) {
            if let Some(at) = shape(word) {
                shapes[at] |= 1 << word.len();
            }
        }
        Ok(WordSet { words, shapes })
    }
}

/// First character of the block the set is made for: CJK Unified Ideographs.
const FIRST: u32 = 0x4E00;

/// A set of Han characters, one bit each.
#[derive(Clone, Debug, Default)]
pub struct CharSet(Vec<u64>);

impl CharSet {
    /// Whether it holds `character`.
    pub fn contains(&self, character: char) -> bool {
        let Some(index) = (character as u32).checked_sub(FIRST) else { return false };
        self.0.get(index as usize / 64).is_some_and(|bits| bits >> (index % 64) & 1 == 1)
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for CharSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut bits = vec![0u64; 328];
        for character in String::deserialize(deserializer)?.chars().filter(|it| !it.is_whitespace()) {
            let index = (character as u32).wrapping_sub(FIRST) as usize;
            let Some(word) = bits.get_mut(index / 64) else {
                return Err(serde::de::Error::custom(format!("{character} is not a Han character")));
            };
            *word |= 1 << (index % 64);
        }
        Ok(CharSet(bits))
    }
}
