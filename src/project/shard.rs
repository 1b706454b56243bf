//! One of several equal parts of a project: which articles belong to it.

use std::fmt;
use std::str::FromStr;

use super::fields::Fields;
use super::{Group, git};
use crate::config::Settings;

/// The I-th of N parts, written `I/N`.
///
/// An article belongs to a part by the hash of its key – its path without locale and extension – and
/// by nothing else: another article more or less moves none from one part to another. All locales of
/// an article are in one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    number: u32,
    of: u32,
}

/// More parts than this are not what somebody meant.
const MOST: u32 = 10_000;

impl Shard {
    /// `None` unless 1 ≤ `number` ≤ `of`.
    pub fn new(number: u32, of: u32) -> Option<Self> {
        (1 <= number && number <= of && of <= MOST).then_some(Shard { number, of })
    }

    /// Which one it is, from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// How many there are.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether an article with this key belongs to it.
    pub fn has(self, key: &str) -> bool {
        let hash = blake3::hash(key.as_bytes());
        let first = hash.as_bytes()[..8].iter().fold(0, |hash: u64, byte| hash << 8 | u64::from(*byte));
        first % u64::from(self.of) == u64::from(self.number - 1)
    }

    /// Which of these groups belong to it, as places in `chosen`.
    pub fn of_groups(self, groups: &[Group], chosen: &[usize]) -> Vec<usize> {
        (0..chosen.len()).filter(|&place| self.has(&groups[chosen[place]].key)).collect()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let shard = numbers.and_then(|(number, of)| Shard::new(number, of));
        shard.ok_or_else(|| format!("a shard is I/N with 1 ≤ I ≤ N ≤ {MOST}, such as 1/4"))
    }
}

/// A hash of all articles of a project, of their text, of what is recorded of them, of the commit that
/// is checked out and of which are chosen: equal on two machines where both would find the same.
pub(super) fn imprint(groups: &[Group], chosen: &[usize], settings: &Settings) -> String {
    let mut fields = Fields::default();
    fields.put_articles(groups);
    fields.put(blake3::hash(&std::fs::read(&settings.record).unwrap_or_default()).as_bytes());
    fields.put(&git::present(settings.cwd()));
    for &index in chosen {
        fields.put(groups[index].key.as_bytes());
    }
    fields.sum().to_hex().to_string()
}
