//! A bitext and what came back for it → edits of its target, and what became of each unit.

use std::collections::{BTreeMap, HashMap};

use super::leave::ids;
use super::merge::{Change, Outcome, Refusal, merge};
use super::returned::{Returned, ReturnedUnit, Verdict, judge};
use crate::bitext::Bitext;
use crate::diagnostic::Edit;

/// What became of what came back for one article.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// What is to be replaced in the article, in order of place.
    pub edits: Vec<Edit>,
    /// Each unit that came back, by its id, in the order of the article; those that it does not have
    /// stand last.
    pub outcomes: Vec<(String, Outcome)>,
}

/// Takes units back into an article.
pub fn receive(bitext: &Bitext<'_>, returned: &Returned) -> Received {
    let ids = ids(bitext);
    let places: HashMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (&**id, at)).collect();
    let mut outcomes: Vec<(usize, String, Outcome)> = Vec::new();
    let mut changes: Vec<(usize, Change<'_>)> = Vec::new();
    let mut back: BTreeMap<&str, Vec<&ReturnedUnit>> = BTreeMap::new();
    for unit in &returned.units {
        back.entry(&unit.id).or_default().push(unit);
    }
    for (id, units) in back {
        let Some(&at) = places.get(id) else {
            outcomes.push((usize::MAX, id.to_owned(), Outcome::Refused(Refusal::NoUnit)));
            continue;
        };
        let bead = &bitext.units[at];
        // What came back untouched in one file may have been edited in another. Twice the same is
        // once; twice and not the same is nobody's will.
        let mut verdicts = units.iter().map(|unit| judge(bead, unit)).collect::<Vec<_>>();
        verdicts.dedup();
        let quiet = |it: &Verdict| matches!(it, Verdict::Unchanged | Verdict::Kept);
        if verdicts.iter().any(|it| !quiet(it)) {
            verdicts.retain(|it| !quiet(it));
        }
        let outcome = match (verdicts.as_slice(), bead.target) {
            ([Verdict::Unchanged, ..], _) => Outcome::Unchanged,
            ([Verdict::Kept, ..], _) => Outcome::Kept,
            ([Verdict::Refused(refusal), ..], _) => Outcome::Refused(refusal.clone()),
            ([Verdict::Edit(text)], Some(target)) => {
                let text = text.clone();
                changes.push((outcomes.len(), Change { target, source: bead.source, text }));
                Outcome::Unchanged
            }
            ([Verdict::Edit(_)], None) => Outcome::Refused(Refusal::NoPlace),
            _ => Outcome::Refused(Refusal::Twice),
        };
        outcomes.push((at, id.to_owned(), outcome));
    }
    let (places, changes): (Vec<usize>, Vec<Change<'_>>) = changes.into_iter().unzip();
    let merged = merge(bitext.target, &changes);
    for (place, outcome) in places.into_iter().zip(merged.outcomes) {
        outcomes[place].2 = outcome;
    }
    outcomes.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let outcomes = outcomes.into_iter().map(|(_, id, outcome)| (id, outcome)).collect();
    Received { edits: merged.edits, outcomes }
}
