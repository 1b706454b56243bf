//! Answers kept in files: compared by default, written by `UPDATE=1 cargo test`.

use std::path::Path;

/// Compares `actual` with the file at `path` (relative to the crate), or writes it there.
#[track_caller]
pub fn check(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some_and(|it| it == "1") {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(&file, actual).unwrap();
        return;
    }
    // A checkout may have turned the line ends.
    let expected = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return;
    }
    let (mut left, mut right) = (expected.lines(), actual.lines());
    let mut line = 1;
    loop {
        match (left.next(), right.next()) {
            (left, right) if left == right && left.is_some() => line += 1,
            (left, right) => panic!(
                "{path} differs at line {line} (rewrite it with UPDATE=1 cargo test)\nexpected: {}\n  actual: {}\n\n{actual}",
                left.unwrap_or("(end)"),
                right.unwrap_or("(end)"),
            ),
        }
    }
}
