//! An article → what stays on its page, with a card in the place of each procedure, and what goes
//! onto the pages of its procedures. Nothing is lost: what stands between the first and the last
//! sentence of a procedure – code, tables, images – goes with it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::render::prose;
use crate::render::steps::each_slot;
use crate::render::topic::{Article, Block, Body, Item, Procedure, Slot, Step};

/// A piece of a section.
pub(super) enum Piece<'a> {
    Block(Cow<'a, Block>),
    /// The procedure with this place.
    Card(usize),
}

/// An article in pieces.
pub(super) struct Parts<'a> {
    /// What stays, by section.
    pub sections: Vec<Vec<Piece<'a>>>,
    /// What stands on the page of each procedure.
    pub procedures: Vec<Vec<Cow<'a, Block>>>,
}

impl<'a> Parts<'a> {
    pub fn of(article: &'a Article) -> Self {
        let mut procedures: Vec<Vec<Cow<'a, Block>>> = article.procedures.iter().map(|_| Vec::new()).collect();
        let mut sections = Vec::with_capacity(article.sections.len());
        let mut met = HashSet::new();
        for section in &article.sections {
            let own = article.procedures.iter().enumerate();
            let own: Vec<usize> =
                own.filter(|(_, it)| it.head.section == section.head.section).map(|(at, _)| at).collect();
            met.extend(own.iter().copied());
            sections.push(split(&section.blocks, article, &own, &mut procedures));
        }
        // One whose section is not known.
        for (at, procedure) in article.procedures.iter().enumerate().filter(|(at, _)| !met.contains(at)) {
            procedures[at] = written(procedure);
            if let Some(last) = sections.last_mut() {
                last.push(Piece::Card(at));
            }
        }
        Parts { sections, procedures }
    }
}

fn split<'a>(
    blocks: &'a [Block],
    article: &'a Article,
    own: &[usize],
    procedures: &mut [Vec<Cow<'a, Block>>],
) -> Vec<Piece<'a>> {
    let mut owner: HashMap<&str, usize> = HashMap::new();
    for &at in own {
        each_slot(&article.procedures[at], &mut |slot| {
            owner.entry(&slot.segment).or_insert(at);
        });
    }
    // Which procedures each block is part of, and how many of its texts are.
    let of_block = |block: &Block| -> (BTreeSet<usize>, bool) {
        let all = prose::slots(std::slice::from_ref(block));
        let owners: Vec<usize> = all.iter().filter_map(|it| owner.get(&*it.segment).copied()).collect();
        (owners.iter().copied().collect(), owners.len() * 2 >= all.len())
    };
    let owners: Vec<(BTreeSet<usize>, bool)> = blocks.iter().map(of_block).collect();
    let range = |at: usize| {
        let first = owners.iter().position(|(it, _)| it.contains(&at))?;
        let last = owners.iter().rposition(|(it, _)| it.contains(&at))?;
        let is_whole = owners[first..=last].iter().all(|(it, most)| it.iter().all(|&it| it == at) && *most);
        // What a procedure ends with shows what it did.
        let shows = |it: &&Block| matches!(it, Block::Image(_) | Block::Code { .. });
        let behind = blocks[last + 1..].iter().take_while(shows).count();
        is_whole.then_some((first, last + behind))
    };
    let ranges: HashMap<usize, (usize, usize)> = own.iter().filter_map(|&at| Some((at, range(at)?))).collect();
    for &at in own {
        procedures[at] = match ranges.get(&at) {
            Some(&(first, last)) => blocks[first..=last].iter().map(Cow::Borrowed).collect(),
            None => written(&article.procedures[at]),
        };
    }
    let mut pieces = Vec::new();
    let mut carded = BTreeSet::new();
    for (index, block) in blocks.iter().enumerate() {
        let inside = own.iter().find(|at| ranges.get(at).is_some_and(|&(from, to)| (from..=to).contains(&index)));
        if let Some(&at) = inside {
            if carded.insert(at) {
                pieces.push(Piece::Card(at));
            }
            continue;
        }
        let (mixed, _) = &owners[index];
        pieces.extend(mixed.iter().filter(|&&at| carded.insert(at)).map(|&at| Piece::Card(at)));
        if mixed.is_empty() {
            pieces.push(Piece::Block(Cow::Borrowed(block)));
        } else {
            let is_taken = |slot: &Slot| owner.contains_key(&*slot.segment);
            let rest = prose::of(std::slice::from_ref(block), &is_taken);
            pieces.extend(rest.into_iter().map(|it| Piece::Block(Cow::Owned(it))));
        }
    }
    pieces.extend(own.iter().filter(|&&at| carded.insert(at)).map(|&at| Piece::Card(at)));
    pieces
}

/// A procedure as blocks, where it does not stand in blocks of its own.
fn written<'a>(procedure: &Procedure) -> Vec<Cow<'a, Block>> {
    let mut blocks = texts(&procedure.introduction);
    blocks.push(list(procedure.steps.iter()));
    blocks.extend(texts(&procedure.outcome));
    let said = |slot: &&Slot| procedure.outcome.iter().any(|it| it.segment == slot.segment);
    for task in &procedure.follow_up {
        blocks.extend(texts(&task.text.iter().filter(|it| !said(it)).cloned().collect::<Vec<_>>()));
    }
    blocks.into_iter().map(Cow::Owned).collect()
}

/// Texts that may stand in notes.
fn texts(slots: &[Slot]) -> Vec<Block> {
    let groups = slots.chunk_by(|one, other| one.alert == other.alert);
    let block = |group: &[Slot]| {
        let own = Block::Paragraph(group.to_vec());
        match &group[0].alert {
            Some(kind) => Block::Alert { kind: kind.clone(), blocks: vec![own] },
            None => own,
        }
    };
    groups.map(block).collect()
}

fn list<'s>(steps: impl Iterator<Item = &'s Step>) -> Block {
    let mut ordered = false;
    let mut item = |step: &Step| {
        ordered |= step.number.is_some();
        let mut blocks = vec![Block::Paragraph(step.text.clone())];
        let arm = |text: &Vec<Slot>| Item { written: None, blocks: vec![Block::Paragraph(text.clone())] };
        let arms: Vec<Item> = step.listed_arms().map(|it| arm(&it.text)).collect();
        if !arms.is_empty() {
            blocks.push(Block::List { ordered: false, items: arms });
        }
        let inner: Vec<&Step> = step.body.iter().flat_map(Body::steps).collect();
        if !inner.is_empty() {
            blocks.push(list(inner.into_iter()));
        }
        let alerts = step.alerts.iter().filter(|it| !it.text.is_empty());
        blocks.extend(
            alerts.map(|it| Block::Alert { kind: it.kind.clone(), blocks: vec![Block::Paragraph(it.text.clone())] }),
        );
        Item { written: None, blocks }
    };
    let items = steps.map(&mut item).collect();
    Block::List { ordered, items }
}
