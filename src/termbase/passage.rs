//! Translation units as the learning of names and terms keeps them: what is written on both sides,
//! without the documents, and where it stands.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::bitext::{Bitext, Origin, Unit};
use crate::diagnostic::{Label, Labeler, UnitRef};
use crate::document::Side;
use crate::locale::is_unspaced;
use crate::markdown::InlineKind;
use crate::text::{LineIndex, Position, Source, Span, is_letter};

/// Stands for what is no word: code, an address, a placeholder.
pub(super) const MASK: char = '\u{FFFC}';
/// Values of `ms.translationtype` that say that a person translated.
const HUMAN: [&str; 1] = ["HT"];
/// A longer segment is data, and no sentence that could be learned from.
const MAX_BYTES: usize = 4000;

/// An article in one language, with the source beside it.
#[derive(Clone, Debug)]
pub struct Translation {
    /// Its path.
    pub path: Arc<str>,
    /// Its locale.
    pub locale: String,
    /// Whether its front matter says that a person translated it.
    pub human: bool,
    /// Its units, in order.
    pub passages: Vec<Passage>,
    /// What its comments keep quiet.
    pub muted: Vec<Muted>,
}

/// A rule that is kept quiet in some lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Muted {
    /// Its name; `all` for every rule.
    pub rule: String,
    /// The 1-based lines, both included.
    pub lines: (u32, u32),
}

/// A translation unit of an article.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Its id.
    pub id: Box<str>,
    /// What the source says: shared with the translations into other languages.
    pub source: Arc<Text>,
    /// What the target says.
    pub target: Text,
    /// Where the target begins.
    pub(super) start: Position,
}

/// One side of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// As written.
    pub raw: Box<str>,
    /// What a reader sees of it; `None` for all of it, just as it is written.
    pieces: Option<Box<[Piece]>>,
}

/// Bytes of the raw text that a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Piece {
    start: u32,
    end: u32,
    /// What is seen instead of them.
    shown: Option<char>,
}

impl Translation {
    /// The units of a bitext from which names and terms can be learned: sure pairs of one version.
    /// The lines are those of the target; `sources` keeps the source texts of all bitexts of an
    /// article, each once.
    pub fn of(bitext: &Bitext<'_>, lines: &LineIndex, sources: &mut HashSet<Arc<Text>>) -> Option<Self> {
        if !bitext.same_version() {
            return None;
        }
        let document = bitext.target;
        let passage = |unit: &Unit<'_>| {
            let (source, target) = (unit.source?, unit.target?);
            let unsure = matches!(unit.origin, Origin::Aligned(confidence) if confidence < 0.5);
            if unsure || source.span.len().max(target.span.len()) > MAX_BYTES || source.raw() == target.raw() {
                return None;
            }
            let source = Text::of(&source);
            let known = sources.get(&source).cloned();
            let source = known.unwrap_or_else(|| {
                let source = Arc::new(source);
                sources.insert(source.clone());
                source
            });
            let start = lines.position(target.document.source.text(), target.span.start);
            Some(Passage { id: (&*unit.id).into(), source, target: Text::of(&target), start })
        };
        let mut passages: Vec<Passage> = bitext.units.iter().filter_map(passage).collect();
        passages.shrink_to_fit();
        let human = HUMAN.contains(&document.meta("ms.translationtype"));
        let locale = document.locale.tag().to_owned();
        let muted = Vec::new();
        (!passages.is_empty()).then(|| Translation { path: document.path.clone(), locale, human, passages, muted })
    }

    /// Whether a comment keeps a rule quiet on a line.
    pub fn is_muted(&self, rule: &str, line: u32) -> bool {
        let covers = |it: &Muted| it.lines.0 <= line && line <= it.lines.1 && (it.rule == rule || it.rule == "all");
        self.muted.iter().any(covers)
    }
}

impl Passage {
    /// The unit as findings name it.
    pub fn reference(&self, translation: &Translation) -> UnitRef {
        UnitRef {
            id: self.id.to_string(),
            source: self.source.raw.to_string(),
            target: self.target.raw.to_string(),
            locale: translation.locale.clone(),
        }
    }

    /// A label on a stretch of what the target shows.
    pub fn label(&self, path: &Arc<str>, from: usize, to: usize, message: impl Into<String>) -> Label {
        let source = Source::from_bytes(self.target.raw.as_bytes().to_vec());
        let mut label = Labeler::new(path.clone(), &source).label(self.target.written(from, to), message);
        let first = self.start;
        for place in [&mut label.range.start, &mut label.range.end] {
            place.column += if place.line == 1 { first.column - 1 } else { 0 };
            place.line += first.line - 1;
            place.byte += first.byte;
        }
        label.excerpt.cut_before |= label.excerpt.line == 1 && first.column > 1;
        label.excerpt.line += first.line - 1;
        label
    }
}

impl Text {
    fn of(side: &Side<'_>) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(side.inlines.len());
        for inline in side.inlines {
            let (start, end) = (inline.span.start - side.span.start, inline.span.end - side.span.start);
            let piece = |shown| Piece { start, end, shown };
            match &inline.kind {
                InlineKind::Text => pieces.push(piece(None)),
                InlineKind::Escape => pieces.push(Piece { start: start + 1, end, shown: None }),
                InlineKind::Entity { text } => pieces.push(piece(text.chars().next())),
                InlineKind::SoftBreak | InlineKind::HardBreak => pieces.push(piece(Some(' '))),
                InlineKind::Code { .. } | InlineKind::Autolink | InlineKind::Placeholder => {
                    pieces.push(piece(Some(MASK)));
                }
                InlineKind::LinkOpen { .. } | InlineKind::LinkClose { .. } if parts_words(side.raw(), start, end) => {
                    pieces.push(piece(Some(' ')));
                }
                _ => {}
            }
        }
        let raw = side.raw();
        let is_all = matches!(&*pieces, [it] if *it == Piece::all(raw)) && raw.chars().all(|it| it == spaced(it));
        Text { raw: raw.into(), pieces: (!is_all).then(|| pieces.into()) }
    }

    /// What a reader sees, with every space a space.
    pub fn plain(&self) -> Cow<'_, str> {
        let Some(pieces) = &self.pieces else { return Cow::Borrowed(&self.raw) };
        let mut plain = String::with_capacity(self.raw.len());
        for piece in pieces {
            match piece.shown {
                Some(it) => plain.push(spaced(it)),
                None => {
                    let text = self.raw.get(piece.start as usize..piece.end as usize).unwrap_or_default();
                    match text.is_ascii() {
                        true => plain.push_str(text),
                        false => plain.extend(text.chars().map(spaced)),
                    }
                }
            }
        }
        plain.shrink_to_fit();
        Cow::Owned(plain)
    }

    /// The bytes of `raw` that show a stretch of the plain text.
    fn written(&self, from: usize, to: usize) -> Span {
        let all = [Piece::all(&self.raw)];
        let (mut at, mut found) = (0, None::<Span>);
        for piece in self.pieces.as_deref().unwrap_or(&all) {
            let mut characters = self.raw[piece.start as usize..piece.end as usize].char_indices();
            let mut step = |shown: char, start: u32, end: u32| {
                if (from..to).contains(&at) {
                    let span = Span { start, end };
                    found = Some(found.map_or(span, |it| it.cover(span)));
                }
                at += spaced(shown).len_utf8();
            };
            match piece.shown {
                Some(it) => step(it, piece.start, piece.end),
                None => characters.by_ref().for_each(|(offset, it)| {
                    let start = piece.start + offset as u32;
                    step(it, start, start + it.len_utf8() as u32);
                }),
            }
        }
        found.unwrap_or(Span { start: 0, end: self.raw.len() as u32 })
    }
}

impl Piece {
    /// All bytes of a text.
    fn all(raw: &str) -> Self {
        Piece { start: 0, end: raw.len() as u32, shown: None }
    }
}

/// Whether words stand on both sides of a mark: the space between them was lost.
fn parts_words(raw: &str, start: u32, end: u32) -> bool {
    let is_word = |it: Option<char>| it.is_some_and(|it| is_letter(it) && !is_unspaced(it));
    let before = raw.get(..start as usize).and_then(|it| it.chars().next_back());
    let after = raw.get(end as usize..).and_then(|it| it.chars().next());
    is_word(before) && is_word(after)
}

/// Spaces of every width are one.
fn spaced(it: char) -> char {
    if it.is_whitespace() { ' ' } else { it }
}
