//! The model of articles: what is published as JSON. Its version changes when a reader of it would
//! have to.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::Span;

/// The version of the model.
pub const MODEL_VERSION: u32 = 1;

/// The number of a segment: as written in bilingual articles (`133`), else its place among the
/// segments of the source, from 1. Equal in all locales of one version of the source.
pub type SegmentId = String;

/// A text in each locale that has it, by BCP 47 tag.
pub type Texts = BTreeMap<String, String>;

/// The model of a project.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "hexapla model")]
pub struct Model {
    /// The version of this contract.
    pub version: u32,
    /// The articles, by key.
    pub articles: Vec<ArticleModel>,
}

/// One article in all its locales.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ArticleModel {
    /// The path without locale and extension.
    pub key: String,
    /// The locale of the source.
    pub source_locale: String,
    /// The article in each locale.
    pub variants: Vec<Variant>,
    /// The segments that the slots refer to, by number, in the order of the source.
    #[serde(serialize_with = "in_order")]
    #[schemars(with = "BTreeMap<SegmentId, Texts>")]
    pub segments: Vec<(SegmentId, Texts)>,
    /// The sections, in order of place.
    pub sections: Vec<Section>,
    /// The procedures, in order of place.
    pub procedures: Vec<Procedure>,
    /// The policies, in order of place.
    pub policies: Vec<Policy>,
}

/// An article in one locale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Variant {
    /// Its locale.
    pub locale: String,
    /// Its path.
    pub path: String,
    /// How its segments are known.
    pub alignment: Alignment,
    /// How much of its structure was read from itself.
    pub confidence: Confidence,
    /// `ms.openlocfilehash`: equal for all that were made from one version of the source.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source_hash: String,
    /// The revision of the source that it names.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source_revision: String,
    /// `MT` or `HT`, as its front matter says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub translation_type: String,
    /// The date of its front matter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
}

/// How the segments of a variant are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// It is the source.
    #[default]
    Source,
    /// Bilingual spans, written in the article.
    Embedded,
    /// Aligned with the source article.
    Aligned,
    /// Aligned with the source that a bilingual article of the same version holds.
    Recovered,
    /// Aligned with another version of the source.
    OtherVersion,
}

/// Where something is known from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Read from the text itself.
    #[default]
    Explicit,
    /// Taken over from the aligned source, or from the heading, roles line or table header above.
    Inherited,
    /// Worked out from several places.
    Derived,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Section {
    /// Its anchor: as written, or made of the words of the source heading. Empty for what stands
    /// before the first heading.
    pub id: String,
    /// 1 to 6; 0 for what stands before the first heading.
    pub level: u8,
    /// Its heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<SegmentId>,
    /// The section that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What holds for all that stands in it.
    #[serde(skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
}

/// What a statement holds for; what is not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Scope {
    /// Products and offers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subject: Vec<String>,
    /// The commerce model, program, system, region, billing term: `commerce: legacy`.
    #[serde(flatten)]
    pub dimensions: BTreeMap<String, Vec<String>>,
    /// Roles of the reader.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

impl Scope {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self == &Scope::default()
    }
}

/// Steps that reach one goal.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Procedure {
    /// `KEY#ANCHOR`, with `.2` for the second one of a section. No locale enters it.
    pub id: String,
    /// The section.
    pub section: String,
    /// The heading that names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<SegmentId>,
    /// What it reaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// What is said before the first step, alerts included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub introduction: Vec<SegmentId>,
    /// What has to be so before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<Prerequisite>,
    /// The roles that may do it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// What the reader decides or gives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// The steps.
    pub steps: Vec<Step>,
    /// What is so afterwards: what is said behind the last step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcome: Vec<SegmentId>,
    /// What the reader may do afterwards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follow_up: Vec<Task>,
    /// The policies that stand in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
}

/// What a procedure reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Goal {
    /// The verb, in its first form.
    pub action: String,
    /// What it is done to, in the words of the source.
    pub object: String,
}

/// What has to be so before a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Prerequisite {
    /// What kind of thing.
    pub kind: PrerequisiteKind,
    /// Where it is said.
    pub segment: SegmentId,
}

/// Kinds of prerequisites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PrerequisiteKind {
    /// The reader has to be signed in.
    SignIn,
    /// The reader needs a role.
    Role,
    /// Another procedure comes first.
    Procedure,
    /// Something else, under a heading or lead-in that says so.
    Other,
}

/// What the reader decides or gives in a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Input {
    /// Its name, made of the words of the source: `payment-method`.
    pub id: String,
    /// What there is to choose from, in the words of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The step in which it is chosen or given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Where it is said.
    pub segment: SegmentId,
}

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
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

/// What an article obliges or allows, promises or limits.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Policy {
    /// `KEY#ANCHOR/P…`: made of kind, subject, action and the number of its first evidence.
    pub id: String,
    /// What it is about: `renewal-window`, `refund`, `payment-term`; open: others begin with `x-`.
    pub kind: String,
    /// What it is said of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Who does it or has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What is done: `renew`, `cancel`, `pay`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Whether it has to be done, may be done, and so on.
    pub modality: Modality,
    /// Whether it is denied.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negated: bool,
    /// Whether it holds only so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// Whether it happens by itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub automatic: bool,
    /// Whether it is an example of another one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub example: bool,
    /// When it holds, beside the time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// When it is to be done or holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Temporal>,
    /// How often: an ISO 8601 duration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// Other quantities: limits, seats, shares.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<PolicyQuantity>,
    /// How it is to be done: a support request, a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// What follows: `full-refund`, `prorated-refund`, `expires`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consequence: Option<String>,
    /// What it holds for.
    #[serde(skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    /// From when and until when it holds, where a statement of change says so: ISO 8601 dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// The segments that prove it.
    pub evidence: Vec<Evidence>,
    /// Where it is known from.
    pub confidence: Confidence,
    /// How it is said in locales that say it otherwise: the differing modality.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub by_locale: BTreeMap<String, Modality>,
}

/// Whether something has to be done, may be done, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Modality {
    Obligation,
    ContingentObligation,
    Recommendation,
    Permission,
    Possibility,
    Prohibition,
    Exemption,
    #[default]
    Statement,
}

/// When something is to be done or holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Temporal {
    /// What it is counted from: `subscription-expiry`, `purchase`, or a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The shape.
    pub shape: Shape,
    /// Where a window opens, counted from the anchor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Bound>,
    /// Where a window closes, or the point itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Bound>,
    /// Whether days are business days.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub business_days: bool,
}

/// The shape of a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// From one bound to the other.
    #[default]
    Window,
    /// At one point.
    Point,
    /// Over and over.
    Recurrence,
}

/// A bound of a window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Bound {
    /// An ISO 8601 duration from the anchor; before it with a minus sign: `-P90D`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// An ISO 8601 date; without a year `--06-23`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Whether the bound itself belongs to it; `None` where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<bool>,
}

/// A quantity of a policy that is no time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PolicyQuantity {
    /// The value: a number, a number with `%`, or an amount with its ISO 4217 code.
    pub value: String,
    /// How it bounds: `at-least`, `at-most`, `more-than`, `less-than`; absent for equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// What is counted, in the words of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// From when and until when a policy holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Validity {
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The day on which it holds no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A place that proves a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Evidence {
    /// The segment.
    pub segment: SegmentId,
    /// What it proves: names of the policy's fields.
    pub fields: Vec<String>,
    /// The words that prove it, in the source.
    pub words: Vec<String>,
}

fn in_order<S: serde::Serializer>(segments: &[(SegmentId, Texts)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(segments.iter().map(|(id, texts)| (id, texts)))
}
