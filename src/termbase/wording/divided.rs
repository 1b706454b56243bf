//! Names that an article translates nearly everywhere, and in some places not, or otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::cover::Cover;
use super::faults::{Fault, NameUse, find};
use super::targets::Targets;
use super::{Place, native};
use crate::locale::LocaleData;

/// An article that has a name in so many units has one of its own for it, if most of them say it.
const MIN_UNITS: usize = 12;
/// Of each so many units one may have another name.
const USUAL: usize = 4;

/// The places of several words, which are those of a name, that an article calls otherwise than it
/// mostly does; `texts` are those that hold the name.
pub fn divided(
    name: &str,
    texts: &[u32],
    targets: &Targets<'_>,
    cover: &mut Cover<'_>,
    data: Option<&LocaleData>,
) -> Vec<NameUse> {
    if !name.contains(' ') || texts.len() < MIN_UNITS {
        return Vec::new();
    }
    let all = targets.units(texts);
    let lacks = |unit: &u32| find(&targets.texts[*unit as usize], name, |a, b| a == b).is_none();
    let everywhere: Vec<u32> = all.iter().copied().filter(lacks).collect();
    let mut articles: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for unit in all {
        for &(article, _) in targets.places(unit) {
            articles.entry(article).or_default().insert(unit);
        }
    }
    let articles = articles.into_iter().filter(|it| it.1.len() >= MIN_UNITS);
    let own = |(article, units)| in_article(name, article, &units, &everywhere, targets, cover, data);
    articles.flat_map(own).collect()
}

fn in_article(
    name: &str,
    article: u32,
    units: &BTreeSet<u32>,
    everywhere: &[u32],
    targets: &Targets<'_>,
    cover: &mut Cover<'_>,
    data: Option<&LocaleData>,
) -> Vec<NameUse> {
    let text = |unit: u32| &*targets.texts[unit as usize];
    let written = |unit: u32| find(text(unit), name, |a, b| a == b).map(|at| (at, at + name.len()));
    let missing: Vec<u32> = units.iter().copied().filter(|&it| written(it).is_none()).collect();
    if missing.len() * USUAL < units.len() * (USUAL - 1) {
        return Vec::new();
    }
    let Some(kind) = cover.tied(&missing) else { return Vec::new() };
    let has_usual = |unit: &u32| kind.place(text(*unit), data).is_some();
    // What other articles have for it is no part of a longer name.
    if everywhere.iter().filter(|it| has_usual(it)).count() * USUAL < everywhere.len() * (USUAL - 1) {
        return Vec::new();
    }
    let (usual, other): (Vec<u32>, Vec<u32>) = units.iter().partition(|it| has_usual(it));
    if other.is_empty() || usual.len() * USUAL < units.len() * (USUAL - 1) {
        return Vec::new();
    }
    let shown = native::usual(kind, &usual, targets);
    let (kept, changed): (Vec<u32>, Vec<u32>) = other.into_iter().partition(|&it| written(it).is_some());
    let changed_to = (changed.len() > 1).then(|| cover.tied(&changed)).flatten();
    let changed = changed.into_iter().filter_map(|it| Some((it, changed_to?.place(text(it), data)?)));
    let all = kept.into_iter().filter_map(|it| Some((it, written(it)?))).chain(changed);
    let mut found = Vec::new();
    for (unit, (from, to)) in all {
        let own = targets.places(unit).iter().filter(|it| it.0 == article);
        found.extend(own.map(|&(translation, passage)| NameUse {
            name: name.to_owned(),
            written: text(unit)[from..to].to_owned(),
            usual: shown.clone(),
            fault: Fault::Divided,
            kept: usual.len(),
            place: Place { translation, passage, from: from as u32, to: to as u32 },
        }));
    }
    found
}
