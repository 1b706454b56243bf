//! The labels of a translation: which of them stands for which of the source.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::model::LabelPlace;
use super::reading::Reading;
use super::sentence::{Marked, Sentence, parts};
use super::texts::Counterpart;
use crate::document::Side;
use crate::locale::LocaleData;

/// The labels of a locale, by the place of the label in the source that each stands for.
pub(super) type Labels = HashMap<LabelPlace, String>;

/// Finds the labels of a locale. What cannot be told is left out.
pub(super) fn labels(reading: &Reading<'_>, counterparts: &[Counterpart<'_>], data: Option<&LocaleData>) -> Labels {
    let mut known: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    let mut pairs: Vec<(usize, Vec<&Marked>, Vec<Mark>)> = Vec::new();
    let mut italics = Labels::new();
    for (index, counterpart) in counterparts.iter().enumerate() {
        let Counterpart::Side(side) = counterpart else { continue };
        let sentence = &reading.sentences[index];
        let all = (0..sentence.tokens.len()).filter_map(|at| sentence.label(at));
        let (slanted, source): (Vec<&Marked>, Vec<&Marked>) = all.partition(|it| it.slanted);
        if !slanted.is_empty() {
            in_italics(reading, index, side, &slanted, &mut italics);
        }
        if source.is_empty() {
            continue;
        }
        let targets = marks(side, data, source.len(), all_bold(reading, index));
        if let ([one], [other]) = (&source[..], &targets[..])
            && one.parts.len() == 1
        {
            let votes = known.entry(key(&one.parts[0])).or_default();
            *votes.entry(other.text.clone()).or_default() += 1;
        }
        pairs.push((index, source, targets));
    }
    let mut found = italics;
    for (index, source, targets) in pairs {
        let turning = turning(reading, &reading.sentences[index]);
        let order = Order { turning, places_come_first: data.is_some_and(|data| data.places_come_first) };
        let chosen = assign(&source, &targets, &order, &known);
        for (marked, target) in source.iter().zip(chosen) {
            let Some(target) = target else { continue };
            let cut: Vec<&str> = match marked.parts.len() {
                1 => vec![target.text.as_str()],
                _ => parts(&target.text).collect(),
            };
            if cut.len() != marked.parts.len() {
                continue;
            }
            for (part, text) in cut.into_iter().enumerate() {
                let place = LabelPlace { passage: index, span: marked.span, part };
                found.insert(place, bare(text, data).to_owned());
            }
        }
    }
    found
}

/// Labels in italics, where a target has as many stretches in italics as its source.
fn in_italics(reading: &Reading<'_>, index: usize, side: &Side<'_>, labels: &[&Marked], found: &mut Labels) {
    let (_, _, own) = Sentence::stretches(&reading.outline.passages[index].1);
    let (sentence, _, targets) = Sentence::stretches(side);
    for ((_, span), (range, _)) in own.iter().zip(&targets).filter(|_| own.len() == targets.len()) {
        if labels.iter().any(|label| label.span == *span && label.parts.len() == 1) {
            let place = LabelPlace { passage: index, span: *span, part: 0 };
            found.insert(place, sentence.text[range.clone()].trim().to_owned());
        }
    }
}

/// A stretch of a target that may be a label.
#[derive(Clone, Debug)]
struct Mark {
    range: Range<usize>,
    text: String,
    href: Option<String>,
}

/// How many bold stretches the source has, those that are no labels included; and which are.
fn all_bold(reading: &Reading<'_>, index: usize) -> Vec<bool> {
    let (_, side) = &reading.outline.passages[index];
    let (_, bold, _) = Sentence::stretches(side);
    let sentence = &reading.sentences[index];
    let labels: Vec<&Marked> = (0..sentence.tokens.len()).filter_map(|at| sentence.label(at)).collect();
    bold.iter().map(|(_, span)| labels.iter().any(|label| label.span == *span)).collect()
}

/// The stretches of a target that stand for `wanted` labels: bold ones, those in the marks of the
/// locale, or both together. With another number all that are there, to be told apart by what is
/// known.
fn marks(side: &Side<'_>, data: Option<&LocaleData>, wanted: usize, source: Vec<bool>) -> Vec<Mark> {
    let (sentence, bold, _) = Sentence::stretches(side);
    let mark = |range: Range<usize>| Mark {
        text: bare(&sentence.text[range.clone()], data).to_owned(),
        href: sentence
            .links
            .iter()
            .find(|(link, _)| link.start < range.end && range.start < link.end)
            .map(|it| it.1.clone()),
        range,
    };
    let bold: Vec<Mark> = bold.into_iter().map(|(range, _)| mark(range)).collect();
    let can = |it: &Mark| !it.text.is_empty() && !data.is_some_and(|data| data.cannot_be_label(&it.text));
    let wrapped: Vec<Mark> = wrapped(&sentence.text, data).into_iter().map(mark).filter(can).collect();
    // Where words are not spaced, machines often leave bold on the words beside the label; the marks
    // of the locale stay where they belong.
    if wrapped.len() == wanted && data.is_some_and(|data| !data.words_are_spaced) {
        return wrapped;
    }
    let broken = |it: &Mark| data.is_some_and(|data| is_broken(&it.text, data));
    let bold: Vec<Mark> = bold.into_iter().filter(|it| !broken(it)).collect();
    // As many are bold as in the source, where some may be no labels.
    if source.len() == bold.len() && source.iter().filter(|it| **it).count() == wanted {
        let labels = source.iter().zip(&bold).filter(|(is, _)| **is).map(|(_, it)| it.clone());
        let labels: Vec<Mark> = labels.collect();
        // A button may be called as a verb that is bold by mistake elsewhere.
        let is_verb = |it: &Mark| {
            let is_word = it.text.chars().nth(1).is_some();
            is_word && data.is_some_and(|data| data.never_a_label.contains(&it.text))
        };
        if labels.iter().all(|it| can(it) || is_verb(it)) {
            return labels;
        }
    }
    let bold: Vec<Mark> = bold.into_iter().filter(can).collect();
    if bold.len() == wanted {
        return bold;
    }
    if wrapped.len() == wanted {
        return wrapped;
    }
    let overlaps = |one: &Mark, other: &Mark| one.range.start < other.range.end && other.range.start < one.range.end;
    let mut both = bold;
    let more: Vec<Mark> = wrapped.into_iter().filter(|it| !both.iter().any(|other| overlaps(it, other))).collect();
    both.extend(more);
    both.sort_by_key(|it| it.range.start);
    both
}

/// Whether a bold stretch takes in a mark of another label, or ends with the verb behind its own.
fn is_broken(text: &str, data: &LocaleData) -> bool {
    let wraps = |(open, close): &(String, String)| text.contains(open.as_str()) != text.contains(close.as_str());
    let lone = data.label_wrappers.iter().filter(|(open, close)| open != close).any(wraps);
    let quote =
        data.label_wrappers.iter().any(|(open, close)| open == close && text.matches(open.as_str()).count() == 1);
    lone || quote || data.never_ends_a_label.iter().any(|end| text.ends_with(end.as_str()))
}

/// The stretches in the marks that a locale puts around labels.
fn wrapped(text: &str, data: Option<&LocaleData>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, close) in data.iter().flat_map(|data| &data.label_wrappers) {
        let mut at = 0;
        while let Some(start) = text[at..].find(open.as_str()) {
            let from = at + start + open.len();
            let Some(length) = text[from..].find(close.as_str()) else { break };
            let range = from..from + length;
            at = range.end + close.len();
            if !found.iter().any(|it| it.start < range.end && range.start < it.end) {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|it| it.start);
    found
}

/// In which order a target may name the labels of a source.
struct Order {
    /// Labels that stand right behind one that is found under them: "**A** from **B**" gives that of
    /// B. Many languages name B first.
    turning: Vec<usize>,
    /// Whether this one does.
    places_come_first: bool,
}

fn turning(reading: &Reading<'_>, sentence: &Sentence) -> Vec<usize> {
    let Some(words) = reading.words else { return Vec::new() };
    let places: Vec<usize> =
        (0..sentence.tokens.len()).filter(|&at| sentence.label(at).is_some_and(|it| !it.slanted)).collect();
    let turns = |index: &usize| {
        let between = places[index - 1] + 1..places[*index];
        sentence.holds(&words.under, between.clone())
            && !between.clone().any(|at| sentence.sign(at).is_some())
            && !sentence.holds(&words.joints, between)
    };
    (1..places.len()).filter(turns).collect()
}

/// For each label of the source its target: by equal texts and links, by what is known of it, and,
/// where there are as many on both sides, by their order.
fn assign<'t>(
    source: &[&Marked],
    targets: &'t [Mark],
    order: &Order,
    known: &BTreeMap<String, BTreeMap<String, u32>>,
) -> Vec<Option<&'t Mark>> {
    let mut chosen: Vec<Option<usize>> = vec![None; source.len()];
    let mut free: Vec<bool> = vec![true; targets.len()];
    let whole = |marked: &Marked| marked.parts.join(" > ");
    let take = |chosen: &mut Vec<Option<usize>>, free: &mut Vec<bool>, is: &dyn Fn(&Marked, &Mark) -> bool| {
        for (index, marked) in source.iter().enumerate() {
            if chosen[index].is_none()
                && let Some(at) = (0..targets.len()).find(|&at| free[at] && is(marked, &targets[at]))
            {
                (chosen[index], free[at]) = (Some(at), false);
            }
        }
    };
    take(&mut chosen, &mut free, &|one, other| key(&whole(one)) == key(&other.text));
    take(&mut chosen, &mut free, &|one, other| one.href.is_some() && one.href == other.href);
    take(&mut chosen, &mut free, &|one, other| {
        known.get(&key(&whole(one))).is_some_and(|votes| votes.contains_key(&other.text))
    });
    if source.len() == targets.len() {
        let mut places: Vec<usize> = (0..source.len()).collect();
        if order.places_come_first {
            order.turning.iter().for_each(|&index| places.swap(index - 1, index));
        }
        // Which of two comes first is not known: neither is guessed.
        let open = |index: usize| chosen[index].is_none();
        let unsure = |&index: &usize| !order.places_come_first && open(index - 1) && open(index);
        let unsure: Vec<usize> = order.turning.iter().copied().filter(unsure).collect();
        let mut rest = (0..targets.len()).filter(|&at| free[at]);
        for index in places {
            if chosen[index].is_none() {
                chosen[index] = rest.next();
            }
        }
        for index in unsure {
            (chosen[index - 1], chosen[index]) = (None, None);
        }
    }
    chosen.into_iter().map(|at| Some(&targets[at?])).collect()
}

fn key(text: &str) -> String {
    text.to_lowercase()
}

/// A label without the marks of its locale and the signs around it.
fn bare<'t>(text: &'t str, data: Option<&LocaleData>) -> &'t str {
    // `[Submit](送信)`: the label with its translation.
    let both = text.trim().strip_prefix('[').and_then(|it| it.strip_suffix(')')).and_then(|it| it.split_once("]("));
    let mut text = both.map_or(text, |(_, own)| own);
    loop {
        let before = text.len();
        text = text.trim_matches(|it: char| {
            it.is_whitespace() || matches!(it, ',' | '.' | ';' | ':' | '。' | '，' | '、' | '；' | '：')
        });
        // Half of a pair is left where a path was cut.
        for (open, close) in data.iter().flat_map(|data| &data.label_wrappers).filter(|(open, close)| open != close) {
            if text.starts_with(open.as_str()) && !text.contains(close.as_str()) {
                text = &text[open.len()..];
            }
            if text.ends_with(close.as_str()) && !text.contains(open.as_str()) {
                text = &text[..text.len() - close.len()];
            }
        }
        for (open, close) in data.iter().flat_map(|data| data.label_wrappers.iter().chain(&data.quotes)) {
            if let Some(inner) = text.strip_prefix(open.as_str()).and_then(|rest| rest.strip_suffix(close.as_str())) {
                text = inner;
            }
        }
        if text.len() == before {
            return text;
        }
    }
}
