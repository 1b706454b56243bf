//! Where each locale and article stands: `hexapla status`.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::StatusFormat;
use crate::text::one_line;

/// What is translated, in segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Counts {
    /// Segments of the source.
    pub segments: usize,
    /// Those with a target in the target language.
    pub translated: usize,
    /// Those whose target is still the source.
    pub untranslated: usize,
    /// Those without a target.
    pub missing: usize,
    /// Targets that the source has nothing for.
    pub orphaned: usize,
    /// Targets made from another text than the source has now.
    pub behind: usize,
    /// Findings that mislead the reader or break the page.
    pub errors: usize,
    /// Findings that may confuse.
    pub warnings: usize,
    /// Findings of polish.
    pub infos: usize,
}

/// One translated article.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct ArticleStatus {
    /// Its path; where the article is missing, that of its source.
    pub path: String,
    /// Its locale.
    pub locale: String,
    /// Whether there is a translation.
    pub state: State,
    /// Who translated it, in the words of its front matter (`MT`, `HT`); empty when not said.
    pub translation_type: String,
    /// What is translated.
    #[serde(flatten)]
    pub counts: Counts,
    /// The share of the segments that are translated and not behind, in percent.
    pub up_to_date: f64,
}

/// Whether there is a translation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// There is one, with its source.
    #[default]
    Translated,
    /// There is none.
    Missing,
    /// There is one, and no source.
    Orphan,
}

/// One locale.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct LocaleStatus {
    /// Its tag; empty where it is not known.
    pub locale: String,
    /// Articles that there are.
    pub articles: usize,
    /// Articles of the source without a translation.
    pub missing_articles: usize,
    /// Translations without a source.
    pub orphan_articles: usize,
    /// Translations by the word of their front matter (`MT`, `HT`).
    pub translation_types: BTreeMap<String, usize>,
    /// What is translated; a missing article is missing with all its segments.
    #[serde(flatten)]
    pub counts: Counts,
    /// The share of the segments that are translated and not behind, in percent.
    pub up_to_date: f64,
}

/// Where a project stands.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Status {
    /// The version of this contract.
    pub version: u32,
    /// The locales, by tag.
    pub locales: Vec<LocaleStatus>,
    /// The articles, by locale and path; left out unless asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<ArticleStatus>,
}

impl Counts {
    /// The share of the segments that are translated and not behind, in percent; all of none.
    pub fn up_to_date(&self) -> f64 {
        let good = self.translated.saturating_sub(self.behind);
        // Cut, not rounded: 100 says that nothing is left to do.
        let tenths = (good * 1000).checked_div(self.segments).unwrap_or(1000);
        tenths as f64 / 10.0
    }

    fn add(&mut self, other: &Counts) {
        self.segments += other.segments;
        self.translated += other.translated;
        self.untranslated += other.untranslated;
        self.missing += other.missing;
        self.orphaned += other.orphaned;
        self.behind += other.behind;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }
}

impl Status {
    /// Sums the articles up by locale.
    pub fn of(mut articles: Vec<ArticleStatus>) -> Self {
        let mut locales: BTreeMap<String, LocaleStatus> = BTreeMap::new();
        for article in &mut articles {
            article.up_to_date = article.counts.up_to_date();
            let it = locales.entry(article.locale.clone()).or_default();
            match article.state {
                State::Missing => it.missing_articles += 1,
                State::Orphan => it.orphan_articles += 1,
                State::Translated => {}
            }
            it.articles += usize::from(article.state != State::Missing);
            if !article.translation_type.is_empty() {
                *it.translation_types.entry(article.translation_type.clone()).or_default() += 1;
            }
            it.counts.add(&article.counts);
        }
        for (locale, it) in &mut locales {
            it.locale.clone_from(locale);
            it.up_to_date = it.counts.up_to_date();
        }
        articles.sort_by(|a, b| (&a.locale, &a.path).cmp(&(&b.locale, &b.path)));
        Status { version: 1, locales: locales.into_values().collect(), articles }
    }
}

/// The JSON Schema of `hexapla status --format json`.
pub fn status_schema() -> serde_json::Value {
    super::schema_of::<Status>().to_value()
}

/// Writes the state of the locales, and of the articles where there are any in it.
pub fn status(status: &Status, format: StatusFormat, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        StatusFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, status)?;
            writeln!(out)
        }
        StatusFormat::Human => {
            human(&locale_table(status), out)?;
            if !status.articles.is_empty() {
                writeln!(out)?;
                human(&article_table(status), out)?;
            }
            Ok(())
        }
        StatusFormat::Markdown => {
            markdown(&locale_table(status), out)?;
            if !status.articles.is_empty() {
                writeln!(out)?;
                markdown(&article_table(status), out)?;
            }
            Ok(())
        }
    }
}

/// Rows of cells, the first row with the names of the columns; the first cells are words.
struct Table {
    words: usize,
    rows: Vec<Vec<String>>,
}

const COUNTS: [&str; 9] =
    ["segments", "translated", "untranslated", "missing", "orphaned", "behind", "errors", "warnings", "infos"];

fn cells(counts: &Counts) -> impl Iterator<Item = String> {
    let Counts { segments, translated, untranslated, missing, orphaned, behind, errors, warnings, infos } = *counts;
    [segments, translated, untranslated, missing, orphaned, behind, errors, warnings, infos]
        .into_iter()
        .map(|it| it.to_string())
}

fn percent(share: f64) -> String {
    format!("{share:.1} %")
}

fn locale_table(status: &Status) -> Table {
    let head = ["locale", "made by", "up to date", "articles"].into_iter().chain(COUNTS).map(str::to_owned);
    let row = |it: &LocaleStatus| {
        let locale = if it.locale.is_empty() { "not known" } else { &it.locale };
        let types: Vec<String> = it.translation_types.iter().map(|(word, count)| format!("{count} {word}")).collect();
        let (own, orphans) = (it.articles - it.orphan_articles, it.orphan_articles);
        let mut articles = match it.missing_articles {
            0 => own.to_string(),
            missing => format!("{own} of {}", own + missing),
        };
        if orphans > 0 {
            articles.push_str(&format!(" + {orphans} without a source"));
        }
        let first = [locale.to_owned(), types.join(", "), percent(it.up_to_date), articles];
        first.into_iter().chain(cells(&it.counts)).collect()
    };
    Table { words: 2, rows: std::iter::once(head.collect()).chain(status.locales.iter().map(row)).collect() }
}

fn article_table(status: &Status) -> Table {
    let head = ["locale", "article", "made by", "up to date"].into_iter().chain(COUNTS).map(str::to_owned);
    let row = |it: &ArticleStatus| {
        let path = match it.state {
            State::Translated => it.path.clone(),
            State::Missing => format!("{} (no translation)", it.path),
            State::Orphan => format!("{} (no source)", it.path),
        };
        let first = [it.locale.clone(), path, it.translation_type.clone(), percent(it.up_to_date)];
        first.into_iter().chain(cells(&it.counts)).collect()
    };
    Table { words: 3, rows: std::iter::once(head.collect()).chain(status.articles.iter().map(row)).collect() }
}

/// Columns in their width; numbers to the right. A column of zeros is left out.
fn human(table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
    use unicode_width::UnicodeWidthStr;
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| one_line(cell).into_owned()).collect()).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let says = |at: usize| rows[1..].iter().any(|row| !matches!(row[at].as_str(), "0" | ""));
    let width = |at: usize| says(at).then(|| rows.iter().map(|row| row[at].width()).max()).flatten();
    let widths: Vec<Option<usize>> = (0..columns).map(width).collect();
    for row in &rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let Some(width) = width else { continue };
            let space = " ".repeat(width - cell.width());
            let gap = if at > 0 { "  " } else { "" };
            match at < table.words {
                true => line.extend([gap, cell, &space]),
                false => line.extend([gap, &space, cell]),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn markdown(table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
    for (number, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| super::markdown::escaped(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
        if number == 0 {
            let marks = (0..row.len()).map(|at| if at < table.words { "---" } else { "---:" });
            writeln!(out, "|{}|", marks.collect::<Vec<_>>().join("|"))?;
        }
    }
    Ok(())
}
