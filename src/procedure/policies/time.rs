//! Sentence → when: windows counted from an event, points, dates.

use super::super::model::{Bound, Shape, Temporal};
use super::clause::Clause;
use crate::locale::{Cue, Mark, Relation, Sort, TimeUnit};
use crate::signal::{Quantity, Value};

/// So many words may stand between a length of time and the event it is counted from.
const NEAR: usize = 5;

/// When a sentence says that something is done or holds, and the words that say so.
pub(super) fn time(clause: &Clause<'_>, action: Option<Mark<'_>>) -> Option<(Temporal, Vec<String>)> {
    let mut it = Times { clause, action, time: Temporal::default(), words: Vec::new() };
    it.dates();
    it.durations();
    it.events();
    let Times { time, words, .. } = it;
    let says = time.start.is_some() || time.end.is_some() || time.open_ended || time.length.is_some();
    says.then_some((time, words))
}

struct Times<'c, 'r> {
    clause: &'c Clause<'r>,
    action: Option<Mark<'c>>,
    time: Temporal,
    words: Vec<String>,
}

impl Times<'_, '_> {
    fn say(&mut self, from: usize, to: usize) {
        let text = self.clause.read.statement.plain.text[from..to].trim().to_owned();
        if !self.words.contains(&text) {
            self.words.push(text);
        }
    }

    /// The event that follows a place at once.
    fn anchor_after(&self, at: usize) -> Option<Mark<'static>> {
        let near = |it: &Mark<'_>| {
            let between = self.clause.between(at, it.start);
            between.split_whitespace().count() <= NEAR && !between.contains([',', '.', ':', '(', ')'])
        };
        let own = |it: &Mark<'_>| self.action.is_some_and(|action| action.start < it.end && it.start < action.end);
        let all = self.clause.marks(Sort::Anchor).filter(|it| it.start >= at && !own(it));
        all.min_by_key(|it| (it.start, std::cmp::Reverse(it.end))).filter(near)
    }

    fn anchor_before(&self, at: usize) -> Option<Mark<'static>> {
        self.clause.marks(Sort::Anchor).filter(|it| it.end <= at).max_by_key(|it| it.end)
    }

    fn dates(&mut self) {
        let dates: Vec<&Quantity> = self
            .clause
            .quantities()
            .filter(|it| matches!(it.value, Value::Date(date) if date.month.is_some()))
            .collect();
        for date in dates {
            let bound = |closed| Bound { date: Some(date.value.to_string()), offset: None, closed };
            match date.bound() {
                Some(Relation::From) => self.time.start = Some(bound(Some(true))),
                Some(Relation::After) => self.time.start = Some(bound(Some(false))),
                Some(Relation::Until | Relation::By) => self.time.end = Some(bound(Some(true))),
                Some(Relation::Before) => self.time.end = Some(bound(Some(false))),
                _ => {
                    // `expires on June 22`: what the rest is counted from.
                    let event = self.clause.marks(Sort::Anchor).any(|it| {
                        let between = self.clause.between(it.end, date.start);
                        it.end <= date.start && between.split_whitespace().count() <= 2
                    });
                    if event {
                        self.time.anchor = Some(format!("date:{}", date.value));
                    }
                    continue;
                }
            }
            let (from, to) = date.extent();
            self.say(from, to);
        }
    }

    fn durations(&mut self) {
        let all: Vec<&Quantity> =
            self.clause.quantities().filter(|it| matches!(it.value, Value::Duration(..))).collect();
        for it in all {
            let Value::Duration(_, unit) = it.value else { continue };
            let offset = offset(&it.value);
            self.time.business_days |= unit == TimeUnit::BusinessDay;
            let (from, to) = it.extent();
            let added = self
                .clause
                .marks(Sort::Plus)
                .find(|plus| plus.end <= it.start && self.clause.between(plus.end, it.start).trim().is_empty());
            if let Some(plus) = added {
                self.added(offset, plus, to);
                continue;
            }
            let anchor = self.anchor_after(it.end);
            let towards = anchor.is_some_and(|anchor| {
                self.clause.cues().any(|cue| cue.cue == Cue::Before && it.end <= cue.start && cue.end <= anchor.start)
            });
            // `before seven days have passed` closes a window, `seven days before` opens one.
            let precedes = it.relation.is_some_and(|(_, from, _)| from < it.start) && anchor.is_none();
            let before = towards || it.bound() == Some(Relation::Before) && !precedes;
            let is_term = self.clause.is(Sort::Term);
            // `closes 30 days later`
            let closes = self.clause.marks(Sort::Closes).any(|mark| {
                mark.end <= it.start && self.clause.between(mark.end, it.start).split_whitespace().count() <= 1
            });
            if let Some(anchor) = anchor
                && self.time.anchor.is_none()
            {
                self.time.anchor = Some(anchor.name.to_owned());
            }
            let at = |text: String, closed| Some(Bound { offset: Some(text), date: None, closed });
            match it.bound() {
                _ if before => {
                    self.time.start = at(format!("-{offset}"), Some(true));
                    if it.bound() == Some(Relation::Within) {
                        self.time.end = at("P0D".into(), None);
                    }
                }
                Some(Relation::Within | Relation::AtMost | Relation::By | Relation::Until) => {
                    self.time.end = at(offset, Some(true));
                }
                Some(Relation::After) if closes => self.time.end = at(offset, Some(true)),
                Some(Relation::LessThan | Relation::Before) => self.time.end = at(offset, Some(false)),
                Some(Relation::From) if anchor.is_some() => self.time.end = at(offset, Some(true)),
                Some(Relation::After | Relation::MoreThan | Relation::AtLeast) => {
                    self.time.start = at(offset, Some(false));
                }
                Some(Relation::For) | None if self.time.start.as_ref().is_some_and(|it| it.date.is_some()) => {
                    self.time.end = at(offset, Some(true));
                }
                None if anchor.is_some() && self.follows(it.end, anchor) => self.time.end = at(offset, Some(true)),
                Some(Relation::For) | None if is_term || self.clause.is(Sort::Opens) => self.time.length = Some(offset),
                _ => continue,
            }
            self.say(from, to);
        }
    }

    /// Whether only small words part a length of time from its event: `30 days of purchase`.
    fn follows(&self, end: usize, anchor: Option<Mark<'_>>) -> bool {
        anchor.is_some_and(|it| self.clause.between(end, it.start).split_whitespace().count() <= 2)
    }

    /// `AD + 30 days`.
    fn added(&mut self, offset: String, plus: Mark<'_>, to: usize) {
        let Some(anchor) = self.anchor_before(plus.start) else { return };
        self.time.anchor = Some(anchor.name.to_owned());
        let bound = |text: &str| Some(Bound { offset: Some(text.to_owned()), date: None, closed: Some(true) });
        let earlier = self.clause.marks(Sort::Anchor).any(|it| it.name == anchor.name && it.end < anchor.start);
        if earlier {
            self.time.start = bound("P0D");
            self.time.end = bound(&offset);
        } else if self.clause.is(Sort::Opens) {
            self.time.start = bound(&offset);
        } else {
            self.time.end = bound(&offset);
        }
        self.say(anchor.start, to);
    }

    /// What needs no number: only after it expires, on the day after, any time after.
    fn events(&mut self) {
        let bound =
            |text: &str, closed| Some(Bound { offset: Some(text.to_owned()), date: None, closed: Some(closed) });
        if let Some(mark) = self.clause.marks(Sort::NextDay).next()
            && self.time.start.as_ref().is_none_or(|it| it.offset.as_deref() == Some("P1D"))
            && let Some(anchor) = self.anchor_after(mark.end).or_else(|| self.anchor_before(mark.end))
        {
            self.time.anchor = Some(anchor.name.to_owned());
            self.time.start = bound("P1D", true);
            self.say(mark.start, mark.end);
        }
        if let Some(until) = self.clause.only_after()
            && let Some(anchor) = self.anchor_after(until.end)
            && self.time.start.is_none()
        {
            self.time.anchor = Some(anchor.name.to_owned());
            self.time.start = bound("P0D", false);
            self.say(until.start, anchor.end);
        }
        if let Some(mark) = self.clause.marks(Sort::OpenEnded).next() {
            self.time.open_ended = true;
            self.say(mark.start, mark.end);
        }
        let opens = self.clause.marks(Sort::Opens).next();
        if let Some(opens) = opens
            && self.time.start.is_none()
            && self.clause.is(Sort::Term)
            && let Some(anchor) = self.anchor_after(opens.end)
            && !self.clause.is(Sort::NextDay)
        {
            // `opens after` leaves the day itself out.
            let after =
                self.clause.cues().any(|it| it.cue == Cue::After && opens.end <= it.start && it.end <= anchor.start);
            self.time.anchor = Some(anchor.name.to_owned());
            self.time.start = bound("P0D", !after);
            self.say(opens.start, anchor.end);
        }
        if self.time.anchor.as_deref().is_some_and(|it| it.starts_with("date:")) && self.time.start.is_none() {
            self.time.shape = Shape::Point;
        }
    }
}

/// A length of time as ISO 8601 writes it: quarters are months, business days are days.
pub(super) fn offset(value: &Value) -> String {
    match value {
        Value::Duration(amount, TimeUnit::Quarter) => Value::Duration(amount * 3, TimeUnit::Month).to_string(),
        Value::Duration(amount, TimeUnit::BusinessDay) => Value::Duration(*amount, TimeUnit::Day).to_string(),
        other => other.to_string(),
    }
}
