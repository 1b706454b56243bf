//! SARIF 2.1.0, the part of it that code scanning services and viewers read.

use std::io;

use serde::{Serialize, Serializer};

use super::{Report, RuleInfo};
use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::text::uri;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "hexapla",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: report.rules.iter().map(rule).collect(),
                },
            },
            invocations: invocations(&report.summary.notes),
            column_kind: "unicodeCodePoints",
            results: Results(report),
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invocations: Vec<Invocation<'a>>,
    column_kind: &'a str,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    semantic_version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
    full_description: Message,
    help: Help<'a>,
    default_configuration: Configuration<'a>,
    properties: Tags<'a>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration<'a> {
    level: &'a str,
}

#[derive(Serialize)]
struct Tags<'a> {
    tags: [&'a str; 1],
}

/// Says how the run went; here only to carry the remarks on pairing.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'a str,
    message: Message,
}

/// The results, each made only when it is written.
struct Results<'a>(&'a Report<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.0.rules;
        serializer.collect_seq(self.0.findings.iter().map(|finding| Outcome {
            rule_id: finding.rule,
            rule_index: rules.iter().position(|rule| rule.name == finding.rule),
            level: level(finding.severity),
            message: outcome_message(finding),
            locations: [location(&finding.primary, None)],
            related_locations: (1..).zip(&finding.labels).map(|(id, label)| location(label, Some(id))).collect(),
            partial_fingerprints: Fingerprints { v1: &finding.fingerprint },
            fixes: finding.fix.iter().filter(|fix| !fix.edits.is_empty()).map(|it| fix(finding, it)).collect(),
            properties: finding.unit.as_ref().map(|unit| Unit { unit: &unit.id, locale: &unit.locale }),
        }))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Unit<'a>>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "hexapla/v1")]
    v1: &'a str,
}

#[derive(Serialize)]
struct Unit<'a> {
    unit: &'a str,
    locale: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    byte_offset: u32,
    byte_length: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend<'a> {
    description: Message,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Bytes,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bytes {
    byte_offset: u32,
    byte_length: u32,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

fn invocations(notes: &[String]) -> Vec<Invocation<'_>> {
    if notes.is_empty() {
        return Vec::new();
    }
    let notifications = notes.iter().map(|note| Notification { level: "note", message: message(note) });
    vec![Invocation { execution_successful: true, tool_execution_notifications: notifications.collect() }]
}

fn rule(info: &RuleInfo) -> Rule<'_> {
    let page = if info.page.trim().is_empty() { info.summary } else { info.page };
    Rule {
        id: info.name,
        short_description: Message { text: info.summary.to_owned() },
        full_description: Message { text: first_paragraph(info.page).unwrap_or_else(|| info.summary.to_owned()) },
        help: Help { text: page, markdown: page },
        default_configuration: Configuration { level: level(info.severity) },
        properties: Tags { tags: [info.family] },
    }
}

/// The first paragraph of a page that is not a heading, on one line.
fn first_paragraph(page: &str) -> Option<String> {
    let mut lines = page.lines().map(str::trim).skip_while(|line| line.is_empty() || line.starts_with('#'));
    let paragraph: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty() && !line.starts_with('#')).collect();
    (!paragraph.is_empty()).then(|| paragraph.join(" "))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn outcome_message(finding: &Diagnostic) -> Message {
    match &finding.help {
        Some(help) => message(&format!("{}\n{help}", finding.message)),
        None => message(&finding.message),
    }
}

/// A message in which nothing that an article wrote becomes a link: `[text](1)` would.
fn message(text: &str) -> Message {
    let text = match text.contains("](") {
        true => text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
        false => text.to_owned(),
    };
    Message { text }
}

fn location(label: &Label, id: Option<usize>) -> Location {
    let (start, end) = (label.range.start, label.range.end);
    let region = Region {
        start_line: start.line,
        start_column: start.column.max(1),
        end_line: end.line.max(start.line),
        end_column: end.column.max(1),
        byte_offset: start.byte,
        byte_length: end.byte.saturating_sub(start.byte),
    };
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: Artifact { uri: uri(&label.path) },
            // A finding about a whole article has no line.
            region: (start.line > 0).then_some(region),
        },
        message: (!label.message.is_empty()).then(|| message(&label.message)),
    }
}

fn fix<'a>(finding: &'a Diagnostic, fix: &'a Fix) -> Mend<'a> {
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: Bytes {
            byte_offset: edit.span.start,
            byte_length: edit.span.end.saturating_sub(edit.span.start),
        },
        inserted_content: Content { text: &edit.text },
    });
    Mend {
        description: message(&fix.message),
        artifact_changes: [Change {
            artifact_location: Artifact { uri: uri(&finding.primary.path) },
            replacements: replacements.collect(),
        }],
    }
}
