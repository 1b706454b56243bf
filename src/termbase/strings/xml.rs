//! Strings in XML: .NET resources, Android resources, XLIFF.

use super::Sheet;
use crate::locale::Locale;
use crate::notation::ReadError;
use crate::notation::xml::{Element, Step, Walk};

/// Reads a file; its kind is told by its root.
pub(super) fn read(text: &str) -> Result<Sheet, ReadError> {
    let mut walk = Walk::new(text, &["data", "string", "string-array", "trans-unit", "unit"]);
    let Some(Step::Open(root)) = walk.step()? else {
        return Err(walk.fail("this is no file of strings"));
    };
    if !matches!(&*root.name, "root" | "resources" | "xliff") {
        return Err(walk.fail(format!("this is no .NET or Android resource and no XLIFF, but `{}`", root.name)));
    }
    let mut sheet = Sheet { target: root.get("trgLang").and_then(Locale::parse), ..Sheet::default() };
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(it) if it.name == "file" => {
                sheet.target = it.get("target-language").and_then(Locale::parse).or(sheet.target);
            }
            Step::Open(_) => {}
            Step::Whole(it) => match &*it.name {
                "data" => data(&it, &mut sheet),
                "string" | "string-array" => android(&it, &mut sheet),
                _ => unit(&it, &mut sheet),
            },
        }
    }
    Ok(sheet)
}

/// `<data name="Save"><value>Save</value></data>`; what has a type is no text.
fn data(element: &Element, sheet: &mut Sheet) {
    let is_text = element.get("type").is_none() && element.get("mimetype").is_none();
    let key = element.get("name").filter(|it| is_text && !it.starts_with(">>"));
    if let (Some(key), Some(value)) = (key, element.first("value")) {
        sheet.strings.push((key.to_owned(), value.text()));
    }
}

fn android(element: &Element, sheet: &mut Sheet) {
    let Some(key) = element.get("name") else { return };
    let mut add = |key: String, text: &str| {
        // A reference to another string.
        if !text.trim_start().starts_with('@') {
            sheet.strings.push((key, unescape(text)));
        }
    };
    match &*element.name {
        "string" => add(key.to_owned(), &element.text()),
        _ => {
            for (at, item) in element.all("item").enumerate() {
                add(format!("{key}.{at}"), &item.text());
            }
        }
    }
}

/// White space is one space, unless it stands in quotes; `\'` is an apostrophe.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut letters, mut quoted) = (text.trim().chars(), false);
    while let Some(it) = letters.next() {
        match it {
            '"' => quoted = !quoted,
            '\\' => match letters.next() {
                Some('n' | 't') => out.push(' '),
                Some('u') => {
                    let hex: String = letters.by_ref().take(4).collect();
                    out.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
                }
                Some(other) => out.push(other),
                None => {}
            },
            it if it.is_whitespace() && !quoted => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            it => out.push(it),
        }
    }
    out
}

/// A unit of XLIFF 1.2 or 2; one that nobody has translated has no name.
fn unit(element: &Element, sheet: &mut Sheet) {
    let is_open = |it: &Element| matches!(it.get("state"), Some("new" | "needs-translation" | "initial"));
    let (mut source, mut target, mut missing) = (String::new(), String::new(), false);
    let stretches: Vec<&Element> = match &*element.name {
        "trans-unit" => vec![element],
        _ => element.elements().filter(|it| matches!(&*it.name, "segment" | "ignorable")).collect(),
    };
    for stretch in stretches {
        let own = stretch.first("source").map(Element::text).unwrap_or_default();
        match stretch.first("target").filter(|it| !is_open(it) && !is_open(stretch)) {
            Some(text) => target.push_str(&text.text()),
            None if stretch.name == "ignorable" => target.push_str(&own),
            None => missing = true,
        }
        source.push_str(&own);
    }
    let key = element.get("resname").or_else(|| element.get("name")).or_else(|| element.get("id"));
    if !missing && !target.trim().is_empty() {
        sheet.pairs.push((key.unwrap_or_default().to_owned(), source, target, sheet.target.clone()));
    }
}
