//! `hexapla apply`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::articles::{RunArgs, find};
use super::import::bytes;
use super::merging::{MergeArgs, finish};
use super::{Failure, Global, terminal};
use crate::config::{Overrides, Settings};
use crate::exchange::Decisions;
use crate::lint::Baseline;
use crate::project;
use crate::report::counted;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Proposals are merged into the articles as `hexapla import` merges units: only where the target is still the one \
that was reviewed. Ignored findings go into the baseline with their reasons. Comments leave with \
`hexapla export --decisions FILE`.

Exit codes: 0 done, 1 some proposals were refused, 2 the work could not be done.")]
pub(super) struct Args {
    /// Decisions files, as the pages of `hexapla report` export them
    #[arg(value_name = "DECISIONS", required = true)]
    files: Vec<PathBuf>,
    /// The baseline that takes the ignored findings [default: that of the settings, or hexapla-baseline.json]
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    baseline: Option<PathBuf>,
    #[command(flatten)]
    merge: MergeArgs,
    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    let overrides = Overrides { baseline: args.baseline.clone(), ..Overrides::default() };
    let settings = args.run.settings_with(global, overrides)?;
    let mut all = Decisions::default();
    for file in &args.files {
        all.decisions.extend(read(file)?.decisions);
    }
    let mut proposals = all.proposals();
    let (imported, remarks) = match proposals.is_empty() {
        true => Default::default(),
        false => {
            let groups = find(&args.merge.within, &settings)?;
            args.merge.name(&mut proposals, &groups);
            project::import(&groups, &settings, proposals)
        }
    };
    let ignored = ignore(&all, &settings, args.merge.writes(&imported))?;
    let comments = all.decisions.iter().filter(|it| it.comment.as_deref().is_some_and(|it| !it.trim().is_empty()));
    let (comments, accepted) = (comments.count(), all.decisions.iter().filter(|it| it.accepted).count());
    if global.quiet == 0 {
        let mut out = terminal::stderr();
        writeln!(
            out,
            "{ignored}; {} accepted, {} (`export --decisions` writes them out)",
            counted(accepted, "unit"),
            counted(comments, "comment")
        )?;
    }
    finish(&imported, &remarks, &args.merge, global)
}

/// Reads a decisions file.
pub(super) fn read(file: &Path) -> Result<Decisions, Failure> {
    let bytes = bytes(file)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| format!("{}: not UTF-8: {error}", file.display()))?;
    Ok(Decisions::parse(text).map_err(|error| format!("{}: {error}", file.display()))?)
}

/// Puts ignored findings into the baseline, and says so.
fn ignore(all: &Decisions, settings: &Settings, writes: bool) -> Result<String, Failure> {
    let ignored = all.decisions.iter().flat_map(|decision| decision.ignored.iter().map(move |it| (decision, it)));
    let ignored: Vec<_> = ignored.collect();
    if ignored.is_empty() {
        return Ok("no findings to be ignored".to_owned());
    }
    let file = settings.baseline.clone();
    let named = file.is_some();
    let file = file.unwrap_or_else(|| settings.cwd().join("hexapla-baseline.json"));
    let shown = file.strip_prefix(settings.cwd()).unwrap_or(&file).display().to_string();
    let mut baseline = match std::fs::read_to_string(&file) {
        Ok(text) => Baseline::parse(&text).map_err(|error| format!("{shown}: {error}"))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Baseline::of(&[]),
        Err(error) => return Err(format!("{shown}: {error}").into()),
    };
    let before = baseline.len();
    for (decision, it) in &ignored {
        baseline.ignore(&decision.path, &it.rule, &it.fingerprint, &it.reason);
    }
    let new = baseline.len() - before;
    if writes && new > 0 {
        project::atomic_write(&file, baseline.to_json().as_bytes())?;
    }
    let hint = if named { "" } else { " (name it in hexapla.toml: baseline = \"hexapla-baseline.json\")" };
    let done = if writes { "ignored from now on, in" } else { "would go into" };
    Ok(format!("{} {done} {shown}{hint}", counted(new, "finding")))
}
