//! What changed between two versions of articles: steps, labels, paths, notes and policies; and which
//! translations still say what the older version said.

mod alerts;
mod comparison;
mod mates;
mod policies;
mod procedures;
mod rewritten;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::model::ArticleModel;
use comparison::Comparison;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ChangeKind {
    ArticleAdded,
    ArticleRemoved,
    ProcedureAdded,
    ProcedureRemoved,
    ProcedureRenamed,
    StepAdded,
    StepRemoved,
    StepMoved,
    StepReworded,
    StepSplit,
    StepsJoined,
    LinkChanged,
    LabelRenamed,
    PathChanged,
    AlertAdded,
    AlertRemoved,
    AlertChanged,
    PolicyAdded,
    PolicyRemoved,
    PolicyChanged,
}

impl ChangeKind {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            ChangeKind::ArticleAdded => "article added",
            ChangeKind::ArticleRemoved => "article removed",
            ChangeKind::ProcedureAdded => "procedure added",
            ChangeKind::ProcedureRemoved => "procedure removed",
            ChangeKind::ProcedureRenamed => "procedure renamed",
            ChangeKind::StepAdded => "step added",
            ChangeKind::StepRemoved => "step removed",
            ChangeKind::StepMoved => "step moved",
            ChangeKind::StepReworded => "step reworded",
            ChangeKind::StepSplit => "step split",
            ChangeKind::StepsJoined => "steps joined",
            ChangeKind::LinkChanged => "link changed",
            ChangeKind::LabelRenamed => "label renamed",
            ChangeKind::PathChanged => "path changed",
            ChangeKind::AlertAdded => "note added",
            ChangeKind::AlertRemoved => "note removed",
            ChangeKind::AlertChanged => "note changed",
            ChangeKind::PolicyAdded => "policy added",
            ChangeKind::PolicyRemoved => "policy removed",
            ChangeKind::PolicyChanged => "policy changed",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The key of the article.
    pub article: String,
    /// Where: a section, a procedure, a step of it (`KEY#ANCHOR/s2`) or a policy, of the newer version where it
    /// is there. Empty for a whole article.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What the older version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What the newer version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The locales whose translation has to follow: it says what the older version said, or nothing.
    pub needed_in: Vec<String>,
}

/// All that changed.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Changes {
    /// The version of this contract.
    pub version: u32,
    /// The changes, by article and place.
    pub changes: Vec<Change>,
    /// For each locale, how many of them its translations have to follow.
    pub needed: BTreeMap<String, usize>,
}

/// Compares two versions of articles. Both are sorted by key.
pub fn changes(old: &[ArticleModel], new: &[ArticleModel]) -> Changes {
    let keys: BTreeSet<&str> = old.iter().chain(new).map(|it| it.key.as_str()).collect();
    let find = |all: &'_ [ArticleModel], key: &str| all.iter().position(|it| it.key == key);
    let mut found = Vec::new();
    for key in keys {
        match (find(old, key), find(new, key)) {
            (Some(before), Some(after)) => found.extend(Comparison::new(&old[before], &new[after]).run()),
            (before, after) => {
                let article = before.map(|at| &old[at]).or(after.map(|at| &new[at])).expect("the key is of one");
                let kind = if after.is_some() { ChangeKind::ArticleAdded } else { ChangeKind::ArticleRemoved };
                let there: BTreeSet<&str> = article.variants.iter().map(|it| it.locale.as_str()).collect();
                let known = old.iter().chain(new).flat_map(|it| &it.variants).map(|it| it.locale.as_str());
                let needed: BTreeSet<&str> = match kind {
                    ChangeKind::ArticleAdded => known.filter(|it| !there.contains(it)).collect(),
                    _ => BTreeSet::new(),
                };
                let needed_in = needed.into_iter().map(str::to_owned).collect();
                found.push(Change {
                    kind,
                    article: key.to_owned(),
                    place: String::new(),
                    was: None,
                    is: None,
                    needed_in,
                });
            }
        }
    }
    let mut needed: BTreeMap<String, usize> = BTreeMap::new();
    for locale in found.iter().flat_map(|it| &it.needed_in) {
        *needed.entry(locale.clone()).or_default() += 1;
    }
    Changes { version: 1, changes: found, needed }
}
