//! Translations out to other tools, and back into the articles.

use std::path::Path;

use hexapla::bitext::{Bitext, Relation};
use hexapla::document::{self, Document, Format, Role};
use hexapla::exchange::{self, File, Form, NewPart, NewText, Outcome, Received, Returned, receive};
use hexapla::locale::Locale;
use hexapla::text::{Source, splice};

use crate::folder::{Folder, articles};

fn read(path: &str, locale: &str, text: &str) -> Document {
    document::read(path.into(), Locale::parse(locale).unwrap(), Format::of_path(path).unwrap(), text.into())
}

/// A bilingual article of one paragraph.
fn pair(target: &str, source: &str) -> String {
    format!(
        "# T\n\n<span data-ttu-id=\"a-1\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">{source}</span></span>\n"
    )
}

fn leave(bitext: &Bitext<'_>) -> File {
    exchange::leave(bitext, "a", "en-US", &[])
}

/// Edits the target of one unit, and gives the article after it or the reason why not.
fn edit(text: &str, id: &str, form: Form, change: impl Fn(NewText) -> NewText) -> Result<String, String> {
    let document = read("a.md", "de-DE", text);
    let bitext = Bitext::embedded(&document, None);
    let mut returned = Returned::untouched(&leave(&bitext), form);
    returned.units.retain(|unit| unit.id == id);
    returned.units[0].target = change(returned.units[0].target.clone());
    let received = receive(&bitext, &returned);
    apply(&document, &received)
}

fn apply(document: &Document, received: &Received) -> Result<String, String> {
    for (_, outcome) in &received.outcomes {
        if let Outcome::Refused(refusal) = outcome {
            return Err(refusal.to_string());
        }
    }
    let edits: Vec<_> = received.edits.iter().map(|it| (it.span, &*it.text)).collect();
    Ok(String::from_utf8(splice(document.source.text().as_bytes(), &edits)).unwrap())
}

/// Replaces words in the texts between the codes.
fn reword(from: &'static str, to: &'static str) -> impl Fn(NewText) -> NewText {
    move |text| match text {
        NewText::Unreadable(_) => text,
        NewText::Literal(text) => NewText::Literal(text.replace(from, to)),
        NewText::Tagged(parts) => NewText::Tagged(
            parts
                .into_iter()
                .map(|part| match part {
                    NewPart::Text(text) => NewPart::Text(text.replace(from, to)),
                    code => code,
                })
                .collect(),
        ),
    }
}

#[test]
fn an_edit_changes_the_words_and_no_other_byte() {
    let before = pair(" Wählen Sie **Speichern** \\[OK\\] &amp;&nbsp;los. ", "Select **Save** \\[OK\\] &amp;&nbsp;go.");
    let after = before.replace("Wählen Sie", "Klicken Sie auf");
    for form in [Form::Tagged, Form::Literal] {
        assert_eq!(edit(&before, "a-1", form, reword("Wählen Sie", "Klicken Sie auf")).unwrap(), after);
    }
}

#[test]
fn a_new_character_is_written_as_the_article_writes_it() {
    let before = pair("Nur \\[A\\] zählt.", "Only \\[A\\] counts.");
    let after = edit(&before, "a-1", Form::Tagged, reword("zählt", "und [B] zählen")).unwrap();
    assert_eq!(after, before.replace("zählt", "und \\[B\\] zählen"));
}

#[test]
fn what_would_be_markup_is_marked_as_text() {
    let before = pair("Zwei Sterne.", "Two stars.");
    let after = edit(&before, "a-1", Form::Tagged, reword("Sterne", "*Sterne*")).unwrap();
    assert_eq!(after, before.replace("Sterne", "\\*Sterne\\*"));
    let after = edit(&before, "a-1", Form::Tagged, reword("Sterne", "</span>")).unwrap();
    assert_eq!(after, before.replace("Sterne", "&lt;/span\\>"));
}

#[test]
fn a_value_of_front_matter_stays_one() {
    let source = read("en-us/a.md", "en-US", "---\ntitle: Plain\nsummary: 'Q'\n---\n\nText here.\n");
    let target = read("de-de/a.md", "de-DE", "---\ntitle: Schlicht\nsummary: 'F'\n---\n\nText hier.\n");
    let bitext = Bitext::aligned(&source, &target, Relation::SameVersion, None);
    let mut returned = Returned::untouched(&leave(&bitext), Form::Tagged);
    for unit in &mut returned.units {
        let text = match &*unit.id {
            "front-matter:title" => "Eins: \"zwei\" #3",
            "front-matter:summary" => "Was gibt's?",
            _ => continue,
        };
        unit.target = NewText::Tagged(vec![NewPart::Text(text.into())]);
    }
    let after = apply(&target, &receive(&bitext, &returned)).unwrap();
    assert_eq!(after, "---\ntitle: \"Eins: \\\"zwei\\\" #3\"\nsummary: 'Was gibt''s?'\n---\n\nText hier.\n");
}

#[test]
fn what_would_have_to_be_guessed_is_refused() {
    let before = pair("Wählen Sie **Speichern**, siehe [hier](x.md).", "Select **Save**, see [here](x.md).");
    let parts = |parts: fn(&mut Vec<NewPart>)| {
        move |text: NewText| {
            let NewText::Tagged(mut all) = text else { unreachable!() };
            parts(&mut all);
            NewText::Tagged(all)
        }
    };
    let refusal = |change: fn(&mut Vec<NewPart>)| edit(&before, "a-1", Form::Tagged, parts(change)).unwrap_err();
    assert_eq!(refusal(|all| drop(all.remove(1))), "the codes around 1 cross, or one of a pair is missing");
    assert_eq!(
        refusal(|all| all.retain(|it| !matches!(it, NewPart::Code { number: 2, .. }))),
        "the code 2 (`[`) is missing"
    );
    assert_eq!(refusal(|all| all.push(all[1].clone())), "the code 1 stands twice");
    assert_eq!(refusal(|all| all.clear()), "it came back empty");
    assert_eq!(refusal(|all| all.push(NewPart::Text("a\nb".into()))), "a line break cannot stand in a segment");
    assert_eq!(
        refusal(|all| all.push(NewPart::Code { number: 7, shape: exchange::Shape::Alone })),
        "the code 7 is not one of this unit"
    );
    let literal = edit(&before, "a-1", Form::Literal, reword("(x.md)", "(y.md)")).unwrap_err();
    assert_eq!(literal, "it would change the structure of the article");
}

/// What holds of the exchange of any bilingual article.
fn check_exchange(document: &Document) -> (usize, usize) {
    let bitext = Bitext::embedded(document, None);
    let file = leave(&bitext);
    for form in [Form::Tagged, Form::Literal] {
        let received = receive(&bitext, &Returned::untouched(&file, form));
        assert!(received.edits.is_empty(), "{}: {:?}", document.path, received.edits);
        for (id, outcome) in &received.outcomes {
            assert_eq!(*outcome, Outcome::Unchanged, "{}: {id}", document.path);
        }
    }
    // One edited unit changes one span.
    let mut returned = Returned::untouched(&file, Form::Tagged);
    let Some(at) = returned.units.len().checked_sub(1).map(|last| last / 2) else { return (0, 0) };
    let NewText::Tagged(parts) = &mut returned.units[at].target else { unreachable!() };
    parts.push(NewPart::Text(" #neu* <b & \"so\" ".into()));
    let received = receive(&bitext, &returned);
    assert!(received.edits.len() <= 1);
    if let [edit] = received.edits.as_slice() {
        let pair = document.segments.iter().find(|it| it.role == Role::Target && it.span.contains(edit.span));
        assert!(pair.is_some(), "{}: {edit:?} lies in a target", document.path);
        return (file.units.len(), 1);
    }
    (file.units.len(), 0)
}

#[test]
fn an_untouched_export_changes_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut units, mut edits, mut all) = (0, 0, 0);
    let folders = ["content", "../shared/corpus/sxs", "../shared/seeds"];
    for path in folders.iter().flat_map(|folder| articles(&root.join(folder))) {
        let name = path.to_string_lossy();
        let source = Source::from_bytes(std::fs::read(&path).unwrap());
        let locale = Locale::parse("zh-CN").unwrap();
        let document = document::read(name.as_ref().into(), locale, Format::of_path(&name).unwrap(), source);
        if document.is_bilingual() {
            let (seen, edited) = check_exchange(&document);
            units += seen;
            edits += edited;
            all += 1;
        }
    }
    println!("{all} articles, {units} units, {edits} edits made");
}

#[test]
fn no_cell_of_a_table_can_become_a_formula() {
    let document = read("a.md", "de-DE", &pair("=HYPERLINK(\"x\")", "+1 or @a"));
    let bytes = exchange::Format::Csv.write(&[leave(&Bitext::embedded(&document, None))]).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for cell in text.split(&[',', '\n', '\r', '"'][..]) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    assert!(text.contains("'+1 or @a") && text.contains("'=HYPERLINK"), "{text}");
}

const SOURCE: &str = "---\ntitle: Renew\n---\n# Renew\n\nSelect **Renew**. You have 30 days.\n\nThen close the page.\n";
const TARGET: &str = "---\ntitle: Verlängern\n---\n# Verlängern\n\nWählen Sie **Verlängern**. Sie haben 13 Tage.\n\nSchließen Sie dann die Seite.\n";

fn site(name: &str) -> Folder {
    Folder::new(name, &[("en-us/renew.md", SOURCE), ("de-de/renew.md", TARGET)])
}

#[test]
fn corrections_come_back_from_a_spreadsheet() {
    let site = site("xlsx");
    site.run(&["export", "--to", "csv", "-o", "all.csv"]).shows(0, "", "5 units of 1 article");
    let table = site.read("all.csv").replace("13 Tage.,,", "13 Tage.,Sie haben 30 Tage.,");
    site.write("back.csv", table.as_bytes());
    let diff = site.run(&["import", "back.csv", "--dry-run"]);
    diff.shows(0, "+Wählen Sie **Verlängern**. Sie haben 30 Tage.", "1 unit in 1 article would be rewritten");
    assert_eq!(site.read("de-de/renew.md"), TARGET);
    site.run(&["import", "back.csv"]).shows(0, "", "1 unit in 1 article rewritten");
    assert_eq!(site.read("de-de/renew.md"), TARGET.replace("13 Tage", "30 Tage"));
    site.run(&["import", "back.csv"]).shows(0, "", "0 units in 0 articles rewritten");
}

#[test]
fn what_changed_on_both_sides_is_refused_and_the_rest_is_written() {
    let site = site("conflict");
    site.run(&["export", "--to", "csv", "-o", "all.csv"]);
    site.write("de-de/renew.md", TARGET.replace("13 Tage", "drei Tage").as_bytes());
    let table = site.read("all.csv");
    let table = table.replace("13 Tage.,,", "13 Tage.,Sie haben 30 Tage.,").replace("Seite.,,", "Seite.,Fertig.,");
    site.write("back.csv", table.as_bytes());
    let strict = site.run(&["import", "back.csv", "--strict"]);
    strict.shows(1, "", "the article says “Sie haben drei Tage.”");
    strict.shows(1, "", "not rewritten, as units were refused");
    site.run(&["import", "back.csv"]).shows(1, "", "1 unit in 1 article rewritten");
    let expected = TARGET.replace("13 Tage", "drei Tage").replace("Schließen Sie dann die Seite.", "Fertig.");
    assert_eq!(site.read("de-de/renew.md"), expected);
}

#[test]
fn a_file_is_known_by_what_it_holds_and_found_from_the_folder_above() {
    let site = site("named");
    site.run(&["export", "--to", "xliff", "-o", "all.xlf"]);
    let edited = site.read("all.xlf").replace("Sie haben 13 Tage", "Sie haben 30 Tage");
    site.write("back.po", &edited);
    let above = Folder::empty();
    above
        .write("site/de-de/renew.md", TARGET)
        .write("site/en-us/renew.md", SOURCE)
        .write("back.po", &site.read("back.po"));
    let lost = above.run(&["import", "back.po"]);
    lost.shows(1, "", "refused: de-de/renew.md: 5 units: there is no such article here\nhelp: ");
    above.run(&["import", "back.po", "--in", "./site/"]).shows(0, "", "1 unit in 1 article rewritten");
    assert_eq!(above.read("site/de-de/renew.md"), TARGET.replace("13 Tage", "30 Tage"));
}

#[test]
fn what_cannot_be_written_is_not_said_to_be() {
    let site = site("read-only");
    site.run(&["export", "--to", "csv", "-o", "all.csv"]);
    let path = site.0.join("de-de/renew.md");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    site.write("back.csv", &site.read("all.csv").replace("13 Tage.,,", "13 Tage.,Sie haben 30 Tage.,"));
    let run = site.run(&["import", "back.csv"]);
    run.shows(2, "", "0 units in 0 articles rewritten; 4 as they were, 0 refused, 1 not written");
    run.shows(2, "", "the file is read-only");
    site.run(&["import", "back.csv", "--format", "json"]).shows(2, "\"outcome\": \"failed\"", "");
    assert_eq!(site.read("de-de/renew.md"), TARGET);
}

#[test]
fn bytes_that_are_no_text_stay() {
    let site = site("bytes");
    let article = [TARGET.as_bytes(), b"\nUnd so\xff\xe4so hier. Noch ein Satz.\n"].concat();
    site.write("en-us/renew.md", &format!("{SOURCE}\nAnd so it is here. One more sentence.\n"));
    site.write("de-de/renew.md", &article);
    site.run(&["export", "--to", "csv", "-o", "all.csv"]);
    let table = site.read("all.csv").replace("13 Tage.,,", "13 Tage.,Sie haben 30 Tage.,");
    site.write("back.csv", &table.replace("so??so hier.,,", "so??so hier.,Und so hier.,"));
    site.run(&["import", "back.csv"]).shows(1, "", "bytes that are not UTF-8 text stand there");
    let after = std::fs::read(site.0.join("de-de/renew.md")).unwrap();
    let at = article.windows(2).position(|it| it == b"13").unwrap();
    assert_eq!(after, [&article[..at], b"30", &article[at + 2..]].concat());
}

#[test]
fn a_bar_in_a_cell_of_a_table_ends_no_cell() {
    let article = |cell: &str| format!("# T\n\n| A | B |\n|---|---|\n| {cell} | Zwei. |\n");
    let site = Folder::new("cells", &[("en-us/a.md", &article("One.")), ("de-de/a.md", &article("Eins."))]);
    site.run(&["export", "--to", "csv", "-o", "all.csv"]);
    site.write("back.csv", &site.read("all.csv").replace(",Eins.,,", ",Eins.,Ein | zwei \\| drei.,"));
    site.run(&["import", "back.csv"]).shows(0, "", "1 unit in 1 article rewritten");
    assert_eq!(site.read("de-de/a.md"), article("Ein \\| zwei \\| drei."));
}

#[test]
fn two_files_may_edit_one_article() {
    let site = site("two");
    site.run(&["export", "--to", "csv", "-o", "all.csv"]);
    site.run(&["export", "--to", "xliff", "-o", "all.xlf"]);
    let table = site.read("all.csv");
    site.write("back.csv", table.replace("13 Tage.,,", "13 Tage.,Sie haben 30 Tage.,").as_bytes());
    site.run(&["import", "back.csv", "all.xlf"]).shows(0, "", "1 unit in 1 article rewritten");
    let other = table.replace("13 Tage.,,", "13 Tage.,Sie haben 14 Tage.,").replace("Seite.,,", "Seite.,Fertig.,");
    site.write("other.csv", other.as_bytes());
    site.write("de-de/renew.md", TARGET.as_bytes());
    site.run(&["import", "back.csv", "other.csv"]).shows(1, "", "it came back twice, with different texts");
    assert_eq!(site.read("de-de/renew.md"), TARGET.replace("Schließen Sie dann die Seite.", "Fertig."));
}

#[test]
fn a_file_that_is_none_of_ours_is_2() {
    let site = site("alien");
    site.write("x.csv", b"a,b\n1,2\n");
    site.run(&["import", "x.csv"]).shows(2, "", "x.csv: the first row has no column `path`");
    site.write("x.xlsx", b"PK no book");
    site.run(&["import", "x.xlsx"]).shows(2, "", "x.xlsx: ");
    site.run(&["import", "nowhere.csv"]).shows(2, "", "nowhere.csv: ");
    site.run(&["import", "de-de/renew.md"]).shows(2, "", "its format is not known; say which with --from");
    site.write("y.jsonl", b"{\"path\": \"de-de/none.md\", \"id\": \"a\", \"target\": \"x\"}\n");
    site.run(&["import", "y.jsonl"]).shows(1, "", "de-de/none.md: 1 unit: there is no such article here");
}

#[test]
fn a_review_is_carried_out() {
    let site = site("apply");
    let found = site.run(&["check", "--format", "json", "--fail-on", "never"]).out;
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let findings = found["findings"].as_array().unwrap();
    let number = findings.iter().find(|it| it["unit"]["target"] == "Sie haben 13 Tage.").unwrap();
    let lock = |text: &str| blake3::hash(text.as_bytes()).to_hex()[..16].to_owned();
    let decisions = serde_json::json!({"version": 1, "tool": "hexapla", "report": "x", "decisions": [
        {"path": "de-de/renew.md", "unit": number["unit"]["id"], "lock": lock("Sie haben 13 Tage."),
         "proposal": "Sie haben 30 Tage.", "comment": "please check"},
        {"path": "de-de/renew.md", "unit": "", "lock": "",
         "ignored": [{"rule": "missing-metadata", "fingerprint": "0123456789abcdef", "reason": "on purpose"}]},
    ]});
    site.write("decisions.json", decisions.to_string().as_bytes());
    let dry = site.run(&["apply", "decisions.json", "--dry-run"]);
    dry.shows(0, "+Wählen Sie **Verlängern**. Sie haben 30 Tage.", "1 finding would go into hexapla-baseline.json");
    let exported = site.run(&["export", "--to", "jsonl", "--decisions", "decisions.json"]);
    exported.shows(0, "please check", "");
    site.run(&["apply", "decisions.json"]).shows(0, "", "1 unit in 1 article rewritten");
    assert_eq!(site.read("de-de/renew.md"), TARGET.replace("13 Tage", "30 Tage"));
    assert!(site.read("hexapla-baseline.json").contains("\"reason\":\"on purpose\""));
    site.run(&["apply", "decisions.json"]).shows(0, "", "0 units in 0 articles rewritten");
    // Nothing is written where a proposal is refused and all is asked for.
    let strict = site.read("decisions.json").replace("30 Tage", "").replace("0123456789abcdef", "fedcba9876543210");
    site.write("strict.json", &strict.replace("Sie haben .", "Sie\\nhaben <b>."));
    site.run(&["apply", "strict.json", "--strict"]).shows(1, "", "1 finding would go into hexapla-baseline.json");
    assert!(!site.read("hexapla-baseline.json").contains("fedcba9876543210"));
    site.write("later.json", b"{\"version\": 9, \"decisions\": []}");
    site.run(&["apply", "later.json"]).shows(2, "", "decisions of version 9");
}

#[test]
fn one_side_of_a_bilingual_article_is_an_article() {
    let article = pair("Wählen Sie **OK**.", "Select **OK**.");
    let site = Folder::new("sides", &[("de-de/a.md", &article)]);
    site.run(&["export", "--to", "markdown"]).shows(2, "", "needs --side source or target, and a folder");
    site.run(&["export", "--to", "markdown", "--side", "source", "-o", "out"]).shows(0, "", "wrote 1 article");
    site.run(&["export", "--to", "markdown", "--side", "target", "-o", "out"]).shows(0, "", "wrote 1 article");
    assert_eq!(site.read("out/en-US/a.md"), "# T\n\nSelect **OK**.\n");
    assert_eq!(site.read("out/de-DE/a.md"), "# T\n\nWählen Sie **OK**.\n");
}
