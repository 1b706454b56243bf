//! A room may use only the rooms above it. The order is read from the `pub mod` lines of
//! `src/lib.rs`, and the map in its head has to name the same rooms in the same order.

use std::path::{Path, PathBuf};

use crate::folder::files;

fn rooms(lib: &str) -> Vec<String> {
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs")).collect()
}

/// The rooms that a source file names: `crate::ROOM`, also in `crate::{ROOM, …}`.
fn used(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + 7..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().to_owned(),
            None => rest.to_owned(),
        };
        for name in names.split(',').take(if rest.starts_with('{') { usize::MAX } else { 1 }) {
            found.push(name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

#[test]
fn no_room_uses_one_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms = rooms(&std::fs::read_to_string(root.join("lib.rs")).unwrap());
    let mut climbs = Vec::new();
    for (level, room) in rooms.iter().enumerate() {
        let files = sources(&root.join(room));
        assert!(!files.is_empty(), "the room {room} has files");
        for file in files {
            for name in used(&std::fs::read_to_string(&file).unwrap()) {
                if rooms.iter().position(|it| *it == name).is_some_and(|other| other > level) {
                    climbs.push(format!("{} uses crate::{name}", file.display()));
                }
            }
        }
    }
    assert!(climbs.is_empty(), "{}", climbs.join("\n"));
}

#[test]
fn the_map_names_the_rooms_in_order() {
    let lib = include_str!("../../src/lib.rs");
    let on_the_map: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split('`').next()).collect();
    assert_eq!(on_the_map, rooms(lib));
}

#[test]
fn the_test_sees_a_climb() {
    assert_eq!(used("use crate::report::Format; crate::{text, cli::run}"), ["report", "text", "cli"]);
}
