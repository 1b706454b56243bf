//! A table of labels as a termbase: CSV, YAML and TBX. The usual name of a locale is the preferred
//! term, the others are admitted until a person decides.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{csv, tbx};
use crate::termbase::{Standing, TermLocale, TermRendering, Terms};

/// Writes rows for a spreadsheet program.
pub fn terms_csv(terms: &Terms) -> Vec<u8> {
    let head = ["label", "locale", "name", "standing", "count", "places"].map(str::to_owned);
    let rows = terms.rows().map(|(term, locale, rendering)| {
        let places: Vec<String> = rendering.places.iter().map(|it| format!("{}:{}", it.path, it.line)).collect();
        let (name, standing) = (rendering.text.clone(), rendering.standing.word().to_owned());
        let count = rendering.count.to_string();
        [term.label.clone(), locale.locale.clone(), name, standing, count, places.join("\n")]
    });
    csv::table(std::iter::once(head).chain(rows))
}

/// A termbase in YAML.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Termbase<'t> {
    source_locale: &'t str,
    terms: Vec<Concept<'t>>,
}

#[derive(Serialize)]
struct Concept<'t> {
    term: &'t str,
    names: BTreeMap<&'t str, Names<'t>>,
}

#[derive(Serialize)]
struct Names<'t> {
    preferred: &'t str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    admitted: Vec<&'t str>,
}

/// Writes a termbase in YAML, to be edited by hand.
///
/// # Errors
/// None that the table can cause.
pub fn terms_yaml(terms: &Terms) -> Result<String, String> {
    let mut concepts = Vec::new();
    for term in &terms.labels {
        let mut names = BTreeMap::new();
        for locale in &term.locales {
            let all: Vec<&str> = certain(locale).into_iter().map(|it| it.text.as_str()).collect();
            if let [preferred, admitted @ ..] = &all[..] {
                names.insert(locale.locale.as_str(), Names { preferred, admitted: admitted.to_vec() });
            }
        }
        if !names.is_empty() {
            concepts.push(Concept { term: &term.label, names });
        }
    }
    let file = Termbase { source_locale: &terms.source_locale, terms: concepts };
    serde_yaml::to_string(&file).map_err(|error| error.to_string())
}

/// Writes a termbase in TBX of 2008, which most tools read.
pub fn terms_tbx(terms: &Terms) -> Vec<u8> {
    let mut labels = tbx::Labels::new();
    for term in &terms.labels {
        let mut locales: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
        for locale in &term.locales {
            let names = certain(locale).into_iter().map(|it| (it.text.clone(), it.count));
            locales.insert(&locale.locale, names.collect());
        }
        locales.retain(|_, names| !names.is_empty());
        if !locales.is_empty() {
            labels.insert(term.label.clone(), locales);
        }
    }
    tbx::termbase(&terms.source_locale, labels)
}

/// The names that are none by mistake.
fn certain(locale: &TermLocale) -> Vec<&TermRendering> {
    locale.renderings.iter().filter(|it| it.standing != Standing::Doubtful).collect()
}
