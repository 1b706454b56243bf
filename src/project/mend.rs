//! Findings → articles with the safe fixes in them, as they would be written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Group, Unsaved};
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::lint;
use crate::text::Source;

/// An article with fixes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The path to write it by.
    pub on_disk: PathBuf,
    /// Its bytes as they are on disk.
    pub before: Vec<u8>,
    /// How many fixes were applied.
    pub fixes: usize,
}

/// Applies the safe fixes of these findings once: the texts go to `unsaved`, from where the next run
/// reads them, and what was done to `mended`. False where nothing was to be done. An article that is
/// no UTF-8 is left alone.
pub fn mend(
    groups: &[Group],
    findings: &[Diagnostic],
    unsaved: &mut Unsaved,
    mended: &mut BTreeMap<Arc<str>, Mended>,
) -> bool {
    let paths: BTreeSet<&str> = findings.iter().filter(|it| it.fix.is_some()).map(|it| &*it.primary.path).collect();
    let mut any = false;
    for member in groups.iter().flat_map(|group| &group.members).filter(|it| paths.contains(&*it.found.path)) {
        let path = &member.found.path;
        let now = unsaved.get(&**path).cloned();
        let before = match mended.get(path) {
            Some(it) => it.before.clone(),
            None => std::fs::read(&member.found.on_disk).unwrap_or_default(),
        };
        let Some(text) = now.or_else(|| String::from_utf8(before.clone()).ok()) else { continue };
        let source = Source::from(text.as_str());
        if source.text() != text {
            continue;
        }
        let document = document::read(path.clone(), member.locale.clone(), member.found.format, source);
        let of = findings.iter().filter(|it| it.primary.path == *path);
        let Some((text, fixes)) = lint::mend(&document, of) else { continue };
        any = true;
        unsaved.insert(path.to_string(), text);
        let on_disk = member.found.on_disk.clone();
        mended.entry(path.clone()).or_insert(Mended { on_disk, before, fixes: 0 }).fixes += fixes;
    }
    any
}
