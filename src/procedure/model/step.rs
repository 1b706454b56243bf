//! Steps in the model: what is to be done, to which UI element, under which condition.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Goal, SegmentId, Texts};
use crate::text::Span;

/// One step.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Step {
    /// `s2`, `s3.1`: by place, within one version of the source.
    pub id: String,
    /// A name that survives a step inserted before it: made of verb, label and their place.
    pub alias: String,
    /// The number as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// Its place among its siblings, from 1.
    pub ordinal: u32,
    /// Whether it may be left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Its segments.
    pub segments: Vec<SegmentId>,
    /// When it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What is to be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// What stands under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// What the reader sees then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<SegmentId>,
    /// Notes and warnings bound to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<StepAlert>,
    /// UI elements that it names beside those of its actions: in conditions, results and notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<UiTarget>,
    /// The policies that stand in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// Destinations of its links.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Destinations of its images.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
}

/// What stands under a step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    /// Steps of its own, one after the other.
    Steps {
        /// The steps.
        steps: Vec<Step>,
    },
    /// Things that all hold or are all to be done, in any order.
    All {
        /// The things.
        items: Vec<Step>,
    },
    /// Alternatives to choose from.
    Choice {
        /// Whether one excludes the others.
        exclusive: bool,
        /// The alternatives.
        items: Vec<Step>,
    },
    /// What is done depends on what the reader chose or is.
    Branch {
        /// The input it depends on, where it is one of the procedure's.
        #[serde(skip_serializing_if = "Option::is_none")]
        on: Option<String>,
        /// The arms.
        arms: Vec<Arm>,
    },
}

impl Step {
    /// The steps under it.
    pub fn inner(&self) -> &[Step] {
        match &self.body {
            Some(Body::Steps { steps } | Body::All { items: steps } | Body::Choice { items: steps, .. }) => steps,
            _ => &[],
        }
    }

    /// The same, to be changed.
    pub fn inner_mut(&mut self) -> &mut [Step] {
        match &mut self.body {
            Some(Body::Steps { steps } | Body::All { items: steps } | Body::Choice { items: steps, .. }) => steps,
            _ => &mut [],
        }
    }

    /// The arms under it.
    pub fn arms(&self) -> &[Arm] {
        match &self.body {
            Some(Body::Branch { arms, .. }) => arms,
            _ => &[],
        }
    }

    /// The same, to be changed.
    pub fn arms_mut(&mut self) -> &mut [Arm] {
        match &mut self.body {
            Some(Body::Branch { arms, .. }) => arms,
            _ => &mut [],
        }
    }
}

/// One arm of a branch.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Arm {
    /// When it is taken.
    pub when: Condition,
    /// What is to be done.
    pub actions: Vec<Action>,
    /// Its segments.
    pub segments: Vec<SegmentId>,
}

/// When something is to be done or holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
pub struct Condition {
    /// What it says, in the words of the source, without its conjunction.
    pub text: String,
    /// Whether it is denied: unless, if not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negated: bool,
    /// Where it is said.
    pub segment: SegmentId,
}

/// One thing to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Action {
    /// The verb, in its first form: `select`, `go-to`, `sign-in`.
    pub verb: String,
    /// The UI element it is done to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<UiTarget>,
    /// What it is done to, where that is no UI element, in the words of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// What it is done for, in the words of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// The inputs that are chosen or given by it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<String>,
    /// Whether it is only offered: you can also …
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// When it is done, where only this action depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Where it is said.
    pub segment: SegmentId,
}

/// A UI element as an article names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UiTarget {
    /// Its label in each locale, where it could be told.
    pub label: Texts,
    /// The labels that lead to it, outermost first, without its own: `Support`, `Requests`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Texts>,
    /// What it is, where the words beside it say so: `page`, `tile`, `list`, `tab`, `button`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// Where it leads, where it is a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Where its labels stand in the source: those of the path, then its own. Empty for a link that
    /// is not marked as a label.
    #[serde(skip)]
    pub at: Vec<LabelPlace>,
}

/// Where a label stands in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LabelPlace {
    /// The segment, by its place in the outline.
    pub passage: usize,
    /// The marked bytes.
    pub span: Span,
    /// Which label of a path that is marked as one.
    pub part: usize,
}

/// A note or warning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepAlert {
    /// `note`, `tip`, `important`, `caution`, `warning`.
    pub kind: String,
    /// Its segments.
    pub segments: Vec<SegmentId>,
}

/// Something to be done that is no procedure of its own: a sentence behind the last step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Task {
    /// What it reaches.
    pub goal: Goal,
    /// What is to be done.
    pub actions: Vec<Action>,
    /// Its segments.
    pub segments: Vec<SegmentId>,
}
