//! `textDocument/hover`: both sides of the unit under the cursor, what each is read to state, how they
//! were paired, and what was found there.

use gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind};
use serde_json::Value;

use super::clerk::Clerk;
use super::view::{Hit, View};
use super::{Refused, params, result};
use crate::bitext::Origin;
use crate::diagnostic::Diagnostic;
use crate::document::Side;
use crate::lint;
use crate::signal::Statement;

/// More translations of one segment are counted.
const MOST: usize = 12;

pub(super) fn answer(view: Option<&View>, asked: Value, _: &Clerk) -> Result<Value, Refused> {
    let position = params::<HoverParams>(asked)?.text_document_position_params.position;
    let Some(view) = view else { return Ok(Value::Null) };
    let Some(at) = view.back(position) else { return Ok(Value::Null) };
    let hits = view.hits(at);
    let here = view.lines.byte(position);
    let findings = view.findings();
    let findings = findings.iter().filter(|it| it.span.start <= here && here <= it.span.end).map(|it| &it.finding);
    let mut parts: Vec<String> = Vec::new();
    if let Some(first) = hits.first() {
        // A source has one source side, and as many targets as there are translations.
        parts.extend(first.source.map(|side| one_side(view, &side, true)));
        let targets = hits.iter().filter_map(|hit| Some(one_side(view, &hit.target?, false)));
        parts.extend(targets.take(MOST));
        if hits.len() > MOST {
            parts.push(format!("… and {} more", hits.len() - MOST));
        }
        parts.push(pairing(first));
    }
    parts.extend(findings.map(explained));
    if parts.is_empty() {
        return Ok(Value::Null);
    }
    let own = hits.first().and_then(|hit| if hit.in_target { hit.target } else { hit.source });
    let range = own.and_then(|side| view.range(side.span));
    let kind = if view.client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = Contents::MarkupContent(MarkupContent { kind, value: parts.join("\n\n") });
    result(Hover { contents, range })
}

/// One side: its locale, its text, and what it states.
fn one_side(view: &View, side: &Side<'_>, is_source: bool) -> String {
    let locale = view.locale(side, is_source);
    let name = if is_source { "source" } else { "target" };
    let text = side.text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words = format!("**{name}** ({locale})\n\n> {}", escaped(&text));
    if let Some(desk) = &view.desk {
        let statement = Statement::of(side, desk.settings.words(locale));
        let states = statement.to_string();
        if !states.is_empty() {
            words.push_str(&format!("\n\nstates `{}`", states.replace('`', "'")));
        }
    }
    words
}

fn pairing(hit: &Hit<'_>) -> String {
    let how = match hit.pair.origin {
        Origin::Embedded => "paired by its id".to_owned(),
        Origin::FrontMatter => "paired by its key".to_owned(),
        Origin::Aligned(confidence) if hit.source.is_some() && hit.target.is_some() => {
            format!("aligned, {:.0} % sure", confidence * 100.0)
        }
        Origin::Aligned(confidence) => format!("no counterpart, {:.0} % sure", confidence * 100.0),
    };
    format!("unit `{}`, {how}", hit.pair.id.replace('`', "'"))
}

/// A finding, with what its rule is for.
fn explained(finding: &Diagnostic) -> String {
    let mut words = format!("**{}** `{}`: {}", finding.severity.name(), finding.rule, escaped(&finding.message));
    if let Some(help) = &finding.help {
        words.push_str(&format!("  \n{}", escaped(help)));
    }
    if let Some(rule) = lint::rule(finding.rule) {
        words.push_str(&format!("  \n*{}*", escaped(rule.summary)));
    }
    words
}

/// Text that is no Markdown, as Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
