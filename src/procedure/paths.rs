//! Tasks and the ways that lead to them through menus: what is compared between articles.

use serde::{Deserialize, Serialize};

use super::inputs;
use super::model::{Action, Goal, Scope};
use super::reading::Reading;
use super::surroundings::purpose;
use crate::locale::FrameWords;
use crate::text::Span;

/// The way to a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPath {
    /// What is reached, in words that do not depend on how it is said: `check status service request`.
    pub task: String,
    /// The same as the article says it.
    pub said: String,
    /// The labels that lead there, outermost first.
    pub labels: Vec<String>,
    /// What the article holds for.
    #[serde(with = "super::as_text")]
    pub scope: Scope,
}

impl TaskPath {
    /// The path as it is shown.
    pub fn shown(&self) -> String {
        self.labels.join(" > ")
    }

    /// Where two ways to one task part: the label that both name, with what stands before it here
    /// and there. A way that only leaves out a menu does not part.
    pub fn parts_from<'p>(&'p self, other: &'p TaskPath) -> Option<(&'p str, &'p str, &'p str)> {
        let has = |path: &TaskPath, label: &str| path.labels.iter().any(|it| is_same(it, label));
        for here in self.labels.windows(2) {
            for there in other.labels.windows(2) {
                let parted = is_same(&here[1], &there[1]) && !has(other, &here[0]) && !has(self, &there[0]);
                if parted {
                    return Some((&here[1], &here[0], &there[0]));
                }
            }
        }
        None
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// The ways to tasks that an article describes, with their places: those of its procedures, and those
/// of sentences such as "To check the status, select **Requests** from **Support**."
pub fn tasks(reading: &Reading<'_>) -> Vec<(Span, TaskPath)> {
    let Some(words) = reading.words else { return Vec::new() };
    let mut found = Vec::new();
    for procedure in &reading.procedures {
        let Some(goal) = &procedure.goal else { continue };
        let actions: Vec<&Action> = procedure.steps.iter().flat_map(inputs::actions).collect();
        found.extend(path(reading, words, goal, &actions));
    }
    for section in &reading.outline.sections {
        for passage in super::reading::passages(&section.blocks) {
            let Some(goal) = purpose(reading, words, passage) else { continue };
            let orders = reading.orders(passage, words);
            let actions: Vec<&Action> = orders.iter().flat_map(|it| &it.actions).collect();
            found.extend(path(reading, words, &goal, &actions));
        }
    }
    found
}

/// The labels of the actions that lead somewhere, up to the first that does not.
fn path(reading: &Reading<'_>, words: &FrameWords, goal: &Goal, actions: &[&Action]) -> Option<(Span, TaskPath)> {
    let mut labels: Vec<String> = Vec::new();
    let mut place: Option<Span> = None;
    for action in actions.iter().skip_while(|it| words.linked.has(&it.verb)) {
        let Some(target) = action.target.as_ref().filter(|_| words.leading.has(&action.verb)) else { break };
        // What is set there is no way to somewhere.
        if target.control.as_ref().is_some_and(|control| words.settings.has(control)) {
            break;
        }
        if let Some(at) = target.at.first() {
            place = place.or(Some(reading.outline.passages[at.passage].1.span));
        }
        for texts in target.path.iter().chain([&target.label]) {
            let Some(text) = texts.values().next() else { continue };
            if labels.last().is_none_or(|last| !is_same(last, text)) {
                labels.push(text.clone());
            }
        }
    }
    let said = format!("{} {}", goal.action, goal.object);
    let task: Vec<String> = said
        .split(|it: char| !it.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|it| !it.is_empty() && !words.determiners.has(it) && !words.places.has(it))
        .map(|it| it.strip_suffix('s').map(str::to_owned).unwrap_or(it))
        .collect();
    (labels.len() > 1)
        .then(|| TaskPath { task: task.join(" "), said, labels, scope: Scope::default() })
        .and_then(|path| Some((place?, path)))
}
