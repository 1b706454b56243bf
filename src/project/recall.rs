//! A run with a cache: what is known of a group is taken from there, the others are checked and kept.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::cache::{Cache, Hash, Kept, Key, Keys, Parts};
use super::check::{Checked, Run, Worked, finish, together};
use super::compared::{Broken, Rest};
use crate::locale::Locale;

/// What is known of a group.
struct Known {
    checked: Checked,
    /// Where git was asked, the state it was asked in.
    git: Option<Hash>,
    rest: Rest,
}

impl Run<'_> {
    /// The run, where there is a cache.
    pub(super) fn cached(&self, cache: &Cache) -> Option<Checked> {
        if cache.is_none() {
            return None;
        }
        // What is broken is forgotten and found anew; where it comes back, the cache is of no use.
        (0..2).find_map(|_| self.recalled(cache).ok())
    }

    fn recalled(&self, cache: &Cache) -> Result<Checked, Broken> {
        let contents = cache.contents();
        let groups = (self.groups, self.chosen);
        let keys = Keys::new(groups, &self.locales, self.settings, self.unsaved, self.history, &contents);
        let own: Vec<Option<Key>> = self.chosen.par_iter().map(|&index| keys.group(index, false)).collect();
        let (slot, key) = (keys.slot("run", self.chosen), keys.all(own.iter().copied()));
        if let Some(key) = &key
            && let Some(checked) = cache.run(&slot, key, |git| self.is_now(git))
        {
            cache.close(&contents);
            (self.done)(checked.articles);
            return Ok(checked);
        }
        let known = self.known(cache, &keys, &own);
        let is_known = known.iter().all(|it| it.checked.faults.is_empty());
        let git = known.iter().find_map(|it| it.git);
        let (checked, rests): (Vec<Checked>, Vec<Rest>) = known.into_iter().map(|it| (it.checked, it.rest)).unzip();
        let is_kept = rests.iter().all(|it| it.parts().is_some());
        let mut all = together(checked);
        let found = self.compared(cache, &keys, rests, &mut all)?;
        let mut all = finish(all, found);
        if let Some(key) = key.filter(|_| is_known && is_kept && all.faults.is_empty()) {
            cache.keep_run(&slot, &key, git, &mut all);
        }
        cache.close(&contents);
        Ok(all)
    }

    /// Whether git would still answer what it did.
    fn is_now(&self, git: Option<Hash>) -> bool {
        git.is_none() || git == self.history.state()
    }

    /// What is found in each group: kept, or found now.
    fn known(&self, cache: &Cache, keys: &Keys<'_>, own: &[Option<Key>]) -> Vec<Known> {
        let kept = |(&index, key): (&usize, &Option<Key>)| {
            let key = (*key)?;
            let kept = cache.group(&key).filter(|it| self.is_now(it.git))?;
            let group = &self.groups[index];
            (self.done)(group.members.len());
            let Kept { findings, units, progress, segments, notes, git, parts } = kept;
            let checked = Checked { findings, units, progress, segments, notes, ..self.counted(group) };
            Some(Known { checked, git, rest: Rest::Kept(key, parts) })
        };
        let mut known: Vec<Option<Known>> = self.chosen.par_iter().zip(own).map(kept).collect();
        let missed = self.chosen.iter().zip(&known).filter(|(_, known)| known.is_none());
        let missed: Vec<usize> = missed.map(|(&index, _)| index).collect();
        if missed.iter().any(|&index| keys.may_ask_git(index)) {
            // As it is before it is asked.
            self.history.state();
        }
        let members = missed.iter().flat_map(|&index| &self.groups[index].members);
        let locales: BTreeSet<&Locale> = members.map(|it| &it.locale).collect();
        let lexicons = self.lexicons(&|it| locales.contains(it));
        let may_keep = self.unsaved.is_empty() && keys.has_learned(&|it| locales.contains(it));
        let work = |((&index, key), known): ((&usize, &Option<Key>), &mut Option<Known>)| {
            if known.is_none() {
                let worked = self.work(index, &lexicons);
                *known = Some(self.keep(cache, keys, index, key.filter(|_| may_keep), worked));
            }
        };
        self.chosen.par_iter().zip(own).zip(&mut known).for_each(work);
        known.into_iter().flatten().collect()
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
