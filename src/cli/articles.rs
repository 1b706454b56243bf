//! What every subcommand that reads articles asks for, and does first.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Global};
use crate::config::{Overrides, Settings};
use crate::locale::{self, Locale};
use crate::project::{self, Found, Group};

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
        use_threads(self.jobs);
        let source_locale = self.source_locale.as_deref().map(locale).transpose()?;
        let overrides = Overrides { source_locale, exclude: self.exclude.clone(), ..Overrides::default() };
        super::config::load(global, &overrides)
    }
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

/// Sets the number of threads.
pub(super) fn use_threads(jobs: Option<usize>) {
    if let Some(jobs) = jobs {
        // It fails only when a pool is there already, which no other part of the command makes.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build_global();
    }
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
            let mut out = io::BufWriter::new(io::stdout().lock());
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
