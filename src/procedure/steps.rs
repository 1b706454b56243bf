//! Lists → steps: what each orders, under which condition, with what stands under it.

use super::lists;
use super::model::{Action, Arm, Body, Condition, Step, StepAlert};
use super::orders::Orders;
use super::outline::{AlertBlock, Block, Item, List, Passage};
use super::reading::{Reading, alert_kind, own_passages, passages};
use crate::locale::FrameWords;

/// The steps of a list. `prefix` is the id of the step they stand under, `before` how many steps
/// of the procedure came before them.
pub(super) fn steps(
    reading: &Reading<'_>,
    words: &'static FrameWords,
    list: &List<'_>,
    prefix: &str,
    before: u32,
) -> Vec<Step> {
    let step = |(index, item)| {
        let ordinal = before + index as u32 + 1;
        let id = if prefix.is_empty() { format!("s{ordinal}") } else { format!("{prefix}.{ordinal}") };
        step(reading, words, item, id, ordinal)
    };
    list.items.iter().enumerate().map(step).collect()
}

fn step(reading: &Reading<'_>, words: &'static FrameWords, item: &Item<'_>, id: String, ordinal: u32) -> Step {
    let written = item.written.map(|number| number.to_string());
    let mut step = Step { id, written, ordinal, ..Step::default() };
    let all: Vec<&Passage<'_>> = own_passages(item).collect();
    let lettered = lettered(reading, &all);
    let own = lettered.as_ref().map_or(all.as_slice(), |(before, _)| before);
    step.optional = own.first().is_some_and(|first| is_optional(reading, words, first));
    let has_list = lettered.is_some() || item.blocks.iter().any(|block| matches!(block, Block::List(_)));
    let orders = own.iter().flat_map(|it| reading.orders(it, words).into_iter().map(|orders| (**it, orders)));
    take_orders(reading, &mut step, orders.collect(), !has_list);
    if let Some((before, items)) = &lettered {
        add(reading, words, &mut step, &Block::Paragraph(before.iter().map(|it| **it).collect()));
        let list = List { ordered: true, items: items.iter().map(|(_, item)| Item::of(item)).collect() };
        let lead = before.last().map(|last| reading.sentence(last));
        step.body = Some(lists::body(reading, words, &list, lead, &step.id));
        for (inner, (letter, _)) in step.inner_mut().iter_mut().zip(items) {
            inner.written = Some(letter.to_string());
        }
    }
    for block in &item.blocks {
        if lettered.is_none() || !matches!(block, Block::Paragraph(_)) {
            add(reading, words, &mut step, block);
        }
    }
    step
}

/// What stands before `a.`, and what stands behind each letter.
type Lettered<'p, 'a> = (Vec<&'p Passage<'a>>, Vec<(char, Vec<&'p Passage<'a>>)>);

/// Sub-steps that are numbered by letters: no list to Markdown, one to the reader.
fn lettered<'p, 'a>(reading: &Reading<'_>, own: &[&'p Passage<'a>]) -> Option<Lettered<'p, 'a>> {
    let letter = |passage: &Passage<'_>| {
        let sentence = reading.sentence(passage);
        let mut word = sentence.tokens.first()?.word.chars();
        let letter = word.next().filter(char::is_ascii_lowercase)?;
        let marks = word.next().is_none() && matches!(sentence.sign(1), Some('.' | ')'));
        marks.then_some((letter, sentence.tokens.len() == 2))
    };
    let (mut before, mut items): Lettered<'p, 'a> = (Vec::new(), Vec::new());
    for &passage in own {
        let next = (b'a' + items.len().min(25) as u8) as char;
        match letter(passage).filter(|(letter, _)| *letter == next) {
            Some((letter, true)) => items.push((letter, Vec::new())),
            Some((letter, false)) => items.push((letter, vec![passage])),
            None => match items.last_mut() {
                Some((_, item)) => item.push(passage),
                None => before.push(passage),
            },
        }
    }
    (items.len() > 1).then_some((before, items))
}

/// Binds a block to a step: its own, or one that stands behind the list and belongs to its last
/// step.
pub(super) fn add(reading: &Reading<'_>, words: &'static FrameWords, step: &mut Step, block: &Block<'_>) {
    match block {
        Block::Paragraph(own) | Block::Tab(own) => {
            for passage in own {
                step.segments.push(reading.number(passage).clone());
                let links = reading.sentence(passage).links.iter();
                step.links.extend(links.map(|(_, href)| href.clone()).chain(reading.link_around(passage)));
            }
        }
        Block::List(list) => {
            let lead = step.segments.last().and_then(|last| {
                let index = reading.outline.passages.iter().position(|(number, _)| number == last)?;
                Some(&reading.sentences[index])
            });
            let body = lists::body(reading, words, list, lead, &step.id);
            step.body = Some(match step.body.take() {
                None => body,
                Some(before) => lists::joined(before, body, &step.id),
            });
        }
        Block::Alert(alert) => step.alerts.push(alert_of(reading, alert)),
        Block::Table(_) => {
            let inside = std::slice::from_ref(block);
            step.segments.extend(passages(inside).into_iter().map(|it| reading.number(it).clone()));
        }
        Block::Image(image) => step.images.push(image.source.to_string()),
        Block::Code(_) => {}
    }
}

/// Adds what the sentences of a paragraph order that belongs to a step.
pub(super) fn add_orders(reading: &Reading<'_>, words: &'static FrameWords, step: &mut Step, own: &[Passage<'_>]) {
    for passage in own {
        for orders in reading.orders(passage, words) {
            if orders.is_result {
                step.results.push(reading.number(passage).clone());
            }
            step.actions.extend(conditioned(orders));
        }
    }
    step.results.dedup();
}

pub(super) fn alert_of(reading: &Reading<'_>, alert: &AlertBlock<'_>) -> StepAlert {
    let segments = passages(&alert.blocks).into_iter().map(|it| reading.number(it).clone()).collect();
    StepAlert { kind: alert_kind(alert.kind).to_owned(), segments }
}

fn take_orders(reading: &Reading<'_>, step: &mut Step, all: Vec<(Passage<'_>, Orders)>, may_branch: bool) {
    let is_arm = |orders: &Orders| orders.branches && orders.condition.is_some() && !orders.actions.is_empty();
    let arms = all.iter().filter(|(_, orders)| is_arm(orders)).count();
    let branches = may_branch && arms >= 2;
    let mut found: Vec<Arm> = Vec::new();
    let first = all.iter().position(|(_, orders)| !orders.actions.is_empty());
    let ordering = all.iter().filter(|(_, orders)| !orders.actions.is_empty()).count();
    for (index, (passage, orders)) in all.into_iter().enumerate() {
        let segment = reading.number(&passage).clone();
        step.optional |= orders.optional && Some(index) == first;
        if orders.is_result {
            step.results.push(segment.clone());
        }
        if branches && is_arm(&orders) {
            let when = orders.condition.clone().unwrap_or_default();
            found.push(Arm { when, actions: orders.actions, segments: vec![segment] });
        } else if Some(index) == first && ordering == 1 && orders.condition.is_some() {
            step.when = orders.condition;
            step.actions.extend(orders.actions);
        } else {
            step.actions.extend(conditioned(orders));
        }
    }
    step.results.dedup();
    if branches {
        step.body = Some(Body::Branch { on: None, arms: found });
    }
}

/// The actions of a sentence, each with the condition of all.
fn conditioned(orders: Orders) -> Vec<Action> {
    let condition: Option<Condition> = orders.condition;
    let mut actions = orders.actions;
    for action in &mut actions {
        if action.when.is_none() {
            action.when.clone_from(&condition);
        }
    }
    actions
}

/// "(Optional) …", "… (optional)"
fn is_optional(reading: &Reading<'_>, words: &FrameWords, passage: &Passage<'_>) -> bool {
    let sentence = reading.sentence(passage);
    let is = |at: usize| sentence.words(at).next().is_some_and(|word| words.optional.has(word));
    let enclosed = |at: usize| sentence.sign(at) == Some('(') && is(at + 1) && sentence.sign(at + 2) == Some(')');
    (0..sentence.tokens.len()).any(enclosed)
}
