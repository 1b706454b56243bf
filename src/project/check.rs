//! Groups of articles → findings: loads a group, checks it, drops it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::{Group, Member, MemberId, Problem, Relation};
use crate::bitext;
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document};
use crate::lint::{self, Article};
use crate::locale::Locale;
use crate::text::Source;

/// What a run over a project gives.
#[derive(Debug, Default)]
pub struct Checked {
    /// The findings, by article and place.
    pub findings: Vec<Diagnostic>,
    /// Articles read.
    pub articles: usize,
    /// Units compared.
    pub units: usize,
    /// Articles of each locale.
    pub locales: BTreeMap<String, usize>,
    /// How articles were paired, where that is not plain from their paths.
    pub notes: Vec<String>,
    /// Faults of hexapla itself, with the articles it was looking at. The others were checked.
    pub faults: Vec<String>,
}

/// What takes the place of files on disk: the text of an editor, by path.
pub type Unsaved = BTreeMap<String, String>;

/// Checks the groups with these numbers. `done` is told how many articles are behind.
pub fn check(
    groups: &[Group],
    chosen: &[usize],
    settings: &Settings,
    unsaved: &Unsaved,
    done: &(dyn Fn(usize) + Sync),
) -> Checked {
    let locales = translated_locales(groups);
    let outcomes: Vec<Checked> = chosen
        .par_iter()
        .map(|&index| {
            let group = &groups[index];
            let checked = catch_unwind(AssertUnwindSafe(|| check_group(groups, group, &locales, settings, unsaved)));
            done(group.members.len());
            checked.unwrap_or_else(|_| {
                let paths: Vec<&str> = group.members.iter().map(|member| &*member.found.path).collect();
                let faults = vec![format!("hexapla failed on {}; please report it", paths.join(", "))];
                Checked { faults, ..Checked::default() }
            })
        })
        .collect();
    let mut all = Checked::default();
    for outcome in outcomes {
        all.findings.extend(outcome.findings);
        all.articles += outcome.articles;
        all.units += outcome.units;
        for (locale, count) in outcome.locales {
            *all.locales.entry(locale).or_default() += count;
        }
        all.notes.extend(outcome.notes);
        all.faults.extend(outcome.faults);
    }
    all.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    all.notes.sort();
    all
}

/// The locales that some article was translated into.
fn translated_locales(groups: &[Group]) -> Vec<Locale> {
    let members = groups.iter().flat_map(|group| &group.members);
    let translated = members.filter(|member| !matches!(member.relation, Relation::Source | Relation::Alone));
    let found: BTreeSet<Locale> = translated.map(|member| member.locale.clone()).filter(Locale::is_known).collect();
    found.into_iter().collect()
}

fn check_group(groups: &[Group], group: &Group, locales: &[Locale], settings: &Settings, unsaved: &Unsaved) -> Checked {
    let mut checked = Checked { articles: group.members.len(), ..Checked::default() };
    let mut documents: Vec<Document> = Vec::with_capacity(group.members.len());
    // The document of each member, where it could be read.
    let mut places: Vec<Option<usize>> = Vec::with_capacity(group.members.len());
    for member in &group.members {
        *checked.locales.entry(member.locale.to_string()).or_default() += 1;
        places.push(match read(member, unsaved) {
            Ok(document) => {
                documents.push(document);
                Some(documents.len() - 1)
            }
            Err((too_large, message)) => {
                checked.findings.extend(lint::unreadable(&member.found.path, too_large, message, settings));
                None
            }
        });
    }
    let source = group.members.iter().position(|member| member.relation == Relation::Source);
    let source = source.and_then(|member| places[member]);
    let mut elsewhere: BTreeMap<MemberId, Option<usize>> = BTreeMap::new();
    let mut partner = |id: MemberId, documents: &mut Vec<Document>| -> Option<usize> {
        let other = &groups[id.group];
        if std::ptr::eq(other, group) {
            return places[id.member];
        }
        *elsewhere.entry(id).or_insert_with(|| {
            let document = read(&other.members[id.member], unsaved).ok()?;
            documents.push(document);
            Some(documents.len() - 1)
        })
    };
    let mut articles = Vec::new();
    for (index, member) in group.members.iter().enumerate() {
        let Some(document) = places[index] else { continue };
        let path = &member.found.path;
        let with = |id: MemberId| &groups[id.group].members[id.member].found.path;
        let source = match member.relation {
            Relation::Own => Some((source.unwrap_or(document), bitext::Relation::Own)),
            Relation::SameVersion => source.map(|source| (source, bitext::Relation::SameVersion)),
            Relation::SameSource { with: id } => {
                checked.notes.push(format!("{path} is compared with the source recovered from {}", with(id)));
                partner(id, &mut documents).map(|source| (source, bitext::Relation::SameSource))
            }
            Relation::OtherVersion { with: id } => {
                checked.notes.push(format!("{path} is compared with {}, which is another version", with(id)));
                partner(id, &mut documents).map(|source| (source, bitext::Relation::OtherVersion))
            }
            Relation::Source => None,
            Relation::Alone => {
                document::commented_source(&documents[document], &settings.source_locale).map(|source| {
                    checked.notes.push(format!("{path} is compared with the source in its comments"));
                    documents.push(source);
                    (documents.len() - 1, bitext::Relation::Comments)
                })
            }
        };
        articles.push(Article { document, source });
    }
    let outcome = lint::check_group(&group.key, &documents, &articles, &settings.source_locale, locales, settings);
    checked.findings.extend(outcome.findings);
    checked.units = outcome.units;
    checked
}

/// Reads one article; else whether it is too large, and why it cannot be read.
fn read(member: &Member, unsaved: &Unsaved) -> Result<Document, (bool, String)> {
    let found = &member.found;
    let source = match unsaved.get(&*found.path) {
        Some(text) => Source::from_bytes(text.clone().into_bytes()),
        None => match &found.problem {
            Some(Problem::TooLarge) => {
                return Err((
                    true,
                    format!("the article is larger than {} MiB; it was not read", crate::text::MAX_SOURCE_BYTES >> 20),
                ));
            }
            Some(Problem::Unreadable(why)) => return Err((false, format!("the article cannot be read: {why}"))),
            None => {
                super::load(&found.on_disk).map_err(|error| (false, format!("the article cannot be read: {error}")))?
            }
        },
    };
    Ok(document::read(found.path.clone(), member.locale.clone(), found.format, source))
}
