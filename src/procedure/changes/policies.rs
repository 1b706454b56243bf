//! Policies of two versions.

use super::ChangeKind;
use super::comparison::{Comparison, Version};
use super::mates::take_pairs;
use crate::document::{Words, essential};
use crate::procedure::model::{Policy, SegmentId};

/// So many of a thousand words are common to two sentences of one section that state one policy.
const ALIKE: u32 = 400;
/// The same, of sentences in different sections.
const ALIKE_ELSEWHERE: u32 = 650;
/// The same, of sentences that state one thing of one subject, or of which one is gone and the other
/// is new: what is left of two versions is more often one sentence, rewritten, than two.
const REWRITTEN: u32 = 520;

/// A policy with the words that state it.
struct Stated<'a> {
    policy: &'a Policy,
    segments: Vec<SegmentId>,
    essence: String,
    words: Words,
}

impl Stated<'_> {
    fn section(&self) -> &str {
        self.policy.id.rsplit_once('/').map_or("", |(section, _)| section)
    }

    /// Whether both are about one thing.
    fn is_about(&self, other: &Stated<'_>) -> bool {
        let key = |it: &Stated<'_>| (it.policy.kind.clone(), it.policy.subject.clone(), it.policy.action.clone());
        key(self) == key(other)
    }
}

impl<'a> Comparison<'a> {
    /// What is stated in the same words, or says the same in others, has not changed, wherever it
    /// stands.
    pub(super) fn policies(&mut self) {
        let mut old = self.stated(&self.old.policies, Version::Old);
        let mut new = self.stated(&self.new.policies, Version::New);
        let same_section = |one: &Stated<'_>, other: &Stated<'_>| one.section() == other.section();
        take_pairs(&mut old, &mut new, |one, other| {
            let same = one.is_about(other) && substance(one.policy) == substance(other.policy);
            let (said, beside) = (one.essence == other.essence, same_section(one, other));
            (same && beside || said).then_some(u32::from(same) * 4 + u32::from(said) * 2 + u32::from(beside))
        });
        let likeness = |one: &Stated<'_>, other: &Stated<'_>| one.words.likeness(&other.words);
        let mut changed = take_pairs(&mut old, &mut new, |one, other| {
            let likeness = likeness(one, other) + u32::from(one.is_about(other)) * 200;
            (same_section(one, other) && likeness >= ALIKE + 200).then_some(likeness)
        });
        changed.extend(take_pairs(&mut old, &mut new, |one, other| {
            let (likeness, about) = (likeness(one, other), one.is_about(other));
            (likeness >= if about { REWRITTEN } else { ALIKE_ELSEWHERE }).then_some(likeness)
        }));
        for (before, after) in changed {
            // Reworded, and states the same.
            if substance(before.policy) == substance(after.policy) {
                continue;
            }
            let was = Some(self.text(&before.segments, Version::Old));
            let is = Some(self.text(&after.segments, Version::New));
            let segments = (&before.segments[..], &after.segments[..]);
            self.push(ChangeKind::PolicyChanged, &after.policy.id, (was, is), segments);
        }
        // What is said as before, and only read otherwise, has not changed.
        new.retain(|after| !self.says(&after.segments, Version::Old));
        old.retain(|before| !self.says(&before.segments, Version::New));
        // What one version only says in other words, and reads otherwise, has not changed either: its
        // values have to.
        let reworded = |own: &Stated<'_>, other: Option<String>| {
            other.is_some_and(|other| values(&essential(&other)) == values(&own.essence))
        };
        new.retain(|it| !reworded(it, self.likest(&it.segments, Version::Old, REWRITTEN)));
        old.retain(|it| !reworded(it, self.likest(&it.segments, Version::New, REWRITTEN)));
        for after in new {
            let is = Some(self.text(&after.segments, Version::New));
            match self.likest(&after.segments, Version::Old, ALIKE_ELSEWHERE) {
                Some(was) => {
                    self.push(ChangeKind::PolicyChanged, &after.policy.id, (Some(was), is), (&[], &after.segments));
                }
                None => self.push(ChangeKind::PolicyAdded, &after.policy.id, (None, is), (&[], &after.segments)),
            }
        }
        for before in old {
            let was = Some(self.text(&before.segments, Version::Old));
            let is = self.likest(&before.segments, Version::New, ALIKE_ELSEWHERE);
            let kind = if is.is_some() { ChangeKind::PolicyChanged } else { ChangeKind::PolicyRemoved };
            self.push(kind, &before.policy.id, (was, is), (&before.segments, &[]));
        }
    }

    fn stated(&self, policies: &'a [Policy], version: Version) -> Vec<Stated<'a>> {
        let stated = |policy: &'a Policy| {
            let segments: Vec<SegmentId> = policy.evidence.iter().map(|it| it.segment.clone()).collect();
            let seen = self.seen(&segments, version);
            Stated { policy, essence: essential(&seen), words: Words::of(&seen), segments }
        };
        policies.iter().map(stated).collect()
    }
}

/// The words of a text that hold digits, in order.
fn values(essence: &str) -> Vec<&str> {
    let mut values: Vec<&str> = essence.split(' ').filter(|it| it.contains(char::is_numeric)).collect();
    values.sort_unstable();
    values
}

/// What a policy says, without where it stands.
fn substance(policy: &Policy) -> impl PartialEq {
    let quantities: Vec<_> =
        policy.quantities.iter().map(|it| (it.value.clone(), it.bound.clone(), it.of.clone())).collect();
    let time = policy.time.as_ref().map(|it| format!("{it:?}"));
    (
        (policy.modality, policy.negated, policy.exclusive, policy.automatic),
        (time, quantities, policy.frequency.clone()),
        (policy.channel.clone(), policy.consequence.clone()),
    )
}
