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

#[test]
fn a_name_that_other_languages_keep_is_missed() {
    let folder = Folder::new("lost", &[]);
    for (locale, text) in [
        ("en-us", "Beds, LeafHub and sheds are watered."),
        ("de-de", "Beete, LeafHub und Schuppen werden bewässert."),
        ("fr-fr", "Les parterres, LeafHub et les abris sont arrosés."),
        ("ru-ru", "Грядки, листики и сараи поливаются."),
    ] {
        folder.write(&format!("{locale}/a.md"), article(&[text]).as_bytes());
    }
    check(&folder).shows(0, "ru-ru/a.md:7:1: info[translated-name] “LeafHub” is missing here", "");
    // Two languages alone tell nothing.
    folder.write("fr-fr/a.md", article(&["Les parterres et les abris sont arrosés."]).as_bytes());
    assert!(!check(&folder).out.contains("is missing"));
}

#[test]
fn the_usual_name_of_a_language_is_cut_once() {
    let folder = Folder::new("cut", &[]);
    let (mut english, mut chinese) = (Vec::new(), Vec::new());
    for bed in 1..=30 {
        english.push(format!("In the Potting Shed, plan bed {bed} for the year."));
        let shed = if bed == 17 { "园艺工坊" } else { "绿叶园艺工坊" };
        let plan = if bed % 2 == 0 { "在" } else { "用" };
        chinese.push(format!("{plan}{shed}{plan}心规划第 {bed} 个花坛。"));
        // What has no name tells which words are its own.
        english.push(format!("Water rose number {bed} in the evening."));
        chinese.push(format!("晚上给第 {bed} 株玫瑰浇水。"));
    }
    let lines = |all: &[String]| article(&all.iter().map(String::as_str).collect::<Vec<_>>());
    folder.write("en-us/a.md", lines(&english).as_bytes());
    folder.write("zh-cn/a.md", lines(&chinese).as_bytes());
    let run = check(&folder);
    run.shows(0, "of “Potting Shed” only a part stands here: “园艺工坊”", "");
    assert_eq!(run.out.matches("only a part").count(), 1, "{}", run.out);
}

#[test]
fn an_article_has_one_name_for_a_name() {
    let folder = Folder::new("divided", &[]);
    let (mut english, mut chinese) = (Vec::new(), Vec::new());
    for bed in 1..=16 {
        english.push(format!("You see bed {bed} of the year when Potting Shed is open."));
        let shed = if bed == 9 { "Potting Shed" } else { "园艺工坊" };
        let ends = ["打开时可见", "启用后会列出", "一开就显示"][bed % 3];
        chinese.push(format!("{shed}{ends}本年的第 {bed} 块苗床。"));
    }
    for bed in 17..=40 {
        english.push(format!("The roses of bed {bed} like the sun."));
        chinese.push(format!("第 {bed} 块苗床的玫瑰喜欢阳光。"));
    }
    let lines = |of: &[String]| article(&of.iter().map(String::as_str).collect::<Vec<_>>());
    folder.write("en-us/a.md", lines(&english).as_bytes());
    folder.write("zh-cn/a.md", lines(&chinese).as_bytes());
    let run = check(&folder);
    run.shows(0, "“Potting Shed” is left as it is here, and is “园艺工坊” elsewhere in this article", "");
    assert_eq!(run.out.matches("[translated-name]").count(), 1, "{}", run.out);
}

#[test]
fn words_that_run_on_from_a_link_are_two() {
    let folder = Folder::new("glued", &[]);
    let (mut english, mut russian) = (Vec::new(), Vec::new());
    for bed in 1..=20 {
        english.push(format!("Open the Potting Shed [list](https://a.example) and water bed {bed} of the garden."));
        let shed = if bed <= 3 { "зелёного сарая" } else { " Зелёного сарая" };
        russian.push(format!("Откройте [список](https://a.example){shed} и полейте грядку {bed} в саду."));
        english.push(format!("Open the list and water rose {bed} of the garden in its bed."));
        russian.push(format!("Откройте список и полейте розу {bed} в саду на грядку."));
    }
    let lines = |all: &[String]| article(&all.iter().map(String::as_str).collect::<Vec<_>>());
    folder.write("en-us/a.md", lines(&english).as_bytes());
    folder.write("ru-ru/a.md", lines(&russian).as_bytes());
    let run = check(&folder);
    assert_eq!(run.out.matches("without the capital of a name").count(), 3, "{}", run.out);
}
