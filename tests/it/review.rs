//! `hexapla report`: what is on the pages, and what never is.

use std::collections::BTreeMap;
use std::path::Path;

use scraper::{Html, Selector};

use crate::folder::{self, Folder};

const SOURCE: &str = "---\ntitle: Cancel\ndescription: How to cancel.\n---\n# Cancel\n\n1. You can cancel **within 14 days** of the [order](order.md).\n\n> [!NOTE]\n> You must not wait longer than 30 days.\n";
const GERMAN: &str = "---\ntitle: Kündigen\ndescription: So kündigen Sie.\nms.translationtype: MT\n---\n# Kündigen\n\n1. Sie können **innerhalb von 24 Tagen** nach der [Bestellung](order.md) kündigen.\n\n> [!NOTE]\n> Sie dürfen nicht länger als 30 Tage warten.\n";

fn project(name: &str) -> Folder {
    Folder::new(name, &[("en-us/cancel.md", SOURCE), ("de-de/cancel.md", GERMAN)])
}

/// The files of the report, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    folder::files(folder).into_iter().map(|path| (name(&path), std::fs::read(&path).unwrap())).collect()
}

fn page(folder: &Folder, file: &str) -> String {
    std::fs::read_to_string(folder.0.join(file)).unwrap()
}

/// A page without what all pages share.
fn own(page: &str) -> String {
    let cut = |text: &str, open: &str, close: &str| {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(open) {
            out.push_str(&rest[..at + open.len()]);
            rest = &rest[at + open.len()..];
            rest = &rest[rest.find(close).unwrap()..];
        }
        out + rest
    };
    let text = cut(&cut(page, "<style>", "</style>"), "<script>", "</script>");
    cut(&text, "default-src 'none'", "\">").replace("default-src &#x27;none&#x27;", "")
}

#[test]
fn a_page_holds_both_sides_the_finding_and_what_a_decision_needs() {
    let folder = project("review-page");
    folder.run(&["report", "-o", "out", "--select", "facts,meaning"]).shows(
        0,
        "",
        "wrote 3 pages; open out/index.html",
    );
    let text = own(&page(&folder, "out/articles/cancel.html"));
    let start = text.find("<body").unwrap();
    let kept: Vec<&str> = text[start..].lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    crate::snapshot::check("fixtures/report/article.html.txt", &(kept.join("\n") + "\n"));
    let html = Html::parse_document(&text);
    let cell = Selector::parse("td.tgt[data-u]").unwrap();
    let target =
        "1. Sie können **innerhalb von 24 Tagen** nach der [Bestellung](order.md) kündigen.".trim_start_matches("1. ");
    let it = html.select(&cell).find(|it| it.text().collect::<String>().contains("24")).unwrap();
    let shown = it.select(&Selector::parse(".t").unwrap()).next().unwrap().text().collect::<String>();
    assert_eq!(shown, target, "the text of a cell is the segment as written");
    let lock = &blake3::hash(target.as_bytes()).to_hex()[..16];
    assert_eq!(it.attr("data-k"), Some(lock));
}

#[test]
fn the_same_input_gives_the_same_bytes_with_one_thread_or_four() {
    let folder = Folder::new("review-same", &[]);
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    folder.run(&["report", content, "-o", "one", "--jobs", "1"]).shows(0, "", "wrote 10 pages");
    folder.run(&["report", content, "-o", "four", "--jobs", "4"]).shows(0, "", "wrote 10 pages");
    let (one, four) = (files(&folder.0.join("one")), files(&folder.0.join("four")));
    assert_eq!(one.keys().collect::<Vec<_>>(), four.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(four[name] == *bytes, "{name} differs");
    }
}

#[test]
fn nothing_of_an_article_is_markup_or_script() {
    let evil = "---\ntitle: \"</title><script>pwned()</script>\"\n---\n# <img src=x onerror=pwned()> H\n\n</script><script>pwned()</script>\n\n[go](javascript:pwned()) \u{202e}txt.exe `</style><script>pwned()</script>` <!-- --> ]]> {{ 7*7 }} 14 days\n\n<a href=\"javascript:pwned()\">x</a> &lt;script&gt;pwned()&lt;/script&gt;\n\n![x](data:text/html,<script>pwned()</script>)\n";
    let german = evil.replace("14 days", "15 Tage");
    let folder = Folder::new(
        "review-evil",
        &[("en-us/<script>x.md", evil), ("de-de/<script>x.md", &german), ("en-us/a'b\"c.md", evil)],
    );
    folder.run(&["report", "-o", "out"]).shows(0, "", "wrote");
    let pages = files(&folder.0.join("out"));
    assert!(pages.keys().filter(|name| name.starts_with("articles/")).count() == 2);
    for (name, bytes) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let html = Html::parse_document(text);
        let all = |selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
        assert_eq!(all("script:not([type='application/json'])"), usize::from(name != "rules.html"), "{name}");
        assert_eq!(
            all("img, iframe, object, embed, base, link, form, [onerror], [onclick], [style], [src]"),
            0,
            "{name}"
        );
        for link in html.select(&Selector::parse("[href]").unwrap()) {
            let href = link.attr("href").unwrap();
            assert!(href.starts_with('#') || href.contains(".html"), "{name} links to {href}");
        }
        assert!(!text.contains('\u{202e}') && !text.contains("<script>pwned"), "{name}");
    }
}

#[test]
fn the_content_security_policy_allows_our_own_text_only() {
    let folder = project("review-policy");
    folder.run(&["report", "-o", "out"]).shows(0, "", "wrote 3 pages");
    for name in ["out/index.html", "out/rules.html", "out/articles/cancel.html"] {
        let page = page(&folder, name);
        assert!(page.contains("default-src &#x27;none&#x27;; style-src &#x27;sha256-"), "{name}");
        assert!(!page.contains("unsafe-"), "{name}");
        assert!(!page.contains("=\"http") && !page.contains("url("), "{name} names no other site");
    }
}

#[test]
fn a_folder_that_is_no_report_is_left_alone() {
    let folder = project("review-folder");
    folder.write("out/thesis.txt", b"my only copy");
    folder.run(&["report", "-o", "out"]).shows(2, "", "out holds files that are no report of hexapla");
    assert_eq!(files(&folder.0.join("out")).len(), 1);
    folder.run(&["report", "-o", "out", "--force"]).shows(0, "", "wrote 3 pages");
    // A report is written over; pages of articles that are gone go, and nothing else does.
    folder.write("out/articles/notes.txt", b"mine");
    folder.write("en-us/more.md", b"# More\n");
    folder.run(&["report", "-o", "out"]).shows(0, "", "wrote 4 pages");
    std::fs::remove_file(folder.0.join("en-us/more.md")).unwrap();
    folder.run(&["report", "-o", "out"]).shows(0, "", "wrote 3 pages");
    let names: Vec<String> = files(&folder.0.join("out")).into_keys().collect();
    let expected =
        ["articles/cancel.html", "articles/notes.txt", "hexapla-report.json", "index.html", "rules.html", "thesis.txt"];
    assert_eq!(names, expected);
}

#[test]
fn a_marker_does_not_choose_what_is_removed() {
    let folder = project("review-marker");
    folder.write("victim.html", b"x");
    folder.write("out/mine.html", b"x");
    let pages = "[\"../victim.html\", \"mine.html\", \"articles/../../victim.html\", \"/etc/hostname\"]";
    let marker = format!("{{\"version\": 1, \"tool\": \"\", \"report\": \"\", \"pages\": {pages}}}");
    folder.write("out/hexapla-report.json", marker.as_bytes());
    folder.run(&["report", "-o", "out"]).shows(0, "", "wrote 3 pages");
    assert!(folder.0.join("victim.html").exists() && folder.0.join("out/mine.html").exists());
}

#[test]
fn locales_rules_and_severities_are_chosen_as_in_check() {
    let folder = project("review-chosen");
    folder.write("fr-fr/cancel.md", SOURCE.as_bytes());
    let columns = |args: &[&str]| {
        folder.run(&[&["report", "-o", "out", "--force"], args].concat()).shows(0, "", "wrote");
        let html = Html::parse_document(&page(&folder, "out/articles/cancel.html"));
        let column = Selector::parse("#rows thead th.tgt").unwrap();
        let names: Vec<String> =
            html.select(&column).map(|it| it.text().collect::<String>().trim().to_owned()).collect();
        (names, html.select(&Selector::parse(".card").unwrap()).count())
    };
    assert_eq!(columns(&[]).0, ["de-DE MT", "fr-FR"]);
    assert_eq!(columns(&["--locale", "de"]).0, ["de-DE MT"]);
    assert_eq!(columns(&["--locale", "de", "--select", "changed-duration"]).1, 1);
    assert_eq!(columns(&["--locale", "de", "--select", "changed-duration", "--severity", "error"]).1, 0);
    folder.run(&["report"]).shows(0, "", "open hexapla-report/index.html in a browser");
    // Its pages are no articles of the next run.
    folder.run(&["report"]).shows(0, "", "wrote 3 pages");
}

#[test]
fn a_long_article_is_split_by_section() {
    let mut text = String::from("---\ntitle: Long\n---\n# Long\n\n");
    for section in 0..40 {
        text.push_str(&format!("## Part {section}\n\n"));
        for line in 0..60 {
            text.push_str(&format!("{} <b> {section} {line}\n\n", "Save & close \"it\" now, ".repeat(45)));
        }
    }
    let folder = Folder::new("review-long", &[("en-us/long.md", &text), ("de-de/long.md", &text)]);
    folder.run(&["report", "-o", "out", "--select", "missing-article"]).shows(0, "", "wrote");
    let parts = files(&folder.0.join("out/articles"));
    assert!(parts.len() > 1 && parts.contains_key("long.html") && parts.contains_key("long.~2.html"));
    for (name, bytes) in &parts {
        assert!(bytes.len() < 5_000_000, "{name} has {} bytes", bytes.len());
    }
}
