//! `hexapla export`

pub(super) mod dataset;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::apply;
use super::articles::{RunArgs, below, find, is_wanted, locales, remark};
use super::progress::Progress;
use super::{Failure, Global};
use crate::bitext::Bitext;
use crate::config::{Overrides, Settings};
use crate::diagnostic::Diagnostic;
use crate::exchange::{Decisions, File, Format, SideOf, State, leave, one_side};
use crate::lint::Baseline;
use crate::locale::Locale;
use crate::project::{self, Group, History, Shard, Unsaved};
use crate::report::counted;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each translated article leaves with its units: source and target, markup as inline codes (as written in xlsx, \
csv, po and jsonl), a state, notes with findings, and a lock by which `hexapla import` knows later whether the \
article has changed. Text that the translation has no place for does not leave.

Without -o, what is one file goes to standard output. With -o DIR there is one file a locale, `DIR/de-DE.xlf`, \
or with --split article one an article, `DIR/de-DE/guide/renew.xlf`.

`--to parquet -o DIR` writes tables for DuckDB, Spark, Polars and others: DIR/TABLE/locale=de-DE/part-0.parquet, or \
part-I-of-N.parquet with --shard I/N. The columns are in the guide, under Formats. Files of an older export of the \
same name are replaced, others stay, and a folder with other Parquet files is refused.

Exit codes: 0 done, 2 the work could not be done.")]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Target,
    /// The file, or the folder, to write to
    #[arg(short, long, visible_alias = "output-file", value_name = "PATH", help_heading = "Output")]
    output: Option<PathBuf>,
    /// How to cut the output into files
    #[arg(long, value_enum, default_value_t = Split::Locale, value_name = "BY", help_heading = "Output")]
    split: Split,
    /// Which side of bilingual articles `--to markdown` writes
    #[arg(long, value_enum, value_name = "SIDE", help_heading = "Output")]
    side: Option<SideOf>,
    /// Units in these states only: new, machine, flagged, translated, accepted
    #[arg(long, value_enum, value_name = "STATE", value_delimiter = ',', help_heading = "Units")]
    state: Vec<State>,
    /// What a reviewer decided: comments leave as notes, accepted units as accepted
    #[arg(long, value_name = "FILE", help_heading = "Units")]
    decisions: Vec<PathBuf>,
    /// Leave the findings out, and do not look for them
    #[arg(long, help_heading = "Units")]
    no_findings: bool,
    /// These target locales only
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    /// For `--to parquet`: the I-th of N parts of the articles, as files of their own in one dataset;
    /// without findings, which `hexapla merge --parquet DIR` writes
    #[arg(long, value_name = "I/N", help_heading = "Articles")]
    shard: Option<Shard>,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Exchange(Format),
    Markdown,
    Parquet,
}

impl clap::ValueEnum for Target {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: std::sync::OnceLock<Vec<Target>> = std::sync::OnceLock::new();
        ALL.get_or_init(|| {
            let formats = Format::value_variants().iter().map(|it| Target::Exchange(*it));
            formats.chain([Target::Parquet, Target::Markdown]).collect()
        })
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        match self {
            Target::Exchange(format) => format.to_possible_value(),
            Target::Parquet => Some(
                clap::builder::PossibleValue::new("parquet")
                    .help("Parquet: segments, beads, signals, policies and findings as tables, in a folder"),
            ),
            Target::Markdown => {
                Some(clap::builder::PossibleValue::new("markdown").help("One side of bilingual articles, as articles"))
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Split {
    /// One file for each target locale
    Locale,
    /// One file for each article
    Article,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    let settings = args.run.settings_to_check(global, Overrides::default())?;
    let wanted = locales(&args.locale)?;
    if args.shard.is_some() && args.to != Target::Parquet {
        return Err("--shard is for `--to parquet`; other formats are written of all articles".into());
    }
    let groups = find(&args.paths, &settings)?;
    match args.to {
        Target::Markdown => sides(args, global, &settings, &groups, &wanted),
        Target::Parquet => dataset::write(args, global, &settings, groups, &wanted),
        Target::Exchange(format) => units(args, global, &settings, &groups, &wanted, format),
    }
}

/// One side of each bilingual article.
fn sides(
    args: &Args,
    global: &Global,
    settings: &Settings,
    groups: &[Group],
    wanted: &[Locale],
) -> Result<u8, Failure> {
    let (Some(side), Some(folder)) = (args.side, &args.output) else {
        return Err("`--to markdown` needs --side source or target, and a folder: -o DIR".into());
    };
    let keys = keys(groups, &args.paths);
    let mut written: BTreeMap<PathBuf, String> = BTreeMap::new();
    let is_wanted = |locale: &Locale| is_wanted(wanted, locale);
    let view = |bitext: &Bitext<'_>| {
        let document = bitext.target;
        let locale = match side {
            SideOf::Source => settings.source_locale.to_string(),
            SideOf::Target => document.locale.to_string(),
        };
        let extension = document.path.rsplit_once('.').map_or("md", |(_, it)| it);
        let key = keys.get(&*document.path).map_or("article", |it| it);
        document.is_bilingual().then(|| {
            let name = safe(&format!("{locale}/{key}.{extension}"));
            (document.path.to_string(), name, one_side(document, side))
        })
    };
    let mut notes = Vec::new();
    let mut remarks = project::align(groups, settings, &is_wanted, &view, &mut |_, views| {
        for (path, name, text) in views.into_iter().flatten() {
            match written.get(&name) {
                Some(other) if *other != text => {
                    notes.push(format!("{path}: another article has the same place and another source; left out"));
                }
                Some(_) => {}
                None => drop(written.insert(name, text)),
            }
        }
        Ok::<(), Failure>(())
    })?;
    for (name, text) in &written {
        project::write_inside(folder, name, text.as_bytes())?;
    }
    remarks.notes.extend(notes);
    if global.quiet == 0 {
        say!("wrote {} to {}", counted(written.len(), "article"), folder.display());
    }
    Ok(remark(&remarks, global))
}

/// The units of all translated articles, in one of the formats.
fn units(
    args: &Args,
    global: &Global,
    settings: &Settings,
    groups: &[Group],
    wanted: &[Locale],
    format: Format,
) -> Result<u8, Failure> {
    let findings = if args.no_findings { Vec::new() } else { findings(groups, settings)? };
    let of_article = |path: &str| {
        let from = findings.partition_point(|it| &*it.primary.path < path);
        let to = findings.partition_point(|it| &*it.primary.path <= path);
        &findings[from..to]
    };
    let mut decisions = Decisions::default();
    for file in &args.decisions {
        decisions.decisions.extend(apply::read(file)?.decisions);
    }
    let keys = keys(groups, &args.paths);
    let view = |bitext: &Bitext<'_>| {
        let path = &*bitext.target.path;
        let key = keys.get(path).map_or(path, |it| it);
        let source = if bitext.source.is_bilingual() { &settings.source_locale } else { &bitext.source.locale };
        let mut file = leave(bitext, key, source.tag(), of_article(path));
        decisions.annotate(&mut file);
        file.units.retain(|unit| args.state.is_empty() || args.state.contains(&unit.state));
        file
    };
    let progress = Progress::new(groups.iter().map(|group| group.members.len()).sum(), global.quiet == 0);
    let is_wanted = |locale: &Locale| is_wanted(wanted, locale);
    let mut files: Vec<File> = Vec::new();
    let mut remarks = project::align(groups, settings, &is_wanted, &view, &mut |articles, views| {
        progress.done(articles);
        files.extend(views.into_iter().filter(|file| !file.units.is_empty()));
        Ok::<(), Failure>(())
    })?;
    progress.end();
    if files.is_empty() {
        remarks.notes.push("no article has units to export".to_owned());
        return Ok(remark(&remarks, global));
    }
    let written = write(args, format, files)?;
    if global.quiet == 0 && args.output.is_some() {
        say!("wrote {written}");
    }
    Ok(remark(&remarks, global))
}

/// What `check` finds, without what the baseline has.
pub(super) fn findings(groups: &[Group], settings: &Settings) -> Result<Vec<Diagnostic>, Failure> {
    let all: Vec<usize> = (0..groups.len()).collect();
    let history = History::open(settings)?;
    let mut checked = project::check(groups, &all, settings, &Unsaved::new(), &history, &|_| {});
    if let Some(text) = settings.baseline.as_ref().and_then(|file| std::fs::read_to_string(file).ok()) {
        Baseline::parse(&text).map(|baseline| baseline.subtract(&mut checked.findings))?;
    }
    Ok(checked.findings)
}

/// Cuts the articles into files and writes them; says what was written.
fn write(args: &Args, format: Format, files: Vec<File>) -> Result<String, Failure> {
    let units: usize = files.iter().map(|file| file.units.len()).sum();
    let articles = files.len();
    let mut parts: BTreeMap<String, Vec<File>> = BTreeMap::new();
    let locales: BTreeSet<&str> = files.iter().map(|file| &*file.target_locale).collect();
    let single = args.split == Split::Locale && (format.mixes_locales() || locales.len() == 1);
    let into_folder = args
        .output
        .as_ref()
        .is_some_and(|path| path.is_dir() || path.to_string_lossy().ends_with('/') || path.extension().is_none());
    let one = single && !into_folder;
    for file in files {
        let name = match args.split {
            _ if one => String::new(),
            Split::Locale => format!("{}.{}", file.target_locale, format.extension()),
            Split::Article => format!("{}/{}.{}", file.target_locale, file.key, format.extension()),
        };
        parts.entry(name).or_default().push(file);
    }
    let text = |files: &[File]| format.write(files).map_err(|error| Failure::from(error.to_string()));
    match (&args.output, one) {
        (None, true) => {
            let bytes = parts.values().next().map_or_else(|| Ok(Vec::new()), |files| text(files))?;
            super::print_bytes(&bytes)?;
        }
        (None, false) => return Err("this is more than one file; say where they go with -o DIR".into()),
        (Some(path), true) => {
            for files in parts.values() {
                project::atomic_write(path, &text(files)?)?;
            }
        }
        (Some(folder), false) => {
            if folder.is_file() {
                return Err(format!("{}: this is more than one file, and needs a folder", folder.display()).into());
            }
            for (name, files) in &parts {
                project::write_inside(folder, &safe(name), &text(files)?)?;
            }
        }
    }
    let files = if one { String::new() } else { format!(" in {} files", parts.len()) };
    Ok(format!("{} of {}{files}", counted(units, "unit"), counted(articles, "article")))
}

/// The key of each article, without the folders that lead to it.
fn keys(groups: &[Group], paths: &[PathBuf]) -> BTreeMap<String, String> {
    let members = groups.iter().flat_map(|group| group.members.iter().map(move |member| (group, member)));
    members.map(|(group, member)| (member.found.path.to_string(), below(&group.key, paths))).collect()
}

/// A path that stays in its folder: no step up, no root.
pub(super) fn safe(name: &str) -> PathBuf {
    let parts = Path::new(name).components();
    parts.filter(|part| matches!(part, std::path::Component::Normal(_))).collect()
}
