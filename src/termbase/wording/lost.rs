//! Names that the other languages keep, and that a translation has lost.

use super::features::Targets;
use super::names::{Names, has_fixed_case};

/// So many other languages have to keep a name to show that it stays as it is.
const MIN_LOCALES: u16 = 2;
/// A name that a language keeps so often it loses by a slip only.
const MIN_KEPT: usize = 12;

/// In how many languages each name stands as it is, for each source text that has it.
#[derive(Debug, Default)]
pub struct Kept {
    /// In the order of the names; for each, in the order of its texts.
    of_name: Vec<Box<[Share]>>,
}

/// Of how many languages that have a text how many keep a name in it.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    kept: u16,
    all: u16,
}

impl Kept {
    /// Counts over the targets of all languages.
    pub fn count(names: &Names, targets: &[Targets<'_>]) -> Self {
        let share = |name: &str, text: u32| {
            let mut share = Share::default();
            for it in targets {
                let units = it.units(&[text]);
                share.all += u16::from(!units.is_empty());
                let keeps = |unit: &u32| has_trace(&it.texts[*unit as usize], name);
                share.kept += u16::from(units.iter().any(keeps));
            }
            share
        };
        let each = |(name, texts): (&String, &Vec<u32>)| match is_telling(name) {
            true => texts.iter().map(|&it| share(name, it)).collect(),
            false => Box::default(),
        };
        Kept { of_name: names.all.iter().map(each).collect() }
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
        if !is_telling(name) {
            return Vec::new();
        }
        let text = |unit: u32| &*targets.texts[unit as usize];
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

/// Whether a name that is gone is lost for sure: initials may be spelled out, and of several words
/// some may be translated.
fn is_telling(name: &str) -> bool {
    has_fixed_case(name) && name.contains(char::is_lowercase) && !name.contains(' ')
}

/// Whether a text has a name in any form: with an ending, in the plural, joined to another word, or
/// as a part of a longer one.
fn has_trace(text: &str, name: &str) -> bool {
    let closed =
        |text: &str| text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    closed(text).contains(&closed(name))
}
