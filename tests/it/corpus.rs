//! Laws on real articles: on `content/`, and on the shared corpus when it is there.

use std::path::Path;

use hexapla::document::{self, Document, Format, Role};
use hexapla::locale::Locale;
use hexapla::text::Source;

use crate::folder::articles;
use crate::targets::check_laws;

fn read(path: &Path) -> Document {
    let name = path.to_string_lossy();
    let source = Source::from_bytes(std::fs::read(path).unwrap());
    document::read(name.as_ref().into(), Locale::parse("zh-CN").unwrap(), Format::of_path(&name).unwrap(), source)
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
