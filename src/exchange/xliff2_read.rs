//! XLIFF 2.0, 2.1 and 2.2, back. A tool may have cut a unit into segments, joined them, or moved
//! them about: their texts end to end are the unit's.

use super::parts::{push_code, push_text};
use super::xliff::lock_in;
use super::xliff2::unescape;
use super::xml::unpercent;
use super::{NewPart, NewText, Returned, ReturnedUnit, Shape};
use crate::notation::xml::{Element, Node, Step, Walk};
use crate::notation::{ReadError, decode};

/// Reads what came back.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let text = decode(bytes)?;
    let mut walk = Walk::new(&text, &["unit"]);
    let mut found: Vec<Returned> = Vec::new();
    let mut is_first = true;
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(root) if std::mem::take(&mut is_first) => {
                let version = root.get("version").unwrap_or_default();
                if root.name != "xliff" || !version.starts_with("2.") {
                    return Err(walk.fail(format!("this is not XLIFF 2, but `{}` {version}", root.name)));
                }
            }
            Step::Open(file) if file.name == "file" => match file.get("original") {
                Some(path) => found.push(Returned { path: unpercent(path), units: Vec::new() }),
                None => return Err(walk.fail("a `file` does not say in `original` which article it is")),
            },
            Step::Whole(element) => match found.last_mut() {
                Some(file) => file.units.extend(read_unit(&element)),
                None => return Err(walk.fail("a `unit` stands outside of a `file`")),
            },
            Step::Open(_) => {}
        }
    }
    Ok(found)
}

/// Whether a file is one of these.
pub(super) fn is_it(bytes: &[u8]) -> bool {
    let Ok(text) = decode(bytes) else { return false };
    matches!(Walk::new(&text, &[]).step(), Ok(Some(Step::Open(root)))
        if root.get("version").is_some_and(|it| it.starts_with("2.")))
}

/// A unit; one that has no target did not come back.
fn read_unit(unit: &Element) -> Option<ReturnedUnit> {
    let in_note = || unit.first("notes")?.all("note").find_map(|note| lock_in(&note.text()));
    let lock = unit.foreign("lock").map(str::to_owned).or_else(in_note);
    let mut source = Vec::new();
    for segment in unit.elements().filter_map(|it| it.first("source")) {
        read_text(segment, &mut source);
    }
    let target = read_target(unit)?;
    Some(ReturnedUnit { id: unescape(unit.get("id")?), lock, source: Some(NewText::Tagged(source)), target })
}

/// The targets of the segments, in the order that they are to stand in.
fn read_target(unit: &Element) -> Option<NewText> {
    let mut pieces: Vec<(usize, &Element)> = Vec::new();
    let mut missing = 0;
    let stretches = unit.elements().filter(|it| matches!(&*it.name, "segment" | "ignorable"));
    for (at, stretch) in stretches.enumerate() {
        match (stretch.first("target"), stretch.first("source")) {
            (Some(target), _) => {
                let order = target.get("order").and_then(|it| it.parse().ok());
                pieces.push((order.unwrap_or(at + 1), target));
            }
            // What stands between segments is the same in every language, unless it says otherwise.
            (None, Some(source)) if stretch.name == "ignorable" => pieces.push((at + 1, source)),
            _ => missing += 1,
        }
    }
    if !pieces.iter().any(|(_, it)| it.name == "target") {
        return None;
    }
    if missing > 0 {
        return Some(NewText::Unreadable("only some of its segments are translated".to_owned()));
    }
    pieces.sort_by_key(|(order, _)| *order);
    let mut parts = Vec::new();
    for (_, piece) in pieces {
        read_text(piece, &mut parts);
    }
    Some(NewText::Tagged(parts))
}

fn read_text(element: &Element, parts: &mut Vec<NewPart>) {
    for child in &element.children {
        let child = match child {
            Node::Text(text) => {
                push_text(parts, text);
                continue;
            }
            Node::Element(child) => child,
        };
        let id = child.get("id");
        match &*child.name {
            "pc" => {
                push_code(parts, id, Shape::Open);
                read_text(child, parts);
                push_code(parts, id, Shape::Close);
            }
            "ph" => push_code(parts, id, Shape::Alone),
            "sc" => push_code(parts, id, Shape::Open),
            "ec" => push_code(parts, child.get("startRef").or(id), Shape::Close),
            "cp" => {
                let number = child.get("hex").and_then(|it| u32::from_str_radix(it, 16).ok());
                let it = number.and_then(char::from_u32).unwrap_or('\u{fffd}');
                push_text(parts, it.encode_utf8(&mut [0; 4]));
            }
            // Comments on words.
            _ => read_text(child, parts),
        }
    }
}
