//! What stands before the verb of an order: conditions, purposes, places, words that only lead on.

use super::model::Condition;
use super::orders::Reader;
use super::targets::{self, Place};
use crate::termbase::{Token, TokenKind};

/// What stands before a verb.
#[derive(Clone, Debug, Default)]
pub(super) struct Opening {
    pub verb: usize,
    pub place: Place,
    pub condition: Option<Condition>,
    pub purpose: Option<String>,
    pub optional: bool,
    pub offered: bool,
}

/// Openings nest no deeper: "If …, then on the … page, to …, select".
pub(super) const DEPTH: usize = 5;

impl Reader<'_> {
    /// What stands between a token and the verb of an order; `None` where no order follows.
    pub(super) fn opening(&self, from: usize, joined: bool, depth: usize) -> Option<Opening> {
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
            let named = |tokens: &[Token]| tokens.iter().any(|it| matches!(it.kind, TokenKind::Label(_)));
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
