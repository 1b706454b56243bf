//! Labels with their names in each locale, for a person (`hexapla terms`) and for programs.

use std::fmt::Write;

use super::{counted, schema_of};
use crate::termbase::{Standing, Term, TermLocale, TermRendering, Terms};
use crate::text::one_line;

/// Writes the table as text.
pub fn terms(terms: &Terms) -> String {
    let mut out = String::new();
    for term in &terms.labels {
        let _ = writeln!(out, "{} ({})", one_line(&term.label), counted(term.count, "place"));
        let width = term.locales.iter().map(|it| it.locale.len()).max().unwrap_or(0);
        for locale in &term.locales {
            let names: Vec<String> = locale.renderings.iter().map(name).collect();
            let _ = writeln!(out, "  {:width$}  {}", locale.locale, names.join(" · "));
        }
    }
    let names = |it: &Term| it.locales.iter().any(several);
    let divided = terms.labels.iter().filter(|it| names(it)).count();
    let labels = counted(terms.labels.len(), "label");
    let _ = writeln!(out, "\n{labels}, {divided} with more than one name in a language");
    out
}

/// Writes the table in Markdown.
pub fn terms_markdown(terms: &Terms) -> String {
    let mut out = "| Label | Locale | Name | Count | Standing | First place |\n|---|---|---|---:|---|---|\n".to_owned();
    let cell = |text: &str| one_line(text).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;");
    for (term, locale, rendering) in terms.rows() {
        let place = rendering.places.first().map_or_else(String::new, |it| format!("{}:{}", it.path, it.line));
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            cell(&term.label),
            locale.locale,
            cell(&rendering.text),
            rendering.count,
            rendering.standing.word(),
            cell(&place)
        );
    }
    out
}

/// Writes the table as JSON.
///
/// # Errors
/// None that the table can cause.
pub fn terms_json(terms: &Terms) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(terms)? + "\n")
}

/// The contract of the JSON.
pub fn terms_schema() -> schemars::Schema {
    schema_of::<Terms>()
}

fn several(locale: &TermLocale) -> bool {
    locale.renderings.iter().filter(|it| it.standing != Standing::Doubtful).count() > 1
}

/// "Senden 18", "Absenden 2 (rare: de-de/a.md:12)".
fn name(rendering: &TermRendering) -> String {
    let text = one_line(&rendering.text);
    let word = rendering.standing.word();
    match rendering.places.first() {
        Some(place) if rendering.standing != Standing::Usual => {
            format!("{text} {} ({word}: {}:{})", rendering.count, one_line(&place.path), place.line)
        }
        _ => format!("{text} {}", rendering.count),
    }
}
