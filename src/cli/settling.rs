//! What becomes of findings: which are wanted, the baseline, the output, the exit code.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::articles::{is_wanted, width, write};
use super::selection::{KnownFindings, rules};
use super::{CLEAN, FAILED, FOUND, Failure, Global};
use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Baseline;
use crate::locale::Locale;
use crate::project::{self, Checked, Keeping, Printed, Wishes};
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

/// How the findings of one run are to be printed: what the world around it says is asked once.
pub(super) struct Output<'a> {
    args: &'a OutputArgs,
    global: &'a Global,
    settings: &'a Settings,
    /// Columns of the terminal; 0 where there is none.
    width: usize,
    color: bool,
    known: Option<KnownFindings>,
}

impl<'a> Output<'a> {
    /// As these say; the baseline is read.
    pub(super) fn of(args: &'a OutputArgs, global: &'a Global, settings: &'a Settings) -> Result<Self, Failure> {
        let is_drawn = args.output.is_none() && args.is_for_a_person();
        let (width, color) = (if is_drawn { width() } else { 0 }, args.output.is_none() && global.color.wanted());
        Ok(Output { args, global, settings, width, color, known: KnownFindings::read(settings)? })
    }

    /// All that what is printed depends on beside what is found; `narrowed` says what else is asked.
    pub(super) fn wishes(&self, narrowed: impl Debug) -> Wishes {
        let OutputArgs { format, output, statistics, max_findings } = self.args;
        let (to_file, baseline) = (output.is_some(), self.known.as_ref().map(|it| (&it.file, it.hash)));
        let asked = (statistics, max_findings, self.width, self.color, self.global.quiet, self.settings.fail_on);
        Wishes {
            kind: format!("{format:?} {statistics}"),
            all: format!("{:?}", (format, to_file, asked, baseline, narrowed)),
        }
    }

    /// Prints what was printed before; gives the exit code.
    pub(super) fn again(&self, printed: &Printed) -> Result<u8, Failure> {
        if self.global.quiet < 2 {
            write(self.args.file(), |out| Ok(out.write_all(printed.text())?))?;
        }
        Ok(printed.code)
    }

    /// Baseline, output, exit code. `whole` says that all articles were checked; `keep`, which is told
    /// the exit code, takes what is printed for another time.
    pub(super) fn settle<'k>(
        &self,
        whole: bool,
        mut checked: Checked,
        keep: impl FnOnce(u8) -> Option<Keeping<'k>>,
    ) -> Result<u8, Failure> {
        let mut notes = std::mem::take(&mut checked.notes);
        if let Some(known) = &self.known {
            let stale = known.baseline.subtract(&mut checked.findings);
            if stale > 0 && whole {
                notes.push(format!("{stale} findings of {} are gone; write it anew with --write-baseline", known.file));
            }
        }
        let mut summary = Summary {
            articles: checked.articles,
            units: checked.units,
            notes,
            locales: checked.locales,
            ..Summary::default()
        };
        summary.count(&checked.findings);
        let fails = |finding: &Diagnostic| self.settings.fail_on.fails(finding.severity);
        let code = match checked.findings.iter().any(fails) {
            _ if !checked.faults.is_empty() => FAILED,
            true => FOUND,
            false => CLEAN,
        };
        let mut keeping = keep(code);
        self.print(&checked.findings, &summary, keeping.as_mut())?;
        if let Some(keeping) = keeping {
            keeping.finish();
        }
        // Dropped while others go on.
        rayon::spawn(move || drop(checked.findings));
        Ok(code)
    }

    fn print(
        &self,
        findings: &[Diagnostic],
        summary: &Summary,
        keeping: Option<&mut Keeping<'_>>,
    ) -> Result<(), Failure> {
        if self.global.quiet > 1 {
            return Ok(());
        }
        let (rules, file) = (rules(), self.args.file());
        let max_per_rule = file.is_none().then_some(self.args.max_findings);
        let report = Report { findings, summary, rules: &rules, width: self.width, color: self.color, max_per_rule };
        write(file, |out| {
            let mut out = Both { out, keeping };
            match self.args.statistics {
                true => report::statistics(&report, &mut out)?,
                false => report::render(&report, self.args.format, &mut out)?,
            }
            Ok(())
        })
    }
}

/// Writes the baseline; gives the exit code.
pub(super) fn write_baseline(settings: &Settings, checked: &Checked) -> Result<u8, Failure> {
    let file = settings.baseline.clone().unwrap_or_else(|| PathBuf::from("hexapla-baseline.json"));
    project::atomic_write(&file, Baseline::of(&checked.findings).to_json().as_bytes())?;
    say!("wrote {} findings to {}", checked.findings.len(), file.display());
    Ok(if checked.faults.is_empty() { CLEAN } else { FAILED })
}

/// What is printed, and kept while it is.
struct Both<'o, 'k> {
    out: &'o mut dyn Write,
    keeping: Option<&'o mut Keeping<'k>>,
}

impl Write for Both<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        if let Some(keeping) = &mut self.keeping {
            keeping.write_all(&bytes[..count])?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
