//! A reviewer's decisions, as the review pages export them: what is accepted, what is to be said
//! otherwise, which findings are to be kept quiet and why.

use serde::{Deserialize, Serialize};

use super::{File, NewText, Note, Returned, ReturnedUnit, State};
use crate::notation::ReadError;

/// The decisions of a review. Keys that are not known are left out of account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Decisions {
    /// 1.
    pub version: u32,
    /// What made the file.
    #[serde(default)]
    pub tool: String,
    /// The report that was reviewed.
    #[serde(default)]
    pub report: String,
    /// One for each unit that was decided on.
    pub decisions: Vec<Decision>,
}

/// What was decided on a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Decision {
    /// The translated article, as findings name it.
    pub path: String,
    /// Its locale.
    #[serde(default)]
    pub locale: String,
    /// The unit; empty for the article as a whole.
    #[serde(default)]
    pub unit: String,
    /// The first 16 hex digits of the BLAKE3 of the target's bytes as they were reviewed; empty
    /// where there was no target.
    #[serde(default)]
    pub lock: String,
    /// Whether the target is right as it stands.
    #[serde(default)]
    pub accepted: bool,
    /// What is to stand in the article instead, with its markup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
    /// What the reviewer says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Findings that are to be kept quiet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<Ignored>,
}

/// A finding that is to be kept quiet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Ignored {
    /// Its rule.
    pub rule: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl Decisions {
    /// Reads a decisions file.
    ///
    /// # Errors
    /// When it is not JSON of the right form, or of a later version.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read: Decisions =
            serde_json::from_str(text).map_err(|error| ReadError(format!("this is no decisions file: {error}")))?;
        match read.version {
            1 => Ok(read),
            other => Err(ReadError(format!("decisions of version {other}; this hexapla reads version 1"))),
        }
    }

    /// The proposals, as what came back for each article.
    pub fn proposals(&self) -> Vec<Returned> {
        let mut found: Vec<Returned> = Vec::new();
        for decision in &self.decisions {
            let Some(proposal) = &decision.proposal else { continue };
            let lock = Some(decision.lock.clone()).filter(|lock| !lock.is_empty());
            let target = NewText::Literal(on_one_line(proposal));
            let unit = ReturnedUnit { id: decision.unit.clone(), lock, source: None, target };
            match found.iter_mut().find(|it| it.path == decision.path) {
                Some(file) => file.units.push(unit),
                None => found.push(Returned { path: decision.path.clone(), units: vec![unit] }),
            }
        }
        found
    }

    /// Writes what the reviewer said beside the units of an article that leaves: comments, and what
    /// is accepted as it stands still.
    pub fn annotate(&self, file: &mut File) {
        for decision in self.decisions.iter().filter(|it| it.path == file.path) {
            let Some(unit) = file.units.iter_mut().find(|it| it.id == decision.unit) else { continue };
            if decision.accepted && decision.lock == unit.side_lock {
                unit.state = State::Accepted;
            }
            if let Some(comment) = decision.comment.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
                unit.notes.push(Note { from: "reviewer".to_owned(), priority: 2, text: comment.to_owned() });
            }
        }
    }
}

/// A text as it is compared: what stands on several lines of an article is one line to a
/// translator. Lines of a quote begin with its mark.
fn on_one_line(text: &str) -> String {
    let mut lines = text.trim().lines();
    let mut out = lines.next().unwrap_or_default().trim_end().to_owned();
    for line in lines {
        out.push(' ');
        out.push_str(line.trim_start_matches(['>', ' ', '\t']).trim_end());
    }
    out
}
