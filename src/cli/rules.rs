//! `hexapla rules`

use clap::ValueEnum;
use serde::Serialize;

use super::{Failure, print};
use crate::lint::RULES;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to print the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Human,
    Json,
    Markdown,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    family: &'static str,
    severity: &'static str,
    since: &'static str,
    summary: &'static str,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let mut rows: Vec<Row> = RULES
        .iter()
        .map(|rule| Row {
            name: rule.name,
            family: rule.family.name(),
            severity: rule.severity.name(),
            since: rule.since,
            summary: rule.summary,
        })
        .collect();
    rows.sort_by_key(|row| (row.family, row.name));
    let text = match args.format {
        Format::Json => serde_json::to_string_pretty(&rows)? + "\n",
        Format::Markdown => {
            let mut text = String::from("| rule | family | severity | what it finds |\n|---|---|---|---|\n");
            for row in &rows {
                text.push_str(&format!("| `{}` | {} | {} | {} |\n", row.name, row.family, row.severity, row.summary));
            }
            text
        }
        Format::Human => {
            let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
            let line =
                |row: &Row| format!("{:width$}  {:12}  {:7}  {}\n", row.name, row.family, row.severity, row.summary);
            rows.iter().map(line).collect()
        }
    };
    print(&text)
}
