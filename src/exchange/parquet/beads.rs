//! The table of beads.

use std::collections::HashMap;

use super::{Cell, Column, Kind, Row, Table};
use crate::bitext::{Bitext, Origin, Relation};
use crate::document::Side;
use crate::locale::Locale;
use crate::procedure::{ArticleModel, Counterpart, Reading};

pub(super) const TABLE: Table = Table {
    name: "beads",
    about: "segments of the source with those of a translation that correspond to them; one side may be missing",
    columns: &[
        Column { name: "article", kind: Kind::Text, about: "key of the article" },
        Column { name: "source_locale", kind: Kind::Text, about: "locale of the source" },
        Column { name: "source_path", kind: Kind::Text, about: "the file that the source stands in" },
        Column { name: "target_path", kind: Kind::Text, about: "the file of the translation" },
        Column { name: "unit", kind: Kind::Text, about: "id of the translation unit, as findings name it" },
        Column { name: "segments", kind: Kind::Texts, about: "numbers of the segments of the source" },
        Column {
            name: "relation",
            kind: Kind::Text,
            about: "how the two articles belong together: own, same-version, same-source, comments, other-version",
        },
        Column {
            name: "origin",
            kind: Kind::Text,
            about: "how the two sides were paired: embedded, aligned, front-matter",
        },
        Column { name: "confidence", kind: Kind::Number, about: "how likely the pairing is right, from 0 to 1" },
        Column { name: "source_start", kind: Kind::Int, about: "first byte of the source in its file" },
        Column { name: "source_end", kind: Kind::Int, about: "one past its last byte" },
        Column { name: "target_start", kind: Kind::Int, about: "first byte of the target in its file" },
        Column { name: "target_end", kind: Kind::Int, about: "one past its last byte" },
        Column { name: "source", kind: Kind::Text, about: "the source as written" },
        Column { name: "target", kind: Kind::Text, about: "the target as written" },
    ],
};

/// The numbers of the segments that each target stands for, by its first byte.
pub(super) fn places(reading: &Reading<'_>, counterparts: &[Counterpart<'_>]) -> HashMap<u32, Vec<String>> {
    let mut places: HashMap<u32, Vec<String>> = HashMap::new();
    let mut last = None;
    for ((number, _), counterpart) in reading.outline.passages.iter().zip(counterparts) {
        match counterpart {
            Counterpart::Side(side) => last = Some(side.span.start),
            Counterpart::None => last = None,
            Counterpart::Joined => {}
        }
        if let Some(start) = last {
            places.entry(start).or_default().push(number.clone());
        }
    }
    places
}

pub(super) fn rows(
    article: &ArticleModel,
    source_locale: &Locale,
    bitext: &Bitext<'_>,
    places: &HashMap<u32, Vec<String>>,
    add: &mut dyn FnMut(Row),
) {
    let relation = match bitext.relation {
        Relation::Own => "own",
        Relation::SameVersion => "same-version",
        Relation::SameSource => "same-source",
        Relation::Comments => "comments",
        Relation::OtherVersion => "other-version",
    };
    let start = |side: Option<Side<'_>>| Cell::int(side.map(|it| it.span.start));
    let end = |side: Option<Side<'_>>| Cell::int(side.map(|it| it.span.end));
    let raw = |side: Option<Side<'_>>| side.map_or(Cell::Nothing, |it| Cell::Text(it.raw().to_owned()));
    for unit in &bitext.units {
        let (origin, confidence) = match unit.origin {
            Origin::Embedded => ("embedded", 1.0),
            Origin::Aligned(confidence) => ("aligned", (f64::from(confidence) * 1e4).round() / 1e4),
            Origin::FrontMatter => ("front-matter", 1.0),
        };
        let numbers = unit.target.filter(|_| unit.source.is_some()).and_then(|it| places.get(&it.span.start));
        let source_path = unit.source.map_or(&bitext.source.path, |it| &it.document.path);
        add(vec![
            Cell::Text(article.key.clone()),
            Cell::text(source_locale.tag()),
            Cell::Text(source_path.to_string()),
            Cell::Text(bitext.target.path.to_string()),
            Cell::Text(unit.id.to_string()),
            Cell::Texts(numbers.cloned().unwrap_or_default()),
            Cell::text(relation),
            Cell::text(origin),
            Cell::Number(confidence),
            start(unit.source),
            end(unit.source),
            start(unit.target),
            end(unit.target),
            raw(unit.source),
            raw(unit.target),
        ]);
    }
}
