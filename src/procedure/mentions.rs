//! Labels that a step names beside those of its actions: in conditions, results and notes.

use std::collections::BTreeSet;

use super::model::{Action, LabelPlace, Procedure, SegmentId, Step, Texts, UiTarget};
use super::orders::Reader;
use super::reading::Reading;
use crate::locale::FrameWords;
use crate::termbase::Sentence;

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
            let end = range.end;
            let reader = Reader { words: self.words, sentence, segment, passage, end };
            let mut ordered: Option<bool> = None;
            for at in range.clone() {
                let Some(label) = sentence.label(at) else { continue };
                if self.used.contains(&(passage, label.span.start)) {
                    continue;
                }
                let control = super::targets::control(&reader, at, range.start);
                let text = label.parts.last().map(|it| it.to_lowercase()).unwrap_or_default();
                let names_control =
                    text.rsplit(' ').next().is_some_and(|last| text.contains(' ') && self.words.controls.has(last));
                let mut orders = || {
                    *ordered.get_or_insert_with(|| {
                        let acts = |it: &Action| it.target.is_some() && self.words.leading.has(&it.verb);
                        reader.orders(range.clone()).actions.iter().any(acts)
                    })
                };
                let is_label = control.is_some()
                    || names_control
                    || self.known.contains(&text)
                    || self.follows_verb(&reader, at, range.start)
                    || self.follows_state(sentence, at, range.start)
                    || (inner && at == range.start && is_title(sentence, at))
                    || (!label.weak && orders());
                if !is_label {
                    continue;
                }
                let texts = |text: &String| Texts::from([(String::new(), text.clone())]);
                let Some((own, path)) = label.parts.split_last() else { continue };
                let place = |part| LabelPlace { passage, span: label.span, part };
                found.push(UiTarget {
                    label: texts(own),
                    path: path.iter().map(texts).collect(),
                    control,
                    href: label.href.clone(),
                    at: (0..label.parts.len()).map(place).collect(),
                });
            }
        }
        found
    }

    /// "is set to **None**"
    fn follows_state(&self, sentence: &Sentence, at: usize, from: usize) -> bool {
        let stops = |start: usize| sentence.phrase(&self.words.states, start).is_some_and(|it| start + it == at);
        (from.max(at.saturating_sub(2))..at).any(stops)
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

/// A title of more words is a sentence.
const MAX_TITLE: usize = 7;

/// `**Name**: …`, `**Name:** …`
fn is_title(sentence: &Sentence, at: usize) -> bool {
    let inside =
        sentence.tokens.get(at).is_some_and(|label| sentence.text[label.range.clone()].trim_end().ends_with(':'));
    let short = sentence.label(at).is_some_and(|label| label.parts.iter().all(|it| it.split(' ').count() < MAX_TITLE));
    short && (inside || sentence.sign(at + 1) == Some(':'))
}
