//! Translations as they are kept between runs: the source texts of an article, each once, and its
//! translations, which name these by their numbers.

use std::collections::HashMap;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::passage::{Muted, Passage, Text, Translation};
use crate::text::Position;

/// The source texts of some translations, each once, in order.
#[derive(Debug, Default)]
pub struct SourceTexts {
    /// The texts.
    pub texts: Vec<Arc<Text>>,
    /// By their addresses.
    numbers: HashMap<usize, u32>,
}

/// A translation, to be written.
#[derive(Serialize)]
pub struct Packed<'a>(&'a str, &'a str, bool, Vec<(&'a str, u32, &'a Text, Position)>, &'a [Muted]);

/// A translation, as it was read.
#[derive(Deserialize)]
pub struct Unpacked(Arc<str>, String, bool, Vec<(Box<str>, u32, Text, Position)>, Vec<Muted>);

impl SourceTexts {
    /// Those of these translations.
    pub fn of<'t>(translations: impl IntoIterator<Item = &'t Translation>) -> Self {
        let mut found = SourceTexts::default();
        for passage in translations.into_iter().flat_map(|it| &it.passages) {
            let next = found.texts.len() as u32;
            if *found.numbers.entry(address(&passage.source)).or_insert(next) == next {
                found.texts.push(passage.source.clone());
            }
        }
        found
    }

    /// A translation with these source texts.
    pub fn pack<'a>(&self, it: &'a Translation) -> Packed<'a> {
        let number = |it: &Passage| self.numbers.get(&address(&it.source)).copied().unwrap_or(u32::MAX);
        let units = it.passages.iter().map(|it| (&*it.id, number(it), &it.target, it.start));
        Packed(&it.path, &it.locale, it.human, units.collect(), &it.muted)
    }
}

/// Where a text is kept: what shares it has the same.
pub(super) fn address(text: &Arc<Text>) -> usize {
    Arc::as_ptr(text).addr()
}

impl Unpacked {
    /// The translation; `None` where it has other source texts.
    pub fn with(self, sources: &[Arc<Text>]) -> Option<Translation> {
        let Unpacked(path, locale, human, units, muted) = self;
        let passage = |(id, source, target, start): (_, u32, _, _)| {
            Some(Passage { id, source: sources.get(source as usize)?.clone(), target, start })
        };
        let passages = units.into_iter().map(passage).collect::<Option<_>>()?;
        Some(Translation { path, locale, human, passages, muted })
    }
}

/// The translations of one article, with their source texts.
#[derive(Debug, Default)]
pub struct Translations(pub Vec<Translation>);

impl Serialize for Translations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sources = SourceTexts::of(&self.0);
        let packed: Vec<Packed<'_>> = self.0.iter().map(|it| sources.pack(it)).collect();
        (&sources.texts, packed).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Translations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (sources, packed) = <(Vec<Arc<Text>>, Vec<Unpacked>)>::deserialize(deserializer)?;
        let all: Option<_> = packed.into_iter().map(|it| it.with(&sources)).collect();
        all.map(Translations).ok_or_else(|| Error::custom("no such source"))
    }
}
