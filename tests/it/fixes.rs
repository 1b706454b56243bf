//! `check --fix` and `check --diff`, and the laws of fixes.

use std::path::Path;

use hexapla::bitext::Relation;
use hexapla::config::{Overrides, Settings};
use hexapla::diagnostic::{Applicability, Diagnostic};
use hexapla::document::{self, Document, Format};
use hexapla::lint::{self, Article};
use hexapla::locale::Locale;
use hexapla::text::Source;
use proptest::prelude::*;

use crate::folder::Folder;
use crate::laws::config;

const SOURCE: &str =
    "---\ntitle: Trees\ndescription: The trees.\n---\n# Trees\n\nSelect **Trees**, then **Flowers**.\n";
const TARGET: &str = "---\r\ntitle: Bäume\r\ndescription: Die Bäume.\r\n---\r\n# Bäume\r\n\r\nWählen Sie  **Bäume** , dann **Blumen** aus.\r\n";

#[test]
fn a_safe_fix_changes_its_bytes_and_no_other() {
    let folder = Folder::new("fix", &[("en-us/a.md", SOURCE), ("de-de/a.md", TARGET)]);
    folder.run(&["check", "--fix", "--fail-on", "info"]).shows(0, "No findings", "2 findings in 1 articles fixed");
    let fixed = TARGET.replace("Sie  **Bäume** ,", "Sie **Bäume**,");
    assert_eq!(folder.read("de-de/a.md"), fixed);
    assert_eq!(folder.read("en-us/a.md"), SOURCE);
    folder.run(&["check", "--fix"]).shows(0, "No findings", "0 findings in 0 articles fixed");
}

#[test]
fn a_diff_shows_the_fixes_and_writes_nothing() {
    let folder = Folder::new("fix-diff", &[("en-us/a.md", SOURCE), ("de-de/a.md", TARGET)]);
    let run = folder.run(&["check", "--diff"]);
    run.shows(1, "--- a/de-de/a.md\n+++ b/de-de/a.md\n", "2 findings in 1 articles would be fixed");
    run.shows(
        1,
        "-Wählen Sie  **Bäume** , dann **Blumen** aus.\r\n+Wählen Sie **Bäume**, dann **Blumen** aus.\r\n",
        "",
    );
    assert_eq!(folder.read("de-de/a.md"), TARGET);
    folder.run(&["check", "--diff", "--ignore", "spacing"]).shows(0, "", "");
    folder.run(&["check", "--diff", "--fix"]).shows(2, "", "cannot be used with");
}

#[test]
fn what_is_left_gives_the_exit_code() {
    let broken = TARGET.replace("title: Bäume", "title: Bäume\r\ntitle: Baum");
    let folder = Folder::new("fix-left", &[("en-us/a.md", SOURCE), ("de-de/a.md", &broken)]);
    folder.run(&["check", "--fix"]).shows(1, "duplicate-key", "2 findings in 1 articles fixed");
}

fn read(path: &str, locale: &str, text: &str) -> Document {
    document::read(path.into(), Locale::parse(locale).unwrap(), Format::Markdown, Source::from(text))
}

/// The findings of a bilingual article.
fn check(document: &Document) -> Vec<Diagnostic> {
    let english = Locale::parse("en-US").unwrap();
    let settings = Settings::defaults(Path::new("."), &Overrides::default()).unwrap();
    let articles = [Article { document: 0, source: Some((0, Relation::Own)), basis: None }];
    let documents = std::slice::from_ref(document);
    lint::check_group("a", documents, &articles, &english, &[], &settings, &Default::default()).findings
}

/// Every safe fix, applied alone, takes its finding away and adds none of how the text is set. What
/// a date or a number says may be read only once its spaces are right.
#[track_caller]
fn fixes_hold(document: &Document) {
    let said = |findings: &[Diagnostic]| {
        let of_writing = ["spacing", "doubled-word", "broken-emphasis", "html-tag-mismatch", "character-width"];
        let own = findings.iter().filter(|it| of_writing.contains(&it.rule));
        let mut all: Vec<(&str, String)> = own.map(|it| (it.rule, it.message.clone())).collect();
        all.sort();
        all
    };
    let found = check(document);
    let before = said(&found);
    let is_safe = |it: &&Diagnostic| it.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    for finding in found.iter().filter(is_safe) {
        let Some((text, count)) = lint::mend(document, [finding]) else { continue };
        assert_eq!(count, 1);
        let after = said(&check(&read(&document.path, document.locale.tag(), &text)));
        let mut expected = before.clone();
        expected.remove(expected.iter().position(|it| *it == (finding.rule, finding.message.clone())).unwrap());
        let added = after.iter().find(|it| !expected.contains(it));
        let text = document.source.text();
        assert_eq!(added, None, "`{}` of {text}", finding.message);
        assert!(after.len() <= expected.len(), "`{}` is still in {text}", finding.message);
    }
}

#[test]
fn fixes_of_the_site_hold() {
    for locale in ["zh-cn", "zh-tw", "ja-jp", "ru-ru", "de-de"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(locale);
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            fixes_hold(&read("a.md", locale, &text));
        }
    }
}

/// Pieces that slips are made of.
const PIECES: &[&str] = &[
    " ",
    " ",
    "  ",
    "\u{a0}",
    ",",
    ".",
    ":",
    " ;",
    "?",
    "%",
    "$",
    "-",
    "|",
    "\"",
    "\"",
    "「",
    "」",
    "（",
    "）",
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    "«",
    "»",
    "。",
    "，",
    "、",
    "：",
    "**",
    "*",
    "`x`",
    "\\[",
    "\\]",
    "[y](z.md)",
    "樹木",
    "園",
    "月",
    "花を",
    "Baum",
    "Der",
    "le",
    "сад",
    "и",
    "12",
    "1",
    "３",
    "１２",
    "Ａ",
    "木;水",
    "1 2 3 4 5",
    "Contoso",
    "12 月3 日",
    "&nbsp;",
    "\n",
];

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn fixes_of_any_article_hold(
        texts in proptest::collection::vec(proptest::collection::vec(proptest::sample::select(PIECES), 1..14), 1..4),
        locale in proptest::sample::select(&["de-DE", "fr-FR", "ru-RU", "zh-CN", "zh-TW", "ja-JP"]),
    ) {
        let pair = |(index, pieces): (usize, &Vec<&str>)| {
            let text = pieces.concat();
            format!(
                "<span data-ttu-id=\"a-{index}\">{text}</span><span class=\"sxs-lookup\">\
                 <span data-stu-id=\"a-{index}\">Select **Trees** and the flowers.</span></span>\n\n"
            )
        };
        let article: String = texts.iter().enumerate().map(pair).collect();
        fixes_hold(&read("a.md", locale, &article));
    }
}
