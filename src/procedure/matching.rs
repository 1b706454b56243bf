//! Which steps of an older procedure are which of a newer one.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::alias;
use super::model::{Arm, Procedure, Step};
use crate::document::{Words, essential};

/// A step in the procedure's order, with what it says.
#[derive(Clone)]
pub(super) struct Flat<'a> {
    /// The step; an arm with an item of its own counts as one.
    pub step: Cow<'a, Step>,
    /// The step it lies in.
    pub parent: Option<usize>,
    /// What it says, without what does not count.
    pub essence: String,
    /// A step is known by what stands under it, too: the same with that.
    whole: String,
    words: Words,
    /// The words that are in no label.
    bare: Words,
}

/// A step that is in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub old: usize,
    pub new: usize,
    /// Whether others that are in both were on its other side.
    pub moved: bool,
}

/// The steps of a procedure with those under them, in order. `said` gives the words of a step, with or
/// without what stands under it.
pub(super) fn flat<'a>(procedure: &'a Procedure, said: &dyn Fn(&Step, bool) -> String) -> Vec<Flat<'a>> {
    fn add<'a>(
        steps: &'a [Step],
        parent: Option<usize>,
        said: &dyn Fn(&Step, bool) -> String,
        all: &mut Vec<Flat<'a>>,
    ) {
        for step in steps {
            let own = all.len();
            all.push(flat_step(Cow::Borrowed(step), parent, said));
            let arms = arms_with_items(step).enumerate();
            all.extend(arms.map(|(index, arm)| flat_step(Cow::Owned(step_of(arm, step, index)), Some(own), said)));
            add(step.inner(), Some(own), said, all);
        }
    }
    let mut all = Vec::new();
    add(&procedure.steps, None, said, &mut all);
    all
}

fn flat_step<'a>(step: Cow<'a, Step>, parent: Option<usize>, said: &dyn Fn(&Step, bool) -> String) -> Flat<'a> {
    let (own, whole) = (said(&step, false), said(&step, true));
    let mut bare = own.clone();
    let targets = step.actions.iter().filter_map(|action| action.target.as_ref());
    let labels = targets.flat_map(|it| it.path.iter().chain([&it.label])).flat_map(|texts| texts.values());
    labels.for_each(|label| bare = bare.replacen(label, "", 1));
    let (words, bare) = (Words::of(&whole), Words::of(&bare));
    Flat { step, parent, essence: essential(&own), whole: essential(&whole), words, bare }
}

/// The arms of a step that are items of a list, and no sentences of its own.
pub(super) fn arms_with_items(step: &Step) -> impl Iterator<Item = &Arm> {
    step.arms().iter().filter(|arm| !arm.segments.iter().any(|it| step.segments.contains(it)))
}

fn step_of(arm: &Arm, step: &Step, index: usize) -> Step {
    let ordinal = index as u32 + 1;
    let (id, alias) = (format!("{}.{ordinal}", step.id), alias::words_of(arm.actions.iter()));
    let (segments, actions) = (arm.segments.clone(), arm.actions.clone());
    Step { id, alias, ordinal, segments, actions, when: Some(arm.when.clone()), ..Step::default() }
}

/// Pairs steps by what they say: equal texts first, then equal names, then the likest that are left.
pub(super) fn pairs(old: &[Flat<'_>], new: &[Flat<'_>]) -> Vec<Pair> {
    let mut matching = Matching { old, new, mate: vec![None; old.len()], taken: vec![false; new.len()] };
    matching.equal(&|it| Some(format!("{}\n{}", depth(it), it.whole)));
    matching.equal(&|it| Some(it.step.alias.clone()));
    matching.alike();
    matching.equal(&|it| is_long(&it.whole).then(|| it.whole.clone()));
    matching.part();
    matching.lift();
    matching.fill_gaps();
    matching.pairs()
}

/// So many of a thousand words are common to two texts that say nearly the same.
const ALIKE: u32 = 500;
/// The same, of two that stand in another order than the rest.
const SURELY_ALIKE: u32 = 650;

/// Whether a text has so many words that it is hardly said twice.
pub(super) fn is_long(essence: &str) -> bool {
    essence.split(' ').nth(3).is_some()
}

/// The labels that a step does something to, without the ways to them.
fn labels<'f>(flat: &'f Flat<'_>) -> Vec<&'f String> {
    let targets = flat.step.actions.iter().filter_map(|action| action.target.as_ref());
    targets.flat_map(|target| target.label.values().next()).collect()
}

fn depth(flat: &Flat<'_>) -> usize {
    flat.step.id.matches('.').count()
}

struct Matching<'m, 'a> {
    old: &'m [Flat<'a>],
    new: &'m [Flat<'a>],
    /// For each old step its new one.
    mate: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Matching<'_, '_> {
    fn take(&mut self, at: usize, other: usize) {
        (self.mate[at], self.taken[other]) = (Some(other), true);
    }

    /// Pairs those with equal keys, in order.
    fn equal(&mut self, key: &dyn Fn(&Flat<'_>) -> Option<String>) {
        let mut free: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, flat) in self.new.iter().enumerate().rev().filter(|(at, _)| !self.taken[*at]) {
            if let Some(key) = key(flat) {
                free.entry(key).or_default().push(at);
            }
        }
        for at in 0..self.old.len() {
            let found = self.mate[at].is_none().then(|| free.get_mut(&key(&self.old[at])?)?.pop()).flatten();
            if let Some(found) = found {
                self.take(at, found);
            }
        }
    }

    /// Pairs the likest first; of equals those that are nearest to one another.
    fn alike(&mut self) {
        let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
        for (at, flat) in self.old.iter().enumerate().filter(|(at, _)| self.mate[*at].is_none()) {
            for (other, it) in self.new.iter().enumerate().filter(|(other, _)| !self.taken[*other]) {
                let likeness = flat.words.likeness(&it.words);
                if likeness >= ALIKE && depth(flat) == depth(it) {
                    candidates.push((likeness, at, other));
                }
            }
        }
        candidates.sort_by_key(|&(likeness, at, other)| (std::cmp::Reverse(likeness), at.abs_diff(other), at));
        for (_, at, other) in candidates {
            if self.mate[at].is_none() && !self.taken[other] {
                self.take(at, other);
            }
        }
    }

    /// Parts those that only have a name in common and stand in another order than the rest: "Select
    /// **Submit**" is said for many things.
    fn part(&mut self) {
        for pair in self.in_order() {
            let likeness = self.old[pair.old].words.likeness(&self.new[pair.new].words);
            if pair.moved && likeness < SURELY_ALIKE {
                (self.mate[pair.old], self.taken[pair.new]) = (None, false);
            }
        }
    }

    /// Pairs steps whose sub-steps are paired.
    fn lift(&mut self) {
        for at in (0..self.old.len()).rev() {
            let parents = self.mate[at].and_then(|other| Some((self.old[at].parent?, self.new[other].parent?)));
            if let Some((one, other)) = parents.filter(|&(one, other)| self.mate[one].is_none() && !self.taken[other]) {
                self.take(one, other);
            }
        }
    }

    /// Pairs what is left between the same neighbours and does something to the same label, or tells to
    /// do the same to something else: a step whose label was renamed has no other word.
    fn fill_gaps(&mut self) {
        self.fill(&|one, other| !labels(one).is_empty() && labels(one) == labels(other));
        self.fill(&|one, other| labels(one).iter().any(|it| labels(other).contains(it)));
        let verbs = |flat: &Flat<'_>| flat.step.actions.iter().map(|it| it.verb.clone()).collect::<Vec<_>>();
        self.fill(&|one, other| {
            let alike = one.bare.likeness(&other.bare) >= ALIKE || one.essence.is_empty();
            !verbs(one).is_empty() && verbs(one) == verbs(other) && alike
        });
        self.only_one_left();
    }

    fn fill(&mut self, fits: &dyn Fn(&Flat<'_>, &Flat<'_>) -> bool) {
        for at in (0..self.old.len()).filter(|at| self.mate[*at].is_none()).collect::<Vec<_>>() {
            let from = self.mate[..at].iter().rev().find_map(|it| *it).map_or(0, |it| it + 1);
            let to = self.mate[at..].iter().find_map(|it| *it).unwrap_or(self.new.len());
            let own = &self.old[at];
            let free = |other: &usize| !self.taken[*other] && depth(own) == depth(&self.new[*other]);
            if let Some(other) = (from..to).filter(free).find(|other| fits(own, &self.new[*other])) {
                self.take(at, other);
            }
        }
    }

    /// Pairs the only step that is left between two neighbours with the only new one there, where both
    /// begin with the same verb.
    fn only_one_left(&mut self) {
        let verb = |flat: &Flat<'_>| flat.step.actions.first().map(|it| it.verb.clone());
        for at in (0..self.old.len()).filter(|at| self.mate[*at].is_none()).collect::<Vec<_>>() {
            let first = self.mate[..at].iter().rposition(Option::is_some).map_or(0, |it| it + 1);
            let last = self.mate[at..].iter().position(Option::is_some).map_or(self.old.len(), |it| at + it);
            let from = first.checked_sub(1).and_then(|it| self.mate[it]).map_or(0, |it| it + 1);
            let to = self.mate.get(last).copied().flatten().unwrap_or(self.new.len());
            let (own, count) = (&self.old[at], last - first);
            if count != 1 || from + 1 != to || self.taken[from] {
                continue;
            }
            let other = &self.new[from];
            if depth(own) == depth(other) && verb(own).is_some() && verb(own) == verb(other) {
                self.take(at, from);
            }
        }
    }

    fn both(&self) -> Vec<(usize, usize)> {
        self.mate.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?))).collect()
    }

    /// The pairs, those moved that stand in another order than most.
    fn in_order(&self) -> Vec<Pair> {
        let both = self.both();
        let kept = longest_in_order(&both.iter().map(|it| it.1).collect::<Vec<_>>());
        both.iter().zip(kept).map(|(&(old, new), kept)| Pair { old, new, moved: !kept }).collect()
    }

    /// The pairs, those moved that stand in another order among the steps beside them, or in another
    /// step. What lies in a step that was moved is moved with it.
    fn pairs(&self) -> Vec<Pair> {
        let both = self.both();
        let mut beside: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
        let mut found = Vec::new();
        for (at, other) in both {
            let (one, two) = (self.old[at].parent, self.new[other].parent);
            let mate = one.and_then(|one| self.mate[one]);
            if mate == two && mate.is_some() == one.is_some() {
                beside.entry(one).or_default().push((at, other));
                continue;
            }
            // Where a step was cut in two, or put under a new one, what lies in it has not moved.
            let from_other = one.is_none_or(|one| self.mate[one].is_some());
            let to_other = two.is_none_or(|two| self.taken[two]);
            found.push(Pair { old: at, new: other, moved: from_other && to_other });
        }
        for group in beside.into_values() {
            let kept = longest_in_order(&group.iter().map(|it| it.1).collect::<Vec<_>>());
            found.extend(group.into_iter().zip(kept).map(|((old, new), kept)| Pair { old, new, moved: !kept }));
        }
        found.sort_by_key(|pair| pair.new);
        found
    }
}

/// Which of some numbers are in a longest sequence that rises.
fn longest_in_order(numbers: &[usize]) -> Vec<bool> {
    let mut length = vec![1usize; numbers.len()];
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for at in 0..numbers.len() {
        for other in 0..at {
            if numbers[other] < numbers[at] && length[other] + 1 > length[at] {
                (length[at], before[at]) = (length[other] + 1, Some(other));
            }
        }
    }
    let mut kept = vec![false; numbers.len()];
    let last = (0..numbers.len()).max_by_key(|&at| (length[at], std::cmp::Reverse(at)));
    for at in std::iter::successors(last, |&at| before[at]) {
        kept[at] = true;
    }
    kept
}
