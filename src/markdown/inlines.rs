//! Events of `pulldown-cmark` → inlines with exact spans.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Inline, InlineKind};
use crate::text::Span;

/// The extensions that are read: GFM tables, footnotes, strike-through, task lists, alerts, and
/// `{#id}` after a heading.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// Turns inline events into inlines. `offset` is added to every range.
pub(super) struct Collector<'a> {
    text: &'a str,
    /// Destinations of the open links and images.
    open: Vec<(Span, bool)>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, open: Vec::new() }
    }

    /// Appends what `event` stands for; `range` is in `self.text`. Answers whether it was an inline.
    pub(super) fn push(&mut self, event: &Event<'_>, range: Range<usize>, out: &mut Vec<Inline>) -> bool {
        let span = Span::from(range.clone());
        let mark = |at: usize, length: usize| Span::new(at, at + length);
        let kind = match event {
            Event::Text(text) => {
                self.text_event(text, range, out);
                return true;
            }
            Event::Code(_) => {
                let raw = &self.text[range.clone()];
                let ticks = raw.bytes().take_while(|&byte| byte == b'`').count().min(raw.len() / 2);
                let mut body = Span::new(range.start + ticks, range.end - ticks);
                let inner = &self.text[body.range()];
                // CommonMark 6.1: one space on either side is stripped, unless all is spaces.
                if inner.len() > 1 && inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty() {
                    body = Span::new(range.start + ticks + 1, range.end - ticks - 1);
                }
                InlineKind::Code { body }
            }
            Event::InlineHtml(_) | Event::Html(_) => {
                let uppercase =
                    self.text[range].trim_start_matches(['<', '/']).starts_with(|c: char| c.is_ascii_uppercase());
                // A tag in upper case is a component of MDX; HTML in a help site is lower case.
                if uppercase { InlineKind::Placeholder } else { InlineKind::Html }
            }
            Event::SoftBreak => InlineKind::SoftBreak,
            Event::HardBreak => InlineKind::HardBreak,
            Event::FootnoteReference(_) => InlineKind::FootnoteReference,
            Event::Start(Tag::Strong) => return push(out, InlineKind::StrongOpen, mark(range.start, 2)),
            Event::Start(Tag::Emphasis) => return push(out, InlineKind::EmphasisOpen, mark(range.start, 1)),
            Event::Start(Tag::Strikethrough) => {
                let length = if self.text[range.clone()].starts_with("~~") { 2 } else { 1 };
                return push(out, InlineKind::StrikeOpen, mark(range.start, length));
            }
            Event::End(TagEnd::Strong) => {
                return push(out, InlineKind::StrongClose, Span::new(range.end - 2, range.end));
            }
            Event::End(TagEnd::Emphasis) => {
                return push(out, InlineKind::EmphasisClose, Span::new(range.end - 1, range.end));
            }
            Event::End(TagEnd::Strikethrough) => {
                let length = if self.text[range.clone()].ends_with("~~") { 2 } else { 1 };
                return push(out, InlineKind::StrikeClose, Span::new(range.end - length, range.end));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let auto = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let target = if auto { span } else { self.destination(*link_type, dest_url, &range) };
                self.open.push((target, auto));
                if auto {
                    return push(out, InlineKind::Autolink, span);
                }
                return push(out, InlineKind::LinkOpen { target }, mark(range.start, 1));
            }
            Event::End(TagEnd::Link) => {
                let Some((target, auto)) = self.open.pop() else { return true };
                if auto {
                    return true;
                }
                let start = self.close_mark(&range, target, out);
                return push(out, InlineKind::LinkClose { target }, Span::new(start, range.end));
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                let target = self.destination(*link_type, dest_url, &range);
                self.open.push((target, false));
                return push(out, InlineKind::ImageOpen { target }, mark(range.start, 2));
            }
            Event::End(TagEnd::Image) => {
                let Some((target, _)) = self.open.pop() else { return true };
                let start = self.close_mark(&range, target, out);
                return push(out, InlineKind::ImageClose { target }, Span::new(start, range.end));
            }
            _ => return false,
        };
        push(out, kind, span)
    }

    /// A stretch of text that stands for itself.
    pub(super) fn text(&mut self, range: Range<usize>, out: &mut Vec<Inline>) {
        if !range.is_empty() {
            self.plain(range.start, range.end, out);
        }
    }

    /// Text, cut where the reader sees something else than what is written.
    fn text_event(&mut self, shown: &str, range: Range<usize>, out: &mut Vec<Inline>) {
        if self.open.last().is_some_and(|(_, auto)| *auto) {
            return; // The text of an autolink is the autolink itself.
        }
        let raw = &self.text[range.clone()];
        let mut start = range.start;
        if raw.starts_with('&') && raw != shown {
            push(out, InlineKind::Entity { text: shown.into() }, Span::from(range));
            return;
        }
        let after_backslash = start > 0 && self.text.as_bytes()[start - 1] == b'\\';
        let free = out.last().is_none_or(|last| (last.span.end as usize) < start);
        if after_backslash && free && raw.starts_with(|c: char| c.is_ascii_punctuation()) {
            push(out, InlineKind::Escape, Span::new(start - 1, start + 1));
            start += 1;
        }
        self.plain(start, range.end, out);
    }

    /// Text without escapes: bare addresses and placeholders are taken out of it.
    fn plain(&mut self, start: usize, end: usize, out: &mut Vec<Inline>) {
        let raw = &self.text[start..end];
        let mut from = start;
        for (at, length, kind) in super::dialect::islands(raw, !self.open.is_empty()) {
            if start + at > from {
                push(out, InlineKind::Text, Span::new(from, start + at));
            }
            push(out, kind, Span::new(start + at, start + at + length));
            from = start + at + length;
        }
        if from < end {
            match out.last_mut() {
                // `pulldown-cmark` cuts text at every character that might have been markup.
                Some(Inline { kind: InlineKind::Text, span }) if span.end as usize == from => span.end = end as u32,
                _ => {
                    push(out, InlineKind::Text, Span::new(from, end));
                }
            }
        }
    }

    /// Where the destination of a link is written. A reference link's is its label.
    fn destination(&self, link_type: LinkType, dest_url: &str, range: &Range<usize>) -> Span {
        let raw = &self.text[range.clone()];
        let found = match link_type {
            // The destination stands after the last `](`; a title may follow it.
            LinkType::Inline => raw.rfind("](").map(|at| at + 2).map(|from| {
                let inner = &raw[from..raw.len() - 1];
                let lead = inner.len() - inner.trim_start_matches([' ', '\n', '\t', '\r', '<']).len();
                let rest = &inner[lead..];
                let length = if inner.trim_start().starts_with('<') {
                    rest.find('>').unwrap_or(rest.len())
                } else if rest.starts_with(dest_url) {
                    dest_url.len()
                } else {
                    rest.find([' ', '\n', '\t', '\r']).unwrap_or(rest.len())
                };
                (from + lead, length)
            }),
            _ => raw.rfind('[').map(|at| (at + 1, raw.len() - at - 2)),
        };
        found.map_or(Span::at(range.end), |(from, length)| Span::new(range.start + from, range.start + from + length))
    }

    /// Where the closing mark of a link begins: after its last inline, at the bracket.
    fn close_mark(&self, range: &Range<usize>, target: Span, out: &[Inline]) -> usize {
        let after = out.last().map_or(range.start, |last| last.span.end as usize).clamp(range.start, range.end);
        let until = (target.start as usize).clamp(after, range.end);
        self.text[after..until].find(']').map_or(after, |at| after + at)
    }
}

fn push(out: &mut Vec<Inline>, kind: InlineKind, span: Span) -> bool {
    out.push(Inline { kind, span });
    true
}

/// For each byte: 1 where it may be markup, 2 where that depends on what follows it.
const MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    let (always, followed) = (b"*_[`<&\\~\n", b":{");
    let mut at = 0;
    while at < always.len() {
        marks[always[at] as usize] = 1;
        at += 1;
    }
    marks[followed[0] as usize] = 2;
    marks[followed[1] as usize] = 2;
    marks
};

/// Whether text is sure to be one run of text.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match MARKS[usize::from(*byte)] {
        0 => true,
        1 => false,
        _ => !bytes[at..].starts_with(b"://") && !bytes[at..].starts_with(b"{{"),
    })
}

/// Reads the inlines of stretches of `text`, each on its own, as if it were a paragraph: the sides of
/// bilingual spans, front matter values. Marks that a stretch does not close are text. Answers the
/// range of each in `out`; they follow each other, and white space between two stretches stands
/// between them, in neither and in both together.
pub(crate) fn inlines_of_snippets(text: &str, spans: &[Span], out: &mut Vec<Inline>) -> Vec<(u32, u32)> {
    // What may hold markup goes to the CommonMark parser in one text: a parser for each is dear.
    let mut body = String::new();
    let mut lines: Vec<Line> = Vec::new();
    for (snippet, &span) in spans.iter().enumerate() {
        let raw = &text[span.range()];
        if !is_plain(raw) {
            lines.push(Line { snippet, start: body.len(), place: span.start as usize, end: 0 });
            push_line(raw, &mut body);
        }
    }
    let mut read = Vec::new();
    let mut collector = Collector::new(&body);
    let mut next = 0;
    for (event, range) in Parser::new_ext(&body, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) => {}
            Event::End(TagEnd::Paragraph) => {
                // One line is one paragraph, always.
                if let Some(line) = lines.get_mut(next) {
                    line.end = read.len();
                }
                next += 1;
            }
            event => {
                collector.push(&event, range, &mut read);
            }
        }
    }
    let mut found = Vec::with_capacity(spans.len());
    let mut inlines = read.into_iter();
    let mut lines = lines.into_iter().peekable();
    let (mut behind, mut end) = (0, u32::MAX);
    for (snippet, &span) in spans.iter().enumerate() {
        if end < span.start && text[end as usize..span.start as usize].trim().is_empty() {
            push(out, InlineKind::SoftBreak, Span { start: end, end: span.start });
        }
        end = span.end;
        let first = out.len() as u32;
        match lines.next_if(|line| line.snippet == snippet) {
            Some(line) => {
                let own = inlines.by_ref().take(line.end.saturating_sub(behind)).map(|inline| line.settle(inline));
                // Before a mark, nothing is left of the `.` that begins the line.
                out.extend(own.filter(|inline| inline.kind != InlineKind::Text || !inline.span.is_empty()));
                behind = line.end;
            }
            None if span.is_empty() => {}
            None => {
                push(out, InlineKind::Text, span);
            }
        }
        found.push((first, out.len() as u32));
    }
    found
}

/// Appends a stretch as a paragraph of one line, so that nothing in it can begin a block, behind a
/// character that begins none. The real neighbours of the stretch are tags, and `.` is punctuation
/// as `>` is. So no line can define a link or footnote for another, and each is read as if alone.
fn push_line(raw: &str, lines: &mut String) {
    lines.push('.');
    let mut from = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', raw.as_bytes()) {
        lines.push_str(&raw[from..at]);
        lines.push(' ');
        from = at + 1;
    }
    lines.push_str(&raw[from..]);
    lines.push_str("\n\n");
}

/// A stretch in the text of lines.
struct Line {
    snippet: usize,
    /// Where its line begins.
    start: usize,
    /// Where it begins in the article.
    place: usize,
    /// One past the last of its inlines.
    end: usize,
}

impl Line {
    /// The inline at its place in the article.
    fn settle(&self, mut inline: Inline) -> Inline {
        let at = |it: u32| (it as usize).max(self.start + 1) - self.start - 1 + self.place;
        let moved = |it: Span| Span::new(at(it.start), at(it.end));
        inline.span = moved(inline.span);
        match &mut inline.kind {
            InlineKind::Code { body } => *body = moved(*body),
            InlineKind::LinkOpen { target }
            | InlineKind::LinkClose { target }
            | InlineKind::ImageOpen { target }
            | InlineKind::ImageClose { target } => *target = moved(*target),
            _ => {}
        }
        inline
    }
}
