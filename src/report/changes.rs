//! What changed between two versions of the articles: `hexapla diff`.

use std::collections::BTreeMap;
use std::io;

use clap::ValueEnum;

use super::counted;
use super::markdown::escaped;
use crate::procedure::{Change, Changes};
use crate::text::one_line;

/// How changes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ChangesFormat {
    /// By article, with what each locale needs
    #[default]
    Human,
    /// One JSON document
    Json,
    /// Lists for release notes and comments
    Markdown,
}

/// The JSON Schema of `hexapla diff --format json`.
pub fn changes_schema() -> serde_json::Value {
    super::schema_of::<Changes>().to_value()
}

/// Writes the changes: by article, and then by the locale that has to follow.
pub fn changes(changes: &Changes, format: ChangesFormat, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        ChangesFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, changes)?;
            writeln!(out)
        }
        ChangesFormat::Human => human(changes, out),
        ChangesFormat::Markdown => markdown(changes, out),
    }
}

fn by_article(changes: &Changes) -> BTreeMap<&str, Vec<&Change>> {
    let mut articles: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in &changes.changes {
        articles.entry(&change.article).or_default().push(change);
    }
    articles
}

/// The place within the article: `renew/s2`.
fn place(change: &Change) -> &str {
    change.place.strip_prefix(&change.article).map_or(&*change.place, |rest| rest.trim_start_matches('#'))
}

fn human(changes: &Changes, out: &mut dyn io::Write) -> io::Result<()> {
    for (article, all) in by_article(changes) {
        writeln!(out, "{}", one_line(article))?;
        for change in all {
            writeln!(out, "  {} {}", change.kind.words(), one_line(place(change)))?;
            for (sign, text) in [("-", &change.was), ("+", &change.is)] {
                if let Some(text) = text {
                    writeln!(out, "    {sign} {}", one_line(text))?;
                }
            }
            if !change.needed_in.is_empty() {
                writeln!(out, "    to be followed in {}", one_line(&change.needed_in.join(", ")))?;
            }
        }
        writeln!(out)?;
    }
    if changes.changes.is_empty() {
        return writeln!(out, "No step, label, note or policy changed.");
    }
    for (locale, count) in &changes.needed {
        writeln!(out, "{} has to follow {}", one_line(locale), counted(*count, "change"))?;
        for (article, all) in by_article(changes) {
            let mut needed = all.iter().filter(|it| it.needed_in.contains(locale)).peekable();
            if needed.peek().is_some() {
                writeln!(out, "  {}", one_line(article))?;
            }
            for change in needed {
                writeln!(out, "    {}", one_line(format!("{} {}", change.kind.words(), place(change)).trim_end()))?;
            }
        }
        writeln!(out)?;
    }
    let needed: Vec<String> = changes.needed.iter().map(|(locale, count)| format!("{locale} {count}")).collect();
    let needed = if needed.is_empty() { String::new() } else { format!("; to be followed in {}", needed.join(", ")) };
    let articles = counted(by_article(changes).len(), "article");
    writeln!(out, "{} in {articles}{needed}.", counted(changes.changes.len(), "change"))
}

fn markdown(changes: &Changes, out: &mut dyn io::Write) -> io::Result<()> {
    if changes.changes.is_empty() {
        return writeln!(out, "No step, label, note or policy changed.");
    }
    writeln!(out, "## {}", counted(changes.changes.len(), "change"))?;
    for (article, all) in by_article(changes) {
        writeln!(out, "\n### {}\n", escaped(article))?;
        for change in all {
            writeln!(out, "- {}", item(change))?;
        }
    }
    if !changes.needed.is_empty() {
        writeln!(out, "\n## What each locale needs")?;
    }
    for (locale, count) in &changes.needed {
        writeln!(out, "\n### {}: {}\n", escaped(locale), counted(*count, "change"))?;
        for change in changes.changes.iter().filter(|it| it.needed_in.contains(locale)) {
            writeln!(out, "- {}: {}", escaped(&change.article), item(change))?;
        }
    }
    Ok(())
}

fn item(change: &Change) -> String {
    let mut item = format!("**{}**", change.kind.words());
    if !change.place.is_empty() {
        item.push_str(&format!(" {}", escaped(place(change))));
    }
    match (&change.was, &change.is) {
        (Some(was), Some(is)) => item.push_str(&format!(": “{}” → “{}”", escaped(was), escaped(is))),
        (Some(text), None) | (None, Some(text)) => item.push_str(&format!(": “{}”", escaped(text))),
        (None, None) => {}
    }
    item
}
