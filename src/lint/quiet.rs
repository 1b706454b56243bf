//! Where the comment goes that keeps a finding quiet. It may stand above the line or behind it, and is
//! taken where the article is read as before.

use std::mem::discriminant;

use super::suppress;
use crate::diagnostic::Edit;
use crate::document::{self, Document, Format};
use crate::markdown::NodeKind;
use crate::text::{LineIndex, Source, Span, splice};

/// The edit that keeps a rule quiet on a 1-based line of an article: a comment beside the line, or,
/// where none can stand there, one for the whole article. `None` where no comment is read.
pub fn quiet(document: &Document, line: u32, rule: &str, reason: &str) -> Option<Edit> {
    let text = document.source.text();
    let lines = LineIndex::new(text);
    let start = lines.line_start(line as usize - 1)?;
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let written = text[start..end].trim_end_matches('\r');
    let line_end = if text[start..end].ends_with('\r') { "\r\n" } else { "\n" };
    let indent = &written[..written.len() - written.trim_start_matches([' ', '\t', '>']).len()];
    let comment = |command: &str, yaml: bool| match yaml {
        true => format!("# hexapla-{command} {rule}: {reason}"),
        false => format!("<!-- hexapla-{command} {rule}: {reason} -->"),
    };
    let in_front = document.front_matter().is_some_and(|front| front.span.contains(Span::at(start)));
    let yaml = in_front || document.format == Format::Yaml;
    let above = |indent: &str| {
        let text = format!("{indent}{}{line_end}", comment("disable-next-line", yaml));
        Edit { span: Span::at(start), text }
    };
    let mut edits = vec![above(indent)];
    if !yaml {
        // Between the items of a list a comment belongs to the item before it.
        edits.extend(["  ", "   ", "    "].map(|more| above(&format!("{indent}{more}"))));
        let behind = format!(" {}", comment("disable-line", false));
        edits.push(Edit { span: Span::at(start + written.len()), text: behind });
    }
    let lead = if text.is_empty() || text.ends_with('\n') { "" } else { line_end };
    let whole = format!("{lead}{}{line_end}", comment("disable-file", document.format == Format::Yaml));
    edits.push(Edit { span: Span::at(text.len()), text: whole });
    edits.into_iter().find(|edit| works(document, edit, line, rule))
}

/// Whether the article with the edit has the blocks and the segments it had, and its line is quiet.
fn works(document: &Document, edit: &Edit, line: u32, rule: &str) -> bool {
    let bytes = splice(document.source.text().as_bytes(), &[(edit.span, &edit.text)]);
    let source = Source::from_bytes(bytes);
    let other = document::read(document.path.clone(), document.locale.clone(), document.format, source);
    let lines = LineIndex::new(other.source.text());
    let before = edit.text.ends_with('\n') && lines.line_of(edit.span.start) < line as usize;
    let now = line + u32::from(before);
    let mut all = suppress::read(&other, &lines);
    suppress::covers(&mut all, rule, now) && same(document, &other)
}

fn same(document: &Document, other: &Document) -> bool {
    let is_block = |kind: &NodeKind| !matches!(kind, NodeKind::Html);
    let blocks = |it: &Document| {
        let kinds = it.tree.nodes.iter().map(|node| &node.kind).filter(|kind| is_block(kind));
        kinds.map(discriminant).collect::<Vec<_>>()
    };
    let texts = |it: &Document| it.segments.iter().map(|segment| it.slice(segment.span).to_owned()).collect::<Vec<_>>();
    blocks(document) == blocks(other) && texts(document) == texts(other)
}
