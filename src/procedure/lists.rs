//! What a list is: steps, a choice, things that all hold; and which lists are procedures.

use super::model::{Arm, Body, Step};
use super::outline::{Block, Item, List};
use super::reading::{Reading, own_passages};
use super::steps;
use crate::locale::FrameWords;
use crate::termbase::Sentence;

/// Whether the items of a list tell a reader what to do, one after the other.
pub(super) fn is_procedure(reading: &Reading<'_>, words: &'static FrameWords, list: &List<'_>, sure: bool) -> bool {
    let ordering = list.items.iter().filter(|item| orders(reading, words, item)).count();
    let all = list.items.len();
    if ordering < all && list.items.iter().all(|item| is_terse(reading, words, item)) {
        return false;
    }
    // "You either: 1. … or 2. …": a choice, and no steps.
    if list.items.len() <= MAX_ARMS && are_alternatives(reading, words, list) {
        return false;
    }
    // Where the first is done on a screen, others may say what somebody else does.
    if sure && ordering * 4 >= all && list.items.first().is_some_and(|first| names_label(reading, words, first)) {
        return true;
    }
    ordering > 0 && if sure { ordering * 3 >= all } else { ordering * 2 >= all }
}

/// Whether a bulleted list tells a reader what to do on a screen: most items do, and name labels.
pub(super) fn is_bulleted_procedure(reading: &Reading<'_>, words: &'static FrameWords, list: &List<'_>) -> bool {
    let ordering = list.items.iter().filter(|item| begins_with_order(reading, words, item)).count();
    let labels = list.items.iter().any(|item| names_label(reading, words, item));
    labels && ordering * 4 >= list.items.len() * 3
}

/// Whether an item is a few words that may be a name: "Offer name", "Search results".
fn is_terse(reading: &Reading<'_>, words: &FrameWords, item: &Item<'_>) -> bool {
    let mut own = own_passages(item);
    let (Some(only), None) = (own.next(), own.next()) else { return false };
    let sentence = reading.sentence(only);
    let is_plain = |at: usize| {
        let is_word = sentence.label(at).is_none() && sentence.sign(at).is_none();
        is_word && sentence.phrase(&words.determiners, at).is_none()
    };
    sentence.tokens.len() <= MAX_NAME_WORDS && item.blocks.len() == 1 && (0..sentence.tokens.len()).all(is_plain)
}

/// A longer list that says "or" somewhere is no choice as a whole.
const MAX_ARMS: usize = 3;
/// So many words a name has that stands in a list.
const MAX_NAME_WORDS: usize = 4;

/// Whether an item orders something to be done to a UI element.
fn names_label(reading: &Reading<'_>, words: &'static FrameWords, item: &Item<'_>) -> bool {
    let mut actions = own_passages(item).flat_map(|it| reading.orders(it, words)).flat_map(|it| it.actions);
    actions.any(|it| it.target.is_some())
}

/// Whether an item, or what stands under it, orders something.
fn orders(reading: &Reading<'_>, words: &'static FrameWords, item: &Item<'_>) -> bool {
    let own = own_passages(item).any(|it| {
        if is_link(reading.sentence(it)) || reading.link_around(it).is_some_and(|href| names_article(&href)) {
            return false;
        }
        let all = reading.orders(it, words);
        all.iter().any(|orders| orders.actions.iter().any(|action| !action.optional))
    });
    own || item.blocks.iter().any(|block| match block {
        Block::List(list) => list.items.iter().any(|item| orders(reading, words, item)),
        _ => false,
    })
}

/// Whether a sentence is nothing but the name of another article.
fn is_link(sentence: &Sentence) -> bool {
    let text = sentence.text.trim_end().trim_end_matches('.');
    let whole = |(link, href): &(std::ops::Range<usize>, String)| {
        names_article(href) && sentence.text[..link.start].trim().is_empty() && link.end >= text.len()
    };
    sentence.links.iter().any(whole)
}

fn names_article(href: &str) -> bool {
    !href.contains("://") && !href.starts_with('#')
}

/// Whether the first sentence of an item orders something.
fn begins_with_order(reading: &Reading<'_>, words: &'static FrameWords, item: &Item<'_>) -> bool {
    let first = own_passages(item).next().and_then(|it| reading.orders(it, words).into_iter().next());
    first.is_some_and(|orders| orders.actions.iter().any(|action| !action.optional))
}

/// What stands under a step, by its lead-in and the shape of its items.
pub(super) fn body(
    reading: &Reading<'_>,
    words: &'static FrameWords,
    list: &List<'_>,
    lead: Option<&Sentence>,
    id: &str,
) -> Body {
    let says = |phrases| lead.is_some_and(|lead| lead.holds(phrases, 0..lead.tokens.len()));
    let items = || steps::steps(reading, words, list, id, 0);
    if says(&words.all_of) && !says(&words.any_of) {
        return if list.ordered { Body::Steps { steps: items() } } else { Body::All { items: items() } };
    }
    if says(&words.any_of) {
        return Body::Choice { exclusive: false, items: items() };
    }
    if says(&words.one_of) || are_alternatives(reading, words, list) {
        return Body::Choice { exclusive: true, items: items() };
    }
    let items = items();
    let conditioned = items.iter().filter(|step| condition(step).is_some()).count();
    if !list.ordered && conditioned >= 2 && conditioned == items.len() {
        let plain = items.iter().all(|it| it.body.is_none() && it.alerts.is_empty() && it.images.is_empty());
        return match plain {
            true => Body::Branch { on: None, arms: items.into_iter().map(arm).collect() },
            // An arm with a list of its own stays a step.
            false => Body::Choice { exclusive: true, items },
        };
    }
    // "Choose what comes back: to bring back all of it, select …"
    let chooses = lead.is_some_and(|lead| {
        let verb = words.verbs.at(lead.words(0)).map(|(_, name)| name);
        verb.is_some_and(|verb| words.choosing.has(verb))
    });
    let with_purpose = items.iter().filter(|step| step.actions.first().is_some_and(|it| it.purpose.is_some())).count();
    if chooses && !list.ordered && with_purpose >= 2 && with_purpose == items.len() {
        return Body::Choice { exclusive: true, items };
    }
    if list.ordered { Body::Steps { steps: items } } else { Body::All { items } }
}

/// Two lists under one step.
pub(super) fn joined(before: Body, after: Body, id: &str) -> Body {
    let shifted = |mut steps: Vec<Step>, by: usize| {
        for (index, step) in steps.iter_mut().enumerate() {
            step.ordinal = (by + index) as u32 + 1;
            let old = step.id.clone();
            let parent = old.rsplit_once('.').map_or("", |(parent, _)| parent);
            let new = format!("{parent}.{}", step.ordinal);
            rename(step, &old, &new);
        }
        steps
    };
    let steps_of = |body: Body| match body {
        Body::Steps { steps } => steps,
        Body::All { items } | Body::Choice { items, .. } => items,
        Body::Branch { arms, .. } => arms.into_iter().map(|arm| step_of(arm, id)).collect(),
    };
    match (before, after) {
        (Body::Branch { on, mut arms }, Body::Branch { arms: more, .. }) => {
            arms.extend(more);
            Body::Branch { on, arms }
        }
        (before @ Body::Branch { .. }, after) => {
            let mut items = shifted(steps_of(before), 0);
            let more = shifted(steps_of(after), items.len());
            items.extend(more);
            Body::All { items }
        }
        (Body::Steps { mut steps }, after) => {
            let more = shifted(steps_of(after), steps.len());
            steps.extend(more);
            Body::Steps { steps }
        }
        (Body::All { mut items }, after) => {
            let more = shifted(steps_of(after), items.len());
            items.extend(more);
            Body::All { items }
        }
        (Body::Choice { exclusive, mut items }, after) => {
            let more = shifted(steps_of(after), items.len());
            items.extend(more);
            Body::Choice { exclusive, items }
        }
    }
}

/// Gives a step another id, and with it those under it.
fn rename(step: &mut Step, old: &str, new: &str) {
    if let Some(rest) = step.id.strip_prefix(old) {
        step.id = format!("{new}{rest}");
    }
    step.inner_mut().iter_mut().for_each(|step| rename(step, old, new));
}

/// Whether an item but the last ends with "or": ", or".
pub(super) fn are_alternatives(reading: &Reading<'_>, words: &FrameWords, list: &List<'_>) -> bool {
    let Some((_, items)) = list.items.split_last() else { return false };
    items.iter().any(|item| {
        let Some(last) = own_passages(item).last() else { return false };
        let sentence = reading.sentence(last);
        // "… **A** or **B**." ends with a label.
        let word = sentence.tokens.iter().rev().find(|token| token.word.is_empty() || sentence_word(&token.word));
        word.is_some_and(|token| words.alternative.has(&token.word))
    })
}

fn sentence_word(word: &str) -> bool {
    word.chars().all(char::is_alphanumeric)
}

/// The condition that all of a step stands under.
fn condition(step: &Step) -> Option<&super::model::Condition> {
    step.when.as_ref().or_else(|| step.actions.first()?.when.as_ref())
}

/// An arm as a step under the one with this id.
fn step_of(arm: Arm, id: &str) -> Step {
    let Arm { when, actions, segments } = arm;
    Step { id: format!("{id}.1"), when: Some(when), actions, segments, ..Step::default() }
}

fn arm(step: Step) -> Arm {
    let when = condition(&step).cloned().unwrap_or_default();
    let mut actions = step.actions;
    for action in actions.iter_mut().filter(|it| it.when.as_ref() == Some(&when)) {
        action.when = None;
    }
    Arm { when, actions, segments: step.segments }
}
