//! Findings in order, without a second copy of them: they are the largest of what a run holds.

use rayon::prelude::*;

use super::Diagnostic;

/// Puts findings in the order of [`Diagnostic::sort_key`]; what is equal stays as it was.
pub fn sort(findings: &mut [Diagnostic]) {
    let mut order: Vec<u32> = (0..findings.len() as u32).collect();
    let key = |at: u32| (findings[at as usize].sort_key(), at);
    order.par_sort_unstable_by(|&one, &other| key(one).cmp(&key(other)));
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
