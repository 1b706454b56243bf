//! One article allows what another forbids.

use super::super::model::Modality;
use super::conflicts::{Fit, Found, Gravity, conditions_fit, says};
use super::stated::Stated;

/// So much of what carries their meaning two sentences share, in percent.
const ALIKE: usize = 70;

/// Who reads may be anyone.
const READER: &str = "reader";

/// A leave and a prohibition, or a duty and a prohibition, of one thing. What only one of them says
/// is likely the case that tells them apart, so they have to say nearly the same, and what forbids
/// names nothing that the other does not: a prohibition with a word more is an exception.
pub(super) fn contrary(one: &Stated, other: &Stated, fit: Fit) -> Found {
    let (forbids, allows) = match (one.policy.modality, other.policy.modality) {
        (Modality::Prohibition, _) => (one, other),
        (_, Modality::Prohibition) => (other, one),
        _ => return None,
    };
    let allowed =
        matches!(allows.policy.modality, Modality::Permission | Modality::Obligation) && !allows.policy.negated;
    let named = fit == Fit::Same && !one.subject.is_empty() && one.subject == other.subject;
    let one_thing = named && one.policy.action.is_some() && one.policy.action == other.policy.action;
    let is_bound = |it: &Stated| it.policy.time.is_some() || it.policy.exclusive || !it.policy.quantities.is_empty();
    if one.partial
        || other.partial
        || !allowed
        || !one_thing
        || !conditions_fit(one, other)
        || is_bound(forbids) && forbids.policy.time != allows.policy.time
    {
        return None;
    }
    // `Direct partners can …` is an exception, too.
    let actor = |it: &Stated| it.policy.actor.clone().filter(|it| it != READER);
    let one_actor = actor(one) == actor(other);
    (one_actor && forbids.lies_in(allows) && one.likeness(other) >= ALIKE)
        .then(|| (Gravity::Misleads, says(one), says(other)))
}
