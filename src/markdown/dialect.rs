//! The Learn/DocFX dialect and the placeholders of Hugo and MDX, none of which a CommonMark
//! parser knows.

use super::{AlertKind, InlineKind};

/// A line of `:::` is hidden from the CommonMark parser behind markup of the same length that
/// closes a list or paragraph, as the site's own renderer does.
pub(super) struct Fence {
    /// The line's bytes, without its end.
    pub start: usize,
    pub end: usize,
}

/// Finds the `:::` lines of `text`, and answers the text with them hidden, if there are any.
pub(super) fn hide_fences(text: &str) -> Option<(String, Vec<Fence>)> {
    memchr::memmem::find(text.as_bytes(), b":::")?;
    let mut fences = Vec::new();
    let mut hidden = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        // A quotation may hold one, too: `> :::image …:::`.
        let indent = body.len() - body.trim_start_matches([' ', '\t', '>']).len();
        let fence = &body[indent..];
        if fence.starts_with(":::") {
            hidden.push_str(&body[..indent]);
            match fence.len() {
                length @ 7.. => {
                    hidden.push_str("<!--");
                    hidden.extend(std::iter::repeat_n('x', length - 7));
                    hidden.push_str("-->");
                }
                length => {
                    hidden.push_str("***");
                    hidden.extend(std::iter::repeat_n(' ', length - 3));
                }
            }
            hidden.push_str(&line[body.len()..]);
            fences.push(Fence { start: at + indent, end: at + body.len() });
        } else {
            hidden.push_str(line);
        }
        at += line.len();
    }
    (!fences.is_empty()).then_some((hidden, fences))
}

/// The name of a `:::` line: `image`, `zone`, `zone-end`, `row`; `end` for a bare `:::`.
pub(super) fn fence_name(line: &str) -> Box<str> {
    let rest = line.trim_start_matches(':').trim_start();
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
    if name.is_empty() { "end".into() } else { name.to_lowercase().into() }
}

/// Whether a paragraph is `import X from "y"` or `export const x = …` of MDX: the first line decides.
pub(super) fn is_module_line(paragraph: &str) -> bool {
    let line = paragraph.lines().next().unwrap_or_default().trim_end().trim_end_matches(';');
    let quoted = line.ends_with(['"', '\'']);
    match line.split_once(' ') {
        Some(("import", rest)) => quoted && (rest.contains(" from ") || rest.starts_with(['"', '\''])),
        Some(("export", rest)) => {
            ["const ", "let ", "default ", "function ", "{"].iter().any(|it| rest.starts_with(it))
        }
        _ => false,
    }
}

/// The kind of alert that a word names, in any case.
pub(super) fn alert_kind(word: &str) -> Option<AlertKind> {
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    match () {
        () if is("note") => Some(AlertKind::Note),
        () if is("tip") => Some(AlertKind::Tip),
        () if is("important") => Some(AlertKind::Important),
        () if is("caution") => Some(AlertKind::Caution),
        () if is("warning") => Some(AlertKind::Warning),
        () => None,
    }
}

/// What the first line of a quote says that it is.
#[derive(Debug, PartialEq)]
pub(super) enum QuoteHead {
    /// `[!NOTE] text`, `[! NOTE]`, `\[!NOTE\]`, `**Note**`: an alert that the site shows as a quote.
    /// The length of the marker in bytes follows.
    Alert(AlertKind, usize),
    /// `[!VIDEO …]`, `[!div …]`
    Directive(Box<str>),
}

/// Reads the first line of a quote, `>` and white space already taken off.
pub(super) fn quote_head(line: &str) -> Option<QuoteHead> {
    let bare = line.trim_start_matches(['\\', '【', '［']);
    let lead = line.len() - bare.len();
    if let Some(rest) = bare.strip_prefix('[').or((lead > 0).then_some(bare))
        && let Some(inner) = rest.trim_start().strip_prefix(['!', '！'])
    {
        let inner = inner.trim_start();
        let word: String = inner.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        let after = line.len() - inner.len() + word.len();
        if let Some(kind) = alert_kind(&word) {
            let tail = line[after..]
                .find([']', '】', '］'])
                .map_or(0, |at| at + line[after + at..].chars().next().map_or(0, char::len_utf8));
            return Some(QuoteHead::Alert(kind, after + tail));
        }
        let latin = word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        if latin && !word.is_empty() {
            return Some(QuoteHead::Directive(word.to_lowercase().into()));
        }
        // The name of the alert was translated: `[!注意]`.
        return (!word.is_empty() && line[after..].starts_with([']', '】', '］'])).then_some(QuoteHead::Alert(
            AlertKind::Note,
            after + line[after..].chars().next().map_or(0, char::len_utf8),
        ));
    }
    // The older form: a short bold label, alone on its line or followed by a break.
    let inner = line.strip_prefix("**")?;
    let close = inner.find("**")?;
    let label = inner[..close].trim().trim_end_matches([':', '：']);
    let rest = inner[close + 2..].trim_start_matches([':', '：']).trim();
    let short = label.chars().count() <= 12 && !label.contains(' ');
    let kind = alert_kind(label);
    let alone = rest.is_empty() || rest.starts_with("<br");
    (short && (alone || kind.is_some())).then(|| QuoteHead::Alert(kind.unwrap_or(AlertKind::Note), close + 4))
}

/// Stretches of text that are no prose: bare addresses and placeholders, as offset and length.
pub(super) fn islands(raw: &str, in_link: bool) -> Vec<(usize, usize, InlineKind)> {
    let mut found = Vec::new();
    let bytes = raw.as_bytes();
    if memchr::memmem::find(bytes, b"{{").is_some() {
        let mut at = 0;
        while let Some(open) = raw[at..].find("{{") {
            let start = at + open;
            let Some(close) = raw[start..].find("}}") else { break };
            found.push((start, close + 2, InlineKind::Placeholder));
            at = start + close + 2;
        }
    }
    if !in_link && memchr::memmem::find(bytes, b"://").is_some() {
        let mut at = 0;
        while let Some(colon) = raw[at..].find("://") {
            let colon = at + colon;
            let scheme = raw[..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
            let start = colon - scheme;
            let rest = &raw[colon + 3..];
            // An address ends at white space or at the first character that is not ASCII; closing
            // punctuation is the sentence's (GFM 6.9).
            let length = rest.find(|c: char| c.is_whitespace() || !c.is_ascii() || matches!(c, '<' | '>' | '"' | '`'));
            let address = rest[..length.unwrap_or(rest.len())]
                .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', ')', ']']);
            at = colon + 3 + address.len();
            let web = matches!(&raw[start..colon], "http" | "https" | "ftp");
            if web && !address.is_empty() {
                found.push((start, at - start, InlineKind::Autolink));
            }
        }
    }
    found.sort_by_key(|&(at, ..)| at);
    let mut end = 0;
    found.retain(|&(at, length, _)| {
        let free = at >= end;
        end = end.max(at + length);
        free
    });
    found
}
