//! The progress bar: on a terminal only, and only when the work takes its time.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Counts articles; draws nothing in the first half second.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
}

impl Progress {
    pub(super) fn new(articles: usize, wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(articles as u64), ProgressDrawTarget::hidden());
        if wanted && std::io::stderr().is_terminal() {
            let template = "{bar:30} {pos} of {len} articles";
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        } else {
            bar.finish();
        }
        Self { bar, begun: Instant::now() }
    }

    pub(super) fn done(&self, articles: usize) {
        if self.bar.is_finished() {
            return;
        }
        if self.bar.is_hidden() && self.begun.elapsed() > Duration::from_millis(500) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(articles as u64);
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
