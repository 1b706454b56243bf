//! Tables as spreadsheet programs write them.

use csv::ReaderBuilder;

use super::ReadError;

/// A row with the line it begins in.
pub type Row = (usize, Vec<String>);

/// Reads all rows. A comma, a semicolon or a tab may part the cells, as the first line tells: some
/// programs write what their country does. Guards against formulas are taken off.
///
/// # Errors
/// When it is not UTF-8 (or UTF-16 with its mark), or too large.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, ReadError> {
    let text = super::decode(bytes)?;
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|it| head.bytes().filter(|byte| byte == it).count());
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ReadError(error.to_string()))?;
        let line = record.position().map_or(0, |it| it.line() as usize);
        rows.push((line, record.iter().map(unguarded).collect()));
    }
    Ok(rows)
}

/// A cell with a guard, where a program might read it as a formula (CWE-1236).
pub fn guarded(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

/// Whether a program might read a cell as a formula, or would lose the guard of one.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn unguarded(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}
