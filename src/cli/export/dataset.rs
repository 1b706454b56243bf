//! `hexapla export --to parquet`: a folder of tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Args;
use crate::cli::articles::{is_wanted, remark};
use crate::cli::progress::Progress;
use crate::cli::report::keys;
use crate::cli::{Failure, Global};
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::exchange::parquet::{Dataset, FINDINGS, TABLES, Table, finding_rows, rows};
use crate::locale::Locale;
use crate::project::{self, Group, History, Modelled, Shard};
use crate::report::counted;

pub(super) fn write(
    args: &Args,
    global: &Global,
    settings: &Settings,
    groups: Vec<Group>,
    wanted: &[Locale],
) -> Result<u8, Failure> {
    let Some(folder) = &args.output else { return Err("`--to parquet` needs a folder: -o DIR".into()) };
    if !args.state.is_empty() || !args.decisions.is_empty() || args.side.is_some() {
        return Err("--state, --decisions and --side are for other formats than parquet".into());
    }
    let with_findings = !args.no_findings && args.shard.is_none();
    let tables: Vec<&Table> = TABLES.into_iter().filter(|it| with_findings || it.name != FINDINGS.name).collect();
    let place = Place::of(folder, args.shard, &tables)?;
    let shown = keys(&groups, &args.paths);
    let mut articles: BTreeMap<String, (String, Locale)> = BTreeMap::new();
    for (group, key) in groups.iter().zip(&shown) {
        let members = group.members.iter();
        articles.extend(members.map(|it| (it.found.path.to_string(), (key.clone(), it.locale.clone()))));
    }
    let mut findings = if with_findings { super::findings(&groups, settings)? } else { Vec::new() };
    findings.retain(|it| articles.get(&*it.primary.path).is_none_or(|(_, locale)| is_asked(wanted, locale, settings)));
    let history = History::open(settings)?;
    let view = |mut modelled: Modelled<'_, '_>| {
        let path = modelled.article.variants.first().map_or(&*modelled.reading.document.path, |it| &*it.path);
        if let Some((key, _)) = articles.get(path) {
            modelled.article.name(key);
        }
        let Modelled { article, reading, bitexts } = modelled;
        rows(&article, reading, bitexts, &settings.source_locale, |it| settings.words(it))
    };
    let progress = Progress::new(groups.iter().map(|group| group.members.len()).sum(), global.quiet == 0);
    let wanted = |locale: &Locale| is_wanted(wanted, locale);
    let mut dataset = Dataset::new(&tables);
    let remarks =
        project::models(groups, args.shard, settings, &wanted, Some(&history), &view, &mut |articles, rows| {
            progress.done(articles);
            Ok::<(), Failure>(dataset.add(rows.unwrap_or_default())?)
        })?;
    progress.end();
    dataset.add(finding_rows(&findings, &articles))?;
    let written = place.write(dataset)?;
    if global.quiet == 0 {
        say!("wrote {written} to {}", folder.display());
        if args.shard.is_some() && !args.no_findings {
            say!("note: the findings need all shards: hexapla merge --parquet {} SHARD…", folder.display());
        }
    }
    Ok(remark(&remarks, global))
}

/// Whether the articles in a locale are asked for; sources are, beside any translation.
fn is_asked(wanted: &[Locale], locale: &Locale, settings: &Settings) -> bool {
    is_wanted(wanted, locale) || locale.language() == settings.source_locale.language()
}

/// Writes findings into a dataset; the articles by path, each with its key and its locale.
pub(in crate::cli) fn write_findings(
    folder: &Path,
    findings: &[Diagnostic],
    articles: &BTreeMap<String, (String, Locale)>,
) -> Result<String, Failure> {
    let place = Place::of(folder, None, &[FINDINGS])?;
    let mut dataset = Dataset::new(&[FINDINGS]);
    articles.values().for_each(|(_, locale)| dataset.has(locale));
    dataset.add(finding_rows(findings, articles))?;
    place.write(dataset)
}

/// The folder of a dataset, and the name of the files that are written to it.
struct Place<'a> {
    folder: &'a Path,
    name: String,
    /// Files of the same name that an older export left.
    old: Vec<PathBuf>,
}

impl<'a> Place<'a> {
    /// Looks what is there. Parquet files that are no parts of the dataset to be would be read as if
    /// they were.
    fn of(folder: &'a Path, shard: Option<Shard>, tables: &[&Table]) -> Result<Self, Failure> {
        let name = match shard {
            Some(shard) => format!("part-{}-of-{}.parquet", shard.number(), shard.of()),
            None => "part-0.parquet".to_owned(),
        };
        let belongs = |file: &str| match shard {
            Some(shard) => {
                let number = file.strip_prefix("part-").and_then(|it| it.strip_suffix(".parquet"));
                let number = number.and_then(|it| it.strip_suffix(&format!("-of-{}", shard.of())));
                number.and_then(|it| it.parse().ok()).and_then(|it| Shard::new(it, shard.of())).is_some()
            }
            None => file == name,
        };
        let mut old = Vec::new();
        for table in tables {
            for locale in entries(&folder.join(table.name))? {
                let is_partition = locale.file_name().is_some_and(|it| it.to_string_lossy().starts_with("locale="));
                // A link may lead to what is not ours.
                let is_folder = fs::symlink_metadata(&locale).is_ok_and(|it| it.is_dir());
                let files = if is_folder { entries(&locale)? } else { vec![locale.clone()] };
                for file in files.into_iter().filter(|it| it.extension().is_some_and(|it| it == "parquet")) {
                    let named = file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
                    if !is_partition || !is_folder || !belongs(&named) {
                        return Err(format!(
                            "{} is of another dataset or of a run with other shards; name another folder, or remove it",
                            file.display()
                        )
                        .into());
                    }
                    if named == name {
                        old.push(file);
                    }
                }
            }
        }
        Ok(Place { folder, name, old })
    }

    /// Writes the files, and removes those of an older export that are no longer part of it.
    fn write(mut self, dataset: Dataset) -> Result<String, Failure> {
        let (mut n_files, mut n_rows) = (0, 0);
        for file in dataset.finish()? {
            let name: PathBuf = [file.table, &format!("locale={}", file.locale), &self.name].iter().collect();
            project::write_inside(self.folder, &name, &file.bytes)?;
            let path = self.folder.join(&name);
            self.old.retain(|it| *it != path);
            n_files += 1;
            n_rows += file.rows;
        }
        for path in &self.old {
            fs::remove_file(path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(format!("{} in {}", counted(n_rows, "row"), counted(n_files, "file")))
    }
}

/// What a folder holds, in order; nothing where there is none.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let read = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(failed)?,
    };
    let mut found = read.map(|it| it.map(|it| it.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    found.sort();
    Ok(found)
}
