//! YAML: the shape that `hexapla terms` writes, with room for what a person adds.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Concept, Status, Term};
use crate::locale::Locale;
use crate::notation::{ReadError, decode};

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    source_locale: Option<String>,
    terms: Vec<RawConcept>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawConcept {
    /// The term of the source.
    term: Names,
    case_sensitive: bool,
    do_not_translate: bool,
    note: Option<String>,
    forms: Many,
    forbidden: Words,
    /// Those of the other locales.
    names: BTreeMap<String, Names>,
}

/// `Abonnement`, or all that there is to say of a locale.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct AllNames {
    #[serde(alias = "term")]
    preferred: Words,
    admitted: Words,
    forbidden: Words,
    /// Other forms of the preferred term.
    forms: Many,
    case_sensitive: Option<bool>,
    note: Option<String>,
}

#[derive(Default)]
struct Names(AllNames);

/// A term, or all that there is to say of it.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Word {
    term: String,
    #[serde(default)]
    case_sensitive: Option<bool>,
    #[serde(default)]
    forms: Many,
    #[serde(default)]
    note: Option<String>,
}

/// One, or a list.
#[derive(Default)]
struct Words(Vec<Word>);

/// One text, or a list.
#[derive(Default)]
struct Many(Vec<String>);

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Word { term: text.to_owned(), ..Word::default() }
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a term, a list of terms, or `preferred`, `admitted`, `forbidden`, `forms`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Names, E> {
                Ok(Names(AllNames { preferred: Words(vec![text.into()]), ..AllNames::default() }))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Names, A::Error> {
                let mut names = AllNames::default();
                while let Some(OneWord(word)) = items.next_element()? {
                    let list = if names.preferred.0.is_empty() { &mut names.preferred } else { &mut names.admitted };
                    list.0.push(word);
                }
                Ok(Names(names))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Names, A::Error> {
                AllNames::deserialize(MapAccessDeserializer::new(map)).map(Names)
            }
        }
        deserializer.deserialize_any(Written)
    }
}

struct OneWord(Word);

impl<'de> Deserialize<'de> for OneWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = OneWord;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a term, or `term` with `forms`, `case-sensitive`, `note`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneWord, E> {
                Ok(OneWord(text.into()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OneWord, A::Error> {
                Word::deserialize(MapAccessDeserializer::new(map)).map(OneWord)
            }
        }
        deserializer.deserialize_any(Written)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a term or a list of terms")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Words, E> {
                Ok(Words(vec![text.into()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some(OneWord(word)) = items.next_element()? {
                    words.push(word);
                }
                Ok(Words(words))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Words, A::Error> {
                Ok(Words(vec![Word::deserialize(MapAccessDeserializer::new(map))?]))
            }
        }
        deserializer.deserialize_any(Written)
    }
}

impl<'de> Deserialize<'de> for Many {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Many(Words::deserialize(deserializer)?.0.into_iter().map(|it| it.term).collect()))
    }
}

/// Reads a termbase.
pub(super) fn read(bytes: &[u8], source: &Locale) -> Result<Vec<Concept>, ReadError> {
    let text = decode(bytes)?;
    if text.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
        return Ok(Vec::new());
    }
    let file: File = serde_yaml::from_str(&text).map_err(|error| {
        let line = error.location().map(|it| it.line() as usize);
        let message = error.without_snippet().to_string();
        match line {
            Some(line) if !message.contains("line") => ReadError::at(line, message),
            _ => ReadError(message),
        }
    })?;
    let locale = |tag: &str| Locale::parse(tag).ok_or_else(|| ReadError(format!("`{tag}` is no locale")));
    let source = match &file.source_locale {
        Some(tag) => locale(tag)?,
        None => source.clone(),
    };
    let mut concepts = Vec::new();
    for raw in file.terms {
        let RawConcept { term, case_sensitive, do_not_translate, note, forms, forbidden, names } = raw;
        let mut concept = Concept { do_not_translate, note, ..Concept::default() };
        let Names(mut own) = term;
        own.forms.0.extend(forms.0);
        own.forbidden.0.extend(forbidden.0);
        add(&mut concept, &source, own, case_sensitive);
        for (tag, Names(names)) in names {
            add(&mut concept, &locale(&tag)?, names, case_sensitive);
        }
        concepts.push(concept);
    }
    Ok(concepts)
}

fn add(concept: &mut Concept, locale: &Locale, names: AllNames, case_sensitive: bool) {
    let AllNames { preferred, admitted, forbidden, forms, case_sensitive: own_case, note } = names;
    let case_sensitive = own_case.unwrap_or(case_sensitive);
    let lists = [(preferred, Status::Preferred), (admitted, Status::Admitted), (forbidden, Status::Forbidden)];
    let (mut forms, mut note) = (Some(forms.0), note);
    for (list, status) in lists {
        for word in list.0.into_iter().filter(|it| !it.term.trim().is_empty()) {
            let mut all = word.forms.0;
            // What is said of the locale is said of its first term.
            all.extend(forms.take().into_iter().flatten());
            let case_sensitive = word.case_sensitive.unwrap_or(case_sensitive);
            let (text, note) = (word.term.trim().to_owned(), word.note.or(note.take()));
            concept.add(locale, Term { text, status, case_sensitive, forms: all, note });
        }
    }
}
