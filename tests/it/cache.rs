//! With a cache a run prints the bytes that it prints without one: whatever was kept, changed,
//! broken or refused in between.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use crate::folder::{Folder, files};

const CACHE: &str = ".hexapla_cache";

const ENGLISH: &str = "---\ntitle: Cancel a plan\n---\n# Cancel a plan\n\nCancel within 14 days of the purchase.\n\n\
                       1. Open **Billing**.\n2. Select **Cancel plan**.\n\nYou must not delete the account.\n";
const GERMAN: &str = "---\ntitle: Plan kündigen\n---\n# Plan kündigen\n\nKündigen Sie innerhalb von 7 Tagen nach dem Kauf.\n\n\
                      1. Öffnen Sie **Abrechnung**.\n2. Wählen Sie **Plan kündigen** aus.\n\nSie müssen das Konto löschen.\n";
const FRENCH: &str = "# Renouveler\n\nRenew the plan.\n\nOuvrez **Facturation** .\n";
const RENEW: &str = "# Renew\n\nRenew the plan within 30 days.\n\nOpen **Billing**.\n";

fn project(name: &str) -> Folder {
    let files = [
        ("hexapla.toml", "select = [\"all\"]\n"),
        ("docs/cancel.md", ENGLISH),
        ("docs/de/cancel.md", GERMAN),
        ("docs/renew.md", RENEW),
        ("docs/fr/renew.md", FRENCH),
        (
            "docs/de/renew.md",
            "# Verlängern\n\nVerlängern Sie den Plan innerhalb von 30 Tagen.\n\nÖffnen Sie **Rechnung**.\n",
        ),
    ];
    Folder::new(name, &files)
}

/// All that a run says, and its exit code.
pub fn told(folder: &Folder, more: &[&str]) -> (i32, String, String) {
    let run = folder.run(&[&["check", "docs", "--format", "json"], more].concat());
    (run.code, run.out, run.err)
}

/// A run with the cache says what one without says; twice.
#[track_caller]
pub fn agrees(folder: &Folder, more: &[&str], when: &str) -> String {
    let bare = told(folder, &[more, &["--no-cache"]].concat());
    assert_eq!(told(folder, more), bare, "{when}, the first time");
    assert_eq!(told(folder, more), bare, "{when}, the second time");
    bare.1
}

fn entries(folder: &Folder) -> Vec<PathBuf> {
    let is_entry = |it: &PathBuf| it.file_name().is_some_and(|it| it.len() == 64);
    files(&folder.0.join(CACHE)).into_iter().filter(is_entry).collect()
}

#[test]
fn cold_warm_and_half_warm_say_the_same() {
    let folder = project("cache-warm");
    let first = agrees(&folder, &[], "cold");
    assert!(first.contains("changed-duration"), "{first}");
    assert_eq!(folder.read(&format!("{CACHE}/.gitignore")), "*\n");
    assert!(folder.read(&format!("{CACHE}/CACHEDIR.TAG")).starts_with("Signature: 8a477f597d28d172789f06886806bc55"));
    folder.write("docs/de/cancel.md", &GERMAN.replace("7 Tagen", "14 Tagen"));
    let second = agrees(&folder, &[], "one changed");
    assert_ne!(first, second);
    folder.write("docs/de/cancel.md", GERMAN);
    assert_eq!(agrees(&folder, &[], "changed back"), first);
    folder.write("docs/it/renew.md", "# Rinnovare\n");
    agrees(&folder, &[], "one more");
    std::fs::remove_file(folder.0.join("docs/fr/renew.md")).unwrap();
    agrees(&folder, &[], "one fewer");
    std::fs::rename(folder.0.join("docs/cancel.md"), folder.0.join("docs/stop.md")).unwrap();
    agrees(&folder, &[], "renamed");
    agrees(&folder, &["--locale", "de"], "one locale");
    // The size and the time of the last change say nothing where they are made to.
    let path = folder.0.join("docs/de/renew.md");
    let before = std::fs::metadata(&path).unwrap().modified().unwrap();
    folder.write("docs/de/renew.md", &folder.read("docs/de/renew.md").replace("30", "31"));
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    assert!(agrees(&folder, &[], "the time set back").contains("31 Tagen"));
}

#[test]
fn what_the_settings_say_counts() {
    let folder = project("cache-settings");
    agrees(&folder, &[], "as it was");
    let settings = [
        "select = [\"facts\"]\n",
        "ignore = [\"changed-duration\"]\n",
        "severity = { changed-duration = \"info\" }\n",
        "source-locale = \"de\"\n",
        "require-reason = true\n",
        "do-not-translate = [\"Billing\"]\n",
        "exclude = [\"docs/fr\"]\n",
        "[terms]\nfiles = [\"terms.csv\"]\n",
        "[[overrides]]\npaths = [\"docs/de/**\"]\nignore = [\"all\"]\n",
        "[lexicon.de]\nunits.day = \"Kauf\"\n",
    ];
    folder.write("terms.csv", "en,de\nplan,Tarif\n");
    for text in settings {
        folder.write("hexapla.toml", text);
        agrees(&folder, &[], text);
    }
    folder.write("hexapla.toml", "[terms]\nfiles = [\"terms.csv\"]\n");
    let with = agrees(&folder, &[], "terms");
    folder.write("terms.csv", "en,de\nplan,Plan\n");
    assert_ne!(agrees(&folder, &[], "other terms"), with);
    for more in [["--select", "facts"], ["--ignore", "facts"], ["--extend-select", "all"], ["--source-locale", "fr"]] {
        agrees(&folder, &more, more[0]);
    }
    agrees(&folder, &["--severity", "error"], "severity");
}

#[test]
fn what_is_wished_of_the_output_counts() {
    let folder = project("cache-wishes");
    let wishes: [&[&str]; 12] = [
        &[],
        &["--format", "sarif"],
        &["--format", "human"],
        &["--format", "human", "--max-findings", "1"],
        &["--format", "human", "--color", "always"],
        &["--statistics"],
        &["--locale", "de"],
        &["--severity", "error"],
        &["--fail-on", "never"],
        &["--fail-on", "info", "-q"],
        &["-qq"],
        &["-o", "found.json"],
    ];
    let run = |more: &[&str]| {
        let run = folder.run(&[&["check", "docs"], more].concat());
        let written = std::fs::read_to_string(folder.0.join("found.json")).ok();
        let _ = std::fs::remove_file(folder.0.join("found.json"));
        (run.code, run.out, run.err, written)
    };
    let all_agree = |when: &str| {
        for wish in wishes {
            let bare = run(&[wish, &["--no-cache"]].concat());
            assert_eq!(run(wish), bare, "{when}, {wish:?}, the first time");
            assert_eq!(run(wish), bare, "{when}, {wish:?}, the second time");
        }
        run(&[])
    };
    let first = all_agree("as it was");
    // With a baseline nothing is left.
    assert_eq!(folder.run(&["check", "docs", "--write-baseline"]).code, 0);
    folder.write("hexapla.toml", "select = [\"all\"]\nbaseline = \"hexapla-baseline.json\"\n");
    assert_ne!(all_agree("with a baseline").1, first.1);
    let baseline = folder.read("hexapla-baseline.json");
    folder.write(
        "hexapla-baseline.json",
        &folder.read("hexapla-baseline.json").replacen("\"changed-duration\"", "\"spacing\"", 1),
    );
    assert_ne!(folder.read("hexapla-baseline.json"), baseline);
    all_agree("with another baseline");
}

#[test]
fn what_is_recorded_counts() {
    let folder = project("cache-record");
    agrees(&folder, &[], "nothing recorded");
    folder.run(&["status", "docs", "--record"]).shows(0, "", "");
    agrees(&folder, &[], "recorded");
    folder.write("docs/renew.md", &RENEW.replace("30", "60"));
    assert!(agrees(&folder, &[], "changed since").contains("stale-segment"));
    std::fs::remove_file(folder.0.join("hexapla-record.json")).unwrap();
    agrees(&folder, &[], "forgotten");
}

#[test]
fn a_broken_entry_is_made_anew() {
    let folder = Folder::new("cache-broken", &[("docs/a.md", "# A\n\n3 days\n"), ("docs/de/a.md", "# B\n\n4 Tage\n")]);
    let bare = agrees(&folder, &[], "cold");
    let all = entries(&folder);
    assert!(all.len() >= 3, "an article, the comparison, the run");
    for path in &all {
        let whole = std::fs::read(path).unwrap();
        let others: Vec<&PathBuf> = all.iter().filter(|it| *it != path).collect();
        let run = |bytes: &[u8]| {
            // Nothing but this entry is there to be believed.
            others.iter().for_each(|it| drop(std::fs::remove_file(it)));
            std::fs::write(path, bytes).unwrap();
            assert_eq!(told(&folder, &[]).1, bare);
        };
        for at in (0..whole.len()).step_by(1 + whole.len() / 40) {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            run(&flipped);
        }
        for length in [0, 1, 31, 32, 33, 71, 72, 73, whole.len() / 2, whole.len() - 1] {
            run(&whole[..length.min(whole.len())]);
        }
        run(&[&whole[..], b"more"].concat());
        assert_eq!(told(&folder, &[]).1, bare);
    }
    folder.write(&format!("{CACHE}/files"), "no index");
    assert_eq!(told(&folder, &[]).1, bare);
}

#[test]
fn two_at_once_are_right() {
    let folder = project("cache-two");
    let bare = told(&folder, &["--no-cache"]);
    for _ in 0..3 {
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| told(&folder, &[]))).collect();
            runs.into_iter().for_each(|run| assert_eq!(run.join().unwrap(), bare));
        });
        folder.run(&["cache", "clean"]).shows(0, "", "removed");
    }
}

#[test]
fn a_cache_that_cannot_be_is_no_error() {
    let folder = project("cache-none");
    let bare = told(&folder, &["--no-cache"]);
    assert!(!folder.0.join(CACHE).exists(), "--no-cache writes nothing");
    // A file and a link stand where the folder would; nothing is written behind the link.
    folder.write(CACHE, "mine");
    assert_eq!(told(&folder, &[]), bare);
    assert_eq!(folder.read(CACHE), "mine");
    std::fs::remove_file(folder.0.join(CACHE)).unwrap();
    #[cfg(unix)]
    {
        std::fs::create_dir(folder.0.join("other")).unwrap();
        std::os::unix::fs::symlink("other", folder.0.join(CACHE)).unwrap();
        assert_eq!(told(&folder, &[]), bare);
        assert!(files(&folder.0.join("other")).is_empty());
        folder.run(&["cache", "clean"]).shows(2, "", "no cache of hexapla");
    }
    assert_eq!(told(&folder, &["--cache-dir", "hexapla.toml/x"]), bare);
    assert_eq!(told(&folder, &["--cache-dir", "elsewhere"]), bare);
    assert!(folder.0.join("elsewhere/CACHEDIR.TAG").exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_only_read_is_no_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project("cache-read-only");
    let bare = agrees(&folder, &[], "before");
    let path = folder.0.join(CACHE);
    let allow = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
    allow(0o500);
    folder.write("docs/de/cancel.md", &GERMAN.replace("7 Tagen", "14 Tagen"));
    assert_ne!(agrees(&folder, &[], "kept and not to be written"), bare);
    allow(0o700);
    let bare = told(&folder, &["--no-cache"]);
    assert_eq!(told(&folder, &["--cache-dir", "/proc/hexapla"]), bare, "not to be made");
}

#[test]
fn what_was_not_used_for_long_makes_room() {
    let folder = project("cache-room");
    told(&folder, &[]);
    let mut names = vec!["mine".to_owned()];
    for (days, mebibytes, name) in [(20, 150, "a"), (10, 110, "b")] {
        let name = name.repeat(64);
        let file = std::fs::File::create(folder.0.join(CACHE).join(&name)).unwrap();
        // Nothing is written: the bytes take no room on the disk of the test.
        file.set_len(mebibytes << 20).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(days * 86_400)).unwrap();
        names.push(name);
    }
    folder.write(&format!("{CACHE}/mine"), "mine");
    folder.write("docs/de/cancel.md", &GERMAN.replace("7 Tagen", "14 Tagen"));
    agrees(&folder, &[], "too much is kept");
    let is_there: Vec<bool> = names.iter().map(|it| folder.0.join(CACHE).join(it).exists()).collect();
    assert_eq!(is_there, [true, false, true], "somebody else's, the oldest, the next");
}

#[test]
fn cleaning_removes_what_is_ours() {
    let folder = project("cache-clean");
    folder.run(&["cache", "clean"]).shows(0, "", "nothing in .hexapla_cache");
    told(&folder, &[]);
    folder.write(&format!("{CACHE}/mine"), "mine");
    folder.run(&["cache", "clean"]).shows(0, "", "KiB from .hexapla_cache");
    assert_eq!(files(&folder.0.join(CACHE)), [folder.0.join(CACHE).join("mine")]);
    folder.run(&["cache", "clean", "--cache-dir", "docs"]).shows(2, "", "no cache of hexapla");
    assert_eq!(folder.read("docs/cancel.md"), ENGLISH);
}

#[test]
fn fixes_see_what_was_kept() {
    let folder = project("cache-fix");
    let other = project("cache-fix-bare");
    told(&folder, &[]);
    let fixed = folder.run(&["check", "docs", "--fix"]);
    assert_eq!(fixed.out, other.run(&["check", "docs", "--fix", "--no-cache"]).out);
    for path in ["docs/fr/renew.md", "docs/de/cancel.md"] {
        assert_eq!(folder.read(path), other.read(path));
    }
    agrees(&folder, &[], "fixed");
}

#[test]
fn watching_sees_what_is_changed_made_and_gone() {
    let folder = Folder::new(
        "cache-watch",
        &[("docs/a.md", "# A\n\n3 days\n"), ("docs/de/a.md", "# B\n\n4 Tage\n"), ("docs/b.md", "# A\n\n3 days\n")],
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(["check", "docs", "--watch", "--format", "concise", "--select", "facts"])
        .current_dir(&folder.0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap()).lines();
    let (send, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).for_each(|it| drop(send.send(it))));
    // What is printed till it waits again.
    let mut round = || {
        while !err.next().unwrap().unwrap().contains("waiting for changes") {}
        std::thread::sleep(Duration::from_millis(200));
        lines.try_iter().filter(|it| it.contains('[')).collect::<Vec<_>>().join("\n")
    };
    let first = round();
    folder.write("docs/de/a.md", "# B\n\n3 Tage\n");
    let second = round();
    folder.write("docs/de/b.md", "# B\n\n4 Tage\n");
    let third = round();
    std::fs::remove_file(folder.0.join("docs/de/b.md")).unwrap();
    let fourth = round();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.contains("changed-duration"), "{first}");
    assert_eq!(second, "");
    assert!(third.contains("docs/de/b.md"), "{third}");
    assert_eq!(fourth, "");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_say_the_same(edits in prop::collection::vec((0usize..6, 0usize..8, any::<prop::sample::Index>()), 1..6)) {
        let folder = project("cache-edits");
        let paths =
            ["docs/cancel.md", "docs/de/cancel.md", "docs/renew.md", "docs/fr/renew.md", "docs/de/renew.md", "docs/new.md"];
        let texts = ["", "14", "**Billing**", "\n\n", "not ", "<!-- hexapla allow all: tried -->", "Plan", "---\nlang: ja\n---\n"];
        told(&folder, &[]);
        for (path, text, place) in edits {
            let mut all = std::fs::read_to_string(folder.0.join(paths[path])).unwrap_or_default();
            let places: Vec<usize> = all.char_indices().map(|it| it.0).chain([all.len()]).collect();
            let at = *place.get(&places);
            match texts[text] {
                "" => all.truncate(at),
                text => all.insert_str(at, text),
            }
            folder.write(paths[path], &all);
            let bare = told(&folder, &["--no-cache"]);
            prop_assert_eq!(told(&folder, &[]), bare);
        }
    }
}

#[test]
fn a_folder_of_somebody_else_is_no_cache() {
    let folder = Folder::new("foreign", &[("en-us/a.md", "# Hi\n"), (".gitignore", "target/\n")]);
    let refused = "the folder holds other files, and no cache of hexapla";
    folder.run(&["check", "--cache-dir", "."]).shows(2, "", refused);
    folder.run(&["check", "--cache-dir", "en-us"]).shows(2, "", refused);
    folder.run(&["cache", "clean", "--cache-dir", "."]).shows(2, "", "this is no cache of hexapla");
    assert_eq!((folder.read(".gitignore"), folder.read("en-us/a.md")), ("target/\n".into(), "# Hi\n".into()));
    // What stands beside the entries of a cache stays.
    folder.run(&["check", "en-us", "--cache-dir", "own", "--fail-on", "never"]);
    folder.write("own/files.md", b"# Files\n");
    folder.write("own/.gitignore", b"other\n");
    folder.run(&["cache", "clean", "--cache-dir", "own"]).shows(0, "", "removed");
    let left: Vec<_> = std::fs::read_dir(folder.0.join("own")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn entries_that_changed_their_names_are_not_believed() {
    let folder = Folder::new("swapped", &[]);
    for (name, text) in [("a", "# A\n\nOpen **it.\n"), ("b", "# B\n\nFine.\n"), ("c", "# C\n\nSee [x](\n")] {
        folder.write(&format!("en-us/{name}.md"), text.as_bytes());
    }
    let check = |more: &[&str]| folder.run(&[&["check", "en-us", "--format", "concise"], more].concat()).out;
    let fresh = check(&["--no-cache"]);
    assert_eq!(check(&["--cache-dir", "own"]), fresh);
    let is_entry = |it: &std::path::PathBuf| it.file_name().is_some_and(|it| it.len() == 64);
    let entries = std::fs::read_dir(folder.0.join("own")).unwrap().map(|it| it.unwrap().path()).filter(is_entry);
    let mut entries: Vec<_> = entries.collect();
    entries.sort();
    let bytes: Vec<_> = entries.iter().map(|it| std::fs::read(it).unwrap()).collect();
    for (at, entry) in entries.iter().enumerate() {
        std::fs::write(entry, &bytes[(at + 1) % bytes.len()]).unwrap();
    }
    assert_eq!(check(&["--cache-dir", "own"]), fresh);
}

#[test]
fn threads_that_begin_a_cache_together_keep_all_they_found() {
    let folder = Folder::new("together", &[]);
    for at in 0..40 {
        folder.write(&format!("en-us/{at}.md"), format!("# Page {at}\n\nOpen **it.\n").as_bytes());
    }
    folder.run(&["check", "en-us", "-j", "8", "--cache-dir", "own", "--fail-on", "never"]);
    let names = std::fs::read_dir(folder.0.join("own")).unwrap().map(|it| it.unwrap().file_name());
    assert!(names.filter(|it| it.len() == 64).count() >= 40);
}
