//! One file in, one file out.

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use crate::text::{MAX_SOURCE_BYTES, Source};

/// An article that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It is too large to be an article.
    #[error("{}: larger than {} MiB", path.display(), MAX_SOURCE_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// Reads an article.
pub fn load(path: &Path) -> Result<Source, LoadError> {
    let refused = |error| LoadError::Io { path: path.to_owned(), error };
    let size = std::fs::metadata(path).map_err(refused)?.len();
    if size > MAX_SOURCE_BYTES {
        return Err(LoadError::TooLarge { path: path.to_owned() });
    }
    Ok(Source::from_bytes(std::fs::read(path).map_err(refused)?))
}

/// A file that cannot be written; what was there is still there.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {error}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub error: std::io::Error,
}

/// Writes a file so that a reader sees the old bytes or the new ones and never a part: into a
/// new file beside it, which then takes its name and its permissions. A link stays a link.
pub fn atomic_write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    put(path, bytes, true)
}

/// The same for a file that can be made again: it does not wait for the disk, and may be lost with
/// the power.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    put(path, bytes, false)
}

fn put(path: &Path, bytes: &[u8], lasting: bool) -> Result<(), WriteError> {
    let failed = |error| WriteError { path: path.to_owned(), error };
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&target).ok();
    // A device or a pipe has no bytes that could be lost, and is not to be replaced by a file.
    if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
        return std::fs::OpenOptions::new()
            .write(true)
            .open(&target)
            .and_then(|mut device| device.write_all(bytes))
            .map_err(failed);
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(failed(std::io::Error::new(std::io::ErrorKind::PermissionDenied, "the file is read-only")));
    }
    let Some(name) = target.file_name() else {
        return Err(failed(std::io::Error::other("not a file name")));
    };
    let mut attempt = 0;
    let (temporary, mut file) = loop {
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}-{attempt}.tmp", std::process::id()));
        let temporary = target.with_file_name(hidden);
        match std::fs::File::create_new(&temporary) {
            Ok(file) => break (temporary, file),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
            Err(error) => return Err(failed(error)),
        }
    };
    let written = (|| {
        file.write_all(bytes)?;
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        if lasting {
            file.sync_all()?;
        }
        drop(file);
        std::fs::rename(&temporary, &target)
    })();
    written.map_err(|error| {
        let _ = std::fs::remove_file(&temporary);
        failed(error)
    })
}

/// Writes a file below a folder, and makes the folders on the way. Nothing is written outside of the
/// folder: neither a name nor a link in it leads out.
pub fn write_inside(folder: &Path, name: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    atomic_write(&inside(folder, name)?, bytes)
}

/// The same for a file that can be made again; one that has these bytes is left alone.
pub fn write_changed(folder: &Path, name: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let path = inside(folder, name)?;
    let is_same = std::fs::metadata(&path).is_ok_and(|it| it.is_file() && it.len() == bytes.len() as u64)
        && std::fs::read(&path).is_ok_and(|old| old == bytes);
    if is_same { Ok(()) } else { replace(&path, bytes) }
}

/// Whether Windows takes the name of a file for a device, in whatever folder it lies.
fn is_device(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || port.is_some_and(|it| matches!(it, "¹" | "²" | "³") || matches!(it.as_bytes(), [b'0'..=b'9']))
}

/// The path of a file below a folder, whose folders are made.
fn inside(folder: &Path, name: &Path) -> Result<PathBuf, WriteError> {
    let failed = |path: &Path, error| WriteError { path: path.to_owned(), error };
    let out = || std::io::Error::new(std::io::ErrorKind::PermissionDenied, "this leads out of the folder");
    if !name.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(failed(name, out()));
    }
    if cfg!(windows) && name.iter().any(|part| is_device(&part.to_string_lossy())) {
        return Err(failed(name, std::io::Error::other("this is the name of a device")));
    }
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let root = folder.canonicalize().map_err(|error| failed(folder, error))?;
    let mut path = root.clone();
    for part in name.parent().into_iter().flat_map(Path::components) {
        path.push(part);
        match std::fs::create_dir(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(failed(&path, error)),
            _ => {}
        }
        if !path.canonicalize().map_err(|error| failed(&path, error))?.starts_with(&root) {
            return Err(failed(&path, out()));
        }
    }
    let path = root.join(name);
    // A link to nowhere has no canonical path, and would be replaced by the file.
    if path.canonicalize().is_ok_and(|it| !it.starts_with(&root)) {
        return Err(failed(&path, out()));
    }
    Ok(folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_known_by_their_names() {
        for name in ["CON", "con.html", "Aux .txt", "NUL:x", "com1.md", "LPT³", "conout$"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["console.md", "com.md", "com10", "nulls", "_con", "lpt"] {
            assert!(!is_device(name), "{name}");
        }
    }
}
