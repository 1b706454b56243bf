//! CSV as spreadsheet programs read it: UTF-8 with a byte order mark, CRLF, and no cell that could
//! become a formula (CWE-1236): such a cell begins with an apostrophe, which is taken off on return.

use csv::{Terminator, WriterBuilder};

use super::table::{COLUMNS, Columns, by_article, row};
use super::{File, Returned};
use crate::notation::ReadError;
use crate::notation::rows::{self, guarded};

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

/// Reads units back.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let mut rows = rows::read(bytes)?.into_iter();
    let (_, head) = rows.next().ok_or_else(|| ReadError("the table is empty".into()))?;
    let columns = Columns::read(&head)?;
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    Ok(by_article(rows.filter_map(|(_, row)| columns.unit(|at| cell(&row, at)))))
}
