//! Sentences of two articles that are one sentence, but for one value or one duty.

use super::super::model::Modality;
use super::conflicts::Gravity;
use super::stated::Stated;

/// So many words a sentence has at least.
const SHORTEST: usize = 6;
/// So much of their words two sentences share, in percent.
const SHARED: usize = 80;

/// Whether two sentences are one sentence, but for values and duties.
pub(super) fn are_twins(one: &Stated, other: &Stated) -> bool {
    let (a, b) = (&one.words, &other.words);
    if a.len() < SHORTEST || b.len() < SHORTEST || a.len() * 100 < b.len() * SHARED || b.len() * 100 < a.len() * SHARED
    {
        return false;
    }
    let shared = a.iter().filter(|it| b.binary_search(it).is_ok()).count();
    shared * 100 >= (a.len() + b.len() - shared) * SHARED
}

/// What two sentences that are otherwise one differ in.
pub(super) fn differ_in_one(one: &Stated, other: &Stated) -> Option<(Gravity, String, String)> {
    // Where each has a word of its own, they speak of two things.
    let one_thing = one.lies_in(other) || other.lies_in(one);
    if !are_twins(one, other) || !one_thing {
        return None;
    }
    if !one.may_be_of_one_thing(other) || one.counted != other.counted {
        return None;
    }
    let values = one.values != other.values;
    let duties = one.policy.modality != other.policy.modality || one.policy.negated != other.policy.negated;
    let degrees = one.policy.consequence != other.policy.consequence;
    if usize::from(values) + usize::from(duties) + usize::from(degrees) != 1 {
        return None;
    }
    let firm = |it: Modality| {
        matches!(it, Modality::Obligation | Modality::Prohibition | Modality::Exemption | Modality::Permission)
    };
    let is_grave = match () {
        () if values => one.values.len() == other.values.len(),
        () if duties => firm(one.policy.modality) && firm(other.policy.modality),
        () => true,
    };
    let says = |it: &Stated| format!("“{}”", it.text.chars().take(120).collect::<String>());
    is_grave.then(|| (Gravity::Confuses, says(one), says(other)))
}
