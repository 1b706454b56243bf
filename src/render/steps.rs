//! The steps of a procedure in one locale: texts, numbers and labels.

use super::Numbers;
use super::fill::Fills;
use super::topic::{Alert, Arm, Body, FollowUp, Label, PathLabel, Procedure, Slot, State, Step};
use crate::procedure::{self, Action, Texts, UiTarget};

/// Makes steps.
pub(super) struct Maker<'m> {
    pub fills: &'m Fills,
    /// The locale of the source.
    pub source: &'m str,
    pub numbers: Numbers,
}

impl Maker<'_> {
    pub fn steps(&self, all: &[procedure::Step]) -> Vec<Step> {
        // A list of ones is numbered by whoever shows it.
        let is_plain = all.len() > 1 && all.iter().all(|it| it.written.as_deref() == Some("1"));
        all.iter().map(|step| self.step(step, is_plain)).collect()
    }

    fn step(&self, model: &procedure::Step, is_plain: bool) -> Step {
        let number = model.written.as_ref().map(|written| {
            let repairs = self.numbers == Numbers::Repaired && written.parse::<u32>().is_ok();
            if repairs || is_plain { model.ordinal.to_string() } else { written.clone() }
        });
        let actions = model.actions.iter().filter_map(|it| self.action(it));
        let named = model.named.iter().filter_map(|it| self.label(it, None, true));
        let alert = |it: &procedure::StepAlert| Alert { kind: it.kind.clone(), text: self.fills.slots(&it.segments) };
        Step {
            id: model.id.clone(),
            alias: model.alias.clone(),
            number,
            written: model.written.clone(),
            ordinal: model.ordinal,
            optional: model.optional,
            text: self.fills.slots(&model.segments),
            when: model.when.as_ref().map(|it| it.segment.clone()),
            results: model.results.clone(),
            labels: actions.chain(named).collect(),
            body: model.body.as_ref().map(|body| self.body(body)),
            alerts: model.alerts.iter().map(alert).collect(),
            links: model.links.clone(),
            images: model.images.clone(),
            policies: model.policies.clone(),
        }
    }

    fn body(&self, body: &procedure::Body) -> Body {
        match body {
            procedure::Body::Steps { steps } => Body::Steps { steps: self.steps(steps) },
            procedure::Body::All { items } => Body::All { steps: self.steps(items) },
            procedure::Body::Choice { exclusive, items } => {
                Body::Choice { exclusive: *exclusive, steps: self.steps(items) }
            }
            procedure::Body::Branch { arms, .. } => {
                let arm = |it: &procedure::Arm| Arm {
                    text: self.fills.slots(&it.segments),
                    labels: it.actions.iter().filter_map(|it| self.action(it)).collect(),
                };
                Body::Branch { arms: arms.iter().map(arm).collect() }
            }
        }
    }

    /// A task that follows a procedure.
    pub fn follow_up(&self, task: &procedure::Task) -> FollowUp {
        FollowUp {
            text: self.fills.slots(&task.segments),
            labels: task.actions.iter().filter_map(|it| self.action(it)).collect(),
        }
    }

    fn action(&self, action: &Action) -> Option<Label> {
        // Where the sentence falls back, its labels do.
        let falls_back = self.fills.slot(&action.segment).is_some_and(|it| it.state == State::Fallback);
        self.label(action.target.as_ref()?, Some(&action.verb), !falls_back)
    }

    fn label(&self, target: &UiTarget, verb: Option<&str>, translated: bool) -> Option<Label> {
        let text = |texts: &Texts| {
            let own = texts.get(&self.fills.locale).filter(|_| translated).map(|it| (it, &*self.fills.locale));
            let (text, locale) = own.or_else(|| Some((texts.get(self.source)?, self.source)))?;
            Some((text.clone(), locale.to_owned()))
        };
        let (label, locale) = text(&target.label)?;
        let path = target.path.iter().filter_map(&text).map(|(text, locale)| PathLabel { text, locale });
        Some(Label {
            verb: verb.map(str::to_owned),
            text: label,
            locale,
            path: path.collect(),
            control: target.control.clone(),
            href: target.href.clone(),
        })
    }
}

/// Visits all slots of a procedure, in the order in which they are read.
pub(super) fn each_slot<'p>(procedure: &'p Procedure, visit: &mut dyn FnMut(&'p Slot)) {
    procedure.title.iter().chain(&procedure.introduction).for_each(&mut *visit);
    procedure.prerequisites.iter().for_each(|it| visit(&it.text));
    procedure.steps.iter().for_each(|step| of_step(step, visit));
    procedure.outcome.iter().for_each(&mut *visit);
    procedure.follow_up.iter().flat_map(|it| &it.text).for_each(&mut *visit);
}

fn of_step<'p>(step: &'p Step, visit: &mut dyn FnMut(&'p Slot)) {
    step.text.iter().for_each(&mut *visit);
    step.listed_arms().flat_map(|it| &it.text).for_each(&mut *visit);
    step.body.iter().flat_map(Body::steps).for_each(|step| of_step(step, visit));
    step.alerts.iter().flat_map(|it| &it.text).for_each(&mut *visit);
}
