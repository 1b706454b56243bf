//! What `import` and `apply` do last: show or write the edited articles, and say what was refused.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::{CLEAN, FAILED, FOUND, Failure, Global, rewriting};
use crate::exchange::Outcome;
use crate::project::{Imported, Remarks};

/// How edited articles are treated.
#[derive(Debug, clap::Args)]
pub(super) struct MergeArgs {
    /// Folders and articles to look in [default: the current folder]
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
    pub(super) fn writes(&self) -> bool {
        !self.dry_run
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
    let mut said = count(imported);
    let code = super::articles::remark(remarks, global);
    let holds = args.dry_run || args.strict && said.refused > 0;
    let mut failures = Vec::new();
    if args.dry_run && args.format == Form::Human {
        super::print(&imported.iter().map(|it| rewriting::diff(&it.path, &it.before, &it.after)).collect::<String>())?;
    }
    if !holds {
        for article in imported.iter().filter(|it| it.before != it.after) {
            if let Err(failure) = write(article) {
                failures.push(failure);
            }
        }
    }
    match args.format {
        Form::Json => super::print(&(serde_json::to_string_pretty(&said)? + "\n"))?,
        Form::Human => tell(&mut said, args, global, holds)?,
    };
    if !failures.is_empty() {
        let list: Vec<String> = failures.iter().map(ToString::to_string).collect();
        return Err(list.join("\n").into());
    }
    Ok(match said.refused {
        _ if code != CLEAN => FAILED,
        0 => CLEAN,
        _ => FOUND,
    })
}

fn count(imported: &[Imported]) -> Said<'_> {
    let mut said = Said { version: 1, ..Said::default() };
    for article in imported {
        said.articles += usize::from(article.before != article.after);
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

fn tell(said: &mut Said<'_>, args: &MergeArgs, global: &Global, holds: bool) -> Result<u8, Failure> {
    let mut out = io::stderr().lock();
    for unit in &said.units {
        if let Some(reason) = &unit.reason {
            writeln!(out, "refused: {}: {}: {reason}", unit.path, unit.unit)?;
        }
    }
    if global.quiet == 0 {
        let done = match (args.dry_run, holds) {
            (true, _) => "would be rewritten",
            (false, true) => "not rewritten, as units were refused",
            (false, false) => "rewritten",
        };
        let Said { written, articles, unchanged, kept, refused, .. } = said;
        let kept = if *kept > 0 { format!(", {kept} kept as the article has them now") } else { String::new() };
        writeln!(
            out,
            "{written} units in {articles} articles {done}; {unchanged} as they were{kept}, {refused} refused"
        )?;
    }
    Ok(CLEAN)
}
