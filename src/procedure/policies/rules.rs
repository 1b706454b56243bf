//! Limits of two articles: one thing, another number.

use super::conflicts::Gravity;
use super::frames::FEE;
use super::stated::Stated;
use super::window::{differ, hours};

/// So many of their words two sentences share at least, in percent.
const ALIKE: usize = 50;

/// One limit with two numbers.
pub(super) fn contrary(one: &Stated, other: &Stated, named: bool) -> Option<Gravity> {
    let unbound = |it: &Stated| it.policy.conditions.is_empty() && !it.policy.exclusive && !it.policy.automatic;
    if one.policy.action != other.policy.action || !unbound(one) || !unbound(other) {
        return None;
    }
    if one.policy.kind.ends_with(FEE) {
        return fees(one, other);
    }
    if !one.may_be_of_one_thing(other) {
        return None;
    }
    limits(one, other, named, shared(one, other))
}

/// The same fee with another amount.
fn fees(one: &Stated, other: &Stated) -> Option<Gravity> {
    let ([a], [b]) = (one.policy.quantities.as_slice(), other.policy.quantities.as_slice()) else { return None };
    let unit = |value: &str| value.chars().filter(|it| !it.is_ascii_digit() && *it != '.').collect::<String>();
    let same = one.policy.kind == other.policy.kind && unit(&a.value) == unit(&b.value) && a.bound == b.bound;
    (same && a.value != b.value).then_some(Gravity::Misleads)
}

/// The same limit with another number.
fn limits(one: &Stated, other: &Stated, named: bool, alike: usize) -> Option<Gravity> {
    let ([a], [b]) = (one.policy.quantities.as_slice(), other.policy.quantities.as_slice()) else { return None };
    let same = a.of.is_some() && a.of == b.of && a.bound == b.bound && one.policy.modality == other.policy.modality;
    let enough = if named { alike >= ALIKE } else { alike >= ALIKE + 15 };
    let times = |it: &Stated| it.policy.time.as_ref().and_then(|it| hours(it.end.as_ref()?.offset.as_deref()?));
    let one_time = match (times(one), times(other)) {
        (Some(a), Some(b)) => !differ(a, b),
        (None, None) => true,
        _ => false,
    };
    (same && enough && one_time && a.bound.is_some() && a.value != b.value).then_some(Gravity::Confuses)
}

/// How many of their words two sentences share, in percent of the shorter one.
fn shared(one: &Stated, other: &Stated) -> usize {
    let shared = one.words.iter().filter(|it| other.words.binary_search(it).is_ok()).count();
    shared * 100 / one.words.len().min(other.words.len()).max(1)
}
