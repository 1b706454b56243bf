//! Procedures that let a reader act, as far as a policy that says when may contradict them: those
//! under a heading that names the action, with a step whose label names it too.

use super::super::outline::{Block, Passage};
use super::clause::Reader;
use super::stated::{Kept, Stated};
use crate::locale::Sort;

pub(super) fn gates(reader: &Reader<'_, '_>, stated: &mut Vec<Stated>) {
    let policies = &reader.frames.policies;
    for section in &reader.outline.sections {
        let Some(title) = section.title.first() else { continue };
        let plain = reader.plain(title.index);
        let marks = reader.marks(&plain);
        let is_switch = marks.iter().any(|it| matches!(it.sort, Sort::Switch | Sort::Automatic));
        let action = marks.iter().find(|it| it.sort == Sort::Action && policies.windows.contains_key(it.name));
        let Some(action) = action.filter(|_| !is_switch) else { continue };
        let lists = section.blocks.iter().filter_map(|block| match block {
            Block::List(list) if list.ordered && list.items.len() > 1 => Some(list),
            _ => None,
        });
        for list in lists {
            let steps = list.items.iter().flat_map(|item| item.blocks.iter()).flat_map(|block| match block {
                Block::Paragraph(own) => own.as_slice(),
                _ => &[],
            });
            let named = steps.into_iter().find_map(|step| label_of(reader, step, action.name));
            let Some((step, text)) = named else { continue };
            let subject = reader.heading_subject(title.index);
            let kind = &policies.windows[action.name];
            let mut it = Stated {
                subject: subject.words,
                heads: subject.heads,
                text,
                place: step.side.span,
                passage: step.index,
                kin: policies.kin.get(kind).unwrap_or(kind).to_string(),
                kept: Kept::Procedure,
                section: section.id.clone(),
                ..Stated::default()
            };
            it.policy.kind = kind.to_string();
            it.policy.action = Some(action.name.to_owned());
            stated.push(it);
            break;
        }
    }
}

/// A step with a label that names the action.
fn label_of<'p, 'a>(reader: &Reader<'_, '_>, step: &'p Passage<'a>, action: &str) -> Option<(&'p Passage<'a>, String)> {
    let plain = reader.plain(step.index);
    if plain.emphasis.is_empty() {
        return None;
    }
    let marks = reader.marks(&plain);
    let inside = |start: usize, end: usize| plain.emphasis.iter().find(|(from, to)| *from <= start && end <= *to);
    let switched = |(from, to): (usize, usize)| {
        marks.iter().any(|it| matches!(it.sort, Sort::Switch | Sort::Automatic) && from <= it.start && it.end <= to)
    };
    let label = marks
        .iter()
        .filter(|it| it.sort == Sort::Action && it.name == action)
        .find_map(|it| inside(it.start, it.end).filter(|it| !switched(**it)))?;
    Some((step, plain.text[label.0..label.1].to_owned()))
}
