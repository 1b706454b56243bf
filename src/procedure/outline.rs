//! The source of an article as sections of blocks: which segment stands in which paragraph, list
//! item, alert or table cell. Procedures and policies are read from this, and not from the tree.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::document::{Document, Format, Role, Side};
use crate::markdown::{AlertKind, InlineKind, NodeKind, Tag};

use super::model::SegmentId;

/// A segment of the source.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// Its place among all passages of the outline.
    pub index: usize,
    /// Where it stands.
    pub side: Side<'a>,
}

/// The source of an article.
#[derive(Debug, Default)]
pub struct Outline<'a> {
    /// All segments, in order, with their numbers.
    pub passages: Vec<(SegmentId, Side<'a>)>,
    /// The sections, in order; the first has no heading.
    pub sections: Vec<SectionOutline<'a>>,
}

/// A heading and the blocks under it, up to the next heading.
#[derive(Debug, Default)]
pub struct SectionOutline<'a> {
    /// The anchor: as written, or made of the words of the heading; unique in the article.
    pub id: String,
    /// 1 to 6; 0 for what stands before the first heading.
    pub level: u8,
    /// The section it lies in.
    pub parent: Option<usize>,
    /// The heading.
    pub title: Vec<Passage<'a>>,
    /// What stands under it.
    pub blocks: Vec<Block<'a>>,
}

/// A block.
#[derive(Debug)]
pub enum Block<'a> {
    /// A paragraph, or other running text.
    Paragraph(Vec<Passage<'a>>),
    /// A list.
    List(List<'a>),
    /// A note or warning.
    Alert(AlertBlock<'a>),
    /// A table.
    Table(Table<'a>),
    /// The heading of a tab: what follows is another way to do the same.
    Tab(Vec<Passage<'a>>),
    /// An image.
    Image(Image<'a>),
    /// A code block.
    Code(Code<'a>),
}

/// An image.
#[derive(Clone, Debug)]
pub struct Image<'a> {
    /// Its destination.
    pub source: Cow<'a, str>,
    /// What is read in its place, where no segment holds it.
    pub alt: Cow<'a, str>,
}

/// A code block.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    /// The word after the fence, lower case.
    pub language: &'a str,
    /// What stands in it.
    pub text: &'a str,
}

/// A list.
#[derive(Debug, Default)]
pub struct List<'a> {
    /// Numbered or bulleted.
    pub ordered: bool,
    /// Its items.
    pub items: Vec<Item<'a>>,
}

/// An item of a list.
#[derive(Debug, Default)]
pub struct Item<'a> {
    /// The number as written.
    pub written: Option<u32>,
    /// What stands in it.
    pub blocks: Vec<Block<'a>>,
}

impl<'a> Item<'a> {
    /// An item of running text.
    pub(super) fn of(passages: &[&Passage<'a>]) -> Self {
        Item { written: None, blocks: vec![Block::Paragraph(passages.iter().map(|it| **it).collect())] }
    }
}

/// A note or warning.
#[derive(Debug)]
pub struct AlertBlock<'a> {
    /// Which.
    pub kind: AlertKind,
    /// What stands in it.
    pub blocks: Vec<Block<'a>>,
}

/// A table.
#[derive(Debug, Default)]
pub struct Table<'a> {
    /// The header's cells.
    pub head: Vec<Vec<Passage<'a>>>,
    /// The other rows.
    pub rows: Vec<Row<'a>>,
}

/// A row: its cells.
#[derive(Debug, Default)]
pub struct Row<'a> {
    /// Each with its segments.
    pub cells: Vec<Vec<Passage<'a>>>,
}

impl<'a> Outline<'a> {
    /// Reads the source of a document: of a bilingual one its source sides, with what stands
    /// outside of the spans.
    pub fn of(document: &'a Document) -> Self {
        if document.format == Format::Yaml {
            return super::questions::outline(document);
        }
        let by_node = vec![Vec::new(); document.tree.nodes.len()];
        let mut reader = Reader { document, by_node, passages: Vec::new(), taken: HashSet::new() };
        reader.collect();
        let mut sections = vec![SectionOutline::default()];
        let mut at = 0;
        while at < document.tree.nodes.len() {
            let node = &document.tree.nodes[at];
            match &node.kind {
                NodeKind::Heading { level, anchor } => {
                    let title = reader.passages_of(at);
                    let id = section_id(anchor.as_deref(), &title, &sections);
                    let parent = sections.iter().rposition(|it| it.level < *level && it.level > 0);
                    sections.push(SectionOutline { id, level: *level, parent, title, blocks: Vec::new() });
                }
                _ => {
                    let blocks = reader.blocks_of(at);
                    sections.last_mut().expect("there is a first section").blocks.extend(blocks);
                }
            }
            at = node.end as usize;
        }
        Outline { passages: reader.passages, sections }
    }

    /// The number of a passage.
    pub fn number(&self, passage: &Passage<'_>) -> &SegmentId {
        &self.passages[passage.index].0
    }
}

struct Reader<'a> {
    document: &'a Document,
    /// The passages of each node, by index.
    by_node: Vec<Vec<usize>>,
    passages: Vec<(SegmentId, Side<'a>)>,
    /// The numbers given so far: copied spans carry one twice.
    taken: HashSet<SegmentId>,
}

impl<'a> Reader<'a> {
    fn collect(&mut self) {
        let document = self.document;
        for (index, segment) in document.segments.iter().enumerate() {
            let Some(node) = segment.node.filter(|_| segment.role != Role::Target) else { continue };
            let written = segment.pair.map(|pair| document.slice(document.tree.bilingual[pair as usize].id));
            let number = written.and_then(|id| id.rsplit('-').next()).map(str::to_owned);
            // Text outside of the spans of a bilingual article has no number of its own.
            let number = number.unwrap_or_else(|| match document.is_bilingual() {
                true => format!("x{}", self.passages.len() + 1),
                false => (self.passages.len() + 1).to_string(),
            });
            let number = match self.taken.contains(&number) {
                true => format!("{number}-{}", self.passages.len() + 1),
                false => number,
            };
            self.taken.insert(number.clone());
            self.by_node[node as usize].push(self.passages.len());
            self.passages.push((number, document.side(index)));
        }
    }

    fn passages_of(&self, node: usize) -> Vec<Passage<'a>> {
        let passage = |&index: &usize| Passage { index, side: self.passages[index].1 };
        self.by_node[node].iter().map(passage).collect()
    }

    /// All passages of a node and of what lies in it.
    fn passages_in(&self, node: usize) -> Vec<Passage<'a>> {
        let end = self.document.tree.nodes[node].end as usize;
        (node..end).flat_map(|at| self.passages_of(at)).collect()
    }

    fn children(&self, node: usize) -> Vec<Block<'a>> {
        let own = self.passages_of(node);
        let first = (!own.is_empty()).then_some(Block::Paragraph(own));
        let inner = self.document.tree.children(node).flat_map(|child| self.blocks_of(child));
        first.into_iter().chain(self.images(node)).chain(inner).collect()
    }

    /// The images of a leaf.
    fn images(&self, node: usize) -> impl Iterator<Item = Block<'a>> + use<'a> {
        images(self.document, node).map(Block::Image)
    }

    fn blocks_of(&self, node: usize) -> Vec<Block<'a>> {
        match &self.document.tree.nodes[node].kind {
            NodeKind::Alert { kind, .. } => vec![Block::Alert(AlertBlock { kind: *kind, blocks: self.children(node) })],
            NodeKind::List { ordered } => {
                let items = self.document.tree.children(node).map(|item| {
                    let written = match self.document.tree.nodes[item].kind {
                        NodeKind::Item { number, .. } => number,
                        _ => None,
                    };
                    Item { written, blocks: self.children(item) }
                });
                vec![Block::List(List { ordered: *ordered, items: items.collect() })]
            }
            NodeKind::Table => vec![Block::Table(self.table(node))],
            NodeKind::Code { language, body } => {
                vec![Block::Code(Code { language, text: self.document.slice(*body) })]
            }
            NodeKind::Directive { name } if **name == *"tab" => vec![Block::Tab(self.passages_of(node))],
            NodeKind::Directive { name } if **name == *"image" => {
                let written = self.document.slice(self.document.tree.nodes[node].span);
                let image = directive_image(written).map(Block::Image);
                image.into_iter().chain(self.children(node)).collect()
            }
            // A heading inside a quote or an item names no section.
            _ => self.children(node),
        }
    }

    fn table(&self, node: usize) -> Table<'a> {
        let mut table = Table::default();
        for row in self.document.tree.children(node) {
            let cells = self.document.tree.children(row).map(|cell| self.passages_in(cell)).collect();
            match self.document.tree.nodes[row].kind {
                NodeKind::Row { header: true } => table.head = cells,
                _ => table.rows.push(Row { cells }),
            }
        }
        table
    }
}

/// The images of a document that are no Markdown, in order.
pub(crate) fn images_of(document: &Document) -> impl Iterator<Item = Image<'_>> {
    (0..document.tree.nodes.len()).flat_map(move |at| {
        let node = &document.tree.nodes[at];
        let is_own = matches!(&node.kind, NodeKind::Directive { name } if **name == *"image");
        let own = is_own.then(|| directive_image(document.slice(node.span))).flatten();
        own.into_iter().chain(images(document, at)).filter(|it| !it.alt.is_empty())
    })
}

/// The images of a leaf: among its inlines, or anywhere in a block of HTML.
fn images(document: &Document, at: usize) -> impl Iterator<Item = Image<'_>> {
    let node = &document.tree.nodes[at];
    let html = if node.kind == NodeKind::Html { document.slice(node.span) } else { "" };
    let inline = move |inline: &crate::markdown::Inline| match inline.kind {
        InlineKind::ImageOpen { target } => Some(Image { source: document.slice(target).into(), alt: "".into() }),
        InlineKind::Placeholder => directive_image(document.slice(inline.span)),
        InlineKind::Html if html.is_empty() => Tag::read(document.slice(inline.span)).and_then(html_image),
        _ => None,
    };
    Tag::read_all(html).filter_map(html_image).chain(document.tree.inlines_of(node).iter().filter_map(inline))
}

fn html_image<'a>(tag: Tag) -> Option<Image<'a>> {
    let (source, alt) = tag.image()?;
    Some(Image { source: source.into(), alt: alt.into() })
}

/// What `:::image source="…" alt-text="…":::` shows.
fn directive_image(directive: &str) -> Option<Image<'_>> {
    let rest = directive.trim_start().strip_prefix(":::image")?;
    let attribute = |start: &str| rest.split_once(start)?.1.split('"').next();
    let source = attribute("source=\"")?.into();
    // A bilingual text has segments.
    let alt = attribute("alt-text=\"").filter(|it| !it.contains("data-ttu-id")).unwrap_or_default();
    Some(Image { source, alt: alt.trim().into() })
}

/// The anchor of a heading; a number is put behind it where another has it already.
pub(super) fn section_id(written: Option<&str>, title: &[Passage<'_>], before: &[SectionOutline<'_>]) -> String {
    let words: String = title.iter().map(|it| it.side.text().into_owned()).collect::<Vec<_>>().join(" ");
    let id = written.map_or_else(|| slug(&words), str::to_owned);
    let taken = |id: &str| before.iter().any(|it| it.id == id);
    if !taken(&id) {
        return id;
    }
    (1..).map(|number| format!("{id}-{number}")).find(|id| !taken(id)).unwrap_or(id)
}

/// An anchor as the site makes it of a heading: lower case, spaces to hyphens, signs left out.
pub(super) fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for character in words.trim().chars().flat_map(char::to_lowercase) {
        match character {
            ' ' | '-' => slug.push('-'),
            '_' => slug.push('_'),
            _ if character.is_alphanumeric() => slug.push(character),
            _ => {}
        }
    }
    slug
}
