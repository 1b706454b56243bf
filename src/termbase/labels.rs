//! The labels of a translation: which of them stands for which of the source.

use std::collections::BTreeMap;

use super::marks::{Mark, all_bold, bare, marks};
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
            let Some(target) = target else {
                found.extend(untranslated(index, &pairs[index], marked));
                continue;
            };
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

/// A label that a target leaves as it is, without marks.
fn untranslated(index: usize, pair: &Pair<'_, '_>, label: &Marked) -> Option<Rendering> {
    let [text] = &label.parts[..] else { return None };
    memchr::memmem::find(pair.target.raw().as_bytes(), text.as_bytes())?;
    let (sentence, ..) = Sentence::stretches(&pair.target);
    let at = sentence.text.find(text.as_str())?;
    let range = at..at + text.len();
    let letter = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
    let within = letter(sentence.text[..at].chars().next_back()) || letter(sentence.text[range.end..].chars().next());
    let place = Some(sentence.cover(&range)?).filter(|_| !within)?;
    Some(Rendering { pair: index, source: label.span, part: 0, text: text.clone(), place: Some(place) })
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
    let names: Vec<String> = source.iter().map(|it| key(&it.parts.join(" > "))).collect();
    let called: Vec<String> = targets.iter().map(|it| key(&it.text)).collect();
    let take = |chosen: &mut Vec<Option<usize>>, free: &mut Vec<bool>, is: &dyn Fn(usize, usize) -> bool| {
        for (index, slot) in chosen.iter_mut().enumerate() {
            if slot.is_none()
                && let Some(at) = (0..targets.len()).find(|&at| free[at] && is(index, at))
            {
                (*slot, free[at]) = (Some(at), false);
            }
        }
    };
    take(&mut chosen, &mut free, &|one, other| names[one] == called[other]);
    take(&mut chosen, &mut free, &|one, other| source[one].href.is_some() && source[one].href == targets[other].href);
    take(&mut chosen, &mut free, &|one, other| {
        known.get(&names[one]).is_some_and(|votes| votes.contains_key(&targets[other].text))
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
