//! Annotations for GitHub workflows: commands that the runner reads from the log. Errors come
//! first, because only the first few of a step are shown.

use std::io;

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::one_line;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    for (severity, command) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "notice")]
    {
        for finding in report.findings.iter().filter(|it| it.severity == severity) {
            writeln!(out, "::{command} {}::{}", properties(finding), message(finding))?;
        }
    }
    Ok(())
}

fn properties(finding: &Diagnostic) -> String {
    let range = finding.primary.range;
    let mut properties = format!("file={}", property(&one_line(&finding.primary.path)));
    if range.start.line > 0 {
        properties += &format!(",line={},endLine={}", range.start.line, range.end.line.max(range.start.line));
        // GitHub accepts columns only for an annotation within one line.
        if range.end.line <= range.start.line {
            properties += &format!(",col={},endColumn={}", range.start.column, range.end.column);
        }
    }
    properties += &format!(",title={}", property(finding.rule));
    properties
}

fn message(finding: &Diagnostic) -> String {
    let mut text = one_line(&finding.message).into_owned();
    if let Some(help) = &finding.help {
        text.push('\n');
        text.push_str(&one_line(help));
    }
    data(&text)
}

/// The message of a command ends with its line, and `%` begins an escape.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends with a comma or with `::` too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
