//! Every format, on a handful of invented findings and on random ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::ValueEnum;
use hexapla::diagnostic::{Applicability, Diagnostic, Edit, Excerpt, Fix, Label, Labeler, Range, Severity, UnitRef};
use hexapla::report::{Format, Report, RuleInfo, Summary, render, schema, statistics};
use hexapla::text::{Position, Source, Span};
use proptest::prelude::*;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::snapshot;

const RULES: &[RuleInfo] = &[
    RuleInfo {
        name: "changed-duration",
        summary: "the target states another duration than the source",
        family: "facts",
        severity: Severity::Error,
        page: "# changed-duration\n\nA reader who trusts the number\nmisses the deadline.\n\n## Examples\n",
    },
    RuleInfo {
        name: "spacing",
        summary: "a space is missing or too many",
        family: "language and typography",
        severity: Severity::Info,
        page: "",
    },
];

/// Findings in two invented articles: wide characters, a long line, several lines, a fix, a whole
/// article, and text that would like to break a format.
fn findings() -> Vec<Diagnostic> {
    let english = Source::from("# Returns\n\nSend the lamp back within 30 days, and we return **the whole amount**.\n");
    let chinese = Source::from("# 退货\n\n请在 14 天内寄回台灯,我们将退还**全部款项**。\n\n第一行\n第二行  \n第三行\n");
    let long = "灯泡很亮。".repeat(60) + "请在 14 天内寄回。" + &"灯罩是蓝色的。".repeat(60);
    let long = Source::from(long.as_str());
    let source = Labeler::new("en-us/returns.md".into(), &english);
    let target = Labeler::new("zh-cn/returns.md".into(), &chinese);
    let wide = Labeler::new("zh-cn/长 文,a:b.md".into(), &long);
    let place = |source: &Source, text: &str| {
        let at = source.text().find(text).unwrap();
        Span::new(at, at + text.len())
    };
    vec![
        Diagnostic {
            rule: "changed-duration",
            severity: Severity::Error,
            message: "the source says “30 days”, the target “14 天”".into(),
            help: Some("write the duration of the source, or correct the source".into()),
            primary: target.label(place(&chinese, "14 天"), ""),
            labels: vec![source.label(place(&english, "30 days"), "the source says 30 days")],
            unit: Some(
                UnitRef {
                    id: "a326e-104".into(),
                    source: "Send the lamp back within 30 days".into(),
                    target: "请在 14 天内寄回台灯".into(),
                    locale: "zh-CN".into(),
                }
                .into(),
            ),
            fix: None,
            fingerprint: "00000000000000a1".into(),
        },
        Diagnostic {
            rule: "spacing",
            severity: Severity::Info,
            message: "two blanks at the end of “第二行”".into(),
            help: None,
            primary: target.label(place(&chinese, "第一行\n第二行  \n第三"), "these lines"),
            labels: Vec::new(),
            unit: None,
            fix: Some(Fix {
                message: "remove the blanks".into(),
                applicability: Applicability::Safe,
                edits: vec![Edit { span: place(&chinese, "  "), text: String::new() }],
            }),
            fingerprint: "00000000000000a2".into(),
        },
        Diagnostic {
            rule: "changed-duration",
            severity: Severity::Warning,
            message: "a long line, “14 天” in the midst".into(),
            help: None,
            primary: wide.label(place(&long, "14 天"), "here"),
            labels: Vec::new(),
            unit: None,
            fix: None,
            fingerprint: "00000000000000a3".into(),
        },
        Diagnostic {
            rule: "missing-article",
            severity: Severity::Warning,
            message: "no translation of “50% off, [now](1)”\n::error::|`*@you*`| <b>&amp;\u{1b}[31m]]>".into(),
            help: Some("translate\tit,\r\nor say why not".into()),
            primary: Label { path: "en-us/50%off.md".into(), ..Label::default() },
            labels: vec![Label {
                path: "de-de".into(),
                message: "it would be in this folder".into(),
                ..Label::default()
            }],
            unit: None,
            fix: Some(Fix {
                message: "make an empty article".into(),
                applicability: Applicability::Ask,
                edits: Vec::new(),
            }),
            fingerprint: "00000000000000a3".into(),
        },
    ]
}

fn summary(findings: &[Diagnostic]) -> Summary {
    let mut summary = Summary {
        articles: 350,
        units: 4120,
        notes: vec!["zh-cn/returns.md is paired with the English recovered from ja-jp/returns.md".into()],
        locales: BTreeMap::from([("en-US".into(), 175), ("zh-CN".into(), 175)]),
        ..Summary::default()
    };
    summary.count(findings);
    summary
}

fn report<'a>(findings: &'a [Diagnostic], summary: &'a Summary) -> Report<'a> {
    Report { findings, summary, rules: RULES, width: 80, color: false, max_per_rule: None }
}

fn written(report: &Report, format: Format) -> String {
    let mut out = Vec::new();
    render(report, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_format_is_as_agreed() {
    let findings = findings();
    let summary = summary(&findings);
    let report = report(&findings, &summary);
    for (format, file) in [
        (Format::Human, "human.txt"),
        (Format::Concise, "concise.txt"),
        (Format::Json, "findings.json"),
        (Format::Jsonl, "lines.json"),
        (Format::Sarif, "findings.sarif"),
        (Format::Github, "github.txt"),
        (Format::Gitlab, "gitlab.json"),
        (Format::Junit, "junit.xml"),
        (Format::Markdown, "summary.md"),
    ] {
        let text = written(&report, format).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        snapshot::check(&format!("fixtures/report/{file}"), &text);
    }
    let mut out = Vec::new();
    statistics(&report, &mut out).unwrap();
    snapshot::check("fixtures/report/statistics.txt", &String::from_utf8(out).unwrap());
    snapshot::check("fixtures/report/schema.json", &(serde_json::to_string_pretty(&schema()).unwrap() + "\n"));
}

#[test]
fn a_person_sees_the_first_of_many() {
    let mut findings = vec![findings().remove(3); 3];
    findings.iter_mut().for_each(|it| it.message = "no translation".into());
    let summary = Summary { articles: 1, warnings: 3, ..Summary::default() };
    let report = Report { max_per_rule: Some(1), ..report(&findings, &summary) };
    let text = written(&report, Format::Human);
    assert_eq!(text.matches("warning[missing-article]").count(), 1);
    assert!(text.ends_with(
        "… 2 more `missing-article` findings (show all: --max-findings 0)\n\nFound 3 warnings in 1 of 1 article.\n"
    ));
    assert_eq!(written(&report, Format::Concise).lines().count(), 3);
}

#[test]
fn an_excerpt_fits_the_screen_and_shows_the_place() {
    let findings = vec![findings().remove(2)];
    let summary = summary(&findings);
    for width in 40..130 {
        let text = written(&Report { width, ..report(&findings, &summary) }, Format::Human);
        let line = text.lines().find(|line| line.starts_with("1 |")).unwrap();
        assert!(line.contains("请在 14 天内寄回"), "{line}");
        assert!((width - 3..=width).contains(&line.width()), "{} of {width}: {line}", line.width());
        let carets = text.lines().find(|line| line.contains("^^^^^")).unwrap();
        let (before, _) = line.split_once("14 天").unwrap();
        assert_eq!(carets.find('^').unwrap(), before.width());
    }
}

#[test]
fn gutters_line_up() {
    let mut finding = findings().remove(0);
    finding.labels[0].excerpt.line = 1204;
    let text = written(&report(&[finding], &Summary::default()), Format::Human);
    let bars: Vec<_> = text.lines().filter_map(|line| line.find(" |")).collect();
    assert_eq!(bars, [4; 6], "{text}");
}

#[test]
fn nothing_found_is_said_in_every_format() {
    let summary = Summary { articles: 350, ..Summary::default() };
    let report = report(&[], &summary);
    assert_eq!(written(&report, Format::Human), "No findings in 350 articles.\n");
    assert_eq!(written(&report, Format::Markdown), "## No findings in 350 articles\n");
    assert_eq!(written(&report, Format::Gitlab), "[]\n");
    assert!(written(&report, Format::Junit).contains("tests=\"1\" failures=\"0\""));
    for format in [Format::Concise, Format::Jsonl, Format::Github] {
        assert_eq!(written(&report, format), "");
    }
    check_json(&written(&report, Format::Json));
    check_sarif(&written(&report, Format::Sarif));
}

#[test]
fn json_and_sarif_hold_what_they_promise() {
    let findings = findings();
    let summary = summary(&findings);
    let report = report(&findings, &summary);
    check_json(&written(&report, Format::Json));
    check_sarif(&written(&report, Format::Sarif));
}

#[test]
fn colour_is_only_colour() {
    let findings = findings();
    let summary = summary(&findings);
    let plain = report(&findings, &summary);
    let color = written(&Report { color: true, ..plain }, Format::Human);
    assert!(color.contains("\u{1b}["));
    let bare = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().replace_all(&color, "").into_owned();
    let trimmed: String = bare.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    assert_eq!(trimmed, written(&plain, Format::Human));
}

/// The output follows its own schema.
#[track_caller]
fn check_json(text: &str) {
    static VALIDATOR: std::sync::LazyLock<jsonschema::Validator> =
        std::sync::LazyLock::new(|| jsonschema::validator_for(&schema()).unwrap());
    let value: Value = serde_json::from_str(text).unwrap();
    let errors: Vec<_> = VALIDATOR.iter_errors(&value).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// What SARIF 2.1.0 demands of the parts that are used.
#[track_caller]
fn check_sarif(text: &str) {
    let log: Value = serde_json::from_str(text).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(
            ["/id", "/shortDescription/text", "/fullDescription/text", "/help/text"]
                .iter()
                .all(|at| rule.pointer(at).is_some_and(|it| !it.as_str().unwrap().is_empty()))
        );
    }
    for result in run["results"].as_array().unwrap() {
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
        if let Some(index) = result["ruleIndex"].as_u64() {
            assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        }
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        for location in result["locations"].as_array().unwrap().iter().chain(related) {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.bytes().all(|it| it.is_ascii_graphic() && !b":\\\"<>^`{|}?#".contains(&it)), "{uri}");
            if let Some(region) = place.get("region") {
                let number = |key: &str| region[key].as_u64().unwrap();
                assert!(number("startLine") >= 1 && number("startColumn") >= 1 && number("endColumn") >= 1);
                assert!(number("endLine") >= number("startLine"));
            }
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let replacements = fix["artifactChanges"][0]["replacements"].as_array().unwrap();
            assert!(!replacements.is_empty());
            assert!(replacements.iter().all(|it| it["deletedRegion"]["byteOffset"].is_u64()));
        }
    }
}

/// Reads XML to its end, strictly, and gives back how many elements of a name there are.
fn xml_elements(text: &str, name: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut count = 0;
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Start(it) | Event::Empty(it) => {
                it.attributes().for_each(|it| assert!(it.is_ok()));
                count += (it.name().as_ref() == name) as usize;
            }
            Event::Eof => return count,
            _ => {}
        }
    }
}

/// Text that formats and terminals are afraid of, mixed with any other.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "\n",
            "\r\n",
            "\t",
            "::",
            "%0A",
            "|",
            "`",
            "]]>",
            "<![CDATA[",
            "&",
            "\"",
            "\u{1b}[31m",
            "\0",
            "文字",
            "👨‍👩‍👧",
            "](",
            "\u{202e}",
            "\u{fffe}",
            "e\u{301}",
            "{0}",
            "plain words ",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_label() -> impl Strategy<Value = Label> {
    let position =
        || (0..5u32, 0..90u32, any::<u32>()).prop_map(|(line, column, byte)| Position { line, column, byte });
    let excerpt = (any_text(), 0..5u32, 0..90usize, 0..90usize, any::<bool>(), any::<bool>()).prop_map(
        |(text, line, start, end, cut_before, cut_after)| Excerpt { text, line, start, end, cut_before, cut_after },
    );
    (any_text(), position(), position(), any_text(), excerpt).prop_map(|(path, start, end, message, excerpt)| Label {
        path: Arc::from(path),
        range: Range { start, end },
        message,
        excerpt,
    })
}

fn any_finding() -> impl Strategy<Value = Diagnostic> {
    let severity = prop::sample::select(vec![Severity::Info, Severity::Warning, Severity::Error]);
    let unit = (any_text(), any_text(), any_text(), any_text()).prop_map(|(id, source, target, locale)| UnitRef {
        id,
        source,
        target,
        locale,
    });
    let fix = (any_text(), any::<(u32, u32)>(), any_text()).prop_map(|(message, (start, end), text)| Fix {
        message,
        applicability: Applicability::Ask,
        edits: vec![Edit { span: Span { start, end }, text }],
    });
    let words = (any_text(), prop::option::of(any_text()), "[0-9a-f]{0,2}");
    let labels = prop::collection::vec(any_label(), 0..3);
    (severity, words, any_label(), labels, prop::option::of(unit), prop::option::of(fix)).prop_map(
        |(severity, (message, help, fingerprint), primary, labels, unit, fix)| Diagnostic {
            rule: "changed-duration",
            severity,
            message,
            help: help.map(Into::into),
            primary,
            labels,
            unit: unit.map(Into::into),
            fix,
            fingerprint,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn no_text_breaks_a_format(
        findings in prop::collection::vec(any_finding(), 0..4),
        note in any_text(),
        width in 0..120usize,
    ) {
        let mut summary = Summary { articles: 4, notes: vec![note], ..Summary::default() };
        summary.count(&findings);
        let report = Report { width, ..report(&findings, &summary) };
        let mut of: BTreeMap<String, String> = BTreeMap::new();
        for &format in Format::value_variants() {
            of.insert(format!("{format:?}"), written(&report, format));
        }
        check_json(&of["Json"]);
        check_sarif(&of["Sarif"]);
        let json: Value = serde_json::from_str(&of["Json"]).unwrap();
        for (finding, view) in findings.iter().zip(json["findings"].as_array().unwrap()) {
            prop_assert_eq!(view["message"].as_str().unwrap(), &finding.message);
        }
        for line in of["Jsonl"].lines() {
            serde_json::from_str::<Value>(line).unwrap();
        }
        let gitlab: Vec<Value> = serde_json::from_str(&of["Gitlab"]).unwrap();
        let prints: std::collections::BTreeSet<_> = gitlab.iter().map(|it| it["fingerprint"].to_string()).collect();
        prop_assert_eq!(prints.len(), findings.len());
        prop_assert_eq!(xml_elements(&of["Junit"], "failure"), findings.len());
        for format in ["Concise", "Github"] {
            prop_assert_eq!(of[format].lines().count(), findings.len());
        }
        for format in ["Human", "Concise", "Github", "Junit", "Markdown"] {
            prop_assert!(!of[format].contains(|c: char| c.is_control() && c != '\n'), "{}", of[format]);
        }
    }
}
