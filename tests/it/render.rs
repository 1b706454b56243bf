//! Help content: every format of the sample site against files, and what holds of all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::folder::{Folder, files};

/// Two articles of the sample site, with their translations into German and Japanese.
fn sample() -> Folder {
    let folder = Folder::empty();
    for locale in ["en-us", "de-de", "ja-jp"] {
        for name in ["cancel-a-subscription.md", "faq.yml", "support-requests.md"] {
            let path = format!("{locale}/{name}");
            let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(&path)).unwrap();
            folder.write(&format!("site/{path}"), &text);
        }
    }
    folder
}

/// The whole sample site.
pub fn site() -> Folder {
    let folder = Folder::empty();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for path in files(&content) {
        let name = path.strip_prefix(&content).unwrap().to_str().unwrap();
        folder.write(&format!("site/{name}"), &std::fs::read(&path).unwrap());
    }
    folder
}

/// All files below a folder, one after the other, each under its name.
pub fn listing(folder: &Path) -> String {
    let mut text = String::new();
    for path in files(folder) {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        text += &format!("==== {name}\n{}", std::fs::read_to_string(&path).unwrap());
    }
    text
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(json).collect()
}

fn words<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

const FORMATS: [&str; 6] = ["json", "chunks", "markdown", "jsonld", "llms", "dita"];

#[test]
fn the_formats_of_the_sample() {
    let folder = sample();
    for format in FORMATS {
        folder.run(&["render", "site", "--to", format, "-o", format]).shows(0, "", "wrote ");
        crate::snapshot::check(&format!("fixtures/render/{format}.txt"), &listing(&folder.0.join(format)));
    }
}

#[test]
fn one_job_or_two_give_the_same_bytes() {
    let folder = site();
    for format in FORMATS {
        for jobs in ["1", "2"] {
            let out = format!("{format}-{jobs}");
            folder.run(&["render", "site", "--to", format, "-o", &out, "-j", jobs]).shows(0, "", "");
        }
        let of = |jobs: &str| listing(&folder.0.join(format!("{format}-{jobs}")));
        assert!(of("1") == of("2"), "{format}");
        assert!(!of("1").is_empty(), "{format}");
    }
}

#[test]
fn the_schemas_hold() {
    let folder = site();
    let schema = |format: &str| json(&folder.run(&["render", "--schema", format]).out);
    let topics = json(&folder.run(&["render", "site", "--to", "json"]).out);
    let errors: Vec<String> =
        jsonschema::validator_for(&schema("json")).unwrap().iter_errors(&topics).map(|it| it.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let validator = jsonschema::validator_for(&schema("chunks")).unwrap();
    for chunk in lines(&folder.run(&["render", "site", "--to", "chunks"]).out) {
        assert!(validator.is_valid(&chunk), "{chunk}");
    }
}

/// The ids of the procedures and policies of the model, and the locales that each article has.
pub fn modelled(folder: &Folder) -> (BTreeSet<String>, BTreeSet<String>) {
    let model = json(&Folder(folder.0.join("site")).kept(&["model", "."]));
    let (mut procedures, mut policies) = (BTreeSet::new(), BTreeSet::new());
    for article in model["articles"].as_array().unwrap() {
        for (what, found) in [("procedures", &mut procedures), ("policies", &mut policies)] {
            for topic in article[what].as_array().unwrap() {
                for variant in article["variants"].as_array().unwrap() {
                    assert!(found.insert(format!("{}@{}", words(topic, "id"), words(variant, "locale"))));
                }
            }
        }
    }
    assert!(procedures.len() > 30 && policies.len() > 100);
    (procedures, policies)
}

#[test]
fn each_procedure_and_policy_stands_exactly_once() {
    let folder = site();
    let (procedures, policies) = modelled(&folder);
    let once = |ids: Vec<String>| {
        let set: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(set.len(), ids.len(), "no id stands twice");
        set
    };
    let topics = json(&folder.run(&["render", "site", "--to", "json"]).out);
    let ids = |what: &str| {
        let id = |it: &Value| format!("{}@{}", words(it, "id"), words(it, "locale"));
        once(topics[what].as_array().unwrap().iter().map(id).collect())
    };
    assert_eq!((ids("procedures"), ids("policies")), (procedures.clone(), policies.clone()));
    let chunks = lines(&folder.run(&["render", "site", "--to", "chunks"]).out);
    let all = once(chunks.iter().map(|it| words(it, "id").to_owned()).collect());
    let of = |kind: &str| -> BTreeSet<String> {
        chunks.iter().filter(|it| words(it, "type") == kind).map(|it| words(it, "id").to_owned()).collect()
    };
    assert_eq!((of("procedure"), of("policy")), (procedures, policies));
    let folders = |format: &str| {
        folder.run(&["render", "site", "--to", format, "-o", format]).shows(0, "", "");
        files(&folder.0.join(format)).into_iter().map(|it| std::fs::read_to_string(it).unwrap()).collect::<Vec<_>>()
    };
    let how_to = |text: &String| text.matches("\"HowTo\"").count();
    let tasks = |text: &String| text.matches("<task ").count();
    let in_maps = |text: &String| text.matches("type=\"task\"").count();
    assert_eq!(folders("jsonld").iter().map(how_to).sum::<usize>(), of("procedure").len());
    let dita = folders("dita");
    assert_eq!(dita.iter().map(tasks).sum::<usize>(), of("procedure").len());
    assert_eq!(dita.iter().map(in_maps).sum::<usize>(), of("procedure").len());
    assert!(all.iter().any(|it| it == "faq#when-do-i-have-to-pay-an-invoice@ja-JP"), "{all:?}");
}

/// An article of one procedure in English, and its translation.
pub fn pair(steps: [(&str, &str); 3]) -> Folder {
    let span = |number: usize, (source, target): (&str, &str)| {
        format!(
            "<span data-ttu-id=\"a1b2c-{number}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"a1b2c-{number}\">{source}</span></span>"
        )
    };
    let front = "---\ntitle: T\n---\n";
    let source = format!(
        "{front}# Pay an invoice\n\n1. {}\n3. {}\n4. {}\n   1. Select **Yes**.\n",
        steps[0].0, steps[1].0, steps[2].0
    );
    let target = format!(
        "{front}# <a name=\"pay-an-invoice\"></a>{}\n\n1. {}\n3. {}\n4. {}\n   1. {}\n",
        span(100, ("Pay an invoice", "Bezahlen einer Rechnung")),
        span(101, steps[0]),
        span(102, steps[1]),
        span(103, steps[2]),
        span(104, ("Select **Yes**.", "Wählen Sie **Ja** aus.")),
    );
    Folder::empty().write("site/en-us/pay.md", &source).write("site/de-de/pay.md", &target).clone_paths()
}

impl Folder {
    /// Ends a chain of writes.
    pub fn clone_paths(&self) -> Folder {
        let copy = Folder::empty();
        for path in files(&self.0) {
            copy.write(path.strip_prefix(&self.0).unwrap().to_str().unwrap(), &std::fs::read(&path).unwrap());
        }
        copy
    }
}

fn german(folder: &Folder, more: &[&str]) -> Vec<(String, String, String)> {
    let args = [&["render", "site", "--to", "json", "--locale", "de"], more].concat();
    let topics = json(&folder.run(&args).out);
    let mut found = Vec::new();
    for step in topics["procedures"].as_array().unwrap().iter().flat_map(|it| it["steps"].as_array().unwrap()) {
        for slot in step["text"].as_array().unwrap() {
            let reason = words(slot, if slot["reason"].is_null() { "state" } else { "reason" });
            found.push((words(slot, "locale").to_owned(), words(slot, "text").to_owned(), reason.to_owned()));
        }
    }
    found
}

/// As words: `en-US Select Pay. (untranslated)`.
fn told(texts: Vec<(String, String, String)>) -> Vec<String> {
    texts.into_iter().map(|(locale, text, why)| format!("{locale} {text} ({why})")).collect()
}

#[test]
fn a_text_that_cannot_be_relied_on_is_the_source_and_says_so() {
    let folder = pair([
        ("Select the invoice.", ""),
        ("Wait for 30 days.", "Warten Sie 60 Tage."),
        ("Select **Pay**.", "Wählen Sie **Bezahlen** aus."),
    ]);
    let untranslated = "en-US Select the invoice. (untranslated)";
    let good = "de-DE Wählen Sie Bezahlen aus. (ok)";
    let flag = ["--flag", "warning"];
    assert_eq!(told(german(&folder, &flag)), [untranslated, "en-US Wait for 30 days. (flagged)", good]);
    let more = [&flag[..], &["--on-error", "mark"]].concat();
    assert_eq!(told(german(&folder, &more)), [untranslated, "de-DE Warten Sie 60 Tage. (flagged)", good]);
    let more = [&flag[..], &["--on-error", "withhold"]].concat();
    assert_eq!(told(german(&folder, &more)), Vec::<String>::new());
    assert_eq!(told(german(&folder, &["--no-findings"])), [untranslated, "de-DE Warten Sie 60 Tage. (ok)", good]);
    let run = folder.run(&[
        "render",
        "site",
        "--to",
        "chunks",
        "--flag",
        "warning",
        "--on-error",
        "withhold",
        "--locale",
        "de",
    ]);
    run.shows(0, "", "note: de-DE: 1 topic with errors left out");
    assert!(!run.out.contains("60 Tage"));
    folder.run(&["render", "site", "--to", "markdown", "--flag", "warning", "-o", "out"]).shows(
        0,
        "",
        "in place of 2 texts",
    );
    let text = folder.read("out/de-DE/pay.md");
    assert!(
        text.contains("1. <mark lang=\"en-US\">Select the invoice.</mark>\n3. <mark lang=\"en-US\">Wait"),
        "{text}"
    );
    assert!(text.contains("# <a name=\"pay-an-invoice\"></a>Bezahlen einer Rechnung\n"), "{text}");
    let text = folder.run(&["render", "site", "--to", "chunks", "--locale", "de", "--flag", "warning"]).out;
    assert!(text.contains("<mark lang=\\\"en-US\\\">Wait for 30 days.</mark>"), "{text}");
}

#[test]
fn a_warning_that_the_meaning_changed_counts_and_one_about_marks_does_not() {
    let folder = pair([
        ("Select **Pay**.", "Wählen Sie Bezahlen aus."),
        ("Wait for 30 days.", "Warten Sie 60 Tage."),
        ("Close the page.", "Schließen Sie die Seite."),
    ]);
    let second = |more: &[&str]| told(german(&folder, more))[1].clone();
    assert_eq!(told(german(&folder, &[]))[0], "de-DE Wählen Sie Bezahlen aus. (ok)");
    assert_eq!(second(&[]), "en-US Wait for 30 days. (flagged)");
    assert_eq!(second(&["--flag", "meaning"]), second(&[]));
    assert_eq!(second(&["--flag", "error"]), "de-DE Warten Sie 60 Tage. (ok)");
}

#[test]
fn a_text_that_is_behind_is_the_source() {
    let folder = pair([
        ("Select the invoice.", "Wählen Sie die Rechnung aus."),
        ("Open the menu with the three dots.", "Öffnen Sie das Menü mit den drei Punkten."),
        ("Select **Pay**.", "Wählen Sie **Bezahlen** aus."),
    ]);
    let text = folder.read("site/en-us/pay.md").replace("three dots", "three long dots");
    folder.write("site/en-us/pay.md", &text);
    assert_eq!(told(german(&folder, &[]))[1], "en-US Open the menu with the three long dots. (stale)");
    let chunk = lines(&folder.run(&["render", "site", "--to", "chunks", "--locale", "de"]).out);
    assert!(chunk.iter().any(|it| it["stale"] == true && it["quality"]["reasons"][0] == "stale"), "{chunk:?}");
}

#[test]
fn written_numbers_survive_or_are_repaired() {
    let folder = pair([
        ("Select the invoice.", "Wählen Sie die Rechnung aus."),
        ("Select **Options**.", "Wählen Sie **Optionen** aus."),
        ("Select **Pay**:", "Wählen Sie **Bezahlen** aus:"),
    ]);
    let numbers = |more: &[&str]| {
        let topics = json(&folder.run(&[&["render", "site", "--to", "json", "--locale", "de"], more].concat()).out);
        let steps = topics["procedures"][0]["steps"].as_array().unwrap();
        steps.iter().map(|it| words(it, "number").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&[]), ["1", "3", "4"]);
    assert_eq!(numbers(&["--numbers", "repaired"]), ["1", "2", "3"]);
    folder.run(&["render", "site", "--to", "markdown", "--numbers", "repaired", "-o", "out"]).shows(0, "", "");
    for (locale, yes) in [("en-US", "Select **Yes**."), ("de-DE", "Wählen Sie **Ja** aus.")] {
        let text = folder.read(&format!("out/{locale}/pay.md"));
        assert!(
            text.contains("\n2. ") && text.contains(&format!("\n3. Select **Pay**:\n   1. {yes}")) || locale == "de-DE",
            "{text}"
        );
        assert!(!text.contains("\n4. "), "{text}");
    }
}

#[test]
fn a_longer_number_keeps_what_stands_under_it() {
    let steps: String = (1..=11).map(|it| format!("{}. Select **Step {it}**.\n", it.min(9))).collect();
    let text = format!("# Do it\n\n{steps}   - Select **Deep**.\n\n   > [!NOTE]\n   > It holds.\n");
    let folder = Folder::new("longer-number", &[("site/en-us/a.md", &text)]);
    folder.run(&["render", "site", "--to", "markdown", "--numbers", "repaired", "-o", "out"]).shows(0, "", "");
    let text = folder.read("out/en-US/a.md");
    assert!(
        text.contains("\n11. Select **Step 11**.\n    - Select **Deep**.\n\n    > [!NOTE]\n    > It holds.\n"),
        "{text}"
    );
}

#[test]
fn nothing_is_written_outside_of_the_folder() {
    let folder = sample();
    let folder = &folder;
    folder.run(&["render", "site", "--to", "markdown"]).shows(2, "", "say where they go with -o DIR");
    folder.write("file", "").run(&["render", "site", "--to", "markdown", "-o", "file"]).shows(2, "", "needs a folder");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        std::fs::create_dir_all(folder.0.join("elsewhere")).unwrap();
        std::fs::create_dir_all(folder.0.join("out")).unwrap();
        symlink(folder.0.join("elsewhere"), folder.0.join("out/ja-JP")).unwrap();
        folder.run(&["render", "site", "--to", "markdown", "-o", "out"]).shows(2, "", "leads out of the folder");
        assert!(files(&folder.0.join("elsewhere")).is_empty());
        folder.write("mine.md", "mine\n");
        std::fs::create_dir_all(folder.0.join("second/en-US")).unwrap();
        symlink(folder.0.join("mine.md"), folder.0.join("second/en-US/cancel-a-subscription.md")).unwrap();
        folder.run(&["render", "site", "--to", "markdown", "-o", "second"]).shows(2, "", "leads out of the folder");
        assert_eq!(folder.read("mine.md"), "mine\n");
        // Whoever may do everything is not held by permissions.
        std::fs::create_dir_all(folder.0.join("locked")).unwrap();
        std::fs::set_permissions(folder.0.join("locked"), PermissionsExt::from_mode(0o555)).unwrap();
        if std::fs::write(folder.0.join("locked/probe"), "").is_err() {
            folder.run(&["render", "site", "--to", "chunks", "-o", "locked/"]).shows(2, "", "cannot write");
        }
    }
    let kept = sample();
    kept.write("out/de-DE/mine.md", "mine\n").write("out/other.txt", "other\n");
    kept.run(&["render", "site", "--to", "markdown", "-o", "out"]).shows(0, "", "");
    assert_eq!((kept.read("out/de-DE/mine.md"), kept.read("out/other.txt")), ("mine\n".into(), "other\n".into()));
}

#[test]
fn what_changed_is_told_in_the_words_of_each_locale() {
    let folder = sample();
    for path in files(&folder.0.join("site")) {
        let name = path.strip_prefix(folder.0.join("site")).unwrap().to_str().unwrap().to_owned();
        folder.write(&format!("old/{name}"), &std::fs::read(&path).unwrap());
    }
    let path = "site/en-us/cancel-a-subscription.md";
    let text = folder.read(path).replace("Select a reason.", "Select the reason that fits best.");
    folder.write(path, &text.replace("5. Select **Cancel subscription** again.", "5. Select **End it** again."));
    let path = "site/de-de/cancel-a-subscription.md";
    let text = folder
        .read(path)
        .replace("**Abo beenden**", "**Beenden**")
        .replace("**Cancel subscription** again", "**End it** again");
    folder.write(path, &text);
    let run = folder.run(&["render", "site", "--to", "changes", "--since", "old", "-o", "changes"]);
    run.shows(0, "", "wrote 6 files (");
    crate::snapshot::check("fixtures/render/changes.txt", &listing(&folder.0.join("changes")));
    let schema = json(&folder.run(&["render", "--schema", "changes"]).out);
    for locale in ["en-US", "de-DE", "ja-JP"] {
        let digest = json(&folder.read(&format!("changes/{locale}.json")));
        assert!(jsonschema::is_valid(&schema, &digest), "{digest}");
    }
    folder.run(&["render", "site", "--to", "changes", "-o", "changes"]).shows(2, "", "--since");
}

/// A model as it is read back.
#[derive(serde::Deserialize)]
struct Model {
    articles: Vec<ArticleRead>,
}

#[derive(serde::Deserialize)]
struct ArticleRead {
    key: String,
    segments: InOrder,
    sections: Value,
    procedures: Value,
    policies: Value,
}

/// The segments in the order in which they are written.
struct InOrder(Vec<(String, BTreeMap<String, String>)>);

impl<'de> serde::Deserialize<'de> for InOrder {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> serde::de::Visitor<'de> for Entries {
            type Value = InOrder;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("segments")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// What an article says, by locale, segment by segment.
type Said = Vec<BTreeMap<String, String>>;

/// A model in the words of its source: where it refers to segments, what they say. What depends on
/// where sentences are cut is left out: numbers, hashes of them, the place of an action in a step.
fn comparable(model: &str, source: &str) -> (BTreeMap<String, Value>, BTreeMap<String, Said>) {
    let model: Model = serde_json::from_str(model).unwrap();
    let (mut structure, mut texts) = (BTreeMap::new(), BTreeMap::new());
    for article in model.articles {
        let segments = article.segments.0.iter();
        let said = segments.map(|(number, texts)| (number.as_str(), visible(texts.get(source).map_or("", |it| it))));
        let said: BTreeMap<&str, String> = said.collect();
        let parts = [article.sections, article.procedures, article.policies].map(|mut part| {
            reduce(&mut part, "", &said, source);
            part
        });
        structure.insert(article.key.clone(), Value::from(parts.to_vec()));
        texts.insert(article.key, article.segments.0.into_iter().map(|(_, texts)| texts).collect());
    }
    (structure, texts)
}

/// A text without marks.
fn visible(text: &str) -> String {
    let marks = regex::Regex::new(r"<[^>]*>|!?\[|\]\((?:[^()]|\([^()]*\))*\)|\]\[[^\]]*\]|\]|[*_`\\]").unwrap();
    marks.replace_all(text, "").split([' ', '>']).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

fn reduce(value: &mut Value, key: &str, said: &BTreeMap<&str, String>, source: &str) {
    let words = |value: &Value| said[value.as_str().unwrap()].clone();
    match value {
        Value::Object(map) => {
            let left_out = ["by_locale", "translations", "alias", "segment", "results"];
            map.retain(|key, _| !left_out.contains(&key.as_str()));
            // The labels of a UI element, by locale.
            if matches!(key, "label" | "path") && map.values().all(Value::is_string) {
                map.retain(|locale, _| locale == source);
            }
            map.iter_mut().for_each(|(key, value)| reduce(value, key, said, source));
        }
        Value::Array(all) if matches!(key, "segments" | "introduction" | "outcome") => {
            *value = all.iter().map(words).collect::<Vec<_>>().join(" ").into();
        }
        Value::Array(all) => all.iter_mut().for_each(|it| reduce(it, key, said, source)),
        Value::String(text) => match key {
            "title" => *value = words(value).into(),
            "id" | "policies" => *text = text.split("/P").next().unwrap().to_owned(),
            _ => {}
        },
        _ => {}
    }
}

/// Renders the articles of a folder as Markdown, reads them back, and compares the models.
#[track_caller]
fn comes_back(folder: &Folder) -> (usize, usize) {
    let model = |site: &str| Folder(folder.0.join(site)).kept(&["model", "."]);
    folder.run(&["render", "site", "--to", "markdown", "-q", "-o", "again"]).shows(0, "", "");
    let (before, after) = (comparable(&model("site"), "en-US"), comparable(&model("again"), "en-US"));
    let keys = |all: &BTreeMap<String, Value>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&before.0), keys(&after.0));
    for (key, was) in &before.0 {
        assert_eq!(was, &after.0[key], "{key}");
    }
    // A translation says what it said, or what the source says.
    let (mut same, mut other) = (0, 0);
    for (key, was) in &before.1 {
        let now: BTreeSet<String> = after.1[key].iter().flat_map(BTreeMap::values).map(|it| visible(it)).collect();
        let all = now.iter().cloned().collect::<Vec<_>>().join("\n");
        for texts in was {
            let source = visible(&texts["en-US"]);
            let translations = texts.iter().filter(|(locale, text)| *locale != "en-US" && !text.is_empty());
            for text in translations.map(|(_, text)| visible(text)) {
                if all.contains(&text) || all.contains(&source) { same += 1 } else { other += 1 }
            }
        }
    }
    (same, other)
}

impl Folder {
    /// Runs in a folder that another one clears away.
    fn kept(self, args: &[&str]) -> String {
        let run = self.run(args);
        std::mem::forget(self);
        assert_eq!(run.code, 0, "{}", run.err);
        run.out
    }
}

#[test]
fn rendered_articles_of_our_site_give_the_same_model() {
    let (same, other) = comes_back(&site());
    assert!(other * 100 <= same, "{same} texts of translations came back, {other} did not");
}

/// Every so many articles of the corpus are rendered and read back.
const EVERY: usize = 60;

#[test]
fn rendered_articles_of_the_corpus_give_the_same_model() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/sxs");
    let all: BTreeSet<String> = files(&corpus)
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "md"))
        .filter_map(|it| it.strip_prefix(&corpus).ok()?.to_str()?.split_once('/').map(|(_, rest)| rest.to_owned()))
        .collect();
    if all.is_empty() {
        return;
    }
    let folder = Folder::empty();
    for path in files(&corpus) {
        let name = path.strip_prefix(&corpus).unwrap().to_str().unwrap();
        let Some((_, rest)) = name.split_once('/') else { continue };
        if all.iter().position(|it| it == rest).is_some_and(|at| at % EVERY == 7) {
            folder.write(&format!("site/{name}"), &std::fs::read(&path).unwrap());
        }
    }
    let (same, other) = comes_back(&folder);
    assert!(other * 100 <= same, "{same} texts of translations came back, {other} did not");
}
