//! The labels of a translation: which of them stands for which of the source.

use std::collections::BTreeMap;
use std::ops::Range;

use super::sentence::{Marked, Sentence, parts};
use crate::document::Side;
use crate::locale::{FrameWords, LocaleData};
use crate::text::Span;

/// A segment of the source, with what stands for it in a translation.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'s, 'a> {
    /// The source as words and labels.
    pub sentence: &'s Sentence,
    /// The source.
    pub source: Side<'a>,
    /// The target.
    pub target: Side<'a>,
}

/// What a label of the source is called in the target of its segment.
#[derive(Clone, Debug)]
pub struct Rendering {
    /// Which pair it is in.
    pub pair: usize,
    /// Where the label stands in the source: the whole path, where it is part of one.
    pub source: Span,
    /// Which label of the path it is.
    pub part: usize,
    /// The rendering, without the marks of its locale.
    pub text: String,
    /// Where it stands in the target, with its path; `None` where that cannot be told, as where an
    /// entity stands in it.
    pub place: Option<Span>,
}

/// Finds the renderings of labels. The pairs are of one article, and what is sure of one helps to
/// tell another; what cannot be told is left out. `words` are those of the source, `data` is that of
/// the target.
pub fn renderings(pairs: &[Pair<'_, '_>], words: Option<&FrameWords>, data: Option<&LocaleData>) -> Vec<Rendering> {
    let mut known: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    let mut open: Vec<(usize, Vec<&Marked>, Vec<Mark>)> = Vec::new();
    let mut found = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        let (slanted, source): (Vec<&Marked>, Vec<&Marked>) = pair.sentence.labels().partition(|it| it.slanted);
        if !slanted.is_empty() {
            in_italics(index, pair, &slanted, &mut found);
        }
        if source.is_empty() {
            continue;
        }
        let targets = marks(&pair.target, data, source.len(), all_bold(pair));
        if let ([one], [other]) = (&source[..], &targets[..])
            && one.parts.len() == 1
        {
            let votes = known.entry(key(&one.parts[0])).or_default();
            *votes.entry(other.text.clone()).or_default() += 1;
        }
        open.push((index, source, targets));
    }
    for (index, source, targets) in open {
        let turning = words.map_or_else(Vec::new, |words| turning(words, pairs[index].sentence));
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
                let (text, place) = (bare(text, data).to_owned(), target.span);
                found.push(Rendering { pair: index, source: marked.span, part, text, place });
            }
        }
    }
    found
}

/// Labels in italics, where a target has as many stretches in italics as its source.
fn in_italics(index: usize, pair: &Pair<'_, '_>, labels: &[&Marked], found: &mut Vec<Rendering>) {
    let (_, _, own) = Sentence::stretches(&pair.source);
    let (sentence, _, targets) = Sentence::stretches(&pair.target);
    for ((_, span), (range, place)) in own.iter().zip(&targets).filter(|_| own.len() == targets.len()) {
        if labels.iter().any(|label| label.span == *span && label.parts.len() == 1) {
            let text = sentence.text[range.clone()].trim().to_owned();
            found.push(Rendering { pair: index, source: *span, part: 0, text, place: Some(*place) });
        }
    }
}

/// A stretch of a target that may be a label.
#[derive(Clone, Debug)]
struct Mark {
    range: Range<usize>,
    span: Option<Span>,
    text: String,
    href: Option<String>,
}

/// How many bold stretches the source has, those that are no labels included; and which are.
fn all_bold(pair: &Pair<'_, '_>) -> Vec<bool> {
    let (_, bold, _) = Sentence::stretches(&pair.source);
    let labels: Vec<&Marked> = pair.sentence.labels().collect();
    bold.iter().map(|(_, span)| labels.iter().any(|label| label.span == *span)).collect()
}

/// The stretches of a target that stand for `wanted` labels: bold ones, those in the marks of the
/// locale, or both together. With another number all that are there, to be told apart by what is
/// known.
fn marks(side: &Side<'_>, data: Option<&LocaleData>, wanted: usize, source: Vec<bool>) -> Vec<Mark> {
    let (sentence, bold, _) = Sentence::stretches(side);
    let mark = |range: Range<usize>, span: Option<Span>| Mark {
        span,
        text: bare(&sentence.text[range.clone()], data).to_owned(),
        href: sentence
            .links
            .iter()
            .find(|(link, _)| link.start < range.end && range.start < link.end)
            .map(|it| it.1.clone()),
        range,
    };
    let whole = |(range, span)| {
        let mark = mark(range, Some(span));
        let text = mended(&mark.text, data).unwrap_or(mark.text);
        Mark { text, ..mark }
    };
    let bold: Vec<Mark> = bold.into_iter().map(whole).collect();
    let can = |it: &Mark| !it.text.is_empty() && !data.is_some_and(|data| data.cannot_be_label(&it.text));
    let in_marks = |range: Range<usize>| mark(range.clone(), sentence.cover(&range));
    let wrapped: Vec<Mark> = wrapped(&sentence.text, data).into_iter().map(in_marks).filter(can).collect();
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

/// A label that marks tear into two: bold on `A] and [B` in `[A] and [B]`.
fn mended(text: &str, data: Option<&LocaleData>) -> Option<String> {
    let mut pairs = data?.label_wrappers.iter().filter(|(open, close)| open != close);
    let (open, close) = pairs.find(|(open, close)| {
        let (ends, starts) = (text.find(close.as_str()), text.find(open.as_str()));
        ends.zip(starts).is_some_and(|(ends, starts)| ends < starts)
            && text.matches(open.as_str()).count() == 1
            && text.matches(close.as_str()).count() == 1
    })?;
    Some(text.replace(close.as_str(), "").replace(open.as_str(), ""))
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

fn turning(words: &FrameWords, sentence: &Sentence) -> Vec<usize> {
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
