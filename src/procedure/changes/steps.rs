//! The steps of two versions of one procedure.

use super::ChangeKind;
use super::comparison::{Comparison, Version};
use super::procedures::{Carried, Laid, Mates};
use super::rewritten::Rewritten;
use crate::document::{Words, essential};
use crate::procedure::matching::{Flat, Pair, arms_with_items, is_long};
use crate::procedure::model::{Action, Arm, Step, UiTarget};

/// Where a label or path was renamed and so many of a thousand other words are as they were, nothing
/// else has changed.
const OTHERWISE_ALIKE: u32 = 800;

impl Comparison<'_> {
    /// `to` and `from` are the steps that came from another procedure or went there.
    pub(super) fn mates(&mut self, mates: &Mates<'_>, to: &Carried, from: &Carried, rewritten: &Rewritten) {
        let (before, after) = (mates.old.procedure, mates.new.procedure);
        let titles = (self.title(before, Version::Old), self.title(after, Version::New));
        let shown = (before.title.as_slice(), after.title.as_slice());
        if essential(&self.seen(shown.0, Version::Old)) != essential(&self.seen(shown.1, Version::New)) {
            self.push(ChangeKind::ProcedureRenamed, &after.id, (Some(titles.0), Some(titles.1)), shown);
        }
        let old_mate = |at: usize| mates.pairs.iter().find(|pair| pair.old == at);
        let new_mate = |at: usize| mates.pairs.iter().find(|pair| pair.new == at);
        let mut told: Vec<usize> = Vec::new();
        for (at, it) in mates.new.steps.iter().enumerate().filter(|(at, _)| new_mate(*at).is_none()) {
            let cut = source_of(&mates.old, &mates.new, at, &mates.pairs, |pair| (pair.old, pair.new));
            told.extend(
                cut.filter(|pair| is_all(&mates.old.steps[pair.old], &[&mates.new.steps[pair.new], it]))
                    .map(|it| it.old),
            );
        }
        for (at, it) in mates.new.steps.iter().enumerate() {
            let place = mates.new.place(at);
            let Some(pair) = new_mate(at) else {
                self.new_step(mates, at, to, rewritten, &place);
                continue;
            };
            let other = &mates.old.steps[pair.old];
            if pair.moved {
                self.moved(mates, pair, &place);
            }
            let joined = |left: usize| old_mate(left).is_none() && is_all(it, &[other, &mates.old.steps[left]]);
            let same = told.contains(&pair.old) || (0..mates.old.steps.len()).any(joined);
            self.step(other, it, &place, same);
        }
        for (at, it) in mates.old.steps.iter().enumerate().filter(|(at, _)| old_mate(*at).is_none()) {
            // What lies in a step that is gone is gone with it.
            let with_parent = it.parent.is_some_and(|parent| old_mate(parent).is_none());
            let place = mates.old.place(at);
            if with_parent || from.contains_key(&place) || rewritten.from.contains(&place) {
                continue;
            }
            let into = source_of(&mates.new, &mates.old, at, &mates.pairs, |pair| (pair.new, pair.old));
            let was = Some(self.text(&it.step.segments, Version::Old));
            match into {
                Some(pair) => {
                    let step = &mates.new.steps[pair.new].step;
                    let is = Some(self.text(&step.segments, Version::New));
                    let place = mates.new.place(pair.new);
                    self.push(ChangeKind::StepsJoined, &place, (was, is), (&it.step.segments, &step.segments));
                }
                None if self.says(&it.step.segments, Version::New) => {}
                None => {
                    let is = self.said_beside(&it.step.segments, Version::New);
                    let kind = if is.is_some() { ChangeKind::StepReworded } else { ChangeKind::StepRemoved };
                    self.push(kind, &place, (was, is), (&it.step.segments, &[]));
                }
            }
        }
    }

    fn new_step(&mut self, mates: &Mates<'_>, at: usize, to: &Carried, rewritten: &Rewritten, place: &str) {
        let it = &mates.new.steps[at];
        let is = self.text(&it.step.segments, Version::New);
        if let Some(segments) = rewritten.to.get(place) {
            let texts = (Some(self.text(segments, Version::Old)), Some(is));
            self.push(ChangeKind::StepReworded, place, texts, (segments, &it.step.segments));
            return;
        }
        if let Some((from, segments)) = to.get(place) {
            let was = format!("{} {}", within(from), self.text(segments, Version::Old));
            let texts = (Some(was), Some(format!("{} {is}", within(place))));
            self.push(ChangeKind::StepMoved, place, texts, (segments, &it.step.segments));
            return;
        }
        // What lies in a step that is new is new with it.
        if it.parent.is_some_and(|parent| !mates.pairs.iter().any(|pair| pair.new == parent)) {
            return;
        }
        match source_of(&mates.old, &mates.new, at, &mates.pairs, |pair| (pair.old, pair.new)) {
            Some(pair) => {
                let step = &mates.old.steps[pair.old].step;
                let was = Some(self.text(&step.segments, Version::Old));
                self.push(ChangeKind::StepSplit, place, (was, Some(is)), (&step.segments, &it.step.segments));
            }
            // What was said beside the steps.
            None if self.says(&it.step.segments, Version::Old) => {}
            None => {
                let was = self.said_beside(&it.step.segments, Version::Old);
                let kind = if was.is_some() { ChangeKind::StepReworded } else { ChangeKind::StepAdded };
                self.push(kind, place, (was, Some(is)), (&[], &it.step.segments));
            }
        }
    }

    /// A translation has to follow where it has the step in another order than the source has now.
    fn moved(&mut self, mates: &Mates<'_>, pair: &Pair, place: &str) {
        let (one, other) = (&mates.old.steps[pair.old], &mates.new.steps[pair.new]);
        let was = format!("{} {}", one.step.id, self.text(&one.step.segments, Version::Old));
        let is = format!("{} {}", other.step.id, self.text(&other.step.segments, Version::New));
        let stays = |at: usize| mates.pairs.iter().any(|it| it.new == at && !it.moved);
        let beside = |at: &usize| mates.new.steps[*at].parent == other.parent && stays(*at);
        let before = (0..pair.new).rev().find(beside);
        let after = (pair.new + 1..mates.new.steps.len()).find(beside);
        let first = |at: usize, locale: &str| {
            let mate = mates.pairs.iter().find(|it| it.new == at)?;
            let (one, other) = (&mates.old.steps[mate.old].step, &mates.new.steps[at].step);
            self.place(one.segments.first()?, other.segments.first()?, locale)
        };
        let needs = |locale: &&String| {
            let Some(own) = first(pair.new, locale) else { return true };
            before.and_then(|at| first(at, locale)).is_some_and(|before| before > own)
                || after.and_then(|at| first(at, locale)).is_some_and(|after| after < own)
        };
        let needed = self.locales().filter(needs).cloned().collect();
        self.push_needed(ChangeKind::StepMoved, place, (Some(was), Some(is)), needed);
    }

    /// `same`: whether the words that changed went to another step or came from one.
    fn step(&mut self, old: &Flat<'_>, new: &Flat<'_>, place: &str, same: bool) {
        let segments = (&old.step.segments[..], &new.step.segments[..]);
        let (was, is) = (actions(&old.step), actions(&new.step));
        let texts = (self.seen(segments.0, Version::Old), self.seen(segments.1, Version::New));
        let mut others = texts.clone();
        let mut told = same;
        let same_verbs = was.len() == is.len() && was.iter().zip(&is).all(|(one, other)| one.verb == other.verb);
        if same_verbs && !self.shifted(&was, &is) {
            let targets =
                was.iter().zip(&is).filter_map(|(one, other)| Some((one.target.as_ref()?, other.target.as_ref()?)));
            for (one, other) in targets {
                let labels = (self.labels(one, Version::Old), self.labels(other, Version::New));
                labels.0.iter().for_each(|label| others.0 = others.0.replacen(label, "", 1));
                labels.1.iter().for_each(|label| others.1 = others.1.replacen(label, "", 1));
                let ((own, way), (new_own, new_way)) = (cut(&labels.0), cut(&labels.1));
                if essential(&own) != essential(&new_own) {
                    self.push(ChangeKind::LabelRenamed, place, (Some(own), Some(new_own)), segments);
                    told = true;
                }
                if essential(&way) != essential(&new_way) {
                    self.push(ChangeKind::PathChanged, place, (Some(way), Some(new_way)), segments);
                    told = true;
                }
            }
            told &= same || Words::of(&others.0).likeness(&Words::of(&others.1)) >= OTHERWISE_ALIKE;
        }
        if old.essence != new.essence {
            if !told {
                let shown = (Some(self.text(segments.0, Version::Old)), Some(self.text(segments.1, Version::New)));
                self.push(ChangeKind::StepReworded, place, shown, segments);
            }
        } else {
            let left = |own: &[String], other: &[String]| {
                let left = own.iter().filter(|it| !other.contains(it));
                left.map(String::as_str).collect::<Vec<_>>().join(", ")
            };
            let (gone, fresh) = (left(&old.step.links, &new.step.links), left(&new.step.links, &old.step.links));
            if !(gone.is_empty() && fresh.is_empty()) {
                let given = |text: String| (!text.is_empty()).then_some(text);
                self.push(ChangeKind::LinkChanged, place, (given(gone), given(fresh)), segments);
            }
        }
    }

    /// Whether one of the labels only changed its place among the others: "Select **A**, and then **B**"
    /// and "Select **B**, and then **C**" rename nothing.
    fn shifted(&self, was: &[&Action], is: &[&Action]) -> bool {
        let own = |all: &[&Action], version| -> Vec<String> {
            let labels = |it: &&Action| Some(essential(&cut(&self.labels(it.target.as_ref()?, version)).0));
            all.iter().map(|it| labels(it).unwrap_or_default()).collect()
        };
        let (was, is) = (own(was, Version::Old), own(is, Version::New));
        let elsewhere = |label: &String, at: usize, all: &[String]| {
            !label.is_empty() && all.iter().enumerate().any(|(other, it)| other != at && it == label)
        };
        (0..was.len()).any(|at| was[at] != is[at] && (elsewhere(&was[at], at, &is) || elsewhere(&is[at], at, &was)))
    }

    /// The labels that lead to a target, and its own.
    fn labels(&self, target: &UiTarget, version: Version) -> Vec<String> {
        let locale = &self.article(version).source_locale;
        target.path.iter().chain([&target.label]).filter_map(|it| it.get(locale)).cloned().collect()
    }
}

/// The label of a target, and the way to it.
fn cut(labels: &[String]) -> (String, String) {
    let Some((own, way)) = labels.split_last() else { return Default::default() };
    (own.clone(), way.join(" > "))
}

/// The step of the other version that says all that an unpaired step says, and whose mate does not.
fn source_of<'p>(
    from: &Laid<'_>,
    own: &Laid<'_>,
    at: usize,
    pairs: &'p [Pair],
    sides: impl Fn(&Pair) -> (usize, usize),
) -> Option<&'p Pair> {
    let part = &own.steps[at].essence;
    let says = |text: &str| format!(" {text} ").contains(&format!(" {part} "));
    let found = |pair: &&Pair| {
        let (other, mate) = sides(pair);
        says(&from.steps[other].essence) && !says(&own.steps[mate].essence)
    };
    pairs.iter().find(found).filter(|_| is_long(part))
}

/// Whether a step says what two say together.
fn is_all(whole: &Flat<'_>, parts: &[&Flat<'_>]) -> bool {
    let mut parts: Vec<&str> = parts.iter().map(|it| &*it.essence).collect();
    let in_order = parts.join(" ");
    parts.reverse();
    whole.essence == in_order || whole.essence == parts.join(" ")
}

/// The place within the article.
fn within(place: &str) -> &str {
    place.split_once('#').map_or(place, |(_, place)| place)
}

/// All that the sentences of a step tell to do.
fn actions(step: &Step) -> Vec<&Action> {
    let inner = |arm: &&Arm| !arms_with_items(step).any(|it| std::ptr::eq(it, *arm));
    step.actions.iter().chain(step.arms().iter().filter(inner).flat_map(|arm| &arm.actions)).collect()
}
