//! What a path says: which article it is, and in which locale.
//!
//! A folder `ja` may be Japanese and a folder `id` may be anything, so a language without a region
//! counts only with evidence: the same article without that folder, or under another locale.

use std::collections::{HashMap, HashSet};

use crate::config::Settings;
use crate::locale::{Locale, Plausibility, plausible_locale};

/// One way to read a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The path without locale and extension.
    pub key: String,
    /// The locale; unknown where the path has none.
    pub locale: Locale,
    /// Whether a configured layout said so.
    pub configured: bool,
}

/// A part of a path that may be a locale.
struct Candidate {
    key: String,
    locale: Locale,
    plausibility: Plausibility,
    /// What all files share that stand or fall together: the folder, or the ending.
    slot: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Docusaurus' own folders: `i18n/ja/docusaurus-plugin-content-docs/current/`.
    Plugin,
    /// `ja/`.
    Folder,
    /// `docs.ja/`.
    FolderSuffix,
    /// `x.ja.md`.
    Dotted,
    /// `x-ja.md`, `x_ja.md`.
    Dashed,
}

/// Folders that hold one folder a locale.
const HOLDERS: [&str; 9] =
    ["i18n", "l10n", "locale", "locales", "translations", "translated", "lang", "languages", "content"];

fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    match path[name..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name + dot],
        _ => path,
    }
}

fn is_index(key: &str) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key).to_ascii_lowercase();
    matches!(name.as_str(), "readme" | "index" | "_index" | "toc" | "contributing" | "changelog" | "license")
}

fn candidates(path: &str) -> Vec<Candidate> {
    let stem = stem(path);
    let mut found = Vec::new();
    let (folders, name) = stem.rsplit_once('/').map_or(("", stem), |(folders, name)| (folders, name));
    let mut start = 0;
    for folder in folders.split('/').filter(|_| !folders.is_empty()) {
        let (before, after) = (&path[..start], &stem[start + folder.len() + 1..]);
        start += folder.len() + 1;
        if let Some((locale, plausibility)) = plausible_locale(folder) {
            if before.ends_with("i18n/")
                && let Some(rest) = after.strip_prefix("docusaurus-plugin-content-")
                && let Some(key) = docusaurus(&before[..before.len() - "i18n/".len()], rest)
            {
                let slot = before.to_owned();
                found.push(Candidate { key, locale, plausibility, slot, kind: Kind::Plugin });
                continue;
            }
            let key = format!("{before}{after}");
            found.push(Candidate { key, locale, plausibility, slot: before.to_owned(), kind: Kind::Folder });
        } else if let Some((bare, tag)) = suffix(folder, true) {
            let (locale, plausibility) = tag;
            let slot = format!("{before}{bare}/");
            let key = format!("{slot}{after}");
            found.push(Candidate { key, locale, plausibility, slot, kind: Kind::FolderSuffix });
        }
    }
    let folder = &stem[..stem.len() - name.len()];
    for (dotted, kind) in [(true, Kind::Dotted), (false, Kind::Dashed)] {
        if let Some((bare, (locale, plausibility))) = suffix(name, dotted) {
            let key = format!("{folder}{bare}");
            found.push(Candidate { slot: key.clone(), key, locale, plausibility, kind });
        }
    }
    found
}

/// The longest locale at the end of a name, and the name without it.
fn suffix(name: &str, dotted: bool) -> Option<(&str, (Locale, Plausibility))> {
    let marks =
        name.char_indices().filter(|(at, c)| *at > 0 && if dotted { *c == '.' } else { matches!(c, '-' | '_') });
    marks.filter_map(|(at, _)| Some((&name[..at], plausible_locale(&name[at + 1..])?))).next()
}

/// The source article of a Docusaurus translation; `rest` follows `docusaurus-plugin-content-`.
fn docusaurus(before: &str, rest: &str) -> Option<String> {
    let (plugin, rest) = rest.split_once('/')?;
    let (kind, id) = plugin.split_once('-').map_or((plugin, None), |(kind, id)| (kind, Some(id)));
    let folder = match (kind, id) {
        ("pages", _) => "src/pages",
        (_, Some(id)) => id,
        (kind, None) => kind,
    };
    if kind != "docs" {
        return Some(format!("{before}{folder}/{rest}"));
    }
    let (version, article) = rest.split_once('/')?;
    Some(match (version, id) {
        ("current", _) => format!("{before}{folder}/{article}"),
        (version, None) => format!("{before}versioned_docs/{version}/{article}"),
        (version, Some(id)) => format!("{before}{id}_versioned_docs/{version}/{article}"),
    })
}

/// Reads all paths of a run together, because one is evidence for the other.
pub(super) fn read_paths(paths: &[&str], settings: &Settings) -> Vec<Reading> {
    let stems: HashSet<&str> = paths.iter().map(|path| stem(path)).collect();
    let all: Vec<Vec<Candidate>> = paths.iter().map(|path| candidates(path)).collect();
    let evidence = Evidence::gather(&all, &stems);
    let mut readings = Vec::with_capacity(paths.len());
    for (path, candidates) in paths.iter().zip(all) {
        if let Some(reading) = configured(path, settings) {
            readings.push(reading);
            continue;
        }
        let best = candidates
            .into_iter()
            .rev()
            .filter(|it| evidence.accepts(it))
            .max_by_key(|it| (it.kind == Kind::Plugin, it.plausibility == Plausibility::Full));
        readings.push(match best {
            Some(it) => Reading { key: it.key, locale: it.locale, configured: false },
            None => Reading { key: stem(path).to_owned(), locale: Locale::UNKNOWN, configured: false },
        });
    }
    readings
}

/// Every key that a path may have, whatever the evidence: for a path that is no longer there.
pub(super) fn possible_keys(path: &str, settings: &Settings) -> Vec<String> {
    let mut keys = vec![stem(path).to_owned()];
    keys.extend(configured(path, settings).map(|it| it.key));
    keys.extend(candidates(path).into_iter().map(|it| it.key));
    keys
}

fn configured(path: &str, settings: &Settings) -> Option<Reading> {
    if settings.layouts.is_empty() {
        return None;
    }
    let path = settings.relative(path);
    settings.layouts.iter().find_map(|layout| {
        if let Some((key, tag)) = layout.target(&path)
            && let Some((locale, _)) = plausible_locale(tag)
        {
            return Some(Reading { key, locale, configured: true });
        }
        let key = layout.source(&path)?;
        Some(Reading { key, locale: settings.source_locale.clone(), configured: true })
    })
}

/// What the files of a run say about each other. A slot is where a locale stands.
#[derive(Default)]
struct Evidence {
    /// Slot and locale of those with the same article where no locale is; whether any of these
    /// articles is other than an index, which every folder has.
    twins: HashMap<(String, Locale), bool>,
    /// Slot and article → the locales it is there in.
    articles: HashMap<(String, String), HashSet<Locale>>,
    /// Slot → locales that are no everyday words.
    siblings: HashMap<String, HashSet<Locale>>,
    /// Slot and locale of those with the same article under another locale.
    replaced: HashSet<(String, Locale)>,
    /// Endings with a dot that are locales somewhere in the run.
    endings: HashSet<Locale>,
}

impl Evidence {
    fn gather(all: &[Vec<Candidate>], stems: &HashSet<&str>) -> Self {
        let mut it = Evidence::default();
        for candidate in all.iter().flatten() {
            let place = (candidate.slot.clone(), candidate.locale.clone());
            if stems.contains(candidate.key.as_str()) {
                *it.twins.entry(place.clone()).or_default() |= !is_index(&candidate.key);
                if candidate.kind == Kind::Dotted && candidate.plausibility > Plausibility::Word {
                    it.endings.insert(candidate.locale.clone());
                }
            }
            let article = (candidate.slot.clone(), candidate.key.clone());
            it.articles.entry(article).or_default().insert(candidate.locale.clone());
            if candidate.plausibility > Plausibility::Word {
                it.siblings.entry(candidate.slot.clone()).or_default().insert(candidate.locale.clone());
            }
        }
        for ((slot, key), locales) in &it.articles {
            if locales.len() > 1 && !is_index(key) {
                it.replaced.extend(locales.iter().map(|locale| (slot.clone(), locale.clone())));
            }
        }
        it
    }

    fn accepts(&self, it: &Candidate) -> bool {
        let place = (it.slot.clone(), it.locale.clone());
        let twin = self.twins.get(&place).copied();
        let siblings = self.siblings.get(&it.slot).map_or(0, HashSet::len);
        let is_word = it.plausibility == Plausibility::Word;
        match it.kind {
            Kind::Plugin => true,
            Kind::Folder | Kind::FolderSuffix | Kind::Dotted if it.plausibility == Plausibility::Full => true,
            Kind::Folder if is_word => {
                twin == Some(true) || (self.replaced.contains(&place) && siblings > 0) || siblings > 1
            }
            Kind::Folder => {
                let holder = it.slot.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                twin.is_some() || siblings > 1 || self.replaced.contains(&place) || HOLDERS.contains(&holder)
            }
            Kind::FolderSuffix => twin == Some(true) || siblings > usize::from(!is_word),
            Kind::Dotted => twin.is_some() || siblings > usize::from(!is_word) || self.endings.contains(&it.locale),
            // `how-to-do-it` beside `how-to-do` is no Italian.
            Kind::Dashed if is_word => siblings > 0 || (twin.is_some() && is_index(&it.key)),
            Kind::Dashed => twin.is_some() || siblings > 1,
        }
    }
}
