//! Long articles are cut where they surely correspond, so that time and memory grow with their
//! length and not with its square. Never by position: a translation may lack half of the source.

use std::collections::BTreeMap;
use std::ops::Range;

use super::strand::Strand;
use super::tokens::Token;

/// A window of more cells is cut where it can be.
const MANY: usize = 200_000;
/// A window of more cells is cut even where nothing is sure.
const TOO_MANY: usize = 1_000_000;
/// Windows overlap by so many pieces, so that a wrong turn at an edge is put right.
const OVERLAP: usize = 30;
/// A cut is not looked for nearer to the one before.
const NEAREST: usize = 100;

/// A part of the grid: what is searched, and what of it is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Window {
    /// The pieces that are searched.
    pub source: Range<usize>,
    /// Of the target.
    pub target: Range<usize>,
    /// The beads that begin here are kept.
    pub kept: (Range<usize>, Range<usize>),
}

/// The windows of two strands; one, where they are not long.
pub(super) fn windows(source: &Strand, target: &Strand) -> Vec<Window> {
    let (n, m) = (source.pieces.len(), target.pieces.len());
    let cuts = if n * m > MANY { cuts(source, target) } else { Vec::new() };
    let mut windows = Vec::new();
    let mut from = (0, 0);
    for to in cuts.into_iter().chain([(n, m)]) {
        let wide = |from: usize, to: usize, end: usize| from.saturating_sub(OVERLAP)..(to + OVERLAP).min(end);
        windows.push(Window {
            source: wide(from.0, to.0, n),
            target: wide(from.1, to.1, m),
            kept: (from.0..to.0, from.1..to.1),
        });
        from = to;
    }
    windows
}

/// Where to cut: as few of the sure places as will do.
fn cuts(source: &Strand, target: &Strand) -> Vec<(usize, usize)> {
    let (n, m) = (source.pieces.len(), target.pieces.len());
    let mut cuts = Vec::new();
    let mut from = (0, 0);
    let mut last: Option<(usize, usize)> = None;
    let cells = |from: (usize, usize), to: (usize, usize)| (to.0 - from.0) * (to.1 - from.1);
    for to in anchors(source, target).into_iter().chain([(n, m)]) {
        if let Some(place) = last
            && cells(from, to) > MANY
        {
            cuts.push(place);
            from = place;
            last = None;
        }
        // Nothing is sure for a long way: where the two share no name, no number and no address
        // over hundreds of segments, equal shares are the best guess.
        while cells(from, to) > TOO_MANY {
            let share = (TOO_MANY as f64 / cells(from, to) as f64).sqrt() * 0.9;
            let part = |from: usize, to: usize| from + ((to - from) as f64 * share) as usize;
            let place = (part(from.0, to.0).max(from.0 + 1), part(from.1, to.1).max(from.1 + 1));
            cuts.push(place);
            from = place;
        }
        if to.0 >= from.0 + NEAREST && to.1 > from.1 && to != (n, m) {
            last = Some(to);
        }
    }
    cuts
}

/// Places that surely correspond, in order: pieces that share more names, numbers, addresses or
/// headings than with any other piece, each of which stands once in either article, and of these
/// the longest chain that does not cross.
fn anchors(source: &Strand, target: &Strand) -> Vec<(usize, usize)> {
    let (from, to) = (once(source), once(target));
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (mark, i) in &from {
        if let Some(j) = to.get(mark) {
            *shared.entry((*i, *j)).or_default() += 1;
        }
    }
    let (mut of_source, mut of_target) = (BTreeMap::new(), BTreeMap::new());
    for (&(i, j), &count) in &shared {
        let best = of_source.entry(i).or_insert((count, j));
        *best = (*best).max((count, j));
        let best = of_target.entry(j).or_insert((count, i));
        *best = (*best).max((count, i));
    }
    let mutual = of_source.iter().filter(|(i, (_, j))| of_target[j].1 == **i).map(|(&i, &(_, j))| (i, j));
    chain(&mutual.collect::<Vec<_>>())
}

/// What stands in one piece only, and in which.
fn once(strand: &Strand) -> BTreeMap<Mark, usize> {
    let mut places: BTreeMap<Mark, Option<usize>> = BTreeMap::new();
    for (at, piece) in strand.pieces.iter().enumerate() {
        let slug = piece.slug.iter().map(|(slug, _)| Mark::Slug(slug.whole()));
        let text = Some(piece.text).filter(|it| *it != 0).map(Mark::Text);
        let tokens = strand.tokens(piece).iter().map(|it| Mark::Token(it.0));
        for mark in tokens.chain(slug).chain(text) {
            places.entry(mark).and_modify(|place| *place = None).or_insert(Some(at));
        }
    }
    places.into_iter().filter_map(|(mark, place)| Some((mark, place?))).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Token(Token),
    Slug(u64),
    Text(u64),
}

/// The longest chain of pairs in which both numbers rise; they come in order of the first.
fn chain(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The end of the best chain of each length, and what comes before each pair.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain: Vec<_> = std::iter::successors(ends.last().copied(), |&at| before[at]).map(|at| pairs[at]).collect();
    chain.reverse();
    chain
}
