//! Sentence → policies.

use super::super::model::{Confidence, Evidence, Modality, Policy, Temporal, Validity};
use super::clause::{Clause, Read, Reader};
use super::duty::duty;
use super::stated::{Kept, Stated};
use super::time::{offset, time};
use crate::locale::{Cue, Mark, Relation, Sort};
use crate::signal::{Quantity, Value};

/// Reads one sentence.
pub(super) fn frames(reader: &Reader<'_, '_>, read: &Read<'_, 'static>, clause: &Clause<'_>, out: &mut Vec<Stated>) {
    if clause.text().ends_with('?') {
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
    out.extend(found.or_else(|| it.expiry()).or_else(|| it.rule()));
}

pub(super) struct Frame<'f, 'a, 'o> {
    pub reader: &'f Reader<'a, 'o>,
    pub read: &'f Read<'f, 'static>,
    pub clause: &'f Clause<'f>,
}

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
        self.actions().into_iter().find(|it| kinds.get(it.name).is_some_and(|it| **it == *kind))
    }

    /// The duty that governs a place: the last said before it.
    fn modality(&self, at: usize) -> (Modality, bool, Vec<String>) {
        let plain = &self.read.statement.plain;
        let said = duty(self.clause.cues().filter(|it| it.start <= at), plain, self.reader.words);
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
        let actor = self.clause.marks(Sort::Actor).find(|it| it.start <= at).map(|it| it.name.to_owned());
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
            values,
            counted,
            title: self.reader.title().words,
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
                end: Some(super::super::model::Bound {
                    offset: Some(offset(&length.value)),
                    date: None,
                    closed: Some(true),
                }),
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
            return Some(stated);
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
        let term = self.clause.marks(Sort::Term).next();
        let action = match term {
            Some(term) => self.action_of(term.name),
            None => self.actions().into_iter().find(|it| policies.windows.contains_key(it.name)),
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
        if term.is_none() && !governed && !stated.policy.example {
            return None;
        }
        if stated.policy.action.is_none() {
            stated.policy.action = policies.windows.iter().find(|(_, of)| ***of == *kind).map(|(it, _)| it.to_string());
        }
        stated = self.timed(stated, Some(found));
        if late.is_some()
            && let Some(time) = &mut stated.policy.time
        {
            // `If you can't within 30 days, you can still …`.
            (time.start, time.length) = (time.end.take().or(time.start.take()), None);
            time.open_ended = true;
            stated.policy.modality = Modality::Permission;
        }
        Some(stated)
    }

    /// What has to be done to reach something else: to cancel, contact support.
    fn channel(&self) -> Option<Stated> {
        let channel = self.clause.marks(Sort::Channel).next()?;
        let purpose = self.clause.marks(Sort::Purpose).find(|it| it.start < channel.start)?;
        let action = self.actions().into_iter().find(|it| {
            it.start >= purpose.end
                && self.clause.between(purpose.end, it.start).trim().is_empty()
                && it.end <= channel.start
        })?;
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

    /// Any other duty, leave or limit that names an action.
    fn rule(&self) -> Option<Stated> {
        // What stands in a label is on the screen, and no policy.
        let labels = &self.read.statement.plain.emphasis;
        let in_label = |it: &Mark<'_>| labels.iter().any(|(from, to)| *from <= it.start && it.end <= *to);
        let action = self.actions().into_iter().find(|it| !in_label(it))?;
        let (modality, ..) = self.modality(action.start);
        let kind = match modality {
            Modality::Prohibition => "restriction",
            Modality::Obligation | Modality::ContingentObligation => "requirement",
            Modality::Exemption => "exemption",
            Modality::Permission if !self.amounts().is_empty() => "quantity-limit",
            Modality::Permission => "permission",
            _ => return None,
        };
        let time = time(self.clause, Some(action));
        Some(self.timed(self.make(kind, Some(action), action.start, Vec::new()), time))
    }
}
