//! Every rule is a file, a page and a line in the list; the examples of the pages are run.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use hexapla::bitext::{Basis, Relation, Versions};
use hexapla::config::{Overrides, Settings};
use hexapla::document::{self, Document, Format};
use hexapla::lint::{self, Article, Check, Example, Page, RULES, Rule};
use hexapla::locale::Locale;
use hexapla::termbase::Bases;
use hexapla::termbase::base::Names;
use hexapla::termbase::strings::Sheet;
use hexapla::text::Source;

/// What the settings of an example name.
pub fn bases(example: &Example, source: &Locale) -> Bases {
    let mut bases = Bases::default();
    if let Some(text) = &example.terms {
        bases.terms.read("terms.yaml", text.as_bytes(), source).unwrap_or_else(|error| panic!("{error}\n{text}"));
        bases.names = Names::new(&[], &bases.terms, source);
    }
    let mut sheets = example.strings.iter().map(|(tag, text)| {
        let sheet = Sheet::read("strings.json", text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        (Locale::parse(tag).unwrap(), format!("strings/{tag}.json").into(), sheet)
    });
    if let Some((_, _, source)) = sheets.next() {
        bases.strings.add(&source, &sheets.collect::<Vec<_>>());
    }
    bases
}

/// The findings of one rule in an example, as its page shows them.
fn run(rule: &Rule, example: &Example) -> String {
    let mut documents: Vec<Document> = Vec::new();
    let mut articles = Vec::new();
    let english = Locale::parse("en-US").unwrap();
    let read = |path: &str, locale: &Locale, text: &str| {
        // A page is UTF-8; a replacement character in an example stands for a byte that is not.
        let source = match text.contains('\u{fffd}') {
            true => Source::from_bytes(text.split('\u{fffd}').map(str::as_bytes).collect::<Vec<_>>().join(&0xff)),
            false => Source::from(text),
        };
        document::read(path.into(), locale.clone(), Format::Markdown, source)
    };
    if let Some(text) = &example.source {
        documents.push(read("en-us/article.md", &english, text));
        articles.push(Article { document: 0, source: None, basis: None });
    }
    // `target de-DE other-version`: the source is of another version.
    let (tag, version) = example.locale.split_once(' ').unwrap_or((&example.locale, ""));
    let locale = Locale::parse(tag).unwrap();
    if let Some(text) = &example.target {
        let index = documents.len();
        documents.push(read(&format!("{}/article.md", tag.to_lowercase()), &locale, text));
        let own = documents[index].is_bilingual();
        let source = match own {
            true => Some((0, Relation::Own)),
            false if version == "other-version" => Some((0, Relation::OtherVersion)),
            false => (index > 0).then_some((0, Relation::SameVersion)),
        };
        let was = example.was.as_ref().map(|text| read("en-us/article.md", &english, text));
        let basis = was.map(|was| Basis::Versions(Versions::new(was)));
        articles.push(Article { document: index, source, basis });
    }
    let locales = [english.clone(), locale];
    let mut settings = Settings::defaults(Path::new("."), &Overrides::default()).unwrap();
    settings.bases = Arc::new(bases(example, &english));
    let mut outcome =
        lint::check_group("article", &documents, &articles, &english, &locales, &settings, &Default::default());
    if let Some(text) = &example.other {
        // What is said of two articles is said of the second: that is the one the page is about.
        let other = [read("en-us/other.md", &english, text)];
        let alone = [Article { document: 0, source: None, basis: None }];
        let facts =
            lint::check_group("other", &other, &alone, &english, &locales, &settings, &Default::default()).facts;
        outcome.facts.splice(0..0, facts);
    }
    outcome.findings.extend(lint::compare(outcome.facts, outcome.translations, &settings));
    let mut lines = String::new();
    for finding in outcome.findings.iter().filter(|finding| finding.rule == rule.name) {
        let range = finding.primary.range;
        lines.push_str(&format!(
            "{}:{}-{}:{} {} {}\n",
            range.start.line,
            range.start.column,
            range.end.line,
            range.end.column,
            finding.severity.name(),
            finding.message
        ));
    }
    lines
}

#[test]
fn examples_of_the_pages_find_what_they_say() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/rules/{}.md", rule.name));
        let text = std::fs::read_to_string(&path).unwrap();
        let page = Page::parse(&text);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for example in page.examples.iter().rev() {
            let actual = run(rule, example);
            if actual != example.findings {
                wrong.push(format!(
                    "{}:{}\nexpected:\n{}actual:\n{actual}",
                    rule.name, example.findings_line, example.findings
                ));
                let count = example.findings.lines().count();
                let answer = actual.lines().map(str::to_owned);
                lines.splice(example.findings_line..example.findings_line + count, answer);
            }
        }
        if std::env::var_os("UPDATE").is_some_and(|it| it == "1") {
            std::fs::write(&path, lines.join("\n") + "\n").unwrap();
            wrong.clear();
        }
    }
    assert!(wrong.is_empty(), "rewrite with UPDATE=1 cargo test, and read the diff:\n{}", wrong.join("\n"));
}

#[test]
fn a_page_has_an_example_that_finds_and_says_why() {
    for rule in RULES {
        let page = Page::parse(rule.page);
        assert!(rule.page.starts_with(&format!("# {}\n", rule.name)), "{}: the page begins with its name", rule.name);
        for heading in ["## Why it matters", "## What to do", "## Examples"] {
            assert!(rule.page.contains(heading), "{}: no heading {heading}", rule.name);
        }
        // What the checker itself reports before an article is read has no example in an article.
        let shown = page.examples.iter().any(|it| !it.findings.is_empty());
        assert!(shown || matches!(rule.check, Check::Builtin), "{}: no example that finds", rule.name);
    }
}

#[test]
fn a_rule_is_a_file_a_page_and_a_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stems = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(root.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().replace('_', "-")).collect()
    };
    let listed: Vec<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(listed, sorted, "the list is in alphabetical order");
    let listed: BTreeSet<String> = listed.into_iter().collect();
    assert_eq!(listed, stems("src/lint/rules"));
    assert_eq!(listed, stems("fixtures/rules"));
}
