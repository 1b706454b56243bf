//! What the rules about missing and extra segments share: text on one side only, where its
//! neighbours are surely paired.

use crate::bitext::{Bitext, Origin, Relation, Unit};
use crate::document::Side;
use crate::markdown::NodeKind;

/// A unit with one side.
pub(super) struct Unpaired<'u, 'a> {
    /// The unit.
    pub unit: &'u Unit<'a>,
    /// The text of its side, cut to what fits in a message.
    pub text: String,
    /// Whether a reader loses more than a sentence: a heading, a step, an alert.
    pub grave: bool,
    /// The end of the last target before it.
    pub after: usize,
}

/// The units with one side, in order: `one` answers that side.
pub(super) fn unpaired<'u, 'a>(
    bitext: &'u Bitext<'a>,
    one: impl Fn(&Unit<'a>) -> Option<Side<'a>>,
) -> Vec<Unpaired<'u, 'a>> {
    let mut found = Vec::new();
    if bitext.relation == Relation::Own || !bitext.same_version() {
        return found;
    }
    let units: Vec<&Unit<'a>> = bitext.units.iter().filter(|unit| unit.origin != Origin::FrontMatter).collect();
    let sure =
        |unit: Option<&&Unit<'_>>| unit.is_none_or(|it| matches!(it.origin, Origin::Aligned(sure) if sure >= 0.55));
    let mut after = 0;
    for (at, unit) in units.iter().enumerate() {
        if let Some(side) = one(unit)
            && sure(at.checked_sub(1).and_then(|at| units.get(at)))
            && sure(units.get(at + 1))
        {
            let text = side.text();
            let text = text.trim();
            if text.chars().filter(|it| it.is_alphabetic()).count() >= 4 {
                let short: String = text.chars().take(60).collect();
                let more = if text.chars().count() > 60 { "…" } else { "" };
                found.push(Unpaired {
                    unit,
                    text: format!("{}{more}", short.trim_end()),
                    grave: is_grave(&side),
                    after,
                });
            }
        }
        after = unit.target.map_or(after, |it| it.span.end as usize);
    }
    found
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
