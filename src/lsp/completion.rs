//! `textDocument/completion`: inside of bold, or of quotation marks that labels stand in, the names that
//! the labels of this segment's source have in this locale.

use std::collections::BTreeSet;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, CompletionParams, Range, TextEdit,
};
use serde_json::Value;

use super::clerk::Clerk;
use super::view::View;
use super::{Refused, params, result};
use crate::locale::LocaleData;
use crate::project::Overview;
use crate::termbase::{Sentence, Standing, TokenKind};

/// More names are not offered.
const MOST: usize = 100;

/// A name that is offered.
struct Offer {
    name: String,
    detail: String,
}

pub(super) fn answer(view: Option<&View>, asked: Value, _: &Clerk) -> Result<Value, Refused> {
    let position = params::<CompletionParams>(asked)?.text_document_position_params.position;
    let Some(view) = view else { return Ok(Value::Null) };
    let Some((_, document)) = view.document() else { return Ok(Value::Null) };
    let cursor = view.lines.byte(position) as usize;
    let Some(start) = label_start(view.lines.text(), cursor, document.locale.data()) else { return Ok(Value::Null) };
    let typed = &view.lines.text()[start..cursor];
    let labels = labels(view, view.back(position));
    let tag = document.locale.tag();
    let mut offers: Vec<Offer> = Vec::new();
    for label in &labels {
        offers.extend(named_by_product(view, label));
        offers.extend(view.overview.iter().flat_map(|it| renderings(&it.it, tag, &|it| it.to_lowercase() == *label)));
    }
    if labels.is_empty() && !typed.trim().is_empty() {
        offers.extend(view.overview.iter().flat_map(|it| renderings(&it.it, tag, &|_| true)));
    }
    let mut seen = BTreeSet::new();
    offers.retain(|it| seen.insert(it.name.clone()));
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    let range = Range::new(view.lines.position(start as u32), position);
    let items = offers.into_iter().enumerate().map(|(place, Offer { name, detail })| CompletionItem {
        label: name.clone(),
        kind: Some(CompletionItemKind::Value),
        detail: Some(detail),
        sort_text: Some(format!("{place:03}")),
        filter_text: Some(name.clone()),
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text: name })),
        ..CompletionItem::default()
    });
    result(CompletionList { is_incomplete, items: items.collect(), ..CompletionList::default() })
}

/// Where the label begins that the cursor is in: behind the mark that opens it, on the same line.
fn label_start(text: &str, cursor: usize, data: Option<&LocaleData>) -> Option<usize> {
    let line = text[..cursor].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let before = &text[line..cursor];
    let mut start = None;
    let bold: Vec<usize> = before.match_indices("**").map(|(at, _)| at + 2).collect();
    if bold.len() % 2 == 1 {
        start = bold.last().copied();
    }
    for (open, close) in data.iter().flat_map(|data| &data.label_wrappers) {
        let opened = match open == close {
            true => {
                let marks: Vec<usize> = before.match_indices(open.as_str()).map(|(at, _)| at).collect();
                if marks.len() % 2 == 1 { marks.last().copied() } else { None }
            }
            false => before.rfind(open.as_str()).filter(|&at| !before[at + open.len()..].contains(close.as_str())),
        };
        // In `**[Speichern]**` both marks are open; the label stands in the inner one.
        start = start.max(opened.map(|at| at + open.len()));
    }
    Some(line + start?)
}

/// The labels of the source of the segment that the cursor is in, in lower case and in their order.
fn labels(view: &View, at: Option<u32>) -> Vec<String> {
    let hits = at.map(|at| view.hits(at)).unwrap_or_default();
    let Some(source) = hits.iter().find(|it| it.in_target).and_then(|it| it.source) else { return Vec::new() };
    let locale = view.locale(&source, true);
    let mut sentence = Sentence::of(&source, locale.data());
    if let Some(words) = locale.frames() {
        sentence.unmark_code(words);
    }
    let mut labels = Vec::new();
    for token in &sentence.tokens {
        let TokenKind::Label(marked) = &token.kind else { continue };
        for part in marked.parts.iter().map(|it| it.to_lowercase()) {
            if !labels.contains(&part) {
                labels.push(part);
            }
        }
    }
    labels
}

/// What the product's own strings call a label.
fn named_by_product(view: &View, label: &str) -> Vec<Offer> {
    let (Some(desk), Some((_, document))) = (&view.desk, view.document()) else { return Vec::new() };
    let names = desk.settings.bases.strings.labels(&document.locale);
    let offer = |name: &crate::termbase::strings::LabelName| Offer {
        name: name.text.to_string(),
        detail: format!("“{label}” in the product ({})", name.file),
    };
    names.names(label).iter().map(offer).collect()
}

/// What the articles of a locale call labels: the usual names first.
fn renderings(overview: &Overview, tag: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Offer> {
    let Some(terms) = &overview.terms else { return Vec::new() };
    let own = terms.rows().filter(|(term, locale, it)| {
        locale.locale == tag && it.standing != Standing::Doubtful && is_wanted(&term.label)
    });
    let mut found: Vec<_> = own.collect();
    found.sort_by_key(|(_, _, it)| std::cmp::Reverse(it.count));
    let offer = |(term, it): (&crate::termbase::Term, &crate::termbase::TermRendering)| {
        let times = if it.count == 1 { "once".to_owned() } else { format!("{} times", it.count) };
        Offer { name: it.text.clone(), detail: format!("“{}”, {times}, {}", term.label, it.standing.word()) }
    };
    found.into_iter().map(|(term, _, it)| offer((term, it))).collect()
}
