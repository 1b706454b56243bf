//! Alignment of a source and a target article.
//!
//! A global alignment in order (Needleman and Wunsch, 1970) over segments, scored by kind, anchors,
//! shared tokens and length (Gale and Church, 1993). Long articles are cut at headings with equal
//! anchors first, so that the table stays small.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Origin, Unit};
use crate::document::{Document, Role, Side};
use crate::markdown::NodeKind;

/// Pairs below this confidence are left unpaired.
const SURE: f32 = 0.5;
/// Of a stretch with more cells than this, only those near the diagonal are looked at.
const MAX_CELLS: usize = 4_000_000;
/// A band is never narrower than this.
const MIN_BAND: usize = 16;

/// A segment made ready for comparing.
struct Token<'a> {
    side: Side<'a>,
    /// Kind and depth, equal for corresponding blocks.
    shape: u32,
    anchor: Option<&'a str>,
    /// Hashes of what survives translation: destinations, code, Latin names, numbers.
    marks: Vec<u64>,
    length: f32,
    text: Cow<'a, str>,
}

/// Aligns the body of `target` with that of `source`.
pub(super) fn align<'a>(source: &'a Document, target: &'a Document) -> Vec<Unit<'a>> {
    let role = if source.is_bilingual() { Role::Source } else { Role::Only };
    let wanted = if target.is_bilingual() { Role::Target } else { Role::Only };
    let sources = tokens(source, role);
    let targets = tokens(target, wanted);
    let all = ratio(&sources, &targets);
    let mut pairs = pairs(&sources, &targets, all);
    // Where a passage is missing, the lengths of the whole articles mislead; those of what was
    // paired do not.
    let (mut source, mut target) = (1.0, 1.0);
    for &(from, to, _) in &pairs {
        source += sources[from].length;
        target += targets[to].length;
    }
    let paired = target / source;
    if (paired / all).ln().abs() > 0.1 {
        pairs = self::pairs(&sources, &targets, paired.clamp(0.3, 3.0));
    }
    units(&sources, &targets, &pairs)
}

fn pairs(sources: &[Token<'_>], targets: &[Token<'_>], ratio: f32) -> Vec<(usize, usize, f32)> {
    let mut pairs = Vec::new();
    let (mut from_source, mut from_target) = (0, 0);
    for (next_source, next_target) in cuts(sources, targets) {
        stretch(sources, targets, from_source..next_source, from_target..next_target, ratio, &mut pairs);
        (from_source, from_target) = (next_source, next_target);
    }
    stretch(sources, targets, from_source..sources.len(), from_target..targets.len(), ratio, &mut pairs);
    pairs
}

fn tokens(document: &Document, role: Role) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for (index, segment) in document.segments.iter().enumerate() {
        if segment.role != role || segment.entry.is_some() {
            continue;
        }
        let side = document.side(index);
        let text = side.text();
        let (shape, anchor) = shape(document, segment.node);
        let mut marks: Vec<u64> = side.links().map(hash).chain(side.code().map(hash)).collect();
        marks.extend(names(&text));
        marks.sort_unstable();
        marks.dedup();
        let length = text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f32>().max(1.0);
        found.push(Token { side, shape, anchor, marks, length, text });
    }
    found
}

/// Words in Latin script with a capital or a digit, and numbers: what translators keep.
fn names(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() > 1 && word.bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
        .map(hash)
}

fn shape(document: &Document, node: Option<u32>) -> (u32, Option<&str>) {
    let Some(node) = node else { return (0, None) };
    let tree = &document.tree;
    let (kind, anchor) = match &tree.nodes[node as usize].kind {
        NodeKind::Heading { level, anchor } => (10 + u32::from(*level), anchor.as_deref()),
        NodeKind::Cell { column } => (100 + u32::from(*column).min(50), None),
        NodeKind::Html => (3, None),
        _ => (4, None),
    };
    let mut depth = 0;
    for ancestor in tree.ancestors(node as usize) {
        depth += match tree.nodes[ancestor].kind {
            NodeKind::Item { .. } => 1000,
            NodeKind::Alert { .. } | NodeKind::Quote => 100_000,
            _ => 0,
        };
    }
    (kind + depth, anchor)
}

/// Headings with an anchor that both articles hold once, in the same order.
fn cuts(sources: &[Token<'_>], targets: &[Token<'_>]) -> Vec<(usize, usize)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, token) in sources.iter().enumerate() {
        if let Some(anchor) = token.anchor {
            places.entry(anchor).or_default().push(at);
        }
    }
    // The source of a recovered article keeps its anchors on the same headings.
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for anchor in targets.iter().filter_map(|token| token.anchor) {
        *times.entry(anchor).or_default() += 1;
    }
    for (at, token) in targets.iter().enumerate() {
        let Some(anchor) = token.anchor else { continue };
        let Some([source]) = places.get(anchor).map(Vec::as_slice) else { continue };
        if times[anchor] == 1 && found.last().is_none_or(|last| last.0 < *source) {
            found.push((*source, at));
        }
    }
    found
}

/// How long a target is per unit of its source, over the whole article.
fn ratio(sources: &[Token<'_>], targets: &[Token<'_>]) -> f32 {
    let sum = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.length).sum::<f32>().max(1.0);
    (sum(targets) / sum(sources)).clamp(0.3, 3.0)
}

/// How well two segments fit, from 0 to 1.
fn fit(source: &Token<'_>, target: &Token<'_>, ratio: f32) -> f32 {
    if source.anchor.is_some() && source.anchor == target.anchor {
        return 1.0;
    }
    if source.text.len() > 3 && source.text.trim() == target.text.trim() {
        return 0.99;
    }
    let heading = |token: &Token<'_>| (11..=16).contains(&(token.shape % 1000));
    if heading(source) != heading(target) {
        return 0.0;
    }
    let shape = if source.shape == target.shape { 0.25 } else { 0.0 };
    let log = (target.length / (source.length * ratio)).ln().abs();
    let length = (1.0 - log / 1.2).max(0.0);
    let (mut shared, mut at) = (0usize, 0usize);
    for mark in &source.marks {
        while at < target.marks.len() && target.marks[at] < *mark {
            at += 1;
        }
        if target.marks.get(at) == Some(mark) {
            shared += 1;
        }
    }
    let all = source.marks.len() + target.marks.len();
    let marks = if all == 0 { 0.4 } else { 2.0 * shared as f32 / all as f32 };
    shape + 0.4 * length + 0.35 * marks
}

fn stretch(
    sources: &[Token<'_>],
    targets: &[Token<'_>],
    source: std::ops::Range<usize>,
    target: std::ops::Range<usize>,
    ratio: f32,
    pairs: &mut Vec<(usize, usize, f32)>,
) {
    let (n, m) = (source.len(), target.len());
    if n == 0 || m == 0 {
        return;
    }
    // Row i holds the cells from `first(i)` on; a band around the diagonal, where the table is large.
    let width = (MAX_CELLS / (n + 1)).max(MIN_BAND).min(m + 1);
    let first = |i: usize| (i * m / n).saturating_sub(width / 2).min(m + 1 - width);
    let at = |i: usize, j: usize| {
        let column = j.checked_sub(first(i)).filter(|column| *column < width)?;
        Some(i * width + column)
    };
    // best[i][j]: the best sum of fits over the first i sources and j targets.
    let mut best = vec![0f32; (n + 1) * width];
    let mut fits = vec![0f32; (n + 1) * width];
    let value = |best: &[f32], i: usize, j: usize| at(i, j).map_or(f32::NEG_INFINITY, |cell| best[cell]);
    for i in 1..=n {
        for j in first(i).max(1)..first(i) + width {
            let fit = fit(&sources[source.start + i - 1], &targets[target.start + j - 1], ratio);
            let skip = value(&best, i - 1, j).max(value(&best, i, j - 1));
            // A gap costs nothing by itself: a pair has to be worth more than its doubt.
            let pair = value(&best, i - 1, j - 1) + fit - 0.3;
            let cell = i * width + j - first(i);
            (best[cell], fits[cell]) = (skip.max(pair), fit);
        }
    }
    let (mut i, mut j) = (n, m);
    let mut found = Vec::new();
    while i > 0 && j > 0 {
        let Some(cell) = at(i, j) else { break };
        let fit = fits[cell];
        if best[cell] == value(&best, i - 1, j - 1) + fit - 0.3 {
            (i, j) = (i - 1, j - 1);
            if fit >= SURE {
                found.push((source.start + i, target.start + j, fit.min(1.0)));
            }
        } else if best[cell] == value(&best, i - 1, j) {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.extend(found.into_iter().rev());
}

fn units<'a>(sources: &[Token<'a>], targets: &[Token<'a>], pairs: &[(usize, usize, f32)]) -> Vec<Unit<'a>> {
    let mut units = Vec::with_capacity(targets.len());
    let mut next_source = 0;
    let mut next_target = 0;
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut id = |side: &Side<'_>| {
        let key = hash(side.raw());
        let again = counts.entry(key).or_default();
        *again += 1;
        format!("{:08x}-{again}", key as u32)
    };
    let ends = (sources.len(), targets.len(), 0.0);
    for &(source, target, confidence) in pairs.iter().chain(std::iter::once(&ends)) {
        let origin = Origin::Aligned(confidence);
        for token in &sources[next_source..source] {
            let id = id(&token.side).into();
            units.push(Unit { id, source: Some(token.side), target: None, origin: Origin::Aligned(0.0) });
        }
        for token in &targets[next_target..target] {
            let id = id(&token.side).into();
            units.push(Unit { id, source: None, target: Some(token.side), origin: Origin::Aligned(0.0) });
        }
        if let (Some(from), Some(to)) = (sources.get(source), targets.get(target)) {
            let id = id(&from.side).into();
            units.push(Unit { id, source: Some(from.side), target: Some(to.side), origin });
        }
        (next_source, next_target) = (source + 1, target + 1);
    }
    units
}

/// A hash that is the same on every machine and in every run (FNV-1a, 64 bits).
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
