//! What can be seen of a project without reading its articles, to tell that something changed.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::cache::seen;
use super::{ProjectError, discover};
use crate::config::Settings;

/// A hash of what a run would read: which articles are there, and when they and the files of the
/// settings were changed.
pub fn sight(paths: &[PathBuf], settings: &Settings) -> Result<[u8; 32], ProjectError> {
    let found = discover(paths, settings)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(settings.identity().as_bytes()).update(&settings.bases.hash);
    let named = [Some(settings.record.as_path()), settings.baseline.as_deref()];
    let files: Vec<&Path> = found.iter().map(|it| &*it.on_disk).chain(named.into_iter().flatten()).collect();
    let all: Vec<String> = files.par_iter().map(|path| seen(path)).collect();
    all.iter().for_each(|it| {
        hasher.update(it.as_bytes());
    });
    Ok(hasher.finalize().into())
}
