//! The table of segments.

use super::{Cell, Column, Kind, Row, Table, Variant};
use crate::document::Side;
use crate::markdown::NodeKind;
use crate::procedure::{ArticleModel, Reading};

pub(super) const TABLE: Table = Table {
    name: "segments",
    about: "a segment of the source, in the source and in each translation that has it",
    columns: &[
        Column {
            name: "article",
            kind: Kind::Text,
            about: "key of the article: its path without locale and extension",
        },
        Column { name: "path", kind: Kind::Text, about: "the file" },
        Column { name: "is_source", kind: Kind::Flag, about: "whether this is the source" },
        Column { name: "segment", kind: Kind::Text, about: "number of the segment, equal in all locales" },
        Column { name: "position", kind: Kind::Int, about: "its place among the segments of the source, from 1" },
        Column { name: "section", kind: Kind::Text, about: "anchor of its section" },
        Column {
            name: "kind",
            kind: Kind::Text,
            about: "what it stands in: heading, paragraph, item, note, cell, other",
        },
        Column { name: "line", kind: Kind::Int, about: "line in the file, from 1" },
        Column { name: "start_byte", kind: Kind::Int, about: "first byte in the file, from 0" },
        Column { name: "end_byte", kind: Kind::Int, about: "one past its last byte" },
        Column { name: "raw", kind: Kind::Text, about: "as written, with markup" },
        Column { name: "text", kind: Kind::Text, about: "as a reader sees it" },
    ],
};

/// Where each section begins among the passages, with its anchor.
pub(super) fn sections(reading: &Reading<'_>) -> Vec<(usize, String)> {
    let sections = reading.outline.sections.iter();
    sections.filter_map(|it| Some((it.title.first()?.index, it.id.clone()))).collect()
}

pub(super) fn rows(
    article: &ArticleModel,
    reading: &Reading<'_>,
    sections: &[(usize, String)],
    variant: &Variant<'_>,
    add: &mut dyn FnMut(Row),
) {
    for (index, ((number, _), side)) in reading.outline.passages.iter().zip(&variant.sides).enumerate() {
        let Some(side) = side else { continue };
        let section = sections.iter().take_while(|(first, _)| *first <= index).last();
        add(vec![
            Cell::Text(article.key.clone()),
            Cell::Text(variant.document.path.to_string()),
            Cell::Flag(variant.is_source),
            Cell::Text(number.clone()),
            Cell::Int(index as i64 + 1),
            Cell::maybe(section.map(|(_, id)| id)),
            Cell::text(kind(side)),
            variant.line(side.span.start),
            Cell::Int(side.span.start.into()),
            Cell::Int(side.span.end.into()),
            Cell::Text(side.raw().to_owned()),
            Cell::Text(side.text().into_owned()),
        ]);
    }
}

fn kind(side: &Side<'_>) -> &'static str {
    let Some(node) = side.node else { return "other" };
    let tree = &side.document.tree;
    let around = std::iter::once(node as usize).chain(tree.ancestors(node as usize));
    let kind = around.into_iter().find_map(|at| match &tree.nodes[at].kind {
        NodeKind::Heading { .. } => Some("heading"),
        NodeKind::Item { .. } => Some("item"),
        NodeKind::Alert { .. } => Some("note"),
        NodeKind::Cell { .. } => Some("cell"),
        _ => None,
    });
    kind.unwrap_or(if matches!(tree.nodes[node as usize].kind, NodeKind::Paragraph) { "paragraph" } else { "other" })
}
