//! Edits → an article. The edited targets are spliced into the bytes of the article; it is then
//! read once more, and nothing but the targets that were meant may have changed.

use std::mem::discriminant;

use super::atoms::{Atom, Inside, What};
use super::rebuild::{self, Care, Wanted, numbered};
use super::text::{Shape, numbers};
use super::{CodeKind, NewText};
use crate::diagnostic::Edit;
use crate::document::{self, Document, Role, Side};
use crate::markdown::{Inline, InlineKind, NodeKind, ProblemKind, ScalarStyle};
use crate::text::{Source, Span, splice};

/// Why an edit is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum Refusal {
    #[error("there is no such article here")]
    NoArticle,
    #[error("the article has no such unit; its source may have changed since the export")]
    NoUnit,
    #[error("the article has no place for it: the segment is missing in the translation")]
    NoPlace,
    #[error("it came back twice, with different texts")]
    Twice,
    #[error("its lock is missing, so it cannot be known whether the article has changed since the export")]
    NoLock,
    #[error("the source has changed since the export")]
    SourceChanged,
    #[error("the article has changed since the export, and so has the translation: the article says “{current}”")]
    Conflict { current: String },
    #[error("it came back empty")]
    Empty,
    #[error("{0}")]
    Unreadable(String),
    #[error("the code {0} is not one of this unit")]
    UnknownCode(u32),
    #[error("the code {0} stands twice")]
    CodeTwice(u32),
    #[error("the code {number} (`{raw}`) is missing")]
    MissingCode { number: u32, raw: String },
    #[error("the codes around {0} cross, or one of a pair is missing")]
    CrossedCodes(u32),
    #[error("a line break cannot stand in a segment")]
    LineBreak,
    #[error("the character U+{:04X} cannot stand in an article", u32::from(*.0))]
    Control(char),
    #[error("bytes that are not UTF-8 text stand there; save the article as UTF-8 first")]
    Encoding,
    #[error("it would change the structure of the article")]
    Structure,
}

/// A target to be rewritten.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// Where it stands.
    pub target: Side<'a>,
    /// What it translates.
    pub source: Option<Side<'a>>,
    /// What is to stand there.
    pub text: NewText,
}

/// What became of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The article says so already.
    Unchanged,
    /// The article changed since the export, and what came back did not.
    Kept,
    /// It is rewritten: what it was, what it is.
    Written {
        /// As it was written in the article.
        before: String,
        /// As it is written now.
        after: String,
    },
    /// It is left as it was, and why.
    Refused(Refusal),
}

/// Edits of one article, and what became of each.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// What is to be replaced, in order of place.
    pub edits: Vec<Edit>,
    /// For each change in the order given, what became of it.
    pub outcomes: Vec<Outcome>,
}

/// Works changes into an article. Each is tried with its characters written as the article writes
/// them, then with more care, and refused where the article read once more is not the same but for
/// it.
pub fn merge(document: &Document, changes: &[Change<'_>]) -> Merged {
    let mut merged = Merged::default();
    let mut plans: Vec<(usize, Plan<'_>)> = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        merged.outcomes.push(match Plan::of(change) {
            Ok(plan) if plan.stands_already() => Outcome::Unchanged,
            Ok(plan) => {
                plans.push((index, plan));
                Outcome::Unchanged
            }
            Err(refusal) => Outcome::Refused(refusal),
        });
    }
    plans.sort_by_key(|(_, plan)| plan.span.start);
    let cares = choose(document, &plans.iter().map(|(_, plan)| plan).collect::<Vec<_>>());
    for ((index, plan), care) in plans.iter().zip(&cares) {
        let before = document.slice(plan.span).to_owned();
        merged.outcomes[*index] = match care.map(|care| plan.raw(care)) {
            Some(after) if after == before => Outcome::Unchanged,
            Some(after) => {
                merged.edits.push(Edit { span: plan.span, text: after.clone() });
                Outcome::Written { before, after }
            }
            None => Outcome::Refused(Refusal::Structure),
        };
    }
    merged
}

/// How each is to be written so that all of them fit together; `None` for those that do not fit.
fn choose(document: &Document, plans: &[&Plan<'_>]) -> Vec<Option<Care>> {
    let with = |cares: &[Option<Care>]| -> Vec<(&Plan<'_>, Care)> {
        plans.iter().zip(cares).filter_map(|(plan, care)| Some((*plan, (*care)?))).collect()
    };
    let plain = vec![Some(Care::Habit); plans.len()];
    if fits(document, &with(&plain)) {
        return plain;
    }
    // One at a time tells which of them does not fit, or needs more care.
    let alone = |plan: &Plan<'_>| plan.cares().into_iter().find(|&care| fits(document, &[(plan, care)]));
    let mut cares: Vec<Option<Care>> = plans.iter().map(|plan| alone(plan)).collect();
    if fits(document, &with(&cares)) {
        return cares;
    }
    // Two that fit alone may not fit together: the later one gives way.
    let all = std::mem::replace(&mut cares, vec![None; plans.len()]);
    for (at, care) in all.into_iter().enumerate() {
        cares[at] = care;
        if !fits(document, &with(&cares)) {
            cares[at] = None;
        }
    }
    cares
}

/// A change that its codes allow.
struct Plan<'a> {
    target: Side<'a>,
    span: Span,
    current: Vec<Atom<'a>>,
    source: Vec<Atom<'a>>,
    goal: Goal<'a>,
}

enum Goal<'a> {
    Tagged(Vec<Wanted<'a>>),
    Literal(String),
}

impl<'a> Plan<'a> {
    fn of(change: &Change<'a>) -> Result<Self, Refusal> {
        let none = || Inside { span: Span::default(), atoms: Vec::new() };
        // What is shown of such bytes is not what they are, and would be written in their place.
        let file = &change.target.document.source;
        if file.is_utf16() || file.invalid().iter().any(|it| it.overlaps(change.target.span)) {
            return Err(Refusal::Encoding);
        }
        let tagged = Inside::tagged(&change.target);
        let source = change.source.as_ref().map_or_else(none, Inside::tagged);
        let (of_source, of_target) = numbers(&source.atoms, &tagged.atoms);
        let (current, from) = (numbered(&tagged, &of_target), numbered(&source, &of_source));
        let goal = match &change.text {
            NewText::Tagged(parts) => Goal::Tagged(rebuild::wanted(parts, &current, &from)?),
            NewText::Unreadable(reason) => return Err(Refusal::Unreadable(reason.clone())),
            NewText::Literal(text) => {
                let text = text.trim();
                if text.contains(['\n', '\r']) {
                    return Err(Refusal::LineBreak);
                }
                if let Some(it) = text.chars().find(|it| it.is_control() && *it != '\t') {
                    return Err(Refusal::Control(it));
                }
                Goal::Literal(match change.target.kind() {
                    Some(NodeKind::Cell { .. }) => in_cell(text),
                    _ => text.to_owned(),
                })
            }
        };
        let is_empty = match &goal {
            Goal::Tagged(goal) => goal.is_empty(),
            Goal::Literal(text) => text.is_empty(),
        };
        if is_empty {
            return Err(Refusal::Empty);
        }
        Ok(Plan { target: change.target, span: tagged.span, current, source: from, goal })
    }

    /// The ways to write it, the plainest first.
    fn cares(&self) -> Vec<Care> {
        match (entry_style(&self.target), self.target.document.format, &self.goal) {
            (Some(ScalarStyle::Plain), ..) => vec![Care::Habit, Care::Quotes(None)],
            (Some(style @ (ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)), ..) => {
                vec![Care::Habit, Care::Quotes(Some(style))]
            }
            (_, _, Goal::Literal(_)) => vec![Care::Habit],
            (_, document::Format::Html, _) => vec![Care::Habit, Care::Entity],
            _ => vec![Care::Habit, Care::Backslash, Care::Entity],
        }
    }

    /// The bytes that take the place of the old ones.
    fn raw(&self, care: Care) -> String {
        match &self.goal {
            Goal::Tagged(goal) => rebuild::write(goal, &self.current, &self.source, care),
            Goal::Literal(text) => {
                let goal: Vec<Wanted<'_>> = text.chars().map(|it| Wanted { what: What::Char(it), raw: None }).collect();
                match care {
                    Care::Quotes(_) => rebuild::write(&goal, &[], &[], care),
                    _ => self.keep_breaks(text),
                }
            }
        }
    }

    /// Whether the article says it already, with words that were added before or behind the target and
    /// have since become part of a neighbour. No tag bounds the segments of a monolingual article.
    fn stands_already(&self) -> bool {
        if self.target.node.is_none() || self.target.document.is_bilingual() {
            return false;
        }
        let (text, new) = (self.target.document.source.text(), self.raw(Care::Habit));
        let (start, end) = (self.span.start as usize, self.span.end as usize);
        new.len() > self.span.len() && (text[start..].starts_with(&new) || text[..end].ends_with(&new))
    }

    /// The text as it came back; line breaks that stand before or behind the edit stay.
    fn keep_breaks(&self, text: &str) -> String {
        let literal = Inside::literal(&self.target);
        let parts = [super::NewPart::Text(text.to_owned())];
        match rebuild::wanted(&parts, &literal.atoms, &[]) {
            Ok(goal) => rebuild::write(&goal, &[], &[], Care::Habit),
            Err(_) => text.to_owned(),
        }
    }

    /// Whether a side reads as it was meant.
    fn is_met(&self, side: &Side<'_>) -> bool {
        let read = Inside::tagged(side).atoms;
        match &self.goal {
            Goal::Tagged(goal) => {
                read.len() == goal.len() && read.iter().zip(goal).all(|(atom, wanted)| reads(atom, wanted))
            }
            Goal::Literal(_) => self.keeps_codes(&read),
        }
    }

    /// Whether links, code and placeholders of a text that came back with its markup are those of the
    /// source or those that stood there. Emphasis is the translator's.
    fn keeps_codes(&self, read: &[Atom<'_>]) -> bool {
        let found = vital(read);
        found == vital(&self.current) || found == vital(&self.source)
    }
}

/// A text as it stands in a cell of a table, where a line that nothing escapes ends the cell.
fn in_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_escaped = false;
    for it in text.chars() {
        if it == '|' && !is_escaped {
            out.push('\\');
        }
        is_escaped = it == '\\' && !is_escaped;
        out.push(it);
    }
    out
}

/// The codes that a reader would miss, in the order of the alphabet.
fn vital<'a>(atoms: &[Atom<'a>]) -> Vec<&'a str> {
    let is_vital = |atom: &&Atom<'_>| match atom.what {
        What::Code { shape, kind: CodeKind::Link | CodeKind::Image, .. } => shape != Shape::Open,
        What::Code { kind: CodeKind::Code | CodeKind::Placeholder | CodeKind::Other | CodeKind::Html, .. } => true,
        _ => false,
    };
    let mut found: Vec<&str> = atoms.iter().filter(is_vital).map(|atom| atom.raw).collect();
    found.sort_unstable();
    found
}

fn reads(atom: &Atom<'_>, wanted: &Wanted<'_>) -> bool {
    match (atom.what, wanted.what) {
        (What::Char(one), What::Char(other)) => one == other,
        (What::Code { shape, kind, .. }, What::Code { shape: other_shape, kind: other_kind, .. }) => {
            (shape, kind) == (other_shape, other_kind) && wanted.raw == Some(atom.raw)
        }
        _ => false,
    }
}

/// How the YAML value that holds a side is written.
fn entry_style(side: &Side<'_>) -> Option<ScalarStyle> {
    if side.node.is_some() {
        return None;
    }
    side.document.front_matter()?.entries.iter().find(|entry| entry.span.contains(side.span)).map(|entry| entry.style)
}

/// Whether the article with these changes is the same article but for them.
fn fits(document: &Document, plans: &[(&Plan<'_>, Care)]) -> bool {
    if plans.is_empty() {
        return true;
    }
    let edits: Vec<Edit> = plans.iter().map(|(plan, care)| Edit { span: plan.span, text: plan.raw(*care) }).collect();
    if edits.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
        return false;
    }
    let text =
        splice(document.source.text().as_bytes(), &edits.iter().map(|it| (it.span, &*it.text)).collect::<Vec<_>>());
    let new = document::read(document.path.clone(), document.locale.clone(), document.format, Source::from_bytes(text));
    if !same_structure(document, &new) {
        return false;
    }
    let mut shift = 0i64;
    plans.iter().zip(&edits).all(|((plan, _), edit)| {
        let start = (i64::from(edit.span.start) + shift) as usize;
        shift += edit.text.len() as i64 - edit.span.len() as i64;
        let span = Span::new(start, start + edit.text.len());
        is_met(&new, plan, span) && same_around(document, &new, plan, span)
    })
}

/// Whether blocks, bilingual spans and front matter are the same.
fn same_structure(old: &Document, new: &Document) -> bool {
    let nodes = |it: &Document| {
        let shape = |kind: &NodeKind| match kind {
            NodeKind::Heading { level, .. } => u32::from(*level),
            NodeKind::Item { number, .. } => number.unwrap_or_default(),
            _ => 0,
        };
        it.tree.nodes.iter().map(|node| (discriminant(&node.kind), shape(&node.kind), node.end)).collect::<Vec<_>>()
    };
    let ids = |it: &Document| -> Vec<String> {
        let id = |pair: &crate::markdown::BilingualSpan| it.slice(pair.id).to_owned();
        it.tree.bilingual.iter().map(id).collect()
    };
    let keys = |it: &Document| -> Vec<Box<str>> {
        let entries = it.front_matter().map(|front| front.entries.iter().map(|entry| entry.path.clone()).collect());
        entries.unwrap_or_default()
    };
    // The new one is made of text: bytes that are none are a problem of the old one alone, and stay.
    let problems = |it: &Document| it.tree.problems.iter().filter(|it| it.kind != ProblemKind::Encoding).count();
    nodes(old) == nodes(new) && ids(old) == ids(new) && keys(old) == keys(new) && problems(old) == problems(new)
}

/// Whether the place of a change reads as it was meant.
fn is_met(new: &Document, plan: &Plan<'_>, span: Span) -> bool {
    let old = plan.target.document;
    let first = old.segments.iter().position(|it| it.span.start >= plan.target.span.start);
    let Some(segment) = first.map(|at| &old.segments[at]) else { return false };
    if let Some(pair) = segment.pair {
        let found = new.segments.iter().position(|it| it.pair == Some(pair) && it.role == Role::Target);
        return found.is_some_and(|at| plan.is_met(&new.side(at)));
    }
    if segment.entry.is_some() {
        let nth = |document: &Document, at: usize| {
            document.segments[..at].iter().filter(|it| it.entry == segment.entry).count()
        };
        let wanted = first.map_or(0, |at| nth(old, at));
        let found =
            (0..new.segments.len()).find(|&at| new.segments[at].entry == segment.entry && nth(new, at) == wanted);
        return found.is_some_and(|at| plan.is_met(&new.side(at)));
    }
    let inside: Vec<usize> = (0..new.segments.len())
        .filter(|&at| span.contains(new.segments[at].span) && new.segments[at].role == Role::Only)
        .collect();
    if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
        let side = new.joined(*first..last + 1);
        if side.span == span {
            return plan.is_met(&side);
        }
    }
    // Its end is no longer the end of a sentence: it is read out of its block.
    let Some(node) = plan.target.node else { return false };
    let inlines = leaf(new, node, |it| span.overlaps(it));
    plan.is_met(&Side { document: new, span, inlines: &inlines, node: Some(node) })
}

/// Whether the markup around a change, in the same block, is the same.
fn same_around(old: &Document, new: &Document, plan: &Plan<'_>, span: Span) -> bool {
    // Raw HTML is kept line by line, and its lines hold the edits.
    let is_html = plan.target.kind() == Some(&NodeKind::Html);
    let Some(node) = plan.target.node.filter(|_| !is_html) else { return true };
    let marks = |document: &Document, inside: Span, front: bool| -> Vec<String> {
        let is_outside = |it: Span| if front { it.end <= inside.start } else { it.start >= inside.end };
        let inlines = leaf(document, node, is_outside);
        let is_mark = |it: &&Inline| it.kind != InlineKind::Text && it.kind != InlineKind::SoftBreak;
        inlines.iter().filter(is_mark).map(|it| document.slice(it.span).to_owned()).collect()
    };
    [true, false].into_iter().all(|front| marks(old, plan.span, front) == marks(new, span, front))
}

/// The inlines of a block that stand at some places.
fn leaf(document: &Document, node: u32, is_there: impl Fn(Span) -> bool) -> Vec<Inline> {
    let node = &document.tree.nodes[node as usize];
    document.tree.inlines_of(node).iter().filter(|it| is_there(it.span)).cloned().collect()
}
