//! The templates, and what no page may be without: escaping, the content security policy, the style
//! and the script, which stand in the page itself. A page opened from a disk has no origin, so that
//! a file beside it could not be allowed by name; a hash allows the very text.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, HtmlEscape, Output, State, UndefinedBehavior, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::text::uri;

/// A page that cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make a page of the report: {0:#}")]
pub struct PageError(#[from] minijinja::Error);

const STYLE: &str = include_str!("style.css");

/// One subject a file; all of them are one function.
const SCRIPT: &str = concat!(
    "\"use strict\";(() => {\n",
    include_str!("js/page.js"),
    include_str!("js/store.js"),
    include_str!("js/transfer.js"),
    include_str!("js/filter.js"),
    include_str!("js/decide.js"),
    include_str!("js/keys.js"),
    include_str!("js/index.js"),
    include_str!("js/start.js"),
    "})();\n"
);

const TEMPLATES: [(&str, &str); 6] = [
    ("base.html", include_str!("base.html")),
    ("article.html", include_str!("article.html")),
    ("section.html", include_str!("section.html")),
    ("card.html", include_str!("card.html")),
    ("index.html", include_str!("index.html")),
    ("rules.html", include_str!("rules.html")),
];

/// The templates, ready to be filled.
pub struct Frame {
    environment: Environment<'static>,
}

impl Frame {
    /// Reads the templates.
    ///
    /// # Errors
    /// When one of them is broken, which a test excludes.
    pub fn new() -> Result<Self, PageError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(write_value);
        environment.add_filter("urlpart", urlpart);
        environment.add_filter("ticks", ticks);
        for (name, text) in TEMPLATES {
            environment.add_template(name, text)?;
        }
        environment.add_global("style", Value::from_safe_string(STYLE.to_owned()));
        environment.add_global("script", Value::from_safe_string(SCRIPT.to_owned()));
        environment.add_global("policy", policy());
        Ok(Frame { environment })
    }

    /// Fills a template.
    pub(super) fn fill(&self, template: &str, view: &impl Serialize) -> Result<String, PageError> {
        Ok(self.environment.get_template(template)?.render(Serde(view))?)
    }
}

/// Nothing is loaded, nothing is sent, and only our own style and script have an effect.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// How every value of every template is written: what would be markup is escaped, and what would
/// steer the text around it is shown as a replacement.
fn write_value(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    write_escaped(out, value, |out, text| escape_to(out, text))
}

/// A value of a template, by this way of escaping.
pub fn write_escaped(
    out: &mut Output<'_>,
    value: &Value,
    escape: impl FnOnce(&mut Output<'_>, &str) -> std::fmt::Result,
) -> Result<(), minijinja::Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    match value.as_str() {
        Some(text) if value.is_safe() => out.write_str(text)?,
        Some(text) => escape(out, text)?,
        None if matches!(value.kind(), ValueKind::Number | ValueKind::Bool) => write!(out, "{value}")?,
        None => escape(out, &value.to_string())?,
    }
    Ok(())
}

/// A message as HTML: what stands in back-ticks is code.
fn ticks(text: &str) -> Value {
    let mut out = String::with_capacity(text.len() + 16);
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1 && text.matches('`').count() > index;
        out.push_str(match (index, is_code) {
            (_, true) => "<code>",
            (index, false) if index % 2 == 1 => "`",
            _ => "",
        });
        escape(&mut out, part);
        out.push_str(if is_code { "</code>" } else { "" });
    }
    Value::from_safe_string(out)
}

/// A text as part of the fragment of an address.
fn urlpart(text: &str) -> String {
    uri(text)
}

fn escape_to(out: &mut impl std::fmt::Write, text: &str) -> std::fmt::Result {
    match text.chars().any(|it| harmless(it) != it) {
        true => write!(out, "{}", HtmlEscape(&text.chars().map(harmless).collect::<String>())),
        false => write!(out, "{}", HtmlEscape(text)),
    }
}

/// Text of an article as text or as the value of an attribute in quotes.
pub(super) fn escape(out: &mut String, text: &str) {
    // Most text has nothing to escape.
    let odd = |it: u8| matches!(it, b'<' | b'>' | b'&' | b'"' | b'\'' | b'/' | 0xE2 | 0xEF | 0xC2) || it < 0x20;
    if !text.bytes().any(odd) {
        return out.push_str(text);
    }
    // Writing to a string does not fail.
    let _ = escape_to(out, text);
}

/// Embeddings and overrides reach beyond the text that they stand in; control characters are no
/// HTML.
pub fn harmless(it: char) -> char {
    match it {
        '\n' | '\t' => it,
        '\r' => ' ',
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' => '\u{fffd}',
        _ if steers(it) => '\u{fffd}',
        _ => it,
    }
}

/// Whether a character changes the direction of what follows it.
pub(super) fn steers(it: char) -> bool {
    matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Data for the script, in a block that holds no markup whatever the data is.
pub fn data(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for it in json.chars() {
        match it {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}'..='\u{9f}' | '\u{feff}' => {
                let _ = write!(out, "\\u{:04x}", it as u32);
            }
            _ if steers(it) => {
                let _ = write!(out, "\\u{:04x}", it as u32);
            }
            _ => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_holds_no_markup() {
        let json = data(&"</script><!--\u{2028}\u{202e}&");
        assert_eq!(json, r#""\u003c/script\u003e\u003c!--\u2028\u202e\u0026""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), "</script><!--\u{2028}\u{202e}&");
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        escape(&mut out, "a < b & \"c\" '\u{202e}' \u{1} \u{200f}é");
        assert_eq!(out, "a &lt; b &amp; &quot;c&quot; &#x27;\u{fffd}&#x27; \u{fffd} \u{200f}é");
    }

    #[test]
    fn the_script_cannot_end_its_block() {
        assert!(!SCRIPT.contains("</"), "write `<\\/` in the script");
        assert!(!STYLE.contains("</"));
        Frame::new().unwrap();
    }
}
