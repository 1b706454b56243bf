//! What is behind: by the revision that an article names, by the record of the project, by content.

use std::process::Command;

use crate::folder::Folder;

/// Runs hexapla in a folder; exit code, standard output and error together.
fn hexapla(folder: &Folder, args: &[&str]) -> (i32, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_hexapla")).args(args).current_dir(&folder.0).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
    (run.status.code().unwrap(), text)
}

/// The findings of the freshness family, one a line.
fn behind(folder: &Folder) -> String {
    let (_, out) = hexapla(folder, &["check", "--select", "freshness", "--format", "concise", "-q"]);
    out
}

fn git(folder: &Folder, args: &[&str]) -> String {
    let run = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(&folder.0)
        .output()
        .unwrap();
    assert!(run.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().trim().to_owned()
}

/// Commits everything; the name of the commit.
fn commit(folder: &Folder) -> String {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "Change"]);
    git(folder, &["rev-parse", "HEAD"])
}

const ENGLISH: &str = "# Cancel\n\nCancel within 14 days.\n\nOpen the page and select **Cancel**.\n\nA credit is sent by email to the owner.\n";
const GERMAN: &str = "# Kündigen\n\nKündigen Sie innerhalb von 14 Tagen.\n\nÖffnen Sie die Seite, und wählen Sie **Kündigen** aus.\n\nEine Gutschrift wird dem Besitzer per E-Mail gesendet.\n";

fn german(key: &str, revision: &str) -> String {
    format!("---\n{key}: {revision}\n---\n{GERMAN}")
}

#[test]
fn the_revision_of_the_source_is_asked_of_git() {
    let folder = Folder::empty();
    git(&folder, &["init", "-q"]);
    folder.write("docs/a.md", ENGLISH);
    let first = commit(&folder);
    let blob = git(&folder, &["rev-parse", "HEAD:docs/a.md"]);
    folder.write("docs/de/a.md", &german("source_commit", &first));
    commit(&folder);
    assert_eq!(behind(&folder), "", "nothing changed");
    // Emphasis, white space, case and the form of links are nothing to translate anew.
    let cosmetic = ENGLISH.replace("Cancel within 14 days.", "*Cancel*  within 14 Days.");
    folder.write("docs/a.md", &cosmetic);
    commit(&folder);
    assert_eq!(behind(&folder), "", "cosmetic");
    folder.write("docs/a.md", &cosmetic.replace("14 Days", "7 days"));
    let second = commit(&folder);
    let stale = "docs/de/a.md:1:1: warning[stale-translation] of 4 segments, 1 changed in the source since it was \
                 translated\ndocs/de/a.md:6:1: warning[stale-segment] the source said “Cancel within 14 days.” when this \
                 was translated, and says “*Cancel* within 7 days.” now\n";
    let plain = stale.replace('*', "");
    assert_eq!(behind(&folder), plain);
    // The hash of the source file does as well, and so does another key, if the settings name it.
    folder.write("docs/de/a.md", &german("source_hash", &blob));
    assert_eq!(behind(&folder), plain);
    folder.write("docs/de/a.md", &german("based-on", &first[..10]));
    assert_eq!(behind(&folder), "");
    folder.write("hexapla.toml", "revision-keys = [\"based-on\"]\n");
    assert_eq!(behind(&folder), plain);
    std::fs::remove_file(folder.0.join("hexapla.toml")).unwrap();
    // A bumped revision over unchanged text does not hide the drift; a changed text is fresh.
    folder.write("docs/de/a.md", &german("source_commit", &second));
    commit(&folder);
    assert_eq!(behind(&folder), plain);
    folder.write("docs/de/a.md", &german("source_commit", &second).replace("14", "7"));
    assert_eq!(behind(&folder), "");
    // A revision that git does not know tells nothing.
    folder.write("docs/de/a.md", &german("source_commit", &"ab".repeat(20)));
    assert_eq!(behind(&folder), "");
}

#[test]
fn without_git_a_revision_tells_nothing() {
    let folder = Folder::empty();
    folder.write("docs/a.md", ENGLISH).write("docs/de/a.md", &german("source_commit", &"12".repeat(20)));
    assert_eq!(behind(&folder), "");
}

#[test]
fn the_record_of_the_project_is_asked() {
    let folder = Folder::empty();
    folder.write("docs/a.md", ENGLISH).write("docs/de/a.md", GERMAN);
    let (code, out) = hexapla(&folder, &["status", "--record"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("recorded in hexapla-record.json what 1 translations are made from"), "{out}");
    assert_eq!(behind(&folder), "");
    folder.write("docs/a.md", &ENGLISH.replace("14 days", "7 days"));
    let stale = "docs/de/a.md:1:1: warning[stale-translation] of 4 segments, 1 changed in the source since it was \
                 translated\ndocs/de/a.md:3:1: warning[stale-segment] the source changed after this was translated\n";
    assert_eq!(behind(&folder), stale);
    // Recorded anew, the unchanged text is stale still; unless somebody says that it is right.
    let record = folder.0.join("hexapla-record.json");
    let before = std::fs::read_to_string(&record).unwrap();
    hexapla(&folder, &["status", "--record"]);
    assert_eq!(std::fs::read_to_string(&record).unwrap(), before);
    assert_eq!(behind(&folder), stale);
    hexapla(&folder, &["status", "--record", "--force"]);
    assert_eq!(behind(&folder), "");
    // A text that changed is recorded as made from the source of now.
    folder.write("docs/a.md", &ENGLISH.replace("14 days", "5 days"));
    folder.write("docs/de/a.md", &GERMAN.replace("14 Tagen", "5 Tagen"));
    hexapla(&folder, &["status", "--record"]);
    assert_eq!(behind(&folder), "");
    // An article that is gone is forgotten; a file that is no record is said.
    std::fs::remove_file(folder.0.join("docs/de/a.md")).unwrap();
    folder.write("docs/fr/a.md", "# Annuler\n\nAnnulez dans un délai de 5 jours.\n");
    hexapla(&folder, &["status", "--record"]);
    let text = std::fs::read_to_string(&record).unwrap();
    assert!(!text.contains("docs/de/a.md") && text.contains("docs/fr/a.md"), "{text}");
    folder.write("hexapla-record.json", "{\"version\": 9, \"articles\": {}}");
    let (code, out) = hexapla(&folder, &["check"]);
    assert!(code == 2 && out.contains("this is no record of hexapla (version 9)"), "{out}");
}

#[test]
fn the_state_of_the_locales() {
    let folder = Folder::empty();
    folder.write("docs/a.md", ENGLISH).write("docs/b.md", "# Pay\n\nPay with a card.\n");
    folder.write("docs/de/a.md", &GERMAN.replace("Eine Gutschrift wird dem Besitzer per E-Mail gesendet.\n", ""));
    folder.write("docs/de/b.md", "---\nms.translationtype: MT\n---\n# Bezahlen\n\nPay with a card.\n");
    folder.write("docs/de/c.md", "# Übrig\n\nDiese Seite hat keine Quelle mehr.\n");
    folder.write("docs/ja/a.md", "# キャンセル\n\n14 日以内にキャンセルしてください。\n\nページを開き、**[キャンセル]** を選択します。\n\nクレジットは所有者にメールで送信されます。\n");
    let (code, out) = hexapla(&folder, &["status", "--articles", "--format", "json"]);
    assert_eq!(code, 0, "{out}");
    let status: serde_json::Value = serde_json::from_str(&out).unwrap();
    let row = |it: &serde_json::Value, keys: &[&str]| {
        keys.iter().map(|key| it[key].to_string().replace('"', "")).collect::<Vec<_>>().join(" ")
    };
    let keys = [
        "locale",
        "articles",
        "missing_articles",
        "orphan_articles",
        "segments",
        "translated",
        "untranslated",
        "missing",
        "up_to_date",
    ];
    let locales: Vec<String> = status["locales"].as_array().unwrap().iter().map(|it| row(it, &keys)).collect();
    assert_eq!(locales, ["de 3 0 1 6 4 1 1 66.6", "ja 1 1 0 6 4 0 2 66.6"]);
    let keys = ["locale", "path", "state", "translation_type", "segments", "missing"];
    let articles: Vec<String> = status["articles"].as_array().unwrap().iter().map(|it| row(it, &keys)).collect();
    let expected = [
        "de docs/de/a.md translated  4 1",
        "de docs/de/b.md translated MT 2 0",
        "de docs/de/c.md orphan  0 0",
        "ja docs/b.md missing  2 2",
        "ja docs/ja/a.md translated  4 0",
    ];
    assert_eq!(articles, expected);
    let (_, schema) = hexapla(&folder, &["status", "--schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::is_valid(&schema, &status));
    assert_eq!(hexapla(&folder, &["status", "--fail-under", "66"]).0, 0);
    assert_eq!(hexapla(&folder, &["status", "--fail-under", "67"]).0, 1);
    assert_eq!(hexapla(&folder, &["status", "--fail-under", "101"]).0, 2);
    let (_, human) = hexapla(&folder, &["status", "--locale", "de"]);
    assert!(human.starts_with("locale  made by  up to date  "), "{human}");
    assert!(human.contains("\nde      1 MT         66.6 %  2 + 1 without a source         6 "), "{human}");
    let (_, markdown) = hexapla(&folder, &["status", "--format", "markdown"]);
    assert!(markdown.starts_with("| locale | made by | up to date | articles | segments |"), "{markdown}");
}
