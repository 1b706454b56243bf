//! `llms.txt` and Markdown twins: what a language model is given to read of a site.

use std::collections::BTreeMap;

use super::chunks::marked;
use super::topic::{Article, Slot, joined};

/// A line of the list.
#[derive(Clone, Debug)]
pub struct LlmsEntry {
    /// The key of the article.
    key: String,
    title: String,
    description: Option<String>,
}

/// The twin of an article: it, without front matter; of a help file its questions. `None` where
/// there is nothing to read.
pub fn llms_twin(article: &Article) -> Option<String> {
    if article.is_contents() {
        return None;
    }
    let title = joined(&article.title, marked);
    let text = match article.extension.as_str() {
        "yml" | "yaml" => {
            let mut text = format!("# {title}\n");
            for section in article.sections.iter().filter(|it| it.level != 1) {
                let heading = joined(&section.title, marked);
                if !heading.is_empty() {
                    let marks = "#".repeat(section.level.clamp(2, 6).into());
                    text.push_str(&format!("\n{marks} {heading}\n"));
                }
                for block in &section.blocks {
                    let own: Vec<Slot> =
                        super::prose::slots(std::slice::from_ref(block)).into_iter().cloned().collect();
                    text.push_str(&format!("\n{}\n", joined(&own, marked)));
                }
            }
            text
        }
        _ => without_front_matter(&article.document).to_owned(),
    };
    (!text.trim().is_empty()).then_some(text)
}

fn without_front_matter(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    let Some(rest) = text.strip_prefix("---") else { return text };
    let end = rest.match_indices("\n---").map(|(at, _)| at + 4).find(|&at| {
        let line = rest[at..].split('\n').next().unwrap_or_default();
        line.trim().is_empty()
    });
    match end {
        Some(end) => rest[end..].split_once('\n').map_or("", |(_, rest)| rest).trim_start_matches(['\r', '\n']),
        None => text,
    }
}

/// The line of an article.
pub fn llms_entry(article: &Article) -> LlmsEntry {
    let description = article.description.iter().map(marked).find(|it| !it.is_empty());
    LlmsEntry { key: article.key.clone(), title: joined(&article.title, |it| it.text.clone()), description }
}

/// The file itself: the articles of one locale, under the folders that they stand in. `title` is what
/// the site is called; without one, the locale stands there.
pub fn llms(locale: &str, title: Option<&str>, entries: &[LlmsEntry]) -> String {
    let mut folders: BTreeMap<&str, Vec<&LlmsEntry>> = BTreeMap::new();
    for entry in entries {
        let folder = entry.key.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(entry);
    }
    let mut text = format!("# {}\n", title.unwrap_or(locale));
    for (folder, entries) in folders {
        text.push_str(&format!("\n## {}\n\n", if folder.is_empty() { locale } else { folder }));
        for entry in entries {
            let title = if entry.title.is_empty() { &entry.key } else { &entry.title };
            let note = entry.description.as_ref().map_or_else(String::new, |it| format!(": {it}"));
            text.push_str(&format!("- [{}]({}.md){note}\n", bracketed(title), address(&entry.key)));
        }
    }
    text
}

fn bracketed(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn address(key: &str) -> String {
    let encode = |it: char| match it {
        ' ' => "%20".to_owned(),
        '(' => "%28".to_owned(),
        ')' => "%29".to_owned(),
        it => it.to_string(),
    };
    key.chars().map(encode).collect()
}
