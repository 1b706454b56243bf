//! What `import` and `apply` do last: show or write the edited articles, and say what was refused.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{CLEAN, FAILED, FOUND, Failure, Global, rewriting, terminal};
use crate::exchange::{Outcome, Refusal, Returned};
use crate::project::{Group, Imported, Remarks};
use crate::report::counted;

/// How edited articles are treated.
#[derive(Debug, clap::Args)]
pub(super) struct MergeArgs {
    /// Folders and articles to look in; what was exported inside of a folder is found in it
    /// [default: the current folder]
    #[arg(long = "in", value_name = "PATH", help_heading = "Articles")]
    pub(super) within: Vec<PathBuf>,
    /// Write nothing; show what would change, as a unified diff
    #[arg(long, help_heading = "Output")]
    dry_run: bool,
    /// Write nothing if any unit is refused
    #[arg(long, help_heading = "Output")]
    strict: bool,
    /// How to say what became of the units
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", help_heading = "Output")]
    format: Form,
}

impl MergeArgs {
    /// Whether anything is to be written.
    pub(super) fn writes(&self, imported: &[Imported]) -> bool {
        let mut outcomes = imported.iter().flat_map(|it| &it.outcomes);
        let holds = self.strict && outcomes.any(|(_, it)| matches!(it, Outcome::Refused(_)));
        !(self.dry_run || holds)
    }

    /// Names articles as they are found from here. An article is named as it was seen from where it
    /// was exported: from the current folder, or from one that is to be looked in.
    pub(super) fn name(&self, returned: &mut [Returned], groups: &[Group]) {
        let known: BTreeSet<&str> =
            groups.iter().flat_map(|group| &group.members).map(|member| &*member.found.path).collect();
        for it in returned {
            let path = it.path.trim_start_matches("./").to_owned();
            let below = |folder: &PathBuf| {
                let folder = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
                let folder = folder.trim_start_matches("./").trim_end_matches('/').to_owned();
                Some(format!("{folder}/{path}")).filter(|path| known.contains(&**path))
            };
            it.path = match known.contains(&*path) {
                true => path,
                false => self.within.iter().find_map(below).unwrap_or(path),
            };
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For a person: what was written, what was refused and why
    #[default]
    Human,
    /// One object with each unit that did not stay as it was
    Json,
}

#[derive(Default, Serialize)]
struct Said<'a> {
    version: u32,
    articles: usize,
    written: usize,
    kept: usize,
    unchanged: usize,
    refused: usize,
    failed: usize,
    units: Vec<SaidUnit<'a>>,
}

#[derive(Serialize)]
struct SaidUnit<'a> {
    path: &'a str,
    unit: &'a str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Writes the articles, says what became of them, and gives the exit code.
pub(super) fn finish(
    imported: &[Imported],
    remarks: &Remarks,
    args: &MergeArgs,
    global: &Global,
) -> Result<u8, Failure> {
    let code = super::articles::remark(remarks, global);
    if args.dry_run && args.format == Form::Human {
        super::print(&imported.iter().map(|it| rewriting::diff(&it.path, &it.before, &it.after)).collect::<String>())?;
    }
    let mut failures: BTreeMap<&str, String> = BTreeMap::new();
    if args.writes(imported) {
        for article in imported.iter().filter(|it| it.before != it.after) {
            if let Err(failure) = write(article) {
                failures.insert(&article.path, failure.to_string());
            }
        }
    }
    let said = count(imported, &failures);
    match args.format {
        Form::Json => drop(super::print(&(serde_json::to_string_pretty(&said)? + "\n"))?),
        Form::Human => tell(&said, imported, args, global)?,
    }
    if !failures.is_empty() {
        let list: Vec<String> = failures.into_values().collect();
        return Err(list.join("\n").into());
    }
    Ok(match said.refused {
        _ if code != CLEAN => FAILED,
        0 => CLEAN,
        _ => FOUND,
    })
}

/// What became of each unit; none is written in an article that could not be.
fn count<'a>(imported: &'a [Imported], failures: &BTreeMap<&str, String>) -> Said<'a> {
    let mut said = Said { version: 1, ..Said::default() };
    for article in imported {
        let failure = failures.get(&*article.path);
        said.articles += usize::from(article.before != article.after && failure.is_none());
        for (unit, outcome) in &article.outcomes {
            let mut it =
                SaidUnit { path: &article.path, unit, outcome: "refused", before: None, after: None, reason: None };
            match outcome {
                Outcome::Unchanged => {
                    said.unchanged += 1;
                    continue;
                }
                Outcome::Kept => {
                    said.kept += 1;
                    it.outcome = "kept";
                }
                Outcome::Written { .. } if failure.is_some() => {
                    said.failed += 1;
                    it = SaidUnit { outcome: "failed", reason: failure.cloned(), ..it };
                }
                Outcome::Written { before, after } => {
                    said.written += 1;
                    it = SaidUnit { outcome: "written", before: Some(before), after: Some(after), ..it };
                }
                Outcome::Refused(refusal) => {
                    said.refused += 1;
                    it.reason = Some(refusal.to_string());
                }
            }
            said.units.push(it);
        }
    }
    said
}

/// Writes an article that was found.
fn write(article: &Imported) -> Result<(), Failure> {
    let Some(path) = &article.on_disk else { return Ok(()) };
    rewriting::write(&article.path, path, &article.before, &article.after)
}

fn tell(said: &Said<'_>, imported: &[Imported], args: &MergeArgs, global: &Global) -> Result<(), Failure> {
    let mut out = terminal::stderr();
    let mut is_lost = false;
    for article in imported {
        if article.on_disk.is_none() {
            is_lost = true;
            let units = counted(article.outcomes.len(), "unit");
            writeln!(out, "refused: {}: {units}: {}", article.path, Refusal::NoArticle)?;
            continue;
        }
        for (unit, outcome) in &article.outcomes {
            if let Outcome::Refused(reason) = outcome {
                writeln!(out, "refused: {}: {unit}: {reason}", article.path)?;
            }
        }
    }
    if is_lost {
        writeln!(out, "help: run it in the folder that it was exported from, or name that folder with --in")?;
    }
    if global.quiet == 0 {
        let done = match (args.dry_run, args.writes(imported)) {
            (true, _) => "would be rewritten",
            (false, false) => "not rewritten, as units were refused",
            (false, true) => "rewritten",
        };
        let (units, articles) = (counted(said.written, "unit"), counted(said.articles, "article"));
        let some = |n: usize, words: &str| if n > 0 { format!(", {n} {words}") } else { String::new() };
        let kept = some(said.kept, "kept as the article has them now");
        let failed = some(said.failed, "not written");
        let Said { unchanged, refused, .. } = said;
        writeln!(out, "{units} in {articles} {done}; {unchanged} as they were{kept}, {refused} refused{failed}")?;
    }
    Ok(())
}
