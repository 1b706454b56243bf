//! A run with a cache: what is known of a group is taken from there, the others are checked and kept.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::cache::{Cache, Hash, Keeping, Kept, Key, Keys, Parts, Printed};
use super::check::{Checked, Run, Worked, finish, together, translated_locales};
use super::compared::{Broken, Rest};
use super::{Group, History, Unsaved};
use crate::config::Settings;
use crate::locale::Locale;

/// What is known of a group.
struct Known {
    checked: Checked,
    /// Where git was asked, the state it was asked in.
    git: Option<Hash>,
    rest: Rest,
}

/// A check that may have been asked before.
pub struct Inquiry<'a> {
    run: Run<'a>,
    cache: &'a Cache,
    /// Nothing, where there is no cache.
    keys: Option<(Keys<'a>, Vec<Option<Key>>)>,
}

/// What is asked of the output of a run.
pub struct Wishes {
    /// Of what kind it is; one of each kind is kept.
    pub kind: String,
    /// All that it depends on beside what is found.
    pub all: String,
}

/// What is found, and whether it may be kept.
pub struct Answer {
    /// What was found.
    pub checked: Checked,
    may_keep: bool,
    /// Where git was asked, the state it was asked in.
    git: Option<Hash>,
}

impl<'a> Inquiry<'a> {
    /// Asks what the groups with these numbers hold. `done` is told how many articles are behind.
    pub fn new(
        groups: &'a [Group],
        chosen: &'a [usize],
        settings: &'a Settings,
        unsaved: &'a Unsaved,
        history: &'a History,
        cache: &'a Cache,
        done: &'a (dyn Fn(usize) + Sync),
    ) -> Self {
        let run = Run { groups, chosen, settings, unsaved, history, locales: translated_locales(groups), done };
        let keys = (!cache.is_none()).then(|| {
            let keys = Keys::new((groups, chosen), &run.locales, settings, unsaved, history, cache.contents());
            let own = chosen.par_iter().map(|&index| keys.group(index, false)).collect();
            (keys, own)
        });
        Inquiry { run, cache, keys }
    }

    /// Where what is printed to these wishes is kept, and its key.
    fn place(&self, wishes: &Wishes) -> Option<(Key, Key)> {
        let (keys, own) = self.keys.as_ref()?;
        let asked = Some(keys.slot(&wishes.all, &[]));
        let key = keys.all(own.iter().copied().chain([asked]))?;
        Some((keys.slot(&format!("printed {}", wishes.kind), self.run.chosen), key))
    }

    /// What was printed when the same was asked with the same wishes.
    pub fn printed(&self, wishes: &Wishes) -> Option<Printed> {
        let (slot, key) = self.place(wishes)?;
        let printed = self.cache.printed(&slot, &key, |git| self.run.is_now(git))?;
        (self.run.done)(self.run.chosen.iter().map(|&index| self.run.groups[index].members.len()).sum());
        Some(printed)
    }

    /// Takes what is printed now.
    pub fn keep(&self, wishes: &Wishes, answer: &Answer, code: u8) -> Option<Keeping<'a>> {
        let (slot, key) = self.place(wishes).filter(|_| answer.may_keep)?;
        self.cache.keep_printed(&slot, &key, answer.git, code)
    }

    /// What is found.
    pub fn answer(&self) -> Answer {
        // What is broken is forgotten and found anew; where it comes back, the cache is of no use.
        let recalled = self.keys.as_ref().and_then(|(keys, own)| (0..2).find_map(|_| self.recalled(keys, own).ok()));
        let anew = || {
            let checked = self.run.check(&self.run.lexicons(&|_| true));
            Answer { checked, may_keep: false, git: None }
        };
        recalled.unwrap_or_else(anew)
    }

    fn recalled(&self, keys: &Keys<'_>, own: &[Option<Key>]) -> Result<Answer, Broken> {
        let (run, cache) = (&self.run, self.cache);
        let known = run.known(cache, keys, own);
        let is_known = known.iter().all(|it| it.checked.faults.is_empty());
        let git = known.iter().find_map(|it| it.git);
        let (checked, rests): (Vec<Checked>, Vec<Rest>) = known.into_iter().map(|it| (it.checked, it.rest)).unzip();
        let is_kept = rests.iter().all(|it| it.parts().is_some());
        let mut all = together(checked);
        let found = run.compared(cache, keys, rests, &mut all)?;
        let checked = finish(all, found);
        let may_keep = is_known && is_kept && checked.faults.is_empty();
        Ok(Answer { checked, may_keep, git })
    }
}

impl Run<'_> {
    /// Whether git would still answer what it did.
    fn is_now(&self, git: Option<Hash>) -> bool {
        git.is_none() || git == self.history.state()
    }

    /// What is found in each group: kept, or found now.
    fn known(&self, cache: &Cache, keys: &Keys<'_>, own: &[Option<Key>]) -> Vec<Known> {
        let is_there = |&at: &usize| own[at].is_some_and(|key| cache.has_group(&key));
        let (there, missed): (Vec<usize>, Vec<usize>) = (0..own.len()).partition(is_there);
        let read = || there.par_iter().map(|&at| self.kept(cache, self.chosen[at], own[at])).collect();
        let (read, mut found): (Vec<Option<Known>>, _) = rayon::join(read, || self.found(cache, keys, own, &missed));
        // What is broken, or was found in another state of the repository.
        let stale = there.iter().zip(&read).filter(|it| it.1.is_none());
        let stale: Vec<usize> = stale.map(|(&at, _)| at).collect();
        found.extend(self.found(cache, keys, own, &stale));
        found.extend(there.into_iter().zip(read).filter_map(|(at, known)| Some((at, known?))));
        found.sort_by_key(|it| it.0);
        found.into_iter().map(|it| it.1).collect()
    }

    /// What is kept of a group.
    fn kept(&self, cache: &Cache, index: usize, key: Option<Key>) -> Option<Known> {
        let key = key?;
        let kept = cache.group(&key).filter(|it| self.is_now(it.git))?;
        let group = &self.groups[index];
        (self.done)(group.members.len());
        let Kept { findings, units, progress, segments, notes, git, parts } = kept;
        let checked = Checked { findings, units, progress, segments, notes, ..self.counted(group) };
        Some(Known { checked, git, rest: Rest::Kept(key, parts) })
    }

    /// Checks the groups at these places of those that are chosen, and keeps what is found.
    fn found(&self, cache: &Cache, keys: &Keys<'_>, own: &[Option<Key>], places: &[usize]) -> Vec<(usize, Known)> {
        if places.is_empty() {
            return Vec::new();
        }
        let group = |at: usize| self.chosen[at];
        if places.iter().any(|&at| keys.may_ask_git(group(at))) {
            // As it is before it is asked.
            self.history.state();
        }
        let members = places.iter().flat_map(|&at| &self.groups[group(at)].members);
        let locales: BTreeSet<&Locale> = members.map(|it| &it.locale).collect();
        let lexicons = self.lexicons(&|it| locales.contains(it));
        let may_keep = self.unsaved.is_empty() && keys.has_learned(&|it| locales.contains(it));
        let work = |&at: &usize| {
            let worked = self.work(group(at), &lexicons);
            (at, self.keep(cache, keys, group(at), own[at].filter(|_| may_keep), worked))
        };
        places.par_iter().map(work).collect()
    }

    /// Keeps what was found in a group, if its files are still what the key says.
    fn keep(&self, cache: &Cache, keys: &Keys<'_>, index: usize, key: Option<Key>, worked: Worked) -> Known {
        let Worked { mut checked, facts, translations, asked_git } = worked;
        let git = if asked_git { self.history.state() } else { None };
        let is_sound = checked.faults.is_empty() && asked_git == git.is_some();
        let key = key.filter(|_| is_sound && keys.group(index, true) == key);
        let packed = key.and_then(|key| Some((key, Parts::of(&facts, &translations)?)));
        let parts = packed.map(|(key, (parts, bytes))| {
            let kept = Kept {
                findings: std::mem::take(&mut checked.findings),
                units: checked.units,
                progress: std::mem::take(&mut checked.progress),
                segments: std::mem::take(&mut checked.segments),
                notes: std::mem::take(&mut checked.notes),
                git,
                parts,
            };
            cache.keep_group(&key, &kept, &bytes);
            let Kept { findings, progress, segments, notes, parts, .. } = kept;
            (checked.findings, checked.progress, checked.segments, checked.notes) =
                (findings, progress, segments, notes);
            parts
        });
        Known { checked, git, rest: Rest::Here { facts, translations, parts } }
    }
}
