//! One line a finding: `path:line:column: severity[rule] message`.

use std::io;

use super::Report;
use crate::text::one_line;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in report.findings {
        let start = finding.primary.range.start;
        writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            one_line(&finding.primary.path),
            start.line.max(1),
            start.column.max(1),
            finding.severity.name(),
            finding.rule,
            one_line(&finding.message),
        )?;
    }
    Ok(())
}
