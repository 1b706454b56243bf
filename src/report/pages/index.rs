//! The first page: policies side by side, locales, and every article with its state in every locale.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::readings::readings;
use super::{Edition, Page, PageError, direction};
use crate::locale::Locale;
use crate::procedure::{CellState, Matrix, MatrixCell, MatrixRow};
use crate::report::{Counts, State, Status, Summary};

/// What the first page shows.
pub struct IndexInput<'a> {
    /// Where the locales stand.
    pub status: &'a Status,
    /// The articles, in order.
    pub articles: &'a [ArticleLine],
    /// The policies of all articles.
    pub matrix: &'a Matrix,
    /// For each key of the matrix, the page of the article.
    pub pages: &'a BTreeMap<String, String>,
    /// The numbers.
    pub summary: &'a Summary,
}

/// An article.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleLine {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its page, in the folder of the report.
    pub page: String,
    /// Findings in its source: errors, warnings, infos.
    pub source: [usize; 3],
    /// Whether there are any of these.
    pub source_any: bool,
    /// The gravest finding in any locale: `error`, `warning`, `info`, `none`.
    pub worst: &'static str,
    /// By locale.
    pub locales: BTreeMap<String, LocaleCell>,
}

/// An article in one locale.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LocaleCell {
    /// Whether there is a translation.
    pub state: State,
    /// `MT` or `HT`.
    pub made_by: String,
    /// What is translated, and what was found.
    pub counts: Counts,
    /// The share that is translated and not behind, in percent.
    pub up_to_date: f64,
}

#[derive(Serialize)]
struct View<'a> {
    tool: &'a str,
    hash: &'a str,
    source_locale: &'a str,
    summary: Numbers<'a>,
    status: &'a Status,
    locales: Vec<&'a str>,
    articles: &'a [ArticleLine],
    policies: Vec<PolicyView<'a>>,
    n_policies: usize,
    notes: &'a [String],
    data: String,
}

#[derive(Serialize)]
struct Numbers<'a> {
    articles: usize,
    units: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    counts: Vec<(&'a str, usize)>,
}

/// What is stated of one thing.
#[derive(Serialize)]
struct PolicyView<'a> {
    kind: String,
    subject: String,
    action: String,
    /// Why it is worth a look.
    why: Vec<&'static str>,
    n_articles: usize,
    /// The different statements of sources, the most frequent first.
    readings: Vec<String>,
    locales: Vec<&'a str>,
    lines: Vec<PolicyLine<'a>>,
}

/// What one article states in all its locales.
#[derive(Serialize)]
struct PolicyLine<'a> {
    article: &'a str,
    page: Option<&'a str>,
    anchor: String,
    scope: String,
    states: String,
    text: &'a str,
    cells: Vec<Option<PolicyCell<'a>>>,
}

#[derive(Serialize)]
struct PolicyCell<'a> {
    locale: &'a str,
    direction: &'static str,
    state: CellState,
    sign: &'static str,
    word: &'static str,
    states: String,
    text: &'a str,
}

#[derive(Serialize)]
struct Data<'a> {
    tool: &'a str,
    report: &'a str,
    columns: [(); 0],
}

const DIFFERS: &str = "a translation differs";
const LACKS: &str = "a translation lacks it";

/// Makes the first page.
///
/// # Errors
/// When its template is broken.
pub fn index(input: &IndexInput<'_>, edition: &Edition<'_>) -> Result<Page, PageError> {
    let rows = input.matrix.rows.iter();
    let mut policies: Vec<PolicyView<'_>> = rows.filter_map(|row| policy(row, input)).collect();
    // What misleads somebody comes first; what only lacks a translation, last.
    let rank = |it: &PolicyView<'_>| match it.why.as_slice() {
        why if why.contains(&DIFFERS) => 0,
        [LACKS] => 2,
        _ => 1,
    };
    policies.sort_by_key(rank);
    let summary = input.summary;
    let source_locale = edition.settings.source_locale.tag();
    let view = View {
        tool: edition.tool,
        hash: edition.hash,
        source_locale,
        summary: Numbers {
            articles: summary.articles,
            units: summary.units,
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            counts: summary.locales.iter().map(|(locale, count)| (locale.as_str(), *count)).collect(),
        },
        status: input.status,
        locales: input.status.locales.iter().map(|it| it.locale.as_str()).collect(),
        articles: input.articles,
        n_policies: input.matrix.rows.len(),
        policies,
        notes: &summary.notes,
        data: super::frame::data(&Data { tool: edition.tool, report: edition.hash, columns: [] }),
    };
    Ok(Page { file: "index.html".to_owned(), html: edition.frame.fill("index.html", &view)? })
}

/// A policy that is stated in more than one way: by articles, or by a translation.
fn policy<'a>(row: &'a MatrixRow, input: &IndexInput<'a>) -> Option<PolicyView<'a>> {
    let sources: Vec<&MatrixCell> = row.cells.iter().filter(|it| it.state == CellState::Source).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    sources.iter().for_each(|it| *times.entry(it.states.as_str()).or_default() += 1);
    let n_articles = sources.iter().map(|it| &it.article).collect::<BTreeSet<_>>().len();
    let any = |state| row.cells.iter().any(|it| it.state == state);
    let mut why = Vec::new();
    why.extend((times.len() > 1 && n_articles > 1).then_some("articles differ"));
    why.extend(any(CellState::Differs).then_some(DIFFERS));
    why.extend(any(CellState::Absent).then_some(LACKS));
    if why.is_empty() {
        return None;
    }
    let mut said: Vec<(&str, usize)> = times.into_iter().collect();
    said.sort_by_key(|(states, times)| (std::cmp::Reverse(*times), *states));
    let translated = row.cells.iter().filter(|it| it.state != CellState::Source);
    let locales: BTreeSet<&str> = translated.map(|it| it.locale.as_str()).collect();
    let locales: Vec<&str> = locales.into_iter().collect();
    let line = |source: &&'a MatrixCell| {
        let own = |locale: &&str| {
            row.cells
                .iter()
                .find(|it| it.policy == source.policy && it.locale == **locale && it.state != CellState::Source)
        };
        PolicyLine {
            article: &source.article,
            page: input.pages.get(&source.article).map(String::as_str),
            anchor: format!("m{}", source.segment),
            scope: scope(source),
            states: readings(&source.states),
            text: &source.text,
            cells: locales.iter().map(|locale| own(locale).map(cell)).collect(),
        }
    };
    Some(PolicyView {
        kind: row.kind.replace('-', " "),
        subject: row.subject.as_deref().unwrap_or_default().replace('-', " "),
        action: row.action.as_deref().unwrap_or_default().replace('-', " "),
        why,
        n_articles,
        readings: said.into_iter().map(|(states, _)| readings(states)).collect(),
        lines: sources.iter().map(line).collect(),
        locales,
    })
}

fn cell(cell: &MatrixCell) -> PolicyCell<'_> {
    let (sign, word) = match cell.state {
        CellState::Source | CellState::Same => ("=", "the same"),
        CellState::Differs => ("≠", "differs"),
        CellState::OtherVersion => ("≈", "of another version"),
        CellState::Absent => ("∅", "not translated"),
    };
    let direction = Locale::parse(&cell.locale).map_or("ltr", |it| direction(&it));
    PolicyCell {
        locale: &cell.locale,
        direction,
        state: cell.state,
        sign,
        word,
        states: readings(&cell.states),
        text: &cell.text,
    }
}

fn scope(cell: &MatrixCell) -> String {
    let all = cell.scope.dimensions.iter().map(|(name, of)| format!("{name}: {}", of.join(", ")));
    all.collect::<Vec<_>>().join("; ")
}
