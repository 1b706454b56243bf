//! What is fuzzed: one function a target, each from bytes to laws. `fuzz/` runs them on what it makes
//! up, and this binary on what is committed there.

use std::collections::BTreeSet;

use clap::ValueEnum;
use hexapla::bitext::{Bitext, Lexicons, Relation};
use hexapla::config::{self, Overrides, Settings};
use hexapla::document::{self, Document};
use hexapla::exchange::{self, Form, NewText, Outcome, Returned, SideOf};
use hexapla::lint::{self, Article, RULES};
use hexapla::locale::{Locale, supported};
use hexapla::procedure::{self, ArticleModel, Reading};
use hexapla::render::{self, Input, Numbers, Options};
use hexapla::report::{self, BeadFormat, BeadStyle, ChangesFormat, MatrixFormat, ModelFormat, Report, RuleInfo};
use hexapla::termbase::base::{self, Names, Termbase};
use hexapla::termbase::strings::{ProductStrings, Sheet};
use hexapla::termbase::uses;
use hexapla::text::{Source, splice};

/// A name and its function.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("parse", parse),
    ("bilingual", bilingual),
    ("check", check),
    ("front_matter", front_matter),
    ("xliff", |bytes| import(exchange::Format::Xliff, bytes)),
    ("xliff2", |bytes| import(exchange::Format::Xliff2, bytes)),
    ("tmx", |bytes| import(exchange::Format::Tmx, bytes)),
    ("po", |bytes| import(exchange::Format::Po, bytes)),
    ("xlsx", |bytes| import(exchange::Format::Xlsx, bytes)),
    ("csv", |bytes| import(exchange::Format::Csv, bytes)),
    ("jsonl", |bytes| import(exchange::Format::Jsonl, bytes)),
    ("decisions", decisions),
    ("termbase", termbase),
    ("strings", strings),
    ("round_trip", round_trip),
    ("settings", settings),
];

/// Runs the target of this name.
#[allow(dead_code, reason = "the fuzzer asks by name, the tests take all")]
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(own, _)| *own == name).expect("a target");
    target.1(bytes);
}

/// What stands between the parts of an input.
const PART: u8 = 0x1e;

/// What holds of every document, however broken.
#[track_caller]
pub fn check_laws(document: &Document) {
    let text = document.source.text();
    let mut at = 0;
    for (span, _) in document.pieces() {
        assert_eq!(span.start, at, "{}: pieces lie end to end", document.path);
        assert!(text.get(span.range()).is_some(), "{}: {span:?} is on character boundaries", document.path);
        at = span.end;
    }
    assert_eq!(at as usize, text.len(), "{}: the pieces are the file", document.path);
    let tree = &document.tree;
    for (index, node) in tree.nodes.iter().enumerate() {
        assert!(text.get(node.span.range()).is_some(), "{}: {:?} {:?}", document.path, node.kind, node.span);
        assert!(node.end as usize > index && node.end as usize <= tree.nodes.len());
        if let Some(parent) = node.parent {
            let parent = &tree.nodes[parent as usize];
            assert!(parent.span.contains(node.span), "{}: {:?} lies in {:?}", document.path, node, parent);
        }
    }
    for inline in &tree.inlines {
        assert!(text.get(inline.span.range()).is_some(), "{}: {inline:?}", document.path);
    }
    for segment in &document.segments {
        let mut at = 0;
        for inline in document.inlines_of(segment) {
            assert!(segment.span.contains(inline.span), "{}: {inline:?} lies in {segment:?}", document.path);
            assert!(inline.span.start >= at, "{}: {inline:?} comes after what lies before it", document.path);
            at = inline.span.end;
        }
    }
    for problem in &tree.problems {
        assert!(text.get(problem.span.range()).is_some(), "{}: {problem:?}", document.path);
    }
}

fn read(path: &str, locale: &Locale, format: document::Format, bytes: &[u8]) -> Document {
    let document = document::read(path.into(), locale.clone(), format, Source::from_bytes(bytes.to_vec()));
    assert_eq!(document.source.text().len(), bytes.len(), "every byte has its place");
    check_laws(&document);
    document
}

fn english() -> Locale {
    Locale::parse("en-US").expect("a locale")
}

/// The locale that a byte chooses.
fn locale(byte: u8) -> Locale {
    let all: Vec<Locale> = supported().map(|(locale, _)| locale).collect();
    all[usize::from(byte) % all.len()].clone()
}

/// The first byte, and the others.
fn chosen(bytes: &[u8]) -> (u8, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (*first, rest))
}

fn defaults() -> Settings {
    Settings::defaults(std::path::Path::new("."), &Overrides::default()).expect("the defaults")
}

/// Any bytes, as Markdown, YAML or HTML, in any locale.
fn parse(bytes: &[u8]) {
    let (choice, bytes) = chosen(bytes);
    let format = [document::Format::Markdown, document::Format::Yaml, document::Format::Html][usize::from(choice % 3)];
    let document = read("x", &locale(choice / 3), format, bytes);
    for segment in 0..document.segments.len() {
        let side = document.side(segment);
        let _ = (side.text(), side.lock(), side.links().count(), side.code().count());
    }
    document::commented_source(&document, &english());
    hexapla::locale::identify(document.source.text());
}

/// An article with both languages in it: checked, modelled, taken apart.
fn bilingual(bytes: &[u8]) {
    let (choice, bytes) = chosen(bytes);
    let document = read("de/x.md", &locale(choice), document::Format::Markdown, bytes);
    for (side, locale) in [(SideOf::Source, english()), (SideOf::Target, document.locale.clone())] {
        read("x.md", &locale, document::Format::Markdown, exchange::one_side(&document, side).as_bytes());
    }
    let articles = [Article { document: 0, source: Some((0, Relation::Own)), basis: None }];
    checked(&[document], &articles, choice);
}

/// A source and its translation through everything that prints.
fn check(bytes: &[u8]) {
    let (choice, bytes) = chosen(bytes);
    let mut parts = bytes.splitn(2, |it| *it == PART);
    let source = read("en-us/x.md", &english(), document::Format::Markdown, parts.next().unwrap_or_default());
    let target = read("de/x.md", &locale(choice), document::Format::Markdown, parts.next().unwrap_or_default());
    let source_of = Some((0, Relation::SameVersion));
    let articles =
        [Article { document: 0, source: None, basis: None }, Article { document: 1, source: source_of, basis: None }];
    checked(&[source, target], &articles, choice);
}

/// All rules, what they print, the model, and all that is made of it.
fn checked(documents: &[Document], articles: &[Article], choice: u8) {
    let settings = defaults();
    let english = english();
    let locales: Vec<Locale> = articles.iter().map(|it| documents[it.document].locale.clone()).collect();
    let lexicons = Lexicons::new();
    let outcome = lint::check_group("x", documents, articles, &english, &locales, &settings, &lexicons);
    let mut findings = outcome.findings;
    for document in documents {
        if let Some((mended, _)) = lint::mend(document, &findings) {
            read("x.md", &document.locale, document.format, mended.as_bytes());
        }
    }
    findings.extend(lint::compare(outcome.facts, outcome.translations, &settings));
    printed(&findings, outcome.units);
    let bitexts: Vec<Bitext<'_>> = articles.iter().filter_map(|it| it.bitext(documents, &lexicons)).collect();
    for bitext in &bitexts {
        uses(bitext, &english);
        for &format in BeadFormat::value_variants() {
            report::beads(bitext, format, BeadStyle { width: usize::from(choice), color: true });
        }
    }
    let Some(source) = procedure::source_of(documents, &english).or(bitexts.first().map(|it| it.source)) else {
        return;
    };
    let reading = Reading::of(source, &english);
    let wanted: Vec<&Bitext<'_>> = bitexts.iter().collect();
    let article = procedure::article("x", &reading, &english, &wanted, |it| it.words());
    modelled(&article);
    let input =
        Input { article: &article, reading: &reading, bitexts: &wanted, findings: &findings, source_locale: &english };
    let numbers = if choice.is_multiple_of(2) { Numbers::Written } else { Numbers::Repaired };
    let articles = rendered(&input, &Options { numbers, ..Options::default() });
    // It takes as long as all the rest.
    if choice.is_multiple_of(8) {
        site(&articles);
    }
}

fn printed(findings: &[hexapla::diagnostic::Diagnostic], units: usize) {
    let mut summary = report::Summary { articles: 2, units, ..report::Summary::default() };
    summary.count(findings);
    let info = |it: &&lint::Rule| RuleInfo {
        name: it.name,
        summary: it.summary,
        family: it.family.name(),
        severity: it.severity,
        page: it.page,
    };
    let rules: Vec<RuleInfo> = RULES.iter().map(info).collect();
    for &format in report::Format::value_variants() {
        let report =
            Report { findings, summary: &summary, rules: &rules, width: 60, color: false, max_per_rule: Some(20) };
        let mut out = Vec::new();
        report::render(&report, format, &mut out).expect("memory takes it");
        report::statistics(&report, &mut out).expect("memory takes it");
        let text = String::from_utf8(out).expect("what is printed is text");
        if let report::Format::Json | report::Format::Sarif | report::Format::Gitlab = format {
            serde_json::Deserializer::from_str(&text)
                .into_iter::<serde_json::Value>()
                .next()
                .expect("JSON")
                .expect("JSON");
        }
        if let report::Format::Human | report::Format::Concise | report::Format::Github | report::Format::Markdown =
            format
        {
            assert_calm(&text);
        }
    }
}

/// A terminal does nothing but print it.
fn assert_calm(text: &str) {
    assert_eq!(hexapla::text::calm(text), text);
}

fn modelled(article: &ArticleModel) {
    for &format in ModelFormat::value_variants() {
        report::model_article(article, format).expect("a model is written");
    }
    for &format in MatrixFormat::value_variants() {
        report::matrix(&procedure::matrix(procedure::entries(article)), format).expect("a matrix is written");
    }
    let nothing = procedure::changes(std::slice::from_ref(article), std::slice::from_ref(article));
    assert!(nothing.changes.is_empty(), "an article is like itself: {:?}", nothing.changes);
    let gone = procedure::changes(std::slice::from_ref(article), &[]);
    for &format in ChangesFormat::value_variants() {
        report::changes(&gone, format, &mut Vec::new()).expect("memory takes it");
    }
}

fn rendered(input: &Input<'_, '_>, options: &Options) -> Vec<render::Article> {
    let articles = render::articles(input, options);
    for article in &articles {
        let locale = article.locale.clone();
        read(
            "x.md",
            &Locale::parse(&locale.to_string()).expect("a locale"),
            document::Format::Markdown,
            article.document.as_bytes(),
        );
        render::chunks(article, options);
        render::jsonld(article, "https://example.org/");
        render::llms_twin(article);
        for file in render::dita(article).unwrap_or_default() {
            let mut reader = quick_xml::Reader::from_str(&file.text);
            reader.config_mut().check_end_names = true;
            while reader.read_event().expect("DITA is XML") != quick_xml::events::Event::Eof {}
        }
    }
    articles
}

/// A site, which names no file twice.
fn site(articles: &[render::Article]) {
    let names = std::sync::Mutex::new(BTreeSet::new());
    let emit = |name: &str, bytes: &[u8]| {
        std::str::from_utf8(bytes).expect("a page is text");
        assert!(names.lock().expect("no panic").insert(name.to_lowercase()), "{name} twice");
        Ok(())
    };
    let images = |_: &str, _: &str| Some("media/x.png".to_owned());
    let own = std::collections::BTreeMap::new();
    let site = render::Site { title: None, base_url: "https://example.org", own, contents: vec![], images: &images };
    render::site(articles, &site, &emit).expect("nothing refuses it");
}

/// Any front matter, in Markdown and as YAML; what is written into a value is read from it again.
fn front_matter(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |it| *it == PART);
    let (front, words) = (parts.next().unwrap_or_default(), parts.next().unwrap_or(b"neu: \"#\" 's"));
    read("x.yml", &english(), document::Format::Yaml, front);
    let text = [b"---\n", front, b"\n---\n\nText here.\n"].concat();
    let source = read("en-us/x.md", &english(), document::Format::Markdown, &text);
    let target = read("de-de/x.md", &locale(3), document::Format::Markdown, &text);
    let settings = defaults();
    let articles = [
        Article { document: 0, source: None, basis: None },
        Article { document: 1, source: Some((0, Relation::SameVersion)), basis: None },
    ];
    let documents = [source, target];
    let locales = [english(), locale(3)];
    lint::check_group("x", &documents, &articles, &english(), &locales, &settings, &Lexicons::new());
    let bitext = Bitext::aligned(&documents[0], &documents[1], Relation::SameVersion, None);
    let mut returned = Returned::untouched(&exchange::leave(&bitext, "x", "en-US", &[]), Form::Literal);
    let words = String::from_utf8_lossy(words);
    for unit in returned.units.iter_mut().filter(|it| it.id.starts_with("front-matter:")) {
        unit.target = NewText::Literal(words.clone().into_owned());
    }
    received(&bitext, &returned);
}

/// A file that came back for a small article of ours.
fn import(format: exchange::Format, bytes: &[u8]) {
    let text = include_bytes!("../../fixtures/exchange/article.md");
    let document = read("fixtures/exchange/article.md", &locale(3), document::Format::Markdown, text);
    let bitext = Bitext::embedded(&document, None);
    let own = exchange::leave(&bitext, "article", "en-US", &[]);
    exchange::Format::of("x", bytes);
    for mut returned in format.read(bytes).unwrap_or_default() {
        received(&bitext, &returned);
        // What a fuzzer cannot make up.
        for unit in &mut returned.units {
            if let Some(own) = own.units.iter().find(|it| it.id == unit.id) {
                unit.lock = Some(own.side_lock.clone());
                unit.source = None;
            }
        }
        received(&bitext, &returned);
    }
}

/// What a reviewer decided, taken back into the same article.
fn decisions(bytes: &[u8]) {
    let Ok(decisions) = exchange::Decisions::parse(&String::from_utf8_lossy(bytes)) else { return };
    let text = include_bytes!("../../fixtures/exchange/article.md");
    let document = read("fixtures/exchange/article.md", &locale(3), document::Format::Markdown, text);
    let bitext = Bitext::embedded(&document, None);
    decisions.annotate(&mut exchange::leave(&bitext, "article", "en-US", &[]));
    for returned in decisions.proposals() {
        received(&bitext, &returned);
    }
}

/// Takes units back; the article is then what it was, but for the targets.
fn received(bitext: &Bitext<'_>, returned: &Returned) {
    let received = exchange::receive(bitext, returned);
    let old = bitext.target;
    let edits: Vec<_> = received.edits.iter().map(|it| (it.span, &*it.text)).collect();
    let bytes = splice(old.source.text().as_bytes(), &edits);
    let new = read(&old.path, &old.locale, old.format, &bytes);
    assert_eq!(old.tree.nodes.len(), new.tree.nodes.len(), "the structure stays");
    let ids = |it: &Document| it.tree.bilingual.iter().map(|pair| it.slice(pair.id).to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(old), ids(&new), "the ids stay");
    for (id, outcome) in &received.outcomes {
        assert!(returned.units.iter().any(|it| it.id == *id), "{id}: {outcome:?}");
    }
}

/// A termbase of any kind, and what is found with it.
fn termbase(bytes: &[u8]) {
    let (choice, bytes) = chosen(bytes);
    let name = ["x.tbx", "x.csv", "x.tsv", "x.yaml", "terms.de-AT.csv"][usize::from(choice) % 5];
    let mut read = Termbase::default();
    if read.read(name, bytes, &english()).is_err() {
        return;
    }
    let target = locale(choice / 5);
    let names = Names::new(&["Lindenhof".to_owned()], &read, &english());
    let document = self::read("x.md", &target, document::Format::Markdown, "Beds, **Beete** und 花壇.".as_bytes());
    let reading = base::Reading::of(&document.side(0));
    names.find(&reading);
    read.of_source(&english()).find(&reading);
    read.of_target(&target).find(&reading);
}

/// Strings of the product in any format.
fn strings(bytes: &[u8]) {
    const NAMES: &[&str] =
        &["x.json", "x.arb", "x.xcstrings", "x.resx", "x.xml", "x.xlf", "x.properties", "x.strings", "x.po"];
    let (choice, bytes) = chosen(bytes);
    let Ok(mut sheet) = Sheet::read(NAMES[usize::from(choice) % NAMES.len()], bytes) else { return };
    let own = sheet.clone();
    sheet.take_sources(&own);
    let (target, file) = (locale(choice / 9), "x".into());
    let mut strings = ProductStrings::default();
    strings.add_pairs(&sheet, Some(&target), &file);
    strings.add(&own, &[(target.clone(), file, sheet)]);
    let labels = strings.labels(&target);
    for (_, text) in &own.strings {
        let _ = (labels.names(text), labels.has(text));
    }
}

/// What leaves untouched changes nothing when it comes back, by every format.
fn round_trip(bytes: &[u8]) {
    let (choice, bytes) = chosen(bytes);
    let document = read("de/x.md", &locale(choice), document::Format::Markdown, bytes);
    let bitext = Bitext::embedded(&document, None);
    let file = exchange::leave(&bitext, "x", "en-US", &[]);
    let unchanged = |returned: &Returned, by: &str| {
        let received = exchange::receive(&bitext, returned);
        assert!(received.edits.is_empty(), "{by}: {:?}", received.edits);
        for (id, outcome) in &received.outcomes {
            assert_eq!(*outcome, Outcome::Unchanged, "{by}: {id}");
        }
    };
    for form in [Form::Tagged, Form::Literal] {
        unchanged(&Returned::untouched(&file, form), "itself");
    }
    for &format in exchange::Format::value_variants() {
        let Ok(bytes) = format.write(std::slice::from_ref(&file)) else { continue };
        if matches!(format, exchange::Format::Tbx2008 | exchange::Format::Tbx2019) {
            continue;
        }
        for returned in format.read(&bytes).expect("what is written is read") {
            unchanged(&returned, &format!("{format:?}"));
        }
    }
}

/// Settings, and what they are shown as.
fn settings(bytes: &[u8]) {
    let folder = std::env::temp_dir().join(format!("hexapla-settings-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let load = |text: &[u8]| {
        let file = folder.join("hexapla.toml");
        std::fs::write(&file, text).expect("a file");
        Settings::load(Some(&file), &folder, &Overrides::default())
    };
    match load(bytes) {
        Ok(settings) => {
            let shown = config::to_toml(&settings);
            if lint::refuse_unknown(&settings).is_ok() {
                let again = load(shown.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{shown}"));
                assert_eq!(config::to_toml(&again), shown);
            }
        }
        Err(error) => drop(error.to_string()),
    }
}
