//! All articles held against each other, with a cache: only what the articles that changed have a part
//! in is compared and learned anew. What a language calls things is learned from its own articles,
//! from the sources of all, and from what the other languages have of the names.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::cache::{Cache, Key, Keys, Parts, Strand};
use super::check::{COMPARING, Checked, Run};
use crate::diagnostic::Diagnostic;
use crate::lint::{Asking, Fact, compare_facts, in_order};
use crate::termbase::{Language, Memory, Shares, SourceTexts, Syllabus, Text, Translation, Unpacked};

/// What a group gives to be compared.
pub(super) enum Rest {
    /// It is here; with its parts, where they are kept.
    Here { facts: Vec<Fact>, translations: Vec<Translation>, parts: Option<Parts> },
    /// It is kept with the group.
    Kept(Key, Parts),
}

/// Where at most one of so many groups is here, what they give is small.
const FEW: usize = 10;

/// An entry that is not what it should be; it was forgotten.
pub(super) struct Broken;

impl Rest {
    pub(super) fn parts(&self) -> Option<&Parts> {
        match self {
            Rest::Here { parts, .. } => parts.as_ref(),
            Rest::Kept(_, parts) => Some(parts),
        }
    }

    /// What its facts are compared with.
    fn strands(&self) -> Vec<Strand> {
        let strand = |it: &Fact| (it.strand().0.to_owned(), it.strand().1.to_owned());
        match self {
            Rest::Here { facts, .. } => facts.iter().map(strand).collect(),
            Rest::Kept(_, parts) => parts.facts.iter().map(|it| it.0.clone()).collect(),
        }
    }

    /// Its facts of a strand that are not here.
    fn kept_facts(&self, cache: &Cache, strand: &Strand) -> Result<Vec<Fact>, Broken> {
        let Rest::Kept(key, parts) = self else { return Ok(Vec::new()) };
        let Some(part) = parts.strand(strand) else { return Ok(Vec::new()) };
        cache.part(key, part).ok_or(Broken)
    }

    /// Those that are.
    fn facts_here(&self, strand: &Strand) -> impl Iterator<Item = &Fact> {
        let all = if let Rest::Here { facts, .. } = self { &**facts } else { &[] };
        all.iter().filter(move |it| it.strand() == (&*strand.0, &*strand.1))
    }

    /// Drops the facts that are here.
    fn forget_facts(&mut self) {
        if let Rest::Here { facts, .. } = self {
            *facts = Vec::new();
        }
    }

    /// Its source texts, where they are not here.
    fn sources_kept(&self, cache: &Cache) -> Result<Vec<Arc<Text>>, Broken> {
        let Rest::Kept(key, parts) = self else { return Ok(Vec::new()) };
        cache.part(key, &parts.sources).ok_or(Broken)
    }

    /// The same, where they are.
    fn sources_here(&self) -> Option<Vec<Arc<Text>>> {
        let Rest::Here { translations, .. } = self else { return None };
        Some(SourceTexts::of(translations).texts)
    }

    /// The translations into a language that are not here.
    fn unpacked(&self, cache: &Cache, tag: &str, sources: &[Arc<Text>]) -> Result<Vec<Translation>, Broken> {
        let Rest::Kept(key, parts) = self else { return Ok(Vec::new()) };
        let Some(part) = parts.language(tag) else { return Ok(Vec::new()) };
        let all: Vec<Unpacked> = cache.part(key, part).ok_or(Broken)?;
        all.into_iter().map(|it| it.with(sources).ok_or(Broken)).collect()
    }

    /// Those that are.
    fn here(&self, tag: &str) -> impl Iterator<Item = &Translation> {
        let all = if let Rest::Here { translations, .. } = self { &**translations } else { &[] };
        all.iter().filter(move |it| it.locale == tag)
    }
}

/// A language to be learned.
struct Lesson<'a> {
    tag: &'a str,
    slots: Slots,
    /// Of what it is learned.
    own: Option<Key>,
}

/// Where something of a language is kept.
struct Slots {
    /// What it has of the names.
    shares: Key,
    /// What was learned of it.
    memory: Key,
    /// What was found in it.
    found: Key,
}

impl Lesson<'_> {
    fn shares(&self, cache: &Cache) -> Option<Shares> {
        cache.get(&self.slots.shares, &self.own?)
    }

    fn found(&self, cache: &Cache, key: Option<Key>) -> Option<Vec<Diagnostic>> {
        cache.findings(&self.slots.found, &key?)
    }
}

/// The articles of the translations of a group, with their locales.
fn articles(rest: &Rest) -> Vec<(&str, &str)> {
    match rest {
        Rest::Here { translations, .. } => translations.iter().map(|it| (&*it.path, &*it.locale)).collect(),
        Rest::Kept(_, parts) => parts.articles().collect(),
    }
}

impl Run<'_> {
    /// What all articles held against each other give.
    pub(super) fn compared(
        &self,
        cache: &Cache,
        keys: &Keys<'_>,
        mut rests: Vec<Rest>,
        all: &mut Checked,
    ) -> Result<Vec<Diagnostic>, Broken> {
        let compared = catch_unwind(AssertUnwindSafe(|| {
            let here = |it: &&Rest| matches!(it, Rest::Here { .. });
            let (stated, learned) = match rests.iter().filter(here).count() * FEW <= rests.len() {
                true => rayon::join(|| self.stated(cache, keys, &rests), || self.learned(cache, keys, &rests)),
                // The facts are large: they are dropped before anything is learned.
                false => {
                    let stated = self.stated(cache, keys, &rests);
                    rests.iter_mut().for_each(Rest::forget_facts);
                    (stated, self.learned(cache, keys, &rests))
                }
            };
            // Dropped while others go on.
            rayon::spawn(move || drop(rests));
            let mut found = stated?;
            found.extend(learned?);
            Ok(in_order(found))
        }));
        compared.unwrap_or_else(|_| {
            all.faults.push(COMPARING.into());
            Ok(Vec::new())
        })
    }

    /// What the facts say against each other.
    fn stated(&self, cache: &Cache, keys: &Keys<'_>, rests: &[Rest]) -> Result<Vec<Diagnostic>, Broken> {
        let strands: BTreeSet<Strand> = rests.iter().flat_map(Rest::strands).collect();
        let compare = |strand: &Strand| {
            let slot = keys.slot(&format!("facts {} {}", strand.0, strand.1), self.chosen);
            let part = |it: &Rest| Some(it.parts()?.strand(strand).map_or([0; 32], |part| part.hash));
            let key = keys.all(rests.iter().map(part));
            if let Some(found) = key.and_then(|key| cache.findings(&slot, &key)) {
                return Ok(found);
            }
            let kept: Vec<Vec<Fact>> =
                rests.par_iter().map(|it| it.kept_facts(cache, strand)).collect::<Result<_, _>>()?;
            let facts = rests.iter().zip(&kept).flat_map(|(rest, kept)| rest.facts_here(strand).chain(kept));
            let found = compare_facts(&facts.collect::<Vec<_>>(), self.settings);
            if let Some(key) = key {
                cache.keep_findings(&slot, &key, &found);
            }
            Ok(found)
        };
        let found: Vec<Vec<Diagnostic>> = strands.into_par_iter().map(|it| compare(&it)).collect::<Result<_, _>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    /// What the languages call things.
    fn learned(&self, cache: &Cache, keys: &Keys<'_>, rests: &[Rest]) -> Result<Vec<Diagnostic>, Broken> {
        let articles: Vec<(&str, &str)> = rests.iter().flat_map(articles).collect();
        let asking = Asking::of(articles.iter().copied(), self.settings);
        if asking.names().is_empty() {
            return Ok(Vec::new());
        }
        let shared = keys.all(rests.iter().map(|it| Some(it.parts()?.sources.hash)));
        let shared = [Some(keys.slot(&format!("{:?}", asking.names()), &[])), shared];
        let tags: BTreeSet<&str> = articles.iter().map(|it| it.1).collect();
        let lesson = |tag| {
            let part = |it: &Rest| Some(it.parts()?.language(tag).map_or([0; 32], |part| part.hash));
            let own = keys.all(shared.into_iter().chain(rests.iter().map(part)));
            let slot = |kind: &str| keys.slot(&format!("{kind} {tag}"), self.chosen);
            let slots = Slots { shares: slot("shares"), memory: slot("memory"), found: slot("learned") };
            Lesson { tag, slots, own }
        };
        let lessons: Vec<Lesson<'_>> = tags.into_iter().map(lesson).collect();
        let keys_of = |shares: &[Shares]| -> Vec<Option<Key>> {
            let shares = postcard::to_stdvec(shares).ok().map(|it| *blake3::hash(&it).as_bytes());
            lessons.iter().map(|it| keys.all([it.own, shares])).collect()
        };
        if let Some(shares) = lessons.iter().map(|it| it.shares(cache)).collect::<Option<Vec<Shares>>>() {
            let lessons = lessons.par_iter().zip(keys_of(&shares));
            let found: Option<Vec<_>> = lessons.map(|(it, key)| it.found(cache, key)).collect();
            if let Some(found) = found {
                return Ok(found.into_iter().flatten().collect());
            }
        }
        let slot = keys.slot("course", self.chosen);
        let shared = keys.all(shared);
        let kept: Option<(Vec<Vec<Arc<Text>>>, Syllabus)> = shared.and_then(|key| cache.get(&slot, &key));
        let is_kept = kept.is_some();
        let (mut texts, syllabus) = match kept {
            Some((texts, syllabus)) => (texts, Some(syllabus)),
            None => (rests.par_iter().map(|it| it.sources_kept(cache)).collect::<Result<_, _>>()?, None),
        };
        // The translations that are here know their own.
        let here = rests.iter().zip(&mut texts).filter_map(|(rest, texts)| Some((rest.sources_here()?, texts)));
        here.for_each(|(own, texts)| *texts = own);
        let sources: Vec<Arc<Text>> = texts.iter().flatten().cloned().collect();
        let course = asking.course(&sources, syllabus);
        if let Some(key) = shared.filter(|_| !is_kept) {
            cache.put(&slot, &key, &(&texts, course.syllabus()));
        }
        let unpacked: Vec<OnceLock<Vec<Vec<Translation>>>> = lessons.iter().map(|_| OnceLock::new()).collect();
        let read = |at: usize| -> Result<Language<'_>, Broken> {
            let tag = lessons[at].tag;
            let unpack = |(rest, texts): (&Rest, &Vec<Arc<Text>>)| rest.unpacked(cache, tag, texts);
            let read: Vec<_> = rests.par_iter().zip(&texts).map(unpack).collect::<Result<_, _>>()?;
            let read = unpacked[at].get_or_init(|| read);
            Ok(course.read(rests.iter().zip(read).flat_map(|(rest, read)| rest.here(tag).chain(read)).collect()))
        };
        let share = |(at, it): (usize, &Lesson<'_>)| {
            if let Some(shares) = it.shares(cache) {
                return Ok((None, shares));
            }
            let language = read(at)?;
            let shares = course.shares(&language);
            if let Some(own) = &it.own {
                cache.put(&it.slots.shares, own, &shares);
            }
            Ok((Some(language), shares))
        };
        let languages: Vec<_> = lessons.par_iter().enumerate().map(share).collect::<Result<_, _>>()?;
        let (languages, shares): (Vec<Option<Language<'_>>>, Vec<Shares>) = languages.into_iter().unzip();
        let kept = course.kept(&shares);
        let learn = |(at, (language, key)): (usize, (Option<Language<'_>>, Option<Key>))| {
            let it = &lessons[at];
            if let Some(found) = it.found(cache, key) {
                return Ok(found);
            }
            let language = language.map_or_else(|| read(at), Ok)?;
            let slot = &it.slots.memory;
            let known = shared.and_then(|key| cache.get(slot, &key));
            let keep = shared.map(|key| move |memory: &Memory| cache.put(slot, &key, memory));
            let keep = keep.as_ref().map(|it| it as &(dyn Fn(&Memory) + Sync));
            let found = asking.ask(&course, it.tag, language, &kept, known, keep);
            if let Some(key) = &key {
                cache.keep_findings(&it.slots.found, key, &found);
            }
            Ok(found)
        };
        let found = languages.into_par_iter().zip(keys_of(&shares)).enumerate().map(learn);
        let found = found.collect::<Result<Vec<_>, _>>();
        drop(course);
        // Dropped while others go on.
        rayon::spawn(move || drop((unpacked, sources, texts)));
        Ok(found?.into_iter().flatten().collect())
    }
}
