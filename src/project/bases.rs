//! The termbases and the product's strings that the settings name, from disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::fields::Fields;
use crate::config::{ConfigError, FilePattern, Matched, Resource, Settings};
use crate::locale::{Locale, plausible_locale};
use crate::termbase::Bases;
use crate::termbase::base::{Names, Termbase};
use crate::termbase::strings::{ProductStrings, Sheet};

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
    if settings.term_files.is_empty() && settings.resources.is_empty() {
        return Ok(());
    }
    let mut fields = Fields::default();
    let mut terms = Termbase::default();
    for pattern in &settings.term_files {
        for (path, matched) in files(pattern, settings)? {
            let bytes = bytes(&path, pattern, &matched.shown, settings, &mut fields)?;
            let read = terms.read(&matched.shown, &bytes, &settings.source_locale);
            read.map_err(|error| refused(settings, pattern, &matched.shown, &error))?;
        }
    }
    let names = Names::new(&settings.do_not_translate, &terms, &settings.source_locale);
    let mut strings = ProductStrings::default();
    for resource in &settings.resources {
        read_strings(resource, settings, &mut strings, &mut fields)?;
    }
    settings.bases = Arc::new(Bases { terms, names, strings, hash: fields.sum().into() });
    Ok(())
}

/// Reads the files of one pattern. Those of a locale belong to the source file that the asterisks
/// mean, too; what holds both languages needs none.
fn read_strings(
    resource: &Resource,
    settings: &Settings,
    strings: &mut ProductStrings,
    fields: &mut Fields,
) -> Result<(), ConfigError> {
    let pattern = &resource.files;
    let mut sheets: Vec<(Matched, Option<Locale>, Sheet)> = Vec::new();
    for (path, matched) in files(pattern, settings)? {
        let locale = matched.locale.as_deref().and_then(locale_of);
        // `values-night` is no locale.
        if matched.locale.is_some() && locale.is_none() {
            continue;
        }
        let sheet = sheet(&path, pattern, &matched.shown, settings, fields)?;
        sheets.push((matched, locale, sheet));
    }
    let sources: Vec<(Matched, Sheet)> = match &resource.source {
        Some(pattern) => {
            let mut read = |(path, matched): (PathBuf, Matched)| {
                let sheet = sheet(&path, pattern, &matched.shown, settings, fields)?;
                Ok((matched, sheet))
            };
            files(pattern, settings)?.into_iter().map(&mut read).collect::<Result<_, ConfigError>>()?
        }
        None => {
            let rank = |locale: &Option<Locale>| locale.as_ref().map_or(0, |it| it.serves(&settings.source_locale));
            let best = sheets.iter().map(|it| rank(&it.1)).max().unwrap_or(0);
            let own = sheets.iter().filter(|it| best > 0 && rank(&it.1) == best);
            own.map(|(matched, _, sheet)| (matched.clone(), sheet.clone())).collect()
        }
    };
    let is_bilingual = sheets.iter().any(|(_, _, sheet)| !sheet.pairs.is_empty());
    if sources.is_empty() && !is_bilingual {
        let message = format!("no file of `{}` is in {}, the source", pattern.text(), settings.source_locale);
        let help = "name it: { files = \"Strings.{locale}.resx\", source = \"Strings.resx\" }".to_owned();
        return Err(settings.error_at(pattern.place(), message).with_help(Some(help)));
    }
    for (source, own) in &sources {
        let mine = sheets.iter().filter(|(it, ..)| it.stars == source.stars && it.shown != source.shown);
        let of_locale = |(it, locale, sheet): &(Matched, Option<Locale>, Sheet)| {
            Some((locale.clone()?, Arc::from(it.shown.as_str()), sheet.clone()))
        };
        strings.add(own, &mine.filter_map(of_locale).collect::<Vec<_>>());
    }
    for (matched, locale, sheet) in &mut sheets {
        // Where ids are keys, the file of the source says what they stand for.
        sources.iter().filter(|(it, _)| it.stars == matched.stars).for_each(|(_, own)| sheet.take_sources(own));
        strings.add_pairs(sheet, locale.as_ref(), &Arc::from(matched.shown.as_str()));
    }
    Ok(())
}

fn sheet(
    path: &Path,
    pattern: &FilePattern,
    shown: &str,
    settings: &Settings,
    fields: &mut Fields,
) -> Result<Sheet, ConfigError> {
    let bytes = bytes(path, pattern, shown, settings, fields)?;
    Sheet::read(shown, &bytes).map_err(|error| refused(settings, pattern, shown, &error))
}

/// A locale as resources write it: `de-AT`, `de_AT`, and, on Android, `de-rAT` and `b+zh+Hant+TW`.
fn locale_of(text: &str) -> Option<Locale> {
    let bare = text.strip_prefix("b+").unwrap_or(text).replace(['+', '_'], "-");
    let region = bare.replacen("-r", "-", usize::from(bare.rsplit('-').next().is_some_and(|it| it.len() == 3)));
    plausible_locale(&bare).or_else(|| plausible_locale(&region)).map(|(locale, _)| locale)
}

fn refused(settings: &Settings, pattern: &FilePattern, shown: &str, why: &dyn std::fmt::Display) -> ConfigError {
    settings.error_at(pattern.place(), format!("cannot read `{shown}`: {why}"))
}

/// Reads a file; its name and its bytes go into the hash of all of them.
fn bytes(
    path: &Path,
    pattern: &FilePattern,
    shown: &str,
    settings: &Settings,
    fields: &mut Fields,
) -> Result<Vec<u8>, ConfigError> {
    let size = std::fs::metadata(path).map_or(0, |it| it.len());
    if size > MAX_BYTES {
        let why = format!("it is larger than {} MiB", MAX_BYTES >> 20);
        return Err(refused(settings, pattern, shown, &why));
    }
    let bytes = std::fs::read(path).map_err(|error| refused(settings, pattern, shown, &error))?;
    fields.put(shown.as_bytes());
    fields.put(&bytes);
    Ok(bytes)
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
