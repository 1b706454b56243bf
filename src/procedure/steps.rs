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
    let own: Vec<&Passage<'_>> = own_passages(item).collect();
    step.optional = own.first().is_some_and(|first| is_optional(reading, words, first));
    let has_list = item.blocks.iter().any(|block| matches!(block, Block::List(_)));
    let orders = own.iter().flat_map(|it| reading.orders(it, words).into_iter().map(|orders| (**it, orders)));
    take_orders(reading, &mut step, orders.collect(), !has_list);
    for block in &item.blocks {
        add(reading, words, &mut step, block);
    }
    step
}

/// Binds a block to a step: its own, or one that stands behind the list and belongs to its last
/// step.
pub(super) fn add(reading: &Reading<'_>, words: &'static FrameWords, step: &mut Step, block: &Block<'_>) {
    match block {
        Block::Paragraph(own) | Block::Tab(own) => {
            for passage in own {
                step.segments.push(reading.number(passage).clone());
                let links = reading.sentence(passage).links.iter();
                step.links.extend(links.map(|(_, href)| href.clone()));
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
                Some(before) => lists::joined(before, body),
            });
        }
        Block::Alert(alert) => step.alerts.push(alert_of(reading, alert)),
        Block::Table(_) => {
            let inside = std::slice::from_ref(block);
            step.segments.extend(passages(inside).into_iter().map(|it| reading.number(it).clone()));
        }
        Block::Image(target) => step.images.push((*target).to_owned()),
        Block::Code => {}
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
    let is_arm = |orders: &Orders| orders.condition.is_some() && !orders.actions.is_empty();
    let arms = all.iter().filter(|(_, orders)| is_arm(orders)).count();
    let branches = may_branch && arms >= 2;
    let mut found: Vec<Arm> = Vec::new();
    let first = all.iter().position(|(_, orders)| !orders.actions.is_empty());
    let ordering = all.iter().filter(|(_, orders)| !orders.actions.is_empty()).count();
    for (index, (passage, orders)) in all.into_iter().enumerate() {
        let segment = reading.number(&passage).clone();
        step.optional |= orders.optional && Some(index) == first;
        if orders.is_result {
            step.results.push(segment);
        } else if branches && is_arm(&orders) {
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
