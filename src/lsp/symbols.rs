//! `textDocument/documentSymbol`: sections, the procedures in them, and their steps, with the words of
//! the text they stand in. What is a procedure is read from the source.

use std::collections::HashMap;

use gen_lsp_types::{BaseSymbolInformation, DocumentSymbol, Location, SymbolInformation, SymbolKind, Uri};
use serde_json::Value;

use super::clerk::Clerk;
use super::view::View;
use super::{Refused, result};
use crate::document::{Document, Side};
use crate::procedure::{Procedure, Reading, Step};
use crate::text::Span;

/// A longer name is cut.
const MOST: usize = 100;

pub(super) fn answer(view: Option<&View>, _: Value, _: &Clerk) -> Result<Value, Refused> {
    let Some(view) = view else { return Ok(Value::Null) };
    let symbols = of(view).unwrap_or_default();
    match view.client.nested_symbols {
        true => result(symbols),
        false => result(flat(view, symbols)),
    }
}

/// A symbol before its place is counted.
struct Found {
    name: String,
    kind: SymbolKind,
    /// All of it.
    whole: Span,
    /// Its name.
    head: Span,
    level: u8,
    children: Vec<Found>,
}

fn of(view: &View) -> Option<Vec<DocumentSymbol>> {
    let (look, desk) = (&view.look.as_ref()?.it, view.desk.as_ref()?);
    let (own, document) = view.document()?;
    let pairing = look.pairings.iter().find(|it| it.target == own);
    let source = pairing.map_or(document, |it| &look.documents[it.source]);
    let reading = Reading::of(source, &desk.settings.source_locale);
    let mut places = Places { by_number: HashMap::new() };
    let mut targets: HashMap<u32, Side<'_>> = HashMap::new();
    for pair in pairing.iter().flat_map(|it| &it.units) {
        let (Some((_, segments)), Some(target)) = (&pair.source, look.side(&pair.target)) else { continue };
        for segment in segments.clone() {
            targets.insert(source.segments[segment].span.start, target);
        }
    }
    for (number, side) in &reading.outline.passages {
        let place = match targets.get(&side.span.start) {
            // A bilingual span is one place, with both its sides.
            Some(target) if std::ptr::eq(source, document) => Some((target.span.cover(side.span), *target)),
            Some(target) => Some((target.span, *target)),
            None if std::ptr::eq(source, document) => Some((side.span, *side)),
            None => None,
        };
        places.by_number.extend(place.map(|it| (number.as_str(), it)));
    }
    let mut sections = sections(&reading, &places, document);
    for procedure in &reading.procedures {
        if let Some(found) = self::procedure(procedure, &places) {
            let home = sections.iter_mut().rfind(|it| it.whole.start <= found.whole.start);
            match home {
                Some(section) => section.children.push(found),
                None => sections.insert(0, Found { level: 1, ..found }),
            }
        }
    }
    Some(nested(sections).into_iter().filter_map(|it| symbol(view, it)).collect())
}

/// Where the segments of the source are in the text, by number.
struct Places<'a> {
    by_number: HashMap<&'a str, (Span, Side<'a>)>,
}

impl Places<'_> {
    /// Where some segments stand, and the words of the first of them.
    fn of<'n>(&self, numbers: impl IntoIterator<Item = &'n String>) -> Option<(Span, Span, String)> {
        let all: Vec<&(Span, Side<'_>)> =
            numbers.into_iter().filter_map(|it| self.by_number.get(it.as_str())).collect();
        let (first, side) = all.first()?;
        let whole = all.iter().fold(*first, |whole, (span, _)| whole.cover(*span));
        Some((whole, *first, words(side)))
    }
}

fn words(side: &Side<'_>) -> String {
    let text = side.text().split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// The sections, in the order of the text. Each ends where the next one of its level begins.
fn sections(reading: &Reading<'_>, places: &Places<'_>, document: &Document) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for section in reading.outline.sections.iter().filter(|it| it.level > 0) {
        let numbers: Vec<String> = section.title.iter().map(|it| reading.number(it).clone()).collect();
        let Some((whole, head, name)) = places.of(&numbers) else { continue };
        let kind = SymbolKind::String;
        found.push(Found { name, kind, whole, head, level: section.level, children: Vec::new() });
    }
    found.sort_by_key(|it| it.whole);
    let end = document.source.text().trim_end().len();
    for index in 0..found.len() {
        let next = found[index + 1..].iter().find(|it| it.level <= found[index].level);
        let until = next.map_or(end, |it| line_start(document, it.whole.start));
        let whole = &mut found[index].whole;
        *whole = Span::new(whole.range().start, until.max(whole.range().end));
    }
    found
}

fn line_start(document: &Document, at: u32) -> usize {
    let text = document.source.text();
    text[..at as usize].rfind('\n').map_or(0, |line| text[..line].trim_end().len())
}

fn procedure(procedure: &Procedure, places: &Places<'_>) -> Option<Found> {
    let steps: Vec<Found> = procedure.steps.iter().filter_map(|it| step(it, places)).collect();
    let first = steps.first()?;
    let whole = steps.iter().fold(first.whole, |whole, it| whole.cover(it.whole));
    let title = procedure.title.iter().find_map(|it| places.by_number.get(it.as_str()));
    let name = title.map_or_else(|| first.name.clone(), |(_, side)| words(side));
    Some(Found { name, kind: SymbolKind::Function, whole, head: first.head, level: 0, children: steps })
}

fn step(step: &Step, places: &Places<'_>) -> Option<Found> {
    let mut children: Vec<Found> = step.inner().iter().filter_map(|it| self::step(it, places)).collect();
    for arm in step.arms() {
        let Some((whole, head, name)) = places.of(&arm.segments) else { continue };
        children.push(Found { name, kind: SymbolKind::EnumMember, whole, head, level: 0, children: Vec::new() });
    }
    let (whole, head, words) = places.of(&step.segments)?;
    let name = format!("{}. {words}", step.written.clone().unwrap_or_else(|| step.ordinal.to_string()));
    // The arms of a branch may stand in the sentence of their step.
    children.retain(|it| it.whole != whole);
    let whole = children.iter().fold(whole, |whole, it| whole.cover(it.whole));
    Some(Found { name, kind: SymbolKind::Event, whole, head, level: 0, children })
}

/// Puts sections into the sections that they are part of.
fn nested(sections: Vec<Found>) -> Vec<Found> {
    let mut open: Vec<Found> = Vec::new();
    let mut done = Vec::new();
    let close = |open: &mut Vec<Found>, done: &mut Vec<Found>| {
        let Some(mut last) = open.pop() else { return };
        last.children.sort_by_key(|it| it.whole);
        match open.last_mut() {
            Some(parent) => parent.children.push(last),
            None => done.push(last),
        }
    };
    for section in sections {
        while open.last().is_some_and(|it| it.level >= section.level) {
            close(&mut open, &mut done);
        }
        open.push(section);
    }
    while !open.is_empty() {
        close(&mut open, &mut done);
    }
    done
}

/// A symbol with its place now.
fn symbol(view: &View, found: Found) -> Option<DocumentSymbol> {
    let (range, head) = (view.range(found.whole)?, view.range(found.head)?);
    let children: Vec<DocumentSymbol> = found.children.into_iter().filter_map(|it| symbol(view, it)).collect();
    let name = if found.name.is_empty() { "…".to_owned() } else { found.name };
    let inner = if head.start >= range.start && head.end <= range.end { head } else { range };
    let children = (!children.is_empty()).then_some(children);
    Some(DocumentSymbol::new(name, None, found.kind, None, None, range, inner, children))
}

/// For clients that know no symbols in symbols.
fn flat(view: &View, symbols: Vec<DocumentSymbol>) -> Vec<SymbolInformation> {
    let mut all = Vec::new();
    let mut rest: Vec<(DocumentSymbol, Option<String>)> = symbols.into_iter().rev().map(|it| (it, None)).collect();
    while let Some((symbol, container_name)) = rest.pop() {
        let name = symbol.name;
        let inner = symbol.children.into_iter().flatten().rev().map(|it| (it, Some(name.clone())));
        rest.extend(inner.collect::<Vec<_>>());
        let location = Location::new(Uri(view.opened.address.to_string()), symbol.range);
        let base_symbol_information = BaseSymbolInformation { name, kind: symbol.kind, tags: None, container_name };
        all.push(SymbolInformation::new(None, location, base_symbol_information));
    }
    all
}
