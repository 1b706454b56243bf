//! JSON Lines: one unit a line, with its markup as it is written in the article. For programs.

use serde::{Deserialize, Serialize};

use super::{File, Form, NewText, Returned, ReturnedUnit, State};
use crate::notation::ReadError;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    id: &'a str,
    source_locale: &'a str,
    target_locale: &'a str,
    place: &'a str,
    line: u32,
    state: &'static str,
    source: &'a str,
    target: Option<&'a str>,
    lock: String,
    notes: Vec<NoteLine<'a>>,
}

#[derive(Serialize)]
struct NoteLine<'a> {
    from: &'a str,
    priority: u8,
    text: &'a str,
}

/// What is read back; more keys may stand beside these.
#[derive(Deserialize)]
struct Back {
    path: String,
    id: String,
    #[serde(default)]
    lock: Option<String>,
    #[serde(default)]
    source: Option<String>,
    target: Option<String>,
}

impl State {
    /// The word for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            State::New => "new",
            State::Machine => "machine",
            State::Flagged => "flagged",
            State::Translated => "translated",
            State::Accepted => "accepted",
        }
    }
}

/// Writes articles.
pub(super) fn write(files: &[File]) -> Vec<u8> {
    let mut out = Vec::new();
    for file in files {
        for unit in &file.units {
            let line = Line {
                path: &file.path,
                id: &unit.id,
                source_locale: &file.source_locale,
                target_locale: &file.target_locale,
                place: &unit.place,
                line: unit.line,
                state: unit.state.name(),
                source: &unit.source.literal,
                target: unit.target.as_ref().map(|it| &*it.literal),
                lock: unit.lock(Form::Literal),
                notes: unit
                    .notes
                    .iter()
                    .map(|it| NoteLine { from: &it.from, priority: it.priority, text: &it.text })
                    .collect(),
            };
            // Strings and numbers alone: it cannot fail.
            let _ = serde_json::to_writer(&mut out, &line);
            out.push(b'\n');
        }
    }
    out
}

/// Reads units back.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError(format!("not UTF-8: {error}")))?;
    let mut found: Vec<Returned> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let back: Back = serde_json::from_str(line).map_err(|error| ReadError(format!("line {}: {error}", at + 1)))?;
        let Some(target) = back.target else { continue };
        let (lock, source) = (back.lock.filter(|it| !it.is_empty()), back.source.map(NewText::Literal));
        let unit = ReturnedUnit { id: back.id, lock, source, target: NewText::Literal(target) };
        match found.last_mut() {
            Some(last) if last.path == back.path => last.units.push(unit),
            _ => found.push(Returned { path: back.path, units: vec![unit] }),
        }
    }
    Ok(found)
}
