//! What the fuzz targets were given before: every input of `fuzz/corpus` is read again, on any
//! toolchain and without a fuzzer.

use std::path::{Path, PathBuf};

use crate::folder::files;
use crate::targets::TARGETS;

/// The folder; `None` in the package, which is without it.
fn fuzz() -> Option<PathBuf> {
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")).filter(|it| it.exists())
}

#[test]
fn every_committed_input_keeps_the_laws() {
    let Some(fuzz) = fuzz() else { return };
    for (name, target) in TARGETS {
        let inputs = files(&fuzz.join("corpus").join(name));
        assert!(!inputs.is_empty(), "{name} has a corpus");
        for input in inputs {
            println!("{}", input.display());
            target(&std::fs::read(&input).unwrap());
        }
    }
}

#[test]
fn every_target_has_its_file_and_its_entry() {
    let Some(fuzz) = fuzz() else { return };
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let mut found = Vec::new();
    for file in files(&fuzz.join("fuzz_targets")) {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is in fuzz/Cargo.toml");
        assert!(std::fs::read_to_string(&file).unwrap().contains(&format!("\"{name}\"")), "{name} runs itself");
        found.push(name);
    }
    let mut targets: Vec<&str> = TARGETS.iter().map(|it| it.0).collect();
    targets.sort_unstable();
    assert_eq!(found, targets);
}
