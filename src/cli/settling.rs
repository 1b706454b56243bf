//! What becomes of findings: which are wanted, the baseline, the output, the exit code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::again::Both;
use super::articles::{is_wanted, width, write};
use super::selection::{rules, subtract_baseline};
use super::{CLEAN, FAILED, FOUND, Failure, Global};
use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Baseline;
use crate::locale::Locale;
use crate::project::{self, Checked, Keeping};
use crate::report::{self, Format, Report, Summary};

/// How findings are to be printed.
#[derive(Debug, clap::Args)]
pub(super) struct OutputArgs {
    /// How to print the findings
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = Format::Human, help_heading = "Output")]
    format: Format,
    /// Write the findings to a file
    #[arg(short, long, visible_alias = "output-file", value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Print how often each rule spoke instead of the findings
    #[arg(long, help_heading = "Output")]
    statistics: bool,
    /// Findings of one rule that are printed to a person; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = "Output")]
    max_findings: usize,
}

impl OutputArgs {
    /// The file to write to.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Whether a person reads along.
    pub(super) fn is_for_a_person(&self) -> bool {
        self.format == Format::Human
    }
}

/// Takes out what was not asked for: findings in other locales, and those that are not grave enough.
/// `members` are the articles, each with its locale.
pub(super) fn narrow<'m>(
    findings: &mut Vec<Diagnostic>,
    wanted: &[Locale],
    least: Option<Severity>,
    members: impl Iterator<Item = (&'m str, &'m Locale)>,
) {
    let paths: BTreeSet<&str> = members.filter(|(_, it)| is_wanted(wanted, it)).map(|(path, _)| path).collect();
    findings.retain(|it| {
        (wanted.is_empty() || paths.contains(&*it.primary.path)) && least.is_none_or(|least| it.severity >= least)
    });
}

/// Baseline, output, exit code. `whole` says that all articles were checked; `keep`, which is told the
/// exit code, takes what is printed for another time.
pub(super) fn settle<'k>(
    args: &OutputArgs,
    write_baseline: bool,
    whole: bool,
    global: &Global,
    settings: &Settings,
    mut checked: Checked,
    keep: impl FnOnce(u8) -> Option<Keeping<'k>>,
) -> Result<u8, Failure> {
    let faults = !checked.faults.is_empty();
    let file = settings.baseline.clone();
    if write_baseline {
        let file = file.unwrap_or_else(|| PathBuf::from("hexapla-baseline.json"));
        project::atomic_write(&file, Baseline::of(&checked.findings).to_json().as_bytes())?;
        say!("wrote {} findings to {}", checked.findings.len(), file.display());
        return Ok(if faults { FAILED } else { CLEAN });
    }
    let mut notes = std::mem::take(&mut checked.notes);
    if let Some((file, stale)) = subtract_baseline(settings, &mut checked.findings)?
        && stale > 0
        && whole
    {
        notes.push(format!("{stale} findings of {file} are gone; write it anew with --write-baseline"));
    }
    let mut summary = Summary {
        articles: checked.articles,
        units: checked.units,
        notes,
        locales: checked.locales,
        ..Summary::default()
    };
    summary.count(&checked.findings);
    let fails = |finding: &Diagnostic| settings.fail_on.fails(finding.severity);
    let code = match checked.findings.iter().any(fails) {
        _ if faults => FAILED,
        true => FOUND,
        false => CLEAN,
    };
    let mut keeping = keep(code);
    print(args, global, &checked.findings, &summary, keeping.as_mut())?;
    if let Some(keeping) = keeping {
        keeping.finish();
    }
    Ok(code)
}

fn print(
    args: &OutputArgs,
    global: &Global,
    findings: &[Diagnostic],
    summary: &Summary,
    keeping: Option<&mut Keeping<'_>>,
) -> Result<(), Failure> {
    if global.quiet > 1 {
        return Ok(());
    }
    let rules = rules();
    let to_file = args.output.is_some();
    let report = Report {
        findings,
        summary,
        rules: &rules,
        width: width(),
        color: !to_file && global.color.wanted(),
        max_per_rule: (!to_file).then_some(args.max_findings),
    };
    write(args.output.as_deref(), |out| {
        let mut out = Both { out, keeping };
        match args.statistics {
            true => report::statistics(&report, &mut out)?,
            false => report::render(&report, args.format, &mut out)?,
        }
        Ok(())
    })
}
