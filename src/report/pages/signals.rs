//! What both sides of a unit state, as marks: quantities, denials, duties, conditions, labels, links.
//! What corresponds has the same sign on both sides.

use super::marks::Mark;
use crate::document::Side;
use crate::lint::Compared;
use crate::locale::Cue;
use crate::markdown::InlineKind;
use crate::signal::{Quantity, Statement, Value};
use crate::text::Span;

/// A stretch that states something.
#[derive(Clone, Debug)]
struct Item {
    span: Span,
    kind: &'static str,
    /// What it has in common with its counterpart.
    key: String,
}

impl Item {
    /// Whether it is a number in words that the other side has not.
    fn is_doubtful(&self) -> bool {
        self.key == "words"
    }
}

/// The marks of both sides of a unit.
pub(super) fn of(unit: &Compared<'_, '_>) -> (Vec<Mark>, Vec<Mark>) {
    let (source, target) = (&unit.source, &unit.target);
    let mut sources = items(source, unit.unit.source.as_ref());
    let mut targets = items(target, unit.unit.target.as_ref());
    // Quantities correspond by what they state, and not by the order they stand in.
    for (number, (said, read)) in unit.pairs().enumerate() {
        let name = |items: &mut Vec<Item>, span: Span| {
            if let Some(item) = items.iter_mut().find(|it| it.span == span) {
                item.key = format!("pair {number}");
            }
        };
        name(&mut sources, source.span(said.place()));
        name(&mut targets, target.span(read.place()));
    }
    let labels = |items: &[Item]| items.iter().filter(|it| it.kind == "label").count();
    if labels(&sources) != labels(&targets) {
        // Which is which cannot be told.
        let lone = |items: &mut Vec<Item>, side: &str| {
            for item in items.iter_mut().filter(|it| it.kind == "label") {
                item.key.push_str(side);
            }
        };
        lone(&mut sources, " of the source");
        lone(&mut targets, " of the target");
    }
    sources.sort_by_key(|it| it.span);
    targets.sort_by_key(|it| it.span);
    let mut free: Vec<bool> = vec![true; targets.len()];
    let mut signs = vec![String::new(); targets.len()];
    let mut marks = (Vec::with_capacity(sources.len()), Vec::with_capacity(targets.len()));
    let mut number = 0;
    for item in &sources {
        let fits = |it: &Item| it.key == item.key && (it.kind == item.kind || it.key.starts_with("pair "));
        let lone = item.key == "digits";
        let mate = targets.iter().enumerate().position(|(at, it)| !lone && free[at] && fits(it));
        let mut sign = String::new();
        // Numbers are those of the source, whatever a translation has of them: translations share it.
        number += 1;
        if item.is_doubtful() {
            continue;
        }
        if let Some(mate) = mate {
            sign = number.to_string();
            (free[mate], signs[mate]) = (false, sign.clone());
        }
        marks.0.push(mark(item, sign));
    }
    let sure = targets.iter().zip(signs).filter(|(item, _)| !item.is_doubtful());
    marks.1.extend(sure.map(|(item, sign)| mark(item, sign)));
    marks
}

fn mark(item: &Item, sign: String) -> Mark {
    Mark { span: item.span, kind: item.kind, severity: None, sign, column: None }
}

fn items(statement: &Statement, side: Option<&Side<'_>>) -> Vec<Item> {
    let mut items = Vec::new();
    for quantity in &statement.quantities {
        let item = |place, kind, key| Item { span: statement.span(place), kind, key };
        // A number in words may be an article; it counts where the other side has it, too.
        let key = if quantity.digits { "digits" } else { "words" };
        items.push(item(quantity.place(), kind(quantity), key.to_owned()));
        if let Some((relation, start, end)) = quantity.relation {
            items.push(item((start, end), "relation", relation.word().to_owned()));
        }
    }
    for said in &statement.cues {
        let Some(kind) = cue(said.cue) else { continue };
        items.push(Item { span: statement.span(said.place()), kind, key: kind.to_owned() });
    }
    side.into_iter().for_each(|side| stretches(side, &mut items));
    // Two words of one cue, or a word of a relation that is a cue, too: the first says it.
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let is_stretch = matches!(item.kind, "label" | "link");
        if is_stretch || !kept.iter().any(|it| it.span.overlaps(item.span)) {
            kept.push(item);
        }
    }
    kept
}

fn kind(quantity: &Quantity) -> &'static str {
    match quantity.value {
        Value::Date(_) | Value::Time(_) => "date",
        Value::Duration(..) => "duration",
        Value::Code(_) => "code",
        Value::Number(..) | Value::Ordinal(_) | Value::Percent(_) | Value::Money(..) | Value::Always => "number",
    }
}

fn cue(cue: Cue) -> Option<&'static str> {
    Some(match cue {
        Cue::Negation | Cue::Prohibition | Cue::Exemption | Cue::NotUntil => "negation",
        Cue::Must | Cue::Obligation | Cue::Contingent | Cue::Recommendation => "duty",
        Cue::Permission | Cue::Possibility => "permission",
        Cue::Only | Cue::NotOnly => "only",
        Cue::Before | Cue::After => "relation",
        Cue::Unless | Cue::If | Cue::AsLongAs => "condition",
        Cue::Full | Cue::Partial | Cue::Prorated => "degree",
        Cue::Lack | Cue::Early | Cue::Ensure | Cue::Neutral => return None,
    })
}

/// Bold stretches and links.
fn stretches(side: &Side<'_>, items: &mut Vec<Item>) {
    let mut open: Vec<(u32, &'static str, String)> = Vec::new();
    for inline in side.inlines {
        match inline.kind {
            InlineKind::StrongOpen => open.push((inline.span.end, "label", String::new())),
            InlineKind::LinkOpen { target } => {
                open.push((inline.span.end, "link", side.document.slice(target).to_owned()));
            }
            InlineKind::StrongClose | InlineKind::LinkClose { .. } => {
                let Some((start, kind, key)) = open.pop() else { continue };
                if start < inline.span.start {
                    items.push(Item { span: Span { start, end: inline.span.start }, kind, key });
                }
            }
            _ => {}
        }
    }
}
