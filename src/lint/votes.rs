//! What the other locales of an article do. One locale of many that differs is the translator;
//! most of them, the source or the intention.

use std::collections::HashMap;

use crate::bitext::Bitext;
use crate::locale::Locale;

/// Counts over the locales of one article, by source text.
#[derive(Debug, Default)]
pub struct Votes<'a> {
    /// For a source text that some target repeats: the locales that have it, and those whose target
    /// repeats it.
    by_source: HashMap<&'a str, (Vec<&'a Locale>, Vec<&'a Locale>)>,
}

/// How many locales were asked, and how many of them say yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vote {
    /// Locales that have this source.
    pub of: usize,
    /// Those whose target is the source, word for word.
    pub unchanged: usize,
}

impl<'a> Votes<'a> {
    /// Counts the bitexts of one article. With a single locale there is nothing to count.
    pub fn count(bitexts: &[Bitext<'a>]) -> Self {
        let mut votes = Votes::default();
        if bitexts.len() < 2 {
            return votes;
        }
        for unit in bitexts.iter().flat_map(|bitext| &bitext.units) {
            if let (Some(source), Some(target)) = (unit.source, unit.target)
                && source.raw() == target.raw()
            {
                votes.by_source.entry(source.raw()).or_default();
            }
        }
        let longest = votes.by_source.keys().map(|text| text.len()).max().unwrap_or_default();
        for bitext in bitexts {
            let locale = &bitext.target.locale;
            for unit in &bitext.units {
                let (Some(source), Some(target)) = (unit.source, unit.target) else { continue };
                if source.span.len() > longest {
                    continue;
                }
                let Some((all, unchanged)) = votes.by_source.get_mut(source.raw()) else { continue };
                if !all.contains(&locale) {
                    all.push(locale);
                }
                if source.raw() == target.raw() && !unchanged.contains(&locale) {
                    unchanged.push(locale);
                }
            }
        }
        votes
    }

    /// What the locales say of a source text: nothing, where none repeats it.
    pub fn of(&self, source: &str) -> Vote {
        self.by_source
            .get(source)
            .map(|(all, unchanged)| Vote { of: all.len(), unchanged: unchanged.len() })
            .unwrap_or_default()
    }
}
