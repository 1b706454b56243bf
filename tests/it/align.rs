//! Two articles → beads: small ones that a person can check, and laws on random ones.

use std::path::Path;
use std::process::Command;

use hexapla::bitext::{Bitext, Lesson, Origin, Relation, learn};
use hexapla::document::{self, Document, Format, Role, Side};
use hexapla::locale::Locale;
use hexapla::text::{Source, Span};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::folder::Folder;

fn read(path: &str, locale: &str, text: &str) -> Document {
    document::read(path.into(), Locale::parse(locale).unwrap(), Format::Markdown, Source::from(text))
}

/// The text of a fence with this word behind it.
fn block<'t>(page: &'t str, name: &str) -> &'t str {
    let open = format!("````{name}\n");
    let from = page.find(&open).unwrap() + open.len();
    &page[from..from + page[from..].find("````").unwrap()]
}

/// One bead a line: `source = target`, the segments of a side parted by ` + `, `–` for none.
fn show(bitext: &Bitext<'_>) -> String {
    let side = |side: Option<Side<'_>>| {
        let texts = side.iter().flat_map(|side| Bitext::segments(side).map(|span| side.document.slice(span)));
        let text = texts.collect::<Vec<_>>().join(" + ");
        if text.is_empty() { "–".to_owned() } else { text }
    };
    let units = bitext.units.iter().filter(|unit| unit.origin != Origin::FrontMatter);
    units.map(|unit| format!("{} = {}\n", side(unit.source), side(unit.target))).collect()
}

fn check(name: &str, locale: &str) {
    let path = format!("fixtures/align/{name}.md");
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
    let (source, target) = (block(&page, "source"), block(&page, "target"));
    let (source, target) = (read("source.md", "en", source), read("target.md", locale, target));
    let beads = show(&Bitext::aligned(&source, &target, Relation::SameVersion, None));
    let expected = block(&page, "beads");
    let at = page.rfind("````beads\n").unwrap() + "````beads\n".len();
    crate::snapshot::check(&path, &format!("{}{beads}{}", &page[..at], &page[at + expected.len()..]));
}

#[test]
fn a_section_that_was_moved() {
    check("moved-section", "de");
}

#[test]
fn sentences_that_were_joined_and_cut() {
    check("joined-and-cut", "de");
}

#[test]
fn segments_that_only_one_side_has() {
    check("missing-and-extra", "de");
}

#[test]
fn segments_that_were_not_translated() {
    check("untranslated", "de");
}

#[test]
fn a_script_without_spaces() {
    check("script-without-spaces", "ja");
}

/// Words of a language that nobody speaks: each has one translation.
fn sentence(numbers: &[u8], translated: bool) -> String {
    const SYLLABLES: [&str; 8] = ["ba", "ke", "di", "lo", "mu", "ra", "te", "so"];
    let mut text = String::new();
    for number in numbers {
        let (a, b) = (usize::from(number % 8), usize::from(number / 8 % 8));
        let word = match translated {
            true => format!("{}{}w", SYLLABLES[b], SYLLABLES[(a + 3) % 8]),
            false => format!("{}{}n", SYLLABLES[a], SYLLABLES[b]),
        };
        text.push_str(if text.is_empty() { "" } else { " " });
        text.push_str(&word);
    }
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[test]
fn words_are_learned_from_other_articles() {
    let numbers = |article: usize, n: usize| -> Vec<u8> {
        (0..6).map(|k| ((article * 31 + n * 17 + k * 7 + n * k * 3) % 64) as u8).collect()
    };
    let article = |article: usize, order: &[usize], translated: bool| -> String {
        order.iter().map(|&n| sentence(&numbers(article, n), translated) + "\n\n").collect()
    };
    let plain: Vec<usize> = (0..12).collect();
    let others: Vec<(Document, Document)> = (1..16)
        .map(|it| (read("a.md", "en", &article(it, &plain, false)), read("a.md", "de", &article(it, &plain, true))))
        .collect();
    let lessons: Vec<Lesson> = others.iter().map(|(source, target)| Lesson::of(source, target)).collect();
    let lexicon = learn(&lessons);
    // Nothing but the words tells that the last four paragraphs now come first.
    let moved = [8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7];
    let source = read("a.md", "en", &article(0, &plain, false));
    let target = read("a.md", "de", &article(0, &moved, true));
    let bitext = Bitext::aligned(&source, &target, Relation::SameVersion, Some(&lexicon));
    let expected: String = moved
        .iter()
        .map(|&n| format!("{} = {}\n", sentence(&numbers(0, n), false), sentence(&numbers(0, n), true)))
        .collect();
    assert_eq!(show(&bitext), expected);
}

const PIECES: &[&str] = &[
    "Open the page. ",
    "Select **Save**. ",
    "Öffnen Sie die Seite. ",
    "Wait 10 minutes, then `retry`. ",
    "- ",
    "1. ",
    "| a | b |\n|---|---|\n| c. D. | 7 |\n",
    "## Next\n\n",
    "## <a name=\"next\"></a>Weiter\n\n",
    "> [!NOTE]\n> ",
    "[link](https://example.org/de-de/x) ",
    "保存します。",
    "<p>Raw. Text.</p>\n\n",
    "Line<br>break ",
    "\n\n",
    "\n",
];

fn article() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// The segments of the body, and those of one side of all units, in the order of the article.
fn sides(document: &Document, units: Vec<Span>) -> (Vec<Span>, Vec<Span>) {
    let body = document.segments.iter().filter(|it| it.entry.is_none() && it.role == Role::Only);
    let mut units = units;
    units.sort();
    (body.map(|it| it.span).collect(), units)
}

fn beads_hold(source: &Document, target: &Document) {
    let bitext = Bitext::aligned(source, target, Relation::SameVersion, None);
    let spans = |side: fn(&hexapla::bitext::Unit<'_>) -> Option<Span>, document: &Document| {
        let mut all = Vec::new();
        for unit in bitext.units.iter().filter(|unit| unit.origin != Origin::FrontMatter) {
            let Some(whole) = side(unit) else { continue };
            let inside = document.segments.iter().filter(|it| whole.contains(it.span)).map(|it| it.span);
            all.extend(inside);
        }
        all
    };
    let (segments, met) = sides(source, spans(|unit| unit.source.map(|it| it.span), source));
    assert_eq!(segments, met, "every source segment is in one bead");
    let (segments, met) = sides(target, spans(|unit| unit.target.map(|it| it.span), target));
    assert_eq!(segments, met, "every target segment is in one bead");
    for unit in &bitext.units {
        assert!(unit.source.is_some() || unit.target.is_some());
        let Origin::Aligned(confidence) = unit.origin else { continue };
        assert!((0.0..=1.0).contains(&confidence), "{confidence}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(4), ..ProptestConfig::default() })]

    #[test]
    fn every_segment_is_in_one_bead(source in article(), target in article()) {
        let (source, target) = (read("a.md", "en", &source), read("a.md", "de", &target));
        beads_hold(&source, &target);
    }

    #[test]
    fn an_article_and_itself_are_one(text in article()) {
        let (source, target) = (read("a.md", "en", &text), read("a.md", "en", &text));
        let bitext = Bitext::aligned(&source, &target, Relation::SameVersion, None);
        for unit in &bitext.units {
            prop_assert_eq!(unit.source.map(|it| it.span), unit.target.map(|it| it.span), "{}", show(&bitext));
        }
    }
}

/// Long articles are cut into windows; what is cut apart is still covered.
#[test]
fn long_articles_are_cut_where_they_correspond() {
    let words = |n: usize| ["red", "green", "blue", "grey"][n % 4];
    let english = |n: usize| format!("Paragraph {n} is {}.\n\n", words(n));
    let german = |n: usize| format!("Absatz {n} hat die Farbe {}.\n\n", words(n));
    let source: String = (0..3000).map(english).collect();
    // Five hundred paragraphs are missing, which no share of the length would tell.
    let target: String = (0..800).chain(1300..3000).map(german).collect();
    let (source, target) = (read("a.md", "en", &source), read("a.md", "de", &target));
    let bitext = Bitext::aligned(&source, &target, Relation::SameVersion, None);
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let pairs = bitext.units.iter().filter_map(|unit| Some((unit.source?.text(), unit.target?.text())));
    let right = pairs.filter(|(source, target)| number(source) == number(target)).count();
    assert!(right >= 2490, "{right}");
    beads_hold(&source, &target);
}

/// What the command prints to standard output; it has to succeed.
fn hexapla(folder: &Folder, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    let output = command.arg("align").args(args).current_dir(&folder.0).env_remove("NO_COLOR").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const ENGLISH: &str = "# Save\n\nSelect **Save**. Wait 10 seconds.\n";
const GERMAN: &str = "# Speichern\n\nWählen Sie **Speichern** aus. Warten Sie 10 Sekunden.\n";

#[test]
fn beads_are_printed_for_programs() {
    let folder = Folder::empty();
    folder.write("en-us/a.md", ENGLISH).write("de-de/a.md", GERMAN).write("de-de/alone.md", GERMAN);
    let lines = hexapla(&folder, &["--format", "jsonl"]);
    let beads: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(beads.len(), 3, "{lines}");
    for bead in &beads {
        assert_eq!((&bead["source"], &bead["target"]), (&"en-us/a.md".into(), &"de-de/a.md".into()));
        assert_eq!(bead["origin"], "aligned");
        assert!((0.0..=1.0).contains(&bead["confidence"].as_f64().unwrap()));
    }
    let text = |side: &str, article: &str, bead: &serde_json::Value| -> Vec<String> {
        let spans = bead[side].as_array().unwrap().iter();
        spans.map(|it| article[it[0].as_u64().unwrap() as usize..it[1].as_u64().unwrap() as usize].into()).collect()
    };
    assert_eq!(text("src_spans", ENGLISH, &beads[2]), ["Wait 10 seconds."]);
    assert_eq!(text("tgt_spans", GERMAN, &beads[2]), ["Warten Sie 10 Sekunden."]);
    assert_eq!(hexapla(&folder, &["--format", "jsonl", "--locale", "fr"]), "");
}

#[test]
fn two_files_are_a_pair_whatever_their_names() {
    let folder = Folder::empty();
    folder.write("old.md", ENGLISH).write("new.md", GERMAN);
    let line = hexapla(&folder, &["old.md", "new.md", "--format", "tsv"]).lines().nth(1).unwrap().to_owned();
    let expected = "old.md\tnew.md\taligned\t";
    assert!(line.starts_with(expected) && line.ends_with("\t2-6\t2-11\tSave\tSpeichern"), "{line}");
    folder.write("tab.md", "Tab\there.\n");
    let tab = hexapla(&folder, &["tab.md", "tab.md", "--format", "tsv"]);
    assert!(tab.ends_with("\t0-9\t0-9\tTab\\there.\tTab\\there.\n"), "{tab}");
}

#[test]
fn bilingual_articles_give_what_is_written_in_them() {
    let folder = Folder::empty();
    let span =
        "<span data-ttu-id=\"a-1\">Ja</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">Yes</span></span>\n";
    folder.write("de-de/a.md", span);
    let line = hexapla(&folder, &["--format", "jsonl"]);
    let bead: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
    assert_eq!((&bead["source"], &bead["origin"]), (&"de-de/a.md".into(), &"embedded".into()));
    let spans =
        |side: &str| bead[side][0].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect::<Vec<_>>();
    let text = |side: &str| &span[spans(side)[0] as usize..spans(side)[1] as usize];
    assert_eq!((text("src_spans"), text("tgt_spans")), ("Yes", "Ja"));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::empty();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let run = |jobs: &str| hexapla(&folder, &[content.to_str().unwrap(), "--format", "jsonl", "--jobs", jobs]);
    let one = run("1");
    assert!(one.lines().count() > 500);
    assert_eq!(one, run("4"));
}

#[test]
fn columns_are_as_wide_as_their_letters() {
    let folder = Folder::empty();
    let japanese = "# 保存する\n\n**[保存]** を選びます。10 秒待ちます。\n\n日本語だけにある段落です。どこにも対応するものがありません。\n";
    folder.write("a.md", ENGLISH).write("b.md", japanese);
    let shown = hexapla(&folder, &["a.md", "b.md", "--locale", "ja", "--color", "never"]);
    crate::snapshot::check("fixtures/align/columns.txt", &shown);
}
