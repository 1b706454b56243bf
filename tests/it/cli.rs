//! The command as a person runs it: exit codes, streams, bad input.

use std::path::Path;
use std::process::Command;

use crate::folder::{Folder, Run};

const CLEAN: &str =
    "---\ntitle: Save a file\ndescription: How to save a file.\n---\n# Save a file\n\nSelect **Save**.\n";

#[test]
fn nothing_found_is_0_a_finding_is_1_a_wrong_path_is_2() {
    let folder = Folder::new("codes", &[("en-us/a.md", CLEAN)]);
    folder.run(&["check"]).shows(0, "No findings in 1 article.", "");
    folder.run(&["check", "nowhere"]).shows(2, "", "nowhere: no such file or folder");
    folder.write("en-us/b.md", b"---\ntitle: a\ntitle: b\n---\n# B\n");
    folder.run(&["check"]).shows(1, "duplicate-key", "");
    folder.run(&["check", "--fail-on", "never"]).shows(0, "duplicate-key", "");
    folder.run(&["check", "--ignore", "duplicate-key,missing-metadata"]).shows(0, "No findings", "");
    folder.run(&["check", "-qq"]).shows(1, "", "");
}

#[test]
fn a_folder_without_articles_is_an_error_unless_allowed() {
    let folder = Folder::new("empty", &[("notes.txt", "x")]);
    folder.run(&["check"]).shows(2, "", "no article in the current folder");
    folder.run(&["check", "--allow-empty"]).shows(0, "No findings in 0 articles.", "");
}

#[test]
fn a_wrong_setting_is_2_and_shows_the_place() {
    let folder = Folder::new("settings", &[("en-us/a.md", CLEAN), ("hexapla.toml", "fail-no = \"error\"\n")]);
    folder.run(&["check"]).shows(2, "", "fail-on");
    folder.write("hexapla.toml", b"[severity]\nduplicate-kye = \"off\"\n");
    folder.run(&["check"]).shows(2, "", "did you mean `duplicate-key`?");
    folder.run(&["check", "--select", "duplicate-kye"]).shows(2, "", "there is no rule `duplicate-kye`");
}

#[test]
fn bad_bytes_are_a_finding_and_the_others_are_still_checked() {
    let folder = Folder::new("bytes", &[("en-us/a.md", CLEAN), ("en-us/b.md", "---\ntitle: a\ntitle: b\n---\n")]);
    folder.write("en-us/c.md", b"# Bad \xff\xfe bytes\n\nText.\n");
    folder.write("en-us/d.md", b"\xef\xbb\xbf---\r\ntitle: x\r\ntitle: y\r\n---\r\n# X\r\n");
    folder.write("en-us/e.md", &[0u8; 64]);
    let run = folder.run(&["check", "--format", "concise"]);
    run.shows(1, "en-us/c.md:1:7: error[invalid-encoding]", "");
    run.shows(1, "en-us/b.md:3:1: ", "");
    run.shows(1, "en-us/d.md:3:1: ", "");
    run.shows(1, "en-us/e.md:1:1: error[invalid-encoding]", "");
}

#[test]
fn unclosed_spans_and_alias_bombs_are_findings() {
    let bomb: String = std::iter::once("a0: &a0 x\n".to_owned())
        .chain((1..9).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))))
        .collect();
    let span = "<span data-ttu-id=\"a1b2c-101\">Text ohne Ende\n\nMehr.\n";
    let folder = Folder::new("bombs", &[("en-us/a.md", CLEAN), ("en-us/b.md", &format!("---\n{bomb}---\n# B\n"))]);
    folder.write("de-de/c.md", span.as_bytes());
    let run = folder.run(&["check", "--format", "concise"]);
    run.shows(1, "en-us/b.md", "");
    run.shows(1, "limit-exceeded", "");
    run.shows(1, "de-de/c.md:1:1: error[malformed-bilingual-span]", "");
}

#[test]
fn a_file_of_a_gigabyte_is_reported_and_not_read() {
    let folder = Folder::new("large", &[("en-us/a.md", CLEAN)]);
    // A sparse file: it has the length and takes no room on disk.
    std::fs::File::create(folder.0.join("en-us/big.md")).unwrap().set_len(1 << 30).unwrap();
    folder.run(&["check", "--format", "concise"]).shows(1, "en-us/big.md:1:1: ", "");
    folder.run(&["check", "--format", "concise"]).shows(1, "larger than 16 MiB", "");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let folder = Folder::new("loop", &[("en-us/a.md", CLEAN)]);
    std::os::unix::fs::symlink("..", folder.0.join("en-us/up")).unwrap();
    folder.run(&["check"]).shows(0, "No findings in 1 article.", "");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_2() {
    let folder = Folder::new("readonly", &[("en-us/a.md", CLEAN)]);
    // A file where a folder should be refuses every user, the superuser too.
    folder.run(&["check", "-o", "en-us/a.md/report.json"]).shows(2, "", "report.json");
}

#[test]
fn two_runs_at_once_give_the_same() {
    let folder = Folder::new("twice", &[("en-us/a.md", CLEAN), ("en-us/b.md", "---\ntitle: a\ntitle: b\n---\n# B\n")]);
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let spawn = || scope.spawn(|| folder.run(&["check", "--format", "json", "-o", "out.json"]));
        let threads: Vec<_> = std::iter::repeat_with(spawn).take(4).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(runs.iter().all(|run| run.code == 1));
    let text = std::fs::read_to_string(folder.0.join("out.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
}

#[test]
fn a_baseline_keeps_known_findings_quiet_after_lines_shift() {
    let article = "---\ntitle: a\ntitle: b\ndescription: c\n---\n# B\n";
    let folder = Folder::new("baseline", &[("en-us/b.md", article)]);
    folder.run(&["check", "--write-baseline"]).shows(0, "", "wrote 1 findings to hexapla-baseline.json");
    folder.run(&["check", "--baseline", "hexapla-baseline.json"]).shows(0, "No findings", "");
    folder.write("en-us/b.md", article.replace("title: a", "ms.topic: x\nms.date: y\ntitle: a").as_bytes());
    folder.run(&["check", "--baseline", "hexapla-baseline.json"]).shows(0, "No findings", "");
    folder.write("en-us/c.md", article.as_bytes());
    folder.run(&["check", "--baseline", "hexapla-baseline.json"]).shows(1, "en-us/c.md", "");
}

#[test]
fn a_suppression_with_a_reason_keeps_a_finding_quiet() {
    let article = "---\ntitle: a\ndescription: c\n# hexapla-disable-next-line duplicate-key: two readers need it\ntitle: b\n---\n# B\n";
    let folder = Folder::new("suppress", &[("en-us/b.md", article)]);
    folder.run(&["check"]).shows(0, "No findings", "");
}

#[test]
fn standard_input_stands_for_a_file() {
    let folder = Folder::new("stdin", &[("en-us/a.md", CLEAN), ("en-us/b.md", "---\ntitle: a\ntitle: b\n---\n# B\n")]);
    let args = ["check", "--stdin-filename", "en-us/a.md", "--format", "concise"];
    let run = folder.run_with(&args, "---\ntitle: x\ndescription: d\ntitle: y\n---\n# X\n");
    run.shows(1, "en-us/a.md:4:1: ", "");
    assert!(!run.out.contains("en-us/b.md"), "{}", run.out);
    folder.run_with(&args, CLEAN).shows(0, "", "");
}

#[test]
fn only_what_changed_since_a_revision_is_checked() {
    let bad = "---\ntitle: a\ntitle: b\ndescription: c\n---\n# B\n";
    let folder = Folder::new("since", &[("en-us/a.md", bad), ("en-us/b.md", bad)]);
    let git = |args: &[&str]| {
        let mut run = Command::new("git");
        run.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(args);
        assert!(run.current_dir(&folder.0).output().unwrap().status.success(), "git {args:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    folder.run(&["check", "--changed-since", "HEAD"]).shows(0, "No findings in 0 articles.", "");
    folder.write("en-us/b.md", format!("{bad}\nMore.\n").as_bytes());
    let run = folder.run(&["check", "--changed-since", "HEAD", "--format", "concise"]);
    run.shows(1, "en-us/b.md", "");
    assert!(!run.out.contains("en-us/a.md"));
    folder.run(&["check", "--changed-since", "nowhere"]).shows(2, "", "git does not know the revision `nowhere`");
}

#[test]
fn the_rest_of_the_commands_answer() {
    let folder = Folder::new("rest", &[("en-us/a.md", CLEAN)]);
    folder.run(&["rules"]).shows(0, "untranslated-segment", "");
    folder.run(&["rules", "--format", "json"]).shows(0, "\"untranslated-segment\"", "");
    folder.run(&["explain", "untranslated-segment"]).shows(0, "## Why it matters", "");
    folder.run(&["explain", "untranslated-segmnt"]).shows(2, "", "did you mean `untranslated-segment`?");
    folder.run(&["config"]).shows(0, "fail-on", "");
    folder.run(&["config", "schema"]).shows(0, "\"$schema\"", "");
    folder.run(&["config", "lexicon", "sv"]).shows(0, "no words are known of this language", "");
    folder.write("hexapla.toml", b"[lexicon.sv.relations]\nwithin = \"inom N\"\n");
    folder.run(&["config", "lexicon", "sv-SE"]).shows(0, "[lexicon.sv-SE.relations]\nwithin = \"inom N\"", "");
    std::fs::remove_file(folder.0.join("hexapla.toml")).unwrap();
    folder.run(&["config", "lexicon", "swedish"]).shows(2, "", "`swedish` is no locale");
    folder.run(&["check", "--schema"]).shows(0, "\"$schema\"", "");
    folder.run(&["completions", "bash"]).shows(0, "hexapla", "");
    folder.run(&["man"]).shows(0, ".TH", "");
    folder.run(&["man", "-o", "man1"]).shows(0, "", "");
    assert!(folder.read("man1/hexapla-check.1").contains(".TH hexapla-check 1"));
    folder.run(&["init"]).shows(0, "wrote hexapla.toml", "");
    folder.run(&["check"]).shows(0, "No findings", "");
    folder.run(&["init"]).shows(2, "", "--force");
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = |jobs: &str| {
        let args = ["check", "content", "--format", "json", "--fail-on", "never", "--jobs", jobs];
        Command::new(env!("CARGO_BIN_EXE_hexapla")).args(args).current_dir(content).output().unwrap().stdout
    };
    assert_eq!(run("1"), run("4"));
}

#[test]
fn a_file_of_another_encoding_is_one_finding() {
    let folder = Folder::new("utf16", &[]);
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(CLEAN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    folder.write("en-us/a.md", &utf16);
    folder.write("en-us/b.md", "größer ".repeat(20).chars().map(|c| c as u8).collect::<Vec<_>>().as_slice());
    let run = folder.run(&["check", "--format", "concise", "--select", "invalid-encoding"]);
    run.shows(1, "en-us/a.md:1:1: error[invalid-encoding] the file is UTF-16 and not UTF-8", "");
    run.shows(1, "en-us/b.md:1:3: error[invalid-encoding] bytes that are not UTF-8 text, in 20 places", "");
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
}

#[test]
fn front_matter_that_is_broken_is_shown_where_it_breaks() {
    let folder = Folder::new("front", &[("en-us/tab.md", "---\ntitle: a\nx:\n\ty: 1\n---\n# A\n")]);
    folder.write("en-us/open.md", b"---\ntitle: a\n# A\n");
    folder.write("en-us/rule.md", b"---\nProse after a rule.\n");
    folder.write("en-us/cr.md", b"---\rtitle: a\r---\r# A\r\rText.\r");
    let run = folder.run(&["check", "--format", "concise", "--select", "invalid-front-matter"]);
    run.shows(1, "en-us/tab.md:4:1: error[invalid-front-matter] a tab in the indentation", "");
    run.shows(1, "en-us/open.md:1:1: error[invalid-front-matter] the front matter has no line `---` at its end", "");
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
}

#[test]
fn a_wrong_argument_is_2_and_says_which() {
    let folder = Folder::new("arguments", &[("en-us/a.md", CLEAN), ("bad.json", "{")]);
    folder.run(&["check", "--locale", "zz-!"]).shows(2, "", "`zz-!` is no locale");
    folder.run(&["check", "--source-locale", "."]).shows(2, "", "`.` is no locale");
    folder.run(&["check", "--exclude", "[a"]).shows(2, "", "--exclude: `[a`");
    folder.run(&["check", "--config", "nope.toml"]).shows(2, "", "nope.toml: cannot read the settings");
    folder.run(&["check", "--baseline", "nope.json"]).shows(2, "", "error: nope.json: ");
    folder.run(&["check", "--baseline", "bad.json"]).shows(2, "", "error: bad.json: ");
    folder.run(&["check", "--changed-since", "HEAD"]).shows(2, "", "not in a git repository");
    folder.run(&["check", "--stdin-filename", "a.txt"]).shows(2, "", "a.txt: not an article");
    folder.run(&["check", "-o", "en-us"]).shows(2, "", "cannot write en-us");
    let baseline = "en-us/a.md/b.json";
    folder.run(&["check", "--write-baseline", "--baseline", baseline]).shows(2, "", "cannot write ");
    folder.write("hexapla.toml", b"[rules.duplicate-key]\nseverty = \"off\"\n");
    let words = "hexapla.toml:2:11: the rule `duplicate-key` has no option `severty`";
    folder.run(&["check"]).shows(2, "", words);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("permission", &[("en-us/a.md", CLEAN), ("en-us/shut/b.md", CLEAN)]);
    let shut = folder.0.join("en-us/shut");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser is refused nothing.
    let refused = std::fs::read_dir(&shut).is_err();
    let run = folder.run(&["check", "--format", "concise"]);
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o755)).unwrap();
    match refused {
        true => run.shows(1, "en-us/shut:1:1: error[unreadable-article]", ""),
        false => run.shows(0, "", ""),
    }
}

#[test]
fn two_runs_write_one_baseline() {
    let article = "---\ntitle: a\ntitle: b\n---\n# B\n";
    let folder = Folder::new("baselines", &[("en-us/a.md", article), ("en-us/b.md", article)]);
    std::thread::scope(|scope| {
        let run = || scope.spawn(|| folder.run(&["check", "--write-baseline"]).shows(0, "", "wrote "));
        let threads: Vec<_> = std::iter::repeat_with(run).take(4).collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    });
    folder.run(&["check", "--baseline", "hexapla-baseline.json"]).shows(0, "No findings", "");
    // The articles, the baseline and the cache.
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn a_baseline_counts_equal_findings() {
    let twice = "---\ntitle: a\ndescription: b\n---\n<<<<<<< x\n\n<<<<<<< x\n";
    let folder = Folder::new("equal", &[("en-us/a.md", twice)]);
    folder.run(&["check", "--write-baseline"]).shows(0, "", "wrote 2 findings");
    folder.run(&["check", "--baseline", "hexapla-baseline.json"]).shows(0, "No findings", "");
    folder.write("en-us/a.md", format!("{twice}\n<<<<<<< x\n").as_bytes());
    folder.run(&["check", "--baseline", "hexapla-baseline.json"]).shows(1, "Found 1 error", "");
    folder.write("en-us/a.md", twice.replacen("<<<<<<< x\n\n", "", 1).as_bytes());
    folder.run(&["check", "--baseline", "hexapla-baseline.json"]).shows(0, "1 findings of", "");
}

#[test]
fn a_locale_is_that_of_the_article() {
    let article = "---\ntitle: a\ntitle: b\n---\n# B\n";
    let folder = Folder::new("locale", &[("zh-cn/a.md", article), ("de-de/a.md", article)]);
    let run = folder.run(&["check", "--locale", "zh", "--select", "duplicate-key", "--format", "concise"]);
    run.shows(1, "zh-cn/a.md:3:1", "");
    assert!(!run.out.contains("de-de"), "{}", run.out);
}

#[test]
fn a_suppression_that_was_opened_on_the_first_line_is_closed() {
    let text = "<!-- hexapla-disable merge-conflict-marker: shown -->\n<<<<<<< x\n\n<!-- hexapla-enable merge-conflict-marker -->\n\n<<<<<<< y\n";
    let folder = Folder::new("enable", &[("en-us/a.md", text)]);
    let run = folder.run(&["check", "--select", "input", "--format", "concise"]);
    run.shows(1, "en-us/a.md:6:1: error[merge-conflict-marker]", "");
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}

#[test]
fn a_published_page_says_its_locale() {
    let pair = |id: u8, target: &str, source: &str| {
        format!(
            "<p><span data-ttu-id=\"a-{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-{id}\">{source}</span></span></p>\n"
        )
    };
    let left = pair(2, "Open the settings of the computer.", "Open the settings of the computer.");
    let page = format!("<!DOCTYPE html>\n<html lang=\"ja-JP\"><body>\n{}{left}", pair(1, "保存します。", "Save it."));
    let folder = Folder::new("page", &[("page.html", &page)]);
    folder.run(&["check", "--format", "concise"]).shows(1, "page.html:4:28: warning[untranslated-segment]", "");
}

#[test]
fn a_source_in_comments_is_compared() {
    let article = "---\ntitle: 安装\n---\n<!--\ntitle: Install\n-->\n\n<!-- overview -->\n\n<!--\nSelect **Save** and read the [guide](guide.md).\n-->\n选择“保存”，然后阅读[指南](other.md)。\n\n<!--\n## Before you begin\n-->\n## 准备工作   {#before-you-begin}\n\n<!--\n1. Open the settings page.\n1. Wait for the page to load.\n-->\n1. 打开设置页面。\n1. Wait for the page to load.\n\n```shell\nrun --all\n```\n";
    let folder = Folder::new("comments", &[("content/zh-cn/a.md", article)]);
    let run = folder.run(&["check", "--format", "concise"]);
    run.shows(1, "content/zh-cn/a.md:13:17: warning[link-mismatch] the link to `guide.md` leads to `other.md`", "");
    run.shows(1, "content/zh-cn/a.md:25:4: warning[untranslated-segment]", "");
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    let remarks = "---\ntitle: 安装\n---\n<!--\nTODO: ask.\n-->\n打开设置页面。\n";
    folder.write("content/zh-cn/a.md", remarks.as_bytes());
    folder.run(&["check"]).shows(0, "No findings", "");
}

#[test]
fn an_article_is_checked_once_however_often_it_is_compared_with() {
    let head = |locale: &str| format!("---\nms.contentlocale: {locale}\nms.openlocfilehash: h\n---\n");
    let pair = "<span data-ttu-id=\"a-1\">保存。</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">Save.</span></span>\n";
    let used = "<!-- hexapla-disable-next-line merge-conflict-marker: shown -->\n<<<<<<< x\n";
    let folder = Folder::new("once", &[("a/one.md", &format!("{}{pair}\n{used}", head("zh-CN")))]);
    for name in ["b/two.md", "b/three.md"] {
        folder.write(name, format!("{}儲存。\n", head("zh-TW")).as_bytes());
    }
    folder.write("a/two.md", format!("{}{pair}", head("ru-RU")).as_bytes());
    folder.run(&["check", "--select", "input", "--format", "concise"]).shows(0, "", "");
}

/// What most translations state otherwise is said once, at the source; what one alone has, there.
#[test]
fn the_locales_of_an_article_vote() {
    let page = |first: &str, second: &str| format!("# A\n\n{first}\n\n{second}\n");
    let folder = Folder::new(
        "vote",
        &[
            ("en-us/a.md", &page("You have 14 days to cancel.", "Each plan has 5 licenses.")),
            ("de-de/a.md", &page("Sie haben 30 Tage Zeit zum Kündigen.", "Jeder Plan hat 5 Lizenzen.")),
            ("fr-fr/a.md", &page("Vous avez 30 jours pour annuler.", "Chaque plan a 5 licences.")),
            ("es-es/a.md", &page("Tiene 30 días para cancelar.", "Cada plan tiene 7 licencias.")),
            ("it-it/a.md", &page("Ha 14 giorni per annullare.", "Ogni piano ha 5 licenze.")),
        ],
    );
    let run = folder.run(&["check", "--select", "facts", "--format", "concise"]);
    run.shows(1, "en-us/a.md:3:5: warning[changed-duration] 3 of 4 translations state something else", "");
    run.shows(1, "es-es/a.md:5:17: warning[changed-number]", "");
    assert_eq!(run.out.matches("changed-").count(), 2, "{}", run.out);
    let run = folder.run(&["check", "--select", "facts"]);
    run.shows(1, "de-DE: source: “have 14 days to”; target: “haben 30 Tage Zeit”", "");
    run.shows(1, "the other 3 translations of this text state it as the source does", "");
    // Kept quiet in one of the three, it is no majority; kept quiet at the source, it is nothing.
    let quiet = "<!-- hexapla-disable-next-line changed-duration: agreed with sales -->\n\n";
    let write = |path: &str, first: &str| {
        folder.write(path, page(&format!("{quiet}{first}"), "Each plan has 5 licenses.").as_bytes());
        folder.run(&["check", "--select", "facts", "--format", "concise"])
    };
    let run = write("es-es/a.md", "Tiene 30 días para cancelar.");
    run.shows(1, "de-de/a.md:3:5: warning[changed-duration] source", "");
    assert_eq!(run.out.matches("changed-duration").count(), 2, "{}", run.out);
    folder.write("es-es/a.md", page("Tiene 30 días para cancelar.", "Cada plan tiene 5 licencias.").as_bytes());
    let run = write("en-us/a.md", "You have 14 days to cancel.");
    assert_eq!(run.out.matches("changed-duration").count(), 0, "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_pipe_given_as_output_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new("pipe", &[("en-us/a.md", CLEAN)]);
    let pipe = folder.0.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let read = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    folder.run(&["check", "-o", "pipe"]).shows(0, "", "");
    assert!(read.join().unwrap().contains("No findings"));
    assert!(std::fs::metadata(&pipe).unwrap().file_type().is_fifo());
}
