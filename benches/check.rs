//! `cargo bench`: a whole check, side by side with a bare CommonMark pass over the same files.
//!
//! It reads `content/`, or the folder named by `HEXAPLA_BENCH`. Both run on two threads and read
//! the files from disk, so that their ratio is the cost of everything hexapla does above parsing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use divan::Bencher;
use hexapla::config::{Overrides, Settings};
use hexapla::project::{self, Cache, Unsaved};
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

/// The same with a cache, where nothing changed.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn check_again(bencher: Bencher<'_, '_>) {
    let copy = Copy::new("again");
    copy.check();
    bencher.bench(|| copy.check());
}

/// The same with a cache, where a sentence of one translation changed.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn check_one_changed(bencher: Bencher<'_, '_>) {
    let copy = Copy::new("one-changed");
    copy.check();
    let times = AtomicUsize::new(0);
    let change = || copy.change(times.fetch_add(1, Ordering::Relaxed));
    bencher.with_inputs(change).bench_values(|()| copy.check());
}

fn whole(bencher: Bencher<'_, '_>, ignore: &[&str]) {
    let ignore = ignore.iter().map(|it| (*it).to_owned()).collect();
    let settings = settings(&folder(), &Overrides { ignore, ..Overrides::default() });
    bencher.bench(|| checked(&folder(), &settings, &Cache::none()));
}

fn settings(folder: &Path, overrides: &Overrides) -> Settings {
    Settings::defaults(folder, overrides).expect("the defaults")
}

/// The number of findings.
fn checked(folder: &Path, settings: &Settings, cache: &Cache) -> usize {
    let history = project::History::open(settings).expect("no record");
    let found = project::discover(&[folder.to_owned()], settings).expect("the folder");
    let identify = |text: &str| hexapla::locale::identify(text).map(|it| it.locale);
    let groups = project::groups(found, settings, &identify);
    let all: Vec<usize> = (0..groups.len()).collect();
    project::check_cached(&groups, &all, settings, &Unsaved::new(), &history, cache, &|_| {}).findings.len()
}

/// A copy of the articles, with a cache; removed at the end.
struct Copy {
    root: PathBuf,
    settings: Settings,
    /// A translation, with its text before and behind a place in its first sentence.
    article: (PathBuf, String, String),
}

impl Copy {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("hexapla-bench-{}-{name}", std::process::id()));
        let mut translations = Vec::new();
        for entry in ignore::Walk::new(folder()).flatten().filter(|it| it.path().is_file()) {
            let path = root.join("articles").join(entry.path().strip_prefix(folder()).expect("a path in the folder"));
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::copy(entry.path(), &path).expect("a copy");
            let text = fs::read_to_string(&path).unwrap_or_default();
            let begin = text.find("<span data-ttu-id=").and_then(|at| Some(at + text[at..].find('>')? + 1));
            translations.extend(begin.map(|at| (path, text[..at].to_owned(), text[at..].to_owned())));
        }
        let article = translations.swap_remove(translations.len() / 2);
        let settings = settings(&root.join("articles"), &Overrides::default());
        Copy { root, settings, article }
    }

    fn check(&self) -> usize {
        checked(&self.root.join("articles"), &self.settings, &Cache::at(self.root.join("cache")))
    }

    fn change(&self, times: usize) {
        let (path, before, behind) = &self.article;
        fs::write(path, format!("{before}{} {behind}", "x".repeat(times % 7 + 2))).expect("a change");
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}
