//! The index of one locale, as scripts that a page asks for one by one: a page opened from a disk may
//! load a script, and nothing else.

use std::collections::BTreeMap;

use super::fold::terms;
use crate::report::pages::data;

/// What can be found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The page, from the folder of its locale.
    pub href: String,
    pub title: String,
    /// The language of the title, where it is not that of the locale.
    pub lang: Option<String>,
    /// The lines above it.
    pub way: String,
    pub headings: String,
    pub text: String,
}

/// About so many bytes a script of terms has.
const SHARD: usize = 48 * 1024;
/// So many pages a script of pages has.
const PAGES: usize = 24;
/// So much text of a page is kept to be shown.
const SHOWN: usize = 1200;

const TITLE: u32 = 8;
const HEADING: u32 = 4;
/// How often a text may say a term, as far as that counts.
const OFTEN: u32 = 3;

/// The scripts: names below the folder of the index, and texts.
pub(super) fn index(locale: &str, found: &[Found]) -> Vec<(String, String)> {
    let mut postings: BTreeMap<Vec<u16>, (String, Vec<u32>)> = BTreeMap::new();
    let mut lengths = Vec::with_capacity(found.len());
    for (number, page) in found.iter().enumerate() {
        let title = terms(&page.title);
        lengths.push(title.len().min(99));
        let mut own: BTreeMap<String, u32> = BTreeMap::new();
        for term in terms(&page.text) {
            let weight = own.entry(term).or_default();
            *weight = (*weight + 1).min(OFTEN);
        }
        for (texts, bit) in [(title, TITLE), (terms(&page.headings), HEADING)] {
            for term in texts {
                *own.entry(term).or_default() |= bit;
            }
        }
        for (term, weight) in own {
            let entry = postings.entry(term.encode_utf16().collect()).or_insert_with(|| (term, Vec::new()));
            entry.1.push(number as u32 * 16 + weight);
        }
    }
    let mut files = Vec::new();
    let mut firsts: Vec<String> = Vec::new();
    let mut shard = String::new();
    let mut put = |name: String, json: &str| {
        files.push((format!("{name}.js"), format!("hexaplaSearch({},{},{json});\n", data(&locale), data(&name))));
    };
    for (term, pages) in postings.into_values() {
        if shard.is_empty() {
            firsts.push(term.clone());
            shard.push('[');
        } else {
            shard.push(',');
        }
        shard.push_str(&data(&term));
        shard.push_str(",[");
        let mut last = 0;
        for (at, page) in pages.into_iter().enumerate() {
            // Pages as steps from the one before.
            let step = (page / 16 - last) * 16 + page % 16;
            last = page / 16;
            shard.push_str(if at == 0 { "" } else { "," });
            shard.push_str(&step.to_string());
        }
        shard.push(']');
        if shard.len() > SHARD {
            put(format!("t{}", firsts.len() - 1), &(std::mem::take(&mut shard) + "]"));
        }
    }
    if !shard.is_empty() {
        put(format!("t{}", firsts.len() - 1), &(shard + "]"));
    }
    for (number, pages) in found.chunks(PAGES).enumerate() {
        let page = pages.iter().map(|it| (&it.href, &it.title, &it.lang, &it.way, cut(&it.text)));
        put(format!("d{number}"), &data(&page.collect::<Vec<_>>()));
    }
    let manifest = serde_json::json!({ "firsts": firsts, "pages": found.len(), "each": PAGES, "lengths": lengths });
    put("index".to_owned(), &data(&manifest));
    files
}

fn cut(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).nth(SHOWN).unwrap_or(text.len());
    &text[..end]
}
