//! What the rules about missing and extra segments share: text on one side only, where its
//! neighbours are surely paired.

use super::marks;
use crate::bitext::{Bitext, Origin, Relation, Unit};
use crate::document::Side;
use crate::markdown::NodeKind;

/// A unit with one side, and those that follow it.
pub(super) struct Unpaired<'u, 'a> {
    /// The unit.
    pub unit: &'u Unit<'a>,
    /// The text of its side in quotes, cut to what fits in a message, and how many follow.
    pub text: String,
    /// Whether a reader loses more than a sentence: a heading, a step, an alert.
    pub grave: bool,
    /// The end of the last target before it.
    pub after: usize,
}

/// The runs of units with one side, in order: `one` answers that side.
pub(super) fn unpaired<'u, 'a>(
    bitext: &'u Bitext<'a>,
    one: impl Fn(&Unit<'a>) -> Option<Side<'a>>,
) -> Vec<Unpaired<'u, 'a>> {
    let mut found = Vec::new();
    if bitext.relation == Relation::Own || !bitext.same_version() {
        return found;
    }
    let units: Vec<&Unit<'a>> = bitext.units.iter().filter(|unit| unit.origin != Origin::FrontMatter).collect();
    let sure = |unit: Option<&&Unit<'_>>| {
        unit.is_none_or(|it| {
            let paired = it.source.is_some() && it.target.is_some();
            paired && matches!(it.origin, Origin::Aligned(sure) if sure >= 0.55)
        })
    };
    let mut after = 0;
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let sides = units[at..].iter().map_while(|unit| one(unit));
        let sides: Vec<Side<'a>> = sides.collect();
        let next = at + sides.len().max(1);
        // Only between neighbours that are surely paired: what stands on both sides of a gap may
        // be a pair that was not seen.
        if let Some(first) = sides.iter().position(|side| letters(&side.text()) >= 4)
            && sure(at.checked_sub(1).and_then(|at| units.get(at)))
            && sure(units.get(next))
        {
            let more = match sides.len() - first - 1 {
                0 => String::new(),
                1 => " and the segment after it".to_owned(),
                more => format!(" and the {more} segments after it"),
            };
            found.push(Unpaired {
                unit: units[at + first],
                text: format!("`{}`{more}", marks::excerpt(&sides[first].text())),
                grave: sides.iter().any(is_grave),
                after,
            });
        }
        after = unit.target.map_or(after, |it| it.span.end as usize);
        at = next;
    }
    found
}

fn letters(text: &str) -> usize {
    text.chars().filter(|it| it.is_alphabetic()).count()
}

fn is_grave(side: &Side<'_>) -> bool {
    let tree = &side.document.tree;
    side.node.is_some_and(|node| {
        std::iter::once(node as usize).chain(tree.ancestors(node as usize)).any(|at| {
            matches!(
                tree.nodes[at].kind,
                NodeKind::Heading { .. } | NodeKind::Item { number: Some(_), .. } | NodeKind::Alert { .. }
            )
        })
    })
}
