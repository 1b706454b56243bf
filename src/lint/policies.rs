//! Policies as facts: kept of each article with the places at which its translations say them.

use std::collections::HashMap;
use std::sync::Arc;

use super::Group;
use super::across::{Fact, FactValue, Facts};
use crate::diagnostic::Label;
use crate::procedure::Stated;

/// Keeps the policies of an article that `wanted` asks for.
pub(super) fn gather(group: &Group<'_>, facts: &mut Facts<'_, '_>, wanted: impl Fn(&Stated) -> bool) {
    let Some((document, policies)) = group.policies() else { return };
    let is_own = group.documents.iter().any(|it| it.path == document.path);
    for stated in policies.iter().filter(|it| wanted(it)) {
        let mut places = Vec::new();
        for bitext in group.bitexts {
            let unit = bitext.unit_of(document, stated.place);
            let Some(target) = unit.and_then(|unit| unit.target) else { continue };
            let message = format!("the same in {}", bitext.target.locale);
            if is_own {
                places.extend(facts.label(target.document, target.span, message));
            } else {
                facts.keep(target.document, target.span, FactValue::Elsewhere(document.path.clone(), stated.place));
            }
        }
        if is_own {
            facts.keep(document, stated.place, FactValue::Policy(stated.clone(), places));
        }
    }
}

/// The policies of all articles, each with the places at which translations say it.
pub(super) fn policies<'f>(facts: &[&'f Fact]) -> Vec<(&'f Fact, &'f Arc<Stated>, Vec<Label>)> {
    let mut elsewhere: HashMap<(&str, u32), Vec<Label>> = HashMap::new();
    for fact in facts {
        if let FactValue::Elsewhere(path, place) = &fact.value {
            let label = Label { message: format!("the same in {}", fact.locale), ..fact.place.clone() };
            elsewhere.entry((path, place.start)).or_default().push(label);
        }
    }
    let of = |fact: &&'f Fact| {
        let fact: &'f Fact = fact;
        let FactValue::Policy(stated, places) = &fact.value else { return None };
        let mut places = places.clone();
        places.extend(elsewhere.get(&(&*fact.place.path, stated.place.start)).into_iter().flatten().cloned());
        Some((fact, stated, places))
    };
    facts.iter().filter_map(of).collect()
}
