//! Findings to text: one file a format. This room reads no disk and decides nothing: which
//! findings there are, and in which order, was settled before.
//!
//! | file | for whom |
//! |---|---|
//! | `human` | a person at a terminal: both sides of the translation, marked |
//! | `concise` | one line a finding, for `grep` and editors |
//! | `json` | programs; the contract, with its schema |
//! | `sarif` | code scanning services and viewers |
//! | `github` | annotations on a pull request |
//! | `gitlab` | the code quality widget of a merge request |
//! | `junit` | test reports of CI systems |
//! | `markdown` | job summaries and comments |
//! | `changes` | what changed between two versions, in three forms |
//! | `statistics` | how often each rule spoke |
//! | `beads` | which segments correspond: human, jsonl, tsv |
//! | `matrix` | the policies of all articles side by side |
//! | `model` | models of articles, in three forms |
//! | `pages` | the review: HTML for a person who decides, finding by finding |
//! | `terms` | labels with their names in each locale |
//! | `status` | where each locale and article stands, in three forms |
//!
//! Everything quoted from an article is untrusted. Each format escapes for itself, and
//! `crate::text::one_line` takes out what would steer a terminal.

mod beads;
mod changes;
mod concise;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;
mod statistics;
mod matrix;
mod model;
pub mod pages;
mod status;
mod terms;

pub use beads::{BeadFormat, BeadStyle, beads, beads_head};
pub use changes::{ChangesFormat, changes, changes_schema};
pub use json::schema;
pub use matrix::{MatrixFormat, matrix, matrix_schema};
pub use model::{ModelFormat, model_article, model_foot, model_head, model_joint, model_schema};
pub use statistics::statistics;
pub use status::{ArticleStatus, Counts, LocaleStatus, State, Status, status, status_schema};
pub use terms::{terms, terms_json, terms_markdown, terms_schema};

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Severity};

/// What a rule is, for formats that describe rules.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    /// Its name.
    pub name: &'static str,
    /// What it finds, in a clause without full stop.
    pub summary: &'static str,
    /// The family it is listed under.
    pub family: &'static str,
    /// Its severity where nothing is configured.
    pub severity: Severity,
    /// Its page, in Markdown.
    pub page: &'static str,
}

/// What was read and what was found, in numbers.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Articles read.
    pub articles: usize,
    /// Translation units compared.
    pub units: usize,
    /// Findings that mislead the reader or break the page.
    pub errors: usize,
    /// Findings that may confuse.
    pub warnings: usize,
    /// Findings of polish.
    pub infos: usize,
    /// Remarks on how articles were paired.
    pub notes: Vec<String>,
    /// Articles of each locale.
    pub locales: BTreeMap<String, usize>,
}

impl Summary {
    /// Counts the findings by severity, in place of what was counted before.
    pub fn count(&mut self, findings: &[Diagnostic]) {
        let of = |severity| findings.iter().filter(|it| it.severity == severity).count();
        (self.errors, self.warnings, self.infos) = (of(Severity::Error), of(Severity::Warning), of(Severity::Info));
    }

    /// "12 errors, 3 warnings, 1 info"; empty where nothing was found.
    fn counts(&self) -> String {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let words: Vec<_> = counts.iter().filter(|(n, _)| *n > 0).map(|&(n, word)| counted(n, word)).collect();
        words.join(", ")
    }
}

/// All that a format may need.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The findings in the order they are printed.
    pub findings: &'a [Diagnostic],
    /// The numbers.
    pub summary: &'a Summary,
    /// The rules that were run.
    pub rules: &'a [RuleInfo],
    /// Columns of the terminal; 0 where unknown.
    pub width: usize,
    /// Whether colour is wanted.
    pub color: bool,
    /// How many findings of one rule are shown to a person; no limit for `None` and 0. Formats
    /// for machines are never cut short.
    pub max_per_rule: Option<usize>,
}

impl Report<'_> {
    /// How many different articles have a finding.
    fn articles_with_findings(&self) -> usize {
        let paths: std::collections::BTreeSet<&str> = self.findings.iter().map(|it| &*it.primary.path).collect();
        paths.len()
    }
}

/// How findings are written.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, clap::ValueEnum, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Both sides of the translation, marked, for reading
    #[default]
    Human,
    /// One line a finding
    Concise,
    /// One JSON document; the stable contract
    Json,
    /// One JSON object a line and finding
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub workflow annotations
    Github,
    /// GitLab code quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// Markdown tables for job summaries and comments
    Markdown,
}

/// How the state of locales is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum StatusFormat {
    /// A table for reading
    #[default]
    Human,
    /// One JSON document
    Json,
    /// Tables for job summaries and comments
    Markdown,
}

/// Writes the report in one format. The only errors are the writer's.
pub fn render(report: &Report, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Human => human::write(report, out),
        Format::Concise => concise::write(report, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => json::write_lines(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Markdown => markdown::write(report, out),
    }
}

/// The JSON Schema of a document as it is written: what is empty may be left out.
/// The JSON Schema of what is written.
pub(crate) fn schema_of<T: schemars::JsonSchema>() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}

/// "1 article", "2 articles".
pub(crate) fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
