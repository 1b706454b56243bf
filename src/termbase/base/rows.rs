//! Tables: one column a locale, or one row a translation, as the first row tells.

use super::{Concept, Status, Term};
use crate::locale::{Locale, plausible_locale};
use crate::notation::{ReadError, rows};
use crate::text::folded_letters;

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
enum Column {
    /// The term of the source.
    Source,
    /// A term of the target.
    Target,
    /// The terms of a locale.
    Terms(Locale),
    /// The locale of the target.
    Locale,
    Status,
    Note,
    Forms,
    CaseSensitive,
    DoNotTranslate,
    /// One for people.
    Other,
}

/// Reads a table. `source` is the locale of a column `source`.
pub(super) fn read(name: &str, bytes: &[u8], source: &Locale) -> Result<Vec<Concept>, ReadError> {
    let mut rows = rows::read(bytes)?.into_iter();
    let (_, head) = rows.next().ok_or_else(|| ReadError("the table is empty".to_owned()))?;
    let columns: Vec<Column> = head.iter().map(|it| column(it)).collect();
    let locales = columns.iter().filter(|it| matches!(it, Column::Terms(_))).count();
    if locales >= 2 {
        return rows.map(|(line, row)| wide(&columns, &row).map_err(|it| ReadError::at(line, it))).collect();
    }
    let has = |wanted: Column| columns.contains(&wanted);
    if !has(Column::Source) || !has(Column::Target) {
        let message = "the first row has neither two locales, nor `source` and `target`";
        return Err(ReadError::at(1, message));
    }
    // `terms.de-DE.csv`
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let parts = stem.split('.').rev().skip(1);
    let of_name = parts.flat_map(|it| [it, it.rsplit('_').next().unwrap_or(it)]).find_map(known);
    if !has(Column::Locale) && of_name.is_none() {
        let message = "the first row has no column `locale`, and the name of the file says none";
        return Err(ReadError::at(1, message));
    }
    let mut concepts: Vec<(String, Concept)> = Vec::new();
    for (line, row) in rows {
        narrow(&columns, &row, of_name.as_ref(), source, &mut concepts).map_err(|it| ReadError::at(line, it))?;
    }
    Ok(concepts.into_iter().map(|(_, concept)| concept).collect())
}

fn known(tag: &str) -> Option<Locale> {
    plausible_locale(tag).map(|(locale, _)| locale)
}

fn column(head: &str) -> Column {
    let folded: String = folded_letters(head).collect();
    match folded.as_str() {
        "source" | "term" | "label" => Column::Source,
        "target" | "translation" | "name" | "rendering" => Column::Target,
        "locale" | "language" | "targetlocale" | "targetlanguage" => Column::Locale,
        "status" | "standing" => Column::Status,
        "note" | "comment" | "definition" => Column::Note,
        "forms" | "stems" => Column::Forms,
        "casesensitive" => Column::CaseSensitive,
        "donottranslate" | "dnt" => Column::DoNotTranslate,
        _ => known(head.trim()).map_or(Column::Other, Column::Terms),
    }
}

/// The cells of a row that say something, each with its column.
fn cells<'r>(columns: &'r [Column], row: &'r [String]) -> impl Iterator<Item = (&'r Column, &'r str)> {
    columns.iter().zip(row).map(|(column, cell)| (column, cell.trim())).filter(|(_, cell)| !cell.is_empty())
}

fn is_yes(cell: &str) -> Result<bool, String> {
    match cell.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" | "x" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err(format!("`{cell}` is neither `yes` nor `no`")),
    }
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|it| !it.is_empty())
}

/// A row with all locales. In a cell, `|` parts several terms, the preferred one first; `!` stands
/// before one that is forbidden.
fn wide(columns: &[Column], row: &[String]) -> Result<Concept, String> {
    let mut concept = Concept::default();
    let mut case_sensitive = false;
    for (column, cell) in cells(columns, row) {
        match column {
            Column::Terms(locale) => {
                let mut first = true;
                for text in list(cell) {
                    let (text, status) = match text.strip_prefix('!') {
                        Some(text) => (text.trim(), Status::Forbidden),
                        None if std::mem::take(&mut first) => (text, Status::Preferred),
                        None => (text, Status::Admitted),
                    };
                    concept.add(locale, Term { text: text.to_owned(), status, ..Term::default() });
                }
            }
            Column::Note => concept.note = Some(cell.to_owned()),
            Column::CaseSensitive => case_sensitive = is_yes(cell)?,
            Column::DoNotTranslate => concept.do_not_translate = is_yes(cell)?,
            _ => {}
        }
    }
    let terms = concept.languages.iter_mut().flat_map(|(_, terms)| terms);
    terms.for_each(|it| it.case_sensitive = case_sensitive);
    Ok(concept)
}

/// A row with one translation; it is added to the concept of its source term.
fn narrow(
    columns: &[Column],
    row: &[String],
    of_name: Option<&Locale>,
    source: &Locale,
    concepts: &mut Vec<(String, Concept)>,
) -> Result<(), String> {
    let (mut own, mut locale) = (String::new(), of_name.cloned());
    let (mut term, mut status, mut stays) = (Term::default(), None, false);
    for (column, cell) in cells(columns, row) {
        match column {
            Column::Source => own = cell.to_owned(),
            Column::Target => term.text = cell.to_owned(),
            Column::Locale => locale = Some(known(cell).ok_or_else(|| format!("`{cell}` is no locale"))?),
            // A name that is none by mistake: `hexapla terms` says so.
            Column::Status if cell == "doubtful" => return Ok(()),
            Column::Status => status = Some(Status::parse(cell).ok_or_else(|| format!("`{cell}` is no status"))?),
            Column::Note => term.note = Some(cell.to_owned()),
            Column::Forms => term.forms = list(cell).map(str::to_owned).collect(),
            Column::CaseSensitive => term.case_sensitive = is_yes(cell)?,
            Column::DoNotTranslate => stays = is_yes(cell)?,
            Column::Terms(_) | Column::Other => {}
        }
    }
    if own.is_empty() {
        return Ok(());
    }
    let at = concepts.iter().position(|(known, _)| *known == own).unwrap_or_else(|| {
        let mut concept = Concept::default();
        let text = own.clone();
        concept.add(source, Term { text, case_sensitive: term.case_sensitive, ..Term::default() });
        concepts.push((own.clone(), concept));
        concepts.len() - 1
    });
    let concept = &mut concepts[at].1;
    concept.do_not_translate |= stays;
    let Some(locale) = locale.filter(|_| !term.text.is_empty()) else { return Ok(()) };
    let present = concept.languages.iter().find(|(known, _)| *known == locale);
    let is_first = present.is_none_or(|(_, terms)| terms.iter().all(|it| it.status == Status::Forbidden));
    // The first name is the one to use where nobody says otherwise.
    term.status = match status {
        Some(Status::Forbidden) => Status::Forbidden,
        Some(Status::Preferred) => Status::Preferred,
        _ if is_first => Status::Preferred,
        _ => Status::Admitted,
    };
    concept.add(&locale, term);
    Ok(())
}
