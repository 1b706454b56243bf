//! A vote over the locales of one article: what most of them state otherwise than the source is
//! more likely a fault of the source, and is said once, there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Family;
use crate::bitext::Bitext;
use crate::diagnostic::Diagnostic;

/// So many locales at least make a majority.
const FEW: usize = 3;
/// So many other locales at least confirm that one of them stands alone.
const MANY: usize = 3;

/// A rule and the source text it reports.
type Fault = (&'static str, String);

/// Moves what most locales share to the source, and says of what one locale alone has that the
/// others agree with the source. Other findings stay as they are, and in order.
pub(super) fn vote(found: &mut Vec<Diagnostic>, bitexts: &[Bitext<'_>]) {
    if bitexts.len() < FEW {
        return;
    }
    let mut faults: BTreeMap<Fault, Vec<usize>> = BTreeMap::new();
    for (index, finding) in found.iter().enumerate() {
        let stated = super::rule(finding.rule).is_some_and(|it| matches!(it.family, Family::Facts | Family::Meaning));
        if let Some(unit) = finding.unit.as_ref().filter(|it| stated && !it.source.is_empty()) {
            faults.entry((finding.rule, unit.source.clone())).or_default().push(index);
        }
    }
    let asked = asked(faults.keys().map(|(_, source)| source.as_str()), bitexts);
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for ((_, source), indices) in &faults {
        let locale = |index: usize| found[index].unit.as_ref().map(|unit| unit.locale.clone()).unwrap_or_default();
        let locales: BTreeSet<String> = indices.iter().map(|&index| locale(index)).collect();
        let all = asked[source.as_str()].len();
        if locales.len() >= FEW && locales.len() * 2 > all {
            gone.extend(&indices[1..]);
            let shared = at_source(indices.iter().map(|&index| &found[index]), locales.len(), all);
            found[indices[0]] = shared;
        } else if locales.len() == 1 && all > MANY {
            let others = format!("the other {} translations of this text state it as the source does", all - 1);
            for &index in indices {
                let help = found[index].help.get_or_insert_default();
                *help = if help.is_empty() { others.clone() } else { format!("{help}; {others}") }.into();
            }
        }
    }
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// The locales that translate each of these texts from a source of the same version.
fn asked<'t>(texts: impl Iterator<Item = &'t str>, bitexts: &[Bitext<'_>]) -> HashMap<&'t str, BTreeSet<String>> {
    let mut asked: HashMap<&str, BTreeSet<String>> = texts.map(|text| (text, BTreeSet::new())).collect();
    for bitext in bitexts.iter().filter(|bitext| bitext.same_version()) {
        let translated = bitext.units.iter().filter(|unit| unit.target.is_some());
        for source in translated.filter_map(|unit| unit.source) {
            if let Some(locales) = asked.get_mut(source.raw()) {
                locales.insert(bitext.target.locale.to_string());
            }
        }
    }
    asked
}

/// The one finding for those of several locales: at the place of the source that the first of them
/// explains itself with, with every target beside it.
fn at_source<'f>(all: impl Iterator<Item = &'f Diagnostic>, locales: usize, of: usize) -> Diagnostic {
    let mut all = all.peekable();
    let mut shared = all.peek().map(|it| (*it).clone()).expect("a fault has findings");
    let place = shared.labels.first().cloned();
    shared.labels = Vec::new();
    for finding in all {
        shared.severity = shared.severity.max(finding.severity);
        let locale = finding.unit.as_ref().map_or("", |unit| &unit.locale);
        let mut label = finding.primary.clone();
        label.message = format!("{locale}: {}", finding.message);
        shared.labels.push(label);
    }
    if let Some(mut place) = place {
        place.message = String::new();
        shared.primary = place;
    }
    shared.message = format!("{} of {of} translations state something else: {}", locales, shared.message);
    shared.help = Some("see whether the source is clear and right, and then to the translations".into());
    shared.fix = None;
    shared
}
