//! One side of a pair of articles as the aligner sees it: for each segment its tokens, its place in
//! the structure and its length, without its text. Small, so that the articles that a lexicon is
//! learned from need not be held.

use super::length::Length;
use super::tokens::{self, Token, hash};
use crate::document::{Document, Role, Segment, Side};
use crate::markdown::NodeKind;
use crate::text::Span;

/// The segments of one side, front matter left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Strand {
    /// The segments, in order of place.
    pub pieces: Vec<Piece>,
    /// Whether segments of one block lie one behind the other, so that several can be one side of
    /// a bead. In a bilingual article the other side stands between them.
    pub joins: bool,
    /// The tokens of all pieces, each with how often the piece has it, sorted within a piece.
    tokens: Vec<(Token, u32)>,
}

/// One segment.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its index in the document.
    pub segment: usize,
    /// Its tokens, as a range of the strand's.
    tokens: (u32, u32),
    /// Its characters without white space; at least one.
    pub characters: f32,
    /// The same, ready to be compared.
    pub length: Length,
    /// Where it stands.
    pub shape: Shape,
    /// A heading's name in links, in words, and whether it is written.
    pub slug: Option<(Slug, bool)>,
    /// A hash of its tokens.
    pub bag: u64,
    /// A hash of its visible text; 0 where that is too short to tell anything.
    pub text: u64,
}

/// A heading's name in links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slug {
    /// Hash of the whole.
    whole: u64,
    /// Hashes of its words, sorted.
    words: Vec<u64>,
}

/// What kind of block a segment stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Heading,
    Paragraph,
    Item,
    Cell,
    Html,
}

/// How many kinds there are.
pub(super) const KINDS: usize = 5;

/// Places are told apart by numbers of items and columns up to these: what two places say is kept for
/// every two of them.
const MAX_NUMBER: u32 = 300;
const MAX_COLUMN: u16 = 100;

/// The block of a segment that is alone.
pub(super) const NO_LEAF: u32 = u32::MAX;

/// Where a segment stands in the structure of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    /// The kind of its block.
    pub kind: Kind,
    /// Heading level, depth of lists, or column.
    pub level: u16,
    /// Whether the list it stands in is numbered.
    pub ordered: bool,
    /// The number of its list item, where that is above 1 and not huge; else 0.
    pub number: u32,
    /// Whether it stands in a quote or an alert.
    pub quoted: bool,
    /// Its block; [`NO_LEAF`] where it stands in none.
    pub leaf: u32,
    /// Whether it begins its block.
    pub first: bool,
    /// Whether it ends its block.
    pub last: bool,
}

impl Strand {
    /// Reads the segments of one role.
    pub(super) fn of(document: &Document, role: Role) -> Self {
        let mut strand = Strand { joins: role == Role::Only, ..Strand::default() };
        let mut found = Vec::new();
        let (mut leaf, mut before) = (0, None);
        for (index, segment) in document.segments.iter().enumerate() {
            if segment.role != role || segment.entry.is_some() {
                continue;
            }
            let side = document.side(index);
            let mut piece = strand.read(&side, index, &mut found);
            // Between the texts of raw HTML a tag ends the block.
            let goes_on = before.is_some_and(|before: &Segment| {
                let gap = Span { start: before.span.end.min(segment.span.start), end: segment.span.start };
                before.node == segment.node
                    && before.inlines.1 <= segment.inlines.0
                    && (piece.shape.kind != Kind::Html || !document.slice(gap).contains('<'))
            });
            leaf += u32::from(!goes_on);
            before = Some(segment);
            if segment.node.is_some() {
                piece.shape.leaf = leaf;
            }
            strand.pieces.push(piece);
        }
        for at in 0..strand.pieces.len() {
            let last = !strand.share_leaf(at, at + 1);
            let first = at == 0 || strand.pieces[at - 1].shape.last;
            let shape = &mut strand.pieces[at].shape;
            (shape.first, shape.last) = (first, last);
        }
        strand
    }

    /// Whether two pieces stand in one block.
    pub(super) fn share_leaf(&self, one: usize, other: usize) -> bool {
        let leaf = |at: usize| self.pieces.get(at).map(|it| it.shape.leaf).filter(|it| *it != NO_LEAF);
        leaf(one).is_some() && leaf(one) == leaf(other)
    }

    /// The tokens of some segments that stand alone; for pairs that need no alignment.
    pub(super) fn bag(side: &Side<'_>) -> Vec<(Token, u32)> {
        let mut found = Vec::new();
        tokens::read(side, &mut found);
        counted(&mut found).collect()
    }

    /// The tokens of a piece, each once, with how often it is there.
    pub(super) fn tokens(&self, piece: &Piece) -> &[(Token, u32)] {
        &self.tokens[piece.tokens.0 as usize..piece.tokens.1 as usize]
    }

    fn read(&mut self, side: &Side<'_>, segment: usize, found: &mut Vec<Token>) -> Piece {
        found.clear();
        let characters = tokens::read(side, found).max(1) as f32;
        let from = self.tokens.len() as u32;
        self.tokens.extend(counted(found));
        let text = side.text();
        let shape = shape(side.document, side.node);
        let slug = (shape.kind == Kind::Heading).then(|| match side.kind() {
            Some(NodeKind::Heading { anchor: Some(anchor), .. }) => (Slug::of(anchor), true),
            _ => (Slug::of(&slugify(&text)), false),
        });
        let text = if characters > 3.0 { hash(text.trim()) } else { 0 };
        let bag = bag(&self.tokens[from as usize..]);
        let length = Length::new(characters);
        Piece { segment, tokens: (from, self.tokens.len() as u32), characters, length, shape, slug, bag, text }
    }
}

/// Equal bags have equal hashes.
fn bag(tokens: &[(Token, u32)]) -> u64 {
    tokens.iter().fold(0, |bag: u64, &(token, times)| {
        (bag.rotate_left(5) ^ token.value().wrapping_add(u64::from(times))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

fn counted(found: &mut [Token]) -> impl Iterator<Item = (Token, u32)> + '_ {
    found.sort_unstable();
    found.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32))
}

fn shape(document: &Document, node: Option<u32>) -> Shape {
    let mut shape = Shape {
        kind: Kind::Paragraph,
        level: 0,
        ordered: false,
        number: 0,
        quoted: false,
        leaf: NO_LEAF,
        first: true,
        last: true,
    };
    let Some(node) = node else { return shape };
    let tree = &document.tree;
    let mut depth = 0;
    let mut item = None;
    for ancestor in tree.ancestors(node as usize) {
        match tree.nodes[ancestor].kind {
            NodeKind::Item { number, .. } => {
                depth += 1;
                item = item.or(Some((ancestor, number)));
            }
            NodeKind::Quote | NodeKind::Alert { .. } => shape.quoted = true,
            _ => {}
        }
    }
    shape.level = depth;
    match &tree.nodes[node as usize].kind {
        NodeKind::Heading { level, .. } => (shape.kind, shape.level) = (Kind::Heading, u16::from(*level)),
        NodeKind::Cell { column } => (shape.kind, shape.level) = (Kind::Cell, (*column).min(MAX_COLUMN)),
        NodeKind::Html => shape.kind = Kind::Html,
        _ => {
            // The first block of an item is the item; what follows in it is a paragraph.
            if let Some((item, number)) = item
                && tree.children(item).next().is_some_and(|first| first == node as usize)
            {
                shape.kind = Kind::Item;
                shape.ordered = number.is_some();
                shape.number = number.filter(|it| (2..=MAX_NUMBER).contains(it)).unwrap_or(0);
            }
        }
    }
    shape
}

/// The name that GitHub and DocFX give a heading.
fn slugify(text: &str) -> String {
    let kept = text.trim().chars().filter(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | ' '));
    kept.flat_map(char::to_lowercase).map(|it| if it == ' ' { '-' } else { it }).collect()
}

impl Slug {
    fn of(text: &str) -> Self {
        let mut words: Vec<u64> = text.split('-').filter(|word| !word.is_empty()).map(hash).collect();
        words.sort_unstable();
        Slug { whole: hash(text), words }
    }

    /// The hash of the whole name.
    pub(super) fn whole(&self) -> u64 {
        self.whole
    }

    /// How much two names have in common, from 0 to 1 (Dice).
    pub(super) fn likeness(&self, other: &Slug) -> f32 {
        if self.whole == other.whole {
            return 1.0;
        }
        let (mut common, mut at) = (0usize, 0usize);
        for word in &self.words {
            while at < other.words.len() && other.words[at] < *word {
                at += 1;
            }
            if other.words.get(at) == Some(word) {
                common += 1;
                at += 1;
            }
        }
        2.0 * common as f32 / (self.words.len() + other.words.len()).max(1) as f32
    }
}
