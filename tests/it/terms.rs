//! `hexapla terms`: the labels of a small site, in all formats.

use std::process::Command;

fn terms(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexapla"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/terms/site");
    let output = command.arg("terms").args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn labels_are_listed_in_every_format() {
    for (format, file) in [
        ("human", "table.txt"),
        ("json", "table.json"),
        ("csv", "table.csv"),
        ("tbx", "table.tbx"),
        ("yaml", "table.yaml"),
        ("markdown", "table.md.txt"),
    ] {
        crate::snapshot::check(&format!("fixtures/terms/{file}"), &terms(&["--format", format]).replace('\r', ""));
    }
}

#[test]
fn a_termbase_begins_with_what_stands_more_than_once() {
    crate::snapshot::check("fixtures/terms/suggested.yaml", &terms(&["--suggest", "--format", "yaml"]));
}

#[test]
fn the_json_keeps_its_contract() {
    let schema: serde_json::Value = serde_json::from_str(&terms(&["--schema"])).unwrap();
    let table: serde_json::Value = serde_json::from_str(&terms(&["--format", "json"])).unwrap();
    assert!(jsonschema::is_valid(&schema, &table));
}
