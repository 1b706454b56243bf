//! A side of a unit, character by character: what a translator sees of it, and the bytes that each
//! character is written with.

use super::{CodeKind, Shape};
use crate::document::Side;
use crate::markdown::{Inline, InlineKind, NodeKind, ScalarStyle};
use crate::text::Span;

/// A character or a code, with the bytes that say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Atom<'a> {
    /// What a translator sees.
    pub what: What,
    /// The bytes of the article.
    pub raw: &'a str,
}

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A character of the text. A line break that no reader sees is a space.
    Char(char),
    /// A code. Those of a pair have the same number; it counts from 0 on each side.
    Code { number: u32, shape: Shape, kind: CodeKind },
}

/// The inside of a side: white space around it is left where it is.
#[derive(Clone, Debug)]
pub(super) struct Inside<'a> {
    /// The bytes that an edit replaces.
    pub span: Span,
    /// What they say.
    pub atoms: Vec<Atom<'a>>,
}

impl<'a> Inside<'a> {
    /// The side with markup as codes, and escapes and entities as the characters that they stand for.
    pub fn tagged(side: &Side<'a>) -> Self {
        let text = side.document.source.text();
        let span = side.span.trimmed(text);
        let atoms = match quoting(side) {
            Some(style) if is_escaped(&text[span.range()], style) => yaml(&text[span.range()], style),
            _ => {
                let mut reader =
                    Reader { text, atoms: Vec::new(), open: Vec::new(), codes: 0, quoted: is_quoted(side) };
                reader.read(span, side.inlines);
                reader.atoms
            }
        };
        Inside { span, atoms }
    }

    /// The side as it is written, markup and all; only line breaks that no reader sees are spaces.
    pub fn literal(side: &Side<'a>) -> Self {
        let text = side.document.source.text();
        let span = side.span.trimmed(text);
        let mut reader = Reader { text, atoms: Vec::new(), open: Vec::new(), codes: 0, quoted: is_quoted(side) };
        reader.characters(span);
        Inside { span, atoms: reader.atoms }
    }

    /// The characters, without codes.
    pub fn text(&self) -> String {
        let char = |atom: &Atom<'_>| match atom.what {
            What::Char(it) => Some(it),
            What::Code { .. } => None,
        };
        self.atoms.iter().filter_map(char).collect()
    }
}

/// Whether lines of the side begin with the mark of a quote.
fn is_quoted(side: &Side<'_>) -> bool {
    let tree = &side.document.tree;
    let is_quote = |node: usize| matches!(tree.nodes[node].kind, NodeKind::Quote | NodeKind::Alert { .. });
    side.node.is_some_and(|node| tree.ancestors(node as usize).any(is_quote))
}

/// How the YAML value that holds the side is quoted.
fn quoting(side: &Side<'_>) -> Option<ScalarStyle> {
    if side.node.is_some() {
        return None;
    }
    let entries = &side.document.front_matter()?.entries;
    let style = entries.iter().find(|entry| entry.span.contains(side.span))?.style;
    matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted).then_some(style)
}

/// Whether a quoted value is written otherwise than it reads.
fn is_escaped(raw: &str, style: ScalarStyle) -> bool {
    raw.contains('\n') || raw.contains(if style == ScalarStyle::SingleQuoted { "''" } else { "\\" })
}

/// A quoted YAML value with escapes: all of it is text, but for escapes that are no character.
fn yaml(raw: &str, style: ScalarStyle) -> Vec<Atom<'_>> {
    let mut atoms = Vec::new();
    let (mut at, mut codes) = (0, 0);
    while let Some(first) = raw[at..].chars().next() {
        let rest = &raw[at..];
        let (what, length) = match first {
            '\n' | '\r' | ' ' | '\t' => match fold(rest, false) {
                Some(length) => (Some(' '), length),
                None => (Some(first), 1),
            },
            '\'' if style == ScalarStyle::SingleQuoted && rest.starts_with("''") => (Some('\''), 2),
            '\\' if style == ScalarStyle::DoubleQuoted => yaml_escape(rest),
            _ => (Some(first), first.len_utf8()),
        };
        let what = what.map_or_else(
            || {
                codes += 1;
                What::Code { number: codes - 1, shape: Shape::Alone, kind: CodeKind::Other }
            },
            What::Char,
        );
        atoms.push(Atom { what, raw: &rest[..length] });
        at += length;
    }
    atoms
}

/// The character that a YAML escape stands for, and its length; no character for a line break or
/// one that is not known.
fn yaml_escape(raw: &str) -> (Option<char>, usize) {
    let Some(letter) = raw[1..].chars().next() else { return (Some('\\'), 1) };
    let hex = |digits: usize| {
        let value = raw.get(2..2 + digits).and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        (value.filter(|it| !it.is_control()), raw.len().min(2 + digits))
    };
    match letter {
        '"' | '\\' | '/' | ' ' => (Some(letter), 2),
        't' => (Some('\t'), 2),
        '_' => (Some('\u{a0}'), 2),
        'x' if raw.is_char_boundary(raw.len().min(4)) => hex(2),
        'u' if raw.is_char_boundary(raw.len().min(6)) => hex(4),
        'U' if raw.is_char_boundary(raw.len().min(10)) => hex(8),
        _ => (None, 1 + letter.len_utf8()),
    }
}

/// The length of a line break with the white space around it, and the marks of a quote behind it.
fn fold(raw: &str, quoted: bool) -> Option<usize> {
    let is_space = |it: char| matches!(it, ' ' | '\t' | '\n' | '\r');
    let length = raw.find(|it| !(is_space(it) || quoted && it == '>')).unwrap_or(raw.len());
    let head = raw.find(|it| !is_space(it)).unwrap_or(raw.len());
    raw[..head].contains('\n').then_some(length)
}

struct Reader<'a> {
    text: &'a str,
    atoms: Vec<Atom<'a>>,
    /// Codes that wait for their other half: the index of each, and what closes it.
    open: Vec<(usize, Closes<'a>)>,
    codes: u32,
    quoted: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Closes<'a> {
    Mark(CodeKind),
    Tag(&'a str),
}

impl<'a> Reader<'a> {
    fn read(&mut self, span: Span, inlines: &[Inline]) {
        let mut at = span.start;
        for inline in inlines {
            let clipped = Span { start: inline.span.start.max(at), end: inline.span.end.min(span.end) };
            if clipped.start >= clipped.end {
                continue;
            }
            self.gap(Span { start: at, end: clipped.start });
            self.inline(&inline.kind, clipped);
            at = clipped.end;
        }
        self.gap(Span { start: at, end: span.end.max(at) });
        for (index, _) in std::mem::take(&mut self.open) {
            self.leave_alone(index);
        }
    }

    /// Bytes that no inline owns: the start of the next line, or marks that open or close outside.
    fn gap(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let raw = &self.text[span.range()];
        let is_prefix = raw.chars().all(|it| it.is_whitespace() || self.quoted && it == '>');
        if let (true, Some(last)) = (is_prefix, self.atoms.last_mut())
            && last.what == What::Char(' ')
            && last.raw.contains('\n')
        {
            let start = span.start as usize - last.raw.len();
            last.raw = &self.text[start..span.end as usize];
        } else if raw.trim().is_empty() {
            self.characters(span);
        } else {
            self.code(Shape::Alone, CodeKind::Other, span);
        }
    }

    fn inline(&mut self, kind: &InlineKind, span: Span) {
        let raw = &self.text[span.range()];
        match kind {
            InlineKind::Text => self.characters(span),
            InlineKind::SoftBreak if raw.contains('<') => self.line_break(span),
            InlineKind::SoftBreak => self.atoms.push(Atom { what: What::Char(' '), raw }),
            InlineKind::Escape => match raw.chars().nth(1) {
                Some(it) => self.atoms.push(Atom { what: What::Char(it), raw }),
                None => self.characters(span),
            },
            InlineKind::Entity { text } => {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(one), None) if !one.is_control() => self.atoms.push(Atom { what: What::Char(one), raw }),
                    _ => self.code(Shape::Alone, CodeKind::Other, span),
                }
            }
            InlineKind::Code { .. } => self.code(Shape::Alone, CodeKind::Code, span),
            InlineKind::StrongOpen => self.opens(CodeKind::Bold, span),
            InlineKind::StrongClose => self.closes(Closes::Mark(CodeKind::Bold), CodeKind::Bold, span),
            InlineKind::EmphasisOpen => self.opens(CodeKind::Italic, span),
            InlineKind::EmphasisClose => self.closes(Closes::Mark(CodeKind::Italic), CodeKind::Italic, span),
            InlineKind::StrikeOpen => self.opens(CodeKind::Strike, span),
            InlineKind::StrikeClose => self.closes(Closes::Mark(CodeKind::Strike), CodeKind::Strike, span),
            InlineKind::LinkOpen { .. } => self.opens(CodeKind::Link, span),
            InlineKind::LinkClose { .. } => self.closes(Closes::Mark(CodeKind::Link), CodeKind::Link, span),
            InlineKind::ImageOpen { .. } => self.opens(CodeKind::Image, span),
            InlineKind::ImageClose { .. } => self.closes(Closes::Mark(CodeKind::Image), CodeKind::Image, span),
            InlineKind::Autolink => self.code(Shape::Alone, CodeKind::Link, span),
            InlineKind::Html => self.tag(raw, span),
            InlineKind::HardBreak => self.code(Shape::Alone, CodeKind::Break, span),
            InlineKind::FootnoteReference | InlineKind::Placeholder => {
                self.code(Shape::Alone, CodeKind::Placeholder, span);
            }
        }
    }

    /// What stands between two sentences and is more than white space: `<br>`.
    fn line_break(&mut self, span: Span) {
        let mut at = span.start as usize;
        while at < span.end as usize {
            let raw = &self.text[at..span.end as usize];
            let length = match raw.starts_with('<') {
                true => raw.find('>').map_or(raw.len(), |end| end + 1),
                false => raw.find('<').unwrap_or(raw.len()),
            };
            let piece = Span::new(at, at + length);
            match raw.starts_with('<') {
                true => self.tag(&raw[..length], piece),
                false => self.characters(piece),
            }
            at += length;
        }
    }

    fn characters(&mut self, span: Span) {
        let mut raw = &self.text[span.range()];
        while let Some(first) = raw.chars().next() {
            let break_length = if first.is_ascii_whitespace() { fold(raw, self.quoted) } else { None };
            let (what, length) = break_length.map_or((first, first.len_utf8()), |length| (' ', length));
            self.atoms.push(Atom { what: What::Char(what), raw: &raw[..length] });
            raw = &raw[length..];
        }
    }

    fn code(&mut self, shape: Shape, kind: CodeKind, span: Span) {
        let what = What::Code { number: self.codes, shape, kind };
        self.codes += 1;
        self.atoms.push(Atom { what, raw: &self.text[span.range()] });
    }

    fn opens(&mut self, kind: CodeKind, span: Span) {
        self.open.push((self.atoms.len(), Closes::Mark(kind)));
        self.code(Shape::Open, kind, span);
    }

    fn closes(&mut self, closes: Closes<'_>, kind: CodeKind, span: Span) {
        let Some(at) = self.open.iter().rposition(|(_, it)| *it == closes) else {
            return self.code(Shape::Alone, kind, span);
        };
        for (index, _) in self.open.split_off(at + 1) {
            self.leave_alone(index);
        }
        let Some((index, _)) = self.open.pop() else { return };
        let What::Code { number, .. } = self.atoms[index].what else { return };
        let what = What::Code { number, shape: Shape::Close, kind };
        self.atoms.push(Atom { what, raw: &self.text[span.range()] });
    }

    fn leave_alone(&mut self, index: usize) {
        if let What::Code { shape, .. } = &mut self.atoms[index].what {
            *shape = Shape::Alone;
        }
    }

    /// A tag of HTML; those that are not closed stand alone.
    fn tag(&mut self, raw: &'a str, span: Span) {
        let name = |text: &'a str| &text[..text.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(text.len())];
        let kind = CodeKind::Html;
        match raw.strip_prefix("</") {
            Some(rest) => self.closes(Closes::Tag(name(rest)), kind, span),
            None if raw.ends_with("/>") || name(&raw[1..]).is_empty() => self.code(Shape::Alone, kind, span),
            None => {
                self.open.push((self.atoms.len(), Closes::Tag(name(&raw[1..]))));
                self.code(Shape::Open, kind, span);
            }
        }
    }
}
