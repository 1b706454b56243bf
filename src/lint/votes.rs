//! What the other locales of an article do. One locale of many that differs is the translator;
//! most of them, the source or the intention.

use std::collections::HashMap;

use crate::bitext::Bitext;
use crate::locale::Locale;

/// Counts over the locales of one article, by source text.
#[derive(Debug, Default)]
pub struct Votes {
    /// For a source text: the locales that have it, and those whose target repeats it.
    by_source: HashMap<u64, (Vec<Locale>, Vec<Locale>)>,
}

/// How many locales were asked, and how many of them say yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vote {
    /// Locales that have this source.
    pub of: usize,
    /// Those whose target is the source, word for word.
    pub unchanged: usize,
}

impl Votes {
    /// Counts the bitexts of one article. With a single locale there is nothing to count.
    pub fn count(bitexts: &[Bitext<'_>]) -> Self {
        let mut votes = Votes::default();
        if bitexts.len() < 2 {
            return votes;
        }
        for bitext in bitexts {
            let locale = &bitext.target.locale;
            for unit in &bitext.units {
                let (Some(source), Some(target)) = (unit.source, unit.target) else { continue };
                let (all, unchanged) = votes.by_source.entry(key(source.raw())).or_default();
                if !all.contains(locale) {
                    all.push(locale.clone());
                }
                if source.raw() == target.raw() && !unchanged.contains(locale) {
                    unchanged.push(locale.clone());
                }
            }
        }
        votes
    }

    /// What the locales say of a source text.
    pub fn of(&self, source: &str) -> Vote {
        self.by_source
            .get(&key(source))
            .map(|(all, unchanged)| Vote { of: all.len(), unchanged: unchanged.len() })
            .unwrap_or_default()
    }
}

fn key(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
