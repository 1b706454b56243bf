//! Sections and list items that were moved: what the search in order had to leave unpaired is
//! looked through for runs that fit one another (local alignment: Smith and Waterman, 1981).

use std::ops::Range;

use super::score::{Grid, Scorer};

/// A segment of the one side that a run leaves out.
const SKIP: f32 = -2.5;
/// A run that is worth less may be chance.
const LEAST: f32 = 6.0;
/// More cells are not looked at; the first segments are.
const MAX_CELLS: usize = 4 << 20;

/// A link of a moved run: source piece, target piece, confidence.
pub(super) type Link = (usize, usize, f32);

/// The links between these unpaired pieces, which are in order.
pub(super) fn moves(scorer: &Scorer<'_>, sources: &[usize], targets: &[usize]) -> Vec<Link> {
    if sources.is_empty() || targets.is_empty() {
        return Vec::new();
    }
    let side = (MAX_CELLS as f64).sqrt() as usize;
    let within = |mine: usize, other: usize| mine.min((MAX_CELLS / other.min(side).max(1)).max(side));
    let sources = &sources[..within(sources.len(), targets.len())];
    let targets = &targets[..within(targets.len(), sources.len())];
    let grid = scorer.grid(sources, targets, 1);
    let (mut from, mut to) = (blocks(sources), blocks(targets));
    let mut runs: Vec<Run> = Vec::new();
    for source in &from {
        runs.extend(to.iter().filter_map(|target| best_run(&grid, source, target)));
    }
    let mut links = Vec::new();
    loop {
        // The best run; of equal ones the first, as they are in order of place.
        let Some(best) = (0..runs.len()).reduce(|best, it| if runs[it].worth > runs[best].worth { it } else { best })
        else {
            return links;
        };
        let run = runs.swap_remove(best);
        let confidence = 1.0 / (1.0 + (-0.5 * (run.worth - LEAST)).exp());
        links.extend(run.links.iter().map(|&(i, j)| (sources[i], targets[j], confidence)));
        // What lies before and after the run on both sides may hold further ones.
        runs.retain(|it| it.source != run.source && it.target != run.target);
        let (first, last) = (run.links[0], run.links[run.links.len() - 1]);
        let new_sources = [run.source.start..first.0, last.0 + 1..run.source.end];
        let new_targets = [run.target.start..first.1, last.1 + 1..run.target.end];
        from.retain(|it| *it != run.source);
        to.retain(|it| *it != run.target);
        for source in &new_sources {
            runs.extend(to.iter().chain(&new_targets).filter_map(|target| best_run(&grid, source, target)));
        }
        for target in &new_targets {
            runs.extend(from.iter().filter_map(|source| best_run(&grid, source, target)));
        }
        from.extend(new_sources.into_iter().filter(|it| !it.is_empty()));
        to.extend(new_targets.into_iter().filter(|it| !it.is_empty()));
        runs.sort_by_key(|it| (it.source.start, it.target.start));
    }
}

/// Pieces that follow each other, as ranges of positions. A run does not jump what is paired.
fn blocks(pieces: &[usize]) -> Vec<Range<usize>> {
    let mut at = 0;
    let runs = pieces.chunk_by(|one, next| one + 1 == *next);
    runs.map(|run| {
        at += run.len();
        at - run.len()..at
    })
    .collect()
}

struct Run {
    worth: f32,
    source: Range<usize>,
    target: Range<usize>,
    /// In order.
    links: Vec<(usize, usize)>,
}

/// The best run between two blocks, if it is worth it.
fn best_run(grid: &Grid<'_>, source: &Range<usize>, target: &Range<usize>) -> Option<Run> {
    let width = target.len() + 1;
    let mut cells = vec![0f32; (source.len() + 1) * width];
    let mut best = (LEAST, 0);
    for (row, i) in source.clone().enumerate() {
        for (column, j) in target.clone().enumerate() {
            let at = (row + 1) * width + column + 1;
            let paired = cells[at - width - 1] + grid.one(i, j);
            let skipped = cells[at - width].max(cells[at - 1]) + SKIP;
            cells[at] = paired.max(skipped).max(0.0);
            if cells[at] > best.0 {
                best = (cells[at], at);
            }
        }
    }
    let (worth, mut at) = best;
    let mut links = Vec::new();
    while at > 0 && cells[at] > 0.0 {
        let (row, column) = (at / width, at % width);
        let (i, j) = (source.start + row - 1, target.start + column - 1);
        if cells[at] == cells[at - width - 1] + grid.one(i, j) {
            links.push((i, j));
            at -= width + 1;
        } else if cells[at] == cells[at - width] + SKIP {
            at -= width;
        } else {
            at -= 1;
        }
    }
    links.reverse();
    (!links.is_empty()).then_some(Run { worth, source: source.clone(), target: target.clone(), links })
}
