//! The table of findings.

use std::collections::BTreeMap;

use super::{Cell, Column, Kind, Rows, Table, tag};
use crate::diagnostic::{Diagnostic, Label};
use crate::locale::Locale;

pub(super) const TABLE: Table = Table {
    name: "findings",
    about: "what `hexapla check` found, under the locale of the article that it stands in",
    columns: &[
        Column { name: "article", kind: Kind::Text, about: "key of the article" },
        Column { name: "path", kind: Kind::Text, about: "the file" },
        Column { name: "rule", kind: Kind::Text, about: "the rule" },
        Column { name: "family", kind: Kind::Text, about: "the family of the rule" },
        Column { name: "severity", kind: Kind::Text, about: "error, warning or info" },
        Column { name: "message", kind: Kind::Text, about: "what is wrong" },
        Column { name: "help", kind: Kind::Text, about: "what to do" },
        Column { name: "start_line", kind: Kind::Int, about: "first line, from 1" },
        Column { name: "start_column", kind: Kind::Int, about: "first column in characters, from 1" },
        Column { name: "end_line", kind: Kind::Int, about: "last line" },
        Column { name: "end_column", kind: Kind::Int, about: "one past the last column" },
        Column { name: "start_byte", kind: Kind::Int, about: "first byte in the file, from 0" },
        Column { name: "end_byte", kind: Kind::Int, about: "one past its last byte" },
        Column { name: "unit", kind: Kind::Text, about: "id of the translation unit, as in beads" },
        Column { name: "source", kind: Kind::Text, about: "its source as written" },
        Column { name: "target", kind: Kind::Text, about: "its target as written" },
        Column {
            name: "related",
            kind: Kind::Texts,
            about: "other places that the finding speaks of, as path:line:column",
        },
        Column { name: "fingerprint", kind: Kind::Text, about: "equal from run to run, as in the baseline" },
    ],
};

pub(super) fn rows(findings: &[Diagnostic], articles: &BTreeMap<String, (String, Locale)>) -> Rows {
    let row = |it: &Diagnostic| {
        let (key, locale) = articles.get(&*it.primary.path)?;
        let Label { path, range, .. } = &it.primary;
        let (start, end) = (range.start, range.end);
        let related = |it: &Label| format!("{}:{}:{}", it.path, it.range.start.line, it.range.start.column);
        let unit = it.unit.as_ref();
        let row = vec![
            Cell::Text(key.clone()),
            Cell::Text(path.to_string()),
            Cell::text(it.rule),
            Cell::text(crate::lint::rule(it.rule).map_or("", |rule| rule.family.name())),
            Cell::text(it.severity.name()),
            Cell::Text(it.message.clone()),
            Cell::maybe(it.help.as_ref()),
            Cell::Int(start.line.into()),
            Cell::Int(start.column.into()),
            Cell::Int(end.line.into()),
            Cell::Int(end.column.into()),
            Cell::Int(start.byte.into()),
            Cell::Int(end.byte.into()),
            Cell::maybe(unit.map(|it| &it.id)),
            Cell::maybe(unit.map(|it| &it.source)),
            Cell::maybe(unit.map(|it| &it.target)),
            Cell::Texts(it.labels.iter().map(related).collect()),
            Cell::Text(it.fingerprint.clone()),
        ];
        Some((&TABLE, tag(locale), row))
    };
    findings.iter().filter_map(row).collect()
}
