//! What stands around the steps of a procedure: its heading and introduction, what has to be so
//! before, what is so and can be done afterwards.

use super::model::{Goal, Prerequisite, PrerequisiteKind, Procedure, Task};
use super::outline::Passage;
use super::procedures::Finder;
use super::reading::{Reading, passages};
use super::roles;
use crate::locale::FrameWords;

impl<'a> Finder<'_, 'a> {
    pub(super) fn begin(&self, procedure: &mut Procedure, lead: Vec<&Passage<'a>>) {
        let reading = self.reading;
        let section = &reading.outline.sections[self.section];
        let earlier = self.found.iter().filter(|it| it.section == section.id).count();
        procedure.section.clone_from(&section.id);
        procedure.id = match earlier {
            0 => format!("#{}", section.id),
            more => format!("#{}.{}", section.id, more + 1),
        };
        procedure.title = section.title.first().map(|title| reading.number(title).clone());
        let goal = |passage: &Passage<'_>| reading.reader(passage, self.words).goal();
        let of_lead = || {
            let last = lead.last()?;
            let begins = reading.sentence(last).phrase(&self.words.purposes, 0).is_some();
            begins.then(|| self.purpose_of(last)).flatten()
        };
        // "Restore it in the portal" is about what the heading above names.
        let of_title = || {
            let own = section.title.first().and_then(goal)?;
            if !self.is_place(&own.object) {
                return Some(own);
            }
            let above = std::iter::successors(section.parent, |&at| reading.outline.sections[at].parent);
            let titles = above.filter_map(|at| reading.outline.sections[at].title.first());
            titles.filter_map(goal).find(|it| it.action == own.action && !self.is_place(&it.object))
        };
        procedure.goal = match earlier {
            0 => of_title().or_else(of_lead),
            _ => of_lead().or_else(of_title),
        };
        procedure.roles = roles::in_force(reading, self.section);
        procedure.prerequisites = self.prerequisites();
        for passage in lead {
            let sentence = reading.sentence(passage);
            let all = 0..sentence.tokens.len();
            let kind = match () {
                () if sentence.holds(&self.words.sign_in, all.clone()) => Some(PrerequisiteKind::SignIn),
                () if sentence.holds(&self.words.role_duties, all) => Some(PrerequisiteKind::Role),
                () => None,
            };
            let segment = reading.number(passage).clone();
            if let Some(kind) = kind {
                procedure.prerequisites.push(Prerequisite { kind, segment: segment.clone() });
            }
            procedure.introduction.push(segment);
        }
    }

    /// Whether the object of a goal only says where.
    fn is_place(&self, object: &str) -> bool {
        object.split(' ').next().is_some_and(|first| self.words.places.has(&first.to_lowercase()))
    }

    /// What the sections headed so say has to be so before, for procedures behind them under the
    /// same heading.
    fn prerequisites(&self) -> Vec<Prerequisite> {
        let sections = &self.reading.outline.sections;
        let mut found = Vec::new();
        for (index, section) in sections.iter().enumerate().take(self.section) {
            let is = section.title.iter().any(|title| self.has_title(title, &self.words.frames.prerequisites.0));
            let around = |mut at: usize| {
                while let Some(parent) = sections[at].parent {
                    if Some(parent) == section.parent {
                        return true;
                    }
                    at = parent;
                }
                section.parent.is_none()
            };
            if is && index < self.section && around(self.section) {
                let all = passages(&section.blocks).into_iter();
                let one = |it: &Passage<'_>| Prerequisite {
                    kind: PrerequisiteKind::Other,
                    segment: self.reading.number(it).clone(),
                };
                found.extend(all.map(one));
            }
        }
        found
    }

    /// Whether a heading is one of these, or begins with one.
    pub(super) fn has_title(&self, title: &Passage<'_>, phrases: &[Box<str>]) -> bool {
        let text = self.reading.sentence(title).text.trim().to_lowercase();
        phrases.iter().any(|it| text.strip_prefix(&**it).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    }

    /// A paragraph behind the last step: what is so then, and what else can be done.
    pub(super) fn after(&self, procedure: &mut Procedure, own: &[Passage<'_>]) {
        let mut in_task = false;
        for passage in own {
            let number = self.reading.number(passage).clone();
            let orders = self.reading.orders(passage, self.words);
            let goal = self.purpose_of(passage).filter(|_| orders.iter().any(|it| !it.actions.is_empty()));
            let actions = orders.into_iter().flat_map(|it| it.actions);
            match (goal, procedure.follow_up.last_mut().filter(|_| in_task)) {
                (Some(goal), _) => {
                    in_task = true;
                    procedure.follow_up.push(Task { goal, actions: actions.collect(), segments: vec![number] });
                }
                (None, Some(task)) => {
                    let before = task.actions.len();
                    task.actions.extend(actions);
                    in_task = task.actions.len() > before;
                    if in_task {
                        task.segments.push(number);
                    } else {
                        procedure.outcome.push(number);
                    }
                }
                (None, None) => procedure.outcome.push(number),
            }
        }
    }

    /// "To check the status, …": what is reached.
    fn purpose_of(&self, passage: &Passage<'_>) -> Option<Goal> {
        purpose(self.reading, self.words, passage)
    }
}

/// What a sentence says it is for, before anything else: "To check the status, select …".
pub(super) fn purpose(reading: &Reading<'_>, words: &'static FrameWords, passage: &Passage<'_>) -> Option<Goal> {
    let sentence = reading.sentence(passage);
    let from = sentence.phrase(&words.purposes, 0)?;
    let (length, name) = words.verbs.at(sentence.words(from))?;
    let stops = |at: &usize| matches!(sentence.sign(*at), Some(',' | ':' | '.'));
    let stop = (from + length..sentence.tokens.len()).find(stops)?;
    let object = reading.reader(passage, words).bare(from + length..stop);
    (!object.is_empty()).then(|| Goal { action: name.to_owned(), object: object.to_owned() })
}
