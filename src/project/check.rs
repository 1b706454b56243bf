//! Groups of articles → findings: loads a group, checks it, drops it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::lexicons::lexicons;
use super::open::open;
use super::{Group, History, Unsaved};
use crate::bitext::{Lexicons, Progress, source_segments};
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Fact};
use crate::locale::Locale;
use crate::termbase::Translation;

/// What a run over a project gives.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Checked {
    /// The findings, by article and place.
    pub findings: Vec<Diagnostic>,
    /// Articles read.
    pub articles: usize,
    /// Units compared.
    pub units: usize,
    /// Articles of each locale.
    pub locales: BTreeMap<String, usize>,
    /// How far each translated article is, by its path.
    pub progress: BTreeMap<Arc<str>, Progress>,
    /// How many segments the sources have, by path.
    pub segments: BTreeMap<Arc<str>, usize>,
    /// How articles were paired, where that is not plain from their paths.
    pub notes: Vec<String>,
    /// Faults of hexapla itself, with the articles it was looking at. The others were checked.
    pub faults: Vec<String>,
}

/// Checks the groups with these numbers. `done` is told how many articles are behind.
pub fn check(
    groups: &[Group],
    chosen: &[usize],
    settings: &Settings,
    unsaved: &Unsaved,
    history: &History,
    done: &(dyn Fn(usize) + Sync),
) -> Checked {
    let lexicons = lexicons(groups, chosen.iter().map(|&index| &groups[index]), &|_| true, unsaved);
    check_with(groups, chosen, settings, unsaved, history, &lexicons, done)
}

/// The same, where the lexicons are there already.
pub(super) fn check_with(
    groups: &[Group],
    chosen: &[usize],
    settings: &Settings,
    unsaved: &Unsaved,
    history: &History,
    lexicons: &Lexicons,
    done: &(dyn Fn(usize) + Sync),
) -> Checked {
    finish(work(groups, chosen, settings, unsaved, history, lexicons, done), settings)
}

/// What checking a group gives.
#[derive(Default)]
pub(super) struct Worked {
    pub checked: Checked,
    pub facts: Vec<Fact>,
    pub translations: Vec<Translation>,
}

/// Stage one: each group for itself, in order.
pub(super) fn work(
    groups: &[Group],
    chosen: &[usize],
    settings: &Settings,
    unsaved: &Unsaved,
    history: &History,
    lexicons: &Lexicons,
    done: &(dyn Fn(usize) + Sync),
) -> Vec<Worked> {
    let locales = translated_locales(groups);
    let one = |&index: &usize| {
        let group = &groups[index];
        let worked = catch_unwind(AssertUnwindSafe(|| {
            check_group(groups, group, &locales, settings, unsaved, lexicons, history)
        }));
        done(group.members.len());
        let fault = |_| Worked {
            checked: Checked { faults: vec![super::fault(group)], ..Checked::default() },
            ..Worked::default()
        };
        worked.unwrap_or_else(fault)
    };
    chosen.par_iter().map(one).collect()
}

/// Stage two: all groups together, in order, and held against each other.
pub(super) fn finish(worked: Vec<Worked>, settings: &Settings) -> Checked {
    let mut all = Checked::default();
    let (mut facts, mut translations) = (Vec::new(), Vec::new());
    all.findings.reserve_exact(worked.iter().map(|it| it.checked.findings.len()).sum());
    facts.reserve_exact(worked.iter().map(|it| it.facts.len()).sum());
    for Worked { checked, facts: stated, translations: translated } in worked {
        facts.extend(stated);
        translations.extend(translated);
        all.findings.extend(checked.findings);
        all.articles += checked.articles;
        all.units += checked.units;
        for (locale, count) in checked.locales {
            *all.locales.entry(locale).or_default() += count;
        }
        all.progress.extend(checked.progress);
        all.segments.extend(checked.segments);
        all.notes.extend(checked.notes);
        all.faults.extend(checked.faults);
    }
    match catch_unwind(AssertUnwindSafe(|| lint::compare(facts, &translations, settings))) {
        Ok(found) => {
            all.findings.reserve_exact(found.len());
            all.findings.extend(found);
        }
        Err(_) => all.faults.push("hexapla failed where it compares articles with each other; please report it".into()),
    }
    all.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    all.notes.sort();
    all
}

/// The locales that some article was translated into.
pub(super) fn translated_locales(groups: &[Group]) -> Vec<Locale> {
    let members = groups.iter().flat_map(|group| &group.members);
    let translated = members.filter(|member| member.is_translation());
    let found: BTreeSet<Locale> = translated.map(|member| member.locale.clone()).filter(Locale::is_known).collect();
    found.into_iter().collect()
}

fn check_group(
    groups: &[Group],
    group: &Group,
    locales: &[Locale],
    settings: &Settings,
    unsaved: &Unsaved,
    lexicons: &Lexicons,
    history: &History,
) -> Worked {
    let mut checked = Checked { articles: group.members.len(), ..Checked::default() };
    for member in &group.members {
        *checked.locales.entry(member.locale.to_string()).or_default() += 1;
    }
    let opened = open(groups, group, settings, unsaved, Some(history));
    for it in opened.refused {
        checked.findings.extend(lint::unreadable(&it.path, it.too_large, it.why, settings));
    }
    checked.notes = opened.notes;
    if let Some(source) = group.source() {
        let document = opened.documents.iter().find(|it| it.path == source.found.path);
        checked.segments = document.map(|it| (it.path.clone(), source_segments(it))).into_iter().collect();
    }
    let (documents, articles) = (&opened.documents, &opened.articles);
    let outcome =
        lint::check_group(&group.key, documents, articles, &settings.source_locale, locales, settings, lexicons);
    checked.findings.extend(outcome.findings);
    checked.units = outcome.units;
    checked.progress = outcome.progress.into_iter().collect();
    Worked { checked, facts: outcome.facts, translations: outcome.translations }
}
