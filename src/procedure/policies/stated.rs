//! A policy as it is kept to be compared with those of other articles.

use serde::{Deserialize, Serialize};

use super::super::as_text;
use super::super::model::Policy;
use crate::text::Span;

/// A policy with its place, and what comparing it needs. It owns all of it and is small.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Stated {
    /// As it is published.
    #[serde(with = "as_text")]
    pub policy: Policy,
    /// The words that tell its subject from others, in order of the alphabet; empty where it is
    /// said of no product by name.
    pub subject: Vec<String>,
    /// What kind of thing the subject is.
    pub heads: Vec<String>,
    /// The sentence.
    pub text: String,
    /// Its place in the article.
    pub place: Span,
    /// The passage it stands in, by its place in the outline.
    pub passage: usize,
    /// Kinds that say the same from different sides have one kin.
    pub kin: String,
    /// Whether it is a policy, or a procedure that one is held against.
    pub kept: Kept,
    /// The anchor of its section.
    pub section: String,
    /// The words of the sentence without values and duties, as hashes in order.
    pub words: Vec<u32>,
    /// Those of them that carry its meaning, whatever their form.
    pub content: Vec<u32>,
    /// The values of the sentence that say how long, how much or how many.
    pub values: Vec<String>,
    /// What they count.
    pub counted: Vec<String>,
    /// What the title of the article names.
    pub title: Vec<String>,
    /// Whether it is said of some only.
    pub partial: bool,
    /// The kind of the window that is named instead of a time.
    pub(super) within: Option<String>,
}

/// What a fact is kept for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// A policy.
    #[default]
    Policy,
    /// What held before a change: published, and not held against others of its article.
    Former,
    /// A procedure that says when nothing has to be so before.
    Procedure,
}

impl Stated {
    /// Whether nothing says that two sentences speak of two things: by a name of their own, or by the
    /// titles of their articles.
    pub(super) fn may_be_of_one_thing(&self, other: &Stated) -> bool {
        let named = self.subject.len() > 1 && self.subject == other.subject;
        let within = |a: &[String], b: &[String]| a.iter().all(|it| b.contains(it));
        named || within(&self.title, &other.title) || within(&other.title, &self.title)
    }

    /// How much of what carries their meaning two sentences share, in percent of all of it.
    pub(super) fn likeness(&self, other: &Stated) -> usize {
        let shared = self.content.iter().filter(|it| other.content.binary_search(it).is_ok()).count();
        shared * 100 / (self.content.len() + other.content.len() - shared).max(1)
    }

    /// Whether another sentence says all that carries the meaning of this one.
    pub(super) fn lies_in(&self, other: &Stated) -> bool {
        self.content.iter().all(|it| other.content.binary_search(it).is_ok())
    }

    /// Gives it its id.
    pub(super) fn name(&mut self, key: &str) {
        let it = &self.policy;
        let first = it.evidence.first().map(|it| it.segment.as_str()).unwrap_or_default();
        let parts =
            [&it.kind, it.subject.as_deref().unwrap_or_default(), it.action.as_deref().unwrap_or_default(), first];
        let hash = blake3::hash(parts.join("\0").as_bytes()).to_hex();
        self.policy.id = format!("{key}#{}/P{}", self.section, &hash[..8]);
    }
}
