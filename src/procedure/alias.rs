//! Names of steps that survive a step inserted before them.

use std::collections::BTreeMap;

use super::model::{Action, Procedure, Step};

/// Gives the steps of a procedure their aliases.
pub(super) fn name(procedure: &mut Procedure) {
    let mut taken = BTreeMap::new();
    procedure.steps.iter_mut().for_each(|step| name_step(step, &mut taken));
}

fn name_step(step: &mut Step, taken: &mut BTreeMap<String, u32>) {
    let mut words = words_of(step.actions.iter().chain(step.arms().iter().flat_map(|arm| &arm.actions)));
    if words.is_empty() {
        words = step.segments.join(" ");
    }
    // Sub-steps are named apart from steps.
    let depth = step.id.matches('.').count();
    let key = blake3::hash(format!("{depth} {words}").as_bytes()).to_hex()[..8].to_owned();
    let again = taken.entry(key.clone()).or_default();
    *again += 1;
    step.alias = if *again > 1 { format!("{key}-{again}") } else { key };
    step.inner_mut().iter_mut().for_each(|step| name_step(step, taken));
}

/// What actions do, to what.
pub(super) fn words_of<'a>(actions: impl Iterator<Item = &'a Action>) -> String {
    let mut words = String::new();
    actions.for_each(|action| describe(action, &mut words));
    words
}

fn describe(action: &Action, words: &mut String) {
    words.push_str(&action.verb);
    let target = action.target.iter();
    let labels = target.flat_map(|it| it.path.iter().chain([&it.label])).filter_map(|texts| texts.values().next());
    for text in labels.chain(action.object.iter().filter(|_| action.target.is_none())) {
        words.push(' ');
        words.push_str(text);
    }
    words.push(';');
}
