//! `cargo bench --bench align`: how aligning grows with the length of an article, and a whole project
//! with what it learns.
//!
//! The articles are made up of words that nobody speaks, each with one translation.

use divan::Bencher;
use hexapla::bitext::{Bitext, Lesson, Relation, learn};
use hexapla::document::{self, Document, Format};
use hexapla::locale::Locale;
use hexapla::text::Source;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().expect("the first pool");
    divan::main();
}

/// The same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

fn word(number: usize, ending: char) -> String {
    const SYLLABLES: [&str; 12] = ["ba", "ke", "di", "lo", "mu", "ra", "te", "so", "vi", "na", "pu", "ge"];
    let parts = [number % 12, number / 12 % 12, number / 144];
    parts.iter().map(|&it| SYLLABLES[it % 12]).chain([ending.encode_utf8(&mut [0; 4]) as &str]).collect()
}

/// A source and its translation with so many segments, of which some are missing there.
fn pair(segments: usize, seed: u64) -> (Document, Document) {
    let mut numbers = Numbers(seed);
    let (mut source, mut target) = (String::new(), String::new());
    for number in 0..segments {
        // Small numbers, and so small words, are the frequent ones.
        let mut rank = |_| {
            let most = 1 + numbers.below(900);
            numbers.below(most)
        };
        let words: Vec<usize> = (0..8 + number % 8).map(&mut rank).collect();
        let sentence = |ending| words.iter().map(|&it| word(it, ending)).collect::<Vec<_>>().join(" ");
        let mark = if number % 7 == 0 { format!(" {number}") } else { String::new() };
        let block = ["", "- ", "## "][[0, 0, 0, 1, 1, 0, 0, 0, 2, 0][number % 10]];
        source.push_str(&format!("{block}{}{mark}.\n\n", sentence('n')));
        if numbers.below(20) > 0 {
            target.push_str(&format!("{block}{}{mark}.\n\n", sentence('w')));
        }
    }
    let read = |text: &str, locale: &str| {
        let locale = Locale::parse(locale).expect("a locale");
        document::read("article.md".into(), locale, Format::Markdown, Source::from(text))
    };
    (read(&source, "en"), read(&target, "de"))
}

/// Two articles alone, with what they teach.
#[divan::bench(args = [250, 1000, 4000], sample_count = 10, sample_size = 1)]
fn one_pair(bencher: Bencher<'_, '_>, segments: usize) {
    let (source, target) = pair(segments, 7);
    bencher.bench(|| Bitext::aligned(&source, &target, Relation::SameVersion, None).units.len());
}

/// A hundred pairs of ninety segments: learning, and aligning all of them.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn project(bencher: Bencher<'_, '_>) {
    let pairs: Vec<_> = (0..100).map(|seed| pair(90, seed)).collect();
    bencher.bench(|| {
        let lessons: Vec<Lesson> = pairs.iter().map(|(source, target)| Lesson::of(source, target)).collect();
        let lexicon = learn(&lessons);
        let units = |(source, target): &(Document, Document)| {
            Bitext::aligned(source, target, Relation::SameVersion, Some(&lexicon)).units.len()
        };
        pairs.iter().map(units).sum::<usize>()
    });
}
