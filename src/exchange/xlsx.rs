//! Spreadsheets (Office Open XML): one sheet a locale, its first row frozen and filtered, all cells
//! text, and all but the new target and the comment protected. Cells are strings and never formulas.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::table::{COLUMNS, Columns, OPEN, by_article, row};
use super::{File, Returned};
use crate::notation::ReadError;

/// The most characters of a cell, by the format's limits.
const MAX_CELL: usize = 32_767;
/// The most rows of a sheet, by the format's limits, without the first.
const MAX_ROWS: usize = 1_048_575;
/// Widths of the columns, in characters.
const WIDTHS: [f64; 12] = [18.0, 14.0, 8.0, 10.0, 24.0, 60.0, 60.0, 60.0, 30.0, 40.0, 6.0, 10.0];

/// Writes articles.
///
/// # Errors
/// When a text or the number of units is beyond the limits of the format.
pub(super) fn write(files: &[File]) -> Result<Vec<u8>, String> {
    let mut workbook = Workbook::new();
    // A file says when it was made; the same articles give the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| error.to_string())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut locales: Vec<&str> = files.iter().map(|file| &*file.target_locale).collect();
    locales.sort_unstable();
    locales.dedup();
    for locale in locales {
        let own = files.iter().filter(|file| file.target_locale == locale);
        let sheet = workbook.add_worksheet();
        // A sheet's name has 31 characters at most; no tag in use comes near it.
        let name: String = locale.chars().filter(|it| it.is_alphanumeric() || *it == '-').take(31).collect();
        sheet.set_name(if name.is_empty() { "units" } else { &name }).map_err(|error| error.to_string())?;
        fill(sheet, own)?;
    }
    workbook.save_to_buffer().map_err(|error| error.to_string())
}

fn fill<'f>(sheet: &mut Worksheet, files: impl Iterator<Item = &'f File>) -> Result<(), String> {
    let failed = |error: XlsxError| error.to_string();
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let open = text.clone().set_unlocked().set_background_color("#FFFBE6");
    let head = Format::new().set_bold();
    let format = |column: usize| if OPEN.contains(&COLUMNS[column]) { &open } else { &text };
    for (column, (name, width)) in COLUMNS.iter().zip(WIDTHS).enumerate() {
        sheet.set_column_width(column as u16, width).map_err(failed)?;
        sheet.write_string_with_format(0, column as u16, *name, &head).map_err(failed)?;
    }
    let mut at = 0;
    for file in files {
        for unit in &file.units {
            at += 1;
            if at > MAX_ROWS {
                return Err(format!("a sheet has {MAX_ROWS} rows at most; use --split article"));
            }
            for (column, cell) in row(file, unit).iter().enumerate() {
                if cell.encode_utf16().count() > MAX_CELL {
                    let (path, id) = (&file.path, &unit.id);
                    return Err(format!("{path}: {id}: a cell has {MAX_CELL} characters at most"));
                }
                sheet.write_string_with_format(at as u32, column as u16, cell, format(column)).map_err(failed)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    sheet.autofilter(0, 0, at as u32, COLUMNS.len() as u16 - 1).map_err(failed)?;
    let allowed = ProtectionOptions {
        use_autofilter: true,
        sort: true,
        format_columns: true,
        format_rows: true,
        ..Default::default()
    };
    sheet.protect_with_options(&allowed);
    Ok(())
}

/// Reads units back, from all sheets that have the columns.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let failed = |error: calamine::XlsxError| ReadError(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let mut units = Vec::new();
    let mut refused = None;
    let mut known = 0;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(failed)?;
        let mut rows = range.rows();
        let Some(head) = rows.next() else { continue };
        let head: Vec<String> = head.iter().map(cell).collect();
        let columns = match Columns::read(&head) {
            Ok(columns) => columns,
            Err(error) => {
                refused = Some(ReadError(format!("sheet {name}: {error}")));
                continue;
            }
        };
        known += 1;
        units.extend(rows.filter_map(|row| columns.unit(|at| row.get(at).map(cell).unwrap_or_default())));
    }
    match (known, refused) {
        (0, Some(error)) => Err(error),
        (0, None) => Err(ReadError("the book has no sheet with units".into())),
        _ => Ok(by_article(units)),
    }
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}
