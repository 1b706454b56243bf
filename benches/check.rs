//! `cargo bench`: a whole check, side by side with a bare CommonMark pass over the same files.
//!
//! It reads `content/`, or the folder named by `HEXAPLA_BENCH`. Both run on two threads and read
//! the files from disk, so that their ratio is the cost of everything hexapla does above parsing.

use std::path::PathBuf;

use divan::Bencher;
use hexapla::config::{Overrides, Settings};
use hexapla::project::{self, Unsaved};
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().expect("the first pool");
    divan::main();
}

fn folder() -> PathBuf {
    let named = std::env::var_os("HEXAPLA_BENCH").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/content")))
}

/// Walk, read, and let `pulldown-cmark` emit its events with offsets; nothing else.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn bare_commonmark_pass(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let files: Vec<PathBuf> = ignore::Walk::new(folder())
            .flatten()
            .map(|entry| entry.into_path())
            .filter(|path| path.is_file())
            .collect();
        let count = |path: &PathBuf| {
            let text = String::from_utf8(std::fs::read(path).unwrap_or_default()).unwrap_or_default();
            Parser::new_ext(&text, Options::all()).into_offset_iter().count()
        };
        files.par_iter().map(count).sum::<usize>()
    });
}

/// Find, pair, read, check: what `hexapla check` does before it prints.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>) {
    whole(bencher, &[]);
}

/// The same without the rules that compare statements: reading and structure alone.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn check_structure(bencher: Bencher<'_, '_>) {
    whole(bencher, &["facts", "meaning", "policies"]);
}

fn whole(bencher: Bencher<'_, '_>, ignore: &[&str]) {
    let ignore = ignore.iter().map(|it| (*it).to_owned()).collect();
    let overrides = Overrides { ignore, ..Overrides::default() };
    let settings = Settings::defaults(&folder(), &overrides).expect("the defaults");
    let history = project::History::open(&settings).expect("no record");
    bencher.bench(|| {
        let found = project::discover(&[folder()], &settings).expect("the folder");
        let identify = |text: &str| hexapla::locale::identify(text).map(|it| it.locale);
        let groups = project::groups(found, &settings, &identify);
        let all: Vec<usize> = (0..groups.len()).collect();
        project::check(&groups, &all, &settings, &Unsaved::new(), &history, &|_| {}).findings.len()
    });
}
