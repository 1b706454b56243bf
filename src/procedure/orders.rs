//! Sentence → what it orders: verbs with their targets, places, conditions and purposes, by the
//! frames of the language.

use std::ops::Range;

use super::model::{Action, Condition, Goal, SegmentId};
use super::opening::{DEPTH, Opening};
use super::targets;
use crate::locale::FrameWords;
use crate::termbase::Sentence;

/// What a sentence says to its reader.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// What is to be done, in order.
    pub actions: Vec<Action>,
    /// When, where that stands before all of it.
    pub condition: Option<Condition>,
    /// What for, where that stands before all of it.
    pub purpose: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether its condition is one of several that stand side by side: if … if ….
    pub branches: bool,
    /// Whether it says what the reader sees then.
    pub is_result: bool,
}

/// A sentence with what is needed to read it.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The frames of its language.
    pub words: &'a FrameWords,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Its number.
    pub segment: &'a SegmentId,
    /// The place of its segment in the outline.
    pub passage: usize,
    /// Where it ends, in tokens.
    pub end: usize,
}

impl<'a> Reader<'a> {
    /// Reads the sentence in these tokens.
    pub fn orders(mut self, range: Range<usize>) -> Orders {
        self.end = range.end;
        let mut orders = Orders::default();
        let (opening, from) = match self.opening(range.start, false, DEPTH) {
            Some(opening) => (opening, range.start),
            None => {
                orders.is_result = self.sentence.holds(&self.words.results, range.clone());
                let Some(found) = orders.is_result.then(|| self.behind_result(&range)).flatten() else { return orders };
                found
            }
        };
        orders.optional = opening.optional;
        orders.branches = self.sentence.phrase(&self.words.branches, from).is_some();
        orders.condition = opening.condition;
        orders.purpose = opening.purpose;
        let mut place = opening.place;
        let mut when: Option<Condition> = None;
        let mut purpose: Option<String> = None;
        let mut next = Some(opening.verb);
        let mut verb = String::new();
        while let Some(at) = next {
            let object = match self.verb(at) {
                Some((length, name)) => {
                    verb = name.to_owned();
                    at + length
                }
                // "and then **B**": the same verb, or that of a button, "make your changes, then **Save**".
                None => {
                    if !self.words.leading.has(&verb)
                        && let Some(first) = self.words.frames.choosing.0.first()
                    {
                        verb = first.to_string();
                    }
                    at
                }
            };
            let clause = self.clause(object, self.words.addressing.has(&verb));
            let mut actions = targets::actions(&self, &verb, object..clause.object_end, std::mem::take(&mut place));
            let last_when = clause.when.map(|range| self.condition(range)).or(when.take());
            let last_purpose = clause.purpose.map(|range| self.sentence.slice(range).to_owned()).or(purpose.take());
            for action in &mut actions {
                action.when = last_when.clone();
                action.optional = opening.offered;
            }
            if let Some(action) = actions.first_mut() {
                action.purpose = last_purpose;
            }
            if let Some(way) = clause.way {
                let main = self.sentence.slice(at..clause.object_end).to_owned();
                actions.retain(|action| action.target.is_some());
                let done = self.way(way..clause.end);
                purpose = None;
                let mut done = done;
                if actions.is_empty()
                    && let Some(first) = done.first_mut()
                {
                    first.purpose.get_or_insert(main);
                }
                actions.extend(done);
            }
            orders.actions.extend(actions);
            next = None;
            if let Some(opening) = clause.next {
                next = Some(opening.verb);
                (place, when, purpose) = (opening.place, opening.condition, opening.purpose);
            }
        }
        // "Create or update the profile": both verbs are about it.
        for at in (1..orders.actions.len()).rev() {
            let (before, after) = orders.actions.split_at_mut(at);
            let (before, after) = (&mut before[at - 1], &after[0]);
            if before.target.is_none() && before.object.is_none() && before.purpose.is_none() {
                (before.target, before.object) = (after.target.clone(), after.object.clone());
            }
        }
        let refers = |action: &Action| {
            let on_screen =
                action.target.as_ref().is_some_and(|it| it.control.as_deref().is_some_and(|it| it != "link"));
            self.words.references.has(&action.verb) && !on_screen
        };
        let mut first = true;
        orders.actions.retain(|action| {
            let says = action.target.is_some() || action.object.is_some() || action.purpose.is_some();
            std::mem::take(&mut first) || says || action.when.is_some()
        });
        orders.actions.retain(|action| !refers(action) && (!action.optional || action.target.is_some()));
        if let (Some(purpose), Some(first)) = (&orders.purpose, orders.actions.first_mut()) {
            first.purpose.get_or_insert_with(|| purpose.clone());
        }
        orders
    }

    /// "A pane opens, select **Save**.": the order behind a result, and where it begins.
    fn behind_result(&self, range: &Range<usize>) -> Option<(Opening, usize)> {
        let result = range.clone().find(|&at| self.sentence.phrase(&self.words.results, at).is_some())?;
        let comma = (result..range.end).filter(|&at| self.sentence.sign(at) == Some(','));
        comma.map(|at| at + 1).find_map(|at| {
            let joint = self.sentence.phrase(&self.words.joints, at).unwrap_or(0);
            let opening = self.opening(at + joint, true, DEPTH)?;
            let (length, name) = self.verb(opening.verb)?;
            let (mut object, leads) = (opening.verb + length, self.words.leading.has(name));
            while let Some(length) = self.sentence.phrase(&self.words.determiners, object) {
                object += length;
            }
            (leads && self.sentence.label(object).is_some()).then_some((opening, at))
        })
    }

    /// What a heading says is reached.
    pub fn goal(mut self) -> Option<Goal> {
        self.end = self.sentence.tokens.len();
        let mut at = 0;
        while let Some(length) = self.sentence.phrase(&self.words.heading_openers, at) {
            at += length + usize::from(matches!(self.sentence.sign(at + length), Some('.' | ':' | ')')));
        }
        let verbs = [&self.words.gerunds, &self.words.verbs];
        let (length, name) = verbs.iter().find_map(|verbs| verbs.at(self.sentence.words(at)))?;
        let name = name.to_owned();
        if self.is_finite(at + length) {
            return None;
        }
        // "Add or remove a user": the first verb names it.
        let mut from = at + length;
        if let Some(joint) = self.sentence.phrase(&self.words.joints, from)
            && let Some((second, _)) = verbs.iter().find_map(|verbs| verbs.at(self.sentence.words(from + joint)))
        {
            from += joint + second;
        }
        let object = self.bare(from..self.end);
        (!object.is_empty()).then(|| Goal { action: name, object: object.to_owned() })
    }

    /// The text of some tokens without the words that only stand before a noun.
    pub fn bare(&self, mut range: Range<usize>) -> &'a str {
        while range.start < range.end
            && let Some(length) = self.sentence.phrase(&self.words.determiners, range.start)
        {
            range.start += length;
        }
        self.sentence.slice(range.start..range.end.max(range.start))
    }

    pub(super) fn condition(&self, range: Range<usize>) -> Condition {
        let negated = self.sentence.phrase(&self.words.denied, range.start).is_some();
        let from = range.start + self.sentence.phrase(&self.words.conditions, range.start).unwrap_or(0);
        Condition { text: self.sentence.slice(from..range.end).to_owned(), negated, segment: self.segment.clone() }
    }

    /// The verb of an order at a token.
    pub(super) fn verb(&self, at: usize) -> Option<(usize, &'a str)> {
        let (length, name) = self.words.verbs.at(self.sentence.words(at))?;
        (at + length <= self.end).then_some((length, name))
    }

    /// Whether a word follows that makes a noun of the one before: "access is".
    pub(super) fn is_finite(&self, at: usize) -> bool {
        self.sentence.phrase(&self.words.finite, at).is_some()
    }

    /// Whether an order begins at a token. Behind a joint a word that is more often a noun does so
    /// only before something to be done.
    pub(super) fn begins(&self, at: usize, joined: bool) -> bool {
        let Some((length, _)) = self.verb(at) else { return false };
        if self.is_finite(at + length) {
            return false;
        }
        let shy = joined && self.sentence.phrase(&self.words.shy_verbs, at).is_some_and(|shy| shy >= length);
        !shy || self.sentence.label(at + length).is_some()
            || self.sentence.phrase(&self.words.determiners, at + length).is_some()
            || self.sentence.phrase(&self.words.ways, at + length).is_some()
    }
}
