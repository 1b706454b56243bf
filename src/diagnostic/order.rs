//! Findings in order, without a second copy of them: they are the largest of what a run holds.

use rayon::prelude::*;

use super::Diagnostic;

/// Puts findings in the order of [`Diagnostic::sort_key`]; what is equal stays as it was.
pub fn sort(findings: &mut [Diagnostic]) {
    // Findings of one article mostly stand together: their paths are compared once.
    let runs = || findings.chunk_by(|a, b| a.primary.path == b.primary.path);
    let mut paths: Vec<&str> = runs().map(|run| &*run[0].primary.path).collect();
    paths.sort_unstable();
    paths.dedup();
    let rank = |run: &[Diagnostic]| paths.partition_point(|it| *it < &*run[0].primary.path) as u32;
    let ranks = runs().flat_map(|run| std::iter::repeat_n(rank(run), run.len()));
    let key = |(at, rank): (usize, u32)| {
        let range = &findings[at].primary.range;
        (rank, range.start.byte, range.end.byte, at as u32)
    };
    let mut keys: Vec<(u32, u32, u32, u32)> = ranks.enumerate().map(key).collect();
    keys.par_sort_unstable_by(|one, other| {
        let rest = |at: u32| (findings[at as usize].sort_key(), at);
        let place = |it: &(u32, u32, u32, u32)| (it.0, it.1, it.2);
        place(one).cmp(&place(other)).then_with(|| rest(one.3).cmp(&rest(other.3)))
    });
    let mut order: Vec<u32> = keys.into_iter().map(|it| it.3).collect();
    for start in 0..order.len() {
        // Round each circle of places once: what belongs here comes from there.
        let mut here = start;
        loop {
            let there = order[here] as usize;
            order[here] = here as u32;
            if there == start {
                break;
            }
            findings.swap(here, there);
            here = there;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};

    fn finding(path: &str, fingerprint: usize) -> Diagnostic {
        Diagnostic {
            rule: "spacing",
            severity: Severity::Info,
            message: String::new(),
            help: None,
            primary: Label { path: path.into(), ..Label::default() },
            labels: Vec::new(),
            unit: None,
            fix: None,
            fingerprint: fingerprint.to_string(),
        }
    }

    #[test]
    fn the_order_is_that_of_a_stable_sort() {
        let paths = ["d", "a", "c", "a", "b", "d", "a", "e", "b"];
        for count in 0..=paths.len() {
            let mut findings: Vec<Diagnostic> =
                paths[..count].iter().enumerate().map(|(at, it)| finding(it, at)).collect();
            let mut expected = findings.clone();
            expected.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
            sort(&mut findings);
            assert_eq!(findings, expected);
        }
    }
}
