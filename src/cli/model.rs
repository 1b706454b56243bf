//! `hexapla model`

use std::path::PathBuf;

use super::articles::{grouped, is_wanted, locale, nothing_found, use_threads, write};
use super::progress::Progress;
use super::{CLEAN, FAILED, Failure, Global};
use crate::config::Overrides;
use crate::locale::Locale;
use crate::procedure::ArticleModel;
use crate::project;
use crate::report::{ModelFormat, model_article, model_foot, model_head, model_joint, model_schema};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The model holds what articles tell a reader to do: procedures with their steps, actions, UI labels in every \
locale, choices, conditions, results and alerts. It is read from the source; translations take their structure \
from it. Every text slot names a segment, and `segments` holds its text in each locale, as written.

The same input gives the same bytes. `--schema` prints the contract of the output.

Exit codes: 0 done, 2 the work could not be done.")]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print the model
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t, help_heading = "Output")]
    format: ModelFormat,
    /// Write the model to a file
    #[arg(short, long, visible_alias = "output-file", value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Print the JSON Schema of the model
    #[arg(long, help_heading = "Output")]
    schema: bool,

    /// With these locales only, beside that of the source
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    /// The locale that articles are translated from [default: en-US]
    #[arg(long, value_name = "LOCALE", help_heading = "Articles")]
    source_locale: Option<String>,
    /// Path patterns to leave out, as well as those of the settings
    #[arg(long, value_name = "GLOB", help_heading = "Articles")]
    exclude: Vec<String>,

    /// Threads to use [default: one for each core]
    #[arg(short, long, value_name = "N", help_heading = "Run")]
    jobs: Option<usize>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if args.schema {
        return super::print(&(serde_json::to_string_pretty(&model_schema())? + "\n"));
    }
    let source_locale = args.source_locale.as_deref().map(locale).transpose()?;
    let overrides = Overrides { source_locale, exclude: args.exclude.clone(), ..Overrides::default() };
    let settings = super::config::load(global, &overrides)?;
    let wanted = args.locale.iter().map(|tag| locale(tag)).collect::<Result<Vec<_>, _>>()?;
    use_threads(args.jobs);
    let found = project::discover(&args.paths, &settings)?;
    if found.is_empty() {
        return Err(nothing_found(&args.paths));
    }
    let groups = grouped(found, &settings);
    let articles = groups.iter().map(|group| group.members.len()).sum();
    let wanted = |locale: &Locale| is_wanted(&wanted, locale);
    let format = args.format;
    let view = |mut article: ArticleModel| {
        article.name(&key(&article.key, &args.paths));
        model_article(&article, format)
    };
    let progress = Progress::new(articles, args.output.is_some() && global.quiet == 0);
    let mut remarks = project::Remarks::default();
    write(args.output.as_deref(), |out| {
        let mut first = true;
        out.write_all(model_head(format).as_bytes())?;
        remarks = project::model(groups, &settings, &wanted, &view, &mut |articles, text| -> Result<(), Failure> {
            progress.done(articles);
            if let Some(text) = text.transpose()? {
                out.write_all(model_joint(format, first).as_bytes())?;
                out.write_all(text.as_bytes())?;
                first = false;
            }
            Ok(())
        })?;
        out.write_all(model_foot(format, !first).as_bytes())?;
        Ok(())
    })?;
    progress.end();
    if global.quiet == 0 {
        remarks.notes.iter().for_each(|note| eprintln!("note: {note}"));
    }
    remarks.faults.iter().for_each(|fault| eprintln!("error: {fault}"));
    Ok(if remarks.faults.is_empty() { CLEAN } else { FAILED })
}

/// The key of an article without the folders above those that were given: the same from wherever
/// hexapla is run.
fn key(key: &str, paths: &[PathBuf]) -> String {
    if !key.starts_with("..") && !key.starts_with('/') {
        return key.to_owned();
    }
    let common = |path: &PathBuf| {
        let path = path.to_string_lossy();
        let folders = path.split('/').filter(|it| !matches!(*it, "" | "."));
        let parts = key.split('/').filter(|it| !it.is_empty());
        folders.zip(parts).take_while(|(one, other)| one == other).count()
    };
    let parts: Vec<&str> = key.split('/').filter(|it| !it.is_empty()).collect();
    let above = paths.iter().map(common).max().unwrap_or(0).min(parts.len() - 1);
    parts[above..].join("/")
}
