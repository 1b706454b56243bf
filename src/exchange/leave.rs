//! A bitext → what leaves: its units with places, states and notes.

use std::collections::HashMap;

use super::returned::texts;
use super::{File, Note, State, Unit};
use crate::bitext::{self, Bitext};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Role, Side};
use crate::markdown::NodeKind;
use crate::text::LineIndex;

/// Values of `ms.translationtype` that say that nobody has looked at a translation.
const MACHINE: [&str; 2] = ["MT", "UMT"];

/// The units of a bitext that can be translated: those with a source, and with a place in the
/// target. The findings are those of the target's article.
pub fn leave(bitext: &Bitext<'_>, key: &str, source_locale: &str, findings: &[Diagnostic]) -> File {
    let lines = LineIndex::new(bitext.target.source.text());
    let places = Places::of(bitext.target);
    let is_machine = MACHINE.contains(&bitext.target.meta("ms.translationtype"));
    let mut notes = notes(&bitext.target.path, findings);
    let units = ids(bitext).into_iter().zip(&bitext.units).filter_map(|(id, unit)| {
        let (Some(_), Some(target)) = (&unit.source, &unit.target) else { return None };
        let (source, text) = texts(unit);
        if source.is_empty() {
            return None;
        }
        let notes = notes.remove(&*unit.id).unwrap_or_default();
        let is_new = text.is_empty() || notes.iter().any(|note| note.from == "untranslated-segment");
        let state = match () {
            () if is_new => State::New,
            () if notes.iter().any(|note| note.priority < 3) => State::Flagged,
            () if is_machine => State::Machine,
            () => State::Translated,
        };
        Some(Unit {
            id,
            place: places.of_side(target),
            line: lines.line_of(target.span.start) as u32 + 1,
            source,
            target: Some(text),
            state,
            side_lock: target.lock(),
            notes,
        })
    });
    File {
        path: bitext.target.path.to_string(),
        key: key.to_owned(),
        source_locale: source_locale.to_owned(),
        target_locale: bitext.target.locale.to_string(),
        units: units.collect(),
    }
}

/// The ids of the units, each unique: where an article writes one twice, the second is told by a
/// number.
pub(super) fn ids(bitext: &Bitext<'_>) -> Vec<String> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    let id = |unit: &'_ bitext::Unit<'_>| unit.id.to_string();
    let mut found = Vec::with_capacity(bitext.units.len());
    for unit in &bitext.units {
        let again = times.entry(&unit.id).or_default();
        *again += 1;
        found.push(if *again > 1 { format!("{}.{again}", unit.id) } else { id(unit) });
    }
    found
}

/// The findings of an article, by unit.
fn notes(path: &str, findings: &[Diagnostic]) -> HashMap<String, Vec<Note>> {
    let mut found: HashMap<String, Vec<Note>> = HashMap::new();
    for finding in findings.iter().filter(|it| &*it.primary.path == path) {
        let Some(unit) = &finding.unit else { continue };
        let priority = match finding.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Info => 3,
        };
        let note = Note { from: finding.rule.to_owned(), priority, text: finding.message.clone() };
        found.entry(unit.id.clone()).or_default().push(note);
    }
    found
}

/// The headings of a document, by the nodes that they are.
struct Places {
    headings: Vec<(u32, String)>,
}

impl Places {
    fn of(document: &Document) -> Self {
        let mut headings: Vec<(u32, String)> = Vec::new();
        for (index, segment) in document.segments.iter().enumerate().filter(|(_, it)| it.role != Role::Target) {
            let Some(node) = segment.node else { continue };
            if !matches!(document.tree.nodes[node as usize].kind, NodeKind::Heading { .. }) {
                continue;
            }
            let text = document.side(index).text();
            match headings.last_mut() {
                Some((last, words)) if *last == node => {
                    words.push(' ');
                    words.push_str(&text);
                }
                _ => headings.push((node, text.into_owned())),
            }
        }
        Places { headings }
    }

    fn of_side(&self, side: &Side<'_>) -> String {
        let Some(node) = side.node else { return "front matter".to_owned() };
        let tree = &side.document.tree;
        let before = self.headings.partition_point(|(heading, _)| *heading <= node);
        let heading = before.checked_sub(1).map(|at| self.headings[at].1.trim());
        let around = std::iter::once(node as usize).chain(tree.ancestors(node as usize));
        let kind = around.into_iter().find_map(|at| match &tree.nodes[at].kind {
            NodeKind::Heading { .. } => Some("heading".to_owned()),
            NodeKind::Item { number: Some(number), .. } => Some(format!("item {number}")),
            NodeKind::Item { .. } => Some("item".to_owned()),
            NodeKind::Alert { kind, .. } => Some(format!("{kind:?}").to_lowercase()),
            NodeKind::Cell { .. } => Some("table".to_owned()),
            _ => None,
        });
        heading.into_iter().map(str::to_owned).chain(kind).collect::<Vec<_>>().join(" › ")
    }
}
