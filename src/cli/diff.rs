//! `hexapla diff`

use std::path::PathBuf;

use super::articles::{RunArgs, below, grouped, nothing_found, write};
use super::{CLEAN, FAILED, FOUND, Failure, Global};
use crate::config::Settings;
use crate::procedure::{self, ArticleModel};
use crate::project::{self, Checkout};
use crate::report::{self, ChangesFormat};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
OLD and NEW are folders, articles or revisions of git; a revision is taken of the current folder. Articles are \
compared in the source locale, and a translation that still says what the old source said is named.

Exit codes: 0 done, 1 with --exit-code something changed, 2 the work could not be done.")]
pub(super) struct Args {
    /// The older version: a folder, an article or a git revision
    #[arg(value_name = "OLD", required_unless_present = "schema")]
    old: Option<String>,
    /// The newer version [default: the current folder]
    #[arg(value_name = "NEW")]
    new: Option<String>,

    /// How to print the changes
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t, help_heading = "Output")]
    format: ChangesFormat,
    /// Write the changes to a file
    #[arg(short, long, visible_alias = "output-file", value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Print the JSON Schema of `--format json`
    #[arg(long, help_heading = "Output")]
    schema: bool,
    /// Exit with 1 when something changed
    #[arg(long, help_heading = "Output")]
    exit_code: bool,

    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if args.schema {
        return super::print(&(serde_json::to_string_pretty(&report::changes_schema())? + "\n"));
    }
    let settings = args.run.settings(global)?;
    let mut faults = Vec::new();
    let old = version(args.old.as_deref().unwrap_or("."), &settings, &mut faults)?;
    let new = version(args.new.as_deref().unwrap_or("."), &settings, &mut faults)?;
    faults.iter().for_each(|fault| say!("error: {fault}"));
    let changes = procedure::changes(&old, &new);
    if global.quiet < 2 {
        write(args.output.as_deref(), |out| Ok(report::changes(&changes, args.format, out)?))?;
    }
    Ok(match !changes.changes.is_empty() && args.exit_code {
        _ if !faults.is_empty() => FAILED,
        true => FOUND,
        false => CLEAN,
    })
}

/// The models of one version, by key.
fn version(name: &str, settings: &Settings, faults: &mut Vec<String>) -> Result<Vec<ArticleModel>, Failure> {
    let path = settings.cwd().join(name);
    let checkout = if path.exists() { None } else { Some(Checkout::of(name, settings.cwd())?) };
    let folder = match &checkout {
        Some(checkout) => checkout.folder().to_owned(),
        None => PathBuf::from(name),
    };
    let found = project::discover(std::slice::from_ref(&folder), settings)?;
    if found.is_empty() {
        return Err(nothing_found(&[PathBuf::from(name)]));
    }
    let mut articles: Vec<ArticleModel> = Vec::new();
    let groups = grouped(found, settings);
    let remarks = project::model(groups, settings, &|_| true, &|article| article, &mut |_, article| {
        articles.extend(article);
        Ok::<(), Failure>(())
    })?;
    faults.extend(remarks.faults);
    for article in &mut articles {
        article.name(&below(&article.key, std::slice::from_ref(&folder)));
    }
    articles.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(articles)
}
