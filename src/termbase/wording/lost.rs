//! Names that the other languages keep, and that a translation has lost.

use serde::{Deserialize, Serialize};

use super::names::{Names, has_fixed_case};
use super::targets::Targets;
use crate::text::folded_letters;

/// So many other languages have to keep a name to show that it stays as it is.
const MIN_LOCALES: u16 = 2;
/// A name that a language keeps so often it loses by a slip only.
const MIN_KEPT: usize = 12;

/// What one language has of each name that may be lost, for each source text that has it: in the order
/// of the names and of their texts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Shares(Vec<Held>);

/// What a language has of a name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Held {
    /// It has no translation of the text.
    Nothing,
    /// It has one without the name.
    Text,
    /// It keeps the name.
    Name,
}

/// In how many languages each name stands as it is, for each source text that has it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// In the order of the names; for each, in the order of its texts.
    of_name: Vec<Box<[Share]>>,
}

/// Of how many languages that have a text how many keep a name in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Share {
    kept: u16,
    all: u16,
}

impl Shares {
    /// Looks through the targets of a language.
    pub(super) fn of(names: &Names, targets: &Targets<'_>) -> Self {
        let held = |name: &str, text: u32| {
            let units = targets.units(&[text]);
            let keeps = |unit: &u32| has_trace(&targets.texts[*unit as usize], name);
            match units.iter().any(keeps) {
                true => Held::Name,
                false if units.is_empty() => Held::Nothing,
                false => Held::Text,
            }
        };
        let names = names.all.iter().filter(|(name, _)| may_be_lost(name));
        Shares(names.flat_map(|(name, texts)| texts.iter().map(move |&it| held(name, it))).collect())
    }
}

impl Kept {
    /// Counts over all languages.
    pub(super) fn count(names: &Names, languages: &[Shares]) -> Self {
        let mut at = 0;
        let mut share = || {
            let mut share = Share::default();
            for held in languages.iter().filter_map(|it| it.0.get(at)) {
                share.all += u16::from(*held != Held::Nothing);
                share.kept += u16::from(*held == Held::Name);
            }
            at += 1;
            share
        };
        let mut each = |(name, texts): (&String, &Vec<u32>)| match may_be_lost(name) {
            true => texts.iter().map(|_| share()).collect(),
            false => Box::default(),
        };
        Kept { of_name: names.all.iter().map(&mut each).collect() }
    }

    /// Whether this says of a name what another one does.
    pub fn agrees(&self, other: &Kept, name: usize) -> bool {
        self.of_name.get(name) == other.of_name.get(name)
    }

    /// Whether the other languages keep a name in a text that this one has not.
    fn elsewhere(&self, name: usize, text: usize) -> bool {
        let Some(it) = self.of_name.get(name).and_then(|it| it.get(text)) else { return false };
        it.kept >= MIN_LOCALES && it.kept * 4 >= (it.all - 1) * 3
    }

    /// Of the units that miss a name those where it is lost: the language itself nearly always keeps
    /// it, or has it nowhere else and the others keep it.
    pub fn lost(
        &self,
        (number, name, texts): (usize, &str, &[u32]),
        targets: &Targets<'_>,
        kept: usize,
        missing: &[u32],
    ) -> Vec<u32> {
        let text = |unit: u32| &*targets.texts[unit as usize];
        if !may_be_lost(name) {
            return Vec::new();
        }
        let gone: Vec<u32> = missing.iter().copied().filter(|&it| !has_trace(text(it), name)).collect();
        let is_usual = kept >= MIN_KEPT && kept >= gone.len() * MIN_KEPT;
        let is_kept = kept == 0 && missing.len() == 1 || kept >= gone.len() * 4;
        let is_lost = |unit: &u32| {
            let text = texts.binary_search(&targets.sources[*unit as usize]);
            is_usual || is_kept && text.is_ok_and(|text| self.elsewhere(number, text))
        };
        gone.into_iter().filter(is_lost).collect()
    }
}

/// Whether a name is told when it is gone: initials may be spelled out, and of several words some may
/// be translated.
fn may_be_lost(name: &str) -> bool {
    has_fixed_case(name) && name.contains(char::is_lowercase) && !name.contains(' ')
}

/// Whether a text has a name in any form: with an ending, in the plural, joined to another word, or
/// as a part of a longer one.
fn has_trace(text: &str, name: &str) -> bool {
    let closed = |text: &str| folded_letters(text).collect::<String>();
    closed(text).contains(&closed(name))
}
