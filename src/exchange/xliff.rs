//! XLIFF 1.2: the format that every translation tool reads. A file for each article, a `trans-unit`
//! for each unit, pairs of codes as `g` and others as `x`.
//!
//! The lock of a unit stands in an attribute of ours, and once more at the end of a note, because
//! tools that write the file anew keep notes and drop what they do not know.

use super::parts::{push_code, push_text};
use super::xml::{self, Piece, attribute, pieces, unpercent};
use super::{Code, CodeKind, File, Form, NewPart, NewText, Returned, ReturnedUnit, Shape, State, Text, Unit};
use crate::notation::xml::{Element, Node, Step, Walk};
use crate::notation::{ReadError, decode};

/// Writes articles.
pub(super) fn write(files: &[File]) -> Vec<u8> {
    let mut out = xml::DECLARATION.to_owned();
    out.push_str("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"");
    attribute(&mut out, "xmlns:hx", xml::NAMESPACE);
    out.push_str(">\n");
    for file in files {
        out.push_str("<file");
        attribute(&mut out, "original", &xml::percent(&file.path));
        attribute(&mut out, "source-language", &file.source_locale);
        attribute(&mut out, "target-language", &file.target_locale);
        out.push_str(" datatype=\"x-markdown\" tool-id=\"hexapla\">\n");
        out.push_str("<header><tool tool-id=\"hexapla\" tool-name=\"hexapla\"/></header>\n<body>\n");
        for unit in &file.units {
            write_unit(&mut out, file, unit);
        }
        out.push_str("</body>\n</file>\n");
    }
    out.push_str("</xliff>\n");
    out.into_bytes()
}

fn write_unit(out: &mut String, file: &File, unit: &Unit) {
    let lock = unit.lock(Form::Tagged);
    out.push_str("<trans-unit");
    attribute(out, "id", &xml::percent(&unit.id));
    if unit.state == State::Accepted {
        attribute(out, "approved", "yes");
    }
    attribute(out, "xml:space", "preserve");
    if !lock.is_empty() {
        attribute(out, "hx:lock", &lock);
    }
    out.push_str(">\n<source");
    attribute(out, "xml:lang", &file.source_locale);
    out.push('>');
    write_text(out, &unit.source);
    out.push_str("</source>\n");
    if let Some(target) = &unit.target {
        let (state, qualifier) = match unit.state {
            State::New => ("new", None),
            State::Machine => ("needs-review-translation", Some("mt-suggestion")),
            State::Flagged => ("needs-review-translation", None),
            State::Translated => ("translated", None),
            State::Accepted => ("signed-off", None),
        };
        out.push_str("<target");
        attribute(out, "xml:lang", &file.target_locale);
        attribute(out, "state", state);
        if let Some(qualifier) = qualifier {
            attribute(out, "state-qualifier", qualifier);
        }
        out.push('>');
        write_text(out, target);
        out.push_str("</target>\n");
    }
    out.push_str("<context-group name=\"place\" purpose=\"location\"><context context-type=\"sourcefile\">");
    xml::text(out, &file.path);
    out.push_str(&format!("</context><context context-type=\"linenumber\">{}</context></context-group>\n", unit.line));
    for note in &unit.notes {
        out.push_str("<note");
        attribute(out, "from", &note.from);
        attribute(out, "priority", &note.priority.to_string());
        out.push_str(" annotates=\"target\">");
        xml::text(out, &note.text);
        out.push_str("</note>\n");
    }
    out.push_str("<note from=\"hexapla\" priority=\"10\">");
    xml::text(out, &unit.place);
    if !lock.is_empty() {
        out.push_str(&format!(" [{lock}]"));
    }
    out.push_str("</note>\n</trans-unit>\n");
}

fn write_text(out: &mut String, text: &Text) {
    let mut illegal = 0;
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => xml::text(out, text),
            Piece::Illegal(it) => {
                illegal += 1;
                let code = u32::from(it);
                out.push_str(&format!("<x id=\"u{code:04X}.{illegal}\" ctype=\"x-character\"/>"));
            }
            Piece::Alone(code) => write_code(out, "x", code, &code.raw, true),
            Piece::Open(code, close) => write_code(out, "g", code, &format!("{}…{}", code.raw, close.raw), false),
            Piece::Close(_) => out.push_str("</g>"),
            Piece::Half(code) => {
                write_code(out, if code.shape == Shape::Open { "bx" } else { "ex" }, code, &code.raw, true);
            }
        }
    }
}

fn write_code(out: &mut String, name: &str, code: &Code, shown: &str, is_whole: bool) {
    out.push('<');
    out.push_str(name);
    attribute(out, "id", &code.number.to_string());
    if name != "ex" {
        attribute(out, "ctype", ctype(code.kind));
        attribute(out, "clone", "no");
    }
    attribute(out, "equiv-text", shown);
    out.push_str(if is_whole { "/>" } else { ">" });
}

fn ctype(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Bold => "bold",
        CodeKind::Italic => "italic",
        CodeKind::Strike => "x-strike",
        CodeKind::Link => "link",
        CodeKind::Image => "image",
        CodeKind::Code => "x-code",
        CodeKind::Html => "x-html",
        CodeKind::Placeholder => "x-placeholder",
        CodeKind::Break => "lb",
        CodeKind::Other => "x-markup",
    }
}

/// Reads what came back.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let text = decode(bytes)?;
    let mut walk = Walk::new(&text, &["trans-unit"]);
    let mut found: Vec<Returned> = Vec::new();
    let mut is_first = true;
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(root) if std::mem::take(&mut is_first) => {
                let version = root.get("version").unwrap_or_default();
                if root.name != "xliff" || !version.starts_with("1.") {
                    return Err(walk.fail(format!("this is not XLIFF 1.2, but `{}` {version}", root.name)));
                }
            }
            Step::Open(file) if file.name == "file" => match file.get("original") {
                Some(path) => found.push(Returned { path: unpercent(path), units: Vec::new() }),
                None => return Err(walk.fail("a `file` does not say in `original` which article it is")),
            },
            Step::Whole(element) => match found.last_mut() {
                Some(file) => file.units.extend(read_unit(&element)),
                None => return Err(walk.fail("a `trans-unit` stands outside of a `file`")),
            },
            Step::Open(_) => {}
        }
    }
    Ok(found)
}

/// A unit; one that has no target did not come back.
fn read_unit(element: &Element) -> Option<ReturnedUnit> {
    let side = |name| {
        let mut parts = Vec::new();
        read_text(element.first(name)?, &mut parts);
        Some(NewText::Tagged(parts))
    };
    let in_note = || element.all("note").find_map(|note| lock_in(&note.text()));
    let lock = element.foreign("lock").map(str::to_owned).or_else(in_note);
    Some(ReturnedUnit { id: unpercent(element.get("id")?), lock, source: side("source"), target: side("target")? })
}

/// The lock at the end of a note.
pub(super) fn lock_in(note: &str) -> Option<String> {
    let (_, lock) = note.trim_end().strip_suffix(']')?.rsplit_once('[')?;
    (lock.len() == 32 && lock.bytes().all(|it| it.is_ascii_hexdigit())).then(|| lock.to_owned())
}

/// Text and codes. Where a tool has cut it into segments, they are one again.
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
            "g" => {
                push_code(parts, id, Shape::Open);
                read_text(child, parts);
                push_code(parts, id, Shape::Close);
            }
            "x" | "ph" => match id.and_then(character) {
                Some(it) => push_text(parts, it.encode_utf8(&mut [0; 4])),
                None => push_code(parts, id, Shape::Alone),
            },
            "bx" | "bpt" => push_code(parts, id, Shape::Open),
            "ex" | "ept" => push_code(parts, id, Shape::Close),
            "it" if child.get("pos") == Some("close") => push_code(parts, id, Shape::Close),
            "it" => push_code(parts, id, Shape::Open),
            // Segments, and comments on words.
            _ => read_text(child, parts),
        }
    }
}

/// The character that an `x` stands for, which XML cannot carry.
fn character(id: &str) -> Option<char> {
    let hex = id.strip_prefix('u')?.split('.').next()?;
    char::from_u32(u32::from_str_radix(hex, 16).ok()?)
}
