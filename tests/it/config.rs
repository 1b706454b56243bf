//! `hexapla.toml`: what it means, and what is said about mistakes in it.

use hexapla::config::{self, FailOn, Level, Overrides, Settings};
use hexapla::diagnostic::Severity;

use crate::folder::Folder;

fn settings(text: &str) -> Result<Settings, String> {
    let folder = Folder::empty();
    folder.write("hexapla.toml", text);
    Settings::load(None, &folder.0, &Overrides::default()).map_err(|error| error.to_string())
}

/// The error of a file is this text.
fn refused(text: &str, expected: &str) {
    let expected: Vec<&str> =
        expected.trim().lines().map(|line| line.strip_prefix("        ").unwrap_or(line)).collect();
    assert_eq!(settings(text).map(|_| ()).unwrap_err(), expected.join("\n"));
}

#[test]
fn an_unknown_key() {
    refused(
        "# our help site\nselct = [\"all\"]\n",
        "hexapla.toml:2:1: unknown key `selct`
          |
        2 | selct = [\"all\"]
          | ^^^^^
        help: did you mean `select`?",
    );
}

#[test]
fn an_unknown_value() {
    refused(
        "fail-on = \"eror\"",
        "hexapla.toml:1:11: unknown value `eror`
          |
        1 | fail-on = \"eror\"
          |           ^^^^^^
        help: did you mean `error`?",
    );
    refused(
        "[rules.changed-number]\nseverity = \"loud\"",
        "hexapla.toml:2:12: unknown severity \"loud\"
          |
        2 | severity = \"loud\"
          |            ^^^^^^
        help: one of error, warning, info, off",
    );
}

#[test]
fn a_wrong_type() {
    refused(
        "select = \"all\"",
        "hexapla.toml:1:10: invalid type: string \"all\", expected a sequence
          |
        1 | select = \"all\"
          |          ^^^^^",
    );
}

#[test]
fn a_wrong_pattern_or_locale() {
    refused(
        "exclude = [\"a\", \"[\"]",
        "hexapla.toml:1:17: not a path pattern: unclosed character class; missing ']'
          |
        1 | exclude = [\"a\", \"[\"]
          |                 ^^^",
    );
    refused(
        "[[layout]]\nsource = \"{path}.md\"\ntarget = \"x/{path}.md\"",
        "hexapla.toml:3:10: a pattern needs `{locale}` once
          |
        3 | target = \"x/{path}.md\"
          |          ^^^^^^^^^^^^^",
    );
    refused(
        "source-locale = \"English\"",
        "hexapla.toml:1:17: `English` is not a locale
          |
        1 | source-locale = \"English\"
          |                 ^^^^^^^^^
        help: write it as in `pt-BR`, `zh-Hant-TW` or `ja`",
    );
}

#[test]
fn an_unknown_rule_is_shown_where_it_is_written() {
    let it = settings("ignore = [\"all\"]\n[severity]\nchanged-nmber = \"off\"\n").unwrap();
    let names: Vec<_> = it.rule_names().collect();
    assert_eq!(names.len(), 1);
    let error = it.unknown_rule(names[0].0, names[0].1, ["changed-number", "changed-date"]);
    assert_eq!(error.line_column(), Some((3, 1)));
    assert_eq!(error.message(), "there is no rule `changed-nmber`");
    assert!(error.to_string().ends_with("help: did you mean `changed-number`?"), "{error}");
}

#[test]
fn severity_of_a_rule_in_an_article() {
    let it = settings(
        "ignore = [\"language\"]
        extend-select = [\"doubled-word\"]
        [severity]
        facts = \"warning\"
        [rules.changed-date]
        severity = \"error\"
        days = 3
        [[overrides]]
        paths = [\"docs/ja/**\"]
        locales = [\"ja\"]
        ignore = [\"changed-date\"]
        select = [\"spacing\"]
        severity = { changed-number = \"info\" }",
    )
    .unwrap();
    let ask = |rule, family, path, locale| {
        it.severity_for(rule, family, Severity::Error, path, locale).map_or("off", Severity::name)
    };
    let (here, there) = ("docs/a.md", "docs/ja/a.md");
    assert_eq!(ask("lost-negation", "meaning", here, ""), "error");
    assert_eq!(ask("changed-number", "facts", here, ""), "warning");
    assert_eq!(ask("changed-date", "facts", here, ""), "error");
    assert_eq!(ask("spacing", "language", here, ""), "off");
    assert_eq!(ask("doubled-word", "language", here, ""), "error");
    assert_eq!(ask("changed-number", "facts", there, "ja-JP"), "info");
    assert_eq!(ask("changed-number", "facts", there, "jav"), "warning");
    assert_eq!(ask("changed-date", "facts", there, "ja"), "off");
    assert_eq!(ask("spacing", "language", there, "ja"), "error");
    assert_eq!(it.rule_options("changed-date").unwrap()["days"].as_integer(), Some(3));
    assert_eq!(it.option_error("changed-date", "days", "too few").line_column(), Some((7, 16)));
}

#[test]
fn the_command_line_has_the_last_word() {
    let folder = Folder::empty();
    folder.write("hexapla.toml", "select = [\"facts\"]\nfail-on = \"error\"");
    folder.write("docs/x.md", "");
    let overrides = Overrides {
        ignore: vec!["changed-date".into()],
        extend_select: vec!["meaning".into()],
        severity: vec![("meaning".into(), Level::Info)],
        fail_on: Some(FailOn::Never),
        ..Overrides::default()
    };
    let it = Settings::load(None, &folder.0.join("docs"), &overrides).unwrap();
    let ask = |rule, family| it.severity_for(rule, family, Severity::Error, "x.md", "");
    assert_eq!(ask("changed-number", "facts"), Some(Severity::Error));
    assert_eq!(ask("changed-date", "facts"), None);
    assert_eq!(ask("lost-negation", "meaning"), Some(Severity::Info));
    assert_eq!(ask("spacing", "language"), None);
    assert_eq!(it.fail_on, FailOn::Never);
    assert_eq!(it.relative("x.md"), "docs/x.md");
    assert_eq!(it.relative("../y.md"), "y.md");
}

#[test]
fn one_file_adds_to_another() {
    let folder = Folder::empty();
    folder.write("base.toml", "source-locale = \"de-DE\"\n[severity]\na = \"off\"\nb = \"info\"");
    folder.write(".config/hexapla.toml", "extend = \"../base.toml\"\n[severity]\nb = \"error\"");
    let it = Settings::load(None, &folder.0, &Overrides::default()).unwrap();
    assert_eq!(it.source_locale.tag(), "de-DE");
    assert_eq!(it.severity_for("a", "f", Severity::Error, "x", ""), None);
    assert_eq!(it.severity_for("b", "f", Severity::Info, "x", ""), Some(Severity::Error));
    assert_eq!(it.root(), folder.0);

    folder.write("base.toml", "extend = \".config/hexapla.toml\"");
    let error = Settings::load(None, &folder.0, &Overrides::default()).unwrap_err();
    assert_eq!(error.message(), "settings that extend themselves");
    let error = Settings::load(Some("none.toml".as_ref()), &folder.0, &Overrides::default()).unwrap_err();
    assert!(error.to_string().starts_with("none.toml: cannot read the settings"), "{error}");
}

#[test]
fn settings_in_force_can_be_read_again() {
    let it = settings(
        "select = [\"facts\"]\n[rules.x]\nseverity = \"off\"\nn = 1\n[[overrides]]\nlocales = [\"ja\"]\n\
                  [lexicon.nl]\nunits.day = \"dag | dagen\"\n[lexicon.de]\ndates.order = \"ymd\"\n\
                  cues.must = { add = \"obliegt\", without = \"muss\" }\n",
    )
    .unwrap();
    let text = config::to_toml(&it);
    assert_eq!(config::to_toml(&settings(&text).unwrap()), text);
    let schema = config::schema();
    assert!(jsonschema::validator_for(&schema).is_ok());
    assert_eq!(schema["additionalProperties"], false);
    let value: serde_json::Value = toml::from_str(&text).unwrap();
    assert!(jsonschema::is_valid(&schema, &value));
}

#[test]
fn a_lexicon_is_changed() {
    let german = hexapla::locale::Locale::parse("de-AT").unwrap();
    let reads = |text: &str, sentence: &str| {
        let settings = settings(text).unwrap();
        hexapla::signal::Statement::of_text(sentence, settings.words(&german)).to_string()
    };
    let sentence = "Es ist anheimgestellt: Antwort binnen 3 Tagen; das ist nicht nötig.";
    assert_eq!(reads("", sentence), "P3D within; need not");
    let added = "[lexicon.de.cues]\nrecommendation = \"ist anheimgestellt\"";
    assert_eq!(reads(added, sentence), "should; P3D within; need not");
    let less = "[lexicon.de.relations]\nwithin = { without = \"binnen N\" }";
    assert_eq!(reads(less, sentence), "P3D; need not");
    let only = "[lexicon.de-AT]\ncues.exemption = { only = \"keinesfalls\" }\nnumbers.decimal = \"'\"";
    assert_eq!(reads(only, sentence), "P3D within; not; needs");
    // A language that we know nothing of.
    let dutch = hexapla::locale::Locale::parse("nl-BE").unwrap();
    let it = settings("[lexicon.nl]\nunits.day = \"dag | dagen\"\nrelations.within = \"binnen N\"").unwrap();
    assert_eq!(hexapla::signal::Statement::of_text("binnen 14 dagen", it.words(&dutch)).to_string(), "P14D within");
}

#[test]
fn a_wrong_change_of_a_lexicon() {
    refused(
        "[lexicon.de.cues]\nmusst = \"muss\"",
        "hexapla.toml:2:1: unknown value `musst`
  |
2 | musst = \"muss\"
  | ^^^^^
help: did you mean `must`?",
    );
    refused(
        "[lexicon.de]\nrelations.within = \"binnen\"",
        "hexapla.toml:2:1: `binnen` needs words, and `N` once for the quantity
  |
2 | relations.within = \"binnen\"
  | ^^^^^^^^^",
    );
    refused(
        "[lexicon.de.cues]\nmust = [\"muss\"]",
        "hexapla.toml:2:1: patterns are one text, parted by ` | `
  |
2 | must = [\"muss\"]
  | ^^^^",
    );
    refused(
        "[lexicon.english.cues]\nmust = \"shall\"",
        "hexapla.toml:1:10: `english` is not a locale
  |
1 | [lexicon.english.cues]
  |          ^^^^^^^
help: write it as in `pt-BR`, `zh-Hant-TW` or `ja`",
    );
}

/// A language can be taught whole by settings, and what `config lexicon` prints does it.
#[test]
fn a_lexicon_is_printed_as_it_is_written() {
    for (locale, data) in hexapla::locale::supported() {
        let nothing = hexapla::locale::Lexicon::default();
        let printed = nothing.with(&data.lexicon.as_changes()).unwrap();
        assert_eq!(data.lexicon.changes_to(&printed), serde_json::Value::Null, "{locale}");
        let taught = nothing.with(&nothing.changes_to(&data.lexicon)).unwrap();
        assert_eq!(data.lexicon.changes_to(&taught), serde_json::Value::Null, "{locale}");
    }
}
