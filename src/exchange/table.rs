//! Units as rows of a table, for people who translate in a spreadsheet. Rows are read back by id
//! and path, in any order; only the new target is taken from them.

use super::{File, Form, NewText, Returned, ReturnedUnit, Unit};
use crate::notation::ReadError;

/// The columns, in order.
pub(super) const COLUMNS: [&str; 12] =
    ["path", "id", "locale", "state", "place", "source", "target", "new target", "comment", "findings", "line", "lock"];
/// The columns that a translator writes in.
pub(super) const OPEN: [&str; 2] = ["new target", "comment"];

/// A unit as a row.
pub(super) fn row(file: &File, unit: &Unit) -> [String; 12] {
    let reviewer = |of: bool| unit.notes.iter().filter(move |note| (note.from == "reviewer") == of);
    let findings: Vec<String> = reviewer(false).map(|note| format!("{}: {}", note.from, note.text)).collect();
    let comments: Vec<&str> = reviewer(true).map(|note| &*note.text).collect();
    [
        file.path.clone(),
        unit.id.clone(),
        file.target_locale.clone(),
        unit.state.name().to_owned(),
        unit.place.clone(),
        unit.source.literal.clone(),
        unit.target.as_ref().map_or_else(String::new, |it| it.literal.clone()),
        String::new(),
        comments.join("; "),
        findings.join("; "),
        unit.line.to_string(),
        unit.lock(Form::Literal),
    ]
}

/// Where the columns of a table that came back stand.
pub(super) struct Columns([Option<usize>; 12]);

impl Columns {
    /// Reads the first row.
    pub(super) fn read<S: AsRef<str>>(head: &[S]) -> Result<Self, ReadError> {
        let place = |name: &str| head.iter().position(|it| it.as_ref().trim().eq_ignore_ascii_case(name));
        let columns = Columns(COLUMNS.map(place));
        for name in ["path", "id", "new target"] {
            if columns.get(name).is_none() {
                return Err(ReadError(format!("the first row has no column `{name}`")));
            }
        }
        Ok(columns)
    }

    fn get(&self, name: &str) -> Option<usize> {
        COLUMNS.iter().position(|it| *it == name).and_then(|at| self.0[at])
    }

    /// A row as a unit, with its article; `None` for an empty row.
    pub(super) fn unit(&self, cell: impl Fn(usize) -> String) -> Option<(String, ReturnedUnit)> {
        let value = |name: &str| self.get(name).map(&cell);
        let (path, id) = (value("path")?, value("id")?);
        if path.trim().is_empty() {
            return None;
        }
        let new = value("new target").filter(|it| !it.trim().is_empty()).or_else(|| value("target"))?;
        let lock = value("lock").filter(|it| !it.trim().is_empty()).map(|it| it.trim().to_owned());
        // The article has no place for it, and nobody wrote one.
        if lock.is_none() && new.trim().is_empty() {
            return None;
        }
        let source = value("source").map(NewText::Literal);
        Some((path, ReturnedUnit { id, lock, source, target: NewText::Literal(new) }))
    }
}

/// Puts rows together by article.
pub(super) fn by_article(rows: impl IntoIterator<Item = (String, ReturnedUnit)>) -> Vec<Returned> {
    let mut found: Vec<Returned> = Vec::new();
    for (path, unit) in rows {
        match found.iter_mut().rev().find(|it| it.path == path) {
            Some(file) => file.units.push(unit),
            None => found.push(Returned { path, units: vec![unit] }),
        }
    }
    found
}
