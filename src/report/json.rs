//! The JSON contract, version 1. The same types give the output and its schema. Fields may be
//! added within a version; none is renamed or taken away.

use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Report;
use crate::diagnostic::{self, Applicability, Diagnostic, Severity};
use crate::text;

/// The version of the contract.
const VERSION: u32 = 1;

/// One document, written finding by finding: never held as a whole.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let summary = report.summary;
    let document = Document {
        version: VERSION,
        findings: Findings(report.findings),
        summary: Summary {
            articles: summary.articles,
            units: summary.units,
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            notes: &summary.notes,
            locales: &summary.locales,
        },
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// One finding a line, and nothing else.
pub(super) fn write_lines(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in report.findings {
        serde_json::to_writer(&mut *out, &Finding::from(finding))?;
        writeln!(out)?;
    }
    Ok(())
}

/// The JSON Schema of the `json` format. A line of `jsonl` is one of its `findings`.
pub fn schema() -> serde_json::Value {
    super::schema_of::<Document>().into()
}

/// What `hexapla check --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Findings of hexapla check")]
struct Document<'a> {
    /// The version of this contract. Fields may be added without raising it.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The findings, by article and then by place.
    #[schemars(with = "Vec<Finding<'a>>")]
    findings: Findings<'a>,
    /// The findings in numbers.
    summary: Summary<'a>,
}

/// A list that makes the view of a finding only when it is written.
struct Findings<'a>(&'a [Diagnostic]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Finding::from))
    }
}

/// One finding.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// The rule's name.
    rule: &'a str,
    /// What it costs the reader.
    severity: Severity,
    /// What is wrong.
    message: &'a str,
    /// What to do about it.
    help: Option<&'a str>,
    /// The article, relative to the current folder.
    path: &'a str,
    /// Where it is.
    range: Range,
    /// Other places that explain it; the source side first.
    labels: Vec<Label<'a>>,
    /// The translation unit it was found in.
    unit: Option<Unit<'a>>,
    /// A mend, if there is one.
    fix: Option<Fix<'a>>,
    /// Equal for the same finding after lines have shifted.
    fingerprint: &'a str,
}

/// From one position to another, the end excluded.
#[derive(Serialize, JsonSchema)]
struct Range {
    /// The first character.
    start: Position,
    /// One past the last character.
    end: Position,
}

/// A place in an article.
#[derive(Serialize, JsonSchema)]
struct Position {
    /// 1-based.
    #[schemars(range(min = 1))]
    line: u32,
    /// 1-based, in Unicode code points.
    #[schemars(range(min = 1))]
    column: u32,
    /// 0-based offset in the file.
    byte: u32,
}

/// Another place that explains a finding.
#[derive(Serialize, JsonSchema)]
struct Label<'a> {
    /// The article, relative to the current folder.
    path: &'a str,
    /// The place.
    range: Range,
    /// What is to be seen there.
    message: &'a str,
}

/// A translation unit.
#[derive(Serialize, JsonSchema)]
struct Unit<'a> {
    /// The written id, `front-matter:KEY`, or an id of hexapla's own that is stable.
    id: &'a str,
    /// The source text as written.
    source: &'a str,
    /// The target text as written.
    target: &'a str,
    /// The target locale; empty when unknown.
    locale: &'a str,
}

/// A mend that a finding offers.
#[derive(Serialize, JsonSchema)]
struct Fix<'a> {
    /// What it does, as a command.
    message: &'a str,
    /// `safe`: nobody would want it undone. `ask`: a person has to agree.
    applicability: Applicability,
    /// Replacements in the finding's own article, in order, not overlapping.
    edits: Vec<Edit<'a>>,
}

/// One replacement of bytes.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    /// The first byte replaced.
    start: u32,
    /// One past the last byte replaced.
    end: u32,
    /// What takes their place.
    text: &'a str,
}

/// The findings in numbers.
#[derive(Serialize, JsonSchema)]
struct Summary<'a> {
    /// Articles read.
    articles: usize,
    /// Translation units compared.
    units: usize,
    /// Findings of severity `error`.
    errors: usize,
    /// Findings of severity `warning`.
    warnings: usize,
    /// Findings of severity `info`.
    infos: usize,
    /// Remarks on how articles were paired.
    notes: &'a [String],
    /// Articles of each locale.
    locales: &'a BTreeMap<String, usize>,
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(it: &'a Diagnostic) -> Self {
        Self {
            rule: it.rule,
            severity: it.severity,
            message: &it.message,
            help: it.help.as_deref(),
            path: &it.primary.path,
            range: it.primary.range.into(),
            labels: it.labels.iter().map(Label::from).collect(),
            unit: it.unit.as_deref().map(Unit::from),
            fix: it.fix.as_ref().map(Fix::from),
            fingerprint: &it.fingerprint,
        }
    }
}

impl From<diagnostic::Range> for Range {
    fn from(it: diagnostic::Range) -> Self {
        Self { start: it.start.into(), end: it.end.into() }
    }
}

impl From<text::Position> for Position {
    /// A finding about a whole article has no line; the contract counts from 1.
    fn from(it: text::Position) -> Self {
        Self { line: it.line.max(1), column: it.column.max(1), byte: it.byte }
    }
}

impl<'a> From<&'a diagnostic::Label> for Label<'a> {
    fn from(it: &'a diagnostic::Label) -> Self {
        Self { path: &it.path, range: it.range.into(), message: &it.message }
    }
}

impl<'a> From<&'a diagnostic::UnitRef> for Unit<'a> {
    fn from(it: &'a diagnostic::UnitRef) -> Self {
        Self { id: &it.id, source: &it.source, target: &it.target, locale: &it.locale }
    }
}

impl<'a> From<&'a diagnostic::Fix> for Fix<'a> {
    fn from(it: &'a diagnostic::Fix) -> Self {
        let edits = it.edits.iter().map(|edit| Edit { start: edit.span.start, end: edit.span.end, text: &edit.text });
        Self { message: &it.message, applicability: it.applicability, edits: edits.collect() }
    }
}
