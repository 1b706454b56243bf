//! The stretches of a target that may be labels: bold ones, and those in the marks of its locale.

use std::ops::Range;

use super::labels::Pair;
use super::sentence::{Marked, Sentence};
use crate::document::Side;
use crate::locale::LocaleData;
use crate::text::Span;

/// A stretch of a target that may be a label.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) span: Option<Span>,
    pub(super) text: String,
    pub(super) href: Option<String>,
}

/// How many bold stretches the source has, those that are no labels included; and which are.
pub(super) fn all_bold(pair: &Pair<'_, '_>) -> Vec<bool> {
    let labels: Vec<&Marked> = pair.sentence.labels().collect();
    pair.sentence.bold.iter().map(|span| labels.iter().any(|label| label.span == *span)).collect()
}

/// The stretches of a target that stand for `wanted` labels: bold ones, those in the marks of the
/// locale, or both together. With another number all that are there, to be told apart by what is
/// known.
pub(super) fn marks(side: &Side<'_>, data: Option<&LocaleData>, wanted: usize, source: Vec<bool>) -> Vec<Mark> {
    let (sentence, bold, _) = Sentence::stretches(side);
    let mark = |range: Range<usize>, span: Option<Span>| Mark {
        span,
        text: bare(&sentence.text[range.clone()], data).to_owned(),
        href: sentence
            .links
            .iter()
            .find(|(link, _)| link.start < range.end && range.start < link.end)
            .map(|it| it.1.clone()),
        range,
    };
    let whole = |(range, span)| {
        let mark = mark(range, Some(span));
        let text = mended(&mark.text, data).unwrap_or(mark.text);
        Mark { text, ..mark }
    };
    let bold: Vec<Mark> = bold.into_iter().map(whole).collect();
    let can = |it: &Mark| !it.text.is_empty() && !data.is_some_and(|data| data.cannot_be_label(&it.text));
    let in_marks = |range: Range<usize>| mark(range.clone(), sentence.cover(&range));
    let wrapped: Vec<Mark> = wrapped(&sentence.text, data).into_iter().map(in_marks).filter(can).collect();
    // Where words are not spaced, machines often leave bold on the words beside the label; the marks
    // of the locale stay where they belong.
    if wrapped.len() == wanted && data.is_some_and(|data| !data.words_are_spaced) {
        return wrapped;
    }
    let broken = |it: &Mark| data.is_some_and(|data| is_broken(&it.text, data));
    let bold: Vec<Mark> = bold.into_iter().filter(|it| !broken(it)).collect();
    // As many are bold as in the source, where some may be no labels.
    if source.len() == bold.len() && source.iter().filter(|it| **it).count() == wanted {
        let labels = source.iter().zip(&bold).filter(|(is, _)| **is).map(|(_, it)| it.clone());
        let labels: Vec<Mark> = labels.collect();
        // A button may be called as a verb that is bold by mistake elsewhere.
        let is_verb = |it: &Mark| {
            let is_word = it.text.chars().nth(1).is_some();
            is_word && data.is_some_and(|data| data.never_a_label.contains(&it.text))
        };
        if labels.iter().all(|it| can(it) || is_verb(it)) {
            return labels;
        }
    }
    let bold: Vec<Mark> = bold.into_iter().filter(can).collect();
    if bold.len() == wanted {
        return bold;
    }
    if wrapped.len() == wanted {
        return wrapped;
    }
    let overlaps = |one: &Mark, other: &Mark| one.range.start < other.range.end && other.range.start < one.range.end;
    let mut both = bold;
    let more: Vec<Mark> = wrapped.into_iter().filter(|it| !both.iter().any(|other| overlaps(it, other))).collect();
    both.extend(more);
    both.sort_by_key(|it| it.range.start);
    both
}

/// Where a mark first stands. Labels are short, and made ready for long texts a search costs more
/// than it finds.
fn find(text: &str, mark: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), mark.as_bytes())
}

/// A label that marks tear into two: bold on `A] and [B` in `[A] and [B]`.
fn mended(text: &str, data: Option<&LocaleData>) -> Option<String> {
    let mut pairs = data?.label_wrappers.iter().filter(|(open, close)| open != close);
    let (open, close) = pairs.find(|(open, close)| {
        find(text, close).is_some_and(|ends| find(text, open).is_some_and(|starts| ends < starts))
            && text.matches(open.as_str()).count() == 1
            && text.matches(close.as_str()).count() == 1
    })?;
    Some(text.replace(close.as_str(), "").replace(open.as_str(), ""))
}

/// Whether a bold stretch takes in a mark of another label, or ends with the verb behind its own.
fn is_broken(text: &str, data: &LocaleData) -> bool {
    let wraps = |(open, close): &(String, String)| find(text, open).is_some() != find(text, close).is_some();
    let lone = data.label_wrappers.iter().filter(|(open, close)| open != close).any(wraps);
    let quote =
        data.label_wrappers.iter().any(|(open, close)| open == close && text.matches(open.as_str()).count() == 1);
    lone || quote || data.never_ends_a_label.iter().any(|end| text.ends_with(end.as_str()))
}

/// The stretches in the marks that a locale puts around labels.
fn wrapped(text: &str, data: Option<&LocaleData>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, close) in data.iter().flat_map(|data| &data.label_wrappers) {
        let mut at = 0;
        while let Some(start) = find(&text[at..], open) {
            let from = at + start + open.len();
            let Some(length) = find(&text[from..], close) else { break };
            let range = from..from + length;
            at = range.end + close.len();
            if !found.iter().any(|it| it.start < range.end && range.start < it.end) {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|it| it.start);
    found
}

/// A label without the marks of its locale and the signs around it.
pub(super) fn bare<'t>(text: &'t str, data: Option<&LocaleData>) -> &'t str {
    // `[Submit](送信)`: the label with its translation.
    let both = text.trim().strip_prefix('[').and_then(|it| it.strip_suffix(')')).and_then(|it| it.split_once("]("));
    let mut text = both.map_or(text, |(_, own)| own);
    loop {
        let before = text.len();
        text = text.trim_matches(|it: char| {
            it.is_whitespace() || matches!(it, ',' | '.' | ';' | ':' | '。' | '，' | '、' | '；' | '：')
        });
        // Half of a pair is left where a path was cut.
        for (open, close) in data.iter().flat_map(|data| &data.label_wrappers).filter(|(open, close)| open != close) {
            if text.starts_with(open.as_str()) && !text.contains(close.as_str()) {
                text = &text[open.len()..];
            }
            if text.ends_with(close.as_str()) && !text.contains(open.as_str()) {
                text = &text[..text.len() - close.len()];
            }
        }
        for (open, close) in data.iter().flat_map(|data| data.label_wrappers.iter().chain(&data.quotes)) {
            if let Some(inner) = text.strip_prefix(open.as_str()).and_then(|rest| rest.strip_suffix(close.as_str())) {
                text = inner;
            }
        }
        if text.len() == before {
            return text;
        }
    }
}
