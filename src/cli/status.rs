//! `hexapla status`

use std::path::PathBuf;

use super::articles::{RunArgs, find, is_wanted, locales, write};
use super::standing::articles;
use super::{CLEAN, FAILED, FOUND, Failure, Global};
use crate::bitext::{self, Bitext};
use crate::config::{Overrides, Settings};
use crate::locale::Locale;
use crate::project::{self, Group, History, Made, Record, Unsaved};
use crate::report::{self, Status, StatusFormat};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// One line an article as well
    #[arg(long, help_heading = "Output")]
    articles: bool,
    /// How to print it
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t, help_heading = "Output")]
    format: StatusFormat,
    /// Write it to a file
    #[arg(short, long, visible_alias = "output-file", value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Print the JSON Schema of `--format json`
    #[arg(long, help_heading = "Output")]
    schema: bool,
    /// Exit with 1 when a locale is up to date in less than this share of its segments
    #[arg(long, value_name = "PERCENT", value_parser = percent, help_heading = "Output")]
    fail_under: Option<f64>,

    /// Write down what the translations are made from: a file to be committed, by which later runs
    /// know what changed
    #[arg(long, help_heading = "Record")]
    record: bool,
    /// Record also translations whose text is unchanged while their source changed: somebody looked
    /// at them, and they are right
    #[arg(long, requires = "record", help_heading = "Record")]
    force: bool,

    /// These locales only
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if args.schema {
        return super::print(&(serde_json::to_string_pretty(&report::status_schema())? + "\n"));
    }
    let settings = args.run.settings_to_check(global, Overrides::default())?;
    let wanted = locales(&args.locale)?;
    let groups = find(&args.paths, &settings)?;
    if args.record {
        record(args, global, &groups, &settings, &|locale| is_wanted(&wanted, locale))?;
    }
    let history = History::open(&settings)?;
    let all: Vec<usize> = (0..groups.len()).collect();
    let checked = project::check(&groups, &all, &settings, &Unsaved::new(), &history, &|_| {});
    checked.faults.iter().for_each(|fault| say!("error: {fault}"));
    let mut articles = articles(&groups, &checked);
    articles.retain(|it| Locale::parse(&it.locale).map_or(wanted.is_empty(), |it| is_wanted(&wanted, &it)));
    let mut status = Status::of(articles);
    if !args.articles {
        status.articles.clear();
    }
    if global.quiet < 2 {
        write(args.output.as_deref(), |out| Ok(report::status(&status, args.format, out)?))?;
    }
    let under = |least: f64| status.locales.iter().any(|it| it.up_to_date < least);
    Ok(match args.fail_under.is_some_and(under) {
        _ if !checked.faults.is_empty() => FAILED,
        true => FOUND,
        false => CLEAN,
    })
}

fn percent(text: &str) -> Result<f64, String> {
    let share: f64 = text.trim_end_matches('%').trim().parse().map_err(|_| "not a number".to_owned())?;
    (0.0..=100.0).contains(&share).then_some(share).ok_or_else(|| "a share is from 0 to 100".to_owned())
}

/// Writes the record anew: of the locales asked for; what is recorded of others stays.
fn record(
    args: &Args,
    global: &Global,
    groups: &[Group],
    settings: &Settings,
    wanted: &(dyn Fn(&Locale) -> bool + Sync),
) -> Result<(), Failure> {
    let mut record = Record::load(&settings.record)?;
    let before = record.to_json();
    let view = |bitext: &Bitext<'_>| {
        // A bilingual article holds what it was made from.
        let own = bitext.relation == bitext::Relation::Own || !bitext.same_version();
        (!own).then(|| (settings.relative(&bitext.target.path).into_owned(), Made::of(bitext)))
    };
    let mut count = 0;
    let remarks = project::align(groups, settings, wanted, &view, &mut |_, made| -> Result<(), Failure> {
        for (article, made) in made.into_iter().flatten() {
            record.update(&article, made, args.force);
            count += 1;
        }
        Ok(())
    })?;
    remarks.faults.iter().for_each(|fault| say!("error: {fault}"));
    record.keep(|article| settings.root().join(article).exists());
    let (file, text) = (&settings.record, record.to_json());
    if text != before || !file.exists() {
        project::atomic_write(file, text.as_bytes())?;
    }
    if global.quiet == 0 {
        let shown = file.strip_prefix(settings.cwd()).unwrap_or(file).display();
        say!("recorded in {shown} what {count} translations are made from");
    }
    Ok(())
}
