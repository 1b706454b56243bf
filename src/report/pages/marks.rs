//! A segment with its marks → HTML. The text of the HTML is the segment as it is written, byte for
//! byte: syntax is wrapped, so that the style hides it or shows it, and never left out. What HTML
//! cannot hold, or what would steer the page, stands as its number in an attribute.

use std::fmt::Write as _;

use super::frame::{escape, steers};
use crate::document::Side;
use crate::markdown::InlineKind;
use crate::text::Span;

/// A marked stretch of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its bytes.
    pub span: Span,
    /// What it is: a word of the style, `number`, `negation`, `label`.
    pub kind: &'static str,
    /// For a finding, how grave it is: `error`, `warning`, `info`.
    pub severity: Option<&'static str>,
    /// The sign that its counterpart bears, too.
    pub sign: String,
    /// The column of the target that it is a mark for, in a source that several targets share.
    pub column: Option<usize>,
}

impl Mark {
    /// What a reader wants to see first: findings, grave ones, narrow ones.
    fn rank(&self) -> (u8, u32) {
        let grave = match self.severity {
            Some("error") => 3,
            Some("warning") => 2,
            Some(_) => 1,
            None => 0,
        };
        (grave, u32::MAX - self.span.len() as u32)
    }
}

/// The HTML of a segment.
pub(super) fn html(side: &Side<'_>, marks: &[Mark]) -> String {
    let mut marks: Vec<Mark> = marks.iter().filter_map(|it| within(it, side)).collect();
    marks.sort_by_key(|it| (it.span.start, it.span.end));
    let mut writer =
        Writer { side, marks: &marks, out: String::with_capacity(side.span.len() * 2), look: Look::default() };
    let mut at = side.span.start;
    for inline in side.inlines {
        if inline.span.start < at || inline.span.end > side.span.end {
            continue;
        }
        writer.run(Span { start: at, end: inline.span.start }, Show::Text);
        writer.inline(&inline.kind, inline.span);
        at = inline.span.end;
    }
    writer.run(Span { start: at, end: side.span.end }, Show::Text);
    writer.out
}

/// The part of a mark that lies in a segment.
fn within(mark: &Mark, side: &Side<'_>) -> Option<Mark> {
    let span = Span { start: mark.span.start.max(side.span.start), end: mark.span.end.min(side.span.end) };
    (span.start < span.end).then(|| Mark { span, ..mark.clone() })
}

/// How a run of text looks.
#[derive(Clone, Default)]
struct Look<'a> {
    bold: u8,
    italic: u8,
    struck: u8,
    image: u8,
    /// The destinations of the links it lies in.
    links: Vec<&'a str>,
}

/// What a run is.
#[derive(Clone, Copy, PartialEq)]
enum Show {
    Text,
    Code,
    /// Shown where the reader wants to see the text as written.
    Syntax,
}

struct Writer<'m, 'a> {
    side: &'m Side<'a>,
    marks: &'m [Mark],
    out: String,
    look: Look<'a>,
}

impl<'a> Writer<'_, 'a> {
    fn inline(&mut self, kind: &InlineKind, span: Span) {
        match kind {
            InlineKind::Text | InlineKind::Autolink | InlineKind::FootnoteReference | InlineKind::SoftBreak => {
                self.run(span, Show::Text);
            }
            InlineKind::Placeholder => self.run(span, Show::Code),
            InlineKind::Escape => {
                self.run(Span { end: span.start + 1, ..span }, Show::Syntax);
                self.run(Span { start: span.start + 1, ..span }, Show::Text);
            }
            InlineKind::Entity { text } => {
                self.out.push_str("<i class=\"en\" data-c=\"");
                escape(&mut self.out, text);
                self.out.push_str("\">");
                self.run(span, Show::Syntax);
                self.out.push_str("</i>");
            }
            InlineKind::Code { body } => {
                self.run(Span { start: span.start, end: body.start.max(span.start) }, Show::Syntax);
                self.run(*body, Show::Code);
                self.run(Span { start: body.end.min(span.end), end: span.end }, Show::Syntax);
            }
            InlineKind::Html => self.run(span, Show::Syntax),
            InlineKind::HardBreak => {
                self.run(span, Show::Syntax);
                self.out.push_str("<br>");
            }
            InlineKind::StrongOpen => self.mark(span, |look| look.bold += 1),
            InlineKind::StrongClose => self.mark(span, |look| look.bold = look.bold.saturating_sub(1)),
            InlineKind::EmphasisOpen => self.mark(span, |look| look.italic += 1),
            InlineKind::EmphasisClose => self.mark(span, |look| look.italic = look.italic.saturating_sub(1)),
            InlineKind::StrikeOpen => self.mark(span, |look| look.struck += 1),
            InlineKind::StrikeClose => self.mark(span, |look| look.struck = look.struck.saturating_sub(1)),
            InlineKind::LinkOpen { target } => {
                let target = self.side.document.slice(*target);
                self.mark(span, |look| look.links.push(target));
            }
            InlineKind::LinkClose { .. } => {
                self.mark(span, |look| look.links.truncate(look.links.len().saturating_sub(1)))
            }
            InlineKind::ImageOpen { .. } => self.mark(span, |look| look.image += 1),
            InlineKind::ImageClose { .. } => self.mark(span, |look| look.image = look.image.saturating_sub(1)),
        }
    }

    fn mark(&mut self, span: Span, change: impl FnOnce(&mut Look<'a>)) {
        self.run(span, Show::Syntax);
        change(&mut self.look);
    }

    /// A run, cut where marks begin and end.
    fn run(&mut self, span: Span, show: Show) {
        let mut at = span.start;
        while at < span.end {
            let ends = self.marks.iter().flat_map(|it| [it.span.start, it.span.end]);
            let end = ends.filter(|&it| it > at && it < span.end).min().unwrap_or(span.end);
            self.piece(Span { start: at, end }, show);
            at = end;
        }
    }

    fn piece(&mut self, span: Span, show: Show) {
        let marks = self.marks;
        let over = marks.iter().filter(|it| it.span.contains(span));
        let mark = over.clone().max_by_key(|it| it.rank());
        if let Some(mark) = mark {
            let severity = mark.severity.unwrap_or("signal");
            let _ = write!(self.out, "<mark class=\"{} {severity}\"", mark.kind);
            // The signs of all marks that end here; below findings, signals are silent.
            let beneath = over.clone().filter(|it| it.severity.is_none()).max_by_key(|it| it.rank());
            let peers: Vec<&Mark> = over.filter(|it| it.severity.is_some() == mark.severity.is_some()).collect();
            let ending = peers.iter().filter(|it| it.span.end == span.end && !it.sign.is_empty());
            let mut signs: Vec<&str> = ending.clone().map(|it| it.sign.as_str()).collect();
            signs.dedup();
            if !signs.is_empty() {
                let _ = write!(self.out, " data-s=\"{}\"", signs.join(" "));
            }
            // A source that several targets share: which column each mark and sign is for.
            let columns: Vec<String> = peers.iter().filter_map(|it| it.column).map(|it| it.to_string()).collect();
            if !columns.is_empty() {
                let of: Vec<String> = ending.filter_map(|it| Some(format!("{}:{}", it.column?, it.sign))).collect();
                let _ = write!(self.out, " data-m=\"{}\" data-o=\"{}\"", columns.join(" "), of.join(" "));
                // What is to be seen where none of these columns is shown.
                if let Some(beneath) = beneath {
                    let sign = if beneath.span.end == span.end { beneath.sign.as_str() } else { "" };
                    let _ = write!(self.out, " data-b=\"{} {sign}\"", beneath.kind);
                }
            }
            self.out.push('>');
        }
        let tag = self.open(show);
        self.text(span);
        if let Some(tag) = tag {
            let _ = write!(self.out, "</{tag}>");
        }
        if mark.is_some() {
            self.out.push_str("</mark>");
        }
    }

    fn open(&mut self, show: Show) -> Option<&'static str> {
        let look = &self.look;
        if show == Show::Syntax {
            self.out.push_str("<i class=\"s\">");
            return Some("i");
        }
        let classes = [
            (look.bold > 0 && show == Show::Code, "b"),
            (look.italic > 0, "em"),
            (look.struck > 0, "del"),
            (look.image > 0, "img"),
            (!look.links.is_empty(), "a"),
        ];
        let classes: Vec<&str> = classes.iter().filter(|(is, _)| *is).map(|(_, class)| *class).collect();
        let tag = match show {
            Show::Code => "code",
            _ if look.bold > 0 => "b",
            _ if classes.is_empty() => return None,
            _ => "span",
        };
        let _ = write!(self.out, "<{tag}");
        if !classes.is_empty() {
            let _ = write!(self.out, " class=\"{}\"", classes.join(" "));
        }
        if let Some(link) = look.links.last() {
            self.out.push_str(" title=\"");
            escape(&mut self.out, link);
            self.out.push('"');
        }
        self.out.push('>');
        Some(tag)
    }

    /// Text as it is written, with what cannot be seen made visible.
    fn text(&mut self, span: Span) {
        let text = self.side.document.slice(span);
        if text.bytes().all(|it| (b' '..0x7f).contains(&it) && !matches!(it, b'<' | b'>' | b'&' | b'"' | b'\'')) {
            return self.out.push_str(text);
        }
        let mut from = 0;
        for (at, it) in text.char_indices() {
            let is_space = matches!(it, '\u{a0}' | '\u{202f}' | '\u{3000}');
            if !is_space && !is_hidden(it) {
                continue;
            }
            escape(&mut self.out, &text[from..at]);
            from = at + it.len_utf8();
            let _ = match is_space {
                true => write!(self.out, "<i class=\"nb\">{it}</i>"),
                false => write!(self.out, "<i class=\"x\" data-x=\"{:04X}\"></i>", it as u32),
            };
        }
        escape(&mut self.out, &text[from..]);
    }
}

/// Characters that have no shape of their own, or that HTML cannot hold.
fn is_hidden(it: char) -> bool {
    let control = it.is_control() && !matches!(it, '\n' | '\t');
    control || steers(it) || matches!(it, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, read};
    use crate::locale::Locale;
    use crate::text::Source;

    /// Marks `words` in the first segment of a text.
    #[track_caller]
    fn check(text: &str, words: &str, expected: &str) {
        let document = read("a.md".into(), Locale::UNKNOWN, Format::Markdown, Source::from(text));
        let side = document.side(0);
        let at = text.find(words).unwrap();
        let span = Span::new(at, at + words.len());
        let mark = Mark { span, kind: "number", severity: Some("error"), sign: "a".into(), column: None };
        let marks: Vec<Mark> = (!words.is_empty()).then_some(mark).into_iter().collect();
        assert_eq!(html(&side, &marks), expected);
    }

    #[test]
    fn marks_are_on_the_very_characters() {
        let mark = "<mark class=\"number error\" data-s=\"a\">";
        check("Wait 30 days.", "30", &format!("Wait {mark}30</mark> days."));
        check(
            "Wait **30** days",
            "30",
            &format!("Wait <i class=\"s\">**</i>{mark}<b>30</b></mark><i class=\"s\">**</i> days"),
        );
        check(
            "See [it](a.md).",
            "a.md",
            &format!(
                "See <i class=\"s\">[</i><span class=\"a\" title=\"a.md\">it</span><i class=\"s\">](</i>\
                 {mark}<i class=\"s\">a.md</i></mark><i class=\"s\">)</i>."
            ),
        );
    }

    #[test]
    fn markup_of_an_article_is_text() {
        check(
            "a \\< b <b onclick=x>`<i>`",
            "",
            "a <i class=\"s\">\\</i>&lt; b <i class=\"s\">&lt;b onclick=x&gt;</i><i class=\"s\">`</i><code>&lt;i&gt;</code><i class=\"s\">`</i>",
        );
        check(
            "[x](javascript:alert\\(1\\))",
            "",
            "<i class=\"s\">[</i><span class=\"a\" title=\"javascript:alert\\(1\\)\">x</span><i class=\"s\">](javascript:alert\\(1\\))</i>",
        );
        check("a\u{202e}b\u{a0}c", "", "a<i class=\"x\" data-x=\"202E\"></i>b<i class=\"nb\">\u{a0}</i>c");
    }
}
