//! TMX 1.4b: a translation memory. Only translations that a tool may offer again leave: those that
//! are neither machine's nor have a finding to look at. Each names its article, its id and its lock
//! in properties, so that what a tool kept can come back.

use super::parts::{push_code, push_text};
use super::xml::{self, Piece, attribute, percent, pieces, unpercent};
use super::{Code, CodeKind, File, Form, NewPart, NewText, Returned, ReturnedUnit, Shape, State, Text, Unit};
use crate::notation::xml::{Element, Node, Step, Walk};
use crate::notation::{ReadError, decode};

/// Writes articles.
pub(super) fn write(files: &[File]) -> Vec<u8> {
    let mut out = xml::DECLARATION.to_owned();
    let source = files.first().map_or("*all*", |it| &*it.source_locale);
    let is_one = files.iter().all(|it| it.source_locale == source);
    out.push_str("<tmx version=\"1.4\">\n<header creationtool=\"hexapla\"");
    attribute(&mut out, "creationtoolversion", env!("CARGO_PKG_VERSION"));
    out.push_str(" segtype=\"sentence\" o-tmf=\"hexapla\" adminlang=\"en\"");
    attribute(&mut out, "srclang", if is_one { source } else { "*all*" });
    out.push_str(" datatype=\"x-markdown\"/>\n<body>\n");
    for file in files {
        for unit in file.units.iter().filter(|it| leaves(it)) {
            write_unit(&mut out, file, unit);
        }
    }
    out.push_str("</body>\n</tmx>\n");
    out.into_bytes()
}

/// Whether a unit is one to offer again.
pub(super) fn leaves(unit: &Unit) -> bool {
    matches!(unit.state, State::Translated | State::Accepted)
        && unit.notes.iter().all(|note| note.priority > 1)
        && !unit.source.is_empty()
        && unit.target.as_ref().is_some_and(|target| !target.is_empty())
}

fn write_unit(out: &mut String, file: &File, unit: &Unit) {
    out.push_str("<tu");
    attribute(out, "srclang", &file.source_locale);
    out.push_str(">\n");
    let lock = unit.lock(Form::Tagged);
    for (name, value) in [("x-path", &percent(&file.path)), ("x-id", &percent(&unit.id)), ("x-lock", &lock)] {
        out.push_str(&format!("<prop type=\"{name}\">"));
        xml::text(out, value);
        out.push_str("</prop>\n");
    }
    let target = unit.target.iter().map(|it| (&file.target_locale, it));
    for (locale, text) in std::iter::once((&file.source_locale, &unit.source)).chain(target) {
        out.push_str("<tuv");
        attribute(out, "xml:lang", locale);
        out.push_str("><seg>");
        write_text(out, text);
        out.push_str("</seg></tuv>\n");
    }
    out.push_str("</tu>\n");
}

fn write_text(out: &mut String, text: &Text) {
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => xml::text(out, text),
            Piece::Illegal(it) => {
                let code = u32::from(it);
                out.push_str(&format!("<ph type=\"x-u{code:04X}\">U+{code:04X}</ph>"));
            }
            Piece::Alone(code) => write_code(out, "ph", code),
            Piece::Open(code, _) => write_code(out, "bpt", code),
            Piece::Close(code) => write_code(out, "ept", code),
            Piece::Half(code) => write_code(out, "it", code),
        }
    }
}

/// A code with its markup; both sides tell it by the same number.
fn write_code(out: &mut String, name: &str, code: &Code) {
    out.push('<');
    out.push_str(name);
    let number = code.number.to_string();
    if matches!(name, "bpt" | "ept") {
        attribute(out, "i", &number);
    }
    if name == "it" {
        attribute(out, "pos", if code.shape == Shape::Open { "begin" } else { "end" });
    }
    if name != "ept" {
        attribute(out, "x", &number);
        attribute(out, "type", &kind(code));
    }
    out.push('>');
    xml::text(out, &code.raw);
    out.push_str(&format!("</{name}>"));
}

/// What a code is. OmegaT names its tags by the first letter, and those of an XLIFF `g` and `x`: only
/// with the same letters does it find a text with codes again.
fn kind(code: &Code) -> String {
    let kind = match code.kind {
        CodeKind::Bold => "bold",
        CodeKind::Italic => "italic",
        CodeKind::Strike => "strike",
        CodeKind::Link => "link",
        CodeKind::Image => "image",
        CodeKind::Code => "code",
        CodeKind::Html => "html",
        CodeKind::Placeholder => "placeholder",
        CodeKind::Break => "lb",
        CodeKind::Other => "markup",
    };
    let letter = if code.shape == Shape::Alone { 'x' } else { 'g' };
    format!("{letter}-{kind}")
}

/// Reads a memory: those of its units that say which article they are of.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let text = decode(bytes)?;
    let mut walk = Walk::new(&text, &["tu"]);
    let mut found: Vec<Returned> = Vec::new();
    let (mut is_first, mut others) = (true, 0);
    let mut source = "*all*".to_owned();
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(root) if std::mem::take(&mut is_first) && root.name != "tmx" => {
                return Err(walk.fail(format!("this is not TMX, but `{}`", root.name)));
            }
            Step::Open(header) if header.name == "header" => {
                source = header.get("srclang").unwrap_or("*all*").to_owned();
            }
            Step::Whole(element) => match read_unit(&element, &source) {
                Some((path, unit)) => match found.last_mut() {
                    Some(last) if last.path == path => last.units.push(unit),
                    _ => found.push(Returned { path, units: vec![unit] }),
                },
                None => others += 1,
            },
            Step::Open(_) => {}
        }
    }
    if found.is_empty() && others > 0 {
        return Err(ReadError("none of its units says which article it is of".to_owned()));
    }
    Ok(found)
}

fn read_unit(element: &Element, source: &str) -> Option<(String, ReturnedUnit)> {
    let prop = |name| element.all("prop").find(|it| it.get("type") == Some(name)).map(Element::text);
    let (path, id) = (unpercent(&prop("x-path")?), unpercent(&prop("x-id")?));
    let source = element.get("srclang").unwrap_or(source);
    let sides: Vec<&Element> = element.all("tuv").collect();
    let is_source =
        |it: &&Element| it.get("xml:lang").or(it.get("lang")).is_some_and(|locale| locale.eq_ignore_ascii_case(source));
    let from = sides.iter().position(is_source).unwrap_or(0);
    let to = (0..sides.len()).find(|at| *at != from)?;
    let side = |at: usize| {
        let mut parts = Vec::new();
        read_text(sides[at].first("seg")?, &mut parts);
        Some(NewText::Tagged(parts))
    };
    Some((path, ReturnedUnit { id, lock: prop("x-lock"), source: side(from), target: side(to)? }))
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
        let (number, pair) = (child.get("x"), child.get("i"));
        match &*child.name {
            "ph" => match child.get("type").and_then(character) {
                Some(it) => push_text(parts, it.encode_utf8(&mut [0; 4])),
                None => push_code(parts, number, Shape::Alone),
            },
            "bpt" => push_code(parts, pair, Shape::Open),
            "ept" => push_code(parts, pair, Shape::Close),
            "it" if child.get("pos") == Some("end") => push_code(parts, number, Shape::Close),
            "it" => push_code(parts, number, Shape::Open),
            _ => read_text(child, parts),
        }
    }
}

/// The character that a `ph` stands for, which XML cannot carry.
fn character(kind: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(kind.strip_prefix("x-u")?, 16).ok()?)
}
