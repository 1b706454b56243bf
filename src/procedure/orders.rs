//! Sentence → what it orders: verbs with their targets, places, conditions and purposes, by the
//! frames of the language.

use std::ops::Range;

use super::model::{Action, Condition, Goal, SegmentId};
use super::sentence::{Sentence, TokenKind};
use super::targets::{self, Place};
use crate::locale::FrameWords;

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

/// What stands before a verb.
#[derive(Clone, Debug, Default)]
struct Opening {
    verb: usize,
    place: Place,
    condition: Option<Condition>,
    purpose: Option<String>,
    optional: bool,
    offered: bool,
}

/// Openings nest no deeper: "If …, then on the … page, to …, select".
const DEPTH: usize = 5;

impl<'a> Reader<'a> {
    /// Reads the sentence in these tokens.
    pub fn orders(mut self, range: Range<usize>) -> Orders {
        self.end = range.end;
        let mut orders = Orders::default();
        let Some(opening) = self.opening(range.start, false, DEPTH) else {
            orders.is_result = self.sentence.holds(&self.words.results, range);
            return orders;
        };
        orders.optional = opening.optional;
        orders.branches = self.sentence.phrase(&self.words.branches, range.start).is_some();
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

    fn condition(&self, range: Range<usize>) -> Condition {
        let negated = self.sentence.phrase(&self.words.denied, range.start).is_some();
        let from = range.start + self.sentence.phrase(&self.words.conditions, range.start).unwrap_or(0);
        Condition { text: self.sentence.slice(from..range.end).to_owned(), negated, segment: self.segment.clone() }
    }

    /// The verb of an order at a token.
    fn verb(&self, at: usize) -> Option<(usize, &'a str)> {
        let (length, name) = self.words.verbs.at(self.sentence.words(at))?;
        (at + length <= self.end).then_some((length, name))
    }

    /// Whether a word follows that makes a noun of the one before: "access is".
    fn is_finite(&self, at: usize) -> bool {
        self.sentence.phrase(&self.words.finite, at).is_some()
    }

    /// Whether an order begins at a token. Behind a joint a word that is more often a noun does so
    /// only before something to be done.
    fn begins(&self, at: usize, joined: bool) -> bool {
        let Some((length, _)) = self.verb(at) else { return false };
        if self.is_finite(at + length) {
            return false;
        }
        let shy = joined && self.sentence.phrase(&self.words.shy_verbs, at).is_some_and(|shy| shy >= length);
        !shy || self.sentence.label(at + length).is_some()
            || self.sentence.phrase(&self.words.determiners, at + length).is_some()
            || self.sentence.phrase(&self.words.ways, at + length).is_some()
    }

    /// What stands between a token and the verb of an order; `None` where no order follows.
    fn opening(&self, from: usize, joined: bool, depth: usize) -> Option<Opening> {
        let mut opening = Opening::default();
        let mut at = from;
        let depth = depth.checked_sub(1)?;
        loop {
            if at >= self.end {
                return None;
            }
            let open = usize::from(matches!(self.sentence.sign(at), Some('(' | '[')));
            if let Some(length) = self.sentence.phrase(&self.words.optional, at + open) {
                let after = at + open + length;
                // "Optional: …", "(Optional) …", "Optionally, …"; "if you want to …" is a condition too.
                let conditioned = self.sentence.phrase(&self.words.conditions, at + open).is_some();
                opening.optional |= conditioned;
                if !conditioned && (open > 0 || self.sentence.sign(after).is_some() || self.begins(after, false)) {
                    opening.optional = true;
                    at = after;
                    continue;
                }
            }
            if self.sentence.sign(at).is_some_and(|it| matches!(it, ',' | ':' | '-' | '–' | '—' | ')' | ']' | '•'))
            {
                at += 1;
                continue;
            }
            if self.begins(at, joined && at == from) {
                opening.verb = at;
                return Some(opening);
            }
            if self.sentence.phrase(&self.words.results, at).is_some() {
                return None;
            }
            let phrase = |phrases| self.sentence.phrase(phrases, at);
            if let Some(length) = phrase(&self.words.conditions) {
                let (stop, rest) = self.behind(at + length, false, depth)?;
                let condition = self.condition(at..stop);
                return Some(
                    Opening { condition: Some(rest.condition.clone().unwrap_or(condition)), ..rest }.with(opening),
                );
            }
            if let Some(length) = phrase(&self.words.purposes)
                && self.sentence.label(at + length).is_none()
                && let Some((stop, rest)) = self.behind(at + length, false, depth)
            {
                let purpose = Some(self.sentence.slice(at + length..stop).to_owned());
                return Some(Opening { purpose, ..rest }.with(opening));
            }
            if let Some(length) = phrase(&self.words.offers) {
                (opening.offered, at) = (true, at + length);
                continue;
            }
            if let Some(length) = phrase(&self.words.duties) {
                at += length;
                continue;
            }
            if let Some(length) = phrase(&self.words.openers) {
                at += length;
                continue;
            }
            if let Some(length) = phrase(&self.words.places) {
                let (stop, rest) = self.behind(at + length, true, depth)?;
                let place = targets::place(self, at + length..stop).then(rest.place.clone());
                return Some(Opening { place, ..rest }.with(opening));
            }
            // "**Name**: enter …", "**Name** – select …", "**Name** In the **Name** field, enter …"
            self.sentence.label(at)?;
            let sign = self.sentence.sign(at + 1).is_some_and(|it| matches!(it, ':' | '-' | '–' | '—' | '.'));
            let rest = self.opening(at + 1 + usize::from(sign), false, depth)?;
            if sign || rest.verb == at + 1 {
                let title = targets::place(self, at..at + 1);
                opening.place = opening.place.then(title.titled());
            }
            return Some(rest.with(opening));
        }
    }

    /// The order that follows a condition, purpose or place, behind a comma, "then" or, behind a
    /// place, a label: where what stands before ends, and the order's opening.
    fn behind(&self, from: usize, is_place: bool, depth: usize) -> Option<(usize, Opening)> {
        let mut nesting = 0i32;
        let mut bare = None;
        for at in from..self.end {
            match self.sentence.sign(at) {
                Some('(' | '[') => nesting += 1,
                Some(')' | ']') => nesting -= 1,
                _ => {}
            }
            if nesting > 0 {
                continue;
            }
            let comma = matches!(self.sentence.sign(at), Some(',' | ':'));
            let then = self.sentence.phrase(&self.words.then, at).is_some();
            if (comma || then)
                && let Some(rest) = self.opening(at + usize::from(comma), comma, depth)
            {
                return Some((at, rest));
            }
            // "On the **Partner** tab select **X**", "Under Already a partner? select **X**"
            let named =
                |tokens: &[super::sentence::Token]| tokens.iter().any(|it| matches!(it.kind, TokenKind::Label(_)));
            let around = at > from && (named(&self.sentence.tokens[from..at]) || self.names_label(at));
            let sure = self.is_strong(at) || self.names_label(at);
            if is_place && bare.is_none() && around && sure && self.begins(at, true) {
                bare = Some(at);
            }
        }
        let at = bare?;
        Some((at, Opening { verb: at, ..Opening::default() }))
    }

    /// Whether a label follows the verb at a token.
    fn names_label(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|(length, _)| self.sentence.label(at + length).is_some())
    }

    /// Whether the verb at a token is hardly ever a noun.
    fn is_strong(&self, at: usize) -> bool {
        self.sentence.phrase(&self.words.shy_verbs, at).is_none()
    }

    /// The clause of an order whose object begins at a token.
    fn clause(&self, from: usize, addresses: bool) -> Clause {
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
    fn way(&self, range: Range<usize>) -> Vec<Action> {
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

/// The stretch of one order.
struct Clause {
    object_end: usize,
    end: usize,
    when: Option<Range<usize>>,
    purpose: Option<Range<usize>>,
    /// Where "by selecting" begins, at its verb.
    way: Option<usize>,
    next: Option<Opening>,
}

impl Opening {
    /// With what stood before it.
    fn with(mut self, before: Opening) -> Self {
        self.optional |= before.optional;
        self.offered |= before.offered;
        self.place = before.place.then(self.place);
        self
    }
}
