//! `hexapla check`

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::PathBuf;

use super::articles::{RunArgs, grouped, is_wanted, locales, nothing_found, width, write};
use super::progress::Progress;
use super::selection::{RuleArgs, rules, subtract_baseline};
use super::{CLEAN, FAILED, FOUND, Failure, Global, fixing};
use crate::config::{FailOn, Overrides, Settings};
use crate::diagnostic::Diagnostic;
use crate::lint::Baseline;
use crate::project::{self, Checked, Group, History, Unsaved};
use crate::report::{self, Format, Report, Summary};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

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
    /// Print the JSON Schema of `--format json`
    #[arg(long, help_heading = "Output")]
    schema: bool,

    /// Apply the safe fixes to the articles; what is printed is what is left
    #[arg(long, conflicts_with = "stdin_filename", help_heading = "Fixes")]
    fix: bool,
    /// Write nothing; show what the safe fixes would change, as a unified diff
    #[arg(long, conflicts_with_all = ["stdin_filename", "fix", "write_baseline"], help_heading = "Fixes")]
    diff: bool,

    #[command(flatten)]
    rules: RuleArgs,
    /// The least severity that gives exit code 1 [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Rules")]
    fail_on: Option<FailOn>,
    /// Write the findings of this run to the baseline file (hexapla-baseline.json unless named)
    #[arg(long, help_heading = "Rules")]
    write_baseline: bool,

    /// Report on these locales only
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    /// Only articles changed since the common ancestor with a git revision, and the translations of
    /// changed sources
    #[arg(long, visible_alias = "since", value_name = "REV", help_heading = "Articles")]
    changed_since: Option<String>,
    /// Check standard input as if it were this file
    #[arg(long, value_name = "PATH", help_heading = "Articles")]
    stdin_filename: Option<PathBuf>,
    /// It is no error when no article is found
    #[arg(long, help_heading = "Articles")]
    allow_empty: bool,

    #[command(flatten)]
    run: RunArgs,
    /// Do not use the cache (there is none yet: every run is cold)
    #[arg(long, help_heading = "Run")]
    no_cache: bool,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if args.schema {
        return super::print(&(serde_json::to_string_pretty(&report::schema())? + "\n"));
    }
    let settings = args.run.settings_to_check(global, overrides(args))?;
    let mut unsaved = Unsaved::new();
    let groups = find(args, &settings, &mut unsaved)?;
    let chosen = choose(args, &groups, &settings, &unsaved)?;
    let articles = chosen.iter().map(|&group| groups[group].members.len()).sum();
    let progress = Progress::new(articles, args.format == Format::Human && global.quiet == 0);
    let history = History::open(&settings)?;
    let done = |articles| progress.done(articles);
    let only_unsaved: BTreeSet<String> = unsaved.keys().cloned().collect();
    let look = |unsaved: &Unsaved| {
        let mut checked = project::check(&groups, &chosen, &settings, unsaved, &history, &done);
        narrow(args, &groups, &mut checked, &only_unsaved)?;
        Ok::<Checked, Failure>(checked)
    };
    let mut checked = look(&unsaved)?;
    let fixed = match args.fix || args.diff {
        true => Some(fixing::fix(&groups, &settings, &mut checked, &look)?),
        false => None,
    };
    progress.end();
    for fault in &checked.faults {
        say!("error: {fault}");
    }
    if let Some(fixed) = fixed {
        if args.diff {
            return fixed.show(global);
        }
        fixed.write(global)?;
    }
    let code = settle(args, global, &settings, checked)?;
    Ok(code)
}

fn overrides(args: &Args) -> Overrides {
    Overrides { fail_on: args.fail_on, ..args.rules.overrides() }
}

/// The articles, grouped. Standard input takes the place of the file it is named after.
fn find(args: &Args, settings: &Settings, unsaved: &mut Unsaved) -> Result<Vec<Group>, Failure> {
    let mut found = project::discover(&args.paths, settings)?;
    if let Some(path) = &args.stdin_filename {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let shown = path.to_string_lossy().replace('\\', "/");
        let shown = shown.strip_prefix("./").unwrap_or(&shown).to_owned();
        if !found.iter().any(|it| *it.path == *shown) {
            let format = crate::document::Format::of_path(&shown)
                .ok_or_else(|| format!("{shown}: not an article (Markdown, YAML or HTML)"))?;
            let (on_disk, size) = (path.clone(), bytes.len() as u64);
            let path = shown.as_str().into();
            found.push(project::Found { path, on_disk, format, size, by_name: true, problem: None });
        }
        unsaved.insert(shown, String::from_utf8_lossy(&bytes).into_owned());
    }
    if found.is_empty() && !args.allow_empty {
        return Err(nothing_found(&args.paths));
    }
    Ok(grouped(found, settings))
}

/// The numbers of the groups to check.
fn choose(args: &Args, groups: &[Group], settings: &Settings, unsaved: &Unsaved) -> Result<Vec<usize>, Failure> {
    let mut chosen: Vec<usize> = match &args.changed_since {
        Some(revision) => {
            let changed = project::changed_since(revision, settings.cwd())?;
            project::select_changed(groups, &changed, settings)
        }
        None => (0..groups.len()).collect(),
    };
    if args.stdin_filename.is_some() {
        chosen.retain(|&group| groups[group].members.iter().any(|it| unsaved.contains_key(&*it.found.path)));
    }
    Ok(chosen)
}

/// Takes out what was not asked for.
fn narrow(args: &Args, groups: &[Group], checked: &mut Checked, only: &BTreeSet<String>) -> Result<(), Failure> {
    let wanted = locales(&args.locale)?;
    let members = groups.iter().flat_map(|group| &group.members).filter(|it| is_wanted(&wanted, &it.locale));
    let paths: BTreeSet<&str> = members.map(|member| &*member.found.path).collect();
    checked.findings.retain(|finding| {
        (wanted.is_empty() || paths.contains(&*finding.primary.path))
            && args.rules.is_grave_enough(finding)
            && (only.is_empty() || only.contains(&*finding.primary.path))
    });
    Ok(())
}

/// Baseline, output, exit code.
fn settle(args: &Args, global: &Global, settings: &Settings, mut checked: Checked) -> Result<u8, Failure> {
    let faults = !checked.faults.is_empty();
    let file = settings.baseline.clone();
    if args.write_baseline {
        let file = file.unwrap_or_else(|| PathBuf::from("hexapla-baseline.json"));
        project::atomic_write(&file, Baseline::of(&checked.findings).to_json().as_bytes())?;
        say!("wrote {} findings to {}", checked.findings.len(), file.display());
        return Ok(if faults { FAILED } else { CLEAN });
    }
    let mut notes = std::mem::take(&mut checked.notes);
    if let Some((file, stale)) = subtract_baseline(settings, &mut checked.findings)?
        && stale > 0
        && args.changed_since.is_none()
        && args.stdin_filename.is_none()
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
    print(args, global, &checked.findings, &summary)?;
    let fails = |finding: &Diagnostic| settings.fail_on.fails(finding.severity);
    Ok(match checked.findings.iter().any(fails) {
        _ if faults => FAILED,
        true => FOUND,
        false => CLEAN,
    })
}

fn print(args: &Args, global: &Global, findings: &[Diagnostic], summary: &Summary) -> Result<(), Failure> {
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
        match args.statistics {
            true => report::statistics(&report, out)?,
            false => report::render(&report, args.format, out)?,
        }
        Ok(())
    })
}
