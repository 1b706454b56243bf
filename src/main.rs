//! Stand-in until the cli room is merged: `check --format json PATH…` over bilingual articles.
use hexapla::bitext::Relation;
use hexapla::config::Settings;
use hexapla::document::{self, Format};
use hexapla::lint::{self, Article};
use hexapla::locale::Locale;
use hexapla::report;
use hexapla::text::Source;
use rayon::prelude::*;

fn main() {
    let paths: Vec<String> =
        std::env::args().skip(2).filter(|it| !it.starts_with('-') && it != "json" && it != "never").collect();
    let mut files = Vec::new();
    for path in &paths {
        for entry in ignore::Walk::new(path).flatten() {
            let name = entry.path().to_string_lossy().into_owned();
            if name.ends_with(".md") && entry.path().is_file() {
                files.push(name);
            }
        }
    }
    files.sort();
    let settings = Settings::default();
    let source_locale = Locale::parse("en-US").unwrap();
    let outcomes: Vec<_> = files
        .par_iter()
        .map(|file| {
            let source = Source::from_bytes(std::fs::read(file).unwrap());
            let text = source.text();
            let locale = text
                .find("ms.contentlocale: ")
                .and_then(|at| Locale::parse(text[at + 18..].lines().next()?.trim()))
                .unwrap_or_default();
            let document = document::read(file.as_str().into(), locale, Format::Markdown, source);
            let own = document.is_bilingual();
            let article = Article { document: 0, source: own.then_some((0, Relation::Own)) };
            lint::check_group(file, &[document], &[article], &source_locale, &[], &settings)
        })
        .collect();
    let findings: Vec<_> = outcomes.iter().flat_map(|it| it.findings.clone()).collect();
    let mut summary = report::Summary::default();
    summary.articles = files.len();
    summary.units = outcomes.iter().map(|it| it.units).sum();
    summary.count(&findings);
    let report = report::Report {
        findings: &findings,
        summary: &summary,
        rules: &[],
        width: 0,
        color: false,
        max_per_rule: None,
    };
    report::render(&report, report::Format::Json, &mut std::io::stdout().lock()).unwrap();
}
