//! What is left of a string when all that a reader of a screen does not read is taken off.

use crate::locale::is_unspaced;

/// The text by which labels are compared: letters and digits in lower case, a space between words.
pub(super) fn key(text: &str) -> String {
    let shown = shown(text).to_lowercase().replace('ё', "е");
    let mut words = shown.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).peekable();
    let mut out = String::with_capacity(shown.len());
    while let Some(word) = words.next() {
        out.push_str(word);
        let joins = |next: &&str| {
            word.chars().next_back().is_some_and(is_unspaced) || next.chars().next().is_some_and(is_unspaced)
        };
        if words.peek().is_some_and(|next| !joins(next)) {
            out.push(' ');
        }
    }
    // What is all signs is compared as it is.
    if out.is_empty() { shown } else { out }
}

/// A string as a screen shows it: `&Save…` is `Save`.
pub fn shown(text: &str) -> String {
    let text = without_tags(&without_placeholders(text));
    let mut text = without_hotkey(text.trim()).trim().to_owned();
    text =
        text.trim_end_matches(|it: char| it.is_whitespace() || matches!(it, '…' | '.' | ':' | '：' | '。')).to_owned();
    // The mark may stand before the signs at the end: `保存(&S)...`
    let text = without_hotkey(&text).trim().to_owned();
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(it) = letters.next() {
        let marks = matches!(it, '&' | '_') && letters.peek().is_some_and(|next| next.is_alphanumeric() || *next == it);
        if !marks {
            out.push(it);
        } else if letters.peek() == Some(&it) {
            // Two of them are one that is shown.
            letters.next();
            out.push(it);
        }
    }
    out
}

/// `保存(&S)`, `保存(S)`: the key in brackets behind a name that has no such letter.
fn without_hotkey(text: &str) -> &str {
    let Some(inner) = text.strip_suffix([')', '）']) else { return text };
    let Some((name, key)) = inner.rsplit_once(['(', '（']) else { return text };
    let letter = key.trim_start_matches(['&', '_']);
    let is_key = letter.chars().count() == 1 && letter.chars().all(|it| it.is_ascii_alphanumeric());
    let is_marked = key.len() > letter.len() || name.contains(is_unspaced);
    if is_key && is_marked && !name.trim().is_empty() { name } else { text }
}

/// `{0}`, `{{name}}`, `${name}`, `%s`, `%1$@`
fn without_placeholders(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '%']) {
        let (before, found) = rest.split_at(at);
        let length = if found.starts_with('{') { braces(found) } else { percent(found) };
        let dollar = length > 0 && found.starts_with('{') && before.ends_with('$');
        out.push_str(if dollar { &before[..before.len() - 1] } else { before });
        if length == 0 {
            out.push_str(&found[..1]);
        }
        rest = &found[length.max(1)..];
    }
    out.push_str(rest);
    out
}

fn braces(text: &str) -> usize {
    let open = text.bytes().take_while(|it| *it == b'{').count();
    let Some(close) = text.find('}') else { return 0 };
    let is_plain = !text[open..close].contains('{') && close - open <= 60;
    let closing = text[close..].bytes().take(open).take_while(|it| *it == b'}').count();
    if is_plain { close + closing } else { 0 }
}

fn percent(text: &str) -> usize {
    let rest = &text[1..];
    let flags = rest.bytes().take_while(|it| it.is_ascii_digit() || matches!(it, b'$' | b'.' | b'l')).count();
    match rest.as_bytes().get(flags) {
        Some(b's' | b'd' | b'@' | b'u' | b'f' | b'i') => flags + 2,
        _ => 0,
    }
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let is_tag = found[1..].starts_with(|it: char| it.is_ascii_alphabetic() || it == '/');
        match found.find('>').filter(|_| is_tag) {
            Some(end) => rest = &found[end + 1..],
            None => {
                out.push('<');
                rest = &found[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{key, shown};

    #[test]
    fn what_a_screen_does_not_show_is_no_difference() {
        for (text, expected) in [
            ("&Save", "Save"),
            ("_Save as…", "Save as"),
            ("E&xit...", "Exit"),
            ("Save && close", "Save & close"),
            ("保存(&S)", "保存"),
            ("保存（S）：", "保存"),
            ("保存(&S)...", "保存"),
            ("Speichern (S)", "Speichern (S)"),
            ("Delete {count} users", "Delete  users"),
            ("Hello, ${name}:", "Hello,"),
            ("%1$s of %d", "of"),
            ("100 %", "100 %"),
            ("<b>Save</b>", "Save"),
            ("a < b", "a < b"),
            ("{", "{"),
            ("&", "&"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(key("Save  AS:"), key("save as"));
        assert_eq!(key("新 增 (N)"), key("新增"));
        assert_eq!(key("+"), "+");
    }
}
