//! Which text stands in each place of an article in one locale: the translation where it can be
//! relied on, else the source.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::inline::{Mark, Run, line, plain, runs};
use super::outside::{Found, Outside};
use super::topic::{Reason, Slot, State};
use super::{Flag, OnError, Options};
use crate::bitext::Bitext;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Side};
use crate::locale::Locale;
use crate::procedure::{Block, Counterpart, Reading, SegmentId, alert_kind, counterparts};

/// The rules that say that a segment was not translated.
const UNTRANSLATED: &str = "untranslated-segment";

/// The texts of an article in one locale, by the places of their segments in the outline.
pub(super) struct Fills {
    /// The locale.
    pub locale: String,
    /// What stands there; `None` where it is said together with the segment before.
    slots: Vec<Option<Slot>>,
    numbers: HashMap<SegmentId, usize>,
}

impl Fills {
    /// The slot of a segment.
    pub fn slot(&self, number: &SegmentId) -> Option<Slot> {
        self.slots[*self.numbers.get(number)?].clone()
    }

    /// The slots of segments.
    pub fn slots<'s>(&self, numbers: impl IntoIterator<Item = &'s SegmentId>) -> Vec<Slot> {
        numbers.into_iter().filter_map(|it| self.slot(it)).collect()
    }

    /// The slot at a place.
    pub fn at(&self, index: usize) -> Option<&Slot> {
        self.slots[index].as_ref()
    }
}

/// The texts of the source.
pub(super) fn source(reading: &Reading<'_>, locale: &Locale, findings: &[Diagnostic], options: &Options) -> Fills {
    let faults = Faults::of(&reading.document.path, findings, options.flag);
    let alerts = alerts(reading);
    let slot = |(index, (number, side)): (usize, &(SegmentId, Side<'_>))| {
        let found = faults.of_place(side);
        let mut slot = slot(number, side, locale, reading.document);
        slot.alert = alerts.get(&index).map(|&it| it.to_owned());
        if !found.is_empty() {
            (slot.state, slot.findings) = (State::Flagged, found);
        }
        Some(slot)
    };
    let slots = reading.outline.passages.iter().enumerate().map(slot).collect();
    Fills { locale: locale.to_string(), slots, numbers: numbers(reading) }
}

/// The texts of a translation; those of the source take the place of what cannot be relied on.
pub(super) fn target(
    reading: &Reading<'_>,
    bitext: &Bitext<'_>,
    source: &Fills,
    findings: &[Diagnostic],
    options: &Options,
) -> Fills {
    let locale = &bitext.target.locale;
    let faults = Faults::of(&bitext.target.path, findings, options.flag);
    let ids: HashMap<u32, &str> =
        bitext.units.iter().filter_map(|unit| Some((unit.target?.span.start, &*unit.id))).collect();
    let drift = bitext.drift();
    let old: HashSet<u32> =
        drift.stale.iter().filter_map(|it| Some(bitext.units[it.unit].target?.span.start)).collect();
    let is_here = |side: &Side<'_>| side.document.path == reading.document.path;
    let new: HashSet<u32> =
        drift.stale.iter().filter_map(|it| it.now.filter(is_here).map(|it| it.span.start)).collect();
    let outside = Outside::of(bitext);
    let speaks_otherwise = Locale::parse(&source.locale).is_none_or(|it| it.language() != locale.language());
    let mut slots: Vec<Option<Slot>> = Vec::with_capacity(source.slots.len());
    // Why the unit that the segment before belongs to fell back.
    let mut fell: Option<(Reason, Vec<String>)> = None;
    for (index, counterpart) in counterparts(reading, bitext).iter().enumerate() {
        let (number, side) = &reading.outline.passages[index];
        let own = source.slots[index].clone().unwrap_or_default();
        let back = |(reason, found): &(Reason, Vec<String>)| {
            let findings: BTreeSet<String> = own.findings.iter().chain(found).cloned().collect();
            let findings = findings.into_iter().collect();
            Slot { state: State::Fallback, reason: Some(*reason), findings, ..own.clone() }
        };
        slots.push(match counterpart {
            Counterpart::Side(target) => {
                let id = ids.get(&target.span.start).copied().unwrap_or_default();
                let found = faults.of_unit(id, target);
                let says_source = speaks_otherwise && repeats(&own.text, &target.text());
                let is_source = target.text().trim().is_empty() || says_source || faults.is_untranslated(id, target);
                fell = match () {
                    () if is_source => Some((Reason::Untranslated, found.clone())),
                    () if old.contains(&target.span.start) => Some((Reason::Stale, found.clone())),
                    () if !found.is_empty() && options.on_error != OnError::Mark => {
                        Some((Reason::Flagged, found.clone()))
                    }
                    () => None,
                };
                Some(match &fell {
                    Some(fell) => back(fell),
                    None => {
                        let state = if found.is_empty() { State::Ok } else { State::Flagged };
                        let slot = slot(number, target, locale, reading.document);
                        Slot { state, findings: found, alert: own.alert, ..slot }
                    }
                })
            }
            Counterpart::Joined => fell.as_ref().map(back),
            Counterpart::None if is_shared(reading, side) => {
                Some(Slot { locale: locale.to_string(), is_spaced: is_spaced(locale), ..own })
            }
            Counterpart::None => match outside.find(side) {
                Some(found) => Some(outer(number, &found, locale, reading.document, own.alert)),
                None => {
                    let reason = if new.contains(&side.span.start) { Reason::Stale } else { Reason::Untranslated };
                    Some(back(&(reason, Vec::new())))
                }
            },
        });
    }
    Fills { locale: locale.to_string(), slots, numbers: numbers(reading) }
}

/// A value of the front matter of an article; of its translation, where that is the other.
pub(super) fn meta(
    document: &Document,
    keys: &[&str],
    locale: &Locale,
    findings: &[Diagnostic],
    flag: Flag,
) -> Option<Slot> {
    let front = document.front_matter()?;
    let entry = keys.iter().find_map(|key| front.entries.iter().position(|it| *it.path == **key))?;
    let segment = document.segments.iter().position(|it| it.entry == Some(entry as u32))?;
    let side = document.side(segment);
    let found = Faults::of(&document.path, findings, flag).of_place(&side);
    let slot = slot(&format!("front-matter:{}", front.entries[entry].path), &side, locale, document);
    (!slot.text.is_empty() && found.is_empty()).then_some(slot)
}

fn numbers(reading: &Reading<'_>) -> HashMap<SegmentId, usize> {
    let passages = reading.outline.passages.iter().enumerate();
    passages.map(|(index, (number, _))| (number.clone(), index)).collect()
}

fn slot(number: &SegmentId, side: &Side<'_>, locale: &Locale, home: &Document) -> Slot {
    let runs = runs(side);
    Slot {
        segment: number.clone(),
        text: plain(&runs),
        markdown: line(side),
        locale: locale.to_string(),
        runs,
        raw: std::ptr::eq(side.document, home).then(|| side.raw().to_owned()),
        is_spaced: is_spaced(locale),
        ..Slot::default()
    }
}

/// A slot of a text that no unit holds.
fn outer(number: &SegmentId, found: &Found<'_>, locale: &Locale, home: &Document, alert: Option<String>) -> Slot {
    match found {
        Found::Whole(side) => Slot { alert, ..slot(number, side, locale, home) },
        Found::Linked(side, address) => {
            let inner = slot(number, side, locale, home);
            let mark = Mark::Link(address.clone());
            let mut runs = vec![Run::Open(mark.clone())];
            runs.extend(inner.runs);
            runs.push(Run::Close(mark));
            let markdown = format!("[{}]({address})", inner.markdown);
            Slot { markdown, runs, raw: None, alert, ..inner }
        }
    }
}

/// Whether sentences of a language stand apart.
fn is_spaced(locale: &Locale) -> bool {
    locale.data().is_none_or(|it| it.words_are_spaced)
}

/// Whether a translation is its source word for word, and the source more than a name.
fn repeats(source: &str, target: &str) -> bool {
    let words = || source.split_whitespace();
    let is_prose = words().count() >= 3 && words().any(|word| word.chars().all(char::is_lowercase));
    is_prose && words().eq(target.split_whitespace())
}

/// Whether a segment is the same in all languages: it stands outside of the spans of a bilingual
/// article, or says nothing in words.
fn is_shared(reading: &Reading<'_>, side: &Side<'_>) -> bool {
    let document = reading.document;
    let at = document.segments.partition_point(|it| it.span.start < side.span.start);
    let is_outside = document.is_bilingual() && document.segments.get(at).is_some_and(|it| it.pair.is_none());
    is_outside || side.text().chars().filter(|it| it.is_alphabetic()).take(2).count() < 2
}

/// The alerts that segments stand in, by their places in the outline.
fn alerts(reading: &Reading<'_>) -> HashMap<usize, &'static str> {
    fn walk(blocks: &[Block<'_>], kind: Option<&'static str>, found: &mut HashMap<usize, &'static str>) {
        for block in blocks {
            match block {
                Block::Alert(alert) => walk(&alert.blocks, Some(alert_kind(alert.kind)), found),
                Block::List(list) => list.items.iter().for_each(|item| walk(&item.blocks, kind, found)),
                Block::Paragraph(own) | Block::Tab(own) => {
                    found.extend(own.iter().filter_map(|it| Some((it.index, kind?))));
                }
                _ => {}
            }
        }
    }
    let mut found = HashMap::new();
    reading.outline.sections.iter().for_each(|section| walk(&section.blocks, None, &mut found));
    found
}

/// What was found in one article.
#[derive(Default)]
struct Faults<'d> {
    by_unit: BTreeMap<&'d str, BTreeSet<&'d str>>,
    by_place: BTreeMap<u32, BTreeSet<&'d str>>,
    untranslated: BTreeSet<&'d str>,
    untranslated_at: BTreeSet<u32>,
}

impl<'d> Faults<'d> {
    fn of(path: &str, findings: &'d [Diagnostic], flag: Flag) -> Self {
        let mut faults = Faults::default();
        for finding in findings.iter().filter(|it| &*it.primary.path == path) {
            let at = finding.primary.range.start.byte;
            let unit = finding.unit.as_ref().map(|unit| &*unit.id);
            if finding.rule == UNTRANSLATED {
                faults.untranslated.extend(unit);
                faults.untranslated_at.insert(at);
            }
            if flag.holds(finding) {
                faults.by_place.entry(at).or_default().insert(finding.rule);
                if let Some(unit) = unit {
                    faults.by_unit.entry(unit).or_default().insert(finding.rule);
                }
            }
        }
        faults
    }

    /// The rules with errors that begin in a stretch of text.
    fn of_place(&self, side: &Side<'_>) -> Vec<String> {
        let found: BTreeSet<&str> =
            self.by_place.range(side.span.start..side.span.end).flat_map(|(_, it)| it).copied().collect();
        found.into_iter().map(str::to_owned).collect()
    }

    /// The same, with those that name the unit.
    fn of_unit(&self, id: &str, side: &Side<'_>) -> Vec<String> {
        let mut found: BTreeSet<String> = self.of_place(side).into_iter().collect();
        found.extend(self.by_unit.get(id).into_iter().flatten().map(|&it| it.to_owned()));
        found.into_iter().collect()
    }

    fn is_untranslated(&self, id: &str, side: &Side<'_>) -> bool {
        self.untranslated.contains(id) || self.untranslated_at.range(side.span.start..side.span.end).next().is_some()
    }
}
