//! Labels that a step names beside those of its actions: in conditions, results and notes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::model::{Action, LabelPlace, Procedure, SegmentId, Step, Texts, UiTarget};
use super::orders::Reader;
use super::reading::Reading;
use crate::locale::FrameWords;
use crate::termbase::{Marked, Sentence, is_path_sign};

/// Finds them for the steps of all procedures of an article. Bold is also emphasis: a stretch counts
/// where a control stands beside it, a verb of the screen before it, an action in its sentence, or
/// where a step of the article does something to a label of this name.
pub(super) fn find(procedures: &mut [Procedure], reading: &Reading<'_>, words: &'static FrameWords) {
    let mut finder = Finder { reading, words, known: BTreeSet::new(), used: BTreeSet::new() };
    for procedure in procedures.iter() {
        procedure.steps.iter().for_each(|step| finder.learn(step));
    }
    for procedure in procedures {
        procedure.steps.iter_mut().for_each(|step| finder.of_step(step));
    }
}

struct Finder<'r, 'a> {
    reading: &'r Reading<'a>,
    words: &'static FrameWords,
    /// The labels of actions, in lower case.
    known: BTreeSet<String>,
    /// Where labels of actions stand: segment and first byte.
    used: BTreeSet<(usize, u32)>,
}

impl Finder<'_, '_> {
    fn learn(&mut self, step: &Step) {
        for action in step.actions.iter().chain(step.arms().iter().flat_map(|arm| &arm.actions)) {
            let Some(target) = &action.target else { continue };
            self.used.extend(target.at.iter().map(|at| (at.passage, at.span.start)));
            if !target.at.is_empty() {
                self.known.extend(target.label.values().map(|it| it.to_lowercase()));
            }
        }
        step.inner().iter().for_each(|step| self.learn(step));
    }

    fn of_step(&self, step: &mut Step) {
        let arms = step.arms().iter().flat_map(|arm| &arm.segments);
        let alerts = step.alerts.iter().flat_map(|alert| &alert.segments);
        let segments: BTreeSet<usize> =
            step.segments.iter().chain(arms).chain(alerts).filter_map(|it| self.place(it)).collect();
        let first = step.segments.first().filter(|_| !step.id.contains('.')).and_then(|it| self.place(it));
        let named = segments.into_iter().flat_map(|at| self.of_segment(at, Some(at) != first));
        step.named = named.collect();
        step.inner_mut().iter_mut().for_each(|step| self.of_step(step));
    }

    fn place(&self, segment: &SegmentId) -> Option<usize> {
        self.reading.outline.passages.iter().position(|(number, _)| number == segment)
    }

    /// `inner` says whether it stands under a step, or behind the first segment of one.
    fn of_segment(&self, passage: usize, inner: bool) -> Vec<UiTarget> {
        let sentence = &self.reading.sentences[passage];
        let segment = &self.reading.outline.passages[passage].0;
        let mut found = Vec::new();
        for range in sentence.sentences() {
            let reader = Reader { words: self.words, sentence, segment, passage, end: range.end };
            for at in self.labels_in(&reader, range.clone(), inner) {
                let Some(label) = sentence.label(at) else { continue };
                let texts = |text: &String| Texts::from([(String::new(), text.clone())]);
                let Some((own, path)) = label.parts.split_last() else { continue };
                let place = |part| LabelPlace { passage, span: label.span, part };
                found.push(UiTarget {
                    label: texts(own),
                    path: path.iter().map(texts).collect(),
                    control: super::targets::control(&reader, at, range.start),
                    href: label.href.clone(),
                    at: (0..label.parts.len()).map(place).collect(),
                });
            }
        }
        found
    }

    /// The marked stretches of a sentence that are labels and belong to no action.
    fn labels_in(&self, reader: &Reader<'_>, range: Range<usize>, inner: bool) -> Vec<usize> {
        let sentence = reader.sentence;
        let is_used = |label: &Marked| self.used.contains(&(reader.passage, label.span.start));
        let mut ordered: Option<bool> = None;
        let mut is_label = |at: usize, label: &Marked| {
            let text = label.parts.last().map(|it| it.to_lowercase()).unwrap_or_default();
            let names_control =
                text.rsplit(' ').next().is_some_and(|last| text.contains(' ') && self.words.controls.has(last));
            let mut orders = || {
                *ordered.get_or_insert_with(|| {
                    let acts = |it: &Action| it.target.is_some() && self.words.leading.has(&it.verb);
                    reader.orders(range.clone()).actions.iter().any(acts)
                })
            };
            is_used(label)
                || super::targets::control(reader, at, range.start).is_some()
                || names_control && !label.slanted
                || self.known.contains(&text)
                || self.follows_verb(reader, at, range.start)
                || self.follows_state(sentence, at, range.start)
                || is_in_path(sentence, at)
                || (begins_item(sentence, at, range.start, inner) && is_title(sentence, at) && !label.slanted)
                || (!label.weak && orders())
        };
        let marked: Vec<(usize, &Marked)> = range.clone().filter_map(|at| Some((at, sentence.label(at)?))).collect();
        let mut are: Vec<bool> = marked.iter().map(|(at, label)| is_label(*at, label)).collect();
        // "**Draft**, **Live**, or **Ended**": what is said of one is said of all.
        let beside = |one: usize, other: usize| self.is_listed(sentence, marked[one].0, marked[other].0);
        let strong = |it: usize| !marked[it].1.weak;
        for it in 1..marked.len() {
            are[it] |= strong(it) && are[it - 1] && beside(it - 1, it);
        }
        for it in (1..marked.len()).rev() {
            are[it - 1] |= strong(it - 1) && are[it] && beside(it - 1, it);
        }
        let all = marked.iter().zip(are).filter(|((_, label), is_label)| *is_label && !is_used(label));
        all.map(|((at, _), _)| *at).collect()
    }

    /// Whether nothing but commas and joints stands between two labels.
    fn is_listed(&self, sentence: &Sentence, one: usize, other: usize) -> bool {
        let joins = |at: usize| {
            let joint = self.words.joints.has(&sentence.tokens[at].word);
            joint || sentence.sign(at).is_some_and(|it| matches!(it, ',' | '/'))
        };
        other > one + 1 && (one + 1..other).all(joins)
    }

    /// "is set to **None**", "you'll see **Done**"
    fn follows_state(&self, sentence: &Sentence, at: usize, from: usize) -> bool {
        let mut before = at;
        while before > from && self.words.determiners.has(&sentence.tokens[before - 1].word) {
            before -= 1;
        }
        let states = [&self.words.states, &self.words.results];
        let stops = |start: usize| {
            let ends = |length: usize| start + length == before;
            states.iter().any(|words| sentence.phrase(words, start).is_some_and(ends))
        };
        (from.max(before.saturating_sub(4))..before).any(stops)
    }

    /// "When you select **Submit**", "by opening **Settings**"
    fn follows_verb(&self, reader: &Reader<'_>, at: usize, from: usize) -> bool {
        let sentence = reader.sentence;
        let mut before = at;
        while before > from && self.words.determiners.has(&sentence.tokens[before - 1].word) {
            before -= 1;
        }
        (from.max(before.saturating_sub(3))..before).any(|start| {
            let verbs = [&self.words.verbs, &self.words.gerunds].into_iter();
            let mut found = verbs.filter_map(|verbs| verbs.at(sentence.words(start)));
            found.any(|(length, name)| start + length == before && self.words.leading.has(name))
        })
    }
}

/// Whether a sign of a path stands beside a label: "under **A** > **B**".
fn is_in_path(sentence: &Sentence, at: usize) -> bool {
    let signed = |at: usize| sentence.sign(at).is_some_and(is_path_sign);
    let after = signed(at + 1) && sentence.label(at + 2).is_some();
    after
        || at > 1 && signed(at - 1) && sentence.label(at - 2).is_some()
        || sentence.label(at).is_some_and(|label| label.parts.len() > 1)
}

/// Whether something said of a thing begins at a label: an item, or what stands behind a colon.
fn begins_item(sentence: &Sentence, at: usize, from: usize, inner: bool) -> bool {
    inner && at == from || at > from && sentence.sign(at - 1) == Some(':')
}

/// A title of more words is a sentence.
const MAX_TITLE: usize = 7;

/// `**Name**: …`, `**Name:** …`, `**Name** – …`
fn is_title(sentence: &Sentence, at: usize) -> bool {
    let inside =
        sentence.tokens.get(at).is_some_and(|label| sentence.text[label.range.clone()].trim_end().ends_with(':'));
    let short = sentence.label(at).is_some_and(|label| label.parts.iter().all(|it| it.split(' ').count() < MAX_TITLE));
    short && (inside || matches!(sentence.sign(at + 1), Some(':' | '–' | '—')))
}
