//! Policies in the model.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, Confidence, Scope, SegmentId};

/// What an article obliges or allows, promises or limits.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
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
    /// How the duty is known in each translation: explicit where its own words were read, inherited
    /// where it is taken from the source.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, Confidence>,
}

/// Whether something has to be done, may be done, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
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
    /// Whether it is said that the window does not close.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub open_ended: bool,
    /// How long the window is, where only that is said: an ISO 8601 duration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<String>,
}

/// The shape of a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
pub struct Validity {
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The day on which it holds no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A place that proves a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
pub struct Evidence {
    /// The segment.
    pub segment: SegmentId,
    /// What it proves: names of the policy's fields.
    pub fields: Vec<String>,
    /// The words that prove it, in the source.
    pub words: Vec<String>,
}
