//! gettext PO, out: an entry for each unit, with its markup as it is written in the article. `po_read`
//! is the way back.
//!
//! The article, and the lock, stand twice: as a comment for the translator, which every tool keeps,
//! and as an extracted comment, which those that merge with a newer file write anew.

use std::collections::HashSet;

use super::xml::percent;
use super::{File, Form, State, Unit};

/// What stands for the lock of a unit that the article has no place for.
pub(super) const NO_PLACE: &str = "-";

/// Writes articles, of one target locale. It says nothing of when: the same articles give the same
/// bytes.
pub(super) fn write(files: &[File]) -> Vec<u8> {
    let locale = files.first().map_or("en", |it| &*it.target_locale);
    let mut out = "msgid \"\"\nmsgstr \"\"\n".to_owned();
    for (name, value) in [
        ("Project-Id-Version", "hexapla"),
        ("Report-Msgid-Bugs-To", ""),
        ("POT-Creation-Date", "1970-01-01 00:00+0000"),
        ("PO-Revision-Date", "1970-01-01 00:00+0000"),
        ("Last-Translator", "hexapla <hexapla@localhost>"),
        ("Language-Team", locale),
        ("Language", &locale.replace('-', "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Generator", "hexapla"),
    ] {
        quote(&mut out, &format!("{name}: {value}\n"));
    }
    let mut contexts = HashSet::new();
    for file in files {
        for unit in &file.units {
            let mut context = context(&file.key, unit);
            // Two articles may share a key: one of Markdown and one of YAML.
            if !contexts.insert(context.clone()) {
                context = self::context(&file.path, unit);
                contexts.insert(context.clone());
            }
            write_unit(&mut out, file, unit, &context);
        }
    }
    out.into_bytes()
}

/// What makes an entry one of its own: the article and the id.
fn context(article: &str, unit: &Unit) -> String {
    format!("{}#{}", percent(article).replace('#', "%23"), unit.id)
}

fn write_unit(out: &mut String, file: &File, unit: &Unit, context: &str) {
    let lock = Some(unit.lock(Form::Literal)).filter(|it| !it.is_empty()).unwrap_or_else(|| NO_PLACE.to_owned());
    let path = percent(&file.path);
    let is_fuzzy = matches!(unit.state, State::New | State::Machine | State::Flagged);
    let target = unit.target.as_ref().map_or("", |it| &*it.literal);
    out.push_str(&format!("\n# hexapla {lock} {path}\n"));
    for note in &unit.notes {
        out.push_str(&format!("#. {}: {}\n", percent(&note.from), line(&note.text)));
    }
    if !unit.place.is_empty() {
        out.push_str(&format!("#. {}\n", line(&unit.place)));
    }
    out.push_str(&format!("#. hexapla {lock} {path}\n"));
    // U+2068 and U+2069 hold a path together that has white space in it.
    match path.contains(char::is_whitespace) {
        true => out.push_str(&format!("#: \u{2068}{path}\u{2069}:{}\n", unit.line)),
        false => out.push_str(&format!("#: {path}:{}\n", unit.line)),
    }
    if is_fuzzy && !target.is_empty() {
        out.push_str("#, fuzzy\n");
    }
    for (name, text) in [("msgctxt", context), ("msgid", &unit.source.literal), ("msgstr", target)] {
        out.push_str(name);
        out.push(' ');
        quote(out, text);
    }
}

/// A comment is one line.
fn line(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

/// A string, on a line of its own.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            it if it.is_ascii_control() => out.push_str(&format!("\\{:03o}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push_str("\"\n");
}
