//! Texts and names that mean harm: nothing of them steers a terminal, nothing leads out of a folder.

use std::path::Path;

use crate::folder::{Folder, Run};

/// What a terminal obeys: it clears the screen, links elsewhere, rings, colours, reorders, goes back.
const EVIL: &str = "\x1b[2J\x1b]8;;http://x\x07\u{9b}31m\u{202e}\u{2066}\u{85}\x08\x7f\r";

fn article(words: &str) -> String {
    format!(
        "---\ntitle: {words}\ndescription: {words} {EVIL}\n{EVIL}key: {EVIL}\n---\n# {words} {EVIL}\n\n\
         1. {words} **Save{EVIL}** and [x{EVIL}](y{EVIL}.md).\n2. {words} `{EVIL}` within 14 days{EVIL}.\n\n\
         <span data-ttu-id=\"{EVIL}\">\n\n> [!NOTE]\n> {words} must not wait {EVIL} longer than 30 days.\n\n\
         <!-- hexapla: allow {EVIL} -->\n\n```\n{words}{EVIL}\n```\n\n| a{EVIL} | b |\n|---|---|\n| {words} | {EVIL} |\n"
    )
}

#[track_caller]
fn is_calm(run: &Run, what: &str) {
    let colours = regex::Regex::new("\x1b\\[[0-9;]*m").unwrap();
    for text in [&run.out, &run.err] {
        let plain = colours.replace_all(text, "");
        let is_raw = |it: &char| {
            it.is_control() && !matches!(it, '\n' | '\t')
                || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(plain.chars().find(is_raw), None, "{what}:\n{plain:?}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_reaches_a_terminal_raw() {
    let (name, german) = ("a\x1b]0;x\x07\u{202e}\n.md", article("Wählen Sie").replace("14 days", "15 Tage"));
    let folder = Folder::new("terminal", &[]);
    for (locale, text) in [("en-us", article("Select")), ("de-de", german), ("fr-fr", article("Choisissez"))] {
        folder.write(&format!("{locale}/{name}"), &text).write(&format!("{locale}/b.md"), &text);
        folder.write(&format!("old/{locale}/b.md"), &text.replace("14", "16").replace("Save", "Keep"));
    }
    let two =
        format!("<span data-ttu-id=\"a\">Eins {EVIL}</span><span><span data-stu-id=\"b{EVIL}\">One</span></span>");
    folder.write("de-de/c.md", &two).write("new/en-us/b.md", &folder.read("en-us/b.md"));
    folder.write("bad.toml", &format!("selct = \"{}\"\nx\u{9b} = 1 # {EVIL}\n", "\u{202e}"));
    let id = "\\u001b[2J\\u009b\\u202e";
    folder.write(
        "back.jsonl",
        &format!("{{\"path\":\"de-de/b.md\",\"id\":\"{id}\",\"target\":\"{id}\",\"lock\":\"{id}\"}}\n"),
    );
    folder
        .write("lost.jsonl", &format!("{{\"path\":\"{id}\",\"id\":\"{id}\",\"target\":\"{id}\",\"lock\":\"{id}\"}}\n"));
    let decision = format!("{{\"path\":\"{id}\",\"unit\":\"{id}\",\"lock\":\"{id}\",\"proposal\":\"{id}\"}}");
    folder.write("decisions.json", &format!("{{\"version\":1,\"decisions\":[{decision}]}}"));
    folder.write("wrong.json", &format!("{{\"version\":\"{id}\"}}"));
    let evil = EVIL.replace('\r', "");
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for format in ["human", "concise", "github", "markdown"] {
        runs.push(vec!["check", "--format", format, "--color", "always"]);
        runs.push(vec!["check", "--format", format, "--statistics"]);
    }
    for format in ["human", "markdown"] {
        runs.push(vec!["terms", "--format", format]);
        runs.push(vec!["status", "--format", format]);
        runs.push(vec!["diff", "old", "new", "--format", format]);
    }
    runs.push(vec!["align", "--format", "human", "--color", "always"]);
    runs.push(vec!["model", "--matrix", "--output", "m\x1b[2J.txt"]);
    runs.push(vec!["model", "--matrix"]);
    for to in ["markdown", "llms", "json", "chunks", "jsonld", "dita", "site"] {
        runs.push(vec!["render", "--to", to, "-o", "out\x1b[2J"]);
    }
    runs.push(vec!["export", "--to", "xliff", "-o", "x\u{9b}"]);
    runs.push(vec!["export", "--to", "markdown", "--side", "target", "-o", "y\u{9b}"]);
    runs.push(vec!["report", "-o", "review\x1b[2J"]);
    runs.push(vec!["report", "-o", "en-us"]);
    runs.push(vec!["import", "back.jsonl"]);
    runs.push(vec!["import", "lost.jsonl"]);
    runs.push(vec!["import", &evil]);
    runs.push(vec!["apply", "decisions.json"]);
    runs.push(vec!["apply", "wrong.json"]);
    runs.push(vec!["apply", &evil]);
    runs.push(vec!["check", "--config", "bad.toml"]);
    runs.push(vec!["config", "--config", &evil]);
    for option in ["--select", "--locale", "--config", "--stdin-filename", "--changed-since", "--format", "--jobs"] {
        runs.push(vec!["check", option, &evil]);
    }
    for command in ["check", "align", "model", "status", "terms", "report", "render", "export", "diff", "explain"] {
        runs.push(vec![command, &evil]);
    }
    runs.push(vec!["completions", &evil]);
    runs.push(vec![&evil]);
    runs.push(vec!["man", "-o", "back.jsonl\x1b[2J/x"]);
    runs.push(vec!["init", "--config", &evil]);
    runs.push(vec!["check", "--fix"]);
    for args in runs {
        is_calm(&folder.run(&args), &format!("{args:?}"));
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    let article = "---\ntitle: Renew\n---\n# Renew\n\n1. Select **Save**.\n2. Select **OK**.\n";
    let two =
        "<span data-ttu-id=\"a\">Eins.</span><span class=\"sxs-lookup\"><span data-stu-id=\"a\">One.</span></span>\n";
    let folder = Folder::new("links", &[("en-us/a.md", article), ("de-de/a.md", article), ("de-de/b.md", two)]);
    let outside = Folder::empty();
    let commands: &[&[&str]] = &[
        &["render", "--to", "site"],
        &["render", "--to", "dita"],
        &["render", "--to", "llms"],
        &["render", "--to", "markdown"],
        &["export", "--to", "xliff", "--split", "article"],
        &["export", "--to", "markdown", "--side", "target"],
        &["report", "--force"],
    ];
    for (at, command) in commands.iter().enumerate() {
        let out = folder.0.join(format!("out{at}"));
        std::fs::create_dir(&out).unwrap();
        for inside in ["articles", "de-DE", "en-US", "de-de", "en-us", "media", "index.html", "rules.html"] {
            std::os::unix::fs::symlink(&outside.0, out.join(inside)).unwrap();
        }
        let run = folder.run(&[command, &["-o", out.to_str().unwrap(), "en-us", "de-de"][..]].concat());
        run.shows(2, "", "this leads out of the folder");
        assert_eq!(std::fs::read_dir(&outside.0).unwrap().count(), 0, "{command:?}");
    }
    let out = folder.0.join("man");
    std::fs::create_dir(&out).unwrap();
    outside.write("kept", "kept");
    std::os::unix::fs::symlink(outside.0.join("kept"), out.join("hexapla-check.1")).unwrap();
    folder.run(&["man", "-o", "man"]).shows(2, "", "this leads out of the folder");
    assert_eq!(outside.read("kept"), "kept");
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let article = "---\ntitle: Renew\n---\n# Renew\n\n1. Select **Save**.\n2. Select **OK**.\n";
    let folder = Folder::new("names", &[("deep/down/here/x.toml", "")]);
    for name in ["en-us/a.md", "de-de/a.md", "en-us/...md", "de-de/...md", "en-us/con.md", "de-de/con.md"] {
        folder.write(name, article);
    }
    let above = std::fs::read_dir(&folder.0).unwrap().count();
    let here = folder.0.join("deep/down/here");
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hexapla"));
        let output =
            command.args(args).args(["../../../en-us", "../../../de-de", "-o", "out"]).current_dir(&here).output();
        let output = output.unwrap();
        assert_ne!(output.status.code(), None, "{output:?}");
        output
    };
    let absolute = folder.0.join("en-us");
    for to in ["site", "dita", "llms", "markdown", "json"] {
        run(&["render", "--to", to]);
        run(&["render", "--to", to, absolute.to_str().unwrap()]);
    }
    for to in ["xliff", "csv"] {
        run(&["export", "--to", to, "--split", "article"]);
    }
    run(&["report", "--force"]);
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), above);
    let entries = |path: &Path| std::fs::read_dir(path).unwrap().count();
    assert_eq!((entries(&folder.0.join("deep")), entries(&folder.0.join("deep/down")), entries(&here)), (1, 1, 2));
}

/// What a key, a locale or an id of a hostile file would name.
#[test]
fn a_file_that_comes_back_names_no_article_outside() {
    let folder =
        Folder::new("back", &[("in/de-de/a.md", "# Eins\n"), ("in/en-us/a.md", "# One\n"), ("a.md", "# Eins\n")]);
    for path in [
        "../a.md",
        "/etc/hostname.md",
        "in/../../a.md",
        "de-de/../../a.md",
        "con.md",
        "a\\u0000.md",
        &"a/".repeat(3000),
    ] {
        let line = format!("{{\"path\":\"{path}\",\"id\":\"x\",\"target\":\"Zwei\",\"lock\":\"0\"}}\n");
        folder.write("in/back.jsonl", &line);
        let run = folder.run(&["import", "in/back.jsonl", "--in", "in"]);
        assert!(run.code == 1 || run.code == 2, "{path}: {}", run.err);
        assert_eq!(folder.read("a.md"), "# Eins\n");
    }
}

#[test]
fn names_that_no_disk_takes_are_2() {
    let folder = Folder::new("unwritable", &[("en-us/a.md", "# One\n\nText.\n"), ("de-de/a.md", "# Eins\n\nText.\n")]);
    let long = "x".repeat(5000);
    folder.run(&["check", "-o", &long]).shows(2, "", "error: ");
    folder.run(&["render", "--to", "site", "-o", &long]).shows(2, "", "error: ");
    folder.run(&["report", "-o", &long]).shows(2, "", "error: ");
    folder.run(&["man", "-o", &long]).shows(2, "", "error: ");
    folder.run(&["export", "--to", "csv", "--split", "article", "-o", &long]).shows(2, "", "error: ");
}
