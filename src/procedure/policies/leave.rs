//! One article allows what another forbids.

use super::super::model::Modality;
use super::conflicts::{Fit, Found, Gravity, conditions_fit, says};
use super::stated::Stated;

/// So much of what carries their meaning two sentences share, in percent.
const ALIKE: usize = 70;

/// A leave and a prohibition, or a duty and a prohibition, of one thing. What only one of them says
/// is likely the case that tells them apart, so they have to say nearly the same.
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
    (one.likeness(other) >= ALIKE).then(|| (Gravity::Misleads, says(one), says(other)))
}
