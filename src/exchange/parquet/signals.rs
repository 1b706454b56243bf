//! The table of signals.

use super::{Cell, Column, Kind, Row, Table, Variant};
use crate::locale::{TimeUnit, Words};
use crate::procedure::{ArticleModel, Reading};
use crate::signal::{ONE, Quantity, Statement, Value, measure};

pub(super) const TABLE: Table = Table {
    name: "signals",
    about: "a value or a word of duty, denial or limit that a segment states, free of language",
    columns: &[
        Column { name: "article", kind: Kind::Text, about: "key of the article" },
        Column { name: "path", kind: Kind::Text, about: "the file" },
        Column { name: "is_source", kind: Kind::Flag, about: "whether this is the source" },
        Column { name: "segment", kind: Kind::Text, about: "number of the segment, equal in all locales" },
        Column {
            name: "kind",
            kind: Kind::Text,
            about: "number, ordinal, percent, money, duration, date, time, code, always, or cue for a word",
        },
        Column {
            name: "value",
            kind: Kind::Text,
            about: "the value in one form for all languages (P14D, 2024-05-01, EUR 30), or what the cue says (must, not, only)",
        },
        Column {
            name: "amount",
            kind: Kind::Number,
            about: "number, percent, amount of money or length, where it is one",
        },
        Column {
            name: "unit",
            kind: Kind::Text,
            about: "of a duration second, minute, hour, day, business-day, week, month, quarter, year; of money its ISO 4217 code",
        },
        Column {
            name: "measure",
            kind: Kind::Int,
            about: "of a duration: its length, to be compared with others of the same measure_unit",
        },
        Column { name: "measure_unit", kind: Kind::Text, about: "second, business-day or month" },
        Column {
            name: "relation",
            kind: Kind::Text,
            about: "how it bounds, if words say so: within, after, before, at-least …",
        },
        Column { name: "digits", kind: Kind::Flag, about: "whether it is written in digits" },
        Column { name: "line", kind: Kind::Int, about: "line in the file, from 1" },
        Column { name: "start_byte", kind: Kind::Int, about: "first byte in the file, from 0" },
        Column { name: "end_byte", kind: Kind::Int, about: "one past its last byte" },
        Column { name: "words", kind: Kind::Text, about: "as written, without markup" },
    ],
};

pub(super) fn rows(
    article: &ArticleModel,
    reading: &Reading<'_>,
    variant: &Variant<'_>,
    words: &Words,
    add: &mut dyn FnMut(Row),
) {
    for ((number, _), side) in reading.outline.passages.iter().zip(&variant.sides) {
        let Some(side) = side else { continue };
        let statement = Statement::of(side, words);
        let mut row = |place: (usize, usize), stated: [Cell; 8]| {
            let span = statement.span(place);
            let mut row = vec![
                Cell::Text(article.key.clone()),
                Cell::Text(variant.document.path.to_string()),
                Cell::Flag(variant.is_source),
                Cell::Text(number.clone()),
            ];
            row.extend(stated);
            row.extend([
                variant.line(span.start),
                Cell::Int(span.start.into()),
                Cell::Int(span.end.into()),
                Cell::Text(statement.text(place).to_owned()),
            ]);
            add(row);
        };
        for quantity in &statement.quantities {
            row(quantity.extent(), stated(quantity));
        }
        for said in &statement.cues {
            let nothing = || Cell::Nothing;
            let value = Cell::text(said.cue.word());
            let cue = [Cell::text("cue"), value, nothing(), nothing(), nothing(), nothing(), nothing(), nothing()];
            row(said.place(), cue);
        }
    }
}

/// Kind, value, amount, unit, measure, its unit, relation, digits.
fn stated(quantity: &Quantity) -> [Cell; 8] {
    let amount = |value: i64| Cell::Number(value as f64 / ONE as f64);
    let (kind, number, unit) = match &quantity.value {
        Value::Number(value, _) => ("number", amount(*value), Cell::Nothing),
        Value::Ordinal(value) => ("ordinal", amount(*value), Cell::Nothing),
        Value::Percent(value) => ("percent", amount(*value), Cell::Nothing),
        Value::Money(value, code) => ("money", amount(*value), Cell::text(String::from_utf8_lossy(code))),
        Value::Duration(value, unit) => ("duration", amount(*value), Cell::text(name(*unit))),
        Value::Date(_) => ("date", Cell::Nothing, Cell::Nothing),
        Value::Time(_) => ("time", Cell::Nothing, Cell::Nothing),
        Value::Code(_) => ("code", Cell::Nothing, Cell::Nothing),
        Value::Always => ("always", Cell::Nothing, Cell::Nothing),
    };
    let (length, measure_unit) = match quantity.value {
        Value::Duration(value, unit) => {
            let (class, length) = measure(value, unit);
            let unit = ["second", "business-day", "month"][usize::from(class).min(2)];
            (Cell::Int(length / ONE), Cell::text(unit))
        }
        _ => (Cell::Nothing, Cell::Nothing),
    };
    let relation = Cell::text(quantity.bound().map_or("", |it| it.word()));
    let value = Cell::Text(quantity.value.to_string());
    [Cell::text(kind), value, number, unit, length, measure_unit, relation, Cell::Flag(quantity.digits)]
}

fn name(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Second => "second",
        TimeUnit::Minute => "minute",
        TimeUnit::Hour => "hour",
        TimeUnit::Day => "day",
        TimeUnit::BusinessDay => "business-day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Year => "year",
    }
}
