//! What the reader decides or gives in a procedure, and the branches that depend on it.

use super::model::{Action, Body, Input, Procedure, SegmentId, Step};
use super::outline::slug;
use super::reading::Reading;
use crate::locale::FrameWords;

/// A longer object is a sentence and no name of an input.
const MAX_WORDS: usize = 6;

/// Finds the inputs of a procedure, and what depends on them.
pub(super) fn find(procedure: &mut Procedure, reading: &Reading<'_>, words: &'static FrameWords) {
    let mut inputs: Vec<Input> = Vec::new();
    let mut steps = std::mem::take(&mut procedure.steps);
    steps.iter_mut().for_each(|step| of_step(step, &mut inputs, reading, words));
    steps.iter_mut().for_each(|step| bind(step, &inputs));
    // What is chosen matters only where something depends on it, or where it is said what there is.
    let used: Vec<String> = steps.iter().flat_map(used).collect();
    inputs.retain(|input| !input.options.is_empty() || used.contains(&input.id) || is_given(&steps, input, words));
    steps.iter_mut().for_each(|step| forget(step, &inputs));
    (procedure.steps, procedure.inputs) = (steps, inputs);
}

fn of_step(step: &mut Step, inputs: &mut Vec<Input>, reading: &Reading<'_>, words: &'static FrameWords) {
    let (id, segments) = (step.id.clone(), step.segments.clone());
    let mut take = |action: &mut Action| {
        let given = words.giving.has(&action.verb);
        if action.target.is_some() || !(given || words.choosing.has(&action.verb)) {
            return;
        }
        let Some(object) = &action.object else { return };
        for part in parts(object, words, given) {
            let name = slug(part);
            action.inputs.push(name.clone());
            if inputs.iter().any(|input| input.id == name) {
                continue;
            }
            let found = (!given).then(|| options(&action.segment, &segments, reading, words)).flatten();
            let (options, segment) = found.unwrap_or_else(|| (Vec::new(), action.segment.clone()));
            inputs.push(Input { id: name, options, step: Some(id.clone()), segment });
        }
    };
    step.actions.iter_mut().for_each(&mut take);
    step.arms_mut().iter_mut().flat_map(|arm| &mut arm.actions).for_each(&mut take);
    step.inner_mut().iter_mut().for_each(|step| of_step(step, inputs, reading, words));
}

/// "a contact name, phone number, and email address"
fn parts<'t>(object: &'t str, words: &FrameWords, given: bool) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = vec![object];
    if given {
        rest = object.split([',', ';']).collect();
    }
    for piece in rest {
        let mut start = 0;
        let mut ends: Vec<&str> = Vec::new();
        if given {
            for (at, _) in piece.match_indices(' ') {
                let word = piece[at + 1..].split(' ').next().unwrap_or_default();
                if words.joints.has(&word.to_lowercase()) {
                    ends.push(&piece[start..at]);
                    start = at + 1 + word.len();
                }
            }
        }
        ends.push(&piece[start..]);
        found.extend(ends.into_iter().map(|it| bare(it, words)));
    }
    found.retain(|it| !it.is_empty() && it.split(' ').nth(MAX_WORDS).is_none());
    found
}

/// Without joints and words that only stand before a noun.
fn bare<'t>(text: &'t str, words: &FrameWords) -> &'t str {
    let mut text = text.trim();
    while let Some((first, rest)) = text.split_once(' ') {
        let first = first.to_lowercase();
        if !words.joints.has(&first) && !words.determiners.has(&first) {
            break;
        }
        text = rest.trim_start();
    }
    text
}

/// "You can pay using a credit card or an electronic bank transfer.", said right behind it.
fn options(
    of: &SegmentId,
    segments: &[SegmentId],
    reading: &Reading<'_>,
    words: &FrameWords,
) -> Option<(Vec<String>, SegmentId)> {
    let at = reading.outline.passages.iter().position(|(number, _)| number == of)?;
    let (number, _) = reading.outline.passages.get(at + 1).filter(|(number, _)| segments.contains(number))?;
    let sentence = &reading.sentences[at + 1];
    let offers = sentence.holds(&words.offers, 0..2.min(sentence.tokens.len()));
    let from = (0..sentence.tokens.len()).find(|&at| sentence.phrase(&words.options, at).is_some())?;
    let or = (from + 1..sentence.tokens.len()).rfind(|&at| sentence.phrase(&words.alternative, at).is_some())?;
    if !offers {
        return None;
    }
    let end = sentence.tokens.len();
    let mut found: Vec<&str> = sentence.slice(from + 1..or).split(',').collect();
    found.push(sentence.slice(or + 1..end));
    let found: Vec<String> =
        found.into_iter().map(|it| bare(it, words).to_owned()).filter(|it| !it.is_empty()).collect();
    let short = found.iter().all(|it| it.split(' ').nth(MAX_WORDS).is_none());
    (short && found.len() >= 2).then(|| (found, number.clone()))
}

/// Says of a branch which input it depends on: most of its arms name an option of it.
fn bind(step: &mut Step, inputs: &[Input]) {
    if let Some(Body::Branch { on, arms }) = &mut step.body {
        let names = |input: &&Input| {
            let named = |text: &str| input.options.iter().any(|it| text.to_lowercase().contains(&it.to_lowercase()));
            arms.iter().filter(|arm| named(&arm.when.text)).count() * 2 > arms.len()
        };
        *on = inputs.iter().find(names).map(|input| input.id.clone());
    }
    step.inner_mut().iter_mut().for_each(|step| bind(step, inputs));
}

fn used(step: &Step) -> Vec<String> {
    match &step.body {
        Some(Body::Branch { on, .. }) => on.iter().cloned().collect(),
        _ => step.inner().iter().flat_map(used).collect(),
    }
}

/// All actions of a step and of what stands under it.
pub(super) fn actions(step: &Step) -> Vec<&Action> {
    let mut found: Vec<&Action> = step.actions.iter().collect();
    found.extend(step.arms().iter().flat_map(|arm| &arm.actions));
    found.extend(step.inner().iter().flat_map(actions));
    found
}

fn is_given(steps: &[Step], input: &Input, words: &FrameWords) -> bool {
    let all = steps.iter().flat_map(actions);
    all.filter(|action| action.inputs.contains(&input.id)).any(|action| words.giving.has(&action.verb))
}

fn forget(step: &mut Step, inputs: &[Input]) {
    let keep = |action: &mut Action| action.inputs.retain(|it| inputs.iter().any(|input| input.id == *it));
    step.actions.iter_mut().for_each(keep);
    step.arms_mut().iter_mut().flat_map(|arm| &mut arm.actions).for_each(keep);
    step.inner_mut().iter_mut().for_each(|step| forget(step, inputs));
}
