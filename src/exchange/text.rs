//! A side of a unit as a translation tool shows it: text, and inline codes that must survive.

use std::collections::BTreeMap;

use super::atoms::{Atom, Inside, What};

/// One side of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Text and codes, in order; no two texts stand side by side.
    pub parts: Vec<Part>,
    /// The same as it is written in the article, for formats without codes.
    pub literal: String,
}

/// A piece of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that may be translated.
    Text(String),
    /// Markup that must survive.
    Code(Code),
}

/// An inline code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// From 1. Both halves of a pair have the same number, and so has the same code on the other side.
    pub number: u32,
    /// Whether it opens, closes or stands alone.
    pub shape: Shape,
    /// What it is.
    pub kind: CodeKind,
    /// Its bytes in the article.
    pub raw: String,
}

/// Whether a code is half of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Shape {
    Open,
    Close,
    Alone,
}

/// The kinds of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum CodeKind {
    Bold,
    Italic,
    Strike,
    Link,
    Image,
    /// Inline code of the article: its words are not translated.
    Code,
    Html,
    /// What a site fills in.
    Placeholder,
    /// A line break that a reader sees.
    Break,
    /// Markup that is no inline of its own.
    Other,
}

impl Text {
    /// Whether it says nothing and holds no code.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Its codes, in order.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.parts.iter().filter_map(|part| match part {
            Part::Code(code) => Some(code),
            Part::Text(_) => None,
        })
    }

    /// A text of these atoms, whose codes have these numbers.
    pub(super) fn of(tagged: &Inside<'_>, literal: &Inside<'_>, numbers: &Numbers) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for atom in &tagged.atoms {
            match (atom.what, parts.last_mut()) {
                (What::Char(it), Some(Part::Text(text))) => text.push(it),
                (What::Char(it), _) => parts.push(Part::Text(it.into())),
                (What::Code { number, shape, kind }, _) => {
                    let number = numbers.0.get(number as usize).copied().unwrap_or_default();
                    parts.push(Part::Code(Code { number, shape, kind, raw: atom.raw.to_owned() }));
                }
            }
        }
        Text { parts, literal: literal.text() }
    }
}

/// The numbers of the codes of a side, by the order in which they begin.
#[derive(Clone, Debug)]
pub(super) struct Numbers(pub Vec<u32>);

/// Numbers the codes of two sides so that the same code has the same number: those written alike
/// first, then those of a kind in their order. What only the target has follows behind.
pub(super) fn numbers(source: &[Atom<'_>], target: &[Atom<'_>]) -> (Numbers, Numbers) {
    let (source, target) = (codes(source), codes(target));
    let mut of_target = vec![0; target.len()];
    let mut free: Vec<bool> = vec![true; source.len()];
    for exactly in [true, false] {
        let same = |one: &Whole<'_>, other: &Whole<'_>| match exactly {
            true => one == other,
            false => (one.kind, one.shape) == (other.kind, other.shape),
        };
        for (number, code) in of_target.iter_mut().zip(&target).filter(|(number, _)| **number == 0) {
            let found = source.iter().zip(&free).position(|(other, free)| *free && same(code, other));
            if let Some(found) = found {
                (*number, free[found]) = (found as u32 + 1, false);
            }
        }
    }
    let mut next = source.len() as u32;
    for number in of_target.iter_mut().filter(|number| **number == 0) {
        next += 1;
        *number = next;
    }
    (Numbers((1..=source.len() as u32).collect()), Numbers(of_target))
}

/// A code with its other half.
#[derive(PartialEq)]
struct Whole<'a> {
    kind: super::CodeKind,
    shape: Shape,
    open: &'a str,
    close: &'a str,
}

/// The codes of a side, in the order in which they begin, which is that of their numbers.
fn codes<'a>(atoms: &[Atom<'a>]) -> Vec<Whole<'a>> {
    let mut found: BTreeMap<u32, Whole<'a>> = BTreeMap::new();
    for atom in atoms {
        let What::Code { number, shape, kind } = atom.what else { continue };
        let code = found.entry(number).or_insert(Whole { kind, shape, open: "", close: "" });
        match shape {
            Shape::Close => code.close = atom.raw,
            Shape::Open | Shape::Alone => code.open = atom.raw,
        }
    }
    found.into_values().collect()
}
