//! `hexapla merge`, and what `check --shard` writes for it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::articles::locales;
use super::export::dataset::write_findings;
use super::selection::subtract_baseline;
use super::settling::{self, Output, OutputArgs};
use super::{CLEAN, FAILED, Failure, Global};
use crate::config::{FailOn, Overrides, Settings};
use crate::diagnostic::Severity;
use crate::locale::Locale;
use crate::project::{self, Joined, Shard};
use crate::report::counted;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
What is found between articles – policies that contradict each other, names and terms that differ – is found here. \
The output, the exit code and the baseline are those of one `hexapla check` over all articles, to the byte.

The shards hold what the findings need: no article is read. They also hold which rules, locales and severities were \
asked for. The settings have to be here, in the same folder of the project as where the shards were made, and the \
hexapla that merges has to be the one that checked.

Exit codes: 0 nothing found at or above --fail-on, 1 findings, 2 the work could not be done: a shard is missing, given \
twice or damaged, or is of another run, version, or state of the articles.")]
pub(super) struct Args {
    /// The files that `hexapla check --shard I/N` wrote, all N of them, in any order
    #[arg(value_name = "SHARD", required = true)]
    shards: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputArgs,
    /// Write the findings into a dataset of `hexapla export --to parquet`, too
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    parquet: Option<PathBuf>,

    /// The least severity that gives exit code 1 [default: as the shards were made with]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Rules")]
    fail_on: Option<FailOn>,
    /// File with known findings, which are left out [default: as the shards were made with]
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run to the baseline file (hexapla-baseline.json unless named)
    #[arg(long, help_heading = "Rules")]
    write_baseline: bool,
}

/// What `check --shard` was asked: `merge` need not be told again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Asked {
    select: Option<Vec<String>>,
    ignore: Vec<String>,
    extend_select: Vec<String>,
    fail_on: Option<FailOn>,
    source_locale: Option<String>,
    exclude: Vec<String>,
    baseline: Option<PathBuf>,
    severity: Option<Severity>,
    locale: Vec<String>,
    /// Whether all articles are checked, and not only what changed.
    whole: bool,
}

type Part = project::Part<Asked>;

impl Asked {
    pub(super) fn of(said: Overrides, severity: Option<Severity>, locale: &[String], whole: bool) -> Self {
        let Overrides { select, ignore, extend_select, severity: _, fail_on, source_locale, exclude, baseline } = said;
        let source_locale = source_locale.map(|it| it.tag().to_owned());
        let locale = locale.to_vec();
        Asked { select, ignore, extend_select, fail_on, source_locale, exclude, baseline, severity, locale, whole }
    }

    fn overrides(&self) -> Overrides {
        let it = self.clone();
        Overrides {
            select: it.select,
            ignore: it.ignore,
            extend_select: it.extend_select,
            fail_on: it.fail_on,
            source_locale: it.source_locale.as_deref().and_then(Locale::parse),
            exclude: it.exclude,
            baseline: it.baseline,
            ..Overrides::default()
        }
    }
}

/// Writes a part of a run, and says what is in it.
pub(super) fn write(mut part: Part, shard: Shard, file: Option<&Path>, global: &Global) -> Result<u8, Failure> {
    let name = format!("hexapla-{}-of-{}.shard", shard.number(), shard.of());
    let file = file.unwrap_or(Path::new(&name));
    part.write(file)?;
    part.faults().for_each(|fault| say!("error: {fault}"));
    if global.quiet == 0 {
        let (articles, findings) = (counted(part.articles(), "article"), counted(part.findings(), "finding"));
        say!("shard {shard}: {findings} in {articles}, without those between articles; wrote {}", file.display());
    }
    Ok(if part.faults().next().is_some() { FAILED } else { CLEAN })
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    let (asked, settings, joined) = join(&args.shards, args.fail_on, args.baseline.clone(), global)?;
    let Joined { mut checked, members } = joined;
    let placed = members.iter().map(|it| (&*it.path, &it.locale));
    settling::narrow(&mut checked.findings, &locales(&asked.locale)?, asked.severity, placed);
    if let Some(folder) = &args.parquet {
        let articles = members.into_iter().map(|it| (it.path, (it.key, it.locale))).collect();
        let mut findings = checked.findings.clone();
        subtract_baseline(&settings, &mut findings)?;
        let written = write_findings(folder, &findings, &articles)?;
        if global.quiet == 0 {
            say!("wrote {written} to {}", folder.display());
        }
    }
    checked.faults.iter().for_each(|fault| say!("error: {fault}"));
    if args.write_baseline {
        return settling::write_baseline(&settings, &checked);
    }
    Output::of(&args.output, global, &settings)?.settle(asked.whole, checked, |_| None)
}

/// Reads shards and puts them together, with the settings in force here.
fn join(
    files: &[PathBuf],
    fail_on: Option<FailOn>,
    baseline: Option<PathBuf>,
    global: &Global,
) -> Result<(Asked, Settings, Joined), Failure> {
    let mut parts = Vec::with_capacity(files.len());
    for file in files {
        parts.push((file.display().to_string(), Part::read(file)?));
    }
    project::agree(&parts)?;
    let asked = parts[0].1.asked().clone();
    let mut said = asked.overrides();
    said.fail_on = fail_on.or(said.fail_on);
    said.baseline = baseline.or(said.baseline);
    let mut settings = super::config::load(global, &said)?;
    project::read_bases(&mut settings)?;
    let joined = project::join(parts, &settings)?;
    Ok((asked, settings, joined))
}
