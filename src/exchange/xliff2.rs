//! XLIFF 2.1, out: a `file` for each article, a `unit` with one `segment` for each unit, pairs of
//! codes as `pc` and others as `ph`, with the markup of the article as original data. `xliff2_read`
//! is the way back.
//!
//! The ids of units are `NMTOKEN`s there: [`escape`] makes them so, and [`unescape`] takes them back.

use super::xml::{self, Piece, attribute, pieces};
use super::{Code, CodeKind, File, Form, Shape, State, Text, Unit};

/// Writes articles, of one target locale.
pub(super) fn write(files: &[File]) -> Vec<u8> {
    let mut out = xml::DECLARATION.to_owned();
    out.push_str("<xliff version=\"2.1\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\"");
    attribute(&mut out, "xmlns:hx", xml::NAMESPACE);
    let (source, target) = files.first().map_or(("en", "en"), |it| (&it.source_locale, &it.target_locale));
    attribute(&mut out, "srcLang", source);
    attribute(&mut out, "trgLang", target);
    out.push_str(">\n");
    for (at, file) in files.iter().enumerate() {
        out.push_str("<file");
        attribute(&mut out, "id", &format!("f{}", at + 1));
        attribute(&mut out, "original", &xml::percent(&file.path));
        out.push_str(">\n");
        for unit in &file.units {
            write_unit(&mut out, file, unit);
        }
        // A file without units is none.
        if file.units.is_empty() {
            out.push_str("<group id=\"empty\"/>\n");
        }
        out.push_str("</file>\n");
    }
    out.push_str("</xliff>\n");
    out.into_bytes()
}

fn write_unit(out: &mut String, file: &File, unit: &Unit) {
    let lock = unit.lock(Form::Tagged);
    out.push_str("<unit");
    attribute(out, "id", &escape(&unit.id));
    attribute(out, "xml:space", "preserve");
    if !lock.is_empty() {
        attribute(out, "hx:lock", &lock);
    }
    out.push_str(">\n<notes>\n");
    for note in &unit.notes {
        out.push_str("<note");
        attribute(out, "category", &note.from);
        attribute(out, "priority", &note.priority.to_string());
        out.push_str(" appliesTo=\"target\">");
        xml::text(out, &note.text);
        out.push_str("</note>\n");
    }
    out.push_str("<note category=\"hexapla\" priority=\"10\">");
    xml::text(out, &format!("{}:{} {}", file.path, unit.line, unit.place));
    if !lock.is_empty() {
        out.push_str(&format!(" [{lock}]"));
    }
    out.push_str("</note>\n</notes>\n");
    let data = Data::of(unit);
    data.write(out);
    let (state, sub_state) = match unit.state {
        State::New => ("initial", None),
        State::Machine => ("translated", Some("hx:mt")),
        State::Flagged => ("translated", Some("hx:flagged")),
        State::Translated => ("translated", None),
        State::Accepted => ("final", None),
    };
    out.push_str("<segment");
    attribute(out, "state", if unit.target.is_some() { state } else { "initial" });
    if let (Some(sub_state), Some(_)) = (sub_state, &unit.target) {
        attribute(out, "subState", sub_state);
    }
    out.push_str(">\n<source>");
    write_text(out, &unit.source, &data);
    out.push_str("</source>\n");
    if let Some(target) = &unit.target {
        out.push_str("<target>");
        write_text(out, target, &data);
        out.push_str("</target>\n");
    }
    out.push_str("</segment>\n</unit>\n");
}

/// The markup of a unit: what is written alike stands once.
struct Data<'a>(Vec<&'a str>);

impl<'a> Data<'a> {
    fn of(unit: &'a Unit) -> Self {
        let mut found: Vec<&str> = Vec::new();
        for code in unit.source.codes().chain(unit.target.iter().flat_map(Text::codes)) {
            if !found.contains(&&*code.raw) {
                found.push(&code.raw);
            }
        }
        Data(found)
    }

    fn id(&self, raw: &str) -> String {
        format!("d{}", self.0.iter().position(|it| *it == raw).map_or(0, |at| at + 1))
    }

    fn write(&self, out: &mut String) {
        if self.0.is_empty() {
            return;
        }
        out.push_str("<originalData>\n");
        for raw in &self.0 {
            out.push_str("<data");
            attribute(out, "id", &self.id(raw));
            out.push('>');
            for it in raw.chars() {
                if xml::is_legal(it) { xml::text(out, it.encode_utf8(&mut [0; 4])) } else { code_point(out, it) }
            }
            out.push_str("</data>\n");
        }
        out.push_str("</originalData>\n");
    }
}

/// A character that XML cannot carry.
fn code_point(out: &mut String, it: char) {
    out.push_str(&format!("<cp hex=\"{:04X}\"/>", u32::from(it)));
}

fn write_text(out: &mut String, text: &Text, data: &Data<'_>) {
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => xml::text(out, text),
            Piece::Illegal(it) => code_point(out, it),
            Piece::Alone(code) => {
                begin(out, "ph", code);
                attribute(out, "dataRef", &data.id(&code.raw));
                out.push_str("/>");
            }
            Piece::Open(code, close) => {
                begin(out, "pc", code);
                attribute(out, "dataRefStart", &data.id(&code.raw));
                attribute(out, "dataRefEnd", &data.id(&close.raw));
                out.push('>');
            }
            Piece::Close(_) => out.push_str("</pc>"),
            Piece::Half(code) => {
                begin(out, if code.shape == Shape::Open { "sc" } else { "ec" }, code);
                attribute(out, "isolated", "yes");
                attribute(out, "dataRef", &data.id(&code.raw));
                out.push_str("/>");
            }
        }
    }
}

/// None may be left out or stand twice: what comes back without one is refused.
fn begin(out: &mut String, name: &str, code: &Code) {
    let (kind, detail) = match code.kind {
        CodeKind::Bold => ("fmt", Some("xlf:b")),
        CodeKind::Italic => ("fmt", Some("xlf:i")),
        CodeKind::Strike => ("fmt", Some("hx:strike")),
        CodeKind::Link => ("link", None),
        CodeKind::Image => ("image", None),
        CodeKind::Code => ("other", Some("hx:code")),
        CodeKind::Html => ("other", Some("hx:html")),
        CodeKind::Placeholder => ("ui", Some("xlf:var")),
        CodeKind::Break => ("fmt", Some("xlf:lb")),
        CodeKind::Other => ("other", Some("hx:markup")),
    };
    out.push('<');
    out.push_str(name);
    attribute(out, "id", &code.number.to_string());
    attribute(out, "type", kind);
    if let Some(detail) = detail {
        attribute(out, "subType", detail);
    }
    out.push_str(" canCopy=\"no\" canDelete=\"no\"");
}

/// An id as an `NMTOKEN`: what is no plain letter, digit, `-`, `.` or `:` is `_`, its number, `_`.
pub(super) fn escape(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for it in id.chars() {
        match it {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | ':' => out.push(it),
            it => out.push_str(&format!("_{:X}_", u32::from(it))),
        }
    }
    if out.is_empty() { "__".to_owned() } else { out }
}

/// The id that [`escape`] was given.
pub(super) fn unescape(token: &str) -> String {
    let mut out = String::with_capacity(token.len());
    for (at, piece) in token.split('_').enumerate() {
        match u32::from_str_radix(piece, 16).ok().and_then(char::from_u32) {
            Some(it) if at % 2 == 1 => out.push(it),
            _ => out.push_str(piece),
        }
    }
    out
}
