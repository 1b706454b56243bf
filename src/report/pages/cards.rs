//! Findings as they are shown: a card for each, and the characters that it means.

use serde::Serialize;

use super::Edition;
use super::marks::Mark;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::Span;

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Card<'a> {
    fingerprint: &'a str,
    severity: &'static str,
    /// The word for it, as it begins a card.
    word: &'static str,
    pub rule: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    /// The sign that its marks bear.
    pub sign: String,
    /// The column of its target; `None` for what is about the article.
    column: Option<usize>,
    /// The locale of its target.
    locale: String,
    /// The article, where it is not that of the column.
    path: &'a str,
    line: u32,
    place: String,
    /// The place without folders.
    short: String,
    /// The text of the place, where no row shows it.
    excerpt: Option<Excerpt<'a>>,
    evidence: Vec<Evidence<'a>>,
    fix: Option<&'a str>,
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug, Serialize)]
struct Evidence<'a> {
    message: &'a str,
    place: String,
    path: &'a str,
    line: u32,
    /// The page of its article, where the report has one.
    page: Option<String>,
    excerpt: Excerpt<'a>,
}

/// A text with a marked stretch.
#[derive(Clone, Debug, Serialize)]
struct Excerpt<'a> {
    before: String,
    marked: &'a str,
    after: String,
}

impl<'a> Card<'a> {
    /// `column` and `locale` are those of the target that it is about; `shown` is whether a row shows
    /// its place.
    pub fn of(
        finding: &'a Diagnostic,
        column: Option<usize>,
        locale: &str,
        sign: String,
        shown: bool,
        edition: &Edition<'_>,
    ) -> Self {
        let label = &finding.primary;
        Card {
            fingerprint: &finding.fingerprint,
            severity: finding.severity.name(),
            word: match finding.severity {
                Severity::Error => "Error",
                Severity::Warning => "Warning",
                Severity::Info => "Note",
            },
            rule: finding.rule,
            message: &finding.message,
            help: finding.help.as_deref(),
            sign,
            column,
            locale: locale.to_owned(),
            path: &label.path,
            line: label.range.start.line,
            place: place(label),
            short: place(label).rsplit('/').next().unwrap_or_default().to_owned(),
            excerpt: (!shown && !label.excerpt.text.is_empty()).then(|| excerpt(label)),
            evidence: finding.labels.iter().map(|label| evidence(label, edition)).collect(),
            fix: finding.fix.as_ref().map(|fix| fix.message.as_str()),
        }
    }
}

fn place(label: &Label) -> String {
    let start = label.range.start;
    match start.line {
        0 => label.path.to_string(),
        line => format!("{}:{line}:{}", label.path, start.column),
    }
}

fn evidence<'a>(label: &'a Label, edition: &Edition<'_>) -> Evidence<'a> {
    Evidence {
        message: &label.message,
        place: place(label),
        path: &label.path,
        line: label.range.start.line,
        page: edition.names.page(&label.path),
        excerpt: excerpt(label),
    }
}

fn excerpt(label: &Label) -> Excerpt<'_> {
    let it = &label.excerpt;
    let part = |from: usize, to: usize| it.text.get(from..to).unwrap_or_default();
    let sign = |cut| if cut { "…" } else { "" };
    Excerpt {
        before: format!("{}{}", sign(it.cut_before), part(0, it.start).trim_start()),
        marked: part(it.start, it.end),
        after: format!("{}{}", part(it.end, it.text.len()).trim_end(), sign(it.cut_after)),
    }
}

/// The bytes of a place.
pub(super) fn span(label: &Label) -> Span {
    Span { start: label.range.start.byte, end: label.range.end.byte.max(label.range.start.byte) }
}

/// What kind of thing a rule looks at, as a word of the style.
pub(super) fn kind(rule: &str, family: &str) -> &'static str {
    match (rule, family) {
        ("changed-date" | "changed-time", _) => "date",
        ("changed-duration", _) => "duration",
        ("changed-code" | "changed-inline-code" | "placeholder-mismatch", _) => "code",
        ("changed-time-relation" | "changed-comparator", _) => "relation",
        ("lost-negation", _) => "negation",
        ("changed-modality", _) => "duty",
        ("lost-exclusivity" | "lost-choice", _) => "only",
        ("changed-degree", _) => "degree",
        ("link-mismatch" | "image-mismatch" | "anchor-mismatch", _) => "link",
        (_, "facts" | "policies") => "number",
        (_, "labels" | "inline") => "label",
        (_, "language" | "completeness") => "words",
        _ => "other",
    }
}

/// The mark of a finding.
pub(super) fn mark(finding: &Diagnostic, span: Span, sign: &str, column: Option<usize>, edition: &Edition<'_>) -> Mark {
    let family = edition.rules.iter().find(|it| it.name == finding.rule).map_or("", |it| it.family);
    let (kind, severity) = (kind(finding.rule, family), Some(finding.severity.name()));
    Mark { span, kind, severity, sign: sign.to_owned(), column }
}

/// `a`, `b`, … `z`, `aa`.
pub(super) fn sign(index: usize) -> String {
    let letter = |it: usize| char::from(b'a' + (it % 26) as u8);
    match index {
        0..26 => letter(index).to_string(),
        _ => format!("{}{}", sign(index / 26 - 1), letter(index)),
    }
}
