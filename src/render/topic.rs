//! The intermediate form that all formats are made of: one article in one locale, cut into topics.
//! Every text is a slot, and every slot is a segment.

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::Run;
use crate::procedure::{Policy as PolicyModel, Scope, SegmentId, Variant};

/// A place of text, filled with a segment.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Slot {
    /// The segment, by its number in the model.
    pub segment: SegmentId,
    /// What a reader sees.
    pub text: String,
    /// The same with its marks.
    pub markdown: String,
    /// The locale that the text is in: that of the topic, or that of the source where it falls back.
    pub locale: String,
    /// Whether the text is what it should be.
    pub state: State,
    /// Why it fell back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The rules with error findings in this segment, or in the translation that it stands for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// The note or warning that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<String>,
    /// Its text and marks.
    #[serde(skip)]
    pub runs: Vec<Run>,
    /// Its bytes, where it lies in the document that the article is written from.
    #[serde(skip)]
    pub raw: Option<String>,
    /// Whether sentences of its language stand apart.
    #[serde(skip)]
    pub is_spaced: bool,
}

/// Whether a text is what it should be, from good to bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is in the locale of the topic, and no error was found in it.
    #[default]
    Ok,
    /// It is the source, in place of a translation.
    Fallback,
    /// It is shown although an error was found in it.
    Flagged,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Fallback => "fallback",
            State::Flagged => "flagged",
        }
    }
}

/// Why a text fell back to the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// There is no translation, or it repeats the source.
    Untranslated,
    /// The translation was made from another text than the source has now.
    Stale,
    /// An error was found in the translation.
    Flagged,
}

/// What is known of the texts of a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quality {
    /// The worst state of its texts.
    pub state: State,
    /// How many of its texts are the source in place of a translation.
    pub fallbacks: usize,
    /// Why they are, each reason once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The rules with error findings in it, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// Whether the translation, or a text in it, is behind the source.
    pub stale: bool,
}

/// What every topic says of itself.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Head {
    /// `KEY#ANCHOR`, as in the model: equal in all locales.
    pub id: String,
    /// The key of the article.
    pub article: String,
    /// The anchor of the section; empty before the first heading.
    pub section: String,
    /// The locale that it is written for.
    pub locale: String,
    /// The locale of the source.
    pub source_locale: String,
    /// A hash of what the source says in it: 16 hex digits.
    pub source_hash: String,
    /// A hash of all that stands in it: equal where nothing has to be read again.
    pub content_hash: String,
    /// What is known of its texts.
    pub quality: Quality,
    /// The article that it was read from; absent where the source is known from translations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Variant>,
}

/// A procedure in one locale.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Procedure {
    /// What it is and where it comes from.
    #[serde(flatten)]
    pub head: Head,
    /// The heading that names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Slot>,
    /// What is said before the first step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub introduction: Vec<Slot>,
    /// What has to be so before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<Prerequisite>,
    /// The roles that may do it, in the words of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The steps.
    pub steps: Vec<Step>,
    /// What is said behind the last step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcome: Vec<Slot>,
    /// The segments among them that say what may be done afterwards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follow_up: Vec<FollowUp>,
    /// The policies that stand in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
}

/// What has to be so before a procedure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Prerequisite {
    /// What kind of thing.
    pub kind: crate::procedure::PrerequisiteKind,
    /// Where it is said.
    pub text: Slot,
}

/// Something to be done afterwards.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct FollowUp {
    /// Where it is said.
    pub text: Vec<Slot>,
    /// The UI elements that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
}

/// A step in one locale.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Step {
    /// `s2`, `s3.1`: by place, within one version of the source.
    pub id: String,
    /// A name that survives a step inserted before it.
    pub alias: String,
    /// The number that is shown: as written, or repaired, by choice. Absent for a bullet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The number as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// Its place among its siblings, from 1.
    pub ordinal: u32,
    /// Whether it may be left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// What it says.
    pub text: Vec<Slot>,
    /// The segment that says when it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<SegmentId>,
    /// The segments that say what the reader sees then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<SegmentId>,
    /// The UI elements that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// What stands under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Notes and warnings bound to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Alert>,
    /// Destinations of its links.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Destinations of its images.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// The policies that stand in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
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
        steps: Vec<Step>,
    },
    /// Alternatives to choose from.
    Choice {
        /// Whether one excludes the others.
        exclusive: bool,
        /// The alternatives.
        steps: Vec<Step>,
    },
    /// What is done depends on what the reader chose or is.
    Branch {
        /// The arms.
        arms: Vec<Arm>,
    },
}

impl Body {
    /// The steps in it.
    pub fn steps(&self) -> &[Step] {
        match self {
            Body::Steps { steps } | Body::All { steps } | Body::Choice { steps, .. } => steps,
            Body::Branch { .. } => &[],
        }
    }
}

impl Step {
    /// The arms under it that are items of a list.
    pub fn listed_arms(&self) -> impl Iterator<Item = &Arm> {
        let arms = match &self.body {
            Some(Body::Branch { arms }) => arms.as_slice(),
            _ => &[],
        };
        let is_said = |slot: &Slot| self.text.iter().any(|it| it.segment == slot.segment);
        arms.iter().filter(move |arm| !arm.text.iter().any(is_said))
    }
}

/// One arm of a branch.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Arm {
    /// What says it: sentences of the step, or an item of the list under it.
    pub text: Vec<Slot>,
    /// The UI elements that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
}

/// A note or warning.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Alert {
    /// `note`, `tip`, `important`, `caution`, `warning`.
    pub kind: String,
    /// What it says.
    pub text: Vec<Slot>,
}

/// A UI element.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Label {
    /// What is done to it, as a verb of the model; absent where it is only named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verb: Option<String>,
    /// Its label.
    pub text: String,
    /// The locale that the label is in.
    pub locale: String,
    /// The labels that lead to it, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<PathLabel>,
    /// What it is: `page`, `list`, `button`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// A label on the way to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PathLabel {
    /// The label.
    pub text: String,
    /// The locale that it is in.
    pub locale: String,
}

/// A policy in one locale.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Policy {
    /// What it is and where it comes from.
    #[serde(flatten)]
    pub head: Head,
    /// The sentences that say it.
    pub text: Vec<Slot>,
    /// What it states, as in the model.
    pub states: PolicyModel,
}

/// A question and its answer.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Question {
    /// What it is and where it comes from.
    #[serde(flatten)]
    pub head: Head,
    /// The question.
    pub question: Vec<Slot>,
    /// The answer, by paragraph.
    pub answer: Vec<Vec<Slot>>,
}

/// A heading and what stands under it, up to the next heading.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// What it is and where it comes from; the id is `KEY#ANCHOR/text`.
    pub head: Head,
    /// 1 to 6; 0 for what stands before the first heading.
    pub level: u8,
    /// The place of the section it lies in.
    pub parent: Option<usize>,
    /// Its heading.
    pub title: Vec<Slot>,
    /// What it holds for.
    pub scope: Scope,
    /// What stands under it, procedures included.
    pub blocks: Vec<Block>,
    /// The same without what stands in a procedure.
    pub prose: Vec<Block>,
    /// Whether it is a question of a help file.
    pub is_question: bool,
}

/// A block.
#[derive(Clone, Debug)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Slot>),
    /// A list.
    List {
        /// Numbered or bulleted.
        ordered: bool,
        /// Its items.
        items: Vec<Item>,
    },
    /// A note or warning.
    Alert {
        /// Which.
        kind: String,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// The header's cells.
        head: Vec<Vec<Slot>>,
        /// The other rows.
        rows: Vec<Vec<Vec<Slot>>>,
    },
    /// The heading of a tab.
    Tab(Vec<Slot>),
    /// An image that stands alone.
    Image(Image),
    /// A code block.
    Code {
        /// The word after the fence.
        language: String,
        /// What stands in it.
        text: String,
    },
}

/// An image that stands alone.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// Its address.
    pub source: String,
    /// What is read in its place, if anything; no segment, but with its locale and state.
    pub alt: Option<Box<Slot>>,
}

/// An item of a list.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// The number as written.
    pub written: Option<u32>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// An article in one locale.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The path without locale and extension.
    pub key: String,
    /// What files of the format it was read from end in: `md`, `yml`.
    pub extension: String,
    /// Its locale.
    pub locale: String,
    /// The locale of the source.
    pub source_locale: String,
    /// The article that it was read from.
    pub provenance: Option<Variant>,
    /// What it is called.
    pub title: Vec<Slot>,
    /// What it is about, as its front matter says.
    pub description: Option<Slot>,
    /// Its sections, in order of place.
    pub sections: Vec<Section>,
    /// Its procedures, in order of place.
    pub procedures: Vec<Procedure>,
    /// Its policies, in order of place.
    pub policies: Vec<Policy>,
    /// Its questions, in order of place.
    pub questions: Vec<Question>,
    /// Topics that are left out, since an error was found in them.
    pub withheld: Vec<String>,
    /// How many texts of the translation have no place, since the source says nothing like them.
    pub extra: usize,
    /// The article as a document of its own.
    pub document: String,
}

impl Article {
    /// Whether it says what stands where, and nothing itself: a table of contents.
    pub fn is_contents(&self) -> bool {
        let name = self.key.rsplit('/').next().unwrap_or_default();
        self.extension != "md" && name.eq_ignore_ascii_case("toc")
    }

    /// The name of its file in the folder of all locales.
    pub fn file(&self, extension: &str) -> String {
        let ending = format!(".{extension}");
        let key = self.key.strip_suffix(&ending).unwrap_or(&self.key);
        format!("{}/{key}{ending}", self.locale)
    }

    /// How many of its texts are the source in place of a translation.
    pub fn fallbacks(&self) -> usize {
        let titles = self.sections.iter().flat_map(|it| &it.title);
        let all = titles.chain(self.sections.iter().flat_map(|it| super::prose::slots(&it.blocks)));
        all.filter(|it| it.state == State::Fallback).count()
    }
}

/// The texts of slots as one, with a space between sentences of languages that have one.
pub fn joined(slots: &[Slot], of: impl Fn(&Slot) -> String) -> String {
    let mut text = String::new();
    let mut before = false;
    for slot in slots {
        let more = of(slot);
        if !text.is_empty() && !more.is_empty() && (before || slot.is_spaced) {
            text.push(' ');
        }
        text.push_str(&more);
        before = slot.is_spaced;
    }
    text
}
