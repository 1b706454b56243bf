//! A revision of git as files: the part of it below a folder, in a folder of its own.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::git::{self, GitError, Objects};
use crate::document::Format;

/// The articles of a revision; gone when it is dropped.
#[derive(Debug)]
pub struct Checkout(PathBuf);

impl Checkout {
    /// Writes the articles that a revision has below `folder`.
    pub fn of(revision: &str, folder: &Path) -> Result<Self, GitError> {
        let top = git::top(folder)?;
        let commit = git::commit(folder, revision)?;
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let below = real(folder).strip_prefix(real(&top)).map(Path::to_owned).unwrap_or_default();
        let failed = |error: std::io::Error| GitError::Failed(error.to_string());
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("hexapla-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let checkout = Checkout(std::env::temp_dir().join(name));
        std::fs::create_dir(&checkout.0).map_err(failed)?;
        let mut objects = Objects::open(&top).map_err(failed)?;
        for path in git::files(&top, &commit)? {
            let Ok(inside) = Path::new(&path).strip_prefix(&below) else { continue };
            let plain = inside.components().all(|it| matches!(it, std::path::Component::Normal(_)));
            if Format::of_path(&path).is_none() || !plain {
                continue;
            }
            let Some(bytes) = objects.blob(&format!("{commit}:{path}")) else { continue };
            let file = checkout.0.join(inside);
            std::fs::create_dir_all(file.parent().unwrap_or(&checkout.0)).map_err(failed)?;
            std::fs::write(file, bytes).map_err(failed)?;
        }
        Ok(checkout)
    }

    /// Where the articles are.
    pub fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Checkout {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
