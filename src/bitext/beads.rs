//! Two strands → beads.

use std::ops::Range;

use rayon::prelude::*;

use super::evidence::Numbered;
use super::grid::{Grid, MOST};
use super::lexicon::Lexicon;
use super::model::Examples;
use super::moves;
use super::score::Scorer;
use super::search::{Found, Path, search};
use super::strand::Strand;
use super::windows::windows;

/// A bead is learned from when it is at least so likely.
const SURE: f32 = 0.9;
/// So many articles teach enough words without the one that is aligned.
const BROAD: usize = 12;
/// Fewer sure beads teach nothing.
const MIN_EXAMPLES: usize = 15;

/// Some source pieces that correspond to some target pieces. One side may be empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bead {
    pub source: Range<usize>,
    pub target: Range<usize>,
    /// How likely it is right, from 0 to 1.
    pub confidence: f32,
}

/// The beads of two strands, each piece in one of them: in the order of the target; what lacks a
/// target stands after what comes before it in the source.
pub(super) fn beads(source: &Strand, target: &Strand, lexicon: Option<&Lexicon>) -> Vec<Bead> {
    match lexicon {
        Some(_) => align(source, target, lexicon),
        None => {
            let beads = align(source, target, None);
            let mut examples = Examples::default();
            teach(&mut examples, source, target, &beads);
            if examples.len() < MIN_EXAMPLES {
                return beads;
            }
            align(source, target, Some(&examples.learn(1)))
        }
    }
}

/// Adds the sure beads to what is learned from. What was left as it is teaches nothing.
pub(super) fn teach(examples: &mut Examples, source: &Strand, target: &Strand, beads: &[Bead]) {
    for bead in beads.iter().filter(|it| it.confidence >= SURE && it.source.len() == 1 && it.target.len() == 1) {
        let (from, to) = (&source.pieces[bead.source.start], &target.pieces[bead.target.start]);
        if from.bag != to.bag {
            examples.guess((source, from), (target, to));
        }
    }
}

/// One pass with what is known.
pub(super) fn align(source: &Strand, target: &Strand, lexicon: Option<&Lexicon>) -> Vec<Bead> {
    let numbered = Numbered::of(source, target);
    let scorer = Scorer::new(source, target, &numbered, lexicon);
    // What an article teaches does not help to judge it. Where few teach, that would be too much to
    // forget: there a guess is only not allowed to confirm itself.
    let wary = lexicon.map(|_| scorer.forgetting());
    let is_broad = lexicon.is_none_or(|it| it.articles >= BROAD);
    let scorer = wary.as_ref().filter(|_| is_broad).unwrap_or(&scorer);
    let windows = windows(source, target);
    let parts: Vec<_> = windows
        .par_iter()
        .map(|window| {
            let (sources, targets): (Vec<_>, Vec<_>) =
                (window.source.clone().collect(), window.target.clone().collect());
            let grid = scorer.grid(&sources, &targets, MOST);
            let path = search(&grid, scorer.weights);
            let wary = wary.as_ref().filter(|_| !is_broad).map(|wary| wary.grid(&sources, &targets, MOST));
            let moved = moves::exchange(wary.as_ref().unwrap_or(&grid), &path.beads);
            if moved.is_empty() {
                return Part::of(path, &grid, &sources, &targets);
            }
            // Without what was moved, the rest may go together otherwise.
            let (mut rest, mut others) = (sources.clone(), targets.clone());
            rest.retain(|piece| moved.iter().all(|it| sources[it.i] != *piece));
            others.retain(|piece| moved.iter().all(|it| targets[it.j] != *piece));
            let grid = scorer.grid(&rest, &others, MOST);
            let mut part = Part::of(search(&grid, scorer.weights), &grid, &rest, &others);
            let moved = moved.into_iter().map(|it| (Found { i: sources[it.i], j: targets[it.j], ..it }, false));
            part.found.extend(moved);
            part
        })
        .collect();
    let mut found: Vec<(Found, bool)> = Vec::new();
    let mut linked = (vec![0f32; source.pieces.len()], vec![0f32; target.pieces.len()]);
    for (window, part) in windows.iter().zip(parts) {
        let (sources, targets) = &window.kept;
        let is_kept = |it: &Found| sources.contains(&it.i) && targets.contains(&it.j);
        part.sources.iter().filter(|it| sources.contains(&it.0)).for_each(|&(at, likely)| linked.0[at] = likely);
        part.targets.iter().filter(|it| targets.contains(&it.0)).for_each(|&(at, likely)| linked.1[at] = likely);
        found.extend(part.found.into_iter().filter(|it| is_kept(&it.0)));
    }
    settle(scorer, (source.pieces.len(), target.pieces.len()), found, linked)
}

/// What was found in a window, by piece.
struct Part {
    /// The beads, and whether one is so weak that its pieces may belong elsewhere.
    found: Vec<(Found, bool)>,
    /// How likely a source piece has a counterpart.
    sources: Vec<(usize, f32)>,
    /// How likely a target piece has one.
    targets: Vec<(usize, f32)>,
}

impl Part {
    fn of(path: Path, grid: &Grid<'_>, sources: &[usize], targets: &[usize]) -> Self {
        let piece = |it: Found| {
            let is_weak = (it.a, it.b) == (1, 1) && grid.one(it.i, it.j) < 0.0;
            (Found { i: sources[it.i], j: targets[it.j], ..it }, is_weak)
        };
        Part {
            found: path.beads.into_iter().map(piece).collect(),
            sources: sources.iter().copied().zip(path.sources).collect(),
            targets: targets.iter().copied().zip(path.targets).collect(),
        }
    }
}

/// How much longer targets are than their sources, in logarithms: the median, of enough of them.
fn usual_length(scorer: &Scorer<'_>, found: &[(Found, bool)]) -> Option<f32> {
    let single = found.iter().filter(|(it, is_weak)| (it.a, it.b) == (1, 1) && !is_weak);
    let mut all: Vec<f32> = single.map(|(it, _)| scorer.longer_by(it.i, it.j)).collect();
    all.sort_by(f32::total_cmp);
    (all.len() >= MIN_EXAMPLES).then(|| all[all.len() / 2])
}

/// Finds what was moved, and puts all beads in order.
fn settle(
    scorer: &Scorer<'_>,
    (n, m): (usize, usize),
    found: Vec<(Found, bool)>,
    linked: (Vec<f32>, Vec<f32>),
) -> Vec<Bead> {
    // The bead that each piece is in.
    let (mut of_source, mut of_target): (Vec<Option<usize>>, Vec<Option<usize>>) = (vec![None; n], vec![None; m]);
    let mut pairs: Vec<Bead> = Vec::with_capacity(found.len());
    let mut weak = Vec::new();
    let usual = usual_length(scorer, &found);
    for (it, is_weak) in found {
        let bead = Bead { source: it.i..it.i + it.a, target: it.j..it.j + it.b, confidence: it.confidence };
        let is_single = (it.a, it.b) == (1, 1);
        if is_single && usual.is_some_and(|usual| scorer.is_fragment(it.i, it.j, usual)) {
            continue;
        }
        if is_weak {
            weak.push(bead);
            continue;
        }
        // One that lies across the edge of a window may have a part that the window before has paired.
        let free = |of: &[Option<usize>], pieces: &Range<usize>| of[pieces.clone()].iter().all(Option::is_none);
        if !free(&of_source, &bead.source) || !free(&of_target, &bead.target) {
            continue;
        }
        of_source[bead.source.clone()].fill(Some(pairs.len()));
        of_target[bead.target.clone()].fill(Some(pairs.len()));
        pairs.push(bead);
    }
    let free = |of: &[Option<usize>]| -> Vec<usize> { (0..of.len()).filter(|&at| of[at].is_none()).collect() };
    let links = moves::moves(scorer, &free(&of_source), &free(&of_target));
    let links = links.into_iter().map(|(i, j, confidence)| Bead { source: i..i + 1, target: j..j + 1, confidence });
    for bead in links.chain(weak) {
        let taken = of_source[bead.source.start].is_some() || of_target[bead.target.start].is_some();
        if !taken {
            of_source[bead.source.start] = Some(pairs.len());
            of_target[bead.target.start] = Some(pairs.len());
            pairs.push(bead);
        }
    }
    let alone = |linked: f32| (1.0 - linked).clamp(0.0, 1.0);
    let mut beads = Vec::with_capacity(n + m - pairs.len());
    // What lacks a target follows its forerunner in the source.
    let follow = |mut at: usize, beads: &mut Vec<Bead>| {
        while at < n && of_source[at].is_none() {
            beads.push(Bead { source: at..at + 1, target: 0..0, confidence: alone(linked.0[at]) });
            at += 1;
        }
    };
    follow(0, &mut beads);
    let mut at = 0;
    while at < m {
        match of_target[at] {
            None => beads.push(Bead { source: 0..0, target: at..at + 1, confidence: alone(linked.1[at]) }),
            Some(pair) => {
                let bead = &pairs[pair];
                beads.push(bead.clone());
                follow(bead.source.end, &mut beads);
                at = bead.target.end - 1;
            }
        }
        at += 1;
    }
    beads
}
