//! What is said elsewhere in the article: by a worked example, or by the name of a window.

use super::super::model::Confidence;
use super::stated::Stated;

/// A worked example says how long a window is that the statement before it leaves open.
pub(super) fn from_example(stated: &mut [Stated], at: usize) {
    let (before, rest) = stated.split_at_mut(at);
    let example = &rest[0];
    let Some(time) = example.policy.time.as_ref().filter(|_| example.policy.example) else { return };
    let (end, length) = (time.end.clone().filter(|it| it.offset.is_some()), time.length.clone());
    let of = before.iter_mut().rev().find(|it| {
        !it.policy.example
            && it.kin == example.kin
            && it.section == example.section
            && it.passage + 3 >= example.passage
    });
    if let Some(of) = of
        && let Some(time) = &mut of.policy.time
        && time.end.is_none()
        && !time.open_ended
        && time.length.is_none()
        && (end.is_some() || length.is_some())
    {
        (time.end, time.length) = (end, length);
        let mut evidence = example.policy.evidence.first().cloned().unwrap_or_default();
        evidence.fields = vec!["time".into()];
        of.policy.evidence.push(evidence);
        of.policy.confidence = Confidence::Derived;
    }
}

/// A time that is said by the name of a window is that window, where the article says when it is.
pub(super) fn resolve(stated: &mut [Stated]) {
    for at in 0..stated.len() {
        let Some(name) = stated[at].within.clone() else { continue };
        let fits = |it: &&Stated| it.policy.kind == name && !it.policy.example && it.subject == stated[at].subject;
        let of = stated.iter().filter(fits).find_map(|it| {
            let time = it.policy.time.clone().filter(|it| it.end.is_some() || it.length.is_some())?;
            Some((time, it.policy.evidence.first()?.clone()))
        });
        let Some((time, mut evidence)) = of else { continue };
        evidence.fields = vec!["time".into()];
        let policy = &mut stated[at].policy;
        policy.time = Some(time);
        policy.evidence.push(evidence);
        policy.confidence = Confidence::Derived;
    }
}
