//! What a help site says of itself in each language: “Search”, “Step 3”, “not translated yet”.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Locale;
use super::data::supported;

/// The words of a help site in one language, by name. Those of English are all there are; in
/// `{count}` and `{number}` a number is put.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct SiteWords(pub BTreeMap<String, String>);

impl SiteWords {
    /// The word with this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl Locale {
    /// What a help site in this locale calls something, and the locale that the word is in: a
    /// language that has no word for it borrows that of the first language with data.
    pub fn site_word(&self, name: &str) -> Option<(&'static str, Locale)> {
        let own = self.data().and_then(|data| data.site.get(name)).map(|word| (word, self.clone()));
        own.or_else(|| supported().find_map(|(locale, data)| Some((data.site.get(name)?, locale))))
    }

    /// What its readers call the language.
    pub fn own_name(&self) -> Option<&'static str> {
        self.data()?.site.get("language")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        let mut all = supported();
        let (_, first) = all.next().unwrap();
        let names = |words: &SiteWords| words.0.keys().cloned().collect::<Vec<_>>();
        for (locale, data) in all {
            assert_eq!(names(&data.site), names(&first.site), "{locale}");
            for (name, word) in &data.site.0 {
                let number = |it: &str| it.contains("{count}") || it.contains("{number}");
                assert_eq!(number(word), number(&first.site.0[name]), "{locale}: {name}");
            }
        }
    }

    #[test]
    fn a_word_that_a_language_lacks_is_borrowed_and_says_so() {
        let word = |tag: &str| Locale::parse(tag).unwrap().site_word("search").unwrap();
        assert_eq!((word("de-AT").0, word("de-AT").1.tag()), ("Suchen", "de-AT"));
        assert_eq!((word("he").0, word("he").1.tag()), ("Search", "en"));
        assert_eq!(Locale::parse("zh-TW").unwrap().own_name(), Some("繁體中文"));
    }
}
