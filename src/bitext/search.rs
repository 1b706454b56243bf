//! The best beads in order: a path through the grid with three states – in a bead, in a run of
//! source segments without counterpart, in a run of target ones – found by dynamic programming
//! with affine gaps (Needleman and Wunsch, 1970; Gotoh, 1982).

use super::grid::{Grid, SHAPES};
use super::posterior;
use super::score::Weights;

/// No path.
pub(super) const NEVER: f32 = -1e30;
/// A cell that no path within so much of the best goes through is not looked at again.
const NEAR: f32 = 9.0;

/// The states of a path, as indices.
pub(super) const MATCH: usize = 0;
pub(super) const SOURCE_GAP: usize = 1;
pub(super) const TARGET_GAP: usize = 2;

/// A bead in a grid: its first pieces, how many, and how likely it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub i: usize,
    pub j: usize,
    pub a: usize,
    pub b: usize,
    pub confidence: f32,
}

/// What a search gives.
pub(super) struct Path {
    /// The beads with two sides, in order.
    pub beads: Vec<Found>,
    /// For each source piece, how likely it has a counterpart.
    pub sources: Vec<f32>,
    /// For each target piece, how likely it has one.
    pub targets: Vec<f32>,
}

/// The beads of a grid, with confidence.
pub(super) fn search(grid: &Grid<'_>, weights: Weights) -> Path {
    let (n, m) = (grid.n, grid.m);
    if n == 0 || m == 0 {
        return Path { beads: Vec::new(), sources: vec![0.0; n], targets: vec![0.0; m] };
    }
    let table = forward(grid, weights);
    let beads = trace(grid, weights, &table);
    let near = near(grid, weights, &table);
    drop(table);
    posterior::posterior(grid, weights, &near, beads)
}

/// For each cell, the best score of a path to it, by the state it is in.
pub(super) type Cells = Vec<[f32; 3]>;

fn best(cell: [f32; 3]) -> f32 {
    cell[0].max(cell[1]).max(cell[2])
}

/// The beads that end at a cell: their shape and score. 1-1 comes first.
pub(super) fn ending(grid: &Grid<'_>, i: usize, j: usize, mut each: impl FnMut(usize, usize, f32)) {
    if i == 0 || j == 0 {
        return;
    }
    each(1, 1, grid.one(i - 1, j - 1));
    for (a, b) in SHAPES {
        if i >= a && j >= b {
            let found = grid.several(i - a, j - b).iter().find(|it| (it.a, it.b) == (a, b));
            found.into_iter().for_each(|it| each(a, b, it.score));
        }
    }
}

/// The beads that begin at a cell.
pub(super) fn beginning(grid: &Grid<'_>, i: usize, j: usize, mut each: impl FnMut(usize, usize, f32)) {
    if i == grid.n || j == grid.m {
        return;
    }
    each(1, 1, grid.one(i, j));
    grid.several(i, j).iter().for_each(|it| each(it.a, it.b, it.score));
}

fn forward(grid: &Grid<'_>, weights: Weights) -> Cells {
    let (n, m) = (grid.n, grid.m);
    let width = m + 1;
    let mut cells = vec![[NEVER; 3]; (n + 1) * width];
    cells[0][MATCH] = 0.0;
    for i in 0..=n {
        for j in 0..=m {
            let at = i * width + j;
            let mut cell = cells[at];
            if i > 0 {
                let above = cells[at - width];
                cell[SOURCE_GAP] =
                    (above[MATCH].max(above[TARGET_GAP]) + weights.open).max(above[SOURCE_GAP] + weights.extend);
            }
            if j > 0 {
                let left = cells[at - 1];
                cell[TARGET_GAP] =
                    (left[MATCH].max(left[SOURCE_GAP]) + weights.open).max(left[TARGET_GAP] + weights.extend);
            }
            cells[at] = cell;
            let so_far = best(cell);
            // Beads are handed on, because most cells begin only one.
            beginning(grid, i, j, |a, b, score| {
                let to = &mut cells[at + a * width + b][MATCH];
                *to = to.max(so_far + score);
            });
        }
    }
    cells
}

fn trace(grid: &Grid<'_>, weights: Weights, cells: &Cells) -> Vec<Found> {
    let width = grid.m + 1;
    let (mut i, mut j) = (grid.n, grid.m);
    let mut state = (0..3).fold(0, |most, it| {
        let cell = cells[i * width + j];
        if cell[it] > cell[most] { it } else { most }
    });
    let mut beads = Vec::new();
    while i > 0 || j > 0 {
        let cell = cells[i * width + j];
        match state {
            MATCH => {
                let mut found = None;
                ending(grid, i, j, |a, b, score| {
                    let value = best(cells[(i - a) * width + j - b]) + score;
                    if found.is_none_or(|(most, _, _)| value > most) {
                        found = Some((value, a, b));
                    }
                });
                // The corner of the grid is the only match without a bead.
                let Some((_, a, b)) = found else { break };
                (i, j) = (i - a, j - b);
                beads.push(Found { i, j, a, b, confidence: 0.0 });
                let before = cells[i * width + j];
                state = (0..3).fold(0, |most, it| if before[it] > before[most] { it } else { most });
            }
            gap => {
                (i, j) = if gap == SOURCE_GAP { (i - 1, j) } else { (i, j - 1) };
                let before = cells[i * width + j];
                let other = SOURCE_GAP + TARGET_GAP - gap;
                state = match () {
                    () if before[gap] + weights.extend >= cell[gap] => gap,
                    () if before[MATCH] >= before[other] => MATCH,
                    () => other,
                };
            }
        }
    }
    beads.reverse();
    beads
}

/// The cells that a path near the best goes through, row by row.
fn near(grid: &Grid<'_>, weights: Weights, cells: &Cells) -> Vec<(u32, u32)> {
    let (n, m) = (grid.n, grid.m);
    let width = m + 1;
    let least = best(cells[n * width + m]) - NEAR;
    // The best score of the rest of a path, for this row and the three below.
    let mut rows = vec![vec![[NEVER; 3]; width]; 4];
    let mut found = Vec::new();
    for i in (0..=n).rev() {
        rows.rotate_right(1);
        let (here, below) = rows.split_at_mut(1);
        let row = &mut here[0];
        for j in (0..=m).rev() {
            let mut bead = NEVER;
            beginning(grid, i, j, |a, b, score| bead = bead.max(best_rest(&below[a - 1][j + b]) + score));
            let (mut down, mut right) = (NEVER, NEVER);
            if i < n {
                down = below[0][j][SOURCE_GAP];
            }
            if j < m {
                right = row[j + 1][TARGET_GAP];
            }
            let (open, extend) = (weights.open, weights.extend);
            row[j] = match i == n && j == m {
                true => [0.0; 3],
                false => [
                    bead.max(down + open).max(right + open),
                    bead.max(down + extend).max(right + open),
                    bead.max(down + open).max(right + extend),
                ],
            };
            let ahead = cells[i * width + j];
            if (0..3).any(|state| ahead[state] + row[j][state] >= least) {
                found.push((i as u32, j as u32));
            }
        }
    }
    found.reverse();
    found
}

/// What a path is worth that has just left a bead.
fn best_rest(cell: &[f32; 3]) -> f32 {
    cell[MATCH]
}
