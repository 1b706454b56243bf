//! `hexapla terms`

use std::path::PathBuf;

use clap::ValueEnum;

use super::articles::{RunArgs, find, is_wanted, locales, remark, write};
use super::{Failure, Global};
use crate::bitext::Bitext;
use crate::exchange;
use crate::project;
use crate::report;
use crate::termbase::{Entry, Terms, uses};
use crate::text::LineIndex;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A label is what the source has in bold, or in quotation marks where the reader is to select it; the labels of a \
path stand by themselves. The forms of a name – case, endings, brackets – are counted together. `usual` is the only \
name or at least three times as frequent as any other, `doubtful` what is more likely no name at all.

The same input gives the same bytes. `--schema` prints the contract of the JSON.

Exit codes: 0 done, 2 the work could not be done.")]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print them
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t, help_heading = "Output")]
    format: TermsFormat,
    /// Only what a termbase can begin with: labels that stand more than once, and no doubtful names
    #[arg(long, help_heading = "Output")]
    suggest: bool,
    /// Write them to a file
    #[arg(short, long, visible_alias = "output-file", value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Print the JSON Schema of `--format json`
    #[arg(long, help_heading = "Output")]
    schema: bool,

    /// These locales only
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    #[command(flatten)]
    run: RunArgs,
}

/// How labels are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum TermsFormat {
    /// A list for reading
    #[default]
    Human,
    /// One JSON document, with all places
    Json,
    /// CSV for spreadsheet programs, with all places
    Csv,
    /// TBX of 2008: a termbase for translation tools
    Tbx,
    /// A termbase in YAML, to be edited by hand
    Yaml,
    /// A table in Markdown
    Markdown,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if args.schema {
        return super::print(&(serde_json::to_string_pretty(&report::terms_schema())? + "\n"));
    }
    let settings = args.run.settings(global)?;
    let wanted = locales(&args.locale)?;
    let groups = find(&args.paths, &settings)?;
    let view = |bitext: &Bitext<'_>| -> Vec<Entry> {
        let lines = LineIndex::new(bitext.target.source.text());
        let (locale, path) = (bitext.target.locale.to_string(), bitext.target.path.to_string());
        let entry = |label: String, rendering: String, line: usize| Entry {
            label,
            rendering,
            locale: locale.clone(),
            path: path.clone(),
            line: line as u32 + 1,
        };
        let found = uses(bitext, &settings.source_locale).into_iter().filter(|it| !it.weak);
        found.map(|it| entry(it.label, it.rendering, lines.line_of(it.place.start))).collect()
    };
    let mut entries = Vec::new();
    let wanted = |locale: &_| is_wanted(&wanted, locale);
    let remarks = project::align(&groups, &settings, &wanted, &view, &mut |_, found| -> Result<(), Failure> {
        entries.extend(found.into_iter().flatten());
        Ok(())
    })?;
    let mut terms = Terms::of(&settings.source_locale, entries);
    if args.suggest {
        terms = terms.suggested();
    }
    let text = match args.format {
        TermsFormat::Human => report::terms(&terms).into_bytes(),
        TermsFormat::Json => report::terms_json(&terms)?.into_bytes(),
        TermsFormat::Markdown => report::terms_markdown(&terms).into_bytes(),
        TermsFormat::Csv => exchange::terms_csv(&terms),
        TermsFormat::Tbx => exchange::terms_tbx(&terms),
        TermsFormat::Yaml => exchange::terms_yaml(&terms)?.into_bytes(),
    };
    write(args.output.as_deref(), |out| Ok(out.write_all(&text)?))?;
    Ok(remark(&remarks, global))
}
