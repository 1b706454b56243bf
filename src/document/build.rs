//! Tree → segments.

use std::ops::Range;
use std::sync::Arc;

use super::{Document, Format, Role, Segment};
use crate::locale::{self, Locale};
use crate::markdown::{self, Entry, Inline, InlineKind, NodeKind, Problem, ProblemKind, ScalarStyle, Tree};
use crate::text::{Source, Span};

/// The keys of front matter whose values a reader sees.
const TRANSLATED_KEYS: [&str; 5] = ["title", "description", "titleSuffix", "summary", "sidebar_label"];
/// The keys of YAML articles whose values a reader sees, wherever they stand.
const TRANSLATED_YAML_KEYS: [&str; 10] =
    ["title", "name", "summary", "question", "answer", "description", "text", "content", "titleSuffix", "introduction"];

/// A longer segment is not compared; no article comes near it.
const MAX_SEGMENT: usize = 16 << 10;
/// One with more marks is not compared.
const MAX_INLINES: u32 = 500;
/// An article has no more segments: each costs a look at a thousand others where nothing tells it apart.
const MAX_SEGMENTS: usize = 50_000;

/// More places with bytes that are no text are one finding: the file is in another encoding.
const MAX_INVALID: usize = 10;

/// Reads an article into its blocks and segments. It always answers a document.
pub fn read(path: Arc<str>, locale: Locale, format: Format, source: Source) -> Document {
    let text = source.text();
    let mut tree = match format {
        Format::Markdown => markdown::parse(text),
        Format::Yaml => yaml(text),
        Format::Html => super::html::parse(text),
    };
    tree.problems.extend(encoding(&source));
    let mut builder = Builder { text, locale: &locale, tree: &mut tree, segments: Vec::new(), snippets: Vec::new() };
    builder.front_matter(format == Format::Yaml);
    builder.blocks();
    builder.read_snippets();
    let mut segments = builder.segments;
    segments.sort_by_key(|segment| (segment.span.start, segment.span.end));
    bound(&mut segments, &mut tree);
    leave_one_reading(&mut segments);
    Document { path, locale, format, source, tree, segments }
}

/// What to say of bytes that are no text: once, where they are everywhere.
fn encoding(source: &Source) -> Vec<Problem> {
    let problem = |span: Span, message: String| Problem { kind: ProblemKind::Encoding, span, other: None, message };
    match source.invalid() {
        [first, ..] if source.is_utf16() => vec![problem(*first, "the file is UTF-16 and not UTF-8".into())],
        [first, .., last] if source.invalid().len() > MAX_INVALID => {
            let message = format!("bytes that are not UTF-8 text, in {} places from here on", source.invalid().len());
            vec![problem(Span { start: first.start, end: last.end }, message)]
        }
        all => all.iter().map(|span| problem(*span, "bytes that are not UTF-8 text".into())).collect(),
    }
}

/// Leaves out what is too long to be compared, and says so. Rules hold every mark of a segment
/// against every other.
fn bound(segments: &mut Vec<Segment>, tree: &mut Tree) {
    let too_long = |it: &Segment| it.span.len() > MAX_SEGMENT || it.inlines.1 - it.inlines.0 > MAX_INLINES;
    let mut pairs: Vec<u32> = Vec::new();
    for it in segments.iter().filter(|it| too_long(it)) {
        pairs.extend(it.pair);
        let message =
            format!("a segment of more than {} KiB or {MAX_INLINES} marks; it is not compared", MAX_SEGMENT >> 10);
        tree.problems.push(Problem { kind: ProblemKind::Limit, span: it.span, other: None, message });
    }
    // Neither side of a pair is compared without the other. Pairs are numbered by place.
    segments.retain(|it| !too_long(it) && it.pair.is_none_or(|pair| !pairs.contains(&pair)));
    let Some(first) = segments.get(MAX_SEGMENTS) else { return };
    let message = format!("more than {MAX_SEGMENTS} segments; from here on none is compared");
    tree.problems.push(Problem { kind: ProblemKind::Limit, span: first.span, other: None, message });
    let cut = first.pair;
    segments.truncate(MAX_SEGMENTS);
    segments.retain(|it| it.pair.is_none() || it.pair != cut);
}

/// Two readings of the same bytes would be two translations of them: a side of a pair wins, then what
/// comes first.
fn leave_one_reading(segments: &mut Vec<Segment>) {
    let sides: Vec<Span> = segments.iter().filter(|it| it.role != Role::Only).map(|it| it.span).collect();
    let mut end = 0;
    segments.retain(|it| {
        if it.role != Role::Only {
            return true;
        }
        // Sides lie one behind the other.
        let next = sides.partition_point(|side| side.end <= it.span.start);
        let is_taken = sides.get(next).is_some_and(|side| side.overlaps(it.span));
        let is_free = it.span.start >= end && !it.span.is_empty() && !is_taken;
        if is_free {
            end = it.span.end;
        }
        is_free
    });
}

/// A YAML article as a tree without blocks: all of it is entries.
fn yaml(text: &str) -> Tree {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let whole = Span::new(start, text.len());
    let mut tree = Tree::default();
    let (bilingual, problems) = markdown::scan_bilingual(text);
    tree.bilingual = bilingual;
    tree.problems = problems;
    tree.front_matter = Some(markdown::parse_yaml(text, whole, whole, &mut tree.problems));
    tree
}

struct Builder<'a> {
    text: &'a str,
    locale: &'a Locale,
    tree: &'a mut Tree,
    segments: Vec<Segment>,
    /// The segments whose inlines are still to be read.
    snippets: Vec<usize>,
}

impl Builder<'_> {
    fn front_matter(&mut self, yaml: bool) {
        let Some(front) = self.tree.front_matter.take() else { return };
        let mut pair = 0;
        for (index, entry) in front.entries.iter().enumerate() {
            let key = entry.path.rsplit('.').next().unwrap_or_default();
            let shown =
                if yaml { TRANSLATED_YAML_KEYS.contains(&key) } else { TRANSLATED_KEYS.contains(&&*entry.path) };
            if !shown || entry.value.trim().is_empty() {
                continue;
            }
            let before = pair;
            while self.tree.bilingual.get(pair).is_some_and(|it| it.whole.end <= entry.span.end) {
                if entry.span.contains(self.tree.bilingual[pair].whole) {
                    self.pair(pair, None, Some(index as u32));
                }
                pair += 1;
            }
            if pair == before {
                for span in self.paragraphs(entry) {
                    self.snippet(span, Role::Only, None, Some(index as u32), None);
                }
            }
        }
        self.tree.front_matter = Some(front);
    }

    /// The paragraphs of a YAML value; a value on one line is one.
    fn paragraphs(&self, entry: &Entry) -> Vec<Span> {
        if entry.style != ScalarStyle::Block {
            return vec![entry.span.trimmed(self.text)];
        }
        let mut found: Vec<Span> = Vec::new();
        let mut at = entry.span.start as usize;
        let (mut fenced, mut fresh) = (false, true);
        for line in self.text[entry.span.range()].split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trimmed(self.text);
            at += line.len();
            let body = line.trim();
            if body.starts_with("```") || body.starts_with("~~~") {
                fenced = !fenced;
                fresh = true;
                continue;
            }
            if body.is_empty() || fenced {
                fresh = true;
                continue;
            }
            let marker = block_marker(body);
            let span = Span::new(span.start as usize + marker, span.end as usize);
            match found.last_mut() {
                Some(last) if !fresh && marker == 0 => *last = last.cover(span),
                _ if !span.is_empty() => found.push(span),
                _ => {}
            }
            fresh = body.starts_with('#') || body.starts_with('|');
        }
        found
    }

    fn blocks(&mut self) {
        let mut pair = 0;
        for at in 0..self.tree.nodes.len() {
            let node = &self.tree.nodes[at];
            let (span, inlines, end) = (node.span, node.inlines, node.end);
            let prose = match &node.kind {
                NodeKind::Paragraph | NodeKind::Text | NodeKind::Heading { .. } | NodeKind::Cell { .. } => {
                    Prose::Markdown
                }
                NodeKind::Html => Prose::Html,
                NodeKind::Directive { name } if **name == *"tab" => Prose::Markdown,
                _ => Prose::None,
            };
            let container = end > at as u32 + 1;
            // One that begins before it, and that no block held, runs over two.
            while !container && self.tree.bilingual.get(pair).is_some_and(|it| it.whole.start < span.start) {
                pair += 1;
            }
            let first = pair;
            if !container {
                while self.tree.bilingual.get(pair).is_some_and(|it| span.contains(it.whole)) {
                    self.pair(pair, Some(at as u32), None);
                    pair += 1;
                }
            }
            if pair > first {
                continue;
            }
            match prose {
                Prose::Markdown => self.sentences(at as u32, inlines),
                Prose::Html => self.html_text(at as u32, span),
                Prose::None => {}
            }
        }
        // A pair that no block holds whole is still a pair: one that runs over two blocks, or lies
        // in a code block.
        let mut known = vec![false; self.tree.bilingual.len()];
        for segment in &self.segments {
            if let Some(pair) = segment.pair {
                known[pair as usize] = true;
            }
        }
        for pair in (0..known.len()).filter(|&pair| !known[pair]).collect::<Vec<_>>() {
            let at = self.tree.bilingual[pair].target.start;
            let node = node_at(self.tree, at);
            self.pair(pair, node.map(|node| node as u32), None);
        }
    }

    fn pair(&mut self, index: usize, node: Option<u32>, entry: Option<u32>) {
        let pair = self.tree.bilingual[index];
        self.snippet(pair.target, Role::Target, node, entry, Some(index as u32));
        self.snippet(pair.source, Role::Source, node, entry, Some(index as u32));
    }

    fn snippet(&mut self, span: Span, role: Role, node: Option<u32>, entry: Option<u32>, pair: Option<u32>) {
        self.snippets.push(self.segments.len());
        self.segments.push(Segment { span, role, node, entry, pair, inlines: (0, 0) });
    }

    /// Reads the inlines of what is no leaf of the tree, all at once.
    fn read_snippets(&mut self) {
        let spans: Vec<Span> = self.snippets.iter().map(|&segment| self.segments[segment].span).collect();
        let inlines = markdown::inlines_of_snippets(self.text, &spans, &mut self.tree.inlines);
        for (&segment, inlines) in self.snippets.iter().zip(inlines) {
            self.segments[segment].inlines = inlines;
        }
    }

    /// The text between the tags of raw HTML.
    fn html_text(&mut self, node: u32, span: Span) {
        let end = span.end as usize;
        let mut at = span.start as usize;
        let mut skip_until: Option<&str> = None;
        while at < end {
            let raw = &self.text[at..end];
            if raw.starts_with("<!--") {
                at += raw.find("-->").map_or(raw.len(), |length| length + 3);
                continue;
            }
            if raw.starts_with('<') {
                let length = raw.find('>').map_or(raw.len(), |length| length + 1);
                let tag = raw[..length].to_ascii_lowercase();
                match skip_until {
                    Some(close) if tag.starts_with(close) => skip_until = None,
                    None if tag.starts_with("<script") => skip_until = Some("</script"),
                    None if tag.starts_with("<style") => skip_until = Some("</style"),
                    None if tag.starts_with("<pre") => skip_until = Some("</pre"),
                    _ => {}
                }
                at += length;
                continue;
            }
            // Tags of running text do not end it.
            let mut length = raw.find('<').unwrap_or(raw.len()).max(1);
            while let Some(tag) = inline_tag(&raw[length..]) {
                let next = length + tag;
                length = raw[next..].find('<').map_or(raw.len(), |more| next + more);
            }
            let piece = without_closing_tags(self.text, Span::new(at, at + length).trimmed(self.text));
            if skip_until.is_none() && says_something(&self.text[piece.range()]) {
                for part in locale::segment(&self.text[piece.range()], self.locale, &[]) {
                    let start = piece.start as usize;
                    let span = Span::new(start + part.start, start + part.end);
                    self.snippet(span, Role::Only, Some(node), None, None);
                }
            }
            at += length;
        }
    }

    /// Where the text of a leaf begins: behind `[!NOTE]` on the same line, and behind `[!div …]`. A
    /// bold label, `**Note**`, is text that a reader sees.
    fn behind_marker(&self, node: usize) -> u32 {
        let it = &self.tree.nodes[node];
        let Some(parent) = it.parent else { return 0 };
        match &self.tree.nodes[parent as usize].kind {
            NodeKind::Alert { marker, .. } if !self.text[marker.range()].starts_with('*') => marker.end,
            NodeKind::Directive { .. } => {
                let raw = &self.text[it.span.range()];
                let marker = raw.find(']').filter(|_| raw.trim_start().starts_with("[!"));
                marker.map_or(0, |at| it.span.start + at as u32 + 1)
            }
            _ => 0,
        }
    }

    /// The sentences of a leaf that holds no bilingual span.
    fn sentences(&mut self, node: u32, inlines: (u32, u32)) {
        let own = &self.tree.inlines[inlines.0 as usize..inlines.1 as usize];
        let from = self.behind_marker(node as usize);
        let shown = |inline: &&Inline| {
            !matches!(inline.kind, InlineKind::Html | InlineKind::SoftBreak | InlineKind::HardBreak)
                && inline.span.end > from
        };
        let (Some(first), Some(last)) = (own.iter().find(shown), own.iter().rfind(shown)) else { return };
        let content = Span::new(first.span.start.max(from) as usize, last.span.end as usize).trimmed(self.text);
        let letters = own.iter().filter(|inline| inline.span.end > from).any(|inline| match inline.kind {
            InlineKind::Text => says_something(&self.text[inline.span.range()]),
            InlineKind::Code { body } => says_something(&self.text[body.range()]),
            _ => false,
        });
        if !letters {
            return;
        }
        let base = content.start as usize;
        let protected = protected(own, base);
        let breaks = breaks(self.text, own, content);
        let sentences = sentences(&self.text[content.range()], self.locale, &protected, &breaks);
        if sentences.len() < 2 {
            // Tags before and after the text are no part of it, nor is the white space around it.
            let part = |it: &Inline| match it.kind {
                InlineKind::Text => it.span.end > content.start && it.span.start < content.end,
                _ => content.contains(it.span),
            };
            let from = own.iter().position(part).unwrap_or(0);
            let to = own.iter().rposition(part).map_or(from, |at| at + 1);
            for inline in &mut self.tree.inlines[inlines.0 as usize + from..inlines.0 as usize + to] {
                if inline.kind == InlineKind::Text {
                    inline.span.start = inline.span.start.max(content.start);
                    inline.span.end = inline.span.end.min(content.end);
                }
            }
            let inlines = (inlines.0 + from as u32, inlines.0 + to as u32);
            let segment =
                Segment { span: content, role: Role::Only, node: Some(node), entry: None, pair: None, inlines };
            self.segments.push(segment);
            return;
        }
        let own = own.to_vec();
        let mut end = base + sentences[0].start;
        for sentence in sentences {
            // In a quote, a line begins with a mark that is none of the text.
            let shown = own.iter().find(|it| {
                it.span.end as usize > base + sentence.start
                    && !matches!(it.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
            });
            let start = shown.map_or(0, |it| it.span.start as usize).max(base + sentence.start);
            let span = Span::new(start, base + sentence.end);
            // The white space between two sentences is in neither, and in both together.
            if span.start as usize > end {
                self.tree
                    .inlines
                    .push(Inline { kind: InlineKind::SoftBreak, span: Span::new(end, span.start as usize) });
            }
            end = span.end as usize;
            let first = self.tree.inlines.len() as u32;
            let before = own.partition_point(|inline| inline.span.end <= span.start);
            for inline in own[before..].iter().take_while(|inline| inline.span.start < span.end) {
                let clipped = Span { start: inline.span.start.max(span.start), end: inline.span.end.min(span.end) };
                if clipped.start < clipped.end && (inline.kind == InlineKind::Text || clipped == inline.span) {
                    self.tree.inlines.push(Inline { kind: inline.kind.clone(), span: clipped });
                }
            }
            let inlines = (first, self.tree.inlines.len() as u32);
            self.segments.push(Segment { span, role: Role::Only, node: Some(node), entry: None, pair: None, inlines });
        }
    }
}

/// The innermost node that holds a byte: the last one that begins before it, or one around that.
fn node_at(tree: &Tree, at: u32) -> Option<usize> {
    let last = tree.nodes.partition_point(|node| node.span.start <= at).checked_sub(1)?;
    std::iter::once(last).chain(tree.ancestors(last)).find(|&node| at < tree.nodes[node].span.end)
}

enum Prose {
    Markdown,
    Html,
    None,
}

/// The length of the tag that a text begins with, where it is one of running text.
fn inline_tag(text: &str) -> Option<usize> {
    const INLINE: [&str; 16] =
        ["a", "b", "i", "em", "strong", "code", "span", "sup", "sub", "u", "s", "small", "mark", "kbd", "font", "abbr"];
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|it: char| !it.is_ascii_alphanumeric())?;
    let is_inline = INLINE.iter().any(|name| name.eq_ignore_ascii_case(&inner[..end]));
    is_inline.then(|| text.find('>')).flatten().map(|at| at + 1)
}

/// A stretch of HTML text without tags at its end that close what was opened before it.
fn without_closing_tags(text: &str, mut piece: Span) -> Span {
    loop {
        let raw = &text[piece.range()];
        let Some(tag) = raw.rfind("</").filter(|&at| raw[at..].find('>') == Some(raw.len() - at - 1)) else {
            return piece;
        };
        let name = raw[tag + 2..raw.len() - 1].trim().to_ascii_lowercase();
        let count = |start: &str| {
            let found = raw.match_indices(start).filter(|(at, _)| {
                let rest = &raw[at + start.len()..];
                let is_name = rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(&name));
                is_name && !rest[name.len()..].starts_with(|it: char| it.is_ascii_alphanumeric())
            });
            found.count()
        };
        if count("</") <= count("<") {
            return piece;
        }
        piece = Span::new(piece.start as usize, piece.start as usize + tag).trimmed(text);
    }
}

/// Where the text of a leaf goes on in a new line that a reader sees.
fn breaks(text: &str, inlines: &[Inline], content: Span) -> Vec<Range<usize>> {
    let is_break = |it: &&Inline| match it.kind {
        InlineKind::HardBreak => true,
        InlineKind::Html => {
            let tag = text[it.span.range()].as_bytes();
            // `</br>` is read as `<br>`.
            let name = tag.strip_prefix(b"</").or_else(|| tag.strip_prefix(b"<")).unwrap_or_default();
            name.get(..2).is_some_and(|name| name.eq_ignore_ascii_case(b"br"))
                && name.get(2).is_some_and(|next| !next.is_ascii_alphanumeric())
        }
        _ => false,
    };
    let found = inlines.iter().filter(is_break).filter(|it| content.contains(it.span));
    found.map(|it| (it.span.start - content.start) as usize..(it.span.end - content.start) as usize).collect()
}

/// The sentences of a leaf: a new line ends one, whatever stands before it.
fn sentences(text: &str, locale: &Locale, protected: &[Range<usize>], breaks: &[Range<usize>]) -> Vec<Range<usize>> {
    if breaks.is_empty() {
        return locale::segment(text, locale, protected);
    }
    let mut found = Vec::new();
    let mut from = 0;
    for (at, gap) in breaks.iter().chain([&(text.len()..text.len())]).enumerate() {
        let next = breaks.get(at + 1).map_or(text.len(), |next| next.start);
        // A line that says nothing stays with its neighbour.
        let parts = || says_something(&text[from..gap.start]) && says_something(&text[gap.end..next]);
        if at < breaks.len() && !parts() {
            continue;
        }
        let inside = protected.iter().filter(|range| range.start >= from && range.end <= gap.start);
        let inside: Vec<_> = inside.map(|range| range.start - from..range.end - from).collect();
        let parts = locale::segment(&text[from..gap.start], locale, &inside).into_iter();
        found.extend(parts.map(|range| from + range.start..from + range.end));
        from = gap.end;
    }
    found
}

/// Where no sentence may end: code, links, images, short bold labels.
fn protected(inlines: &[Inline], base: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for inline in inlines {
        let (start, end) = (inline.span.start as usize, inline.span.end as usize);
        match inline.kind {
            InlineKind::Code { .. } | InlineKind::Autolink | InlineKind::Placeholder | InlineKind::Html => {
                found.push(start.saturating_sub(base)..end.saturating_sub(base));
            }
            InlineKind::LinkOpen { .. }
            | InlineKind::ImageOpen { .. }
            | InlineKind::StrongOpen
            | InlineKind::EmphasisOpen
            | InlineKind::StrikeOpen => open.push(start),
            InlineKind::LinkClose { .. }
            | InlineKind::ImageClose { .. }
            | InlineKind::StrongClose
            | InlineKind::EmphasisClose
            | InlineKind::StrikeClose => {
                if let Some(start) = open.pop() {
                    // The end of a label may be the end of a sentence: `**Note.** Then …`.
                    found.push(start.saturating_sub(base)..end.saturating_sub(base));
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    found
}

/// The length of a list or heading marker at the start of a line.
fn block_marker(line: &str) -> usize {
    let bullet = line.len() - line.trim_start_matches(['-', '*', '+', '#', '>']).len();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match () {
        () if bullet > 0 => bullet,
        () if digits > 0 && line[digits..].starts_with(['.', ')']) => digits + 1,
        () => return 0,
    };
    let space = line[marker..].len() - line[marker..].trim_start().len();
    if space == 0 { 0 } else { marker + space }
}

/// Whether a text says anything: signs alone are equal in every language, amounts are not.
fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
