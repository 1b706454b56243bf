//! What names and terms are called, learned from all articles: over several of them, in languages
//! without data, and kept quiet.

use crate::folder::Folder;

const NAMES: [&str; 2] = ["translated-name,inconsistent-translation,unused-suppression", "concise"];

fn article(lines: &[&str]) -> String {
    format!("---\ntitle: T\ndescription: D\n---\n# T\n\n{}\n", lines.join("\n\n"))
}

fn check(folder: &Folder) -> crate::folder::Run {
    folder.run(&["check", "--select", NAMES[0], "--format", NAMES[1], "--fail-on", "never"])
}

#[test]
fn a_name_is_learned_from_other_articles() {
    let source = |text: &str| article(&[text]);
    let folder = Folder::new("names", &[]);
    for (name, english, german) in [
        ("a", "Open Potting Shed now.", "Öffnen Sie jetzt Potting Shed."),
        ("b", "In Potting Shed, plan the beds.", "Planen Sie die Beete in Potting Shed."),
        ("c", "You find it in Potting Shed.", "Sie finden es in Potting Shed."),
        ("d", "Close Potting Shed at night.", "Schließen Sie potting shed in der Nacht."),
    ] {
        folder.write(&format!("en-us/{name}.md"), source(english).as_bytes());
        folder.write(&format!("de-de/{name}.md"), source(german).as_bytes());
    }
    let run = check(&folder);
    run.shows(0, "de-de/d.md:7:15: info[translated-name] “Potting Shed” is written “potting shed”", "");
    assert_eq!(run.out.matches("[translated-name]").count(), 1, "{}", run.out);
}

#[test]
fn a_source_language_without_data_stops_nothing() {
    let text = |line: &str| article(&[line]);
    let folder = Folder::new("no-data", &[("hexapla.toml", "source-locale = \"cy-gb\"\n")]);
    folder.write("cy-gb/a.md", text("Agorwch LeafHub nawr.").as_bytes());
    folder.write("de-de/a.md", text("Öffnen Sie jetzt Leafhub.").as_bytes());
    check(&folder).shows(0, "de-de/a.md:7:18: info[translated-name] “LeafHub” is written “Leafhub”", "");
}

#[test]
fn a_comment_keeps_its_own_lines_quiet() {
    let source = article(&["Open LeafHub with `run`\nand then close LeafHub with `end`."]);
    let target = |comment: &str| {
        article(&[&format!("Öffnen Sie Leafhub mit `run` {comment}\nund schließen Sie dann Leafhub mit `end`.")])
    };
    let quiet = "<!-- hexapla-disable-line translated-name: the old logo -->";
    let folder = Folder::new("quiet", &[("en-us/a.md", &source), ("de-de/a.md", &target(""))]);
    check(&folder).shows(0, "de-de/a.md:7:12: info[translated-name]", "");
    folder.write("de-de/a.md", target(quiet).as_bytes());
    assert_eq!(check(&folder).out, "");
}
