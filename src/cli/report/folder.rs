//! The folder of a report: only what a report is made of is written or removed in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::Failure;
use crate::project::{REPORT_MARKER as MARKER, write_changed};
use crate::report::pages::is_page;

/// A folder that pages may be written to.
pub(super) struct Folder {
    folder: PathBuf,
    /// The pages of the report that was there.
    old: BTreeSet<String>,
}

/// What the marker says.
#[derive(Default, Serialize, Deserialize)]
struct Marker {
    version: u32,
    tool: String,
    report: String,
    pages: BTreeSet<String>,
}

impl Folder {
    /// Makes the folder, or takes one that is empty or holds a report.
    pub(super) fn open(folder: &Path, force: bool) -> Result<Self, Failure> {
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        let marker = folder.join(MARKER);
        let mut old = Marker::default();
        match std::fs::read_to_string(&marker) {
            Ok(text) => old = serde_json::from_str(&text).unwrap_or_default(),
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error).into()),
            Err(_) => {
                let is_empty = match std::fs::read_dir(folder) {
                    Ok(mut entries) => entries.next().is_none(),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
                    Err(error) => return Err(failed(error).into()),
                };
                if !is_empty && !force {
                    let why = "holds files that are no report of hexapla; name another folder, or give --force";
                    return Err(format!("{} {why}", folder.display()).into());
                }
            }
        }
        let articles = folder.join("articles");
        std::fs::create_dir_all(&articles).map_err(failed)?;
        // What is there may be removed.
        if !articles.canonicalize().map_err(failed)?.starts_with(folder.canonicalize().map_err(failed)?) {
            return Err(format!("{}: this leads out of the folder", articles.display()).into());
        }
        // Whoever edits the marker does not choose what is removed.
        let old = old.pages.into_iter().filter(|page| is_page(page)).collect();
        let it = Folder { folder: folder.to_owned(), old };
        // A run that is broken off leaves a folder that the next one takes.
        it.mark("", "", it.old.clone())?;
        Ok(it)
    }

    /// Writes a page, at once.
    pub(super) fn write(&self, file: &str, text: &str) -> Result<(), crate::project::WriteError> {
        debug_assert!(is_page(file), "{file}");
        write_changed(&self.folder, Path::new(file), text.as_bytes())
    }

    /// Removes the pages of the old report that the new one does not have, and signs it.
    pub(super) fn settle(&self, tool: &str, hash: &str, written: Vec<String>) -> Result<(), Failure> {
        let written: BTreeSet<String> = written.into_iter().collect();
        for page in self.old.difference(&written) {
            let path = self.folder.join(page);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(format!("{}: {error}", path.display()).into());
                }
                _ => {}
            }
        }
        self.mark(tool, hash, written)
    }

    fn mark(&self, tool: &str, report: &str, pages: BTreeSet<String>) -> Result<(), Failure> {
        let marker = Marker { version: 1, tool: tool.to_owned(), report: report.to_owned(), pages };
        let text = serde_json::to_string_pretty(&marker)? + "\n";
        Ok(write_changed(&self.folder, Path::new(MARKER), text.as_bytes())?)
    }
}
