//! The stretch of one order: where its object ends, what it is done for and when, where the next one
//! begins.

use std::ops::Range;

use super::model::Action;
use super::opening::Opening;
use super::orders::Reader;
use super::targets::{self, Place};

/// The stretch of one order.
pub(super) struct Clause {
    pub object_end: usize,
    pub end: usize,
    pub when: Option<Range<usize>>,
    pub purpose: Option<Range<usize>>,
    /// Where "by selecting" begins, at its verb.
    pub way: Option<usize>,
    pub next: Option<Opening>,
}

impl Reader<'_> {
    /// The clause of an order whose object begins at a token.
    pub(super) fn clause(&self, from: usize, addresses: bool) -> Clause {
        let mut clause =
            Clause { object_end: self.end, end: self.end, when: None, purpose: None, way: None, next: None };
        // Where a condition or purpose began.
        let (mut when, mut purpose) = (None, None);
        let mut nesting = 0i32;
        let mut at = from;
        while at < self.end {
            match self.sentence.sign(at) {
                Some('(' | '[') => nesting += 1,
                Some(')' | ']') => nesting -= 1,
                _ => {}
            }
            if nesting > 0 {
                at += 1;
                continue;
            }
            let tail = when.is_some() || purpose.is_some();
            if at > from || self.sentence.sign(at).is_some() || self.sentence.phrase(&self.words.joints, at).is_some() {
                if let Some(next) = self.next(at, tail) {
                    (clause.end, clause.next) = (at, Some(next));
                    break;
                }
                if self.sentence.sign(at) == Some(':') || self.sentence.sign(at) == Some(';') {
                    clause.end = at;
                    break;
                }
            }
            if clause.way.is_none()
                && let Some(length) = self.sentence.phrase(&self.words.ways, at)
                && self.words.gerunds.at(self.sentence.words(at + length)).is_some()
            {
                clause.way = Some(at + length);
                clause.object_end = clause.object_end.min(at);
            }
            if clause.way.is_none() && at > from {
                if when.is_none() && purpose.is_none() && self.sentence.phrase(&self.words.conditions, at).is_some() {
                    when = Some(at);
                }
                if purpose.is_none() && when.is_none() && !addresses && self.opens_purpose(at) {
                    purpose = Some(at);
                }
            }
            at += 1;
        }
        if let Some(at) = when {
            clause.when = Some(at..clause.end);
            clause.object_end = clause.object_end.min(at);
        }
        if let Some(at) = purpose {
            let length = self.sentence.phrase(&self.words.purposes, at).unwrap_or(1);
            clause.purpose =
                Some(at + length..clause.way.map_or(clause.end, |way| way.saturating_sub(1).max(at + length)));
            clause.object_end = clause.object_end.min(at);
        }
        clause.object_end = clause.object_end.min(clause.end);
        clause
    }

    /// "to" before a verb, and not before a place.
    fn opens_purpose(&self, at: usize) -> bool {
        let Some(length) = self.sentence.phrase(&self.words.purposes, at) else { return false };
        let next = at + length;
        let bound = at > 0 && self.words.binds_purpose.has(&self.sentence.tokens[at - 1].word);
        !bound
            && next < self.end
            && self.sentence.label(next).is_none()
            && self.sentence.sign(next).is_none()
            && self.sentence.phrase(&self.words.determiners, next).is_none()
            && self.sentence.words(next).next().is_some_and(|word| word.starts_with(|it: char| it.is_ascii_lowercase()))
            && (self.verb(next).is_some() || !self.is_name(next))
    }

    fn is_name(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        self.sentence.text[token.range.clone()].starts_with(char::is_uppercase)
    }

    /// The order that begins at a joint. In a condition or purpose only "then", or a comma with a
    /// joint, ends it.
    fn next(&self, at: usize, tail: bool) -> Option<Opening> {
        let comma = usize::from(self.sentence.sign(at) == Some(','));
        let joint = self.sentence.phrase(&self.words.joints, at + comma).unwrap_or(0);
        if comma + joint == 0 || (tail && comma == 0 && !self.is_then(at)) {
            return None;
        }
        let from = at + comma + joint;
        let then = self.is_then(at + comma);
        if let Some(opening) = self.opening(from, !then, 3) {
            // A comma alone joins orders; a place, condition or purpose behind it belongs to what
            // stands before.
            if joint > 0 || opening.verb == from {
                return Some(opening);
            }
        }
        // "and then **B**"
        let mut name = from;
        while let Some(length) = self.sentence.phrase(&self.words.determiners, name) {
            name += length;
        }
        let again = then && self.sentence.label(name).is_some();
        again.then(|| Opening { verb: name, ..Opening::default() })
    }

    fn is_then(&self, at: usize) -> bool {
        self.sentence.phrase(&self.words.then, at).is_some()
    }

    /// The actions of "by selecting **A** and then **B**".
    pub(super) fn way(&self, range: Range<usize>) -> Vec<Action> {
        let Some((length, name)) = self.words.gerunds.at(self.sentence.words(range.start)) else { return Vec::new() };
        let clause = self.clause(range.start + length, false);
        let object = range.start + length..clause.object_end.min(range.end);
        let mut actions = targets::actions(self, name, object, Place::default());
        if let (Some(purpose), Some(first)) = (clause.purpose, actions.first_mut()) {
            first.purpose = Some(self.sentence.slice(purpose).to_owned());
        }
        actions
    }
}
