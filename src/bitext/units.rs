//! Units: bilingual spans and front matter, which need no alignment, and beads.

use std::borrow::Cow;
use std::collections::HashMap;

use super::beads::beads;
use super::learn::strands;
use super::lexicon::Lexicon;
use super::strand::Piece;
use super::tokens::hash;
use super::{Origin, Unit};
use crate::document::{Document, Role, Segment};

/// The pairs of a bilingual document; with its front matter, which has no source in it, if asked.
pub(super) fn embedded(document: &Document, front_matter: bool) -> Vec<Unit<'_>> {
    let mut units = Vec::with_capacity(document.tree.bilingual.len() + 4);
    let mut waiting: Option<(u32, usize)> = None;
    for (index, segment) in document.segments.iter().enumerate() {
        match (segment.role, segment.pair) {
            (Role::Target, Some(pair)) => waiting = Some((pair, index)),
            (Role::Source, Some(pair)) => {
                let target = waiting.take().filter(|(of, _)| *of == pair).map(|(_, target)| document.side(target));
                let id = document.slice(document.tree.bilingual[pair as usize].id);
                let source = Some(document.side(index));
                units.push(Unit { id: Cow::Borrowed(id), source, target, origin: Origin::Embedded });
            }
            _ if front_matter && segment.entry.is_some() => units.push(Unit {
                id: entry_id(document, segment).into(),
                source: None,
                target: Some(document.side(index)),
                origin: Origin::FrontMatter,
            }),
            _ => {}
        }
    }
    units
}

/// Whether the source sides of a bilingual document are the text of `source`: nine of ten of them
/// stand in it. A few hundred, taken evenly, tell as well as all.
pub(super) fn same_text(source: &Document, bilingual: &Document) -> bool {
    let text: String = source.source.text().split_whitespace().collect();
    let (mut all, mut met) = (0, 0);
    let step = bilingual.tree.bilingual.len().div_ceil(400).max(1);
    for pair in bilingual.tree.bilingual.iter().step_by(step) {
        let side: String = bilingual.slice(pair.source).split_whitespace().collect();
        all += 1;
        met += usize::from(text.contains(&side));
    }
    all > 0 && met * 10 >= all * 9
}

/// The bodies of two documents, aligned.
pub(super) fn aligned<'a>(source: &'a Document, target: &'a Document, lexicon: Option<&Lexicon>) -> Vec<Unit<'a>> {
    let (from, to) = strands(source, target);
    let mut times: HashMap<u64, u32> = HashMap::new();
    let units = beads(&from, &to, lexicon).into_iter().filter_map(|bead| {
        let segments = |pieces: &[Piece]| Some(pieces.first()?.segment..pieces.last()?.segment + 1);
        let source = segments(&from.pieces[bead.source.clone()]).map(|it| source.joined(it));
        let target = segments(&to.pieces[bead.target.clone()]).map(|it| target.joined(it));
        let key = hash(source.or(target)?.raw());
        let again = times.entry(key).or_default();
        *again += 1;
        let id = format!("{:08x}-{again}", key as u32).into();
        Some(Unit { id, source, target, origin: Origin::Aligned(bead.confidence) })
    });
    units.collect()
}

/// The front matter of two documents, paired by key and by order within a key.
pub(super) fn front_matter<'a>(source: &'a Document, target: &'a Document) -> Vec<Unit<'a>> {
    // The front matter of a bilingual article is in its target language: no source.
    let sources = if source.is_bilingual() { Vec::new() } else { entries(source) };
    let sources: HashMap<String, usize> = sources.into_iter().collect();
    let mut units = Vec::new();
    for (id, index) in entries(target) {
        let source = sources.get(&id).map(|&at| source.side(at));
        units.push(Unit { id: id.into(), source, target: Some(target.side(index)), origin: Origin::FrontMatter });
    }
    units
}

/// The segments of the front matter; those of one key are told apart by a number.
fn entries(document: &Document) -> Vec<(String, usize)> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (index, segment) in document.segments.iter().enumerate().filter(|(_, segment)| segment.entry.is_some()) {
        let id = entry_id(document, segment);
        let again = times.entry(id.clone()).or_default();
        *again += 1;
        found.push((if *again > 1 { format!("{id}#{again}") } else { id }, index));
    }
    found
}

fn entry_id(document: &Document, segment: &Segment) -> String {
    let path = segment.entry.and_then(|entry| Some(&*document.front_matter()?.entries.get(entry as usize)?.path));
    format!("front-matter:{}", path.unwrap_or_default())
}
