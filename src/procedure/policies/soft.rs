//! A window that one article recommends and another demands.

use super::super::model::Modality;
use super::conflicts::{Fit, Found, Gravity, anchors_fit, conditions_fit, says, window};
use super::stated::Stated;
use super::window::differ;

/// Advice to act in time, and a duty to: who takes the advice for advice misses the duty. Advice to
/// be earlier than the duty asks is none.
pub(super) fn softened(one: &Stated, other: &Stated, fit: Fit) -> Found {
    let is_advice = |it: &Stated| it.policy.modality == Modality::Recommendation && !it.policy.negated;
    let (advice, duty) = match (is_advice(one), is_advice(other)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return None,
    };
    let one_kind = one.policy.kind == other.policy.kind && one.policy.action == other.policy.action;
    if fit != Fit::Same || !one_kind || !is_demanded(duty) || !conditions_fit(one, other) {
        return None;
    }
    let event = advice.policy.time.as_ref().and_then(|it| it.anchor.as_deref());
    if !anchors_fit(one, other) && event != Some(OPENING) {
        return None;
    }
    let (advised, demanded) = (window(advice)?.end?, window(duty)?.close()?);
    let same = !differ(advised, demanded) || advised > demanded;
    same.then(|| (Gravity::Misleads, says(one), says(other)))
}

/// A window is counted from its opening, whatever that is counted from.
const OPENING: &str = "window-open";

/// Whether who acts later has lost something.
fn is_demanded(it: &Stated) -> bool {
    it.policy.exclusive || it.policy.modality == Modality::Obligation || it.policy.negated
}
