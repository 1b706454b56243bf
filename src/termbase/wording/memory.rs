//! What was learned of a language, kept for the next run: where little has changed since, only what
//! that touches is learned anew, and the outcome is the same.
//!
//! What is learned of a term or a name hangs on
//!
//! - how many units there are, and what the source of each is: where that is not as it was, everything
//!   is learned anew;
//! - the units it stands in;
//! - how many units hold each feature of these, where at least half of them are those of the term;
//! - the texts of all units that hold the pairs of characters its renderings were found by.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::course::Syllabus;
use super::cover::Covered;
use super::faults::{NameFaults, Slip};
use super::features::Features;
use super::lists::Lists;
use super::lost::Kept;
use super::targets::Targets;
use crate::locale::LocaleData;

/// Where more than one of so many units changed, everything is learned anew.
const FEW: usize = 20;

/// What was learned of a language, and of what.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    units: Vec<Imprint>,
    pub(super) features: Features,
    kept: Kept,
    /// Of each term of which something was found, by its number.
    pub(super) terms: Vec<(u32, Covered)>,
    /// Of each name that some unit writes otherwise, by its number.
    pub(super) names: Vec<(u32, NameFaults)>,
    /// In the order of the units.
    pub(super) slips: Vec<Slip>,
}

/// What a unit says and where it stands, hashed, and the number of its source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Imprint {
    hash: [u8; 8],
    source: u32,
}

/// The numbers of what is to be learned, in order.
#[derive(Debug)]
pub(super) struct Anew {
    pub terms: Vec<u32>,
    pub names: Vec<u32>,
    pub units: Vec<u32>,
}

impl Imprint {
    fn of(targets: &Targets<'_>, unit: usize) -> Self {
        let text = &*targets.texts[unit];
        let mut bytes: Vec<u8> = Vec::with_capacity(text.len() + 64);
        let places = targets.places(unit as u32);
        bytes.extend((places.len() as u32).to_le_bytes());
        bytes.extend(places.iter().flat_map(|it| [it.0, it.1]).flat_map(u32::to_le_bytes));
        bytes.push(targets.human[unit].into());
        bytes.extend(text.as_bytes());
        let [a, b, c, d, e, f, g, h, ..] = *blake3::hash(&bytes).as_bytes();
        Imprint { hash: [a, b, c, d, e, f, g, h], source: targets.sources[unit] }
    }

    /// Those of all units.
    fn all(targets: &Targets<'_>) -> Vec<Imprint> {
        (0..targets.texts.len()).into_par_iter().map(|unit| Imprint::of(targets, unit)).collect()
    }
}

impl Memory {
    /// With the units as they are now, and what has to be learned: everything, where `known` is
    /// nothing or does not fit. What has to be learned anew is removed from it. `is_kept` tells whether
    /// it will be kept.
    pub(super) fn review(
        known: Option<Memory>,
        syllabus: &Syllabus,
        targets: &Targets<'_>,
        kept: &Kept,
        data: Option<&LocaleData>,
        is_kept: bool,
    ) -> (Memory, Anew) {
        let units = if is_kept { Imprint::all(targets) } else { Vec::new() };
        if let Some(known) = known.filter(|it| it.fits(&units)) {
            let changed = (0..units.len() as u32).filter(|&it| units[it as usize] != known.units[it as usize]);
            let changed: Vec<u32> = changed.collect();
            if changed.len() * FEW <= units.len() {
                return known.reviewed(units, changed, syllabus, targets, kept, data);
            }
        }
        let all = |count: usize| (0..count as u32).collect();
        let names = syllabus.names.as_ref().map_or(0, |it| it.all.len());
        let anew =
            Anew { terms: all(syllabus.terms.candidates().len()), names: all(names), units: all(targets.texts.len()) };
        let kept = if is_kept { kept.clone() } else { Kept::default() };
        (Memory { units, features: Features::of(targets, data), kept, ..Memory::default() }, anew)
    }

    /// Whether these are units of the same sources, and it does not hold too much of what is gone.
    fn fits(&self, units: &[Imprint]) -> bool {
        let sources = |all: &[Imprint]| all.iter().map(|it| it.source).collect::<Vec<_>>();
        let gone = self.features.counts.iter().filter(|&&it| it == 0).count();
        gone * 2 <= self.features.counts.len() && !units.is_empty() && sources(&self.units) == sources(units)
    }

    fn reviewed(
        self,
        units: Vec<Imprint>,
        changed: Vec<u32>,
        syllabus: &Syllabus,
        targets: &Targets<'_>,
        kept: &Kept,
        data: Option<&LocaleData>,
    ) -> (Memory, Anew) {
        let features = self.features.changed(&changed, targets, data);
        let change = Change::of(&changed, &units, &self.features, &features);
        let reworded = self.terms.iter().filter(|it| change.rewords(&it.1));
        let reworded: Vec<u32> = reworded.map(|it| it.0).collect();
        let candidates = syllabus.terms.candidates();
        let mut tally = change.tally();
        let is_anew = |it: &u32| {
            reworded.binary_search(it).is_ok() || change.touches(&candidates[*it as usize].texts, &mut tally)
        };
        let terms: Vec<u32> = (0..candidates.len() as u32).filter(is_anew).collect();
        let all: Vec<&Vec<u32>> = syllabus.names.iter().flat_map(|it| it.all.values()).collect();
        let is_anew =
            |it: &u32| !kept.agrees(&self.kept, *it as usize) || change.touches(all[*it as usize], &mut tally);
        let names: Vec<u32> = (0..all.len() as u32).filter(is_anew).collect();
        let mut memory = Memory { units, features, kept: kept.clone(), ..self };
        memory.terms.retain(|it| terms.binary_search(&it.0).is_err());
        memory.names.retain(|it| names.binary_search(&it.0).is_err());
        memory.slips.retain(|it| changed.binary_search(&it.0).is_err());
        (memory, Anew { terms, names, units: changed })
    }

    /// Takes in what was learned.
    pub(super) fn learn(&mut self, terms: Vec<(u32, Covered)>, names: Vec<(u32, NameFaults)>, slips: Vec<Slip>) {
        self.terms.extend(terms);
        self.terms.sort_by_key(|it| it.0);
        self.names.extend(names);
        self.names.sort_by_key(|it| it.0);
        self.slips.extend(slips);
        self.slips.sort_by_key(|it| it.0);
    }
}

/// What changed in some units, as far as what is learned of others hangs on it.
struct Change {
    /// The source texts of these units, in order.
    sources: Vec<u32>,
    /// Of each feature that a unit holds no more, or holds now, how many units hold it: the smaller of
    /// the numbers before and now.
    moved: Vec<u32>,
    /// Which of these the units of each source text hold.
    held: Lists<u32>,
    /// The features of units that say something else, in order.
    reworded: Vec<u32>,
}

impl Change {
    /// Of these of all units; with the features as they were, and as they are.
    fn of(changed: &[u32], units: &[Imprint], before: &Features, now: &Features) -> Self {
        let (mut moved, mut reworded) = (Vec::new(), Vec::new());
        for &unit in changed {
            let (old, new) = (before.unit(unit), now.unit(unit));
            let is_moved = |it: &&u32, other: &[u32]| other.binary_search(it).is_err();
            moved.extend(old.iter().filter(|it| is_moved(it, new)));
            moved.extend(new.iter().filter(|it| is_moved(it, old)));
            reworded.extend(old.iter().chain(new));
        }
        let mut sources: Vec<u32> = changed.iter().map(|&it| units[it as usize].source).collect();
        for all in [&mut sources, &mut moved, &mut reworded] {
            all.sort_unstable();
            all.dedup();
        }
        let mut numbers: Vec<Option<u32>> = vec![None; now.counts.len()];
        moved.iter().zip(0..).for_each(|(&it, number)| numbers[it as usize] = Some(number));
        let own = |(own, unit): (&[u32], &Imprint)| {
            let held: Vec<u32> = own.iter().filter_map(|&it| numbers[it as usize]).collect();
            let source = unit.source;
            held.into_iter().map(move |it| (source, it))
        };
        let held: Vec<(u32, u32)> = now.units().zip(units).flat_map(own).collect();
        let last = units.iter().map(|it| it.source as usize + 1).max().unwrap_or_default();
        let held = Lists::grouped(last, held.iter().copied());
        let count = |features: &Features, it: u32| features.counts.get(it as usize).copied().unwrap_or_default();
        let moved = moved.iter().map(|&it| count(before, it).min(count(now, it))).collect();
        Change { sources, moved, held, reworded }
    }

    /// Zeros to count with in [`Self::touches`].
    fn tally(&self) -> Vec<u32> {
        vec![0; self.moved.len()]
    }

    /// Whether something that stands in these source texts hangs on it: it has one of the units, or more
    /// than one and at least half of those that hold a feature.
    fn touches(&self, texts: &[u32], tally: &mut [u32]) -> bool {
        if self.sources.iter().any(|it| texts.binary_search(it).is_ok()) {
            return true;
        }
        let all = || texts.iter().flat_map(|&it| self.held.get(it)).map(|&it| it as usize);
        all().for_each(|it| tally[it] += 1);
        let is_touched = all().any(|it| tally[it] > 1 && tally[it] * 2 >= self.moved[it]);
        all().for_each(|it| tally[it] = 0);
        is_touched
    }

    /// Whether the texts that something was found by say something else.
    fn rewords(&self, it: &Covered) -> bool {
        it.asked.iter().any(|it| self.reworded.binary_search(it).is_ok())
    }
}
