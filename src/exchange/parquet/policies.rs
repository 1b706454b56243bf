//! The table of policies.

use std::collections::HashMap;

use super::{Cell, Column, Kind, Row, Table, Variant, tag};
use crate::procedure::{ArticleModel, Bound, Confidence, Policy, Reading, hours};

pub(super) const TABLE: Table = Table {
    name: "policies",
    about: "what an article obliges or allows, promises or limits: once as the source states it, and once for each \
            translation that has the sentence",
    columns: &[
        Column { name: "article", kind: Kind::Text, about: "key of the article" },
        Column { name: "path", kind: Kind::Text, about: "the file" },
        Column { name: "is_source", kind: Kind::Flag, about: "whether this is the source; the values are read there" },
        Column { name: "policy", kind: Kind::Text, about: "its id, equal in all locales" },
        Column { name: "kind", kind: Kind::Text, about: "renewal-window, refund, payment-term …" },
        Column { name: "subject", kind: Kind::Text, about: "what it is said of" },
        Column { name: "actor", kind: Kind::Text, about: "who does it or has it" },
        Column { name: "action", kind: Kind::Text, about: "renew, cancel, pay …" },
        Column {
            name: "modality",
            kind: Kind::Text,
            about: "as this locale states it: obligation, permission, prohibition …",
        },
        Column {
            name: "modality_from",
            kind: Kind::Text,
            about: "explicit where the words of this locale say so, inherited where it is that of the source",
        },
        Column { name: "negated", kind: Kind::Flag, about: "whether it is denied" },
        Column { name: "exclusive", kind: Kind::Flag, about: "whether it holds only so" },
        Column { name: "automatic", kind: Kind::Flag, about: "whether it happens by itself" },
        Column { name: "example", kind: Kind::Flag, about: "whether it is an example of another one" },
        Column {
            name: "anchor",
            kind: Kind::Text,
            about: "what a window is counted from: subscription-expiry, purchase …",
        },
        Column { name: "shape", kind: Kind::Text, about: "window, point or recurrence" },
        Column {
            name: "opens",
            kind: Kind::Text,
            about: "where the window opens: an ISO 8601 duration from the anchor, or a date",
        },
        Column { name: "closes", kind: Kind::Text, about: "where it closes" },
        Column {
            name: "lasts",
            kind: Kind::Text,
            about: "how long it is, where only that is said: an ISO 8601 duration",
        },
        Column {
            name: "opens_hours",
            kind: Kind::Int,
            about: "where it opens, in hours from the anchor; a month for 30 days, a year for 365",
        },
        Column { name: "closes_hours", kind: Kind::Int, about: "where it closes, in hours from the anchor" },
        Column { name: "lasts_hours", kind: Kind::Int, about: "how long it is, in hours" },
        Column { name: "opens_included", kind: Kind::Flag, about: "whether the moment it opens belongs to it" },
        Column { name: "closes_included", kind: Kind::Flag, about: "whether the moment it closes belongs to it" },
        Column { name: "open_ended", kind: Kind::Flag, about: "whether it is said not to close" },
        Column { name: "business_days", kind: Kind::Flag, about: "whether days are business days" },
        Column { name: "frequency", kind: Kind::Text, about: "how often: an ISO 8601 duration" },
        Column {
            name: "quantities",
            kind: Kind::Texts,
            about: "other quantities, each with how it bounds and what it counts: at-most 5 licenses",
        },
        Column {
            name: "conditions",
            kind: Kind::Texts,
            about: "when it holds, beside the time, in the words of the source",
        },
        Column { name: "channel", kind: Kind::Text, about: "how it is to be done" },
        Column { name: "consequence", kind: Kind::Text, about: "what follows: full-refund, expires …" },
        Column {
            name: "scope",
            kind: Kind::Text,
            about: "what it holds for, as JSON with its keys in order; nothing where nothing is said",
        },
        Column { name: "valid_from", kind: Kind::Text, about: "first day it holds, an ISO 8601 date" },
        Column { name: "valid_until", kind: Kind::Text, about: "day on which it holds no more" },
        Column { name: "segments", kind: Kind::Texts, about: "numbers of the segments that prove it" },
        Column { name: "line", kind: Kind::Int, about: "line of the first of them in the file, from 1" },
        Column { name: "text", kind: Kind::Text, about: "the first of them as a reader sees it" },
    ],
};

pub(super) fn rows(article: &ArticleModel, reading: &Reading<'_>, variant: &Variant<'_>, add: &mut dyn FnMut(Row)) {
    let passages = reading.outline.passages.iter().enumerate();
    let places: HashMap<&str, usize> = passages.map(|(at, (number, _))| (number.as_str(), at)).collect();
    for policy in &article.policies {
        let first = policy.evidence.first().and_then(|it| places.get(it.segment.as_str()));
        let Some(side) = first.and_then(|at| variant.sides[*at]) else { continue };
        let mut row = vec![
            Cell::Text(article.key.clone()),
            Cell::Text(variant.document.path.to_string()),
            Cell::Flag(variant.is_source),
        ];
        row.extend(values(policy, variant));
        row.extend([variant.line(side.span.start), Cell::Text(side.text().into_owned())]);
        add(row);
    }
}

fn values(policy: &Policy, variant: &Variant<'_>) -> Vec<Cell> {
    let locale = tag(variant.locale);
    let modality = match variant.is_source {
        true => policy.modality,
        false => policy.by_locale.get(&locale).copied().unwrap_or(policy.modality),
    };
    let known = match variant.is_source {
        true => Confidence::Explicit,
        false => policy.translations.get(&locale).copied().unwrap_or(Confidence::Inherited),
    };
    let time = policy.time.as_ref();
    let start = time.and_then(|it| it.start.as_ref());
    let end = time.and_then(|it| it.end.as_ref());
    let bound = |it: Option<&Bound>| Cell::maybe(it.and_then(|it| it.offset.as_ref().or(it.date.as_ref())));
    let length = time.and_then(|it| it.length.as_ref());
    let in_hours = |it: Option<&String>| Cell::int(it.and_then(|it| hours(it)));
    let closed = |it: Option<&Bound>| it.and_then(|it| it.closed).map_or(Cell::Nothing, Cell::Flag);
    let quantity = |it: &crate::procedure::PolicyQuantity| {
        let parts = [it.bound.as_deref(), Some(&*it.value), it.of.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let validity = policy.validity.as_ref();
    vec![
        Cell::Text(policy.id.clone()),
        Cell::Text(policy.kind.clone()),
        Cell::maybe(policy.subject.as_ref()),
        Cell::maybe(policy.actor.as_ref()),
        Cell::maybe(policy.action.as_ref()),
        word(&modality),
        word(&known),
        Cell::Flag(policy.negated),
        Cell::Flag(policy.exclusive),
        Cell::Flag(policy.automatic),
        Cell::Flag(policy.example),
        Cell::maybe(time.and_then(|it| it.anchor.as_ref())),
        time.map_or(Cell::Nothing, |it| word(&it.shape)),
        bound(start),
        bound(end),
        Cell::maybe(length),
        in_hours(start.and_then(|it| it.offset.as_ref())),
        in_hours(end.and_then(|it| it.offset.as_ref())),
        in_hours(length),
        closed(start),
        closed(end),
        Cell::Flag(time.is_some_and(|it| it.open_ended)),
        Cell::Flag(time.is_some_and(|it| it.business_days)),
        Cell::maybe(policy.frequency.as_ref()),
        Cell::Texts(policy.quantities.iter().map(quantity).collect()),
        Cell::Texts(policy.conditions.iter().map(|it| it.text.clone()).collect()),
        Cell::maybe(policy.channel.as_ref()),
        Cell::maybe(policy.consequence.as_ref()),
        match policy.scope.is_empty() {
            true => Cell::Nothing,
            false => Cell::text(serde_json::to_string(&policy.scope).unwrap_or_default()),
        },
        Cell::maybe(validity.and_then(|it| it.from.as_ref())),
        Cell::maybe(validity.and_then(|it| it.until.as_ref())),
        Cell::Texts(policy.evidence.iter().map(|it| it.segment.clone()).collect()),
    ]
}

/// The word that the model has for it.
fn word(it: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(it) {
        Ok(serde_json::Value::String(word)) => Cell::Text(word),
        _ => Cell::Nothing,
    }
}
