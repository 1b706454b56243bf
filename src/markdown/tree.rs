//! The tree: nodes in preorder with their spans, and the inlines of the leaves in one flat list.

use crate::text::Span;

/// What a parse gives: always a tree, and what was odd about the input.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The YAML block at the top, if there is one.
    pub front_matter: Option<FrontMatter>,
    /// The blocks in preorder: a node's descendants follow it, up to its `end`.
    pub nodes: Vec<Node>,
    /// The inlines of all leaves; a node names its own by range.
    pub inlines: Vec<Inline>,
    /// Bilingual spans, in order of place.
    pub bilingual: Vec<BilingualSpan>,
    /// What is broken, with its place.
    pub problems: Vec<Problem>,
}

impl Tree {
    /// The inlines of one node.
    pub fn inlines_of(&self, node: &Node) -> &[Inline] {
        &self.inlines[node.inlines.0 as usize..node.inlines.1 as usize]
    }

    /// The node's ancestors, nearest first.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.nodes[node].parent, |&at| self.nodes[at as usize].parent).map(|at| at as usize)
    }

    /// The node's children, in order.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[node].end as usize;
        let first = node + 1;
        std::iter::successors((first < end).then_some(first), move |&at| {
            let next = self.nodes[at].end as usize;
            (next < end).then_some(next)
        })
    }
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its bytes, markers included.
    pub span: Span,
    /// The node it lies in.
    pub parent: Option<u32>,
    /// One past its last descendant in `Tree::nodes`.
    pub end: u32,
    /// Its inlines, as a range of `Tree::inlines`; empty for containers.
    pub inlines: (u32, u32),
}

/// The kinds of blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A paragraph.
    Paragraph,
    /// The text of a tight list item or of an alert's first line.
    Text,
    /// A heading. `anchor` is its `<a name="…">` or `{#…}`, if written.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The written anchor.
        anchor: Option<Box<str>>,
    },
    /// A block quote that is no alert.
    Quote,
    /// A note, tip, warning and so on.
    Alert {
        /// Which.
        kind: AlertKind,
        /// The bytes that say so: `[!NOTE]`, `**Note**`.
        marker: Span,
        /// Whether it is written in the form the site renders, `> [!NOTE]` on a line of its own.
        standard: bool,
    },
    /// A list.
    List {
        /// Numbered or bulleted.
        ordered: bool,
    },
    /// A list item.
    Item {
        /// The number as written, for ordered lists.
        number: Option<u32>,
        /// The bytes of the marker: `3.`, `-`.
        marker: Span,
        /// Whether a task's box is checked.
        task: Option<bool>,
    },
    /// A table.
    Table,
    /// A table row.
    Row {
        /// Whether it is the header.
        header: bool,
    },
    /// A table cell.
    Cell {
        /// 0-based column.
        column: u16,
    },
    /// A fenced or indented code block.
    Code {
        /// The word after the fence, lower case.
        language: Box<str>,
        /// The bytes between the fences.
        body: Span,
    },
    /// Raw HTML.
    Html,
    /// A thematic break.
    Break,
    /// A footnote's definition.
    Footnote {
        /// Its label.
        label: Box<str>,
    },
    /// `[!div …]`, `[!VIDEO …]`, `:::image …:::`, `:::zone …:::`, `# [Title](#tab/x)`, `{{< x >}}`, JSX blocks.
    Directive {
        /// Its name, lower case: `div`, `video`, `image`, `zone`, `zone-end`, `tab`, `shortcode`, `jsx`.
        name: Box<str>,
    },
}

/// The kinds of alerts, from mild to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Caution,
    Warning,
}

/// A piece of a leaf's content. Paired kinds come as an opening and a closing inline.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Its bytes: for an opening or closing mark the mark itself (`**`, `[`, `](url)`).
    pub span: Span,
}

/// The kinds of inlines.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum InlineKind {
    /// Text as written.
    Text,
    /// `\*`: the span covers both characters; the text is the second.
    Escape,
    /// `&amp;`: `text` is what it stands for.
    Entity {
        text: Box<str>,
    },
    /// Inline code; `body` is without the back-ticks.
    Code {
        body: Span,
    },
    StrongOpen,
    StrongClose,
    EmphasisOpen,
    EmphasisClose,
    StrikeOpen,
    StrikeClose,
    /// `[` of a link. `target` is the destination as written.
    LinkOpen {
        target: Span,
    },
    /// `](…)` of a link.
    LinkClose {
        target: Span,
    },
    /// `![`.
    ImageOpen {
        target: Span,
    },
    /// `](…)` of an image.
    ImageClose {
        target: Span,
    },
    /// A bare or angle-bracketed address.
    Autolink,
    /// One HTML tag or comment.
    Html,
    /// A line break that is not shown.
    SoftBreak,
    /// A line break that is shown.
    HardBreak,
    /// `[^1]`.
    FootnoteReference,
    /// What must survive and is no prose: `{{< x >}}`, `{name}`, `<Tabs>`, `:::image …:::`, `[!INCLUDE …]`.
    Placeholder,
}

/// `<span data-ttu-id="a-1">target</span><span class="sxs-lookup"><span data-stu-id="a-1">source</span></span>`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BilingualSpan {
    /// The written id.
    pub id: Span,
    /// The translated text.
    pub target: Span,
    /// The source text.
    pub source: Span,
    /// Everything, tags included.
    pub whole: Span,
}

/// The YAML block at the top of an article, or a whole YAML article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The block with its fences.
    pub span: Span,
    /// The YAML between the fences.
    pub body: Span,
    /// Its entries in order, nested ones with a dotted path (`metadata.title`, `items.0.name`).
    pub entries: Vec<Entry>,
}

impl FrontMatter {
    /// The first entry with this path.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.path == path)
    }

    /// The value of a key; empty when there is none.
    pub fn value(&self, path: &str) -> &str {
        self.get(path).map_or("", |entry| &entry.value)
    }
}

/// A key with a scalar value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key with those it lies in, joined by dots; list items count from 0.
    pub path: Box<str>,
    /// The bytes of the key (of the value, for a list item).
    pub key: Span,
    /// The bytes of the value as written, without quotes.
    pub span: Span,
    /// The value, unquoted and unfolded.
    pub value: Box<str>,
    /// How it is written.
    pub style: ScalarStyle,
}

/// How a YAML scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ScalarStyle {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|` or `>`
    Block,
}

/// Something broken that a reader or a renderer will stumble over.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// An earlier place that explains it: the first of two equal keys, the opening tag.
    pub other: Option<Span>,
    /// What is wrong, lower case, no full stop.
    pub message: String,
}

/// The kinds of problems; each is the business of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Front matter that YAML refuses, or that is odd enough to be read otherwise.
    FrontMatter,
    /// A key written twice.
    DuplicateKey,
    /// A bilingual span that is not closed, not paired, or nested.
    BilingualSpan,
    /// `<<<<<<<`, `>>>>>>>`.
    MergeConflict,
    /// Bytes that are not UTF-8.
    Encoding,
    /// Input that is larger or deeper than is read.
    Limit,
}
