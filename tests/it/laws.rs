//! Laws on random input.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use clap::ValueEnum;
use hexapla::bitext::{Bitext, Relation};
use hexapla::document;
use hexapla::exchange::Format;
use hexapla::locale::Locale;
use hexapla::procedure::{self, Reading};
use hexapla::render::{self, Input, Numbers, Options};
use hexapla::text::Source;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::targets::check_laws;

/// Pieces that articles are made of, whole and broken.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "\r\n",
    "a",
    "Select ",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "# ",
    "## ",
    "- ",
    "1. ",
    "3. ",
    "> ",
    "> [!NOTE]\n",
    ">**Note**<br>",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "<",
    ">",
    "</span>",
    "<span data-ttu-id=\"a-1\">",
    "<span class=\"sxs-lookup\">",
    "<span data-stu-id=\"a-1\">",
    "<a name=\"x\"></a>",
    "<!-- ",
    "-->",
    "|",
    "|-|\n",
    "---\n",
    "title: x\n",
    "key: [",
    "&amp;",
    "\\",
    "\\*",
    ":::",
    "::: zone\n",
    ":::image type=\"x\":::\n",
    "{{< x >}}",
    "{{",
    "}}",
    "https://a.b/c.",
    "[^1]",
    "[^1]: ",
    "「はい。」",
    "选择“保存”。",
    "**（保存）**",
    "Ё",
    "é",
    "👍",
    "\u{301}",
    "\u{feff}",
    "\u{2028}",
    "~~",
    "- [x] ",
    "[!VIDEO x]",
    "# [T](#tab/x)\n",
    "<Tabs>",
    "<table><tr><td>",
    "</td>",
    "import x\n",
    "&x: *x\n",
    "\0",
    "%",
    "<div",
];

fn article() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

/// A file of a format, broken: bytes taken out, put in, doubled and swapped.
fn broken(file: &[u8], cuts: &[(usize, usize, u8)]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for &(at, length, kind) in cuts {
        let at = at % (bytes.len() + 1);
        let end = (at + length).min(bytes.len());
        let piece = bytes[at..end].to_vec();
        match kind % 5 {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, piece)),
            2 => bytes.insert(at, kind),
            3 => drop(bytes.splice(at..at, *b"</g><g id=\"1\">&#0;")),
            _ => {
                let other = (at * 31) % (bytes.len() + 1);
                bytes.splice(other..other, piece);
            }
        }
    }
    bytes
}

/// A site is HTML without a fault, names no file and no place twice, and has a page for each procedure.
fn check_site(articles: &[render::Article]) {
    let files = Mutex::new(BTreeMap::new());
    let emit = |name: &str, bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(files.lock().unwrap().insert(name.to_lowercase(), text).is_none(), "{name} twice");
        Ok(())
    };
    let images = |_: &str, _: &str| Some("media/x.png".to_owned());
    let site = render::Site {
        title: None,
        base_url: "https://example.org",
        own: BTreeMap::new(),
        contents: vec![],
        images: &images,
    };
    render::site(articles, &site, &emit).unwrap();
    let files = files.into_inner().unwrap();
    let procedures: usize = articles.iter().map(|it| it.procedures.len()).sum();
    assert_eq!(files.values().filter(|it| it.contains("<body class=\"page-procedure\">")).count(), procedures);
    for (name, html) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = scraper::Html::parse_document(html);
        assert!(page.errors.is_empty(), "{name}: {:?}\n{html}", page.errors);
        let ids = scraper::Selector::parse("[id]").unwrap();
        let mut met = BTreeSet::new();
        assert!(page.select(&ids).all(|it| met.insert(it.attr("id"))), "{name}: an id stands twice\n{html}");
    }
}

/// The same input in every run, so that a change is what breaks a law; `HEXAPLA_LAWS=SEED,CASES` looks further.
pub fn config(cases_by_default: u32) -> ProptestConfig {
    let asked = std::env::var("HEXAPLA_LAWS").unwrap_or_default();
    let (seed, cases) = asked.split_once(',').unwrap_or_default();
    ProptestConfig {
        cases: cases.parse().unwrap_or(cases_by_default),
        rng_seed: RngSeed::Fixed(seed.parse().unwrap_or(1)),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn reading_never_fails_and_spans_hold(text in article(), format in 0..3usize) {
        let format = [document::Format::Markdown, document::Format::Yaml, document::Format::Html][format];
        let document = document::read("x".into(), Locale::parse("ja").unwrap(), format, Source::from(text.as_str()));
        check_laws(&document);
    }

    #[test]
    fn a_broken_file_of_any_format_is_read_or_refused(
        cuts in proptest::collection::vec((any::<usize>(), 0..60usize, any::<u8>()), 1..6),
    ) {
        let file = crate::formats::small();
        for &format in Format::value_variants() {
            let bytes = broken(&format.write(std::slice::from_ref(&file)).unwrap(), &cuts);
            let _ = Format::of("x.xlf", &bytes);
            for returned in format.read(&bytes).unwrap_or_default() {
                prop_assert!(returned.units.len() < 100);
            }
        }
    }

    #[test]
    fn any_article_is_rendered_in_every_format(source in article(), target in article(), own in any::<bool>(), repaired in any::<bool>()) {
        let read = |path: &str, locale: &str, text: &str| {
            document::read(path.into(), Locale::parse(locale).unwrap(), document::Format::Markdown, Source::from(text))
        };
        let (source, target) = (read("en/x.md", "en-US", &source), read("de/x.md", "de-DE", &target));
        let locale = Locale::parse("en-US").unwrap();
        let (own, bitext) = match own && target.is_bilingual() {
            true => (&target, Bitext::embedded(&target, None)),
            false => (&source, Bitext::aligned(&source, &target, Relation::SameVersion, None)),
        };
        let (reading, bitexts) = (Reading::of(own, &locale), [&bitext]);
        let words = |it: &Locale| it.words();
        let article = procedure::article("x", &reading, &locale, &bitexts, words);
        let input = Input { article: &article, reading: &reading, bitexts: &bitexts, findings: &[], source_locale: &locale };
        let numbers = if repaired { Numbers::Repaired } else { Numbers::Written };
        let options = Options { numbers, ..Options::default() };
        let articles = render::articles(&input, &options);
        check_site(&articles);
        for article in articles {
            check_laws(&read("x.md", &article.locale, &article.document));
            let chunks = render::chunks(&article, &options);
            let counted = chunks.iter().filter(|it| matches!(it.kind, render::ChunkKind::Procedure | render::ChunkKind::Policy));
            prop_assert_eq!(counted.count(), article.procedures.len() + article.policies.len());
            render::jsonld(&article, "");
            render::llms_twin(&article);
            for file in render::dita(&article).unwrap_or_default() {
                let mut reader = quick_xml::Reader::from_str(&file.text);
                reader.config_mut().check_end_names = true;
                while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
            }
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let length = bytes.len();
        let source = Source::from_bytes(bytes);
        prop_assert_eq!(source.text().len(), length);
        check_laws(&document::read("x".into(), Locale::default(), document::Format::Markdown, source));
    }
}
