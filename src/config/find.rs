//! Where the settings file is.

use std::path::{Path, PathBuf};

/// The names of the settings file, the one that wins first.
pub const FILE_NAMES: [&str; 3] = ["hexapla.toml", ".hexapla.toml", ".config/hexapla.toml"];

/// Looks for a settings file in `folder` and above it, up to the root of the repository.
/// Also gives those in the same folder that the first one shadows.
pub fn find(folder: &Path) -> Option<(PathBuf, Vec<PathBuf>)> {
    for folder in folder.ancestors() {
        let mut files = FILE_NAMES.iter().map(|name| folder.join(name)).filter(|path| path.is_file());
        if let Some(first) = files.next() {
            return Some((first, files.collect()));
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
