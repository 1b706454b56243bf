//! Which pages there are: for each article and procedure the file that it has in every locale.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::names::Names;
use super::split::{Parts, Piece};
use crate::locale::Locale;
use crate::render::topic::Article;

/// The pages of a site.
pub(super) struct Plan<'a> {
    /// The locales, in order of their tags.
    pub locales: Vec<Locale>,
    /// By the key of the article.
    pub entries: BTreeMap<&'a str, Entry<'a>>,
    /// Keys with and without what they end in, as they are and in small letters.
    keys: HashMap<String, &'a str>,
}

/// An article in all locales.
pub(super) struct Entry<'a> {
    /// The name of its page, in the folder of a locale, without `.html`.
    pub name: String,
    /// The article in each locale that has it.
    pub articles: BTreeMap<&'a str, &'a Article>,
    /// The names of the pages of its procedures, by their ids.
    pub procedures: BTreeMap<&'a str, String>,
    /// The procedure that a section is, and nothing else, by its anchor.
    pub moved: HashMap<&'a str, &'a str>,
    /// The anchors of its sections.
    pub sections: BTreeSet<&'a str>,
    /// The locale of its source.
    pub source_locale: &'a str,
}

impl<'a> Plan<'a> {
    pub fn of(articles: &'a [Article]) -> Self {
        let mut entries: BTreeMap<&str, Entry<'a>> = BTreeMap::new();
        let mut tags: BTreeSet<&str> = BTreeSet::new();
        for article in articles.iter().filter(|it| !it.is_contents()) {
            tags.insert(&article.locale);
            let entry = entries.entry(&article.key).or_insert_with(|| Entry {
                name: String::new(),
                articles: BTreeMap::new(),
                procedures: BTreeMap::new(),
                moved: HashMap::new(),
                sections: BTreeSet::new(),
                source_locale: &article.source_locale,
            });
            entry.articles.entry(&article.locale).or_insert(article);
        }
        let mut names = Names::new();
        for (key, entry) in &mut entries {
            entry.name = names.article(key);
        }
        for entry in entries.values_mut() {
            for article in entry.articles.values() {
                entry.sections.extend(article.sections.iter().map(|it| &*it.head.section));
                for procedure in &article.procedures {
                    let id = &*procedure.head.id;
                    entry.procedures.entry(id).or_insert_with(|| names.procedure(&entry.name, id));
                }
                entry.moved.extend(moved(article));
            }
        }
        let mut keys = HashMap::new();
        // A path as it is written comes before one that differs in case.
        for folded in [false, true] {
            let written = |path: String| if folded { path.to_lowercase() } else { path };
            for (&key, entry) in &entries {
                keys.entry(written(key.to_owned())).or_insert(key);
                for ending in entry.articles.values().map(|it| &*it.extension) {
                    keys.entry(written(format!("{key}.{ending}"))).or_insert(key);
                }
            }
        }
        let locales = tags.into_iter().filter_map(Locale::parse).collect();
        Plan { locales, entries, keys }
    }

    /// The article that a path without `..` means.
    pub fn find(&self, path: &str) -> Option<&Entry<'a>> {
        let path = path.trim_matches('/');
        let find = |path: &str| {
            let stem = path.rsplit_once('.').map(|(stem, _)| stem);
            self.keys.get(path).or_else(|| self.keys.get(stem?))
        };
        self.entries.get(find(path).or_else(|| find(&path.to_lowercase()))?)
    }
}

/// The sections of an article that hold a procedure of their own name, and nothing else.
fn moved(article: &Article) -> Vec<(&str, &str)> {
    let parts = Parts::of(article);
    let sections = article.sections.iter().zip(&parts.sections);
    let found = sections.filter_map(|(section, pieces)| {
        let [Piece::Card(at)] = pieces.as_slice() else { return None };
        let procedure = &article.procedures[*at];
        let title = procedure.title.as_ref()?;
        let is_own = section.title.first().is_some_and(|it| it.segment == title.segment);
        (is_own && section.title.len() == 1).then_some((&*section.head.section, &*procedure.head.id))
    });
    found.collect()
}
