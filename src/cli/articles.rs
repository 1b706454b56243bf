//! What every subcommand that reads articles asks for, and does first.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{CLEAN, FAILED, Failure, Global, terminal};
use crate::config::{Overrides, Settings};
use crate::locale::{self, Locale};
use crate::project::{self, Found, Group, Remarks};

/// What every run over articles may be told, beside which they are.
#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
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

impl RunArgs {
    /// Sets the number of threads, and loads the settings.
    pub(super) fn settings(&self, global: &Global) -> Result<Settings, Failure> {
        self.settings_with(global, Overrides::default())
    }

    /// The same, where the command line says more.
    pub(super) fn settings_with(&self, global: &Global, more: Overrides) -> Result<Settings, Failure> {
        if let Some(jobs) = self.jobs {
            // It fails only when a pool is there already, which no other part of the command makes.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build_global();
        }
        super::config::load(global, &self.overrides(more)?)
    }

    /// What the command line says beside the settings.
    pub(super) fn overrides(&self, more: Overrides) -> Result<Overrides, Failure> {
        let source_locale = self.source_locale.as_deref().map(locale).transpose()?;
        Ok(Overrides { source_locale, exclude: self.exclude.clone(), ..more })
    }

    /// The same for a run that checks: with the termbases that the settings name.
    pub(super) fn settings_to_check(&self, global: &Global, more: Overrides) -> Result<Settings, Failure> {
        let mut settings = self.settings_with(global, more)?;
        project::read_bases(&mut settings)?;
        Ok(settings)
    }
}

/// Locales as they are typed.
pub(super) fn locales(tags: &[String]) -> Result<Vec<Locale>, Failure> {
    tags.iter().map(|tag| locale(tag)).collect()
}

/// A locale as it is typed.
pub(super) fn locale(tag: &str) -> Result<Locale, Failure> {
    Ok(Locale::parse(tag).ok_or_else(|| format!("`{tag}` is no locale"))?)
}

/// Whether a locale is one of those asked for, or none was. A language asks for its regions too:
/// `zh` for `zh-CN`.
pub(super) fn is_wanted(wanted: &[Locale], locale: &Locale) -> bool {
    let rest = |wanted: &Locale| locale.tag().strip_prefix(wanted.tag());
    wanted.is_empty() || wanted.iter().filter_map(rest).any(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The articles under the paths, grouped; at least one.
pub(super) fn find(paths: &[PathBuf], settings: &Settings) -> Result<Vec<Group>, Failure> {
    let found = project::discover(paths, settings)?;
    if found.is_empty() {
        return Err(nothing_found(paths));
    }
    Ok(grouped(found, settings))
}

/// The key of an article without the folders that lead to the paths it was found under. A key that
/// is an article's own name stays.
pub(super) fn below(key: &str, paths: &[PathBuf]) -> String {
    let parts: Vec<&str> = key.split('/').filter(|it| !matches!(*it, "" | ".")).collect();
    let common = |path: &PathBuf| {
        let path = path.to_string_lossy();
        let folders = path.split('/').filter(|it| !matches!(*it, "" | "."));
        // A folder that names a locale is no part of a key.
        let mut rest = parts.iter().peekable();
        folders.filter(|folder| rest.next_if(|part| *part == folder).is_some()).count()
    };
    let above = paths.iter().map(common).max().unwrap_or(0).min(parts.len().saturating_sub(1));
    parts[above..].join("/")
}

/// Says what is to be said of a run, and gives the exit code.
pub(super) fn remark(remarks: &Remarks, global: &Global) -> u8 {
    if global.quiet == 0 {
        remarks.notes.iter().for_each(|note| say!("note: {note}"));
    }
    remarks.faults.iter().for_each(|fault| say!("error: {fault}"));
    if remarks.faults.is_empty() { CLEAN } else { FAILED }
}

/// Puts articles into groups.
pub(super) fn grouped(found: Vec<Found>, settings: &Settings) -> Vec<Group> {
    let identify = |text: &str| locale::identify(text).filter(|it| it.reliable).map(|it| it.locale);
    project::groups(found, settings, &identify)
}

/// What to say when no article was found.
pub(super) fn nothing_found(paths: &[PathBuf]) -> Failure {
    let place = match paths {
        [] => "the current folder".to_owned(),
        paths => paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "),
    };
    format!(
        "no article in {place}: Markdown, help YAML or bilingual HTML that neither .gitignore nor `exclude` leaves out"
    )
    .into()
}

/// Writes a result to a file at once, or to standard output as it comes.
pub(super) fn write(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    match file {
        Some(file) => {
            let mut text = Vec::new();
            write(&mut text)?;
            project::atomic_write(file, &text)?;
        }
        None => {
            let mut out = terminal::stdout();
            write(&mut out)?;
            out.flush()?;
        }
    }
    Ok(())
}

/// Columns of the terminal; 0 where there is none.
pub(super) fn width() -> usize {
    console::Term::stdout().size_checked().map_or(0, |(_, columns)| columns as usize)
}
