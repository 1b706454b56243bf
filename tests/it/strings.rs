//! The product's own strings: every format says the same, and what is wrong is shown in the settings.

use std::path::Path;

use hexapla::config::{Overrides, Settings};
use hexapla::locale::Locale;
use hexapla::project::read_bases;
use hexapla::termbase::strings::Sheet;

use crate::folder::Folder;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/terms/strings");

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).unwrap()
}

fn settings(resources: &str) -> Result<Settings, String> {
    let folder = Folder::empty();
    let home = FIXTURES.replace('\\', "/");
    folder.write("hexapla.toml", &format!("[labels]\nresources = [{}]\n", resources.replace("HOME", &home)));
    let mut settings = Settings::load(None, &folder.0, &Overrides::default()).map_err(|error| error.to_string())?;
    read_bases(&mut settings).map_err(|error| error.to_string().replace(&home, "HOME"))?;
    Ok(settings)
}

/// What a locale calls a label, each with its file and key.
fn names(settings: &Settings, tag: &str, label: &str) -> String {
    let labels = settings.bases.strings.labels(&locale(tag));
    let names = labels.names(label).iter().map(|it| {
        let file = it.file.replace(&FIXTURES.replace('\\', "/"), "");
        format!("{} ({}: {})", it.text, file.trim_start_matches('/'), it.key)
    });
    names.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_format_says_the_same() {
    for (resources, water, beds) in [
        ("'HOME/app/{locale}.json'", "app/de.json: water.now", "app/de.json: beds.0"),
        (
            "{ files = 'HOME/Strings.{locale}.resx', source = 'HOME/Strings.resx' }",
            "Strings.de.resx: WaterNow",
            "Strings.de.resx: Beds",
        ),
        (
            "{ files = 'HOME/garden_{locale}.properties', source = 'HOME/garden.properties' }",
            "garden_de.properties: water.now",
            "garden_de.properties: beds",
        ),
        (
            "{ files = 'HOME/res/values-{locale}/*.xml', source = 'HOME/res/values/*.xml' }",
            "res/values-de/strings.xml: water_now",
            "res/values-de/strings.xml: beds",
        ),
        ("'HOME/{locale}.lproj/Garden.strings'", "de.lproj/Garden.strings: water.now", "de.lproj/Garden.strings: beds"),
        ("'HOME/Garden.xcstrings'", "Garden.xcstrings: water.now", "Garden.xcstrings: Beds"),
        ("'HOME/garden.{locale}.xlf'", "garden.de.xlf: water.now", "garden.de.xlf: beds"),
        ("'HOME/*.xliff'", "garden2.xliff: water.now", "garden2.xliff: beds"),
        ("'HOME/po/*.po'", "po/de.po: water.now", "po/de.po: Beds"),
        ("'HOME/garden-keys.{locale}.po'", "garden-keys.de.po: water.now", "garden-keys.de.po: beds"),
    ] {
        let settings = settings(resources).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(names(&settings, "de-DE", "Water now"), format!("Jetzt gießen ({water})"), "{resources}");
        assert_eq!(names(&settings, "de", "beds"), format!("Beete ({beds})"), "{resources}");
        assert_eq!(names(&settings, "de", "Seeds"), "", "{resources}");
        assert_eq!(names(&settings, "fr", "Water now"), "", "{resources}");
    }
}

#[test]
fn folders_of_other_things_are_no_locales() {
    let settings = settings("{ files = 'HOME/res/values-{locale}/*.xml', source = 'HOME/res/values/*.xml' }").unwrap();
    assert_eq!(names(&settings, "zh-TW", "Beds"), "花壇 (res/values-zh-rTW/strings.xml: beds)");
    assert_eq!(names(&settings, "zh-Hant", "Beds"), "花壇 (res/values-zh-rTW/strings.xml: beds)");
    assert_eq!(names(&settings, "zh-CN", "Beds"), "");
}

#[track_caller]
fn wrong(resources: &str, expected: &str) {
    let error = settings(resources).map(|_| ()).unwrap_err();
    assert!(error.contains(expected) && error.contains("hexapla.toml:2:"), "{error}");
}

#[test]
fn what_is_wrong_is_shown_in_the_settings() {
    wrong("'HOME/nowhere/{locale}.json'", "no file is meant by `HOME/nowhere/{locale}.json`");
    wrong("'HOME/garden_{locale}.properties'", "no file of `HOME/garden_{locale}.properties` is in en-US, the source");
    wrong(
        "{ files = 'HOME/app/{locale}.json', source = 'HOME/app/none.json' }",
        "there is no file `HOME/app/none.json`",
    );
    wrong("'HOME/app/{lang}.json'", "a pattern may hold `*`, `**`, `?` and `{locale}`");
    wrong("5", "invalid type: integer `5`, expected a path such as \"strings/{locale}.json\"");
    wrong("{ file = 'x' }", "unknown key `file`");
    wrong("'HOME/'", "this names no file");
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], expected: &str) {
    let error = Sheet::read(name, bytes).map(|it| it.strings).unwrap_err().to_string();
    assert!(error.contains(expected), "{name}: {error}");
}

#[test]
fn hostile_files_are_refused_or_read() {
    refused("a.json", b"[", "EOF");
    refused("a.json", b"[]", "this is not an object of strings");
    refused("a.json", b"\xff\xff", "not UTF-8");
    refused("a.json", format!("{{\"a\": {}", "[".repeat(100_000)).as_bytes(), "recursion limit");
    refused("a.resx", b"<html/>", "but `html`");
    refused("a.resx", b"plain", "this is not XML");
    refused("a.resx", format!("<root>{}", "<data>".repeat(100_000)).as_bytes(), "nested too deep");
    let entities = "<!DOCTYPE root [<!ENTITY a \"aaaa\">]><root><data name='a'><value>&a;</value></data></root>";
    refused("a.resx", entities.as_bytes(), "the entity `a` is not one of XML's own");
    refused("a.strings", b"\"a\" \"b\";", "line 1: `=` is missing");
    refused("a.strings", b"\n\"a\" = \"b\"", "line 2: `;` is missing");
    refused("a.strings", b"\"a\" = \"b", "a string is not closed");
    refused("a.strings", b"/* a", "a comment is not closed");
    refused("a.strings", b"<plist/>", "this is neither a string nor a comment");
    refused("a.po", b"msgid x", "line 1: ");
    refused("a.xcstrings", b"{}", "it has no `strings`");
    refused("a.txt", b"", "strings are in .json");
    // Java had Latin-1 first.
    let sheet = Sheet::read("a.properties", b"a=gie\xdfen\nb\\ c : d\nlast\\").unwrap();
    let pair = |key: &str, text: &str| (key.to_owned(), text.to_owned());
    assert_eq!(sheet.strings, [pair("a", "gießen"), pair("b c", "d"), pair("last", "")]);
}

const ARTICLE: &str = "---\ntitle: Beds\ndescription: All beds.\n---\n# Beds\n\nSelect **Water now**.\n";
const GERMAN: &str = "---\ntitle: Beete\ndescription: Alle Beete.\n---\n# Beete\n\nWählen Sie **Bewässern** aus.\n";

#[test]
fn labels_are_held_against_the_product() {
    let folder = Folder::new("strings", &[("en-us/a.md", ARTICLE), ("de-de/a.md", GERMAN)]);
    let home = Path::new(FIXTURES).join("app");
    for name in ["en.json", "de.json"] {
        folder.write(&format!("product/{name}"), &std::fs::read(home.join(name)).unwrap());
    }
    folder.write("hexapla.toml", "[labels]\nresources = [\"product/{locale}.json\"]\n");
    let run = folder.run(&["check", "--format", "concise"]);
    run.shows(1, "de-de/a.md:7:14: warning[ui-label-mismatch] “Water now” is “Bewässern” here", "");
    run.shows(1, "the product calls it “Jetzt gießen” (product/de.json: water.now)", "");
    folder.write("hexapla.toml", "[labels]\nresources = [\"product/{locale}.jsn\"]\n");
    folder.run(&["check"]).shows(2, "", "hexapla.toml:2:14: no file is meant by `product/{locale}.jsn`");
}
