//! The article as a document of one language: its source with each segment in place of another.
//! What stands between the segments – code, tables, addresses, markers of lists – stays.

use super::fill::Fills;
use super::gather::Input;
use super::topic::{Article, Slot, State};
use super::{Numbers, Options, renumber};
use crate::bitext::Bitext;
use crate::document::{Document, Format};
use crate::markdown::{NodeKind, ScalarStyle};
use crate::procedure::Passage;
use crate::text::{Span, splice};

/// Keys that say which language an article is in, or how it was translated.
const OF_TRANSLATIONS: [&str; 7] =
    ["ms.contentlocale", "ms.translationtype", "ms.lasthandoff", "ms.locfileid", "lang", "locale", "language"];

/// The source as a document of its own.
pub(super) fn source(input: &Input<'_, '_>, article: &Article, options: &Options) -> String {
    let document = input.reading.document;
    let mut edits = numbers(input, options);
    for pair in &document.tree.bilingual {
        edits.push((pair.whole, document.slice(pair.source).to_owned()));
    }
    if document.is_bilingual() && document.format == Format::Markdown {
        edits.extend(without_translation(document));
    }
    debug_assert_eq!(article.locale, article.source_locale);
    spliced(document, edits)
}

/// The translation in the shape of its source.
pub(super) fn target(
    input: &Input<'_, '_>,
    bitext: &Bitext<'_>,
    fills: &Fills,
    article: &Article,
    options: &Options,
) -> String {
    let document = input.reading.document;
    let is_own = std::ptr::eq(document, bitext.target);
    let mut edits = numbers(input, options);
    let mut pairs: Vec<bool> = vec![false; document.tree.bilingual.len()];
    let mut before: Option<(Span, Option<u32>, bool)> = None;
    let writer = Writer { document, source_locale: &article.source_locale };
    for (index, (_, side)) in input.reading.outline.passages.iter().enumerate() {
        let at = document.segments.partition_point(|it| it.span.start < side.span.start);
        let segment = document.segments.get(at).filter(|it| it.span == side.span);
        let pair = segment.and_then(|it| it.pair);
        if let Some(pair) = pair {
            pairs[pair as usize] = true;
        }
        let whole = pair.map_or(side.span, |pair| document.tree.bilingual[pair as usize].whole);
        let slot = fills.at(index);
        let style = segment
            .and_then(|it| it.entry)
            .and_then(|it| Some(document.front_matter()?.entries.get(it as usize)?.style));
        let is_cell = matches!(side.kind(), Some(NodeKind::Cell { .. }));
        let text = slot.map(|slot| writer.text(slot, style, is_cell)).unwrap_or_default();
        // Between sentences of a language that sets them close, no space of the source stays.
        let is_close = slot.is_none_or(|it| !it.is_spaced) && !is_own;
        if let Some((last, node, was_close)) = before
            && is_close
            && was_close
            && node == side.node
            && node.is_some()
            && last.end < whole.start
        {
            let gap = Span { start: last.end, end: whole.start };
            if document.slice(gap).trim().is_empty() {
                edits.push((gap, String::new()));
            }
        }
        before = Some((whole, side.node, is_close));
        edits.push((whole, text));
    }
    for (pair, _) in document.tree.bilingual.iter().zip(pairs).filter(|(_, met)| !met) {
        edits.push((pair.whole, document.slice(if is_own { pair.target } else { pair.source }).to_owned()));
    }
    if document.format == Format::Markdown {
        edits.extend(anchors(input));
        edits.extend(front_matter(document, bitext.target));
    } else if document.format == Format::Yaml && !is_own {
        edits.extend(entries(&writer, bitext));
    }
    spliced(document, edits)
}

/// The document with these edits; of two that overlap, the first stands.
fn spliced(document: &Document, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut end = 0;
    edits.retain(|(span, _)| {
        let stands = span.start >= end;
        if stands {
            end = span.end;
        }
        stands
    });
    let edits: Vec<(Span, &str)> = edits.iter().map(|(span, text)| (*span, text.as_str())).collect();
    let bytes = splice(document.source.text().as_bytes(), &edits);
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn numbers(input: &Input<'_, '_>, options: &Options) -> Vec<(Span, String)> {
    match options.numbers {
        Numbers::Written => Vec::new(),
        Numbers::Repaired => renumber::edits(input.reading, &input.article.procedures),
    }
}

struct Writer<'w> {
    document: &'w Document,
    source_locale: &'w str,
}

impl Writer<'_> {
    fn text(&self, slot: &Slot, style: Option<ScalarStyle>, is_cell: bool) -> String {
        let text = match &slot.raw {
            Some(raw) => raw.clone(),
            None => self.foreign(&slot.markdown, style, is_cell),
        };
        if slot.state != State::Fallback {
            return text;
        }
        let (open, close) = marks(self.source_locale, style);
        // The heading of a tab is a link, and the mark stands in it.
        match text.strip_prefix('[').and_then(|it| it.split_once("](#tab/")) {
            Some((text, rest)) => format!("[{open}{text}{close}](#tab/{rest}"),
            None => format!("{open}{text}{close}"),
        }
    }

    /// A text of another document, so that it means the same here.
    fn foreign(&self, text: &str, style: Option<ScalarStyle>, is_cell: bool) -> String {
        match style {
            Some(ScalarStyle::DoubleQuoted) => text.replace('\\', "\\\\").replace('"', "\\\""),
            Some(ScalarStyle::SingleQuoted) => text.replace('\'', "''"),
            Some(ScalarStyle::Plain) if !is_plain(text) => {
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
            Some(_) => text.to_owned(),
            None if is_cell => unpiped(text),
            None if self.document.format == Format::Markdown => guarded(text),
            None => text.to_owned(),
        }
    }
}

/// What stands around a text of another language than the article's: the mark is to be seen, and
/// says nothing.
pub(super) fn marks(locale: &str, style: Option<ScalarStyle>) -> (String, &'static str) {
    let quote = if style == Some(ScalarStyle::DoubleQuoted) { '\'' } else { '"' };
    let quote = if style == Some(ScalarStyle::SingleQuoted) { '"' } else { quote };
    (format!("<mark lang={quote}{locale}{quote}>"), "</mark>")
}

/// Whether YAML reads a text as itself without quotes.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    let odd = |it: char| "-?:,[]{}#&*!|>'\"%@`".contains(it) || it.is_ascii_digit();
    !text.is_empty()
        && first.is_none_or(|it| !odd(it))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "~")
}

/// Bars of a cell stay in it.
fn unpiped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for it in text.chars() {
        if it == '|' && !escaped {
            out.push('\\');
        }
        escaped = it == '\\' && !escaped;
        out.push(it);
    }
    out
}

/// What would begin a list, a heading or a quote does not.
fn guarded(text: &str) -> String {
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let rest = &text[digits..];
    let begins = |marks: &[&str]| marks.iter().any(|mark| rest.starts_with(mark));
    match digits {
        0 if begins(&["# ", "## ", "> ", ">", "- ", "+ ", "* ", "---", "===", "~~~"]) => format!("\\{text}"),
        1.. if begins(&[". ", ") "]) => format!("{}\\{rest}", &text[..digits]),
        _ => text.to_owned(),
    }
}

/// The anchors of the headings: those of the source, in whatever language the heading is.
fn anchors(input: &Input<'_, '_>) -> Vec<(Span, String)> {
    let tree = &input.reading.document.tree;
    let anchor = |id: &str, title: &Passage<'_>| {
        let node = &tree.nodes[title.side.node? as usize];
        let NodeKind::Heading { anchor: None, .. } = node.kind else { return None };
        let first = tree.inlines_of(node).first().map_or(title.side.span.start, |it| it.span.start);
        let at = first.min(title.side.span.start) as usize;
        Some((Span::at(at), format!("<a name=\"{}\"></a>", id.replace('&', "&amp;").replace('"', "&quot;"))))
    };
    let sections = input.reading.outline.sections.iter();
    sections.filter_map(|section| anchor(&section.id, section.title.first()?)).collect()
}

/// The front matter of the translation in place of that of the source.
fn front_matter(document: &Document, target: &Document) -> Option<(Span, String)> {
    if std::ptr::eq(document, target) {
        return None;
    }
    let own = document.front_matter().map(|it| it.span);
    let text = target.front_matter().map(|it| target.slice(it.span));
    match (own, text) {
        (Some(own), text) => Some((own, text.unwrap_or_default().to_owned())),
        (None, Some(text)) => {
            let start = if document.source.text().starts_with('\u{feff}') { 3 } else { 0 };
            Some((Span::at(start), format!("{}\n", text.trim_end())))
        }
        (None, None) => None,
    }
}

/// Takes out of the front matter of a bilingual article what is in the language of its translation
/// or speaks of it.
fn without_translation(document: &Document) -> Vec<(Span, String)> {
    let Some(front) = document.front_matter() else { return Vec::new() };
    let text = document.source.text();
    let line = |at: u32| text[..at as usize].rfind('\n').map_or(0, |it| it + 1) as u32;
    let prose: Vec<u32> = document.segments.iter().filter_map(|it| it.entry).collect();
    let mut edits = Vec::new();
    for (index, entry) in front.entries.iter().enumerate() {
        let speaks = prose.contains(&(index as u32)) || OF_TRANSLATIONS.contains(&&*entry.path);
        if !speaks || entry.path.contains('.') && !entry.path.starts_with("ms.") {
            continue;
        }
        let end = front.entries.get(index + 1).map_or_else(
            || {
                let rest = &text[entry.span.end as usize..front.body.end as usize];
                rest.find('\n').map_or(front.body.end, |it| entry.span.end + it as u32 + 1)
            },
            |next| line(next.key.start),
        );
        let span = Span { start: line(entry.key.start), end };
        if span.start < span.end {
            edits.push((span, String::new()));
        }
    }
    edits
}

/// What a help file says of itself, in the words of the translation.
fn entries(writer: &Writer<'_>, bitext: &Bitext<'_>) -> Vec<(Span, String)> {
    let Some(front) = writer.document.front_matter() else { return Vec::new() };
    let edit = |unit: &crate::bitext::Unit<'_>| {
        let (source, target) = (unit.source?, unit.target?);
        let at = writer.document.segments.iter().position(|it| it.span == source.span)?;
        let entry = front.entries.get(writer.document.segments[at].entry? as usize)?;
        let text = writer.foreign(&super::inline::line(&target), Some(entry.style), false);
        (std::ptr::eq(source.document, writer.document) && entry.path.starts_with("metadata."))
            .then_some((source.span, text))
    };
    bitext.units.iter().filter_map(edit).collect()
}
