//! JUnit XML: a test suite for each article with findings, a failed case for each finding.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Report;
use crate::diagnostic::Diagnostic;
use crate::text::one_line;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut articles: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.findings {
        articles.entry(&finding.primary.path).or_default().push(finding);
    }
    let failures = report.findings.len();
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .with_attribute(("name", "hexapla"))
        .with_attribute(("tests", failures.max(1).to_string().as_str()))
        .with_attribute(("failures", failures.to_string().as_str()))
        .with_attribute(("errors", "0"))
        .write_inner_content(|writer| {
            if articles.is_empty() {
                return nothing_found(writer);
            }
            articles.iter().try_for_each(|(path, findings)| suite(writer, path, findings))
        })?;
    writeln!(out)
}

/// Many readers take a report without any case for a run that broke.
fn nothing_found<W: io::Write>(writer: &mut Writer<W>) -> io::Result<()> {
    writer
        .create_element("testsuite")
        .with_attribute(("name", "hexapla"))
        .with_attribute(("tests", "1"))
        .with_attribute(("failures", "0"))
        .with_attribute(("errors", "0"))
        .write_inner_content(|writer| {
            let case = writer.create_element("testcase").with_attribute(("name", "no findings"));
            case.with_attribute(("classname", "hexapla")).write_empty()?;
            Ok(())
        })?;
    Ok(())
}

fn suite<W: io::Write>(writer: &mut Writer<W>, path: &str, findings: &[&Diagnostic]) -> io::Result<()> {
    let path = text(path);
    let count = findings.len().to_string();
    writer
        .create_element("testsuite")
        .with_attribute(("name", path.as_str()))
        .with_attribute(("tests", count.as_str()))
        .with_attribute(("failures", count.as_str()))
        .with_attribute(("errors", "0"))
        .write_inner_content(|writer| findings.iter().try_for_each(|finding| case(writer, &path, finding)))?;
    Ok(())
}

fn case<W: io::Write>(writer: &mut Writer<W>, path: &str, finding: &Diagnostic) -> io::Result<()> {
    let start = finding.primary.range.start;
    let (line, column) = (start.line.max(1), start.column.max(1));
    writer
        .create_element("testcase")
        .with_attribute(("name", format!("{} at {line}:{column}", finding.rule).as_str()))
        .with_attribute(("classname", path))
        .with_attribute(("line", line.to_string().as_str()))
        .with_attribute(("column", column.to_string().as_str()))
        .write_inner_content(|writer| {
            writer
                .create_element("failure")
                .with_attribute(("type", finding.severity.name()))
                .with_attribute(("message", text(&finding.message).as_str()))
                .write_text_content(BytesText::new(&body(finding)))?;
            Ok(())
        })?;
    Ok(())
}

/// What a person reads after opening the failed case.
fn body(finding: &Diagnostic) -> String {
    let mut parts = Vec::new();
    for label in &finding.labels {
        let start = label.range.start;
        parts.push(format!("{}:{}:{}: {}", label.path, start.line.max(1), start.column.max(1), label.message));
    }
    if let Some(unit) = &finding.unit {
        parts.push(format!("source: {}", unit.source));
        parts.push(format!("target: {}", unit.target));
    }
    parts.extend(finding.help.iter().map(|help| format!("help: {help}")));
    parts.iter().map(|part| text(part)).collect::<Vec<_>>().join("\n")
}

/// XML 1.0 has no way to write a control character, not even escaped, nor the two non-characters.
fn text(text: &str) -> String {
    one_line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
