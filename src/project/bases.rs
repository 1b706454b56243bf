//! The termbases that the settings name, from disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::config::{ConfigError, FilePattern, Matched, Settings};
use crate::termbase::Bases;
use crate::termbase::base::{Names, Termbase};

/// A larger file is not read.
const MAX_BYTES: u64 = 64 << 20;
/// So many files are not what somebody meant.
const MAX_FILES: usize = 10_000;
/// One pattern does not look at more.
const MAX_ENTRIES: usize = 200_000;

/// Reads the files that the settings name, and puts what they hold into the settings.
///
/// # Errors
/// When a pattern means no file, or a file cannot be read; with the place in the settings.
pub fn read_bases(settings: &mut Settings) -> Result<(), ConfigError> {
    if settings.term_files.is_empty() {
        return Ok(());
    }
    let mut terms = Termbase::default();
    for pattern in &settings.term_files {
        for (path, matched) in files(pattern, settings)? {
            let bytes = bytes(&path, pattern, &matched.shown, settings)?;
            let read = terms.read(&matched.shown, &bytes, &settings.source_locale);
            read.map_err(|error| refused(settings, pattern, &matched.shown, &error))?;
        }
    }
    let names = Names::new(&settings.do_not_translate, &terms, &settings.source_locale);
    settings.bases = Arc::new(Bases { terms, names });
    Ok(())
}

fn refused(settings: &Settings, pattern: &FilePattern, shown: &str, why: &dyn std::fmt::Display) -> ConfigError {
    settings.error_at(pattern.place(), format!("cannot read `{shown}`: {why}"))
}

fn bytes(path: &Path, pattern: &FilePattern, shown: &str, settings: &Settings) -> Result<Vec<u8>, ConfigError> {
    let size = std::fs::metadata(path).map_or(0, |it| it.len());
    if size > MAX_BYTES {
        let why = format!("it is larger than {} MiB", MAX_BYTES >> 20);
        return Err(refused(settings, pattern, shown, &why));
    }
    std::fs::read(path).map_err(|error| refused(settings, pattern, shown, &error))
}

/// The files that a pattern means, in alphabetical order; at least one.
fn files(pattern: &FilePattern, settings: &Settings) -> Result<Vec<(PathBuf, Matched)>, ConfigError> {
    let folder = pattern.folder();
    let mut found = Vec::new();
    let walk = WalkBuilder::new(folder).standard_filters(false).follow_links(true).max_depth(pattern.depth()).build();
    for (count, entry) in walk.enumerate() {
        if count > MAX_ENTRIES || found.len() > MAX_FILES {
            let message = format!("`{}` means too many files", pattern.text());
            return Err(settings.error_at(pattern.place(), message));
        }
        let Ok(entry) = entry else { continue };
        let Ok(way) = entry.path().strip_prefix(folder) else { continue };
        let way = way.to_string_lossy().replace('\\', "/");
        if let Some(matched) = pattern.matched(&way)
            && entry.file_type().is_some_and(|it| it.is_file())
        {
            found.push((entry.into_path(), matched));
        }
    }
    if found.is_empty() {
        let message = match pattern.is_one_file() {
            true => format!("there is no file `{}`", pattern.text()),
            false => format!("no file is meant by `{}`", pattern.text()),
        };
        let help = "paths are relative to the file that names them".to_owned();
        return Err(settings.error_at(pattern.place(), message).with_help(Some(help)));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}
