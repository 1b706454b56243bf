//! The product's own words: its string resources, as its developers keep them, and what each locale
//! calls a label of the user interface.

mod clean;
mod json;
mod plain;
mod sheet;
mod xml;

pub use sheet::Sheet;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::locale::Locale;

/// The string resources of a run.
#[derive(Debug, Default)]
pub struct ProductStrings {
    strings: Vec<ProductString>,
    labels: Mutex<BTreeMap<Locale, Arc<Labels>>>,
}

/// A string of the product.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ProductString {
    key: String,
    source: String,
    translations: Vec<Translated>,
}

/// A string in one locale.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Translated {
    locale: Locale,
    text: String,
    file: Arc<str>,
}

/// What one locale calls the labels of the product.
#[derive(Debug, Default)]
pub struct Labels {
    names: BTreeMap<String, Vec<LabelName>>,
    /// All names.
    all: BTreeSet<String>,
}

/// A name of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelName {
    /// The name, without what marks its key on the keyboard.
    pub text: String,
    /// The file it is from, as the settings name it.
    pub file: Arc<str>,
    /// Its key there.
    pub key: String,
    /// Whether it is what the source says.
    pub is_source: bool,
}

impl ProductStrings {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.strings.is_empty()
    }

    /// Adds the strings of a source file with those of its translations, each with its locale and its
    /// file. Strings belong together by their keys.
    pub fn add(&mut self, source: &Sheet, targets: &[(Locale, Arc<str>, Sheet)]) {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, text) in &source.strings {
            places.insert(key, self.strings.len());
            self.strings.push(ProductString { key: key.clone(), source: text.clone(), translations: Vec::new() });
        }
        for (locale, file, sheet) in targets {
            for (key, text) in &sheet.strings {
                if let Some(&at) = places.get(key.as_str()) {
                    let translated = Translated { locale: locale.clone(), text: text.clone(), file: file.clone() };
                    self.strings[at].translations.push(translated);
                }
            }
        }
    }

    /// Adds strings that a file holds with their translations.
    pub fn add_pairs(&mut self, sheet: &Sheet, locale: Option<&Locale>, file: &Arc<str>) {
        for (key, source, target, own) in &sheet.pairs {
            let Some(locale) = own.as_ref().or(locale).or(sheet.target.as_ref()) else { continue };
            let translated = Translated { locale: locale.clone(), text: target.clone(), file: file.clone() };
            let (key, source) = (key.clone(), source.clone());
            self.strings.push(ProductString { key, source, translations: vec![translated] });
        }
    }

    /// What a locale calls the labels: of each string what the nearest locale has.
    pub fn labels(&self, locale: &Locale) -> Arc<Labels> {
        let mut known = self.labels.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(locale.clone()).or_insert_with(|| Arc::new(self.compile(locale))).clone()
    }

    fn compile(&self, locale: &Locale) -> Labels {
        let mut labels = Labels::default();
        for string in &self.strings {
            let rank = |it: &&Translated| it.locale.serves(locale);
            let Some(own) = string.translations.iter().filter(|it| rank(it) > 0).max_by_key(rank) else { continue };
            let (source, name) = (clean::key(&string.source), clean::key(&own.text));
            if source.is_empty() || name.is_empty() {
                continue;
            }
            let names = labels.names.entry(source.clone()).or_default();
            let (text, file, key) = (clean::shown(&own.text), own.file.clone(), string.key.clone());
            if !names.iter().any(|it| it.text == text) {
                names.push(LabelName { text, file, key, is_source: source == name });
            }
            labels.all.insert(name);
        }
        labels
    }
}

impl Labels {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// What a label of the source is called: the names of all strings that say it.
    pub fn names(&self, label: &str) -> &[LabelName] {
        self.names.get(&clean::key(label)).map_or(&[], |it| it)
    }

    /// Whether a text is the name of some label.
    pub fn has(&self, text: &str) -> bool {
        self.all.contains(&clean::key(text))
    }
}

/// Whether two texts are one label: marks of keys, signs at the end, placeholders and case are no
/// difference.
pub fn same_label(one: &str, other: &str) -> bool {
    clean::key(one) == clean::key(other)
}
