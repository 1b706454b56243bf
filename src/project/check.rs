//! Groups of articles → findings: loads a group, checks it, drops it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::lexicons::lexicons;
use super::open::open;
use super::{Cache, Group, History, Inquiry, Unsaved};
use crate::bitext::{Lexicons, Progress, source_segments};
use crate::config::Settings;
use crate::diagnostic::{self, Diagnostic};
use crate::lint::{self, Fact, kept_findings};
use crate::locale::{self, Locale};
use crate::termbase::Translation;

/// What a run over a project gives.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Checked {
    /// The findings, by article and place.
    #[serde(with = "kept_findings")]
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
    check_cached(groups, chosen, settings, unsaved, history, &Cache::none(), done)
}

/// The same, where what earlier runs found is not found anew.
pub fn check_cached(
    groups: &[Group],
    chosen: &[usize],
    settings: &Settings,
    unsaved: &Unsaved,
    history: &History,
    cache: &Cache,
    done: &(dyn Fn(usize) + Sync),
) -> Checked {
    Inquiry::new(groups, chosen, settings, unsaved, history, cache, done).answer().checked
}

/// Checks where the lexicons are there already.
pub(super) fn check_with(
    groups: &[Group],
    chosen: &[usize],
    settings: &Settings,
    unsaved: &Unsaved,
    history: &History,
    lexicons: &Lexicons,
    done: &(dyn Fn(usize) + Sync),
) -> Checked {
    Run { groups, chosen, settings, unsaved, history, locales: translated_locales(groups), done }.check(lexicons)
}

/// The fault where articles are compared.
pub(super) const COMPARING: &str = "hexapla failed where it compares articles with each other; please report it";

/// What a run is asked.
pub(super) struct Run<'a> {
    pub groups: &'a [Group],
    pub chosen: &'a [usize],
    pub settings: &'a Settings,
    pub unsaved: &'a Unsaved,
    pub history: &'a History,
    /// The locales that some article was translated into.
    pub locales: Vec<Locale>,
    pub done: &'a (dyn Fn(usize) + Sync),
}

/// What checking a group gives.
#[derive(Default)]
pub(super) struct Worked {
    pub checked: Checked,
    pub facts: Vec<Fact>,
    pub translations: Vec<Translation>,
    pub asked_git: bool,
}

impl Run<'_> {
    pub(super) fn check(&self, lexicons: &Lexicons) -> Checked {
        whole(self.work_all(lexicons), self.settings)
    }

    /// Checks each group for itself.
    pub(super) fn work_all(&self, lexicons: &Lexicons) -> Vec<Worked> {
        self.chosen.par_iter().map(|&index| self.work(index, lexicons)).collect()
    }

    /// The lexicons of the run, for these locales.
    pub(super) fn lexicons(&self, is_wanted: &dyn Fn(&Locale) -> bool) -> Lexicons {
        let source = std::iter::once(&self.settings.source_locale);
        locale::prepare(self.locales.iter().filter(|it| is_wanted(it)).chain(source));
        lexicons(self.groups, self.chosen.iter().map(|&index| &self.groups[index]), is_wanted, self.unsaved)
    }

    /// Checks one group.
    pub(super) fn work(&self, index: usize, lexicons: &Lexicons) -> Worked {
        let group = &self.groups[index];
        let worked = catch_unwind(AssertUnwindSafe(|| self.check_group(group, lexicons)));
        (self.done)(group.members.len());
        let fault = |_| Worked {
            checked: Checked { faults: vec![super::fault(group)], ..Checked::default() },
            ..Worked::default()
        };
        worked.unwrap_or_else(fault)
    }

    /// What is known of a group before it is read.
    pub(super) fn counted(&self, group: &Group) -> Checked {
        let mut checked = Checked { articles: group.members.len(), ..Checked::default() };
        for member in &group.members {
            *checked.locales.entry(member.locale.to_string()).or_default() += 1;
        }
        checked
    }

    fn check_group(&self, group: &Group, lexicons: &Lexicons) -> Worked {
        let settings = self.settings;
        let mut checked = self.counted(group);
        let opened = open(self.groups, group, settings, self.unsaved, Some(self.history));
        for it in opened.refused {
            checked.findings.extend(lint::unreadable(&it.path, it.too_large, it.why, settings));
        }
        checked.notes = opened.notes;
        if let Some(source) = group.source() {
            let document = opened.documents.iter().find(|it| it.path == source.found.path);
            checked.segments = document.map(|it| (it.path.clone(), source_segments(it))).into_iter().collect();
        }
        let (documents, articles) = (&opened.documents, &opened.articles);
        let (source_locale, locales) = (&settings.source_locale, &self.locales);
        let outcome = lint::check_group(&group.key, documents, articles, source_locale, locales, settings, lexicons);
        checked.findings.extend(outcome.findings);
        checked.units = outcome.units;
        checked.progress = outcome.progress.into_iter().collect();
        let (mut facts, translations) = (outcome.facts, outcome.translations);
        // They are held for the whole run.
        checked.findings.shrink_to_fit();
        facts.shrink_to_fit();
        Worked { checked, facts, translations, asked_git: opened.asked_git }
    }
}

/// All groups together, in order, and held against each other.
pub(super) fn whole(worked: Vec<Worked>, settings: &Settings) -> Checked {
    let (mut facts, mut translations) = (Vec::new(), Vec::new());
    facts.reserve_exact(worked.iter().map(|it| it.facts.len()).sum());
    let mut checked = Vec::with_capacity(worked.len());
    for it in worked {
        facts.extend(it.facts);
        translations.extend(it.translations);
        checked.push(it.checked);
    }
    // What is compared is gone before the findings are put together: both are large.
    let found = catch_unwind(AssertUnwindSafe(|| lint::compare(facts, translations, settings)));
    let mut all = together(checked);
    let found = found.unwrap_or_else(|_| {
        all.faults.push(COMPARING.into());
        Vec::new()
    });
    finish(all, found)
}

/// What was found in each group, as one.
pub(super) fn together(groups: Vec<Checked>) -> Checked {
    let mut all = Checked::default();
    all.findings.reserve_exact(groups.iter().map(|it| it.findings.len()).sum());
    for it in groups {
        all.findings.extend(it.findings);
        all.articles += it.articles;
        all.units += it.units;
        for (locale, count) in it.locales {
            *all.locales.entry(locale).or_default() += count;
        }
        all.progress.extend(it.progress);
        all.segments.extend(it.segments);
        all.notes.extend(it.notes);
        all.faults.extend(it.faults);
    }
    all
}

/// With what was found between them, and in order.
pub(super) fn finish(mut all: Checked, found: Vec<Diagnostic>) -> Checked {
    all.findings.reserve_exact(found.len());
    all.findings.extend(found);
    diagnostic::sort(&mut all.findings);
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
