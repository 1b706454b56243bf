//! What the parts of a run found, kept in files and put together again. What is found between
//! articles is found here, when all of them are there.
//!
//! A file of a part is a line of JSON that says what it is, for a person too, and the rest in the
//! form of the cache. It is of use to the hexapla that wrote it, on whatever machine.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::check::{Checked, Run, Worked, translated_locales, whole};
use super::load::{WriteError, atomic_write};
use super::shard::{Shard, imprint};
use super::{Group, History, Unsaved};
use crate::config::Settings;
use crate::lint::Fact;
use crate::locale::Locale;
use crate::termbase::Translations;

/// What such a file begins with.
const MAGIC: &str = "{\"hexapla-shard\":";
const FORMAT: u32 = 1;

/// A part of a run: what was found in its articles, and what there is to hold against others.
#[derive(Debug)]
pub struct Part<A> {
    head: Head<A>,
    groups: Vec<Kept>,
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head<A> {
    #[serde(rename = "hexapla-shard")]
    format: u32,
    hexapla: String,
    number: u32,
    of: u32,
    /// The articles of the part, in all their locales.
    articles: usize,
    /// How many articles all parts have together.
    all: usize,
    /// The articles of the whole project with their text.
    project: String,
    settings: String,
    /// What the command was asked.
    asked: A,
    /// The hash of this and of the rest.
    rest: String,
}

impl<A: Serialize> Head<A> {
    /// The hash of all but itself.
    fn sum(&self, rest: &[u8]) -> Option<String> {
        let mut head = serde_json::to_value(self).ok()?;
        head["rest"] = serde_json::Value::Null;
        Some(blake3::Hasher::new().update(head.to_string().as_bytes()).update(rest).finalize().to_hex().to_string())
    }
}

/// An article in all its locales.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Its place among those of all parts.
    place: usize,
    /// Its key, as it is shown.
    key: String,
    /// Paths and locales of its files.
    members: Vec<(String, String)>,
    checked: Checked,
    facts: Vec<Fact>,
    translations: Translations,
}

/// A run put together.
#[derive(Debug)]
pub struct Joined {
    /// What one run would have found.
    pub checked: Checked,
    /// The article of each file, and its locale, by path.
    pub members: Vec<Placed>,
}

/// A file of an article.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its path.
    pub path: String,
    /// The key of the article.
    pub key: String,
    /// Its locale.
    pub locale: Locale,
}

/// Parts that cannot be put together.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PartError(String);

/// The program that reads and writes these files.
fn program() -> String {
    let build = option_env!("HEXAPLA_BUILD").map(|it| format!(" ({it})"));
    format!("{}{}", env!("CARGO_PKG_VERSION"), build.unwrap_or_default())
}

impl<A: Serialize + for<'de> Deserialize<'de> + PartialEq> Part<A> {
    /// Checks the part of the chosen groups. `keys` are those of all groups, as they are shown.
    #[allow(clippy::too_many_arguments)]
    pub fn check(
        shard: Shard,
        groups: &[Group],
        chosen: &[usize],
        keys: &[String],
        settings: &Settings,
        history: &History,
        asked: A,
        done: &(dyn Fn(usize) + Sync),
    ) -> Self {
        let unsaved = Unsaved::new();
        let places = shard.of_groups(groups, chosen);
        let own: Vec<usize> = places.iter().map(|&place| chosen[place]).collect();
        let locales = translated_locales(groups);
        let run = Run { groups, chosen: &own, settings, unsaved: &unsaved, history, locales, done };
        let worked = run.work_all(&run.lexicons(&|_| true));
        let keep = |((place, index), worked): ((usize, usize), Worked)| {
            let Worked { checked, facts, translations, .. } = worked;
            let members = &groups[index].members;
            let members = members.iter().map(|it| (it.found.path.to_string(), it.locale.tag().to_owned())).collect();
            let key = keys.get(index).cloned().unwrap_or_default();
            Kept { place, key, members, checked, facts, translations: Translations(translations) }
        };
        let head = Head {
            format: FORMAT,
            hexapla: program(),
            number: shard.number(),
            of: shard.of(),
            articles: own.iter().map(|&index| groups[index].members.len()).sum(),
            all: chosen.len(),
            project: imprint(groups, chosen, settings),
            settings: settings.imprint(),
            asked,
            rest: String::new(),
        };
        Part { head, groups: places.into_iter().zip(own).zip(worked).map(keep).collect() }
    }

    /// What the command was asked.
    pub fn asked(&self) -> &A {
        &self.head.asked
    }

    /// Its articles, in all their locales.
    pub fn articles(&self) -> usize {
        self.head.articles
    }

    /// How many findings there are without those between articles.
    pub fn findings(&self) -> usize {
        self.groups.iter().map(|it| it.checked.findings.len()).sum()
    }

    /// Faults of hexapla itself.
    pub fn faults(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().flat_map(|it| &it.checked.faults).map(String::as_str)
    }

    /// Writes it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, path: &Path) -> Result<(), WriteError> {
        let failed = |error: String| WriteError { path: path.to_owned(), error: std::io::Error::other(error) };
        let rest = postcard::to_stdvec(&self.groups).map_err(|error| failed(error.to_string()))?;
        self.head.rest = self.head.sum(&rest).ok_or_else(|| failed("a head without JSON".to_owned()))?;
        let mut bytes = serde_json::to_vec(&self.head).map_err(|error| failed(error.to_string()))?;
        bytes.push(b'\n');
        bytes.extend(rest);
        atomic_write(path, &bytes)
    }

    /// Reads one.
    ///
    /// # Errors
    /// When there is none, or it is not whole, or another hexapla wrote it.
    pub fn read(path: &Path) -> Result<Self, PartError> {
        let failed = |why: &str| PartError(format!("{}: {why}", path.display()));
        let bytes = std::fs::read(path).map_err(|error| failed(&error.to_string()))?;
        let no_shard = || failed("this is no shard; `hexapla check --shard I/N` writes them");
        let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if !line.starts_with(MAGIC.as_bytes()) {
            return Err(no_shard());
        }
        // Another version may have put another head there.
        let known: serde_json::Value = serde_json::from_slice(line).map_err(|_| no_shard())?;
        let by = known["hexapla"].as_str();
        if known["hexapla-shard"] != FORMAT || by != Some(&program()) {
            let by = by.map_or_else(|| "another hexapla".to_owned(), |it| format!("hexapla {it}"));
            let own = program();
            return Err(failed(&format!(
                "written by {by}, and this is {own}; all shards and `merge` need the same one"
            )));
        }
        let head: Head<A> = serde_json::from_slice(line).map_err(|_| no_shard())?;
        let rest = bytes.get(line.len() + 1..).unwrap_or_default();
        if Shard::new(head.number, head.of).is_none() {
            return Err(no_shard());
        }
        if head.sum(rest).is_none_or(|it| it != head.rest) {
            return Err(failed("the file is cut off or was changed"));
        }
        let groups = postcard::from_bytes(rest).map_err(|_| failed("the file was changed"))?;
        Ok(Part { head, groups })
    }
}

/// Whether these are all parts of one run, each once; the first one that is not is named.
///
/// # Errors
/// When they are not.
pub fn agree<A: PartialEq>(parts: &[(String, Part<A>)]) -> Result<(), PartError> {
    let Some((first, one)) = parts.first() else { return Err(PartError("no shard is given".to_owned())) };
    let refused = |why: String| Err(PartError(why));
    for (name, part) in &parts[1..] {
        let (a, b) = (&one.head, &part.head);
        if a.of != b.of {
            let (this, that) = (format!("{}/{}", a.number, a.of), format!("{}/{}", b.number, b.of));
            return refused(format!("{first} is shard {this} and {name} is shard {that}: these are of two runs"));
        }
        if a.settings != b.settings || a.asked != b.asked {
            return refused(format!("{first} and {name} were made with different settings or options"));
        }
        if a.project != b.project || a.all != b.all {
            return refused(format!("{first} and {name} are of different articles, or of different versions of them"));
        }
    }
    let mut names: Vec<Vec<&str>> = vec![Vec::new(); one.head.of as usize];
    for (name, part) in parts {
        names[part.head.number as usize - 1].push(name);
    }
    let of = one.head.of;
    if let Some((at, twice)) = names.iter().enumerate().find(|(_, it)| it.len() > 1) {
        return refused(format!("shard {}/{of} is given twice: {}", at + 1, twice.join(", ")));
    }
    let missing = names.iter().enumerate().filter(|(_, it)| it.is_empty());
    let missing: Vec<String> = missing.map(|(at, _)| format!("{}/{of}", at + 1)).collect();
    if !missing.is_empty() {
        let (noun, verb) = if missing.len() == 1 { ("shard", "is") } else { ("shards", "are") };
        return refused(format!("{noun} {} {verb} missing", missing.join(", ")));
    }
    Ok(())
}

/// Puts the parts of a run together.
///
/// # Errors
/// When they are not all parts of one run, or the settings are others than theirs.
pub fn join<A: PartialEq>(parts: Vec<(String, Part<A>)>, settings: &Settings) -> Result<Joined, PartError> {
    agree(&parts)?;
    if let Some((name, _)) = parts.iter().find(|(_, part)| part.head.settings != settings.imprint()) {
        return Err(PartError(format!(
            "{name} was made with other settings than are in force here; `merge` needs the same hexapla.toml (or \
             --config) and the files that it names, from the same folder"
        )));
    }
    let all = parts[0].1.head.all;
    let mut groups: Vec<Kept> = parts.into_iter().flat_map(|(_, part)| part.groups).collect();
    groups.sort_by_key(|it| it.place);
    if !groups.iter().map(|it| it.place).eq(0..all) {
        return Err(PartError("the shards do not hold every article once".to_owned()));
    }
    let mut members = Vec::new();
    let mut worked = Vec::with_capacity(groups.len());
    for Kept { key, members: files, checked, facts, translations, .. } in groups {
        let placed = |(path, locale): (String, String)| {
            let locale = Locale::parse(&locale).unwrap_or_default();
            Placed { path, key: key.clone(), locale }
        };
        members.extend(files.into_iter().map(placed));
        worked.push(Worked { checked, facts, translations: translations.0, ..Worked::default() });
    }
    Ok(Joined { checked: whole(worked, settings), members })
}
