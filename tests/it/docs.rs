//! What is written down is what is there.

use std::process::Command;

fn hexapla(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    let output = command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn the_readme_lists_the_rules() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (open, close) = ("<!-- rules: written by UPDATE=1 cargo test -->\n\n", "\n<!-- end of rules -->");
    let from = readme.find(open).unwrap() + open.len();
    let to = readme.find(close).unwrap();
    let rules = hexapla(&["rules", "--format", "markdown"]);
    if std::env::var_os("UPDATE").is_some_and(|it| it == "1") {
        std::fs::write(path, format!("{}{rules}{}", &readme[..from], &readme[to..])).unwrap();
        return;
    }
    assert!(readme[from..to] == rules, "rewrite the list with UPDATE=1 cargo test");
}

fn the_readme_shows_real_output() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let output = hexapla(&["check", "content", "--color", "never"]);
    let shown = readme.split("$ hexapla check content\n").nth(1).unwrap().split("```").next().unwrap();
    if std::env::var_os("UPDATE").is_some_and(|it| it == "1") {
        let last = |text: &str| text.lines().rfind(|line| line.starts_with("Found ")).unwrap().to_owned();
        std::fs::write(path, readme.replace(&last(shown), &last(&output))).unwrap();
        return;
    }
    for line in shown.lines().filter(|line| !line.is_empty() && *line != "…") {
        assert!(output.lines().any(|it| it == line), "the README shows a line that is not printed: {line}");
    }
}

/// One test, because both halves may rewrite the file.
#[test]
fn the_readme_is_true() {
    the_readme_lists_the_rules();
    the_readme_shows_real_output();
}

#[test]
fn planted_faults_of_the_rules_there_are_are_found_and_clean_twins_are_silent() {
    let faults = include_str!("../../content/faults.txt");
    let check = |format| hexapla(&["check", "content", "--config", "content/hexapla.toml", "--format", format]);
    let output = check("concise");
    let json: serde_json::Value = serde_json::from_str(&check("json")).unwrap();
    let rules = hexapla(&["rules", "--format", "json"]);
    // A conflict of the source is said once, there, with the places of all translations.
    let shared = |path: &str, number: &str, rule: &str| {
        let findings = json["findings"].as_array().unwrap().iter().filter(|it| it["rule"] == rule);
        findings.flat_map(|it| it["labels"].as_array().unwrap()).any(|label| {
            label["message"].as_str().unwrap().starts_with("the same in")
                && label["path"] == format!("content/{path}")
                && label["range"]["start"]["line"].as_u64() == number.parse().ok()
        })
    };
    let mut missed = Vec::new();
    for line in faults.lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [place, rule, _] = cells[..] else { continue };
        let Some((path, number)) = place.rsplit_once(':') else { continue };
        if number.parse::<u32>().is_err() || !rules.contains(&format!("\"{rule}\"")) {
            continue;
        }
        let found = |line: &str| line.starts_with(&format!("content/{path}:")) && line.contains(&format!("[{rule}]"));
        if !output.lines().any(found) && !shared(path, number, rule) {
            missed.push(format!("{place} {rule}"));
        }
    }
    crate::snapshot::check("fixtures/cli/missed-faults.txt", &(missed.join("\n") + "\n"));
    let clean = faults.split("Clean twins").nth(1).unwrap().split("Shapes").next().unwrap();
    for path in clean.lines().filter_map(|line| line.split(" | ").next()).filter(|path| path.ends_with(".md")) {
        let loud = |line: &&str| line.starts_with(&format!("content/{path}:")) && !line.contains(": info[");
        assert_eq!(output.lines().find(loud), None, "{path} is clean");
    }
}
