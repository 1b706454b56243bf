//! How likely each bead is: all paths near the best are summed, forward and backward, each by its
//! score. Where two readings are about as good, neither is sure.

use super::grid::Grid;
use super::score::Weights;
use super::search::{Found, MATCH, Path, SOURCE_GAP, TARGET_GAP, beginning, ending};

/// Of beads of several segments that nothing speaks against, so many are right: some were one sentence
/// only because a full stop was forgotten.
const SEVERAL: f32 = 0.98;

const NONE: f64 = f64::NEG_INFINITY;

/// The cells that are looked at, and how to find one.
struct Near<'c> {
    cells: &'c [(u32, u32)],
    rows: Vec<u32>,
}

impl<'c> Near<'c> {
    fn of(cells: &'c [(u32, u32)], n: usize) -> Self {
        let mut rows = vec![0u32; n + 2];
        cells.iter().for_each(|cell| rows[cell.0 as usize + 1] += 1);
        for row in 0..=n {
            rows[row + 1] += rows[row];
        }
        Near { cells, rows }
    }

    fn at(&self, i: usize, j: usize) -> Option<usize> {
        let (from, to) = (*self.rows.get(i)? as usize, *self.rows.get(i + 1)? as usize);
        let row = &self.cells[from..to];
        row.binary_search_by_key(&(j as u32), |cell| cell.1).ok().map(|at| from + at)
    }
}

fn add(a: f64, b: f64) -> f64 {
    let (more, less) = if a > b { (a, b) } else { (b, a) };
    if less == NONE { more } else { more + (less - more).exp().ln_1p() }
}

fn sum(cell: [f64; 3]) -> f64 {
    add(add(cell[0], cell[1]), cell[2])
}

/// Gives the beads of a path their confidence, and leaves out those that are a mere guess.
pub(super) fn posterior(grid: &Grid<'_>, weights: Weights, cells: &[(u32, u32)], beads: Vec<Found>) -> Path {
    let (n, m) = (grid.n, grid.m);
    let near = Near::of(cells, n);
    let warm = |score: f32| f64::from(score / weights.temperature);
    let (open, extend) = (warm(weights.open), warm(weights.extend));

    let mut ahead = vec![[NONE; 3]; cells.len()];
    for (at, &(i, j)) in cells.iter().enumerate() {
        let (i, j) = (i as usize, j as usize);
        if (i, j) == (0, 0) {
            ahead[at][MATCH] = 0.0;
            continue;
        }
        let mut cell = [NONE; 3];
        ending(grid, i, j, |a, b, score| {
            if let Some(from) = near.at(i - a, j - b) {
                cell[MATCH] = add(cell[MATCH], sum(ahead[from]) + warm(score));
            }
        });
        if let Some(from) = i.checked_sub(1).and_then(|i| near.at(i, j)) {
            let from = ahead[from];
            cell[SOURCE_GAP] = add(add(from[MATCH], from[TARGET_GAP]) + open, from[SOURCE_GAP] + extend);
        }
        if let Some(from) = j.checked_sub(1).and_then(|j| near.at(i, j)) {
            let from = ahead[from];
            cell[TARGET_GAP] = add(add(from[MATCH], from[SOURCE_GAP]) + open, from[TARGET_GAP] + extend);
        }
        ahead[at] = cell;
    }
    let all = ahead.last().copied().map_or(NONE, sum);

    let mut path = Path { beads, sources: vec![0.0; n], targets: vec![0.0; m] };
    // How likely each 1-1 link of a bead of the path is, in whatever bead.
    let mut links: Vec<Vec<f32>> = path.beads.iter().map(|bead| vec![0.0; bead.a * bead.b]).collect();
    let (mut of_source, mut of_target) = (vec![usize::MAX; n], vec![usize::MAX; m]);
    for (at, bead) in path.beads.iter().enumerate() {
        of_source[bead.i..bead.i + bead.a].fill(at);
        of_target[bead.j..bead.j + bead.b].fill(at);
    }
    let mut rest = vec![[NONE; 3]; cells.len()];
    for (at, &(i, j)) in cells.iter().enumerate().rev() {
        let (i, j) = (i as usize, j as usize);
        if (i, j) == (n, m) {
            rest[at] = [0.0; 3];
            continue;
        }
        let mut bead = NONE;
        let so_far = sum(ahead[at]);
        beginning(grid, i, j, |a, b, score| {
            let Some(to) = near.at(i + a, j + b) else { return };
            let worth = warm(score) + rest[to][MATCH];
            bead = add(bead, worth);
            let likely = (so_far + worth - all).exp() as f32;
            if likely < 1e-6 {
                return;
            }
            path.sources[i..i + a].iter_mut().for_each(|it| *it += likely);
            path.targets[j..j + b].iter_mut().for_each(|it| *it += likely);
            for s in i..i + a {
                for t in j..j + b {
                    let of = of_source[s];
                    if of != usize::MAX && of == of_target[t] {
                        let it = &mut path.beads[of];
                        links[of][(s - it.i) * it.b + t - it.j] += likely;
                        if (it.i, it.j, it.a, it.b) == (i, j, a, b) {
                            let several = if (a, b) == (1, 1) { 1.0 } else { SEVERAL };
                            it.confidence = likely.min(1.0) * several;
                        }
                    }
                }
            }
        });
        let down = near.at(i + 1, j).map_or(NONE, |to| rest[to][SOURCE_GAP]);
        let right = near.at(i, j + 1).map_or(NONE, |to| rest[to][TARGET_GAP]);
        rest[at] = [
            add(bead, add(down, right) + open),
            add(bead, add(down + extend, right + open)),
            add(bead, add(down + open, right + extend)),
        ];
    }
    let mut links = links.into_iter();
    path.beads.retain(|_| {
        let links = links.next().unwrap_or_default();
        links.iter().sum::<f32>() >= weights.accept * links.len() as f32
    });
    path.sources.iter_mut().chain(&mut path.targets).for_each(|it| *it = it.min(1.0));
    path
}
