//! What became of names in a translation that leaves most of them as they are.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Place;
use super::course::shared_out;
use super::cover::{Cover, akin};
use super::divided::divided;
use super::features::Kind;
use super::letters::slips;
use super::lost::Kept;
use super::names::{Names, has_fixed_case};
use super::native;
use super::sources::{Sources, words};
use super::targets::Targets;
use crate::locale::{LocaleData, Script, is_unspaced};
use crate::text::is_letter_or_digit;

/// A name that stands so often alone is one by itself.
const MIN_ALONE: usize = 3;

/// A name of the source that a unit writes otherwise.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NameUse {
    /// The name, as the source writes it.
    pub name: String,
    /// What the target has instead.
    pub written: String,
    /// What the article mostly has instead, for [`Fault::Divided`].
    pub usual: Option<String>,
    /// What is wrong with it.
    pub fault: Fault,
    /// In how many different units the name stands as it should, or as the article mostly has it.
    pub kept: usize,
    /// Where.
    pub place: Place,
}

/// What became of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Capitals, or the spaces between its words.
    Spelling,
    /// Its words stand apart.
    Torn,
    /// Some of its words are gone.
    Partly,
    /// It is gone.
    Lost,
    /// Letters of another script run on from it.
    Glued,
    /// The name it has in this language is written as a common word.
    Lowered,
    /// The article mostly has another name for it.
    Divided,
    /// It became a common word, which no translation by a person has.
    Translated,
}

/// What a unit writes otherwise than its source, with the number of the unit.
pub(super) type Slip = (u32, NameUse);

/// Where a name is written otherwise.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct NameFaults {
    by_unit: Vec<Slip>,
    /// Where the article mostly has another name for it.
    divided: Vec<NameUse>,
}

/// What names are looked for in.
#[derive(Clone, Copy)]
pub(super) struct NameReading<'a> {
    pub sources: &'a Sources<'a>,
    pub targets: &'a Targets<'a>,
    pub kept: &'a Kept,
    pub data: Option<&'a LocaleData>,
}

impl NameReading<'_> {
    /// Where the targets write the names with these numbers otherwise.
    pub fn faults(&self, names: &Names, numbers: &[u32], cover: &Cover<'_>) -> Vec<(u32, NameFaults)> {
        let all: Vec<(&String, &Vec<u32>)> = names.all.iter().collect();
        let each = |numbers: &[u32]| {
            let mut cover = cover.clone();
            let told = |&number: &u32| {
                let (name, texts) = all[number as usize];
                let by_unit = names.faults_by_unit((number as usize, name, texts), self, &mut cover);
                let divided = divided(name, texts, self.targets, &mut cover, self.data);
                let found = NameFaults { by_unit, divided };
                (!found.by_unit.is_empty() || !found.divided.is_empty()).then_some((number, found))
            };
            numbers.iter().filter_map(told).collect::<Vec<_>>()
        };
        shared_out(numbers).flat_map_iter(each).collect()
    }

    /// The words of these units whose letters are wrong.
    pub fn slips(&self, units: &[u32]) -> Vec<Slip> {
        let slips = units.par_iter().flat_map_iter(|&unit| {
            let source = &self.sources.texts()[self.targets.sources[unit as usize] as usize];
            let text = &self.targets.texts[unit as usize];
            slips(text, source, self.sources, self.data).map(move |it| (unit, it))
        });
        slips.collect()
    }
}

/// All that was found of names, in order of the places.
pub(super) fn name_uses(names: Vec<(u32, NameFaults)>, mut slips: Vec<Slip>, targets: &Targets<'_>) -> Vec<NameUse> {
    let (mut found, mut divided) = (Vec::new(), Vec::new());
    for (_, it) in names {
        found.extend(it.by_unit);
        divided.extend(it.divided);
    }
    found.append(&mut slips);
    let mut all = placed(found, targets);
    let told: BTreeSet<(u32, u32)> = all.iter().map(|it| (it.place.translation, it.place.passage)).collect();
    all.extend(divided.into_iter().filter(|it| !told.contains(&(it.place.translation, it.place.passage))));
    all.sort_by_key(|it| it.place);
    all
}

impl Names {
    /// Where the targets write one of them otherwise.
    fn faults_by_unit(
        &self,
        (number, name, texts): (usize, &str, &[u32]),
        reading: &NameReading<'_>,
        cover: &mut Cover<'_>,
    ) -> Vec<Slip> {
        let &NameReading { sources, targets, kept: shared, data } = reading;
        let mut found: Vec<Slip> = Vec::new();
        // What is a name by itself, and not only as a part of longer ones.
        let known = |name: &str| {
            let alone = |text: &&u32| stands_alone(&sources.texts()[**text as usize], name);
            self.all.get(name).is_some_and(|texts| texts.iter().filter(alone).nth(MIN_ALONE - 1).is_some())
        };
        let units = targets.units(texts);
        let mut told = Told::default();
        for &unit in &units {
            told.see(unit, name, &targets.texts[unit as usize], &known);
        }
        // The source has it in both ways.
        told.other.retain(|&(unit, from, to)| {
            let written = &targets.texts[unit as usize][from..to];
            self.all.get(written).is_none_or(|it| it.len() * 2 < texts.len())
        });
        let is_one = !name.contains(' ');
        let fixed = is_one && has_fixed_case(name) && (name.len() > 2 || name.contains(|it: char| it.is_ascii_digit()));
        let spelt = told.kept.len() >= 3 && told.kept.len() * 10 >= 6 * (told.kept.len() + told.other.len());
        let kept = told.kept.len();
        let mut tell = |name: &str, unit: u32, from: usize, to: usize, fault| {
            let written = targets.texts[unit as usize][from..to].to_owned();
            let place = Place { translation: 0, passage: 0, from: from as u32, to: to as u32 };
            found.push((unit, NameUse { name: name.to_owned(), written, usual: None, fault, kept, place }));
        };
        let is_sure = fixed && (name.contains(char::is_lowercase) || !told.kept.is_empty());
        if is_sure || spelt {
            told.other.iter().for_each(|&(unit, from, to)| tell(name, unit, from, to, Fault::Spelling));
        }
        // Where the script of the target is another one, a word in small letters is no common word.
        let is_foreign = data.is_some_and(|data| !data.scripts.contains(&Script::Latin));
        if spelt && (fixed || is_foreign) {
            told.slips.retain(|&(unit, from, to)| {
                let source = &sources.texts()[targets.sources[unit as usize] as usize];
                let text = &targets.texts[unit as usize];
                !source.contains(&text[from..to]) && text.contains(char::is_lowercase)
            });
            told.slips.iter().for_each(|&(unit, from, to)| tell(name, unit, from, to, Fault::Spelling));
        }
        if !is_one && told.kept.len() >= 8 && told.torn.len() * 10 <= told.kept.len() {
            told.torn.iter().for_each(|&(unit, from, to)| tell(name, unit, from, to, Fault::Torn));
        }
        let whole = told.kept.len() + told.other.len();
        if !is_one && told.kept.len() >= 4 && told.partly.len() * 3 <= whole {
            // What mostly is a part of longer names is no name of its own.
            let alone = texts.iter().filter(|&&it| stands_alone(&sources.texts()[it as usize], name)).count();
            if told.partly.len() * 10 > told.kept.len() && alone * 2 < texts.len() {
                told.partly.clear();
            }
            told.partly.iter().for_each(|&(unit, from, to)| tell(name, unit, from, to, Fault::Partly));
        }
        // What the units that miss the name have instead: asked for once, and of few names.
        let mut native: Option<Option<&Kind>> = None;
        let mut tied = || *native.get_or_insert_with(|| cover.tied(&told.missing));
        for unit in shared.lost((number, name, texts), targets, kept, &told.missing) {
            let text = &targets.texts[unit as usize];
            let other = if told.missing.len() > 1 { tied() } else { None };
            if other.is_none_or(|it| it.place(text, data).is_none()) {
                tell(name, unit, 0, text.trim_end().len(), Fault::Lost);
            }
        }
        if !is_one && told.missing.len() >= 8 && told.missing.len() * 5 >= units.len() * 4 {
            let cut = tied().map(|kind| native::cut(kind, &told.missing, targets));
            cut.into_iter().flatten().for_each(|(unit, from, to)| tell(name, unit, from, to, Fault::Partly));
        }
        let is_long = is_one && name.chars().nth(2).is_some();
        let (may_be_word, may_be_name) =
            (is_long && told.kept.len() >= if fixed { 1 } else { 2 }, told.kept.len() * 10 < units.len());
        let least = if may_be_word { 3 } else { 8 };
        if !(may_be_word || may_be_name) || told.missing.len() < least || told.missing.len() * 20 < units.len() {
            return found;
        }
        let Some(kind) = tied() else { return found };
        let forms = Forms::of(kind, &told.missing, targets, data);
        let is_word = |it: &&Form| {
            let written = &targets.texts[it.unit as usize][it.from..it.to];
            let source = &sources.texts()[targets.sources[it.unit as usize] as usize];
            !words(source).any(|(_, word)| akin(word, written))
        };
        let is_whole = forms.places.len() * 5 >= told.missing.len() * 3;
        // Where words are not spaced, a name that tells by its letters is needed to be sure.
        let is_told = fixed || matches!(kind, Kind::Stem(_));
        if may_be_word && is_told && forms.human == 0 && forms.places.len() >= 3 && is_whole {
            let all = forms.places.iter().filter(is_word);
            // Where the name mostly stays, only its letters in another script are sure: else it is
            // what the letters stand for.
            let is_often = told.missing.len() * 5 >= units.len();
            let lowered = all.filter(|it| it.shouts || is_often && (!it.capital || it.first));
            lowered.for_each(|it| tell(name, it.unit, it.from, it.to, Fault::Translated));
        } else if may_be_name
            && told.missing.len() * 5 >= units.len()
            && forms.places.len() >= 8
            && is_whole
            && forms.is_name()
        {
            // A word tells less than the name that it is a part of.
            let whole = self.whole(name, texts);
            let lowered = forms.places.iter().filter(|it| !it.capital && !it.first);
            if let Some(whole) = whole {
                lowered.for_each(|it| tell(whole, it.unit, it.from, it.to, Fault::Lowered));
            }
        }
        found
    }
}

/// What the units of a name have.
#[derive(Default)]
struct Told {
    kept: Vec<u32>,
    missing: Vec<u32>,
    other: Vec<(u32, usize, usize)>,
    torn: Vec<(u32, usize, usize)>,
    partly: Vec<(u32, usize, usize)>,
    /// Where the name stands otherwise, too, in a unit that has it.
    slips: Vec<(u32, usize, usize)>,
}

impl Told {
    fn see(&mut self, unit: u32, name: &str, text: &str, known: &dyn Fn(&str) -> bool) {
        if find(text, name, |a, b| a == b).is_some() {
            self.kept.push(unit);
            let slip = |a: u8, b: u8| a.eq_ignore_ascii_case(&b);
            let mut from = 0;
            while let Some(at) = find(&text[from..], name, slip).map(|at| from + at) {
                from = at + name.len();
                if text[at..from] != *name {
                    self.slips.push((unit, at, from));
                }
            }
            return;
        }
        // What is written in capitals throughout says nothing of its words.
        let shouts = !text.contains(char::is_lowercase) && !text.contains(is_unspaced);
        if let Some(at) = find(text, name, |a, b| a.eq_ignore_ascii_case(&b)).filter(|_| !shouts) {
            self.other.push((unit, at, at + name.len()));
            return;
        }
        if name.contains(' ') {
            let closed: String = name.chars().filter(|it| *it != ' ').collect();
            if let Some(at) = find(text, &closed, |a, b| a == b) {
                self.other.push((unit, at, at + closed.len()));
                return;
            }
            let places: Vec<usize> = name.split(' ').filter_map(|word| find(text, word, |a, b| a == b)).collect();
            if let (Some(&from), Some(&last)) = (places.iter().min(), places.iter().max()) {
                let end = last + words(&text[last..]).next().map_or(0, |(_, word)| word.len());
                let all = name.split(' ').count();
                match places.len() {
                    count if count == all => self.torn.push((unit, from, end)),
                    count if count * 2 >= all && is_cut(name, text, known) => self.partly.push((unit, from, end)),
                    _ => {}
                }
            }
        }
        self.missing.push(unit);
    }
}

/// How a rendering is written.
struct Forms {
    places: Vec<Form>,
    /// In how many units of people's translations it stands.
    human: usize,
    /// How often people write it with a capital, and without, where that tells something.
    upper: (usize, usize),
    lower: (usize, usize),
}

struct Form {
    unit: u32,
    from: usize,
    to: usize,
    capital: bool,
    /// Whether it stands where every word has a capital.
    first: bool,
    /// Whether it is all capitals.
    shouts: bool,
}

impl Forms {
    fn of(kind: &Kind, units: &[u32], targets: &Targets<'_>, data: Option<&LocaleData>) -> Self {
        let mut found = Forms { places: Vec::new(), human: 0, upper: (0, 0), lower: (0, 0) };
        for &unit in units {
            let text = &targets.texts[unit as usize];
            let Some((from, to)) = kind.place(text, data) else { continue };
            let capital = text[from..to].starts_with(char::is_uppercase);
            let first = !text[..from]
                .trim_end_matches(' ')
                .ends_with(|it: char| is_letter_or_digit(it) || matches!(it, ',' | '’' | '\''));
            let human = targets.human[unit as usize];
            found.human += usize::from(human);
            if !first {
                let counts = if capital { &mut found.upper } else { &mut found.lower };
                counts.0 += 1;
                counts.1 += usize::from(human);
            }
            let shouts = to > from + 1 && !text[from..to].contains(char::is_lowercase);
            found.places.push(Form { unit, from, to, capital, first, shouts });
        }
        found
    }

    /// Whether it is written as a name: by people, where enough of them wrote it; else often enough
    /// to be no slip.
    fn is_name(&self) -> bool {
        let (people_upper, people_lower) = (self.upper.1, self.lower.1);
        match people_upper + people_lower >= 5 {
            true => people_upper >= 4 * people_lower,
            false => self.upper.0 >= 2 && self.upper.0 * 4 >= self.lower.0,
        }
    }
}

/// Each place once, the longest name first; with all the articles that have the unit.
fn placed(mut found: Vec<Slip>, targets: &Targets<'_>) -> Vec<NameUse> {
    found.sort_by(|(unit, a), (other, b)| {
        let length = |it: &NameUse| std::cmp::Reverse(it.name.len());
        // What shows its place comes first.
        let key = |unit: &u32, it: &'_ NameUse| (*unit, it.fault == Fault::Lost, length(it));
        (key(unit, a), &a.name, a.place.from).cmp(&(key(other, b), &b.name, b.place.from))
    });
    let mut all: Vec<NameUse> = Vec::new();
    let mut taken: Vec<(u32, u32)> = Vec::new();
    let mut last = u32::MAX;
    for (unit, it) in found {
        if unit != last {
            taken.clear();
            last = unit;
        }
        if taken.iter().any(|&(from, to)| from < it.place.to && it.place.from < to) {
            continue;
        }
        taken.push((it.place.from, it.place.to));
        for &(translation, passage) in targets.places(unit) {
            all.push(NameUse { place: Place { translation, passage, ..it.place }, ..it.clone() });
        }
    }
    all
}

/// Where a name stands in a text, with no letter or digit of its own script beside it, and in no
/// address.
pub(super) fn find(text: &str, name: &str, same: fn(u8, u8) -> bool) -> Option<usize> {
    let (bytes, wanted) = (text.as_bytes(), name.as_bytes());
    let &first = wanted.first()?;
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    memchr::memchr2_iter(lower, upper, bytes).find(|&at| {
        let Some(stretch) = bytes.get(at..at + wanted.len()) else { return false };
        let (before, after) = (at.checked_sub(1).map(|it| bytes[it]), bytes.get(at + wanted.len()));
        let next = bytes.get(at + wanted.len() + 1);
        // Letters of the Latin alphabet with their marks; those of others part names, too.
        let in_word = |it: char| it == '_' || it < '\u{370}' && (is_letter_or_digit(it) || it >= '\u{300}');
        let address = matches!(before, Some(b'.' | b'@' | b'\\'))
            || matches!(after, Some(b'.' | b'@' | b'\\')) && next.is_some_and(|it| it.is_ascii_alphanumeric());
        stretch.iter().zip(wanted).all(|(&a, &b)| same(a, b))
            && !text[..at].chars().next_back().is_some_and(in_word)
            && !text[at + wanted.len()..].chars().next().is_some_and(in_word)
            && !address
    })
}

/// Whether a name of which a text has only some words was cut: no ending or hyphen was put to it, and
/// it was not said in a shorter or longer way that is a name, too.
fn is_cut(name: &str, text: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let missing = || name.split(' ').filter(|word| find(text, word, |a, b| a == b).is_none());
    let is_short = missing().any(|word| !word.contains(char::is_lowercase));
    let rest = name.split_once(' ').is_some_and(|(_, rest)| known(rest) && text.contains(rest));
    !is_short && !rest && !text.contains(name) && !text.contains(&name.replace(' ', "-"))
}

/// Whether a name stands in a text and is no part of a longer one.
fn stands_alone(text: &str, name: &str) -> bool {
    let Some(at) = find(text, name, |a, b| a == b) else { return false };
    let goes_on =
        |it: Option<&str>| it.is_some_and(|it| it.starts_with(|it: char| it.is_uppercase() || it.is_numeric()));
    let after = text[at + name.len()..].strip_prefix(' ');
    let before = text[..at].strip_suffix(' ').map(|it| it.rsplit(' ').next().unwrap_or_default());
    !goes_on(after) && !goes_on(before)
}
