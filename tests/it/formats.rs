//! Each format: what is written is read back as it was, also by way of the tools that people use.

use std::path::{Path, PathBuf};

use hexapla::bitext::Bitext;
use hexapla::document;
use hexapla::exchange::{
    self, Code, CodeKind, File, Form, Format, NewPart, NewText, Note, Part, Returned, Shape, State, Text, Unit,
};
use hexapla::locale::Locale;
use hexapla::text::Source;

use crate::folder::files;
use crate::snapshot;

/// The formats that come back with all that left.
const WHOLE: &[Format] =
    &[Format::Xliff, Format::Xliff2, Format::Po, Format::Tmx, Format::Xlsx, Format::Csv, Format::Jsonl];

/// Those that only leave.
const TERMS: &[Format] = &[Format::Tbx2008, Format::Tbx2019];

/// The units of a bilingual article; none for others.
fn leave(path: &str, bytes: Vec<u8>) -> Option<File> {
    let locale = path.split('/').filter(|it| it.len() == 5).find_map(Locale::parse);
    let locale = locale.unwrap_or_else(|| Locale::parse("de-de").unwrap());
    let format = document::Format::of_path(path)?;
    let document = document::read(path.into(), locale, format, Source::from_bytes(bytes));
    let key = path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    document.is_bilingual().then(|| exchange::leave(&Bitext::embedded(&document, None), key, "en-US", &[]))
}

/// The bilingual articles of a folder beside the crate.
fn articles(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = |path: &PathBuf| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let found = files(&root.join(folder));
    found.iter().filter_map(|path| leave(&name(path), std::fs::read(path).unwrap())).collect()
}

/// One small article, with a unit in each state.
pub fn small() -> File {
    let path = "fixtures/exchange/article.md";
    let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let mut file = leave(path, text).unwrap();
    file.units[0].state = State::Accepted;
    file.units[1].state = State::Machine;
    file.units[3].state = State::Flagged;
    let text = "the source says 50 minutes, the translation 15".to_owned();
    file.units[3].notes = vec![Note { from: "changed-number".to_owned(), priority: 1, text }];
    file
}

fn text(parts: Vec<Part>) -> Text {
    let raw = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Code(code) => code.raw.clone(),
    };
    Text { literal: parts.iter().map(raw).collect(), parts }
}

fn code(number: u32, shape: Shape, kind: CodeKind, raw: &str) -> Part {
    Part::Code(Code { number, shape, kind, raw: raw.to_owned() })
}

/// What no tool expects.
fn odd() -> File {
    use CodeKind::{Bold, Link, Other};
    use Shape::{Alone, Close, Open};
    let unit = |id: &str, source: Vec<Part>, target: Option<Vec<Part>>| Unit {
        id: id.to_owned(),
        place: "A › <b> ]]> & \u{1}\n".to_owned(),
        line: 1,
        source: text(source),
        target: target.map(text),
        state: State::Translated,
        side_lock: "0123456789abcdef".to_owned(),
        notes: vec![Note { from: "a-rule".to_owned(), priority: 2, text: "“\u{0}” -- \n\\ \"".to_owned() }],
    };
    let words = |it: &str| vec![Part::Text(it.to_owned())];
    let units = vec![
        unit("a b/%41#\u{7f}\u{1}\n", words(" \t white \r \u{a0}\u{2028}  "), Some(words("\u{1}\u{fffe}x\u{c}\u{0}"))),
        unit("_x_", words("u0001.1 ]]> <![CDATA[ &amp; &#1; \"'"), Some(words("\\n \\\" \\ %s {0} #~ msgid"))),
        unit("empty", words("x"), Some(Vec::new())),
        unit("none", words("x"), None),
        unit(
            "crossed",
            vec![
                code(1, Open, Bold, "**"),
                code(2, Open, Link, "["),
                code(1, Close, Bold, "**"),
                code(2, Close, Link, "](\u{2})"),
            ],
            Some(vec![
                code(3, Close, Bold, "**"),
                code(3, Open, Bold, "\n"),
                Part::Text("-->".to_owned()),
                code(9, Alone, Other, "\u{1}]]>"),
            ]),
        ),
        unit("", words("="), Some(words("+"))),
    ];
    File {
        path: "a b/%2F#é\u{7}.md".to_owned(),
        key: "a#b".to_owned(),
        source_locale: "en-US".to_owned(),
        target_locale: "ja-JP".to_owned(),
        units,
    }
}

/// What of these articles a format is to bring back: a memory has only what may be offered again, and
/// where there is nothing to say of an article, only XLIFF says so.
fn leaving(format: Format, files: &[File]) -> Vec<File> {
    let mut files = files.to_vec();
    if format == Format::Tmx {
        for file in &mut files {
            file.units.retain(|unit| {
                let is_done = matches!(unit.state, State::Translated | State::Accepted);
                is_done
                    && unit.notes.iter().all(|note| note.priority > 1)
                    && unit.target.as_ref().is_some_and(|target| !target.is_empty())
            });
        }
    }
    files.retain(|file| matches!(format, Format::Xliff | Format::Xliff2) || !file.units.is_empty());
    files
}

#[track_caller]
fn check_round_trip(format: Format, files: &[File]) {
    let written = format.write(files).unwrap();
    assert_eq!(Format::of(&format!("x.{}", format.extension()), &written), Some(format));
    let read = format.read(&written).unwrap_or_else(|error| panic!("{format:?}: {error}"));
    let files = leaving(format, files);
    let untouched: Vec<Returned> = files.iter().map(|file| Returned::untouched(file, format.form())).collect();
    for (read, untouched) in read.iter().zip(&untouched) {
        for (read, untouched) in read.units.iter().zip(&untouched.units) {
            assert_eq!(read, untouched, "{format:?}");
        }
    }
    assert_eq!(read, untouched, "{format:?}");
}

#[test]
fn what_is_written_is_read_back() {
    let odd = odd();
    let content = articles("content");
    assert!(content.len() > 9);
    let shared = articles("../shared/corpus/sxs");
    for &format in WHOLE {
        check_round_trip(format, &[small(), odd.clone()]);
        for file in content.iter().chain(&shared) {
            check_round_trip(format, std::slice::from_ref(file));
        }
        check_round_trip(format, &content);
    }
    let units: usize = shared.iter().map(|it| it.units.len()).sum();
    println!("{} articles, {units} units in {} formats", shared.len(), WHOLE.len());
}

#[test]
fn a_person_can_read_each_format() {
    // A workbook is an archive: nothing that a person can read.
    for &format in WHOLE.iter().chain(TERMS).filter(|it| **it != Format::Xlsx) {
        let written = String::from_utf8(format.write(&[small()]).unwrap()).unwrap();
        let written = written.replace(env!("CARGO_PKG_VERSION"), "VERSION").replace("\r\n", "\n");
        let name = format!("{format:?}").to_lowercase();
        snapshot::check(&format!("fixtures/exchange/article.{name}.{}", format.extension()), &written);
    }
}

/// Writes the sample site in every format to the folder that `HEXAPLA_EXPORT_TO` names.
#[test]
#[ignore = "writes files for other tools"]
fn write_for_other_tools() {
    let folder = PathBuf::from(std::env::var_os("HEXAPLA_EXPORT_TO").unwrap());
    let mut content = articles("content");
    content.push(small());
    for &format in TERMS {
        let name = format!("{format:?}.{}", format.extension()).to_lowercase();
        std::fs::write(folder.join(name), format.write(&content).unwrap()).unwrap();
    }
    for &format in WHOLE {
        for locale in ["de-DE", "ja-JP", "ru-RU"] {
            let files: Vec<File> = content.iter().filter(|it| it.target_locale == locale).cloned().collect();
            let name = format!("{format:?}.{locale}.{}", format.extension()).to_lowercase();
            std::fs::write(folder.join(name), format.write(&files).unwrap()).unwrap();
        }
    }
}

/// Reads every file of the folder that `HEXAPLA_IMPORT_FROM` names, and says what came back of it.
#[test]
#[ignore = "reads files of other tools"]
fn read_of_other_tools() {
    let folder = PathBuf::from(std::env::var_os("HEXAPLA_IMPORT_FROM").unwrap());
    let mut content = articles("content");
    content.push(small());
    for path in files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.to_string_lossy();
        let Some(format) = Format::of(&name, &bytes).filter(|it| WHOLE.contains(it)) else { continue };
        let (mut same, mut edited, mut lockless, mut unknown) = (0, 0, 0, 0);
        let mut first = None;
        for back in format.read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}")) {
            let file = content.iter().find(|it| it.path == back.path);
            let untouched = file.map(|it| Returned::untouched(it, format.form())).unwrap_or_default();
            for unit in back.units {
                lockless += usize::from(unit.lock.is_none());
                match untouched.units.iter().find(|it| it.id == unit.id) {
                    Some(it) if it.target.same(&unit.target) => same += 1,
                    Some(it) => {
                        edited += 1;
                        first.get_or_insert((it.clone(), unit));
                    }
                    None => unknown += 1,
                }
            }
        }
        println!("{name}: {same} same, {edited} edited, {unknown} unknown, {lockless} without lock; {first:?}");
    }
}

/// The targets that a file gives back: `(` and `)` around what a pair holds, `.` for a code alone.
fn targets(format: Format, file: &[u8]) -> Result<Vec<String>, String> {
    let part = |part: &NewPart| match part {
        NewPart::Text(text) => text.clone(),
        NewPart::Code { number, shape: Shape::Open } => format!("{number}("),
        NewPart::Code { number, shape: Shape::Close } => format!("){number}"),
        NewPart::Code { number, shape: Shape::Alone } => format!(".{number}"),
    };
    let target = |text: &NewText| match text {
        NewText::Tagged(parts) => parts.iter().map(part).collect(),
        NewText::Literal(text) => text.clone(),
        NewText::Unreadable(reason) => format!("({reason})"),
    };
    let read = format.read(file).map_err(|error| error.to_string())?;
    Ok(read.iter().flat_map(|file| &file.units).map(|unit| target(&unit.target)).collect())
}

#[track_caller]
fn check_xliff(body: &str, expected: &[&str]) {
    let file = format!("<xliff version=\"1.2\"><file original=\"a.md\"><body>{body}</body></file></xliff>");
    assert_eq!(targets(Format::Xliff, file.as_bytes()).unwrap(), expected);
}

#[test]
fn xliff_comes_back_as_tools_write_it() {
    let unit = |target: &str| format!("<trans-unit id=\"1\"><source>s</source>{target}</trans-unit>");
    check_xliff(&unit("<target state=\"x\">a <g id=\"1\">b</g><x id=\"2\"/></target>"), &["a 1(b)1.2"]);
    check_xliff(&unit("<target>a<![CDATA[<&]]>b &lt;&#x4e2d;<!-- c --></target>"), &["a<&b <中"]);
    check_xliff(
        &unit(
            "<seg-source/><target><mrk mtype=\"seg\" mid=\"0\">A. </mrk> <mrk mtype=\"seg\" mid=\"1\">B<g id=\"1\">c</g></mrk></target>",
        ),
        &["A.  B1(c)1"],
    );
    check_xliff(
        &unit(
            "<target><bpt id=\"1\">**</bpt>a<ept id=\"1\">**</ept><ph id=\"2\">x</ph><it id=\"3\" pos=\"open\">&lt;b></it></target>",
        ),
        &["1(a)1.23("],
    );
    check_xliff(&unit("<target>a<g id=\"x-new\"/></target>"), &["a0()0"]);
    check_xliff(&unit("<target/>"), &[""]);
    check_xliff(&unit(""), &[]);
    check_xliff(&unit("<alt-trans><target>no</target></alt-trans>"), &[]);
    check_xliff(&format!("<group><group>{}</group></group>", unit("<target>x</target>")), &["x"]);
    let prefixed = "<?xml version='1.0'?><!DOCTYPE x:xliff><x:xliff xmlns:x='urn:oasis:names:tc:xliff:document:1.2' version='1.2'><x:file original='a'><x:body><x:trans-unit id='1'><x:target>ü</x:target></x:trans-unit></x:body></x:file></x:xliff>";
    let wide = |text: &str, little: bool| -> Vec<u8> {
        let pair = |it: u16| if little { it.to_le_bytes() } else { it.to_be_bytes() };
        format!("\u{feff}{text}").encode_utf16().flat_map(pair).collect()
    };
    let marked = format!("\u{feff}{prefixed}").into_bytes();
    for bytes in [prefixed.as_bytes().to_vec(), marked, wide(prefixed, true), wide(prefixed, false)] {
        assert_eq!(Format::of("x.xlf", &bytes), Some(Format::Xliff));
        assert_eq!(targets(Format::Xliff, &bytes).unwrap(), ["ü"]);
    }
}

#[track_caller]
fn check_xliff2(body: &str, expected: &[&str]) {
    for version in ["2.0", "2.1", "2.2"] {
        let file = format!(
            "<xliff version=\"{version}\" xmlns=\"urn:oasis:names:tc:xliff:document:{version}\" srcLang=\"en\" trgLang=\"de\"><file id=\"f\" original=\"a.md\">{body}</file></xliff>"
        );
        assert_eq!(Format::of("a.xlf", file.as_bytes()), Some(Format::Xliff2));
        assert_eq!(targets(Format::Xliff2, file.as_bytes()).unwrap(), expected);
    }
}

#[test]
fn xliff_2_comes_back_as_tools_write_it() {
    let unit = |segments: &str| {
        format!(
            "<unit id=\"1\"><mtc:matches><mtc:match><source>s</source><target>no</target></mtc:match></mtc:matches>{segments}</unit>"
        )
    };
    let segment = |target: &str| format!("<segment><source>s</source>{target}</segment>");
    let one = |target: &str| unit(&segment(&format!("<target>{target}</target>")));
    check_xliff2(&one("a <pc id=\"1\">b</pc><ph id=\"2\"/>"), &["a 1(b)1.2"]);
    check_xliff2(&one("<sc id=\"1\"/>a<ec startRef=\"1\"/><cp hex=\"0001\"/>"), &["1(a)1\u{1}"]);
    check_xliff2(&one("<mrk id=\"m\" type=\"term\">a</mrk><sm id=\"n\"/>b<em startRef=\"n\"/>"), &["ab"]);
    check_xliff2(&one(""), &[""]);
    check_xliff2(&unit(&segment("")), &[]);
    // Cut, moved, and only half done.
    let (a, b) = (
        segment("<target>A<sc id=\"1\" isolated=\"yes\"/></target>"),
        segment("<target>B<ec id=\"1\" isolated=\"yes\"/></target>"),
    );
    check_xliff2(&unit(&format!("{a}<ignorable><source> </source></ignorable>{b}")), &["A1( B)1"]);
    let (a, b) = (segment("<target order=\"2\">A</target>"), segment("<target order=\"1\">B</target>"));
    check_xliff2(&unit(&format!("{a}{b}")), &["BA"]);
    check_xliff2(&unit(&format!("{a}{}", segment(""))), &["(only some of its segments are translated)"]);
    check_xliff2(&format!("<group id=\"g\"><notes/>{}</group>", one("x")), &["x"]);
}

#[test]
fn a_memory_comes_back_as_tools_write_it() {
    let unit = |tuvs: &str| {
        format!(
            "<tmx version=\"1.4\"><header srclang=\"EN-us\"/><body><tu><prop type=\"x-path\">a.md</prop><prop type=\"x-id\">1</prop>{tuvs}</tu><tu><tuv><seg>x</seg></tuv></tu></body></tmx>"
        )
    };
    let read = |tuvs: &str| targets(Format::Tmx, unit(tuvs).as_bytes()).unwrap();
    let (english, german) = (
        "<tuv xml:lang=\"en-US\"><seg>s</seg></tuv>",
        "<tuv lang=\"de\"><note>n</note><seg>t<hi>u</hi><ph x=\"3\"/></seg></tuv>",
    );
    assert_eq!(read(&format!("{english}{german}")), ["tu.3"]);
    assert_eq!(read(&format!("{german}{english}")), ["tu.3"]);
    assert_eq!(
        targets(Format::Tmx, unit(english).as_bytes()).unwrap_err(),
        "none of its units says which article it is of"
    );
    assert_eq!(targets(Format::Tmx, b"<xliff/>").unwrap_err(), "line 1: this is not TMX, but `xliff`");
}

#[test]
fn a_memory_offers_only_what_may_be_said_again() {
    let read = |file: File| targets(Format::Tmx, &Format::Tmx.write(&[file]).unwrap()).unwrap();
    let done =
        ["Eine Liste teilen", "Wählen Sie 1(Teilen)1 > 2(Jeder & alle)2.", "Der Link 1(läuft)1 nach 7\u{a0}Tagen ab."];
    assert_eq!(read(small()), done);
    let mut file = small();
    file.units[0].notes = vec![Note { from: "reviewer".to_owned(), priority: 1, text: "no".to_owned() }];
    assert_eq!(read(file), done[1..]);
}

#[test]
fn po_comes_back_as_tools_write_it() {
    let head = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n#: a.md:1\n";
    let read = |entry: &str| targets(Format::Po, format!("{head}{entry}").as_bytes());
    let entry = |text: &str| read(&format!("msgctxt \"a#1\"\nmsgid \"s\"\nmsgstr {text}\n"));
    assert_eq!(entry("\"a\"\n\"b\\\"\\\\\\t\"\n  \"\\101\\x41c\"\r").unwrap(), ["ab\"\\\tAAc"]);
    assert_eq!(
        read("#, fuzzy, no-wrap\n#| msgid \"old\"\nmsgctxt \"a#1\"\nmsgid \"\"\n\"s\"\nmsgstr \"t\"").unwrap(),
        ["t"]
    );
    assert_eq!(
        read("msgctxt \"a#1\"\nmsgid \"s\"\nmsgstr \"t\"\n#~ msgctxt \"a#2\"\n#~ msgid \"s\"\n#~ msgstr \"no\"")
            .unwrap(),
        ["t"]
    );
    let plural = "msgctxt \"a#1\"\nmsgid \"s\"\nmsgid_plural \"ss\"\nmsgstr[0] \"t\"\nmsgstr[1] \"tt\"";
    assert_eq!(read(plural).unwrap(), ["(it has plural forms, which a sentence of an article does not)"]);
    // No line between entries; no lock.
    let two = "msgctxt \"a#1\"\nmsgid \"s\"\nmsgstr \"t\"\n# hexapla 0123456789abcdef b.md\nmsgctxt \"b#2\"\nmsgid \"s\"\nmsgstr \"u\"";
    let back = Format::Po.read(format!("{head}{two}").as_bytes()).unwrap();
    let found: Vec<_> = back.iter().map(|it| (&*it.path, &*it.units[0].id, it.units[0].lock.as_deref())).collect();
    assert_eq!(found, [("a.md", "1", None), ("b.md", "2", Some("0123456789abcdef"))]);
    assert_eq!(entry("\"\\q\"").unwrap_err(), "line 7: `\\q` is no escape of PO");
    assert_eq!(entry("\"\\377\"").unwrap_err(), "line 7: `377` is no character");
    assert_eq!(entry("\"a").unwrap_err(), "line 7: a string is not closed");
    assert_eq!(entry("\"a\\\"").unwrap_err(), "line 7: a string is not closed");
    assert_eq!(entry("\"a\"b\"").unwrap_err(), "line 7: a string ends before its line does");
    assert_eq!(entry("\"a\"\nmessage \"b\"").unwrap_err(), "line 8: `message` is no word of PO");
    assert_eq!(entry("t").unwrap_err(), "line 7: this is neither a comment nor a string in quotes");
    assert_eq!(targets(Format::Po, b"\"a\"").unwrap_err(), "line 1: a string stands here that belongs to nothing");
    assert_eq!(
        targets(Format::Po, b"msgid \"a\"\nmsgstr \"b\"").unwrap_err(),
        "none of its entries says which article it is of"
    );
}

#[test]
fn labels_in_bold_are_terms() {
    let label = |words: &str| {
        vec![
            code(1, Shape::Open, CodeKind::Bold, "**"),
            Part::Text(words.to_owned()),
            code(1, Shape::Close, CodeKind::Bold, "**"),
        ]
    };
    let mut file = small();
    let unit = |target: &str| Unit {
        source: text(label("Save")),
        target: Some(text(label(target))),
        ..small().units[0].clone()
    };
    file.units = vec![unit("Sichern"), unit("„Speichern“"), unit("[Speichern]"), unit(" ")];
    let written = String::from_utf8(Format::Tbx2019.write(&[file]).unwrap()).unwrap();
    let terms: Vec<&str> = written.lines().filter_map(|line| line.strip_prefix("<termSec><term>")).collect();
    assert_eq!(
        terms,
        [
            "Save</term><termNote type=\"administrativeStatus\">preferredTerm-admn-sts</termNote><note>3 times</note></termSec>",
            "Speichern</term><termNote type=\"administrativeStatus\">preferredTerm-admn-sts</termNote><note>2 times</note></termSec>",
            "Sichern</term><termNote type=\"administrativeStatus\">admittedTerm-admn-sts</termNote><note>once</note></termSec>",
        ]
    );
    assert!(Format::Tbx2008.read(b"<martif/>").is_err());
}

#[test]
fn a_lock_is_found_in_a_note_when_its_attribute_is_lost() {
    let file = small();
    let written = String::from_utf8(Format::Xliff.write(std::slice::from_ref(&file)).unwrap()).unwrap();
    let lost: String =
        written.split(" hx:lock=\"").enumerate().map(|(at, it)| if at == 0 { it } else { &it[33..] }).collect();
    assert!(lost.len() < written.len());
    assert_eq!(Format::Xliff.read(lost.as_bytes()).unwrap(), [Returned::untouched(&file, Form::Tagged)]);
    let renamed = written.replace("hx:", "ns0:");
    assert_eq!(Format::Xliff.read(renamed.as_bytes()).unwrap(), [Returned::untouched(&file, Form::Tagged)]);
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    let error = |file: &str| targets(Format::Xliff, file.as_bytes()).unwrap_err();
    assert_eq!(error(""), "this is not XML");
    assert_eq!(error("words"), "this is not XML");
    assert_eq!(error("<tmx version=\"1.4\"/>"), "line 1: this is not XLIFF 1.2, but `tmx` 1.4");
    assert_eq!(
        error("<xliff version=\"1.2\">\n<file>"),
        "line 2: a `file` does not say in `original` which article it is"
    );
    assert_eq!(
        error("<xliff version=\"1.2\">\n<trans-unit/></xliff>"),
        "line 2: a `trans-unit` stands outside of a `file`"
    );
    let open = "<xliff version=\"1.2\">\n<file original=\"a\">\n<trans-unit id=\"1\"><target>";
    assert_eq!(error(open), "line 3: the file ends in the middle of an element");
    assert_eq!(error(&format!("{open}&foo;")), "line 3: the entity `foo` is not one of XML's own");
    assert!(error(&format!("{open}\n</source>")).starts_with("line 4: "));
    assert!(error(&format!("{open}a & b")).starts_with("line 3: "));
    assert_eq!(error(&format!("{open}{}", "<g>".repeat(100_000))), "line 3: elements are nested too deep");
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>{open}&b;");
    assert_eq!(error(&bomb), "line 3: the entity `b` is not one of XML's own");
    let latin = b"<?xml version=\"1.0\" encoding='ISO-8859-1'?><xliff version=\"1.2\">\xe9</xliff>";
    assert_eq!(targets(Format::Xliff, latin).unwrap_err(), "it is in ISO-8859-1: save it as UTF-8");
    assert_eq!(targets(Format::Xliff, b"<xliff>\n\xe9").unwrap_err(), "line 2: not UTF-8");
    assert_eq!(targets(Format::Xliff, b"\xff\xfe<\0\0\xd8").unwrap_err(), "it is not the UTF-16 that it begins as");
}
