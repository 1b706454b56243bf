//! Text as HTML.

use std::fmt::Write;

use minijinja::{Output, State, Value};

use crate::report::pages::{harmless, write_escaped};

/// Text of an article as text or as the value of an attribute in quotes. What would steer the text
/// around it is shown as a replacement.
pub(super) fn escape(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = escape_to(out, text);
}

fn escape_to(out: &mut impl Write, text: &str) -> std::fmt::Result {
    let mut from = 0;
    for (at, it) in text.char_indices() {
        let other = match it {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ if harmless(it) != it => {
                out.write_str(&text[from..at])?;
                out.write_char(harmless(it))?;
                from = at + it.len_utf8();
                continue;
            }
            _ => continue,
        };
        out.write_str(&text[from..at])?;
        out.write_str(other)?;
        from = at + it.len_utf8();
    }
    out.write_str(&text[from..])
}

/// How every value of every template is written.
pub(super) fn write_value(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    write_escaped(out, value, |out, text| escape_to(out, text))
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        escape(&mut out, "a/b < b & \"c\" '\u{202e}' \u{1} \u{200f}é");
        assert_eq!(out, "a/b &lt; b &amp; &quot;c&quot; &#39;\u{fffd}&#39; \u{fffd} \u{200f}é");
    }
}
