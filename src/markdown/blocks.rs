//! Events of `pulldown-cmark` → nodes in preorder.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::dialect::{self, QuoteHead};
use super::inlines::{Collector, options};
use super::{AlertKind, Inline, InlineKind, Node, NodeKind, Problem, ProblemKind, Tree};
use crate::text::Span;

/// Deeper nesting than this is flattened; no article comes near it.
const MAX_DEPTH: usize = 100;

/// Reads an article. It always answers a tree.
pub fn parse(text: &str) -> Tree {
    let mut tree = Tree::default();
    let mut start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let clean = merge_conflicts(text, &mut tree.problems);
    let text = clean.as_deref().unwrap_or(text);
    if let Some((span, body)) = super::front_matter::locate(text) {
        start = span.end as usize;
        tree.front_matter = Some(super::front_matter::parse_yaml(text, span, body, &mut tree.problems));
    } else if let Some(span) = super::front_matter::unclosed(text) {
        let message = "the front matter has no line `---` at its end, so it shows as text".into();
        tree.problems.push(Problem { kind: ProblemKind::FrontMatter, span, other: None, message });
    }
    let (bilingual, problems) = super::bilingual::scan(text);
    tree.bilingual = bilingual;
    tree.problems.extend(problems);

    let masked = hide_bilingual(&text[start..], start, &tree.bilingual);
    let visible = masked.as_deref().unwrap_or(&text[start..]);
    let hidden = dialect::hide_fences(visible);
    let body = hidden.as_ref().map_or(visible, |(hidden, _)| hidden.as_str());
    let fences: &[dialect::Fence] = hidden.as_ref().map_or(&[], |(_, fences)| fences);
    let mut builder = Builder {
        original: &text[start..],
        offset: start,
        fences,
        collector: Collector::new(body),
        tree,
        open: Vec::new(),
        leaf: None,
        column: 0,
        pair: 0,
    };
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        builder.event(event, range);
    }
    while !builder.open.is_empty() {
        builder.close();
    }
    let mut tree = builder.tree;
    shift(&mut tree, start);
    tree
}

/// The body with a word of the same length in place of each bilingual span, if there is one. The
/// sides are read on their own: no mark in one can find its partner in the other, and nothing in
/// them can begin a block.
fn hide_bilingual(body: &str, offset: usize, pairs: &[super::BilingualSpan]) -> Option<String> {
    let first = pairs.partition_point(|pair| (pair.whole.start as usize) < offset);
    let pairs = pairs.get(first..).filter(|pairs| !pairs.is_empty())?;
    let mut masked = String::with_capacity(body.len());
    for pair in pairs {
        let (start, end) = (pair.whole.start as usize - offset, pair.whole.end as usize - offset);
        masked.push_str(&body[masked.len()..start]);
        for line_end in memchr::memchr2_iter(b'\n', b'\r', &body.as_bytes()[start..end]) {
            hide_to(&mut masked, start + line_end);
            masked.push_str(&body[start + line_end..start + line_end + 1]);
        }
        hide_to(&mut masked, end);
    }
    masked.push_str(&body[masked.len()..]);
    Some(masked)
}

/// Makes `text` so long with letters that are no text.
fn hide_to(text: &mut String, length: usize) {
    const WORD: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    while text.len() < length {
        text.push_str(&WORD[..WORD.len().min(length - text.len())]);
    }
}

struct Builder<'a> {
    /// The body as written; as long as the CommonMark parser sees it.
    original: &'a str,
    offset: usize,
    fences: &'a [dialect::Fence],
    collector: Collector<'a>,
    tree: Tree,
    /// The nodes that are open, outermost first; `None` for one beyond the depth limit.
    open: Vec<Option<u32>>,
    /// The leaf that takes inlines now.
    leaf: Option<u32>,
    column: u16,
    /// The first bilingual span that does not end before the current event.
    pair: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            // Beyond the depth limit nothing is looked at: a level would cost as much as the rest.
            Event::Start(tag) if is_block(&tag) && self.open.len() >= MAX_DEPTH => self.start(NodeKind::Break, range),
            Event::Start(tag) => match self.block(&tag, &range) {
                Some(kind) => {
                    self.end_text();
                    self.start(kind, range);
                }
                None => self.inline(&Event::Start(tag), range),
            },
            Event::End(end) => {
                let block = matches!(
                    end,
                    TagEnd::Paragraph
                        | TagEnd::Heading(_)
                        | TagEnd::BlockQuote(_)
                        | TagEnd::CodeBlock
                        | TagEnd::HtmlBlock
                        | TagEnd::List(_)
                        | TagEnd::Item
                        | TagEnd::FootnoteDefinition
                        | TagEnd::Table
                        | TagEnd::TableHead
                        | TagEnd::TableRow
                        | TagEnd::TableCell
                        | TagEnd::MetadataBlock(_)
                );
                if block {
                    self.end_text();
                    self.close();
                } else {
                    self.inline(&Event::End(end), range);
                }
            }
            Event::Rule => {
                self.end_text();
                let kind = self.fence_at(&range).unwrap_or(NodeKind::Break);
                self.start(kind, range);
                self.close();
            }
            Event::TaskListMarker(checked) => {
                if let Some(item) = self.open.iter().rev().flatten().next()
                    && let NodeKind::Item { task, .. } = &mut self.tree.nodes[*item as usize].kind
                {
                    *task = Some(checked);
                }
            }
            event => self.inline(&event, range),
        }
    }

    /// The node a block-level tag opens; `None` for an inline.
    fn block(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Option<NodeKind> {
        let raw = &self.original[range.clone()];
        Some(match tag {
            Tag::Paragraph => self.directive_at(raw).unwrap_or(NodeKind::Paragraph),
            Tag::Heading { level, id, .. } => match tab(raw) {
                true => NodeKind::Directive { name: "tab".into() },
                false => NodeKind::Heading { level: number(*level), anchor: id.as_deref().map(Into::into) },
            },
            Tag::BlockQuote(kind) => self.quote(*kind, raw, range.start),
            Tag::CodeBlock(kind) => self.code(kind, raw, range),
            Tag::HtmlBlock => self.fence_at(range).unwrap_or(NodeKind::Html),
            Tag::List(first) => NodeKind::List { ordered: first.is_some() },
            Tag::Item => item(raw, range.start),
            Tag::FootnoteDefinition(label) => NodeKind::Footnote { label: label.as_ref().into() },
            Tag::Table(_) => NodeKind::Table,
            Tag::TableHead => {
                self.column = 0;
                NodeKind::Row { header: true }
            }
            Tag::TableRow => {
                self.column = 0;
                NodeKind::Row { header: false }
            }
            Tag::TableCell => {
                self.column += 1;
                NodeKind::Cell { column: self.column - 1 }
            }
            Tag::MetadataBlock(_) => NodeKind::Break,
            _ => return None,
        })
    }

    fn quote(&self, kind: Option<BlockQuoteKind>, raw: &str, start: usize) -> NodeKind {
        let lead = raw.len() - raw.trim_start_matches([' ', '\t', '>']).len();
        let line = raw[lead..].lines().next().unwrap_or_default();
        if let Some(kind) = kind {
            let kind = match kind {
                BlockQuoteKind::Note => AlertKind::Note,
                BlockQuoteKind::Tip => AlertKind::Tip,
                BlockQuoteKind::Important => AlertKind::Important,
                BlockQuoteKind::Warning => AlertKind::Warning,
                BlockQuoteKind::Caution => AlertKind::Caution,
            };
            let marker = Span::new(start + lead, start + lead + line.trim_end().len());
            return NodeKind::Alert { kind, marker, standard: true };
        }
        // The marker may lie inside a bilingual span, and be translated.
        let (skip, target) = after_tags(line);
        let head = dialect::quote_head(target).map(|head| (skip, head)).or_else(|| {
            let source = line.find("data-stu-id=").filter(|_| skip > 0)?;
            let skip = source + line[source..].find('>')? + 1;
            dialect::quote_head(&line[skip..]).map(|head| (skip, head))
        });
        let (skip, head) = head.map_or((0, None), |(skip, head)| (skip, Some(head)));
        match head {
            Some(QuoteHead::Alert(kind, length)) => {
                let from = start + lead + skip;
                NodeKind::Alert { kind, marker: Span::new(from, from + length), standard: false }
            }
            Some(QuoteHead::Directive(name)) => NodeKind::Directive { name },
            None => NodeKind::Quote,
        }
    }

    fn code(&self, kind: &CodeBlockKind<'_>, raw: &str, range: &Range<usize>) -> NodeKind {
        match kind {
            CodeBlockKind::Indented => NodeKind::Code { language: "".into(), body: Span::from(range.clone()) },
            CodeBlockKind::Fenced(info) => {
                let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_lowercase().into();
                let from = raw.find('\n').map_or(raw.len(), |at| at + 1);
                let trimmed = raw.trim_end();
                let last = trimmed.rfind('\n').map_or(0, |at| at + 1);
                let closed = last >= from && {
                    let fence = trimmed[last..].trim_start_matches([' ', '\t', '>']);
                    fence.starts_with("```") || fence.starts_with("~~~")
                };
                let to = if closed { last } else { raw.len() };
                NodeKind::Code { language, body: Span::new(range.start + from, range.start + to.max(from)) }
            }
        }
    }

    /// A `:::` line hidden at this place.
    fn fence_at(&self, range: &Range<usize>) -> Option<NodeKind> {
        let index = self.fences.partition_point(|fence| fence.end <= range.start);
        let fence = self.fences.get(index).filter(|fence| fence.start < range.end)?;
        Some(NodeKind::Directive { name: dialect::fence_name(&self.original[fence.start..fence.end]) })
    }

    /// A paragraph that is no prose: `[!INCLUDE …]`, `[!VIDEO …]`, a shortcode alone.
    fn directive_at(&self, raw: &str) -> Option<NodeKind> {
        let trimmed = raw.trim();
        if let Some(rest) = trimmed.strip_prefix("[!") {
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            let lone = trimmed.ends_with([']', ')']) && !trimmed.contains("\n\n");
            // What stands below `[!div …]` is shown, in a box.
            let frame = name.eq_ignore_ascii_case("div") && trimmed.contains('\n');
            if !name.is_empty()
                && lone
                && !frame
                && dialect::alert_kind(&name).is_none()
                && !raw.contains("data-ttu-id")
            {
                return Some(NodeKind::Directive { name: name.to_lowercase().into() });
            }
        }
        if dialect::is_module_line(trimmed) {
            return Some(NodeKind::Directive { name: "jsx".into() });
        }
        let shortcode = trimmed.starts_with("{{") && trimmed.ends_with("}}") && trimmed.matches("{{").count() == 1;
        shortcode.then(|| NodeKind::Directive { name: "shortcode".into() })
    }

    fn start(&mut self, kind: NodeKind, range: Range<usize>) {
        if self.open.len() >= MAX_DEPTH {
            if self.open.len() == MAX_DEPTH {
                let span = Span::new(self.offset + range.start, self.offset + range.end);
                let message = "blocks nested too deep; they are read as one".into();
                self.tree.problems.push(Problem { kind: ProblemKind::Limit, span, other: None, message });
            }
            self.open.push(None);
            return;
        }
        let leaf = matches!(
            kind,
            NodeKind::Paragraph
                | NodeKind::Heading { .. }
                | NodeKind::Cell { .. }
                | NodeKind::Html
                | NodeKind::Directive { .. }
                | NodeKind::Text
        );
        let code = matches!(kind, NodeKind::Code { .. });
        let at = self.tree.nodes.len() as u32;
        let first = self.tree.inlines.len() as u32;
        let parent = self.open.iter().rev().flatten().next().copied();
        self.tree.nodes.push(Node { kind, span: Span::from(range), parent, end: at + 1, inlines: (first, first) });
        self.open.push(Some(at));
        if leaf || code {
            self.leaf = Some(at);
        }
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        let Some(at) = closed else { return };
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[at as usize];
        node.end = end;
        if self.leaf == Some(at) {
            node.inlines.1 = self.tree.inlines.len() as u32;
            self.leaf = None;
            self.anchor(at as usize);
        }
    }

    /// Ends the text of a tight item before the next block in it.
    fn end_text(&mut self) {
        if let Some(leaf) = self.leaf
            && self.tree.nodes[leaf as usize].kind == NodeKind::Text
        {
            self.close();
        }
    }

    fn inline(&mut self, event: &Event<'_>, range: Range<usize>) {
        if self.open.last() == Some(&None) {
            return;
        }
        if let Some(leaf) = self.leaf
            && matches!(self.tree.nodes[leaf as usize].kind, NodeKind::Code { .. })
        {
            return;
        }
        if self.leaf.is_none() {
            self.start(NodeKind::Text, range.start..range.start);
        }
        if let Some(leaf) = self.leaf {
            let node = &mut self.tree.nodes[leaf as usize];
            if node.kind == NodeKind::Text {
                node.span.end = node.span.end.max(range.end as u32);
            }
        }
        // What lies in a bilingual span is read later, each side on its own.
        let offset = self.offset as u32;
        let (start, end) = (range.start as u32 + offset, range.end as u32 + offset);
        while self.tree.bilingual.get(self.pair).is_some_and(|pair| pair.whole.end <= start) {
            self.pair += 1;
        }
        let Event::Text(_) = event else {
            let within = |pair: &super::BilingualSpan| pair.whole.start <= start && end <= pair.whole.end;
            if !self.tree.bilingual.get(self.pair).is_some_and(within) {
                self.collector.push(event, range, &mut self.tree.inlines);
            }
            return;
        };
        let mut from = range.start;
        for pair in self.tree.bilingual[self.pair..].iter().take_while(|pair| pair.whole.start < end) {
            let (open, close) = (pair.whole.start.max(start) - offset, pair.whole.end.min(end) - offset);
            self.collector.text(from..open as usize, &mut self.tree.inlines);
            from = close as usize;
        }
        if from == range.start {
            self.collector.push(event, range, &mut self.tree.inlines);
        } else {
            self.collector.text(from..range.end, &mut self.tree.inlines);
        }
    }

    /// Reads the `<a name>` of a heading.
    fn anchor(&mut self, at: usize) {
        let node = &self.tree.nodes[at];
        let NodeKind::Heading { anchor: None, .. } = node.kind else { return };
        let inlines = &self.tree.inlines[node.inlines.0 as usize..node.inlines.1 as usize];
        let found = inlines.iter().filter(|inline| inline.kind == InlineKind::Html).find_map(|inline| {
            let raw = &self.original[inline.span.range()];
            // What all generators of anchors write needs no tokenizer.
            let name = raw.strip_prefix("<a name=\"").and_then(|rest| rest.split_once('"')).map(|(name, _)| name);
            if let Some(name) = name.filter(|name| !name.contains(['&', '\r', '\n', '\0'])) {
                return Some(name.into());
            }
            let tag = raw.starts_with("<a").then(|| super::Tag::read(raw)).flatten()?;
            tag.attribute("name").or(tag.attribute("id")).map(Into::into)
        });
        if let NodeKind::Heading { anchor, .. } = &mut self.tree.nodes[at].kind {
            *anchor = found;
        }
    }
}

/// Whether a tag opens a block.
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Whether a heading is the title of a tab: `# [Title](#tab/x)`.
fn tab(raw: &str) -> bool {
    let title = raw.trim().trim_start_matches('#').trim();
    title.starts_with('[') && title.ends_with(')') && title.contains("](#tab/")
}

fn item(raw: &str, start: usize) -> NodeKind {
    let lead = raw.len() - raw.trim_start().len();
    let digits = raw[lead..].bytes().take_while(u8::is_ascii_digit).count();
    let marker = Span::new(start + lead, start + lead + digits + 1);
    NodeKind::Item { number: raw[lead..lead + digits].parse().ok(), marker, task: None }
}

/// The offset behind tags at the start of a line, and the rest of the line.
fn after_tags(line: &str) -> (usize, &str) {
    let mut rest = line;
    while rest.starts_with("<span") {
        let Some(end) = rest.find('>') else { break };
        rest = &rest[end + 1..];
    }
    (line.len() - rest.len(), rest)
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Reports the lines that a version control system left behind, and answers the text with blanks in
/// their place, if there are any: both versions are prose, the marks between them are not.
fn merge_conflicts(text: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let begins = |at: usize| at == 0 || text.as_bytes()[at - 1] == b'\n';
    let mut found: Vec<usize> = Vec::new();
    for marker in ["<<<<<<< ", ">>>>>>> "] {
        found.extend(memchr::memmem::find_iter(text.as_bytes(), marker.as_bytes()).filter(|at| begins(*at)));
    }
    for &at in &found {
        let message = "a merge conflict marker was left in the article".into();
        let span = Span::new(at, at + 7);
        problems.push(Problem { kind: ProblemKind::MergeConflict, span, other: None, message });
    }
    let first = *found.iter().min()?;
    // The lines in between are marks only where a conflict is.
    for marker in ["\n=======\n", "\n=======\r\n", "\n||||||| "] {
        let inside = memchr::memmem::find_iter(&text.as_bytes()[first..], marker.as_bytes());
        found.extend(inside.map(|at| first + at + 1));
    }
    let mut clean = text.as_bytes().to_vec();
    for at in found {
        clean[at..].iter_mut().take_while(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    String::from_utf8(clean).ok()
}

/// Moves the spans of a body's tree to their places in the article.
fn shift(tree: &mut Tree, by: usize) {
    if by == 0 {
        return;
    }
    for node in &mut tree.nodes {
        node.span = node.span.shifted(by);
        match &mut node.kind {
            NodeKind::Alert { marker, .. } | NodeKind::Item { marker, .. } => *marker = marker.shifted(by),
            NodeKind::Code { body, .. } => *body = body.shifted(by),
            _ => {}
        }
    }
    tree.inlines.iter_mut().for_each(|inline| shift_inline(inline, by));
}

fn shift_inline(inline: &mut Inline, by: usize) {
    inline.span = inline.span.shifted(by);
    match &mut inline.kind {
        InlineKind::Code { body } => *body = body.shifted(by),
        InlineKind::LinkOpen { target }
        | InlineKind::LinkClose { target }
        | InlineKind::ImageOpen { target }
        | InlineKind::ImageClose { target } => *target = target.shifted(by),
        _ => {}
    }
}
