//! How often each rule spoke: `hexapla check --statistics`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use super::{Report, counted};
use crate::diagnostic::{Applicability, Severity};

/// Writes a line for each rule and severity, the most frequent first, and the end line.
pub fn statistics(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), (usize, usize)> = BTreeMap::new();
    for finding in report.findings {
        let (count, fixable) = counts.entry((finding.rule, finding.severity)).or_default();
        *count += 1;
        *fixable += finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe) as usize;
    }
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|&((rule, severity), (count, _))| (Reverse(count), rule, Reverse(severity)));
    let digits = lines.iter().map(|(_, (count, _))| count.to_string().len()).max().unwrap_or(1);
    let longest = lines.iter().map(|((rule, _), _)| rule.len()).max().unwrap_or(0);
    for ((rule, severity), (count, fixable)) in lines {
        let fixable = if fixable > 0 { format!("{fixable} with a safe fix") } else { String::new() };
        let line = format!("{count:>digits$}  {:<7}  {rule:<longest$}  {fixable}", severity.name());
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "{}", end_line(report))
}

/// The last line: what was found, and in how much.
pub(super) fn end_line(report: &Report) -> String {
    let articles = counted(report.summary.articles, "article");
    match report.summary.counts() {
        counts if counts.is_empty() => format!("No findings in {articles}."),
        counts => format!("Found {counts} in {} of {articles}.", report.articles_with_findings()),
    }
}
