//! A file of strings, whatever its format.

use std::collections::BTreeMap;

use super::{json, plain, xml};
use crate::locale::Locale;
use crate::notation::{ReadError, decode, po_entries};

/// The strings of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Keys and texts of a file in one language.
    pub strings: Vec<(String, String)>,
    /// Keys, sources, translations, and the locale where each string says its own, of a file in two
    /// languages or more.
    pub pairs: Vec<(String, String, String, Option<Locale>)>,
    /// The locale of the translations, where the file says it.
    pub target: Option<Locale>,
}

impl Sheet {
    /// Reads a file; its kind is told by its name.
    ///
    /// # Errors
    /// When it is not what its name says.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
        match extension.as_str() {
            "json" | "arb" => json::strings(&decode(bytes)?),
            "xcstrings" => json::catalog(&decode(bytes)?),
            "resx" | "resw" | "xml" | "xlf" | "xliff" => xml::read(&decode(bytes)?),
            "properties" => plain::properties(&plain::text(bytes)),
            "strings" => plain::apple(&decode(bytes)?),
            "po" | "pot" => po(bytes),
            _ => Err(ReadError(
                "strings are in .json, .arb, .resx, .resw, .properties, .xml (Android), .strings, .xcstrings, .xlf, \
                 .xliff or .po files"
                    .to_owned(),
            )),
        }
    }
}

impl Sheet {
    /// Takes the sources of pairs from what a file of the source locale has for their keys.
    pub fn take_sources(&mut self, own: &Sheet) {
        let texts: BTreeMap<&str, &str> = own.pairs.iter().map(|it| (&*it.0, &*it.2)).collect();
        for (key, source, ..) in &mut self.pairs {
            if let Some(text) = texts.get(key.as_str()) {
                *source = (*text).to_owned();
            }
        }
    }
}

fn po(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::default();
    for entry in po_entries(bytes)? {
        if entry.is_header() {
            let mut lines = entry.text.lines().filter_map(|it| it.strip_prefix("Language:"));
            sheet.target = lines.next().and_then(|it| Locale::parse(it.trim().split(['.', '@']).next()?));
        } else if !entry.is_plural && !entry.is_fuzzy && !entry.text.is_empty() {
            let key = entry.context.unwrap_or_else(|| entry.id.clone());
            sheet.pairs.push((key, entry.id, entry.text, None));
        }
    }
    Ok(sheet)
}
