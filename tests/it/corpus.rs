//! Laws on real articles: on `content/`, and on the shared corpus when it is there.

use std::path::Path;

use hexapla::document::{self, Document, Format, Role};
use hexapla::locale::Locale;
use hexapla::text::Source;

use crate::folder::articles;

fn read(path: &Path) -> Document {
    let name = path.to_string_lossy();
    let source = Source::from_bytes(std::fs::read(path).unwrap());
    document::read(name.as_ref().into(), Locale::parse("zh-CN").unwrap(), Format::of_path(&name).unwrap(), source)
}

/// What holds of every document, however broken.
#[track_caller]
pub fn check_laws(document: &Document) {
    let text = document.source.text();
    let mut at = 0;
    for (span, _) in document.pieces() {
        assert_eq!(span.start, at, "{}: pieces lie end to end", document.path);
        assert!(text.get(span.range()).is_some(), "{}: {span:?} is on character boundaries", document.path);
        at = span.end;
    }
    assert_eq!(at as usize, text.len(), "{}: the pieces are the file", document.path);
    let tree = &document.tree;
    for (index, node) in tree.nodes.iter().enumerate() {
        assert!(text.get(node.span.range()).is_some(), "{}: {:?} {:?}", document.path, node.kind, node.span);
        assert!(node.end as usize > index && node.end as usize <= tree.nodes.len());
        if let Some(parent) = node.parent {
            let parent = &tree.nodes[parent as usize];
            assert!(parent.span.contains(node.span), "{}: {:?} lies in {:?}", document.path, node, parent);
        }
    }
    for inline in &tree.inlines {
        assert!(text.get(inline.span.range()).is_some(), "{}: {inline:?}", document.path);
    }
    for segment in &document.segments {
        let mut at = 0;
        for inline in document.inlines_of(segment) {
            assert!(segment.span.contains(inline.span), "{}: {inline:?} lies in {segment:?}", document.path);
            assert!(inline.span.start >= at, "{}: {inline:?} comes after what lies before it", document.path);
            at = inline.span.end;
        }
    }
    for problem in &tree.problems {
        assert!(text.get(problem.span.range()).is_some(), "{}: {problem:?}", document.path);
    }
}

#[test]
fn laws_hold_on_our_own_site() {
    for path in articles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")) {
        check_laws(&read(&path));
    }
}

#[test]
fn laws_hold_on_the_shared_articles() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    for path in ["corpus", "seeds"].iter().flat_map(|folder| articles(&shared.join(folder))) {
        let document = read(&path);
        check_laws(&document);
        // Every written id is a pair, and each pair gives both sides.
        let text = document.source.text();
        let written = text.matches("data-ttu-id=").count();
        let sides = |role| document.segments.iter().filter(|segment| segment.role == role).count();
        if document.tree.problems.iter().all(|it| it.kind != hexapla::markdown::ProblemKind::BilingualSpan) {
            assert_eq!((written, written), (sides(Role::Target), sides(Role::Source)), "{}", path.display());
        }
    }
}
