use std::collections::BTreeMap;

use crate::bitext::{Bitext, Origin};
use crate::diagnostic::Severity;
use crate::document::{Document, Side};
use crate::lint::marks::excerpt;
use crate::lint::{Check, Family, Findings, Group, Rule};
use crate::markdown::NodeKind;
use crate::procedure::{Block, Counterpart, Item, List, Passage, Reading, counterparts};

pub(super) const RULE: Rule = Rule {
    name: "step-order-mismatch",
    summary: "the steps of a translation stand in another order than in the source",
    family: Family::Procedure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("step-order-mismatch"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    for bitext in group.bitexts.iter().filter(|it| it.same_version()) {
        // A bilingual article holds its source in the same order: only one beside it can differ.
        let Some(article) =
            group.article().filter(|it| bitext.original.is_some_and(|own| std::ptr::eq(own, it.document)))
        else {
            continue;
        };
        let found = counterparts(article, bitext);
        for section in &article.outline.sections {
            each_list(&section.blocks, &mut |list| check_list(article, bitext, list, &found, findings));
        }
    }
}

fn each_list(blocks: &[Block<'_>], visit: &mut dyn FnMut(&List<'_>)) {
    for block in blocks {
        match block {
            Block::List(list) => {
                if list.ordered && list.items.len() > 1 {
                    visit(list);
                }
                list.items.iter().for_each(|item| each_list(&item.blocks, visit));
            }
            Block::Alert(alert) => each_list(&alert.blocks, visit),
            _ => {}
        }
    }
}

/// A step of the source with the step of the target that stands in its place.
struct Step<'a> {
    /// What has to stand in its translation: codes, addresses, numbers.
    anchors: Vec<&'a str>,
    /// The item of the target.
    item: usize,
    /// The first segment of the source.
    passage: Option<usize>,
}

fn check_list(
    article: &Reading<'_>,
    bitext: &Bitext<'_>,
    list: &List<'_>,
    found: &[Counterpart<'_>],
    findings: &mut Findings<'_>,
) {
    let tree = &bitext.target.tree;
    let firsts: Vec<Option<usize>> = list.items.iter().map(|item| Some(own_passages(item).next()?.index)).collect();
    let sides = firsts.iter().flatten().filter_map(|&first| match &found[first] {
        Counterpart::Side(side) => step_of(bitext.target, side),
        _ => None,
    });
    // The list that most steps are found in, of as many steps as in the source.
    let mut lists: BTreeMap<u32, usize> = BTreeMap::new();
    for parent in sides.filter_map(|item| tree.nodes[item].parent) {
        *lists.entry(parent).or_default() += 1;
    }
    let Some((&own, count)) = lists.iter().max_by_key(|(_, count)| **count) else { return };
    let items: Vec<usize> = tree.children(own as usize).collect();
    if items.len() != list.items.len() || count * 2 < items.len() {
        return;
    }
    let mut steps: Vec<Step<'_>> = Vec::new();
    for ((&item, first), own) in items.iter().zip(&firsts).zip(&list.items) {
        let anchors = own_passages(own).flat_map(|it| anchors(&article.outline.passages[it.index].1)).collect();
        steps.push(Step { anchors, item, passage: *first });
    }
    let text = |step: &Step<'_>| bitext.target.slice(tree.nodes[step.item].span);
    let moved = (0..steps.len()).find_map(|at| {
        let step = &steps[at];
        let stands = |it: &Step<'_>| step.anchors.iter().all(|anchor| holds(text(it), anchor));
        let near = step.anchors.iter().any(|anchor| holds(text(step), anchor));
        if step.anchors.is_empty() || near {
            return None;
        }
        let mut places = (0..steps.len()).filter(|&it| stands(&steps[it]));
        let place = places.next().filter(|_| places.next().is_none())?;
        // What stands there is not the translation of the step that belongs there.
        let own = steps[place].anchors.iter().any(|anchor| holds(text(&steps[place]), anchor));
        (!own).then_some((at, place))
    });
    let aligned = || moved_in_alignment(article, bitext, &firsts, found, &items);
    let Some((at, place)) = moved.or_else(aligned) else { return };
    let Some(passage) = steps[at].passage else { return };
    let NodeKind::Item { marker, .. } = tree.nodes[steps[place].item].kind else { return };
    let (_, side) = &article.outline.passages[passage];
    let message =
        format!("this is step {} in the source, and step {} here: “{}”", at + 1, place + 1, excerpt(&side.text()));
    let found = findings.document(bitext.target, marker, message);
    found.label(article.document, side.span, "the source").help("put the steps in the order of the source");
}

/// The step that the aligner has found elsewhere in the list: its place in the source, and here. Every
/// step has to be found once, and all but that one in the order of the source.
fn moved_in_alignment(
    article: &Reading<'_>,
    bitext: &Bitext<'_>,
    firsts: &[Option<usize>],
    found: &[Counterpart<'_>],
    items: &[usize],
) -> Option<(usize, usize)> {
    let place = |first: &Option<usize>| {
        let Counterpart::Side(side) = &found[(*first)?] else { return None };
        let item = step_of(bitext.target, side)?;
        items.iter().position(|it| *it == item)
    };
    let places: Vec<usize> = firsts.iter().map(place).collect::<Option<_>>()?;
    let (at, to) = moved_step(&places)?;
    let (_, side) = &article.outline.passages[firsts[at]?];
    let unit = bitext.units.iter().find(|unit| unit.source.is_some_and(|source| source.span == side.span))?;
    let sure = matches!(unit.origin, Origin::Aligned(confidence) if confidence >= SURE);
    sure.then_some((at, to))
}

/// The one step that stands elsewhere, and where, if each has a place of its own and all others keep
/// their order.
fn moved_step(places: &[usize]) -> Option<(usize, usize)> {
    let once = (0..places.len()).all(|place| places.contains(&place));
    let (at, &to) =
        places.iter().enumerate().max_by_key(|&(at, &place)| (at.abs_diff(place), std::cmp::Reverse(at)))?;
    let rest = || places.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, place)| place);
    let in_order = rest().zip(rest().skip(1)).all(|(one, next)| one < next);
    (once && at != to && in_order).then_some((at, to))
}

/// A bead that was moved by chance is less sure.
const SURE: f32 = 0.9;

/// The running text of a step.
fn own_passages<'b, 'a>(item: &'b Item<'a>) -> impl Iterator<Item = &'b Passage<'a>> {
    item.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(own) => own.as_slice(),
        _ => &[],
    })
}

/// What stands unchanged in every language: codes, addresses, numbers of two digits or more.
fn anchors<'a>(side: &Side<'a>) -> Vec<&'a str> {
    let mut found: Vec<&str> = side.code().chain(side.links()).collect();
    for run in side.raw().split(|it: char| !it.is_ascii_digit()).filter(|run| run.len() > 1) {
        if !found.iter().any(|it| it.contains(run)) {
            found.push(run);
        }
    }
    found
}

/// Whether an anchor stands in a text; a number as a whole one.
fn holds(text: &str, anchor: &str) -> bool {
    let is_number = anchor.bytes().all(|it| it.is_ascii_digit());
    let mut places = memchr::memmem::find_iter(text.as_bytes(), anchor);
    places.any(|at| {
        let digit = |it: Option<&u8>| it.is_some_and(u8::is_ascii_digit);
        let bytes = text.as_bytes();
        !is_number || !(digit(at.checked_sub(1).and_then(|at| bytes.get(at))) || digit(bytes.get(at + anchor.len())))
    })
}

/// The item that a segment stands in.
fn step_of(document: &Document, side: &Side<'_>) -> Option<usize> {
    let tree = &document.tree;
    let is_step = |at: &usize| matches!(tree.nodes[*at].kind, NodeKind::Item { number: Some(_), .. });
    tree.ancestors(side.node? as usize).find(is_step)
}

#[cfg(test)]
mod tests {
    use super::moved_step;

    #[test]
    fn one_step_is_moved_and_the_rest_keep_their_order() {
        for (places, moved) in [
            (&[0, 1, 2, 3][..], None),
            (&[0, 2, 1, 3], Some((1, 2))),
            (&[3, 0, 1, 2], Some((0, 3))),
            (&[1, 2, 3, 0], Some((3, 0))),
            // Two of them; and one found twice.
            (&[1, 0, 3, 2], None),
            (&[0, 1, 1, 3], None),
        ] {
            assert_eq!(moved_step(places), moved, "{places:?}");
        }
    }
}
