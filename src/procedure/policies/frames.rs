//! Sentence → policies.

use super::super::model::{Bound, Confidence, Evidence, Modality, Policy, Temporal, Validity};
use super::clause::{Clause, Read, Reader};
use super::duty::duty;
use super::stated::{Kept, Stated};
use super::time::{offset, time};
use crate::locale::{Cue, Mark, Relation, Sort};
use crate::signal::{Quantity, Said, Value};

/// Reads one sentence.
pub(super) fn frames(reader: &Reader<'_, '_>, read: &Read<'_, 'static>, clause: &Clause<'_>, out: &mut Vec<Stated>) {
    if clause.text().ends_with('?') {
        return;
    }
    // `Learn more about …`, `To learn more, …`
    let opens = |it: &Mark<'_>| clause.between(clause.start, it.start).trim().is_empty();
    if clause.marks(Sort::Reference).any(|it| opens(&it)) {
        return;
    }
    let it = Frame { reader, read, clause };
    if it.change(out) {
        return;
    }
    let found = it
        .fee()
        .or_else(|| it.during())
        .or_else(|| it.refund())
        .or_else(|| it.automatic())
        .or_else(|| it.window())
        .or_else(|| it.channel());
    out.extend(found.or_else(|| it.expiry()).or_else(|| it.lapse()).or_else(|| it.rule()));
}

pub(super) struct Frame<'f, 'a, 'o> {
    pub reader: &'f Reader<'a, 'o>,
    pub read: &'f Read<'f, 'static>,
    pub clause: &'f Clause<'f>,
}

/// So many words may stand between the subject of a sentence and its verb.
const AT_ONCE: usize = 4;

/// How kinds of fees end.
pub(super) const FEE: &str = "-fee";

type Proof<'p> = Vec<(&'p str, Vec<String>)>;

impl Frame<'_, '_, '_> {
    fn word(&self, mark: Mark<'_>) -> Vec<String> {
        vec![self.read.statement.plain.text[mark.start..mark.end].to_owned()]
    }

    /// Its actions; those that are part of the name of a term come last.
    fn actions(&self) -> Vec<Mark<'static>> {
        let in_term =
            |it: &Mark<'_>| self.clause.marks(Sort::Term).any(|term| term.start <= it.start && it.end <= term.end);
        let mut actions: Vec<Mark<'_>> = self.clause.marks(Sort::Action).collect();
        actions.sort_by_key(in_term);
        actions
    }

    /// The action that has such a kind, the first that is a verb of the sentence.
    fn action_of(&self, kind: &str) -> Option<Mark<'static>> {
        let kinds = &self.reader.frames.policies.windows;
        self.main(self.actions().into_iter().filter(|it| kinds.get(it.name).is_some_and(|it| **it == *kind)))
    }

    /// Of these actions the one that the sentence is about: the first at which a duty stands, else
    /// the first. `If you are invited to renew, you can renew …`
    fn main(&self, actions: impl Iterator<Item = Mark<'static>>) -> Option<Mark<'static>> {
        let actions: Vec<Mark<'_>> = actions.collect();
        let says_duty = |it: &Said| {
            duty(std::iter::once(*it), &self.read.statement.plain, self.reader.words).modality != Modality::Statement
        };
        let near = |action: &&Mark<'_>| {
            self.clause.cues().filter(says_duty).any(|it| {
                it.end <= action.start && self.clause.between(it.end, action.start).split_whitespace().count() <= 1
            })
        };
        actions.iter().find(near).or(actions.first()).copied()
    }

    /// Whether a word of duty only tells which thing is meant: `the required fields`.
    fn is_attribute(&self, said: &Said) -> bool {
        let folded = &self.read.statement.plain.folded;
        let before = folded[self.clause.start..said.start].split_whitespace().next_back();
        let is_word = !folded[said.start..said.end].contains(' ');
        let determined = before.is_some_and(|it| self.reader.frames.policies.determiners.contains(it));
        said.cue == Cue::Obligation && is_word && determined
    }

    /// The duty that governs a place: the last said before it, else what is said at once of what
    /// stands there: `Payments must be made`.
    fn modality(&self, at: usize) -> (Modality, bool, Vec<String>) {
        let plain = &self.read.statement.plain;
        let governs = |it: &Said| it.start <= at && !self.is_attribute(it);
        let mut said = duty(self.clause.cues().filter(governs), plain, self.reader.words);
        if said.place.is_none() && !said.negated {
            let near = |it: &Said| {
                let between = self.clause.between(at, it.start);
                it.start > at && between.split_whitespace().count() <= AT_ONCE && !between.contains([',', ':', '('])
            };
            let follows = duty(self.clause.cues().filter(near), plain, self.reader.words);
            let passives = &self.reader.frames.policies.passives;
            let is_passive = |(from, to): (usize, usize)| {
                let last = plain.folded[from..to].split_whitespace().next_back();
                let next = plain.folded[to..].split_whitespace().next();
                last.into_iter().chain(next).any(|it| passives.contains(it))
            };
            if follows.place.is_some_and(is_passive) {
                said = follows;
            }
        }
        (
            said.modality,
            said.negated,
            said.place.map(|(from, to)| plain.text[from..to].to_owned()).into_iter().collect(),
        )
    }

    fn exclusive(&self) -> bool {
        let Some(said) = self.clause.cues().find(|it| matches!(it.cue, Cue::Only | Cue::NotUntil)) else {
            return false;
        };
        if self.clause.only_after().is_some() {
            return true;
        }
        let near = |it: &Quantity| {
            let (from, _) = it.extent();
            said.end <= from && self.clause.between(said.end, from).split_whitespace().count() <= 2
        };
        self.clause.quantities().any(near)
    }

    fn make(&self, kind: &str, action: Option<Mark<'_>>, at: usize, mut proof: Proof<'_>) -> Stated {
        let policies = &self.reader.frames.policies;
        let subject = self.reader.subject(self.clause, action);
        let (modality, negated, duty) = self.modality(at);
        if !duty.is_empty() {
            proof.push(("modality", duty));
        }
        if let Some(action) = action {
            proof.insert(0, ("action", self.word(action)));
        }
        let number = self.reader.outline.passages[self.read.spot.passage].0.clone();
        let evidence = proof.into_iter().map(|(field, words)| (field.to_owned(), words));
        let (fields, words): (Vec<String>, Vec<Vec<String>>) = evidence.unzip();
        let actor = self.clause.marks(Sort::Actor).filter(|it| it.start <= at).last().map(|it| it.name.to_owned());
        let name = subject.words.join("-");
        let policy = Policy {
            kind: kind.to_owned(),
            subject: Some(name).filter(|it| !it.is_empty()).or_else(|| subject.heads.first().cloned()),
            actor,
            action: action.map(|it| it.name.to_owned()),
            modality,
            negated,
            exclusive: self.exclusive(),
            example: self.clause.is(Sort::Example),
            conditions: self.conditions(action),
            quantities: self.amounts(),
            scope: self.scope(),
            evidence: vec![Evidence { segment: number, fields, words: words.concat() }],
            confidence: if subject.words.is_empty() { Confidence::Inherited } else { Confidence::Explicit },
            ..Policy::default()
        };
        let kin = policies.kin.get(kind).map_or(kind, |it| it);
        let section = &self.reader.outline.sections[self.read.spot.section];
        let (words, values, counted) = self.essence();
        Stated {
            policy,
            subject: subject.words,
            heads: subject.heads,
            text: self.clause.text().to_owned(),
            place: self.clause.span(),
            passage: self.read.spot.passage,
            kin: kin.to_owned(),
            kept: Kept::Policy,
            section: section.id.clone(),
            words,
            content: self.content(),
            values,
            counted,
            title: self.reader.title().words,
            partial: self.clause.is(Sort::Partial),
            within: None,
        }
    }

    fn timed(&self, mut stated: Stated, time: Option<(Temporal, Vec<String>)>) -> Stated {
        if let Some((time, words)) = time {
            if let Some(evidence) = stated.policy.evidence.first_mut() {
                evidence.fields.push("time".into());
                evidence.words.extend(words);
            }
            stated.policy.time = Some(time);
        }
        stated
    }

    /// `from 60 days to 30 days`: what held, and what holds.
    fn change(&self, out: &mut Vec<Stated>) -> bool {
        let Some(mark) = self.clause.marks(Sort::Changes).next() else { return false };
        let lengths: Vec<&Quantity> = self
            .clause
            .quantities()
            .filter(|it| matches!(it.value, Value::Duration(..)) && it.start >= mark.start)
            .collect();
        let [old, new, ..] = lengths.as_slice() else { return false };
        let term = self.clause.marks(Sort::Term).next();
        let actions = self.actions();
        let kinds = &self.reader.frames.policies.windows;
        let action = actions.iter().copied().find(|it| kinds.contains_key(it.name));
        let kind = match (term, action) {
            (Some(term), _) => term.name,
            (None, Some(action)) => &*kinds[action.name],
            (None, None) => return false,
        };
        let date =
            self.clause.quantities().find(|it| matches!(it.value, Value::Date(_))).map(|it| it.value.to_string());
        for (length, is_new) in [(old, false), (new, true)] {
            let mut stated = self.make(kind, action, length.start, Vec::new());
            let anchor = self.clause.marks(Sort::Anchor).filter(|it| it.start >= length.end).min_by_key(|it| it.start);
            let near = anchor.filter(|it| self.clause.between(length.end, it.start).split_whitespace().count() <= 3);
            stated.policy.time = Some(Temporal {
                anchor: near.map(|it| it.name.to_owned()),
                end: Some(Bound { offset: Some(offset(&length.value)), date: None, closed: Some(true) }),
                ..Temporal::default()
            });
            let (from, until) = if is_new { (date.clone(), None) } else { (None, date.clone()) };
            stated.policy.validity = Some(Validity { from, until });
            stated.kept = if is_new { Kept::Policy } else { Kept::Former };
            out.push(stated);
        }
        true
    }

    /// A refund and its degree.
    fn refund(&self) -> Option<Stated> {
        let policies = &self.reader.frames.policies;
        let marks: Vec<Mark<'_>> = self.clause.marks(Sort::Consequence).collect();
        let (first, rest) = marks.split_first()?;
        let family = policies.families.get(first.name)?;
        let kin = policies.kin.get(&**family)?;
        let of_kin = |it: &&Mark<'_>| policies.windows.get(it.name).and_then(|it| policies.kin.get(it)) == Some(kin);
        let actions = self.actions();
        let action = actions.iter().filter(of_kin).find(|it| it.end <= first.start || it.start >= first.end).copied();
        let mut stated = self.make(family, action, first.start, vec![("consequence", self.word(*first))]);
        let several = rest.iter().any(|it| it.name != first.name);
        stated.policy.consequence = Some(first.name.to_owned());
        Some(match several {
            // Which of them when is not told by signals.
            true => stated,
            false => self.timed(stated, time(self.clause, action)),
        })
    }

    /// What happens by itself.
    fn automatic(&self) -> Option<Stated> {
        let mark = self.clause.marks(Sort::Automatic).next()?;
        let policies = &self.reader.frames.policies;
        let action = self.actions().into_iter().find(|it| policies.autos.contains_key(it.name))?;
        let kind = policies.autos.get(action.name)?;
        let mut stated = self.make(kind, Some(action), action.start, vec![("automatic", self.word(mark))]);
        if self.clause.is(Sort::Switch) {
            stated.policy.action = Some(format!("switch-{}", action.name));
            // `can't be turned on again until …`
            let until = self.clause.only_after().and_then(|_| time(self.clause, Some(action)));
            return Some(self.timed(stated, until));
        }
        stated.policy.automatic = true;
        let every = self.clause.marks(Sort::Frequency).next();
        let after = self.clause.quantities().find(|it| {
            matches!(it.value, Value::Duration(..))
                && matches!(it.bound(), Some(Relation::After | Relation::For) | None)
        });
        stated.policy.frequency = every.map(|it| it.name.to_owned()).or_else(|| after.map(|it| offset(&it.value)));
        Some(stated)
    }

    /// A fee that has a name, and what it is.
    fn fee(&self) -> Option<Stated> {
        let term = self.clause.marks(Sort::Term).find(|it| it.name.ends_with(FEE))?;
        let amount = |it: &&Quantity| matches!(it.value, Value::Percent(_) | Value::Money(..));
        let amount = self.clause.quantities().find(amount)?;
        let stated = self.make(term.name, None, term.start, vec![("quantities", self.word(term))]);
        (amount.start >= term.end || amount.end <= term.start).then_some(stated)
    }

    /// What is to be done within a window that has a name.
    fn during(&self) -> Option<Stated> {
        let policies = &self.reader.frames.policies;
        let named = |term: &Mark<'_>| {
            self.clause
                .marks(Sort::During)
                .any(|it| it.end <= term.start && self.clause.between(it.end, term.start).trim().is_empty())
        };
        let term = self.clause.marks(Sort::Term).find(named)?;
        let action = self.actions().into_iter().find(|it| {
            it.end <= term.start
                && policies.windows.get(it.name).is_some_and(|kind| **kind != *term.name && kind.ends_with("-window"))
        })?;
        let kind = &policies.windows[action.name];
        let mut stated = self.make(kind, Some(action), action.start, Vec::new());
        let governed = stated.policy.modality != Modality::Statement && !stated.policy.negated;
        stated.within = Some(term.name.to_owned());
        governed.then_some(stated)
    }

    /// When something may or has to be done.
    fn window(&self) -> Option<Stated> {
        let policies = &self.reader.frames.policies;
        let term = self.clause.marks(Sort::Term).find(|it| !self.is_event(*it));
        let action = match term {
            Some(term) => self.action_of(term.name),
            None => self.main(self.actions().into_iter().filter(|it| policies.windows.contains_key(it.name))),
        };
        let kind = term.map(|it| it.name).or_else(|| Some(&**policies.windows.get(action?.name)?))?;
        if self.clause.is(Sort::Automatic) {
            return None;
        }
        // `until your next renewal` says when, and of something else.
        let until = self.clause.cues().find(|it| it.cue == Cue::NotUntil);
        if term.is_none() && until.zip(action).is_some_and(|(until, action)| until.end <= action.start) {
            return None;
        }
        let at = action.map_or_else(|| term.map_or(0, |it| it.start), |it| it.start);
        let late = self.clause.marks(Sort::Afterwards).next();
        let found = time(self.clause, action).or_else(|| late.map(|_| (Temporal::default(), Vec::new())))?;
        let mut stated = self.make(kind, action, at, Vec::new());
        let governed =
            stated.policy.modality != Modality::Statement || stated.policy.negated || stated.policy.exclusive;
        let governed = governed || action.is_some_and(|it| self.opens(it));
        if term.is_none() && !governed && !stated.policy.example {
            return None;
        }
        if stated.policy.action.is_none() {
            stated.policy.action = policies.windows.iter().find(|(_, of)| ***of == *kind).map(|(it, _)| it.to_string());
        }
        stated = self.timed(stated, Some(found));
        if stated.policy.kind.ends_with("-term")
            && let Some(time) = &mut stated.policy.time
            && time.end.is_none()
            && time.length.is_none()
        {
            // `due 30 days after the invoice date`: the day by which, and not from which.
            time.end = time.start.take().map(|it| Bound { closed: Some(true), ..it });
        }
        if late.is_some()
            && let Some(time) = &mut stated.policy.time
        {
            // `If you can't within 30 days, you can still …`.
            (time.start, time.length) = (time.end.take().or(time.start.take()), None);
            time.open_ended = true;
            (stated.policy.modality, stated.policy.negated) = (Modality::Permission, false);
        }
        Some(stated)
    }

    /// Whether a term is what something else is counted from: `90 days after the invoice is due`.
    fn is_event(&self, term: Mark<'_>) -> bool {
        let near =
            |it: &Said| it.end <= term.start && self.clause.between(it.end, term.start).split_whitespace().count() <= 1;
        self.clause.cues().any(|it| matches!(it.cue, Cue::After | Cue::Before) && near(&it))
    }

    /// `Renewals start …`: the action is the subject, and the sentence says when it is done.
    fn opens(&self, action: Mark<'_>) -> bool {
        let next = |it: &Mark<'_>| {
            it.start >= action.end && self.clause.between(action.end, it.start).split_whitespace().count() <= 1
        };
        self.clause.marks(Sort::Opens).any(|it| next(&it))
    }

    /// What has to be done to reach something else: to cancel, contact support; contact support to
    /// cancel.
    fn channel(&self) -> Option<Stated> {
        let channel = self.clause.marks(Sort::Channel).next()?;
        let actions = self.actions();
        let aim = |purpose: &Mark<'_>| {
            actions
                .iter()
                .copied()
                .find(|it| it.start >= purpose.end && self.clause.between(purpose.end, it.start).trim().is_empty())
        };
        let before = self.clause.marks(Sort::Purpose).filter(|it| it.start < channel.start).find_map(|it| aim(&it));
        let after = || {
            let near = |it: &Mark<'_>| {
                it.start >= channel.end && self.clause.between(channel.end, it.start).split_whitespace().count() <= 1
            };
            let governed = self.modality(channel.start).0 != Modality::Statement;
            self.clause.marks(Sort::Purpose).filter(near).find_map(|it| aim(&it)).filter(|_| governed)
        };
        let action = before.filter(|it| it.end <= channel.start).or_else(after)?;
        let kind = format!("{}-channel", action.name);
        let mut stated = self.make(&kind, Some(action), channel.start, vec![("channel", self.word(channel))]);
        stated.policy.channel = Some(channel.name.to_owned());
        Some(stated)
    }

    fn expiry(&self) -> Option<Stated> {
        let action = self.actions().into_iter().find(|it| it.name == "expire")?;
        let time = time(self.clause, Some(action))?;
        let mut stated = self.timed(self.make("expiry", Some(action), action.start, Vec::new()), Some(time));
        stated.policy.consequence = Some("expires".into());
        Some(stated)
    }

    /// What is done to what the reader has, and when: `your data is deleted after 90 days`.
    fn lapse(&self) -> Option<Stated> {
        let policies = &self.reader.frames.policies;
        let passive = |it: &Mark<'_>| {
            let before = &self.read.statement.plain.folded[self.clause.start..it.start];
            before.split_whitespace().next_back().is_some_and(|it| policies.passives.contains(it))
        };
        let action = self.actions().into_iter().find(|it| policies.lapses.contains_key(it.name) && passive(it))?;
        let time = time(self.clause, Some(action))?;
        let stated =
            self.timed(self.make(&policies.lapses[action.name], Some(action), action.start, Vec::new()), Some(time));
        (stated.policy.modality == Modality::Statement && !stated.policy.negated).then_some(stated)
    }

    /// Any other duty, leave or limit that names an action.
    fn rule(&self) -> Option<Stated> {
        // What stands in a label is on the screen, and no policy.
        let labels = &self.read.statement.plain.emphasis;
        let in_label = |it: &Mark<'_>| labels.iter().any(|(from, to)| *from <= it.start && it.end <= *to);
        let actions: Vec<Mark<'_>> = self.actions().into_iter().filter(|it| !in_label(it)).collect();
        let action = self.main(actions.iter().copied())?;
        let governed = Some((action, self.modality(action.start).0)).filter(|it| it.1 != Modality::Statement);
        let (action, modality) = governed.or_else(|| self.needed(*actions.first()?))?;
        let kind = match modality {
            Modality::Prohibition => "restriction",
            Modality::Obligation | Modality::ContingentObligation => "requirement",
            Modality::Exemption => "exemption",
            Modality::Permission if !self.amounts().is_empty() => "quantity-limit",
            Modality::Permission => "permission",
            _ => return None,
        };
        let time = time(self.clause, Some(action));
        let mut stated = self.timed(self.make(kind, Some(action), action.start, Vec::new()), time);
        stated.policy.modality = modality;
        Some(stated)
    }

    /// `To qualify, you need at least 60 points`: a duty for who wants to do something.
    fn needed(&self, action: Mark<'static>) -> Option<(Mark<'static>, Modality)> {
        let plain = &self.read.statement.plain;
        let heads = |it: &Mark<'_>| plain.text[self.clause.start..it.start].trim().is_empty();
        let purpose = self.clause.marks(Sort::Purpose).find(heads)?;
        let near = self.clause.between(purpose.end, action.start).trim().is_empty();
        let said = duty(self.clause.cues().filter(|it| it.start > action.end), plain, self.reader.words);
        let needed = near && said.modality == Modality::Obligation && !said.negated;
        needed.then_some((action, Modality::Obligation))
    }
}
