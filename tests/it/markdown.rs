//! What is read of an article: every kind of block and inline, with the bytes it stands on.

use hexapla::document::{self, Document, Format, Role};
use hexapla::locale::Locale;
use hexapla::markdown::{InlineKind, NodeKind};
use hexapla::text::Source;

use crate::snapshot;

fn read(text: &str) -> Document {
    document::read("a.md".into(), Locale::parse("en-US").unwrap(), Format::Markdown, Source::from(text))
}

/// The tree as text: a line a node, indented by depth, with its bytes; its inlines below it.
fn show(document: &Document) -> String {
    let mut lines = String::new();
    let tree = &document.tree;
    for entry in document.front_matter().into_iter().flat_map(|front| &front.entries) {
        lines.push_str(&format!("{} = {:?} {:?}\n", entry.path, entry.value, document.slice(entry.span)));
    }
    for (index, node) in tree.nodes.iter().enumerate() {
        let depth = tree.ancestors(index).count();
        let kind = match &node.kind {
            NodeKind::Item { number, marker, task } => {
                format!("Item {number:?} {:?} task {task:?}", document.slice(*marker))
            }
            NodeKind::Alert { kind, marker, standard } => {
                format!("Alert {kind:?} {:?} standard {standard}", document.slice(*marker))
            }
            NodeKind::Code { language, body } => format!("Code {language:?} {:?}", document.slice(*body)),
            kind => format!("{kind:?}"),
        };
        lines.push_str(&format!("{}{kind} {:?}\n", "  ".repeat(depth), document.slice(node.span)));
        for inline in tree.inlines_of(node) {
            let kind = match &inline.kind {
                InlineKind::LinkOpen { target } | InlineKind::ImageOpen { target } => {
                    format!("to {:?}", document.slice(*target))
                }
                InlineKind::LinkClose { .. } => "LinkClose".into(),
                InlineKind::ImageClose { .. } => "ImageClose".into(),
                InlineKind::Code { body } => format!("Code {:?}", document.slice(*body)),
                kind => format!("{kind:?}"),
            };
            lines.push_str(&format!("{}- {kind} {:?}\n", "  ".repeat(depth + 1), document.slice(inline.span)));
        }
    }
    for segment in &document.segments {
        lines.push_str(&format!("{:?}: {:?}\n", segment.role, document.slice(segment.span)));
    }
    for problem in &tree.problems {
        lines.push_str(&format!("! {} {:?}\n", problem.message, document.slice(problem.span)));
    }
    lines
}

#[test]
fn every_kind_of_block_and_inline_is_where_it_says() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/markdown");
    let mut names: Vec<String> = std::fs::read_dir(root)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok()?.strip_suffix(".md").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() >= 6);
    for name in names {
        let text = std::fs::read_to_string(format!("{root}/{name}.md")).unwrap();
        snapshot::check(&format!("fixtures/markdown/{name}.txt"), &show(&read(&text)));
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_no_segment() {
    let text = "---\ntitle: Keys\n---\n# Keys\n\n1. Turn the **key**.\n3. Push.\n\n> [!NOTE]\n> Mind the cat.\n";
    let texts = |document: &Document| -> Vec<String> {
        document.segments.iter().map(|segment| document.slice(segment.span).to_owned()).collect()
    };
    let plain = texts(&read(text));
    assert_eq!(plain, ["Keys", "Keys", "Turn the **key**.", "Push.", "Mind the cat."]);
    assert_eq!(texts(&read(&text.replace('\n', "\r\n"))), plain);
    assert_eq!(texts(&read(&format!("\u{feff}{text}"))), plain);
}

#[test]
fn yaml_articles_give_segments() {
    let text = "### YamlMime:FAQ\ntitle: Questions\nsections:\n- name: Paying\n  questions:\n  - question: How do I pay?\n    answer: |\n      By card.\n\n      - Or by bill.\n      - Or **later**.\n";
    let document = document::read("a.yml".into(), Locale::parse("en").unwrap(), Format::Yaml, Source::from(text));
    let texts: Vec<&str> = document.segments.iter().map(|segment| document.slice(segment.span)).collect();
    assert_eq!(texts, ["Questions", "Paying", "How do I pay?", "By card.", "Or by bill.", "Or **later**."]);
}

#[test]
fn published_pages_give_the_pairs_of_their_spans() {
    let text = "<!doctype html><html lang=\"de-de\"><head><meta name=\"ms.topic\" content=\"x\"></head><body>\
        <h1 id=\"keys\"><span data-ttu-id=\"a-1\">Schlüssel</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">Keys</span></span></h1>\
        <p><span data-ttu-id=\"a-2\">Drehen Sie den <strong>Schlüssel</strong>.</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-2\">Turn the <strong>key</strong>.</span></span></p></body></html>";
    let document = document::read("a.html".into(), Locale::parse("de").unwrap(), Format::Html, Source::from(text));
    let of = |role| -> Vec<&str> {
        let segments = document.segments.iter().filter(|segment| segment.role == role);
        segments.map(|segment| document.slice(segment.span)).collect()
    };
    assert_eq!(of(Role::Source), ["Keys", "Turn the <strong>key</strong>."]);
    assert_eq!(of(Role::Target), ["Schlüssel", "Drehen Sie den <strong>Schlüssel</strong>."]);
    assert_eq!((document.meta("lang"), document.meta("ms.topic")), ("de-de", "x"));
}

#[test]
fn a_pair_that_runs_over_two_blocks_leaves_each_byte_one_reading() {
    let pair = |id: &str, gap: &str| {
        format!("<span data-ttu-id=\"{id}\">Eins.</span><span{gap}><span data-stu-id=\"{id}\">One.</span></span>")
    };
    let document = read(&format!("{} Und {} Ende.\n", pair("a", "\n\n"), pair("b", "")));
    crate::targets::check_laws(&document);
    let sides: Vec<&str> =
        document.segments.iter().filter(|it| it.pair.is_some()).map(|it| document.slice(it.span)).collect();
    assert_eq!(sides, ["Eins.", "One.", "Eins.", "One."]);
}
