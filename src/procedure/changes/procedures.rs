//! Procedures of two versions: which are the same, and where their steps went.

use std::collections::{BTreeMap, BTreeSet};

use super::ChangeKind;
use super::comparison::{Comparison, Version};
use super::mates::take_pairs;
use crate::document::{Words, essential};
use crate::procedure::matching::{Flat, Pair, flat, is_long, pairs};
use crate::procedure::model::{Procedure, SegmentId, Step};

/// So many of a thousand words are common to two procedures with one anchor that are the same.
const ALIKE: u32 = 300;
/// The same, of two with different anchors.
const ALIKE_ELSEWHERE: u32 = 550;

/// So many of a thousand words are common to two headings of one procedure.
const ALIKE_TITLES: u32 = 450;

/// Where the steps and sections of the older version are in the newer.
#[derive(Debug, Default)]
pub(super) struct Places {
    became: BTreeMap<String, String>,
    new: BTreeSet<String>,
    gone: BTreeSet<String>,
}

impl Places {
    /// The place that an older one became.
    pub(super) fn became<'p>(&'p self, place: &'p str) -> &'p str {
        self.became.get(place).map_or(place, String::as_str)
    }

    /// Whether a place is a step that was not there before.
    pub(super) fn is_new(&self, place: &str) -> bool {
        self.new.contains(place)
    }

    /// Whether a place is a step that is not there any more.
    pub(super) fn is_gone(&self, place: &str) -> bool {
        self.gone.contains(place)
    }
}

/// A procedure with its steps in order.
pub(super) struct Laid<'a> {
    pub procedure: &'a Procedure,
    pub steps: Vec<Flat<'a>>,
    words: Words,
    title: Words,
}

/// Two that are the same, with their steps paired.
pub(super) struct Mates<'a> {
    pub old: Laid<'a>,
    pub new: Laid<'a>,
    pub pairs: Vec<Pair>,
}

impl Laid<'_> {
    pub(super) fn place(&self, at: usize) -> String {
        format!("{}/{}", self.procedure.id, self.steps[at].step.id)
    }
}

/// Steps that stand in another procedure now: by one place, the other with its segments.
pub(super) type Carried = BTreeMap<String, (String, Vec<SegmentId>)>;

impl<'a> Comparison<'a> {
    /// Compares the procedures; says where their steps are now.
    pub(super) fn procedures(&mut self) -> Places {
        let mut old = self.laid(&self.old.procedures, Version::Old);
        let mut new = self.laid(&self.new.procedures, Version::New);
        let is_same = |one: &Laid<'_>, other: &Laid<'_>| one.procedure.id == other.procedure.id;
        let alike = |one: &Laid<'_>, other: &Laid<'_>, least: u32| {
            let likeness = one.words.likeness(&other.words);
            (likeness >= least).then_some(likeness)
        };
        // Of several in one section the likest are the same, whichever is the second there.
        let is_beside = |one: &Laid<'_>, other: &Laid<'_>| one.procedure.section == other.procedure.section;
        let mut mates = take_pairs(&mut old, &mut new, |one, other| {
            let likeness = is_beside(one, other).then(|| alike(one, other, ALIKE)).flatten()?;
            Some(likeness + u32::from(is_same(one, other)) * 200)
        });
        let same_title = |one: &Laid<'_>, other: &Laid<'_>| one.title.likeness(&other.title) >= ALIKE_TITLES;
        mates.extend(take_pairs(&mut old, &mut new, |one, other| {
            alike(one, other, if same_title(one, other) { ALIKE } else { ALIKE_ELSEWHERE })
        }));
        mates.extend(take_pairs(&mut old, &mut new, |one, other| is_same(one, other).then_some(0)));
        let order = |it: &Laid<'_>| self.new.procedures.iter().position(|own| own.id == it.procedure.id);
        mates.sort_by_key(|(_, new)| order(new));
        let pair = |(old, new): (Laid<'a>, Laid<'a>)| {
            let pairs = pairs(&old.steps, &new.steps);
            Mates { old, new, pairs }
        };
        let mates: Vec<Mates<'a>> = mates.into_iter().map(pair).collect();
        for after in &new {
            let (segments, title) = (all_segments(after), self.title(after.procedure, Version::New));
            self.push(ChangeKind::ProcedureAdded, &after.procedure.id, (None, Some(title)), (&[], &segments));
        }
        for before in &old {
            let (segments, title) = (all_segments(before), self.title(before.procedure, Version::Old));
            self.push(ChangeKind::ProcedureRemoved, &before.procedure.id, (Some(title), None), (&segments, &[]));
        }
        let (to, from) = carried(&mates);
        let rewritten = self.rewritten(&mates, &to, &from);
        for it in &mates {
            self.mates(it, &to, &from, &rewritten);
        }
        self.places(&mates, &old, &new)
    }

    fn laid(&self, procedures: &'a [Procedure], version: Version) -> Vec<Laid<'a>> {
        let said = |step: &Step, with_below: bool| match with_below {
            true => self.seen(&below(step), version),
            false => self.seen(&step.segments, version),
        };
        let laid = |procedure: &'a Procedure| {
            let steps = flat(procedure, &said);
            let all: Vec<String> = procedure.steps.iter().map(|step| said(step, true)).collect();
            let title = Words::of(&self.seen(procedure.title.as_slice(), version));
            Laid { procedure, steps, words: Words::of(&all.join(" ")), title }
        };
        procedures.iter().map(laid).collect()
    }

    fn places(&self, mates: &[Mates<'_>], old: &[Laid<'_>], new: &[Laid<'_>]) -> Places {
        let mut places = Places::default();
        for it in mates {
            let became = it.pairs.iter().map(|pair| (it.old.place(pair.old), it.new.place(pair.new)));
            places.became.extend(became);
            let is_old = |at: &usize| !it.pairs.iter().any(|pair| pair.old == *at);
            let is_new = |at: &usize| !it.pairs.iter().any(|pair| pair.new == *at);
            places.gone.extend((0..it.old.steps.len()).filter(is_old).map(|at| it.old.place(at)));
            places.new.extend((0..it.new.steps.len()).filter(is_new).map(|at| it.new.place(at)));
        }
        places.gone.extend(old.iter().flat_map(|it| (0..it.steps.len()).map(|at| it.place(at))));
        places.new.extend(new.iter().flat_map(|it| (0..it.steps.len()).map(|at| it.place(at))));
        // A section that says what another said has only another anchor.
        let titled = |id: &Option<SegmentId>, version| essential(&self.seen(id.as_slice(), version));
        for section in &self.old.sections {
            let stays = self.new.sections.iter().any(|it| it.id == section.id);
            let title = titled(&section.title, Version::Old);
            let same = self.new.sections.iter().find(|it| titled(&it.title, Version::New) == title);
            if let Some(same) = same.filter(|_| !stays && !title.is_empty()) {
                let key = &self.new.key;
                places.became.insert(format!("{key}#{}", section.id), format!("{key}#{}", same.id));
            }
        }
        places
    }
}

/// Steps that say the same and stand in another procedure now: by their new places, and by their old.
fn carried(mates: &[Mates<'_>]) -> (Carried, Carried) {
    let (mut to, mut from) = (Carried::new(), Carried::new());
    let mut free: Vec<(&str, String, &Step)> = Vec::new();
    for it in mates {
        let left = (0..it.old.steps.len()).filter(|at| !it.pairs.iter().any(|pair| pair.old == *at));
        free.extend(left.map(|at| (&*it.old.steps[at].essence, it.old.place(at), &*it.old.steps[at].step)));
    }
    free.retain(|(essence, ..)| is_long(essence));
    for it in mates {
        for at in (0..it.new.steps.len()).filter(|at| !it.pairs.iter().any(|pair| pair.new == *at)) {
            if let Some(same) = free.iter().position(|(essence, ..)| *essence == it.new.steps[at].essence) {
                let (_, place, step) = free.remove(same);
                from.insert(place.clone(), (it.new.place(at), it.new.steps[at].step.segments.clone()));
                to.insert(it.new.place(at), (place, step.segments.clone()));
            }
        }
    }
    (to, from)
}

impl<'a> Mates<'a> {
    /// The older steps without a mate, below one that has one.
    pub(super) fn gone(&self) -> impl Iterator<Item = (usize, &Step)> {
        let is_gone = |at: usize| !self.pairs.iter().any(|pair| pair.old == at);
        let steps = self.old.steps.iter().enumerate();
        steps.filter(move |(at, it)| is_gone(*at) && !it.parent.is_some_and(is_gone)).map(|(at, it)| (at, &*it.step))
    }

    /// The newer steps without a mate, below one that has one.
    pub(super) fn fresh(&self) -> impl Iterator<Item = (usize, &Step)> {
        let is_new = |at: usize| !self.pairs.iter().any(|pair| pair.new == at);
        let steps = self.new.steps.iter().enumerate();
        steps.filter(move |(at, it)| is_new(*at) && !it.parent.is_some_and(is_new)).map(|(at, it)| (at, &*it.step))
    }
}

/// The segments of a step and of all that stands under it.
fn below(step: &Step) -> Vec<SegmentId> {
    let arms = step.arms().iter().flat_map(|arm| &arm.segments).filter(|it| !step.segments.contains(it));
    step.segments.iter().chain(arms).cloned().chain(step.inner().iter().flat_map(below)).collect()
}

fn all_segments(laid: &Laid<'_>) -> Vec<SegmentId> {
    laid.procedure.title.iter().chain(laid.steps.iter().flat_map(|it| &it.step.segments)).cloned().collect()
}
