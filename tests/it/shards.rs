//! `check --shard` and `merge`: parts put together are one run, to the byte.

use std::path::Path;

use crate::folder::{Folder, Run};
use hexapla::project::Shard;

const ENGLISH: &str = "---\ntitle: Cancel a plan\n---\n# Cancel a plan\n\nYou can cancel the Team plan within 14 days of \
                       the purchase.\n\n1. Open **Billing**.\n2. Select **Cancel plan**.\n";
const GERMAN: &str = "---\ntitle: Plan kündigen\n---\n# Plan kündigen\n\nSie können den Team-Plan innerhalb von 7 Tagen \
                      nach dem Kauf kündigen.\n\n1. Öffnen Sie **Abrechnung**.\n2. Wählen Sie **Plan kündigen** aus.\n";
const PLANS: &str = "---\ntitle: Plans\n---\n# Plans\n\nYou can cancel the Team plan within 30 days of the purchase.\n\n\
                      Open **Billing**.\n";
const PLANS_GERMAN: &str = "---\ntitle: Pläne\n---\n# Pläne\n\nSie können den Team-Plan innerhalb von 30 Tagen nach dem Kauf \
                        kündigen.\n\nÖffnen Sie **Abrechnung**.\n";

/// Articles that differ from their sources, and from each other.
fn project(name: &str) -> Folder {
    let folder = Folder::new(name, &[("hexapla.toml", "[severity]\nmissing-metadata = \"info\"\n")]);
    for number in 0..7 {
        let (english, german) = if number % 2 == 0 { (ENGLISH, GERMAN) } else { (PLANS, PLANS_GERMAN) };
        folder.write(&format!("docs/part-{number}.md"), english.as_bytes());
        folder.write(&format!("docs/de/part-{number}.md"), german.as_bytes());
    }
    folder.write("docs/fr/part-1.md", "# Forfaits\n\nOuvrez **Facturation** .\n".as_bytes());
    folder
}

/// Checks the articles in `of` parts; gives the names of the files.
fn parts(folder: &Folder, paths: &[&str], of: usize, more: &[&str]) -> Vec<String> {
    let part = |number: usize| {
        let (shard, file) = (format!("{number}/{of}"), format!("{number}-{of}.shard"));
        folder.run(&[&["check", "--shard", &shard, "-o", &file, "-q"], paths, more].concat()).shows(0, "", "");
        file
    };
    // In any order.
    (1..=of).rev().map(part).collect()
}

fn merge(folder: &Folder, parts: &[String], more: &[&str]) -> Run {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    folder.run(&[&["merge"], &*parts, more].concat())
}

#[track_caller]
fn is_one_run(folder: &Folder, paths: &[&str], asked: &[&str], formats: &[&str], of: impl IntoIterator<Item = usize>) {
    let told = |run: Run| (run.out, run.err, run.code);
    let one: Vec<_> =
        formats.iter().map(|it| told(folder.run(&[&["check", "--format", it], paths, asked].concat()))).collect();
    for of in of {
        let parts = parts(folder, paths, of, asked);
        for (format, one) in formats.iter().zip(&one) {
            let merged = told(merge(folder, &parts, &["--format", format]));
            assert_eq!(merged, *one, "{of} parts, {format}, {asked:?}");
        }
    }
}

const ALL: &[&str] = &["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"];
const SOME: &[&str] = &["human", "json", "sarif"];

#[test]
fn parts_put_together_are_one_run() {
    let folder = project("shards-run");
    let run = folder.run(&["check", "docs", "--format", "concise"]);
    run.shows(1, "conflicting-policy", "");
    run.shows(1, "changed-duration", "");
    is_one_run(&folder, &["docs"], &[], ALL, 1..=5);
}

#[test]
fn so_are_those_of_the_sample_site() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folder = Folder::new("shards-content", &[]);
    let content = content.to_str().unwrap();
    let run = folder.run(&["check", content, "--format", "concise"]);
    for found in ["conflicting-policy", "stale-policy", "inconsistent-ui-label", "inconsistent-translation"] {
        run.shows(1, found, "");
    }
    is_one_run(&folder, &[content], &[], SOME, 1..=5);
}

#[test]
fn what_the_parts_were_asked_is_asked_of_the_whole() {
    let folder = project("shards-asked");
    for asked in [
        &["--select", "conflicting-policy,changed-duration", "--fail-on", "never"][..],
        &["--ignore", "labels", "--severity", "error"],
        &["--locale", "de", "--exclude", "docs/part-3.md"],
        &["--source-locale", "de"],
    ] {
        is_one_run(&folder, &["docs"], asked, SOME, [2]);
    }
    folder.run(&["check", "docs", "--write-baseline", "--locale", "de"]).shows(0, "", "wrote");
    is_one_run(&folder, &["docs"], &["--baseline", "hexapla-baseline.json"], SOME, [3]);
    let parts = parts(&folder, &["docs"], 3, &[]);
    let baseline = folder.read("hexapla-baseline.json");
    folder.run(&["check", "docs", "--write-baseline"]).shows(0, "", "wrote");
    let whole = folder.read("hexapla-baseline.json");
    folder.write("hexapla-baseline.json", baseline.as_bytes());
    merge(&folder, &parts, &["--write-baseline"]).shows(0, "", "wrote");
    assert_eq!(folder.read("hexapla-baseline.json"), whole);
    merge(&folder, &parts, &["--baseline", "hexapla-baseline.json"]).shows(0, "No findings", "");
    merge(&folder, &parts, &["--fail-on", "never"]).shows(0, "conflicting-policy", "");
}

#[test]
fn what_is_not_one_run_is_refused_by_name() {
    let folder = project("shards-refused");
    let three = parts(&folder, &["docs"], 3, &[]);
    let refused = |parts: &[&str], why: &str| {
        folder.run(&[&["merge"], parts].concat()).shows(2, "", why);
    };
    refused(&["1-3.shard", "3-3.shard"], "error: shard 2/3 is missing");
    refused(&["3-3.shard"], "error: shards 1/3, 2/3 are missing");
    refused(&["1-3.shard", "2-3.shard", "3-3.shard", "2-3.shard"], "shard 2/3 is given twice: 2-3.shard, 2-3.shard");
    parts(&folder, &["docs"], 2, &[]);
    refused(&["1-3.shard", "2-2.shard"], "1-3.shard is shard 1/3 and 2-2.shard is shard 2/2: these are of two runs");
    refused(&["1-3.shard", "docs/part-1.md"], "docs/part-1.md: this is no shard");
    refused(&["nowhere.shard"], "nowhere.shard: ");

    let whole = std::fs::read(folder.0.join("2-3.shard")).unwrap();
    for cut in (0..whole.len()).step_by(97) {
        folder.write("cut.shard", &whole[..cut]);
        assert_eq!(folder.run(&["merge", "cut.shard", "1-3.shard", "3-3.shard"]).code, 2, "cut at {cut}");
    }
    folder.write("cut.shard", &whole[..whole.len() - 1]);
    refused(&["1-3.shard", "cut.shard", "3-3.shard"], "cut.shard: the file is cut off or was changed");
    let line = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let head = String::from_utf8(whole[..line].to_vec()).unwrap();
    let with = |head: String| [head.as_bytes(), &whole[line..]].concat();
    folder.write("old.shard", &with(head.replace("\"hexapla\":\"", "\"hexapla\":\"0.0.1-")));
    refused(&["1-3.shard", "old.shard", "3-3.shard"], "old.shard: written by hexapla 0.0.1-");
    folder.write("odd.shard", &with(head.replace("\"number\":2", "\"number\":7")));
    refused(&["1-3.shard", "odd.shard", "3-3.shard"], "odd.shard: this is no shard");

    let again = |options: &[&str]| {
        folder.run(&[&["check", "docs", "--shard", "2/3", "-o", "other.shard"], options].concat()).shows(
            0,
            "",
            "shard 2/3",
        );
    };
    again(&["--ignore", "spacing"]);
    let differ = "1-3.shard and other.shard were made with different settings or options";
    refused(&["1-3.shard", "other.shard", "3-3.shard"], differ);
    folder.write("docs/part-8.md", ENGLISH.as_bytes());
    again(&[]);
    let other = "1-3.shard and other.shard are of different articles, or of different versions of them";
    refused(&["1-3.shard", "other.shard", "3-3.shard"], other);
    std::fs::remove_file(folder.0.join("docs/part-8.md")).unwrap();
    let text = folder.read("docs/part-1.md");
    folder.write("docs/part-1.md", text.replace("30", "31").as_bytes());
    again(&[]);
    refused(&["1-3.shard", "other.shard", "3-3.shard"], other);
    folder.write("docs/part-1.md", text.as_bytes());
    again(&[]);
    folder.run(&["merge", "1-3.shard", "other.shard", "3-3.shard"]).shows(1, "conflicting-policy", "");
    folder.write("hexapla.toml", b"ignore = [\"spacing\"]\n");
    merge(&folder, &three, &[]).shows(2, "", "was made with other settings than are in force here");
    for wrong in ["0/3", "4/3", "1", "1/0", "x/y", "1/99999"] {
        folder.run(&["check", "docs", "--shard", wrong]).shows(2, "", "a shard is I/N with 1 ≤ I ≤ N");
    }
    folder.run(&["check", "docs", "--shard", "1/2", "--format", "json"]).shows(2, "", "cannot be used with");
}

#[test]
fn an_article_stays_in_its_part() {
    let keys: Vec<String> = (0..400).map(|number| format!("guide/article-{number}")).collect();
    for of in [1, 2, 3, 5, 16] {
        let mut sizes = vec![0; of as usize];
        for key in &keys {
            let own: Vec<u32> = (1..=of).filter(|it| Shard::new(*it, of).unwrap().has(key)).collect();
            assert_eq!(own.len(), 1, "{key}: {own:?}");
            sizes[own[0] as usize - 1] += 1;
        }
        let fair = keys.len() / of as usize;
        assert!(sizes.iter().all(|it| (fair / 2..=fair * 2).contains(it)), "{sizes:?}");
    }
    // These are kept from version to version, so that what a machine keeps stays of use.
    let of_seven = |key: &str| (1..=7).find(|it| Shard::new(*it, 7).unwrap().has(key)).unwrap();
    assert_eq!(["a", "guide/renew", "faq"].map(of_seven), [3, 7, 5]);
}
