//! A run with a cache: what is known of a group is taken from there, the others are checked and kept.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::cache::{Cache, Hash, Kept, Key, Keys};
use super::check::{Checked, Run, Worked, finish, together};
use crate::diagnostic::Diagnostic;
use crate::lint::Fact;
use crate::locale::Locale;
use crate::termbase::{Translation, Translations};

/// What is known of a group.
struct Known {
    checked: Checked,
    /// Where git was asked, the state it was asked in.
    git: Option<Hash>,
    rest: Rest,
}

/// What is to be compared with other articles.
enum Rest {
    /// It is here; with its hash, where that is known.
    Here(Vec<Fact>, Vec<Translation>, Option<Hash>),
    /// It is kept with the group.
    Kept(Key, Hash),
}

impl Rest {
    fn hash(&self) -> Option<Hash> {
        match self {
            Rest::Here(.., hash) => *hash,
            Rest::Kept(_, hash) => Some(*hash),
        }
    }
}

/// An entry that is not what it should be; it was forgotten.
struct Broken;

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
            && let Some((git, checked)) = cache.run(&slot, key)
            && self.is_now(git)
        {
            cache.close(&contents);
            (self.done)(checked.articles);
            return Ok(checked);
        }
        let known = self.known(cache, &keys, &own);
        let is_known = known.iter().all(|it| it.checked.faults.is_empty());
        let git = known.iter().find_map(|it| it.git);
        let rests: Vec<Option<Hash>> = known.iter().map(|it| it.rest.hash()).collect();
        let (checked, rests_of): (Vec<Checked>, Vec<Rest>) = known.into_iter().map(|it| (it.checked, it.rest)).unzip();
        let mut all = together(checked);
        let compared = keys.all(rests.iter().copied());
        let found = self.compared(cache, &keys, compared, rests_of, &mut all)?;
        let all = finish(all, found);
        if let Some(key) = key.filter(|_| is_known && all.faults.is_empty() && rests.iter().all(Option::is_some)) {
            cache.keep_run(&slot, &key, git, &all);
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
            let (kept, rest) = cache.group(&key).filter(|(kept, _)| self.is_now(kept.git))?;
            let group = &self.groups[index];
            (self.done)(group.members.len());
            let Kept { findings, units, progress, segments, notes, git } = kept;
            let checked = Checked { findings, units, progress, segments, notes, ..self.counted(group) };
            Some(Known { checked, git, rest: Rest::Kept(key, rest) })
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
        let rest = (facts, Translations(translations));
        let bytes = key.and_then(|key| Some((key, postcard::to_stdvec(&rest).ok()?)));
        let hash = bytes.map(|(key, bytes)| {
            let kept = Kept {
                findings: std::mem::take(&mut checked.findings),
                units: checked.units,
                progress: std::mem::take(&mut checked.progress),
                segments: std::mem::take(&mut checked.segments),
                notes: std::mem::take(&mut checked.notes),
                git,
            };
            cache.keep_group(&key, &kept, &bytes);
            let Kept { findings, progress, segments, notes, .. } = kept;
            (checked.findings, checked.progress, checked.segments, checked.notes) =
                (findings, progress, segments, notes);
            *blake3::hash(&bytes).as_bytes()
        });
        Known { checked, git, rest: Rest::Here(rest.0, rest.1.0, hash) }
    }

    /// What all articles held against each other give: kept where none of them says anything else.
    fn compared(
        &self,
        cache: &Cache,
        keys: &Keys<'_>,
        key: Option<Key>,
        rests: Vec<Rest>,
        all: &mut Checked,
    ) -> Result<Vec<Diagnostic>, Broken> {
        let slot = keys.slot("compared", self.chosen);
        if let Some(found) = key.as_ref().and_then(|key| cache.compared(&slot, key)) {
            return Ok(found);
        }
        let read = |rest: Rest| match rest {
            Rest::Here(facts, translations, _) => Ok((facts, translations)),
            Rest::Kept(key, hash) => match cache.rest(&key, &hash) {
                Some((facts, translations)) => Ok((facts, translations.0)),
                None => {
                    cache.forget(&key);
                    Err(Broken)
                }
            },
        };
        let read: Vec<Result<_, Broken>> = rests.into_par_iter().map(read).collect();
        let (mut facts, mut translations) = (Vec::new(), Vec::new());
        for it in read {
            let (stated, translated) = it?;
            facts.extend(stated);
            translations.extend(translated);
        }
        let faults = all.faults.len();
        let found = self.compare(facts, &translations, all);
        if let Some(key) = key.filter(|_| all.faults.len() == faults) {
            cache.keep_compared(&slot, &key, &found);
        }
        Ok(found)
    }
}
