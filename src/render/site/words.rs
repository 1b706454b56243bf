//! The site's own words in the language of a page; one that is borrowed from another language says so.

use std::collections::BTreeMap;

use minijinja::Value;

use super::escape::escape;
use super::html::attributes;
use crate::locale::{Locale, supported};

/// The words for one locale.
pub(super) struct Words {
    plain: BTreeMap<String, String>,
    html: BTreeMap<String, String>,
}

impl Words {
    pub fn of(locale: &Locale) -> Self {
        let mut words = Words { plain: BTreeMap::new(), html: BTreeMap::new() };
        let names = supported().next().map(|(_, data)| data.site.0.keys()).into_iter().flatten();
        for name in names {
            let Some((word, lender)) = locale.site_word(name) else { continue };
            let mut html = String::new();
            escape(&mut html, word);
            if lender != *locale {
                html = format!("<span{}>{html}</span>", attributes(lender.tag(), locale));
            }
            words.html.insert(name.clone(), html);
            words.plain.insert(name.clone(), word.to_owned());
        }
        words
    }

    /// The word, for attributes and titles.
    pub fn plain(&self, name: &str) -> &str {
        self.plain.get(name).map_or("", String::as_str)
    }

    /// The word as HTML.
    pub fn html(&self, name: &str) -> String {
        self.html.get(name).cloned().unwrap_or_default()
    }

    /// The word with a number in it, as HTML.
    pub fn counted(&self, name: &str, count: usize) -> String {
        self.html(name).replace("{count}", &count.to_string()).replace("{number}", &count.to_string())
    }

    /// For templates: `t.search` is HTML, `plain.search` the bare word.
    pub fn values(&self) -> (Value, Value) {
        let safe = |(name, html): (&String, &String)| (name.replace('-', "_"), Value::from_safe_string(html.clone()));
        let bare = |(name, word): (&String, &String)| (name.replace('-', "_"), Value::from(word.clone()));
        let values: [BTreeMap<String, Value>; 2] =
            [self.html.iter().map(safe).collect(), self.plain.iter().map(bare).collect()];
        let [html, plain] = values;
        (Value::from(html), Value::from(plain))
    }
}

/// What the readers of a locale call it; its tag where that is not known.
pub(super) fn name_of(tag: &str) -> String {
    let name = Locale::parse(tag).and_then(|it| it.own_name());
    name.map_or_else(|| tag.to_owned(), str::to_owned)
}

/// The names of locales that are offered together, all different.
pub(super) fn names_of(locales: &[Locale]) -> Vec<String> {
    let names: Vec<String> = locales.iter().map(|it| name_of(it.tag())).collect();
    let is_double = |name: &String| names.iter().filter(|it| *it == name).count() > 1;
    let of = |(locale, name): (&Locale, &String)| match is_double(name) {
        true => format!("{name} ({})", locale.tag()),
        false => name.clone(),
    };
    locales.iter().zip(&names).map(of).collect()
}
