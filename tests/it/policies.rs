//! Policies: each language's own sentences, and what articles of our own state.

use std::process::Command;

use hexapla::document::{self, Document, Format};
use hexapla::locale::{Locale, supported};
use hexapla::procedure::{Outline, Stated, policies, shorthand};
use hexapla::text::Source;

fn english() -> Locale {
    Locale::parse("en-US").unwrap()
}

fn read(path: &str, text: &str) -> Document {
    document::read(path.into(), english(), Format::of_path(path).unwrap(), Source::from(text))
}

fn stated(document: &Document) -> Vec<Stated> {
    policies("article", &Outline::of(document), &document.locale, document.locale.words())
}

/// The policies of an article, one a line.
fn lines(path: &str, text: &str) -> String {
    let document = read(path, text);
    stated(&document).iter().map(|it| shorthand(&it.policy) + "\n").collect()
}

#[test]
fn every_language_passes_its_own_sentences() {
    let mut wrong = String::new();
    for (locale, data) in supported() {
        for test in &data.policies.tests {
            let document = document::read("a.md".into(), locale.clone(), Format::Markdown, Source::from(&*test.text));
            let all = policies("a", &Outline::of(&document), &locale, locale.words());
            let found = all.iter().map(|it| shorthand(&it.policy)).collect::<Vec<_>>().join("; ");
            if found != test.states {
                wrong.push_str(&format!("{locale}: {}\n  says  {}\n  reads {found}\n", test.text, test.states));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn an_example_says_how_long_a_window_is_and_an_abbreviation_what_it_is_counted_from() {
    let text = "# Renew a Lindenhof Desk plan\n\n\
        You can renew your plan only after it expires. For example, if your plan expires on June 22, you can renew it \
        starting June 23 and for 30 days after.\n\n\
        ## Window of the Lindenhof Cloud plan\n\n\
        This is the anniversary date (AD). The renewal window opens for 30 days \
        from AD to AD+30 days.\n";
    assert_eq!(
        lines("a.md", text),
        "renewal-window desk-lindenhof: permission, only, expiry from P0D excluded to P30D\n\
         renewal-window desk-lindenhof: permission, example, date:--06-22 from --06-23 to P30D\n\
         renewal-window cloud-lindenhof: anniversary from P0D for P30D\n"
    );
}

#[test]
fn headings_and_tables_say_what_a_statement_holds_for() {
    let text = "# Cancellation\n\n## Legacy\n\nIf you cancel your plan within 30 days of the purchase, you get a full refund.\n\n\
        | Product | Refund |\n| --- | --- |\n| Lindenhof Desk plans in Japan | Prorated refund within seven days of the purchase |\n";
    let document = read("a.md", text);
    let all: Vec<String> = stated(&document)
        .iter()
        .map(|it| format!("{} {:?}", shorthand(&it.policy), it.policy.scope.dimensions))
        .collect();
    assert_eq!(
        all.join("\n"),
        "refund plan: purchase to P30D, full-refund {\"commerce\": [\"legacy\"]}\n\
         refund desk-japan-lindenhof: purchase to P7D, prorated-refund {\"commerce\": [\"legacy\"], \"region\": [\"japan\"]}"
    );
}

#[test]
fn an_answer_is_said_of_what_the_question_names() {
    let text = "### YamlMime:FAQ\ntitle: Questions\nsections:\n  - name: Plans\n    questions:\n      - question: |\n          \
        When can I renew a Lindenhof Desk plan?\n        answer: |\n          The renewal window opens on the day after the expiry date.\n";
    assert_eq!(lines("faq.yml", text), "renewal-window desk-lindenhof: expiry from P1D\n");
}

#[test]
fn an_id_names_no_locale_and_no_line() {
    let text = "# Renew a Lindenhof Desk plan\n\nYou can renew your plan only after it expires.\n";
    let moved = format!("\n\n{text}");
    let ids = |text: &str| stated(&read("a.md", text)).iter().map(|it| it.policy.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(text), ids(&moved));
    assert!(ids(text)[0].starts_with("article#renew-a-lindenhof-desk-plan/P"), "{:?}", ids(text));
}

#[test]
fn the_matrix_shows_where_articles_and_locales_part() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    let command = command.args(["model", "content", "--matrix", "--quiet"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(text.contains("refund of subscription (cancel)"), "{text}");
    assert!(text.contains("purchase to P7D, full-refund"), "{text}");
    assert!(text.contains("purchase to P10D, full-refund"), "{text}");
    assert!(text.contains("differs from the source"), "{text}");
}
