//! What articles tell a reader to do: the frames' own sentences, and whole articles against files.

use std::process::Command;

use hexapla::document::{self, Format};
use hexapla::locale::{Locale, supported};
use hexapla::procedure::{Action, Reading};
use hexapla::text::Source;

fn hexapla(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    let output = command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// `select [Settings > Users] tab (if you may); enter name`
fn shown(action: &Action) -> String {
    let mut text = action.verb.clone();
    if let Some(target) = &action.target {
        let labels = target.path.iter().chain([&target.label]).flat_map(|texts| texts.values());
        text += &format!(" [{}]", labels.cloned().collect::<Vec<_>>().join(" > "));
        text += &target.control.as_ref().map(|control| format!(" {control}")).unwrap_or_default();
    }
    text += &action.object.as_ref().map(|object| format!(" {object}")).unwrap_or_default();
    text += &action.purpose.as_ref().map(|purpose| format!(" (to {purpose})")).unwrap_or_default();
    if let Some(when) = &action.when {
        text += &format!(" ({} {})", if when.negated { "unless" } else { "if" }, when.text);
    }
    text + if action.optional { "?" } else { "" }
}

/// What a sentence orders.
fn orders(locale: &Locale, text: &str) -> String {
    let document = document::read("a.md".into(), locale.clone(), Format::Markdown, Source::from(text));
    let reading = Reading::of(&document, locale);
    let words = locale.frames().unwrap();
    let mut all = Vec::new();
    for section in &reading.outline.sections {
        for block in &section.blocks {
            let hexapla::procedure::Block::Paragraph(own) = block else { continue };
            for orders in own.iter().flat_map(|passage| reading.orders(passage, words)) {
                let mut one: Vec<String> = orders.actions.iter().map(shown).collect();
                if let Some(condition) = &orders.condition {
                    one.insert(0, format!("{} {}:", if condition.negated { "unless" } else { "if" }, condition.text));
                }
                if orders.is_result {
                    one.push("(result)".to_owned());
                }
                all.push(one.join("; ").replace(":; ", ": "));
            }
        }
    }
    all.join(" / ")
}

#[test]
fn the_frames_of_a_language_pass_its_own_sentences() {
    let mut wrong = String::new();
    for (locale, data) in supported() {
        for test in &data.frames.tests {
            let found = orders(&locale, &test.text);
            if found != test.orders {
                wrong.push_str(&format!("{locale}: {}\n  says  {}\n  reads {found}\n", test.text, test.orders));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

const CASES: [&str; 2] = ["recovered", "site"];

#[test]
fn articles_give_their_models_to_the_byte() {
    for case in CASES {
        let folder = format!("fixtures/procedure/{case}");
        let one = hexapla(&["model", &folder, "-q", "--jobs", "1"]);
        assert_eq!(one, hexapla(&["model", &folder, "-q", "--jobs", "8"]), "{case}: on 8 threads");
        crate::snapshot::check(&format!("fixtures/procedure/{case}.json"), &one);
    }
}

#[test]
fn all_formats_hold_the_same_model() {
    for case in CASES {
        let folder = format!("fixtures/procedure/{case}");
        let json: serde_json::Value = serde_json::from_str(&hexapla(&["model", &folder, "-q"])).unwrap();
        let yaml = hexapla(&["model", &folder, "-q", "--format", "yaml"]);
        let yaml: serde_json::Value = serde_yaml::from_str(&yaml).unwrap();
        assert_eq!(yaml, json, "{case}: yaml");
        let lines = hexapla(&["model", &folder, "-q", "--format", "jsonl"]);
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(serde_json::Value::Array(lines), json["articles"], "{case}: jsonl");
    }
}

#[test]
fn the_schema_is_published_and_the_models_keep_it() {
    let schema = hexapla(&["model", "--schema"]);
    crate::snapshot::check("fixtures/procedure/schema.json", &schema);
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for folder in ["fixtures/procedure/recovered", "fixtures/procedure/site", "content"] {
        let model: serde_json::Value = serde_json::from_str(&hexapla(&["model", folder, "-q"])).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&model).map(|it| format!("{}: {it}", it.instance_path())).collect();
        assert!(errors.is_empty(), "{folder}: {errors:?}");
    }
}

#[test]
fn a_locale_without_a_source_is_left_out_with_a_note() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    command.args(["model", "fixtures/procedure/site"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("only-here.md is left out: it has no source in the project"), "{said}");
    let german = hexapla(&["model", "fixtures/procedure/recovered", "-q", "--locale", "ru-RU"]);
    assert!(german.contains("ru-RU") && !german.contains("zh-TW"));
}

/// The two worked examples, on the seeds, where they are at hand.
#[test]
fn the_seeds_give_the_worked_examples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.exists() {
        return;
    }
    let model: serde_json::Value = serde_json::from_str(&hexapla(&["model", "../shared/seeds", "-q"])).unwrap();
    let article = &model["articles"][0];
    let procedure = |anchor: &str| {
        let all = article["procedures"].as_array().unwrap();
        all.iter().find(|it| it["section"] == *anchor).unwrap_or_else(|| panic!("{anchor}"))
    };
    let written = |it: &serde_json::Value| -> Vec<String> {
        it["steps"].as_array().unwrap().iter().map(|it| it["written"].as_str().unwrap().to_owned()).collect()
    };
    let cancel = procedure("cancel-your-action-pack-subscription");
    assert_eq!(written(cancel), ["1", "3", "4", "5"]);
    assert_eq!(cancel["steps"][2]["body"]["kind"], "all");
    assert_eq!(cancel["follow_up"][0]["actions"][0]["target"]["path"][0]["en-US"], "Support");
    let renew = procedure("to-renew-a-microsoft-action-pack-subscription-in-the-partner-center");
    assert_eq!(renew["steps"][2]["body"]["kind"], "branch");
    assert_eq!(renew["steps"][2]["body"]["on"], "payment-method");
    let label = &renew["steps"][1]["actions"][0]["target"]["label"];
    for (locale, text) in
        [("en-US", "Renew subscription"), ("zh-CN", "续订订阅"), ("zh-TW", "續約訂閱"), ("ru-RU", "Продлить подписку")]
    {
        assert_eq!(label[locale], text, "{locale}");
    }
    let check = procedure("check-your-renewal-eligibility");
    assert_eq!(check["steps"][1]["body"]["kind"], "choice");
    let policy = |kind: &str, holds: &dyn Fn(&serde_json::Value) -> bool| {
        let all = article["policies"].as_array().unwrap();
        all.iter().find(|it| it["kind"] == *kind && holds(it)).unwrap_or_else(|| panic!("{kind}"))
    };
    let window = policy("renewal-window", &|it| it["exclusive"] == true);
    assert_eq!((&window["modality"], &window["time"]["anchor"]), (&"permission".into(), &"expiry".into()));
    let after = serde_json::json!({"offset": "P0D", "closed": false});
    assert_eq!((&window["time"]["start"], &window["time"]["end"]["offset"]), (&after, &"P30D".into()));
    policy("auto-renewal", &|it| it["automatic"] == true && it["frequency"] == "P1Y");
    let support = policy("cancel-channel", &|it| it["modality"] == "contingent-obligation");
    assert_eq!(support["by_locale"], serde_json::json!({"ru-RU": "obligation"}));
    assert_eq!(support["translations"]["zh-TW"], "explicit");
}

/// The labels that the only step of an article names beside those of its actions.
fn named(text: &str) -> String {
    let locale = Locale::parse("en").unwrap();
    let text = format!("# Save a file\n\nFollow these steps:\n\n1. Select **Open**. {text}\n2. Select **Close**.\n");
    let document = document::read("a.md".into(), locale.clone(), Format::Markdown, Source::from(text.as_str()));
    let reading = Reading::of(&document, &locale);
    let labels = reading.procedures[0].steps[0].named.iter().map(|target| {
        target
            .path
            .iter()
            .chain([&target.label])
            .flat_map(|texts| texts.values())
            .cloned()
            .collect::<Vec<_>>()
            .join(" > ")
    });
    labels.collect::<Vec<_>>().join("; ")
}

#[test]
fn labels_that_no_action_names() {
    for (text, labels) in [
        ("The status is **Draft**, **Live**, or **Ended**.", "Draft; Live; Ended"),
        ("The name is in **Settings** > **Files**.", "Settings; Files"),
        ("If **Backup** is set to **On**, nothing is lost.", "On"),
        ("If you selected **Backup** before, nothing is lost.", "Backup"),
        ("You'll see **All files** there.", "All files"),
        ("The *Files* tab has more.", "Files"),
        // Emphasis, and names of code.
        ("Do this **Only Once** a day.", ""),
        ("It is a *Lindenhof* file.", ""),
        ("It is a list of **FileSystemItem** objects, each with **Items.ById**.", ""),
    ] {
        assert_eq!(named(text), labels, "{text}");
    }
}

/// A sentence with one label in bold and others in italics: only those in bold are told apart by
/// their order.
#[test]
fn labels_in_bold_and_in_italics_in_one_sentence() {
    let text = "<span data-ttu-id=\"a-1\">Öffnen Sie *A* unter *B* oder *C* aus **D**.</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">Open *A* under *B* or *C* from **D** under *E*.</span></span>";
    let folder = crate::folder::Folder::new("italics", &[("de-de/a.md", &format!("# T\n\n1. {text}\n"))]);
    folder.run(&["model"]).shows(0, "\"de-DE\": \"D\"", "");
}
