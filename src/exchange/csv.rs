//! CSV as spreadsheet programs read it: UTF-8 with a byte order mark, CRLF, and no cell that could
//! become a formula (CWE-1236): such a cell begins with an apostrophe, which is taken off on return.

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use super::format::ReadError;
use super::table::{COLUMNS, Columns, by_article, row};
use super::{File, Returned};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Writes rows, the head first.
pub(super) fn table<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BOM.to_vec());
    for row in rows {
        // Into memory: it cannot fail.
        let _ = writer.write_record(row.map(guarded));
    }
    writer.into_inner().unwrap_or_default()
}

/// Writes articles.
pub(super) fn write(files: &[File]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BOM.to_vec());
    // Into memory: it cannot fail.
    let _ = writer.write_record(COLUMNS);
    for file in files {
        for unit in &file.units {
            let _ = writer.write_record(row(file, unit).map(guarded));
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// Reads units back. A semicolon or a tab may part the cells: some programs write what their
/// country does.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let head = bytes.split(|it| *it == b'\n').next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|it| head.iter().filter(|byte| *byte == it).count());
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter.unwrap_or(b',')).from_reader(bytes);
    let mut rows = reader.records();
    let failed = |error: csv::Error| ReadError(error.to_string());
    let head: StringRecord = rows.next().ok_or_else(|| ReadError("the table is empty".into()))?.map_err(failed)?;
    let columns = Columns::read(&head.iter().collect::<Vec<_>>())?;
    let mut units = Vec::new();
    for record in rows {
        let record = record.map_err(failed)?;
        units.extend(columns.unit(|at| unguarded(record.get(at).unwrap_or_default())));
    }
    Ok(by_article(units))
}

/// Whether a program might read a cell as a formula, or would lose the guard of one.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn guarded(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

fn unguarded(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}
