//! The guide in docs/: its generated pages are up to date, its examples are true.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use hexapla::config;
use hexapla::lint::RULES;
use serde_json::Value;

use crate::folder::Folder;
use crate::snapshot;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a command prints, on either stream, and its exit code.
fn hexapla(folder: &Path, args: &[&str]) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    let output = command.args(args).env("COLUMNS", "100").env("NO_COLOR", "1").current_dir(folder).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).unwrap().replace("\r\n", "\n"), output.status.code().unwrap())
}

/// The pages of the guide, below docs/src.
fn pages() -> Vec<PathBuf> {
    fn look(folder: &Path, pages: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => look(&path, pages),
                false => pages.extend(path.extension().is_some_and(|it| it == "md").then_some(path)),
            }
        }
    }
    let mut pages = Vec::new();
    look(&Path::new(ROOT).join("docs/src"), &mut pages);
    pages.sort();
    pages
}

/// The fenced blocks of a page that begin with `info`, with their first lines.
fn blocks(page: &str, info: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(&str, bool, String, usize)> = None;
    for (number, line) in page.lines().enumerate() {
        match &mut open {
            None if line.starts_with("```") => {
                let fence = &line[..line.len() - line.trim_start_matches('`').len()];
                open = Some((fence, &line[fence.len()..] == info, String::new(), number + 2));
            }
            None => {}
            Some((fence, wanted, text, first)) if line == *fence => {
                found.extend(wanted.then(|| (*first, std::mem::take(text))));
                open = None;
            }
            Some((_, _, text, _)) => *text += &format!("{line}\n"),
        }
    }
    found
}

/// Replaces what stands between a marker and the end marker of a file.
fn between(path: &str, name: &str, text: &str) {
    let page = std::fs::read_to_string(Path::new(ROOT).join(path)).unwrap().replace("\r\n", "\n");
    let (open, close) =
        (format!("<!-- {name}: written by UPDATE=1 cargo test -->\n"), format!("<!-- end of {name} -->"));
    let from = page.find(&open).unwrap() + open.len();
    let to = page.find(&close).unwrap();
    snapshot::check(path, &format!("{}{text}{}", &page[..from], &page[to..]));
}

/// The page of a rule holds the file that `hexapla explain` prints, and the line that it adds.
#[test]
fn every_rule_has_its_page() {
    let mut rules: Vec<_> = RULES.iter().collect();
    rules.sort_by_key(|rule| (rule.family.name(), rule.name));
    let (mut index, mut summary, mut family) = (String::from("\n"), String::from("\n"), "");
    for rule in rules {
        let explained = hexapla(Path::new(ROOT), &["explain", rule.name]).0;
        let facts = explained.lines().nth(2).unwrap();
        let file = format!("../../../fixtures/rules/{}.md", rule.name);
        let page = format!("{{{{#include {file}:1}}}}\n\n{facts}\n\n{{{{#include {file}:3:}}}}\n");
        let shown = page.replace(&format!("{{{{#include {file}:1}}}}"), rule.page.lines().next().unwrap());
        let rest = rule.page.splitn(3, '\n').nth(2).unwrap();
        assert_eq!(shown.replace(&format!("{{{{#include {file}:3:}}}}\n"), rest), explained, "{}", rule.name);
        snapshot::check(&format!("docs/src/rules/{}.md", rule.name), &page);
        if family != rule.family.name() {
            family = rule.family.name();
            write!(index, "## {family}\n\n| rule | severity | what it finds |\n|---|---|---|\n").unwrap();
        }
        let (name, severity) = (rule.name, rule.severity.name());
        writeln!(index, "| [`{name}`](rules/{name}.md) | {severity} | {} |", rule.summary).unwrap();
        writeln!(summary, "  - [{name}](rules/{name}.md)").unwrap();
    }
    // A table ends before the next heading.
    between("docs/src/rules.md", "rules", &(index.replace("|\n## ", "|\n\n## ") + "\n"));
    let path = Path::new(ROOT).join("docs/src/SUMMARY.md");
    let old = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let (before, after) = old.split_once("- [Rules](rules.md)\n").unwrap();
    let after = after
        .trim_start_matches('\n')
        .lines()
        .skip_while(|line| line.starts_with("  - ["))
        .fold(String::new(), |it, line| it + line + "\n");
    snapshot::check(
        "docs/src/SUMMARY.md",
        &format!("{before}- [Rules](rules.md)\n{}{after}", summary.trim_start_matches('\n')),
    );
    for page in pages() {
        let name = page.file_stem().unwrap().to_str().unwrap();
        let of_a_rule = page.parent().unwrap().ends_with("rules");
        assert!(!of_a_rule || RULES.iter().any(|rule| rule.name == name), "there is no rule {name}");
    }
}

/// What a value may be, in words.
fn kind(schema: &Value, root: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return kind(&root["$defs"][name], root);
    }
    let words: Vec<&str> =
        schema["oneOf"].as_array().into_iter().flatten().filter_map(|it| it["const"].as_str()).collect();
    if !words.is_empty() {
        return words.iter().map(|it| format!("`\"{it}\"`")).collect::<Vec<_>>().join(", ");
    }
    if let Some(either) = schema["anyOf"].as_array() {
        let kinds: Vec<String> = either.iter().filter(|it| it["type"] != "null").map(|it| kind(it, root)).collect();
        return kinds.join(" or ");
    }
    let name = match &schema["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|it| *it != "null").unwrap(),
        name => name.as_str().unwrap_or("any value"),
    };
    match name {
        "string" => "text".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "array" => format!("list of {}", kind(&schema["items"], root)),
        "object" if schema["additionalProperties"].is_object() => {
            format!("table: name → {}", kind(&schema["additionalProperties"], root))
        }
        "object" => "table".to_owned(),
        other => other.to_owned(),
    }
}

/// The table that a key holds, if one.
fn table<'a>(schema: &'a Value, root: &'a Value) -> Option<&'a Value> {
    if let Some(name) = schema["$ref"].as_str() {
        return table(&root["$defs"][name.rsplit('/').next().unwrap()], root);
    }
    if schema["properties"].is_object() {
        return Some(schema);
    }
    let inner = [&schema["items"], &schema["additionalProperties"]]
        .into_iter()
        .chain(schema["anyOf"].as_array().into_iter().flatten());
    inner.filter(|it| it.is_object()).find_map(|it| table(it, root))
}

/// One row a key.
fn keys(schema: &Value, root: &Value) -> String {
    let mut rows = String::from("| key | value | what it says |\n|---|---|---|\n");
    for (key, it) in schema["properties"].as_object().unwrap() {
        let said = it["description"].as_str().unwrap_or_default().replace('\n', " ");
        writeln!(rows, "| `{key}` | {} | {said} |", kind(it, root)).unwrap();
    }
    rows
}

#[test]
fn the_reference_of_the_settings_is_the_schema() {
    let root = config::schema();
    let mut page = String::from(
        "# All settings\n\nThis page is made from the schema that `hexapla config schema` prints; an editor that \
         knows JSON Schema\nfor TOML completes and checks `hexapla.toml` by it.\n\n",
    );
    page += &keys(&root, &root);
    for (key, it) in root["properties"].as_object().unwrap() {
        let Some(inner) = table(it, &root) else { continue };
        let value = kind(it, &root);
        let title = match () {
            () if value.starts_with("table: ") => format!("[{key}.NAME]"),
            () if value.starts_with("list ") => format!("[[{key}]]"),
            () => format!("[{key}]"),
        };
        let said = it["description"].as_str().unwrap_or_default().replace('\n', " ");
        write!(page, "\n## `{title}`\n\n{said}\n\n{}", keys(inner, &root)).unwrap();
    }
    snapshot::check("docs/src/configuration/reference.md", &page);
}

#[test]
fn the_reference_of_the_commands_is_their_help() {
    let help = |args: &[&str]| {
        let (text, code) = hexapla(Path::new(ROOT), args);
        assert_eq!(code, 0, "{args:?}");
        text.lines().map(|line| line.trim_end().to_owned() + "\n").collect::<String>()
    };
    let all = help(&["-h"]);
    let mut page = format!(
        "# Commands\n\nThis page is what `hexapla COMMAND -h` prints; `--help` says more of some options.\n\n```text\n{all}```\n"
    );
    let list = all.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        write!(page, "\n## {name}\n\n```text\n{}```\n", help(&[name, "-h"])).unwrap();
    }
    snapshot::check("docs/src/commands.md", &page);
}

#[test]
fn settings_of_the_guide_are_settings() {
    for page in pages() {
        for (line, text) in blocks(&std::fs::read_to_string(&page).unwrap(), "toml") {
            let folder = Folder::empty();
            folder.write("hexapla.toml", &text);
            let (printed, code) = hexapla(&folder.0, &["config"]);
            assert_eq!(code, 0, "{}:{line}: {printed}", page.display());
        }
    }
}

/// Whether a line is the one shown, where `…` is any text.
fn is_shown(shown: &str, line: &str) -> bool {
    let parts: Vec<&str> = shown.split('…').collect();
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    if parts.len() == 1 {
        return shown == line;
    }
    let Some(mut rest) = line.strip_prefix(first).and_then(|it| it.strip_suffix(last)) else { return false };
    parts[1..parts.len() - 1].iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// The blocks `console` are run, each page in a folder of its own that holds the sample site. Lines
/// may be left out by `…`, and parts of lines, too.
#[test]
fn commands_of_the_guide_print_what_it_shows() {
    let mut wrong = String::new();
    for page in pages() {
        let found = blocks(&std::fs::read_to_string(&page).unwrap(), "console");
        if found.is_empty() {
            continue;
        }
        let folder = Folder::empty();
        for file in crate::folder::files(&Path::new(ROOT).join("content")) {
            let name = file.strip_prefix(ROOT).unwrap().to_str().unwrap();
            folder.write(name, &std::fs::read(&file).unwrap());
        }
        for (first, block) in found {
            let (mut printed, mut code) = (String::new(), 0);
            let mut lines = Vec::new().into_iter();
            for (number, shown) in block.lines().enumerate() {
                let place = format!("{}:{}", page.display(), first + number);
                if shown == "$ echo $?" {
                    printed = format!("{code}\n");
                } else if let Some(command) = shown.strip_prefix("$ ") {
                    let words: Vec<&str> = command.split(' ').collect();
                    assert_eq!(words[0], "hexapla", "{place}: only our own commands are run");
                    (printed, code) = hexapla(&folder.0, &words[1..]);
                } else {
                    let there = shown.is_empty() || shown == "…" || lines.any(|line: String| is_shown(shown, &line));
                    if !there {
                        writeln!(wrong, "{place}: this is not printed, or not here: {shown}\n{printed}").unwrap();
                    }
                    continue;
                }
                lines = printed.lines().map(str::to_owned).collect::<Vec<_>>().into_iter();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
