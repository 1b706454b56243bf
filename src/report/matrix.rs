//! The policy matrix, for a person (`hexapla model --matrix`) and for machines.

use clap::ValueEnum;

use crate::procedure::{CellState, Matrix, MatrixCell, MatrixRow};

/// How the matrix is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MatrixFormat {
    /// The rows in which something differs, as text
    #[default]
    Human,
    /// All rows
    Json,
    /// The rows in which something differs, as tables
    Markdown,
}

/// Writes the matrix.
pub fn matrix(matrix: &Matrix, format: MatrixFormat) -> Result<String, String> {
    match format {
        MatrixFormat::Json => Ok(serde_json::to_string_pretty(matrix).map_err(|error| error.to_string())? + "\n"),
        MatrixFormat::Human => Ok(of_interest(matrix).map(human).collect::<Vec<_>>().join("\n") + &sum(matrix)),
        MatrixFormat::Markdown => Ok(of_interest(matrix).map(markdown).collect::<Vec<_>>().join("\n")),
    }
}

/// The contract of the JSON.
pub fn matrix_schema() -> schemars::Schema {
    schemars::schema_for!(Matrix)
}

/// Rows in which something differs. What one article says twice in two ways is told apart by itself.
fn of_interest(matrix: &Matrix) -> impl Iterator<Item = &MatrixRow> {
    matrix.rows.iter().filter(|row| {
        let spread = row.cells.iter().any(|it| it.article != row.cells[0].article);
        let differs = row.cells.iter().any(|it| matches!(it.state, CellState::Differs | CellState::OtherVersion));
        !row.agrees && spread || differs
    })
}

fn sum(matrix: &Matrix) -> String {
    let (rows, shown) = (matrix.rows.len(), of_interest(matrix).count());
    format!("\n{shown} of {rows} policies are stated in more than one way.\n")
}

fn title(row: &MatrixRow) -> String {
    let subject = row.subject.as_deref().map(|it| format!(" of {it}")).unwrap_or_default();
    let action = row.action.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
    format!("{}{subject}{action}", row.kind)
}

fn note(cell: &MatrixCell) -> &'static str {
    match cell.state {
        CellState::Differs => " – differs from the source",
        CellState::OtherVersion => " – of another version",
        CellState::Absent => "not translated",
        CellState::Source | CellState::Same => "",
    }
}

fn scope(cell: &MatrixCell) -> String {
    let all: Vec<String> =
        cell.scope.dimensions.iter().map(|(name, of)| format!("{name}: {}", of.join(", "))).collect();
    if all.is_empty() { String::new() } else { format!(" [{}]", all.join("; ")) }
}

/// The cells of a row, those of one statement that agree with the source left out.
fn shown(row: &MatrixRow) -> impl Iterator<Item = &MatrixCell> {
    row.cells.iter().filter(|it| it.state != CellState::Same)
}

fn human(row: &MatrixRow) -> String {
    let mut text = format!("{}\n", title(row));
    for cell in shown(row) {
        text.push_str(&format!(
            "  {}#{} {}: {}{}{}\n      {}\n",
            cell.article,
            cell.segment,
            cell.locale,
            cell.states,
            note(cell),
            scope(cell),
            cell.text
        ));
    }
    text
}

fn markdown(row: &MatrixRow) -> String {
    let escape = |text: &str| text.replace('|', "\\|");
    let mut text = format!("## {}\n\n| Article | Locale | States | Words |\n| --- | --- | --- | --- |\n", title(row));
    for cell in shown(row) {
        let states = format!("{}{}{}", cell.states, note(cell), scope(cell));
        let place = format!("{}#{}", cell.article, cell.segment);
        text.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            escape(&place),
            cell.locale,
            escape(&states),
            escape(&cell.text)
        ));
    }
    text
}
