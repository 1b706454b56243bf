//! The model of articles: what is published as JSON. Its version changes when a reader of it would
//! have to.

mod policy;
mod step;

pub use policy::*;
pub use step::*;

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// The segments as a reader sees them in each locale, for comparing versions.
    #[serde(skip)]
    pub seen: HashMap<SegmentId, BTreeMap<String, Seen>>,
    /// All that the source says, whether the model refers to it or not: as written, and as a reader
    /// sees it.
    #[serde(skip)]
    pub prose: Vec<(String, String)>,
    /// All that each translation says, without what does not count, and where it stands.
    #[serde(skip)]
    pub said: BTreeMap<String, HashMap<String, u32>>,
}

/// A segment as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its visible text.
    pub text: String,
    /// Where it stands among the others of its locale.
    pub at: u32,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
    /// Notes and warnings in it that are not bound to a step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<StepAlert>,
}

/// What a statement holds for; what is not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
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

fn in_order<S: serde::Serializer>(segments: &[(SegmentId, Texts)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(segments.iter().map(|(id, texts)| (id, texts)))
}
