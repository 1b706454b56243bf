//! Translations as they are kept between runs: those of an article together, each source text once.

use std::collections::HashMap;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::passage::{Muted, Passage, Text, Translation};
use crate::text::Position;

/// The translations of one article.
#[derive(Debug, Default)]
pub struct Translations(pub Vec<Translation>);

type Unit<'a> = (&'a str, u32, &'a Text, Position);
type Article<'a> = (&'a str, &'a str, bool, Vec<Unit<'a>>, &'a [Muted]);

impl Serialize for Translations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sources: Vec<&Text> = Vec::new();
        let mut places: HashMap<*const Text, u32> = HashMap::new();
        let mut articles: Vec<Article<'_>> = Vec::with_capacity(self.0.len());
        for it in &self.0 {
            let mut units = Vec::with_capacity(it.passages.len());
            for passage in &it.passages {
                let next = sources.len() as u32;
                let place = *places.entry(Arc::as_ptr(&passage.source)).or_insert(next);
                if place == next {
                    sources.push(&passage.source);
                }
                units.push((&*passage.id, place, &passage.target, passage.start));
            }
            articles.push((&it.path, &it.locale, it.human, units, &it.muted));
        }
        (sources, articles).serialize(serializer)
    }
}

type OwnUnit = (Box<str>, u32, Text, Position);
type OwnArticle = (Arc<str>, String, bool, Vec<OwnUnit>, Vec<Muted>);

impl<'de> Deserialize<'de> for Translations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (sources, articles) = <(Vec<Arc<Text>>, Vec<OwnArticle>)>::deserialize(deserializer)?;
        let mut translations = Vec::with_capacity(articles.len());
        for (path, locale, human, units, muted) in articles {
            let mut passages = Vec::with_capacity(units.len());
            for (id, source, target, start) in units {
                let source = sources.get(source as usize).ok_or_else(|| Error::custom("no such source"))?.clone();
                passages.push(Passage { id, source, target, start });
            }
            translations.push(Translation { path, locale, human, passages, muted });
        }
        Ok(Translations(translations))
    }
}
