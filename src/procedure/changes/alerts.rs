//! Notes and warnings of two versions, those of steps and those of sections.

use std::collections::BTreeMap;

use super::ChangeKind;
use super::comparison::{Comparison, Version};
use super::mates::take_pairs;
use super::procedures::Places;
use crate::document::{Words, essential};
use crate::procedure::model::{ArticleModel, SegmentId, Step, StepAlert};

/// So many of a thousand words are common to two notes of one place that are the same.
const ALIKE: u32 = 400;
/// The same, of two in different places.
const ALIKE_ELSEWHERE: u32 = 600;
/// So many of a thousand words of the shorter one the longer has where something was added to it.
const HELD: u32 = 800;

/// A note with its place.
struct Noted<'a> {
    alert: &'a StepAlert,
    place: String,
    essence: String,
    words: Words,
}

impl<'a> Comparison<'a> {
    /// A note that stands elsewhere and says the same has not changed. One whose sentence is said without
    /// it has.
    pub(super) fn alerts(&mut self, places: &Places) {
        let (mut old, mut new) = (self.noted(self.old, Version::Old), self.noted(self.new, Version::New));
        take_pairs(&mut old, &mut new, |one, other| {
            (one.essence == other.essence && one.alert.kind == other.alert.kind).then_some(0)
        });
        let at_home = |one: &Noted<'_>, other: &Noted<'_>| places.became(&one.place) == other.place;
        let mut changed = take_pairs(&mut old, &mut new, |one, other| {
            let likeness = one.words.likeness(&other.words);
            let alike = likeness >= ALIKE || one.words.held(&other.words) >= HELD;
            (alike && at_home(one, other)).then_some(likeness)
        });
        changed.extend(take_pairs(&mut old, &mut new, |one, other| {
            let likeness = one.words.likeness(&other.words);
            (likeness >= ALIKE_ELSEWHERE).then_some(likeness)
        }));
        for (before, after) in changed {
            let texts = (Some(self.shown(&before, Version::Old)), Some(self.shown(&after, Version::New)));
            let segments = (&before.alert.segments[..], &after.alert.segments[..]);
            self.push(ChangeKind::AlertChanged, &after.place, texts, segments);
        }
        // What stands in a step that is new is new with it.
        for after in new.into_iter().filter(|it| !places.is_new(&it.place)) {
            let is = Some(self.shown(&after, Version::New));
            let was = self.said_beside(&after.alert.segments, Version::Old);
            let kind = if was.is_some() { ChangeKind::AlertChanged } else { ChangeKind::AlertAdded };
            self.push(kind, &after.place, (was, is), (&[], &after.alert.segments));
        }
        for before in old.into_iter().filter(|it| !places.is_gone(&it.place)) {
            let was = Some(self.shown(&before, Version::Old));
            let is = self.said_beside(&before.alert.segments, Version::New);
            let kind = if is.is_some() { ChangeKind::AlertChanged } else { ChangeKind::AlertRemoved };
            self.push(kind, &before.place, (was, is), (&before.alert.segments, &[]));
        }
    }

    fn shown(&self, noted: &Noted<'_>, version: Version) -> String {
        format!("{}: {}", noted.alert.kind, self.text(&noted.alert.segments, version))
    }

    fn noted(&self, article: &'a ArticleModel, version: Version) -> Vec<Noted<'a>> {
        let mut all: Vec<(String, &StepAlert)> = Vec::new();
        for section in &article.sections {
            all.extend(section.alerts.iter().map(|alert| (format!("{}#{}", article.key, section.id), alert)));
        }
        for procedure in &article.procedures {
            procedure.steps.iter().for_each(|step| of_step(step, &procedure.id, &mut all));
        }
        // Two procedures may share what stands between them.
        let mut once: BTreeMap<&SegmentId, ()> = BTreeMap::new();
        all.retain(|(_, alert)| alert.segments.first().is_some_and(|first| once.insert(first, ()).is_none()));
        let noted = |(place, alert): (String, &'a StepAlert)| {
            let seen = self.seen(&alert.segments, version);
            Noted { alert, place, essence: essential(&seen), words: Words::of(&seen) }
        };
        all.into_iter().map(noted).collect()
    }
}

fn of_step<'a>(step: &'a Step, procedure: &str, all: &mut Vec<(String, &'a StepAlert)>) {
    all.extend(step.alerts.iter().map(|alert| (format!("{procedure}/{}", step.id), alert)));
    step.inner().iter().for_each(|step| of_step(step, procedure, all));
}
