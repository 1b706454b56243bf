//! GitLab's code quality report: an array of issues.

use std::collections::HashMap;
use std::io;

use serde::{Serialize, Serializer};

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Issues(report.findings))?;
    writeln!(out)
}

struct Issues<'a>(&'a [Diagnostic]);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // GitLab drops an issue whose fingerprint it has seen, so a repetition is numbered.
        let mut seen: HashMap<&str, usize> = HashMap::new();
        serializer.collect_seq(self.0.iter().map(|finding| {
            let times = seen.entry(&finding.fingerprint).and_modify(|times| *times += 1).or_insert(1);
            issue(finding, *times)
        }))
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'a>>,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    body: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
    positions: Positions,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

#[derive(Serialize)]
struct Positions {
    begin: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
}

fn issue(finding: &Diagnostic, times: usize) -> Issue<'_> {
    let (start, end) = (finding.primary.range.start, finding.primary.range.end);
    Issue {
        description: &finding.message,
        check_name: finding.rule,
        fingerprint: match times {
            1 => finding.fingerprint.clone(),
            _ => format!("{}-{times}", finding.fingerprint),
        },
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        content: finding.help.as_deref().map(|body| Content { body }),
        location: Location {
            path: &finding.primary.path,
            lines: Lines { begin: start.line.max(1), end: end.line.max(start.line).max(1) },
            positions: Positions { begin: place(start), end: place(end) },
        },
    }
}

fn place(position: text::Position) -> Place {
    Place { line: position.line.max(1), column: position.column.max(1) }
}
