//! Strings in JSON: nested keys, Chrome messages, Flutter ARB, Apple string catalogs.

use serde_json::Value;

use super::Sheet;
use crate::locale::{Locale, plausible_locale};
use crate::notation::ReadError;

fn parse(text: &str) -> Result<serde_json::Map<String, Value>, ReadError> {
    match serde_json::from_str(text).map_err(|error| ReadError(error.to_string()))? {
        Value::Object(map) => Ok(map),
        _ => Err(ReadError("this is not an object of strings".to_owned())),
    }
}

/// Strings by their keys; those of nested objects are joined with a point.
pub(super) fn strings(text: &str) -> Result<Sheet, ReadError> {
    let root = parse(text)?;
    let mut sheet = Sheet::default();
    let mut entries = root.iter();
    match (entries.next(), entries.next()) {
        // The locale stands above all keys.
        (Some((tag, Value::Object(inner))), None) if plausible_locale(tag).is_some() => walk("", inner, &mut sheet),
        _ => walk("", &root, &mut sheet),
    }
    Ok(sheet)
}

fn walk(above: &str, map: &serde_json::Map<String, Value>, sheet: &mut Sheet) {
    for (name, value) in map.iter().filter(|(name, _)| !name.starts_with('@')) {
        let key = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        match value {
            Value::String(text) => sheet.strings.push((key, text.clone())),
            // `{"message": "Save", "description": "…"}`
            Value::Object(inner) => match inner.get("message") {
                Some(Value::String(text)) => sheet.strings.push((key, text.clone())),
                _ => walk(&key, inner, sheet),
            },
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    if let Value::String(text) = item {
                        sheet.strings.push((format!("{key}.{at}"), text.clone()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// A string catalog: all locales of each string.
pub(super) fn catalog(text: &str) -> Result<Sheet, ReadError> {
    let root = parse(text)?;
    let mut sheet = Sheet::default();
    let source = root.get("sourceLanguage").and_then(Value::as_str).unwrap_or("en");
    let Some(Value::Object(strings)) = root.get("strings") else {
        return Err(ReadError("this is no string catalog: it has no `strings`".to_owned()));
    };
    for (key, string) in strings {
        let Some(Value::Object(all)) = string.get("localizations") else { continue };
        let of = |unit: &Value| {
            let unit = unit.get("stringUnit")?;
            let is_new = unit.get("state").and_then(Value::as_str) == Some("new");
            unit.get("value").and_then(Value::as_str).filter(|_| !is_new).map(str::to_owned)
        };
        let own = all.get(source).and_then(of).unwrap_or_else(|| key.clone());
        for (tag, unit) in all.iter().filter(|(tag, _)| *tag != source) {
            if let (Some(locale), Some(text)) = (Locale::parse(tag), of(unit)) {
                sheet.pairs.push((key.clone(), own.clone(), text, Some(locale)));
            }
        }
    }
    Ok(sheet)
}
