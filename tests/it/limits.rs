//! What is bounded: each input here was once read in the square of its length. Nothing is timed;
//! the tests say what is read and what is said instead, and would not end if the bound were gone.

use hexapla::bitext::{Bitext, Relation};
use hexapla::document::{self, Document, Format, Role};
use hexapla::locale::Locale;
use hexapla::markdown::ProblemKind;
use hexapla::text::{LineIndex, Source};

use crate::targets::check_laws;

fn read(text: &str, locale: &str) -> Document {
    let source = Source::from(text);
    let document = document::read("x.md".into(), Locale::parse(locale).unwrap(), Format::Markdown, source);
    check_laws(&document);
    document
}

#[track_caller]
fn says(document: &Document, times: usize, words: &str) {
    let problems = document.tree.problems.iter().filter(|it| it.kind == ProblemKind::Limit);
    let said: Vec<&str> = problems.map(|it| it.message.as_str()).collect();
    assert!(said.len() == times && said.iter().all(|it| it.contains(words)), "{said:?}");
}

#[test]
fn nesting_stops_being_looked_at() {
    for mark in [">", "> ", "- ", "1. ", "> - "] {
        let document = read(&mark.repeat(50_000 / mark.len()), "en");
        assert!(document.tree.nodes.len() < 250, "{mark}: {}", document.tree.nodes.len());
    }
    says(&read(&">".repeat(50_000), "en"), 1, "nested too deep");
}

#[test]
fn a_long_paragraph_is_cut_into_its_sentences() {
    for (locale, sentence) in
        [("zh-CN", "请选择“保存”。"), ("en-US", "Select **Save** now. "), ("ja", "`a` です（はい。）。")]
    {
        let document = read(&sentence.repeat(2_000), locale);
        assert_eq!(document.segments.len(), 2_000, "{sentence}");
        assert!(document.segments.iter().all(|it| document.slice(it.span) == sentence.trim()));
        says(&document, 0, "");
    }
}

#[test]
fn a_sentence_without_end_is_one_segment_or_none() {
    let mark = "word and **bold** ";
    let short = read(&mark.repeat(100), "en");
    assert_eq!(short.segments.len(), 1);
    says(&short, 0, "");
    for text in
        [mark.repeat(200), mark.repeat(20_000), "word ".repeat(4_000), "（あ".repeat(20_000), "a!".repeat(20_000)]
    {
        let document = read(&text, "en");
        assert_eq!(document.segments.len(), 0);
        says(&document, 1, "it is not compared");
    }
}

#[test]
fn a_long_side_takes_its_other_side_with_it() {
    let pair = |target: &str| {
        format!(
            "<span data-ttu-id=\"a-1\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">b</span></span>\n\n"
        )
    };
    let document = read(&[pair("kurz"), pair(&"`a` ".repeat(600)), pair("auch kurz")].concat(), "de");
    let targets: Vec<_> = document.segments.iter().filter(|it| it.role == Role::Target).collect();
    assert_eq!((document.segments.len(), targets.len()), (4, 2));
    says(&document, 1, "it is not compared");
}

#[test]
fn a_span_that_never_ends_is_looked_for_nearby() {
    for mark in ["<span data-ttu-id=\"a-1\"><span>", "<span data-ttu-id=\"a-1\">", "<span data-ttu-id=\"a-1\"><b"] {
        let document = read(&mark.repeat(2_000), "de");
        assert_eq!(document.tree.bilingual.len(), 0);
        assert!(document.tree.problems.len() >= 2_000, "{mark}: {}", document.tree.problems.len());
    }
}

#[test]
fn an_article_of_thousands_of_segments_is_still_paired() {
    let article = |words: &str| (0..2_500).map(|n| format!("{words} {n}.\n\n")).collect::<String>();
    let (source, target) = (read(&article("Part number"), "en"), read(&article("Teil Nummer"), "de"));
    let bitext = Bitext::aligned(&source, &target, Relation::SameVersion, None);
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let paired = bitext.units.iter().filter_map(|unit| Some((unit.source?.text(), unit.target?.text())));
    assert_eq!(paired.filter(|(source, target)| number(source) == number(target)).count(), 2_500);
}

#[test]
fn an_article_has_no_more_than_fifty_thousand_segments() {
    let document = read(&"a.\n\n".repeat(50_001), "en");
    assert_eq!(document.segments.len(), 50_000);
    says(&document, 1, "more than 50000 segments; from here on none is compared");
    let pair = "<span data-ttu-id=\"a\">b</span><span><span data-stu-id=\"a\">c</span></span>\n\n";
    let document = read(&format!("First.\n\n{}", pair.repeat(25_001)), "de");
    let of = |role| document.segments.iter().filter(|it| it.role == role).count();
    assert_eq!((of(Role::Only), of(Role::Target), of(Role::Source)), (1, 24_999, 24_999));
}

#[test]
fn an_article_that_repeats_itself_is_still_paired() {
    for (words, count) in [("{}. Save.\n", 3_000), ("Save it within 14 days. ", 1_200)] {
        let article = |word: &str| {
            (1..=count).map(|it| words.replace("{}", &it.to_string()).replace("Save", word)).collect::<String>()
        };
        let (source, target) = (read(&article("Save"), "en"), read(&article("Speichern"), "de"));
        let bitext = Bitext::aligned(&source, &target, Relation::SameVersion, None);
        let paired = bitext.units.iter().filter(|unit| unit.source.is_some() && unit.target.is_some()).count();
        assert!(paired * 10 >= count * 9, "{words}: {paired}");
    }
}

#[test]
fn columns_of_a_long_line_are_those_of_its_characters() {
    let text = format!("x\n{}\nend", "aé語😀".repeat(5_000));
    let lines = LineIndex::new(&text);
    let line = text.find('\n').unwrap() + 1;
    for (column, (at, _)) in text[line..].char_indices().enumerate().take(20_000) {
        let position = lines.position(&text, (line + at) as u32);
        assert_eq!((position.line, position.column as usize), (2, column + 1));
    }
    let end = lines.position(&text, text.len() as u32);
    assert_eq!((end.line, end.column), (3, 4));
    let round = "é".repeat(4 << 10);
    assert_eq!(LineIndex::new(&round).position(&round, 8 << 10).column, 4097);
}

#[test]
fn a_page_of_nested_elements_says_its_language() {
    let head = "<html lang=\"ja\"><head><meta name=\"ms.topic\" content=\"x\"></head><body><p>";
    let page = format!("{head}{}<p>end", "<div>".repeat(200_000));
    let source = Source::from(page.as_str());
    let document = document::read("x.html".into(), Locale::parse("ja").unwrap(), Format::Html, source);
    check_laws(&document);
    assert_eq!((document.meta("lang"), document.meta("ms.topic")), ("ja", "x"));
    assert_eq!(document.segments.len(), 1);
}
