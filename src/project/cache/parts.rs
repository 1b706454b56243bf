//! What an article gives to be compared with others, in parts that are read by themselves: what it
//! states, its source texts, and its translations into each language.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::contents::Hash;
use super::entries::name;
use super::{Cache, Key};
use crate::lint::Fact;
use crate::termbase::{SourceTexts, Translation};

/// The rule and the locale of facts that are compared with each other.
pub(in crate::project) type Strand = (String, String);

/// Where the parts stand behind the head of an entry.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::project) struct Parts {
    /// By what they are compared with ([`Fact::strand`]), in order.
    pub facts: Vec<(Strand, Part)>,
    pub sources: Part,
    /// By locale, in order; with the paths of the articles.
    pub languages: Vec<(String, Vec<Arc<str>>, Part)>,
}

/// Bytes, with their hash.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(in crate::project) struct Part {
    at: u64,
    length: u64,
    pub hash: Hash,
}

impl Parts {
    /// The parts of an article, with their bytes.
    pub(in crate::project) fn of(facts: &[Fact], translations: &[Translation]) -> Option<(Self, Vec<u8>)> {
        let mut bytes = Vec::new();
        let mut part = |it: Vec<u8>| {
            let part = Part { at: bytes.len() as u64, length: it.len() as u64, hash: *blake3::hash(&it).as_bytes() };
            bytes.extend(it);
            part
        };
        let sources = SourceTexts::of(translations);
        let mut locales: Vec<&str> = translations.iter().map(|it| &*it.locale).collect();
        locales.sort_unstable();
        locales.dedup();
        let mut strands: BTreeMap<(&str, &str), Vec<&Fact>> = BTreeMap::new();
        facts.iter().for_each(|it| strands.entry(it.strand()).or_default().push(it));
        let mut strand = |((rule, locale), facts): ((&str, &str), Vec<&Fact>)| {
            Some(((rule.to_owned(), locale.to_owned()), part(postcard::to_stdvec(&facts).ok()?)))
        };
        let mut parts = Parts {
            facts: strands.into_iter().map(&mut strand).collect::<Option<_>>()?,
            sources: part(postcard::to_stdvec(&sources.texts).ok()?),
            languages: Vec::with_capacity(locales.len()),
        };
        for locale in locales {
            let own: Vec<&Translation> = translations.iter().filter(|it| it.locale == locale).collect();
            let packed: Vec<_> = own.iter().map(|it| sources.pack(it)).collect();
            let part = part(postcard::to_stdvec(&packed).ok()?);
            parts.languages.push((locale.to_owned(), own.iter().map(|it| it.path.clone()).collect(), part));
        }
        Some((parts, bytes))
    }

    /// The articles of the translations, with their locales.
    pub(in crate::project) fn articles(&self) -> impl Iterator<Item = (&str, &str)> {
        self.languages.iter().flat_map(|(locale, paths, _)| paths.iter().map(|path| (&**path, &**locale)))
    }

    /// The facts of a strand.
    pub(in crate::project) fn strand(&self, strand: &Strand) -> Option<&Part> {
        let at = self.facts.binary_search_by(|it| it.0.cmp(strand)).ok()?;
        Some(&self.facts[at].1)
    }

    /// That of a locale.
    pub(in crate::project) fn language(&self, locale: &str) -> Option<&Part> {
        let at = self.languages.binary_search_by(|it| (*it.0).cmp(locale)).ok()?;
        Some(&self.languages[at].2)
    }
}

impl Cache {
    /// A part of what is kept of a group; `None` where it is not what it should be, and forgotten.
    pub(in crate::project) fn part<T: DeserializeOwned>(&self, key: &Key, part: &Part) -> Option<T> {
        let read = || {
            let bytes = self.store.as_ref()?.read_behind(&name(key), part.at, part.length)?;
            (*blake3::hash(&bytes).as_bytes() == part.hash).then(|| postcard::from_bytes(&bytes).ok())?
        };
        let found = read();
        if found.is_none() {
            self.forget(key);
        }
        found
    }
}
