//! Sections and list items that were moved: runs that fit one another across the order of the rest
//! (local alignment: Smith and Waterman, 1981).

use super::grid::Grid;
use super::score::Scorer;
use super::search::Found;

/// A segment of one side that a run leaves out.
const SKIP: f32 = -2.5;
/// A run that is worth less may be chance.
const LEAST: f32 = 8.0;
/// A segment that an exchange leaves without counterpart.
const ALONE: f32 = -3.0;
/// What was changed is looked at again so often.
const ROUNDS: usize = 8;
/// More cells are not looked at; the first segments are.
const MAX_CELLS: usize = 1 << 20;
/// An exchange looks at so many cells, or so often at each of the grid, and then at no more: where
/// segments repeat each other a thousand times, each fits everywhere.
const LEAST_WORK: usize = 1 << 22;
const MOST_LOOKS: usize = 4;

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
    let (mut rows, mut columns): (Vec<usize>, Vec<usize>) = ((0..grid.n).collect(), (0..grid.m).collect());
    let mut links = Vec::new();
    for _ in 0..ROUNDS {
        let found = runs(&grid, &rows, &columns, LEAST, |i, j| grid.one(i, j));
        if found.is_empty() {
            break;
        }
        let (mut used_rows, mut used_columns) = (vec![false; grid.n], vec![false; grid.m]);
        for run in found {
            if run.links.iter().any(|&(i, j)| used_rows[i] || used_columns[j]) {
                continue;
            }
            for &(i, j) in &run.links {
                (used_rows[i], used_columns[j]) = (true, true);
                links.push((sources[i], targets[j], confidence(run.worth)));
            }
        }
        // A run does not jump what is paired: what is left is looked at again.
        rows.retain(|&i| !used_rows[i]);
        columns.retain(|&j| !used_columns[j]);
    }
    links
}

/// How sure a run is.
fn confidence(worth: f32) -> f32 {
    1.0 / (1.0 + (-0.5 * (worth - LEAST)).exp())
}

/// Takes beads apart where their parts fit others better: two sections in the place of one another
/// may be so alike that the search in order has paired each with the other. Gives back the links that
/// are better than what they break, as 1-1 beads.
pub(super) fn exchange(grid: &Grid<'_>, beads: &[Found]) -> Vec<Found> {
    let (rows, columns): (Vec<usize>, Vec<usize>) = ((0..grid.n).collect(), (0..grid.m).collect());
    let mut beads = beads.to_vec();
    let mut moved = Vec::new();
    let mut work = LEAST_WORK.max(MOST_LOOKS * grid.n * grid.m);
    for _ in 0..ROUNDS {
        let places = Places::of(grid, &beads);
        let mut gains = Vec::with_capacity(grid.n * grid.m);
        for (i, here) in places.sources.iter().enumerate() {
            let row = grid.row(i).iter().zip(&places.targets);
            gains.extend(row.map(|(one, there)| one - 0.5 * (here + there)));
        }
        // Mostly nothing fits better elsewhere, and that is soon seen.
        if gains.iter().map(|gain| gain.max(0.0)).sum::<f32>() <= LEAST {
            break;
        }
        let found = runs(grid, &rows, &columns, LEAST, |i, j| gains[i * grid.m + j]);
        let before = moved.len();
        let mut settled = (vec![false; grid.n], vec![false; grid.m]);
        for run in found {
            if run.links.iter().all(|&(i, j)| !settled.0[i] && !settled.1[j]) {
                moved.extend(try_run(grid, &mut beads, &run, &mut settled, &mut work));
            }
        }
        if moved.len() == before {
            break;
        }
    }
    // What was moved once may have been taken apart in a later round.
    moved.retain(|it| beads.contains(it));
    moved
}

/// What each piece is worth where it is.
struct Places {
    sources: Vec<f32>,
    targets: Vec<f32>,
}

impl Places {
    fn of(grid: &Grid<'_>, beads: &[Found]) -> Self {
        let mut places = Places { sources: vec![0.0; grid.n], targets: vec![0.0; grid.m] };
        for it in beads {
            let worth = worth(grid, it);
            places.sources[it.i..it.i + it.a].fill(worth);
            places.targets[it.j..it.j + it.b].fill(worth);
        }
        places
    }
}

fn worth(grid: &Grid<'_>, bead: &Found) -> f32 {
    grid.score(bead.i, bead.j, bead.a, bead.b).max(0.0)
}

/// Puts the links of a run in the place of the beads that they break, if all is worth more then.
/// `work` is how many cells may still be looked at.
fn try_run(
    grid: &Grid<'_>,
    beads: &mut Vec<Found>,
    run: &Run,
    settled: &mut (Vec<bool>, Vec<bool>),
    work: &mut usize,
) -> Vec<Found> {
    *work = work.saturating_sub(grid.n + grid.m + beads.len());
    if *work == 0 {
        return Vec::new();
    }
    let (mut in_sources, mut in_targets) = (vec![false; grid.n], vec![false; grid.m]);
    for &(i, j) in &run.links {
        (in_sources[i], in_targets[j]) = (true, true);
    }
    let (broken, kept): (Vec<Found>, Vec<Found>) = beads
        .iter()
        .partition(|it| in_sources[it.i..it.i + it.a].contains(&true) || in_targets[it.j..it.j + it.b].contains(&true));
    if broken.is_empty() {
        return Vec::new();
    }
    // What the broken beads leave has to find together too.
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for it in &broken {
        rows.extend((it.i..it.i + it.a).filter(|&i| !in_sources[i]));
        columns.extend((it.j..it.j + it.b).filter(|&j| !in_targets[j]));
    }
    rows.sort_unstable();
    columns.sort_unstable();
    let mut links = run.links.clone();
    loop {
        *work = work.saturating_sub(rows.len() * columns.len());
        if *work == 0 {
            return Vec::new();
        }
        let found = runs(grid, &rows, &columns, LEAST, |i, j| grid.one(i, j));
        let Some(best) = found.into_iter().next() else { break };
        rows.retain(|i| best.links.iter().all(|link| link.0 != *i));
        columns.retain(|j| best.links.iter().all(|link| link.1 != *j));
        links.extend(best.links);
    }
    let lost: f32 = broken.iter().map(|it| worth(grid, it)).sum();
    let won: f32 = links.iter().map(|&(i, j)| grid.one(i, j)).sum();
    if won + (rows.len() + columns.len()) as f32 * ALONE - lost < LEAST {
        return Vec::new();
    }
    for it in &broken {
        settled.0[it.i..it.i + it.a].fill(true);
        settled.1[it.j..it.j + it.b].fill(true);
    }
    for &(i, j) in &links {
        (settled.0[i], settled.1[j]) = (true, true);
    }
    let confidence = confidence(run.worth);
    let links: Vec<_> = links.into_iter().map(|(i, j)| Found { i, j, a: 1, b: 1, confidence }).collect();
    *beads = kept;
    beads.extend(&links);
    links
}

/// Links in order, and what they are worth together.
struct Run {
    worth: f32,
    links: Vec<(usize, usize)>,
}

/// The runs among some rows and columns of a grid that are worth more than `least`, the best first;
/// no link is in two of them. Rows and columns between which one is left out are not neighbours.
fn runs(
    grid: &Grid<'_>,
    rows: &[usize],
    columns: &[usize],
    least: f32,
    score: impl Fn(usize, usize) -> f32,
) -> Vec<Run> {
    let width = columns.len() + 1;
    let mut cells = vec![0f32; (rows.len() + 1) * width];
    let nothing = vec![0f32; width];
    let follows_row = |at: usize| at > 0 && grid.sources_meet(rows[at - 1], rows[at]);
    let follows: Vec<bool> =
        (0..columns.len()).map(|at| at > 0 && grid.targets_meet(columns[at - 1], columns[at])).collect();
    let mut ends = Vec::new();
    for (row, &i) in rows.iter().enumerate() {
        let (before, here) = cells.split_at_mut((row + 1) * width);
        let above = if follows_row(row) { &before[row * width..] } else { &nothing[..] };
        let mut left = 0.0;
        for ((cell, above), (&beside, (column, &j))) in
            here[1..].iter_mut().zip(above.windows(2)).zip(follows.iter().zip(columns.iter().enumerate()))
        {
            if !beside {
                left = 0.0;
            }
            let diagonal = if beside { above[0] } else { 0.0 };
            left = (diagonal + score(i, j)).max(above[1].max(left) + SKIP).max(0.0);
            *cell = left;
            if left > least {
                ends.push((left, row, column));
            }
        }
    }
    ends.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut used = vec![false; if ends.is_empty() { 0 } else { cells.len() }];
    let (mut found, mut way) = (Vec::new(), Vec::new());
    for (worth, mut row, mut column) in ends {
        let mut links = Vec::new();
        way.clear();
        loop {
            let at = (row + 1) * width + column + 1;
            if cells[at] <= 0.0 || used[at] {
                break;
            }
            way.push(at);
            let (below, beside) = (follows_row(row), follows[column]);
            let diagonal = if below && beside { cells[at - width - 1] } else { 0.0 };
            if cells[at] == diagonal + score(rows[row], columns[column]) {
                links.push((at, rows[row], columns[column]));
                if !(below && beside) {
                    break;
                }
                (row, column) = (row - 1, column - 1);
            } else if below && cells[at] == cells[at - width] + SKIP {
                row -= 1;
            } else if beside {
                column -= 1;
            } else {
                break;
            }
        }
        // A run that ends inside of a better one is a part of it.
        let first = links.last().map_or(0.0, |&(at, ..)| cells[at]);
        let begun = links.last().is_some_and(|&(_, i, j)| first == score(i, j));
        if !begun {
            // Whatever comes by here ends there, too.
            way.iter().for_each(|&at| used[at] = true);
            continue;
        }
        links.iter().for_each(|&(at, ..)| used[at] = true);
        let links = links.into_iter().rev().map(|(_, i, j)| (i, j)).collect();
        found.push(Run { worth, links });
    }
    found
}
