//! `export --to parquet`: what is written is read back by another part of the library that wrote it,
//! and by DuckDB in tests/scale/run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};

use hexapla::exchange::parquet::TABLES;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::folder::{Folder, files};
use crate::snapshot;

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content");

/// The Parquet files of a dataset, by path in it, with their bytes.
fn dataset(folder: &Folder, name: &str) -> BTreeMap<String, Vec<u8>> {
    let root = folder.0.join(name);
    let shown = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    files(&root).into_iter().map(|path| (shown(&path), std::fs::read(&path).unwrap())).collect()
}

/// The rows of a table in all files, each with its locale, in order of the alphabet.
fn rows(folder: &Folder, name: &str, table: &str) -> Vec<String> {
    let mut rows = Vec::new();
    for path in files(&folder.0.join(name).join(table)) {
        let locale = path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        rows.extend(reader.get_row_iter(None).unwrap().map(|row| format!("{locale} {}", row.unwrap())));
    }
    rows.sort();
    rows
}

fn export(folder: &Folder, path: &str, to: &str, more: &[&str]) {
    folder.run(&[&["export", path, "--to", "parquet", "-o", to], more].concat()).shows(0, "", "wrote");
}

fn project(name: &str) -> Folder {
    let files = [
        ("docs/cancel.md", "# Cancel\n\nYou can cancel the Team plan within 14 days of the purchase.\n"),
        ("docs/de/cancel.md", "# Kündigen\n\nSie können den Team-Plan innerhalb von 7 Tagen nach dem Kauf kündigen.\n"),
    ];
    Folder::new(name, &files)
}

#[test]
fn the_tables_say_what_the_articles_say() {
    let folder = project("parquet-rows");
    export(&folder, "docs", "data", &[]);
    let mut all = String::new();
    for table in TABLES {
        let _ = writeln!(all, "== {}", table.name);
        for row in rows(&folder, "data", table.name) {
            all += &(row.replace(", ", ",\n    ") + "\n");
        }
    }
    snapshot::check("fixtures/exchange/tables.txt", &all);
    let names: Vec<String> = dataset(&folder, "data").into_keys().collect();
    assert_eq!(names.len(), 2 * TABLES.len(), "{names:?}");
    assert!(names.contains(&"findings/locale=de/part-0.parquet".to_owned()), "{names:?}");
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    let folder = Folder::new("parquet-bytes", &[]);
    export(&folder, CONTENT, "one", &["--jobs", "1"]);
    export(&folder, CONTENT, "two", &["--jobs", "2"]);
    let (one, two) = (dataset(&folder, "one"), dataset(&folder, "two"));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    assert!(one == two, "the bytes differ");
}

#[test]
fn shards_land_in_one_dataset_with_the_same_rows() {
    let folder = Folder::new("parquet-shards", &[]);
    export(&folder, CONTENT, "whole", &[]);
    let mut parts = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        export(&folder, CONTENT, "parts", &["--shard", shard]);
        let file = shard.replace('/', "-");
        folder.run(&["check", CONTENT, "--shard", shard, "-o", &file]).shows(0, "", "");
        parts.push(file);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    folder.run(&[&["merge", "--parquet", "parts", "-qq"], &*parts].concat()).shows(1, "", "");
    for table in TABLES {
        let (one, other) = (rows(&folder, "whole", table.name), rows(&folder, "parts", table.name));
        assert!(one.len() > 50 && one == other, "{}: {} and {} rows", table.name, one.len(), other.len());
    }
    // Again is no more.
    let before = dataset(&folder, "parts");
    export(&folder, CONTENT, "parts", &["--shard", "2/3"]);
    assert!(dataset(&folder, "parts") == before);
}

#[test]
fn what_is_there_already_is_left_alone_or_refused() {
    let folder = project("parquet-place");
    export(&folder, "docs", "data", &[]);
    folder.write("data/segments/notes.txt", "mine").write("data/README.md", "mine");
    folder.write("docs/fr/cancel.md", "# Résilier\n");
    export(&folder, "docs", "data", &[]);
    assert!(folder.0.join("data/segments/locale=fr/part-0.parquet").is_file());
    std::fs::remove_file(folder.0.join("docs/fr/cancel.md")).unwrap();
    export(&folder, "docs", "data", &[]);
    assert!(!folder.0.join("data/segments/locale=fr/part-0.parquet").exists());
    assert_eq!(folder.read("data/segments/notes.txt") + &folder.read("data/README.md"), "minemine");

    let refused = |more: &[&str], why: &str| {
        let before = dataset(&folder, "data");
        folder.run(&[&["export", "docs", "--to", "parquet", "-o", "data"], more].concat()).shows(2, "", why);
        assert!(dataset(&folder, "data") == before);
    };
    let other = "is of another dataset or of a run with other shards";
    refused(&["--shard", "1/2"], other);
    folder.write("data/signals/locale=de-DE/more.parquet", "");
    refused(&[], &PathBuf::from_iter(["data", "signals", "locale=de-DE", "more.parquet"]).display().to_string());
    refused(&["--state", "new"], "--state, --decisions and --side are for other formats");
    std::fs::remove_file(folder.0.join("data/signals/locale=de-DE/more.parquet")).unwrap();
    export(&folder, "docs", "data", &[]);
    folder.run(&["export", "docs", "--to", "parquet"]).shows(2, "", "needs a folder: -o DIR");
    folder.run(&["export", "docs", "--to", "tmx", "--shard", "1/2"]).shows(2, "", "--shard is for `--to parquet`");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_folder() {
    let folder = project("parquet-link");
    folder.write("elsewhere/part-0.parquet", "theirs");
    std::fs::create_dir_all(folder.0.join("data/beads")).unwrap();
    std::os::unix::fs::symlink("../../elsewhere", folder.0.join("data/beads/locale=de")).unwrap();
    let run = folder.run(&["export", "docs", "--to", "parquet", "-o", "data"]);
    assert_eq!((run.code, folder.read("elsewhere/part-0.parquet").as_str()), (2, "theirs"), "{}", run.err);
}

/// The columns in the guide are those of the files.
#[test]
fn the_guide_names_every_column() {
    let mut text = String::from("\n");
    for table in TABLES {
        let _ = write!(text, "#### `{}`\n\nA row is {}.\n\n", table.name, table.about);
        text += "| column | type | what it is |\n|---|---|---|\n";
        for it in table.columns {
            let _ = writeln!(text, "| `{}` | {} | {} |", it.name, it.kind.name(), it.about);
        }
        text.push('\n');
    }
    crate::guide::between("docs/src/formats.md", "tables", &text);
}
