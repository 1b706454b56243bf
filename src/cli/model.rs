//! `hexapla model`

use std::path::PathBuf;

use super::articles::{RunArgs, below, find, is_wanted, locales, remark, write};
use super::progress::Progress;
use super::{Failure, Global};
use crate::config::Settings;
use crate::locale::Locale;
use crate::procedure::{self, ArticleModel};
use crate::project::{self, Group};
use crate::report::{
    self, MatrixFormat, ModelFormat, matrix_schema, model_article, model_foot, model_head, model_joint, model_schema,
};

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
    /// Print the policies of all articles side by side: where they differ, for a person to read
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "human", help_heading = "Output")]
    matrix: Option<MatrixFormat>,
    /// Print the JSON Schema of the model, or of the matrix
    #[arg(long, help_heading = "Output")]
    schema: bool,

    /// With these locales only, beside that of the source
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if args.schema {
        let schema = if args.matrix.is_some() { matrix_schema() } else { model_schema() };
        return super::print(&(serde_json::to_string_pretty(&schema)? + "\n"));
    }
    let settings = args.run.settings(global)?;
    let wanted = locales(&args.locale)?;
    let groups = find(&args.paths, &settings)?;
    let articles = groups.iter().map(|group| group.members.len()).sum();
    let wanted = |locale: &Locale| is_wanted(&wanted, locale);
    if let Some(format) = args.matrix {
        return matrix(args, groups, &settings, &wanted, format, global);
    }
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
    Ok(remark(&remarks, global))
}

/// Only what the matrix needs is kept of each article.
fn matrix(
    args: &Args,
    groups: Vec<Group>,
    settings: &Settings,
    wanted: &(dyn Fn(&Locale) -> bool + Sync),
    format: MatrixFormat,
    global: &Global,
) -> Result<u8, Failure> {
    let view = |mut article: ArticleModel| {
        article.name(&key(&article.key, &args.paths));
        procedure::entries(&article)
    };
    let mut entries = Vec::new();
    let remarks = project::model(groups, settings, wanted, &view, &mut |_, found| -> Result<(), Failure> {
        entries.extend(found.into_iter().flatten());
        Ok(())
    })?;
    let text = report::matrix(&procedure::matrix(entries), format)?;
    write(args.output.as_deref(), |out| Ok(out.write_all(text.as_bytes())?))?;
    Ok(remark(&remarks, global))
}

/// The key of an article without the folders above those that were given: the same from wherever
/// hexapla is run.
fn key(key: &str, paths: &[PathBuf]) -> String {
    if !key.starts_with("..") && !key.starts_with('/') {
        return key.to_owned();
    }
    below(key, paths)
}
