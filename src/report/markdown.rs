//! Markdown for a job summary or a comment: a table of the rules, then a table for each article.

use std::collections::BTreeMap;
use std::io;

use super::{Report, counted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::one_line;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let summary = report.summary;
    if report.findings.is_empty() {
        writeln!(out, "## No findings in {}", counted(summary.articles, "article"))?;
    } else {
        writeln!(
            out,
            "## {} in {} of {}",
            summary.counts(),
            report.articles_with_findings(),
            counted(summary.articles, "article"),
        )?;
        rules(report, out)?;
        articles(report, out)?;
    }
    if !summary.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &summary.notes {
        writeln!(out, "- {}", escaped(note))?;
    }
    Ok(())
}

fn rules(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut counts: BTreeMap<(std::cmp::Reverse<Severity>, &str), usize> = BTreeMap::new();
    for finding in report.findings {
        *counts.entry((std::cmp::Reverse(finding.severity), finding.rule)).or_default() += 1;
    }
    writeln!(out, "\n| Rule | Severity | Findings | What it means |\n|---|---|---:|---|")?;
    for ((severity, rule), count) in counts {
        let info = report.rules.iter().find(|info| info.name == rule);
        let summary = info.map(|info| escaped(info.summary)).unwrap_or_default();
        writeln!(out, "| {} | {} | {count} | {summary} |", escaped(rule), severity.0.name())?;
    }
    Ok(())
}

fn articles(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut articles: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.findings {
        articles.entry(&finding.primary.path).or_default().push(finding);
    }
    for (path, findings) in articles {
        writeln!(out, "\n### {}\n\n| Place | Severity | Rule | Finding |\n|---:|---|---|---|", escaped(path))?;
        for finding in findings {
            let start = finding.primary.range.start;
            write!(
                out,
                "| {}:{} | {} | {} | {}",
                start.line.max(1),
                start.column.max(1),
                finding.severity.name(),
                escaped(finding.rule),
                escaped(&finding.message),
            )?;
            if let Some(help) = &finding.help {
                write!(out, "<br>{}", escaped(help))?;
            }
            writeln!(out, " |")?;
        }
    }
    Ok(())
}

/// The text as it is: no emphasis, cell border, link, tag, or call of a person by `@`.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}
