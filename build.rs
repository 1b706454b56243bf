//! Tells one build of the program from another: what it kept of an earlier run is of use to the same
//! program only.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn main() {
    let mut hasher = DefaultHasher::new();
    for path in files(Path::new("src")).into_iter().chain(["Cargo.lock".into(), "Cargo.toml".into()]) {
        (&path, std::fs::read(&path).unwrap_or_default()).hash(&mut hasher);
    }
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=Cargo.toml");
    println!("cargo::rustc-env=HEXAPLA_BUILD={:016x}", hasher.finish());
}
