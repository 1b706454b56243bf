//! Termbases: every format says the same, what is written is read again, and hostile files are
//! refused with a word.

use std::path::Path;
use std::process::Command;

use hexapla::locale::Locale;
use hexapla::termbase::base::{Concept, Names, Reading, Status, Term, Termbase};
use hexapla::termbase::strings::{ProductStrings, Sheet};
use proptest::prelude::*;

use crate::folder::Folder;

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Result<Termbase, String> {
    let mut base = Termbase::default();
    base.read(name, bytes, &locale("en")).map_err(|error| error.to_string())?;
    Ok(base)
}

fn fixture(name: &str) -> Termbase {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/terms").join(name);
    read(name, &std::fs::read(&path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A termbase as a person would tell it.
fn told(base: &Termbase) -> String {
    let concept = |it: &Concept| {
        let mut line = String::new();
        for (locale, terms) in &it.languages {
            for term in terms {
                let status = match term.status {
                    Status::Preferred => "",
                    Status::Admitted => "~",
                    Status::Forbidden => "!",
                };
                let case = if term.case_sensitive { "=" } else { "" };
                line.push_str(&format!("{locale} {status}{case}{}; ", term.text));
            }
        }
        format!("{line}{}", if it.do_not_translate { "stays" } else { "" }).trim_end_matches([' ', ';']).to_owned()
    };
    base.concepts.iter().map(concept).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_format_says_the_same() {
    for name in ["martif.tbx", "dca.tbx", "dct.tbx", "columns.csv", "rows.tsv", "garden.yaml"] {
        let base = fixture(&format!("bases/{name}"));
        assert_eq!(
            told(&base),
            "en flower bed; de-DE Blumenbeet; de-DE ~Beet; de-DE !Blumen&Bett\nen =Lindenhof Garden; stays",
            "{name}"
        );
        let note = base.concepts[0].note.clone().or(base.concepts[0].languages[1].1[0].note.clone());
        assert_eq!(note.as_deref(), Some("A piece of ground with plants."), "{name}");
    }
}

#[test]
fn what_hexapla_writes_it_reads() {
    let [yaml, tbx, csv] = ["table.yaml", "table.tbx", "table.csv"].map(fixture);
    // What the table calls a label is in the locale that the settings call the source.
    let csv = told(&csv).replace("\nen ", "\nen-US ").replacen("en ", "en-US ", 1);
    assert_eq!(told(&yaml), told(&tbx));
    assert_eq!(told(&yaml), csv);
    assert!(csv.contains("en-US Submit; de-DE Senden; de-DE ~Übermitteln; zh-CN 提交"), "{csv}");
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], expected: &str) {
    let error = read(name, bytes).map(|base| told(&base)).unwrap_err();
    assert!(error.contains(expected), "{name}: {error}");
}

#[test]
fn what_is_no_termbase_is_refused() {
    refused("a.tbx", b"<tmx/>", "line 1: this is not TBX, but `tmx`");
    refused("a.tbx", b"", "this is not XML");
    refused("a.tbx", b"<tbx><text><body>", "the file ends in the middle of an element");
    let entry = "<martif><text><body><termEntry><langSet xml:lang='de'><tig><term>a</term>\n\
        <termNote type='administrativeStatus'>odd</termNote></tig></langSet></termEntry></body></text></martif>";
    refused("a.tbx", entry.as_bytes(), "line 2: `odd` is no status of a term");
    refused("a.tbx", b"<tbx><conceptEntry><langSec xml:lang='d'/></conceptEntry></tbx>", "`d` is no locale");
    refused("a.csv", b"", "the table is empty");
    refused("a.csv", b"one\ntwo\n", "neither two locales, nor `source` and `target`");
    refused("a.csv", b"source,target\na,b\n", "no column `locale`");
    refused("a.csv", b"source,target,locale,status\na,b,de,odd\n", "line 2: `odd` is no status");
    refused("a.csv", b"source,target,locale\na,b,de\na,b,xx1\n", "line 3: `xx1` is no locale");
    refused("a.csv", b"en,de\n\xff\xfe,x\n", "line 2: not UTF-8");
    refused("a.yaml", b"terms:\n- term: a\n  nmaes: {}\n", "nmaes");
    refused("a.yaml", b"terms:\n- term: a\n  names:\n    zz9: b\n", "`zz9` is no locale");
    refused("a.yaml", b"terms: 5\n", "line 1");
    refused("a.yaml", b"\xff", "not UTF-8");
    refused("a.docx", b"", "a termbase is a .tbx, .csv, .tsv, .yaml or .yml file");
}

#[test]
fn short_rows_and_empty_files_are_no_fault() {
    assert_eq!(told(&read("a.csv", b"en,de\nbed\n\n,\nseed,Samen,x,y\n").unwrap()), "en bed\n\nen seed; de Samen");
    assert_eq!(told(&read("a.yaml", b"# nothing yet\n").unwrap()), "");
    assert_eq!(told(&read("terms.de-AT.csv", b"source,target\nbed,Beet\n").unwrap()), "en bed; de-AT Beet");
}

#[test]
fn bombs_do_not_go_off() {
    let deep = format!("<tbx>{}", "<a>".repeat(100_000));
    refused("a.tbx", deep.as_bytes(), "nested too deep");
    let entities = "<!DOCTYPE tbx [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n\
        <tbx><conceptEntry><langSec xml:lang='de'><termSec><term>&b;</term></termSec></langSec></conceptEntry></tbx>";
    refused("a.tbx", entities.as_bytes(), "the entity `b` is not one of XML's own");
    let aliases: String = std::iter::once("a0: &a0 x\n".to_owned())
        .chain((1..30).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))))
        .collect();
    assert!(read("a.yaml", aliases.as_bytes()).is_err());
    let names: String =
        (1..12).map(|n| format!("- &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))).collect();
    assert!(read("a.yaml", format!("terms:\n- &a0 x\n{names}").as_bytes()).is_err());
    assert!(read("a.yaml", format!("terms: {}", "[".repeat(100_000)).as_bytes()).is_err());
}

/// What is found in a text: its words, by their places.
#[track_caller]
fn finds(tag: &str, terms: &str, text: &str, expected: &[&str]) {
    let base = read("a.yaml", format!("source-locale: {tag}\nterms:\n{terms}").as_bytes()).unwrap();
    let words = base.of_source(&locale(tag));
    let reading = Reading::of_text(text);
    let found: Vec<&str> = words.find(&reading).iter().map(|it| reading.text(it.start, it.end)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_longest_match_counts_and_words_are_whole() {
    let terms = "- term: site\n- term: map\n- term: site map\n- term: site map entry";
    finds(
        "en",
        terms,
        "The website has a Site Map, sites and a site-map entry.",
        &["Site Map", "sites", "site-map entry"],
    );
    finds("en", terms, "A site. Map the site/map.", &["site", "Map", "site", "map"]);
    finds("en", "- term: {term: Teams, case-sensitive: true}", "Teams of teams, TEAMS", &["Teams"]);
    finds("en", "- term: renew*", "Renewal: to renew what was renewed", &["Renewal", "renew", "renewed"]);
    finds("en", "- {term: mouse, forms: [mice]}", "Two mice and a mouse's tail", &["mice", "mouse"]);
    finds("en", "- term: show", "%3$show %show 100% show {show} {{show}} show}", &["show", "show"]);
    finds("de", "- term: Abonnement", "Kundenabonnements, Abonnementkosten", &["abonnements", "Abonnement"]);
    finds("fr", "- term: abonnement", "L’abonnement, d'abonnements", &["abonnement", "abonnements"]);
    finds(
        "ja",
        "- term: サーバー\n- term: メール サーバー",
        "メールサーバーとサーバー",
        &["メールサーバー", "サーバー"],
    );
    finds("zh-CN", "- term: Azure 门户", "打开Azure门户。MyAzure 门户", &["Azure门户"]);
    finds("ko", "- term: 구독", "구독을 취소합니다", &["구독"]);
    finds("ru", "- term: учётная запись", "в учетной записи", &["учетной записи"]);
}

#[test]
fn the_nearest_locale_serves() {
    let text = "terms:\n- term: a\n  names: {de: de, de-AT: at, zh-Hant: hant, zh-CN: cn, pt-BR: br, fr-FR: fr}";
    let base = read("a.yaml", text.as_bytes()).unwrap();
    for (wanted, expected) in [
        ("de-DE", "de"),
        ("de-AT", "at"),
        ("zh-TW", "hant"),
        ("zh-Hant-HK", "hant"),
        ("zh-Hans", "cn"),
        ("pt-BR", "br"),
        ("pt-PT", ""),
        ("fr", "fr"),
        ("fr-CA", ""),
        ("it", ""),
    ] {
        let terms = base.concepts[0].terms(&locale(wanted), false);
        assert_eq!(terms.first().map_or("", |it| &it.text), expected, "{wanted}");
    }
    // A source in another region is of the same words.
    assert!(!base.of_source(&locale("fr-CA")).is_empty());
}

#[test]
fn names_that_stay_are_found_in_their_case() {
    let base = read("a.yaml", b"terms:\n- term: Lindenhof Desk Pro\n  do-not-translate: true\n").unwrap();
    let names = Names::new(&["Lindenhof Desk".to_owned()], &base, &locale("en-US"));
    let reading = Reading::of_text("Lindenhof Desk Pro、Lindenhof Desk和lindenhof desk");
    let found: Vec<&str> = names.find(&reading).iter().map(|it| reading.text(it.start, it.end)).collect();
    assert_eq!(found, ["Lindenhof Desk Pro", "Lindenhof Desk"]);
}

/// Pieces that termbases, strings and texts are made of.
const PIECES: &[&str] = &[
    "<tbx>",
    "<termEntry>",
    "<langSet xml:lang='de'>",
    "<tig><term>",
    "</term></tig>",
    "</langSet>",
    "</termEntry>",
    "&b;",
    "terms:\n",
    "- term: ",
    "  names:\n",
    "    de: ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "\n",
    ",",
    ";",
    "|",
    "!",
    "source,target",
    "\"",
    "'",
    "\\",
    "\\u00",
    "=",
    ":",
    "%",
    "%1$s",
    "${x}",
    "&",
    "&&",
    "_",
    "(&S)",
    "（S）",
    "…",
    "*",
    "-",
    " ",
    "Platz",
    "Plätze",
    "seat",
    "Seat",
    "应用",
    "サーバー",
    "ё",
    "İ",
    "ß",
    "e\u{301}",
    "\u{feff}",
    "\u{ad}",
    "\u{fffc}",
    "`code`",
    "**",
    "\u{1f600}",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..24).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in text(), term in text(), other in text()) {
        let en = locale("en");
        for name in ["a.tbx", "a.csv", "a.de.tsv", "a.yaml"] {
            let _ = Termbase::default().read(name, text.as_bytes(), &en);
        }
        for name in ["a.json", "a.resx", "a.properties", "a.strings", "a.xcstrings", "a.xlf", "a.po"] {
            let _ = Sheet::read(name, text.as_bytes());
        }
        let pair = |text: &str| Sheet { strings: vec![("k".to_owned(), text.to_owned())], ..Sheet::default() };
        let mut strings = ProductStrings::default();
        strings.add(&pair(&term), &[(locale("de"), "de.json".into(), pair(&other))]);
        let labels = strings.labels(&locale("de-AT"));
        labels.names(&text);
        labels.names(&term);
        for tag in ["en", "de", "ru", "ja", "zh-TW", "ko", "fi"] {
            let word = |text: &str, status| Term { text: text.to_owned(), status, ..Term::default() };
            let words = vec![word(&term, Status::Preferred), word(&other, Status::Forbidden)];
            let concept = Concept { languages: vec![(locale(tag), words)], ..Concept::default() };
            let base = Termbase::of(vec![concept]);
            let reading = Reading::of_text(&format!("{text} {term}{other}"));
            let words = base.of_target(&locale(tag));
            for hit in words.find(&reading) {
                prop_assert!(hit.start < hit.end);
                reading.text(hit.start, hit.end);
                reading.names_around(hit.start, hit.end).count();
            }
            words.renders(0, &reading);
        }
    }
}

const ARTICLE: &str = "---\ntitle: Beds\ndescription: All beds.\n---\n# Beds\n\nWater the flower bed.\n";
const GERMAN: &str = "---\ntitle: Beete\ndescription: Alle Beete.\n---\n# Beete\n\nGießen Sie die Rabatte.\n";

#[test]
fn termbases_come_from_the_settings() {
    let folder = Folder::new("bases", &[("docs/en-us/a.md", ARTICLE), ("docs/de-de/a.md", GERMAN)]);
    folder.write("docs/hexapla.toml", b"[terms]\nfiles = [\"../terms/*.yaml\", \"more.tsv\"]\n");
    let error = folder.run(&["check", "docs", "--config", "docs/hexapla.toml"]);
    error.shows(2, "", "no file is meant by `../terms/*.yaml`");
    error.shows(2, "", "docs/hexapla.toml:2:10: ");
    folder.write("terms/garden.yaml", "terms:\n- term: flower bed\n  names: {de: Blumenbeet}\n".as_bytes());
    folder.run(&["check", "docs", "--config", "docs/hexapla.toml"]).shows(2, "", "there is no file `more.tsv`");
    folder.write("docs/more.tsv", b"source\ttarget\tlocale\nbeds\tBeete\tde-DE\n");
    let run = folder.run(&["check", "docs", "--config", "docs/hexapla.toml", "--format", "concise"]);
    run.shows(1, "docs/de-de/a.md:7:1: warning[term-mismatch]", "");
    folder.write("terms/garden.yaml", b"terms:\n- trem: flower bed\n");
    let run = folder.run(&["check", "docs", "--config", "docs/hexapla.toml"]);
    run.shows(2, "", "cannot read `../terms/garden.yaml`: ");
    folder.write("docs/hexapla.toml", b"[terms]\nfiles = [\"a{locale}.tbx\"]\n");
    let run = folder.run(&["check", "docs", "--config", "docs/hexapla.toml"]);
    run.shows(2, "", "a pattern may hold `*`, `**` and `?`");
}

#[test]
fn a_forbidden_word_is_replaced_by_nobody_alone() {
    let german = GERMAN.replace("die Rabatte", "das Blumenbett");
    let folder = Folder::new("bases-fix", &[("en-us/a.md", ARTICLE), ("de-de/a.md", &german)]);
    folder.write("hexapla.toml", b"[terms]\nfiles = [\"terms.yaml\"]\n");
    let terms = "terms:\n- term: flower bed\n  names: {de: {preferred: Blumenbeet, forbidden: Blumenbett}}\n";
    folder.write("terms.yaml", terms.as_bytes());
    let run = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(["check", "--format", "json", "--select", "forbidden-term"])
        .current_dir(&folder.0)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let fix = &report["findings"][0]["fix"];
    assert_eq!((fix["applicability"].as_str(), fix["edits"][0]["text"].as_str()), (Some("ask"), Some("Blumenbeet")));
    folder.run(&["check", "--fix", "--select", "forbidden-term"]).shows(1, "forbidden-term", "");
    assert_eq!(folder.read("de-de/a.md"), german);
}
