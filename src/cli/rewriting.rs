//! Articles that are rewritten: what would change, and the writing itself.

use std::path::Path;

use similar::TextDiff;

use super::Failure;
use crate::project;

/// Writes an article, unless somebody else has in the meantime.
pub(super) fn write(path: &str, on_disk: &Path, before: &[u8], after: &[u8]) -> Result<(), Failure> {
    if std::fs::read(on_disk).ok().as_deref() != Some(before) {
        return Err(format!("{path}: changed while it was worked on; nothing was written to it").into());
    }
    Ok(project::atomic_write(on_disk, after)?)
}

/// What would change, as a unified diff; empty where nothing would.
pub(super) fn diff(path: &str, before: &[u8], after: &[u8]) -> String {
    if before == after {
        return String::new();
    }
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let diff = TextDiff::from_lines(&*before, &*after);
    diff.unified_diff().context_radius(1).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
