//! Which files are articles.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::{Found, Problem};
use crate::config::Settings;
use crate::document::Format;
use crate::text::MAX_SOURCE_BYTES;

/// A path that a run cannot begin with.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// There is no such file or folder.
    #[error("{path}: no such file or folder")]
    Missing {
        /// The path as typed.
        path: String,
    },
    /// The system refuses.
    #[error("{path}: {error}")]
    Io {
        /// The path as typed.
        path: String,
        /// Why.
        error: std::io::Error,
    },
}

/// A file before it is known to be an article.
struct Candidate {
    on_disk: PathBuf,
    by_name: bool,
    problem: Option<Problem>,
}

/// The articles under some paths, in the order of their names; those of the current folder when
/// no path is given. Files that git ignores, hidden ones and excluded ones are left out; a file
/// given by name only when it is excluded or no article.
pub fn discover(paths: &[PathBuf], settings: &Settings) -> Result<Vec<Found>, ProjectError> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let cwd = settings.cwd();
    let mut candidates: BTreeMap<PathBuf, Candidate> = BTreeMap::new();
    let mut links = false;
    for path in paths {
        let shown = || path.to_string_lossy().into_owned();
        let full = cwd.join(path);
        match std::fs::metadata(&full) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(ProjectError::Missing { path: shown() });
            }
            Err(error) => return Err(ProjectError::Io { path: shown(), error }),
        }
        links |= walk(&tidy(path, cwd), cwd, &mut candidates);
    }
    let mut candidates: Vec<(PathBuf, Candidate)> = candidates.into_iter().collect();
    if links {
        candidates = each_once(candidates);
    }
    let mut found: Vec<Found> =
        candidates.into_par_iter().filter_map(|(path, candidate)| judge(&path, candidate, settings)).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// A path as it is shown: relative to the current folder where it lies in it, as typed elsewhere.
fn tidy(path: &Path, cwd: &Path) -> PathBuf {
    let plain = |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    if let Ok(inside) = path.strip_prefix(cwd) {
        return plain(inside);
    }
    let outside = path.is_absolute() || path.components().any(|part| part == Component::ParentDir);
    if outside
        && let (Ok(real), Ok(cwd)) = (cwd.join(path).canonicalize(), cwd.canonicalize())
        && let Ok(inside) = real.strip_prefix(&cwd)
    {
        return inside.to_owned();
    }
    plain(path)
}

/// The file by which a folder is known to be a report of `hexapla report`.
pub const REPORT_MARKER: &str = "hexapla-report.json";

/// Walks one path; gives back whether a symbolic link was met.
fn walk(shown: &Path, cwd: &Path, candidates: &mut BTreeMap<PathBuf, Candidate>) -> bool {
    let root = if shown.as_os_str().is_empty() { cwd.to_owned() } else { cwd.join(shown) };
    // A folder behind a link is entered once in a run of the walk, so that links which point at
    // each other end, however many there are.
    let entered: Arc<Mutex<HashSet<PathBuf>>> = Arc::default();
    let met = Arc::new(std::sync::atomic::AtomicBool::new(root.is_symlink()));
    let seen_link = met.clone();
    let walker = WalkBuilder::new(&root)
        .require_git(false)
        .follow_links(true)
        .sort_by_file_name(|a, b| a.cmp(b))
        .filter_entry(move |entry| {
            // The pages of a report are no articles.
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if is_folder && entry.depth() > 0 && entry.path().join(REPORT_MARKER).exists() {
                return false;
            }
            if entry.depth() == 0 || !entry.path_is_symlink() {
                return true;
            }
            seen_link.store(true, std::sync::atomic::Ordering::Relaxed);
            if !entry.path().is_dir() {
                return true;
            }
            let Ok(real) = entry.path().canonicalize() else { return false };
            entered.lock().is_ok_and(|mut entered| entered.insert(real))
        })
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let on_disk = entry.path().to_owned();
                let way = on_disk.strip_prefix(&root).unwrap_or(&on_disk);
                let path = if way.as_os_str().is_empty() { shown.to_owned() } else { shown.join(way) };
                let by_name = entry.depth() == 0;
                let it = candidates.entry(path).or_insert(Candidate { on_disk, by_name, problem: None });
                it.by_name |= by_name;
            }
            Ok(_) => {}
            Err(error) => {
                // A loop of links or one that leads nowhere holds no article.
                let Some((path, why)) = refused(&error) else { continue };
                let way = path.strip_prefix(&root).unwrap_or(&path);
                let problem = Some(Problem::Unreadable(why));
                candidates.insert(shown.join(way), Candidate { on_disk: path, by_name: false, problem });
            }
        }
    }
    met.load(std::sync::atomic::Ordering::Relaxed)
}

fn refused(error: &ignore::Error) -> Option<(PathBuf, String)> {
    match error {
        ignore::Error::WithDepth { err, .. } => refused(err),
        ignore::Error::WithPath { path, err } => {
            let denied = err.io_error().filter(|error| error.kind() == std::io::ErrorKind::PermissionDenied)?;
            Some((path.clone(), denied.to_string()))
        }
        _ => None,
    }
}

/// Leaves each file once where links give it several names; its own name is kept if it is there.
fn each_once(candidates: Vec<(PathBuf, Candidate)>) -> Vec<(PathBuf, Candidate)> {
    let mut kept: BTreeMap<PathBuf, (PathBuf, Candidate)> = BTreeMap::new();
    for (path, candidate) in candidates {
        let real = candidate.on_disk.canonicalize().unwrap_or_else(|_| candidate.on_disk.clone());
        let own = real.ends_with(&path);
        match kept.entry(real) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert((path, candidate));
            }
            std::collections::btree_map::Entry::Occupied(mut slot) => {
                let by_name = slot.get().1.by_name || candidate.by_name;
                if own {
                    slot.insert((path, candidate));
                }
                slot.get_mut().1.by_name = by_name;
            }
        }
    }
    kept.into_values().collect()
}

fn judge(path: &Path, candidate: Candidate, settings: &Settings) -> Option<Found> {
    let Candidate { on_disk, by_name, mut problem } = candidate;
    let path: String = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let format = match Format::of_path(&path) {
        Some(format) => format,
        // A folder that may not be entered has no extension and is worth a word all the same.
        None if problem.is_some() => Format::Markdown,
        None => return None,
    };
    if !settings.includes(&path) {
        return None;
    }
    let mut size = 0;
    if problem.is_none() {
        match std::fs::metadata(&on_disk) {
            Ok(metadata) if metadata.len() > MAX_SOURCE_BYTES => {
                size = metadata.len();
                problem = Some(Problem::TooLarge);
            }
            Ok(metadata) => size = metadata.len(),
            Err(error) => problem = Some(Problem::Unreadable(error.to_string())),
        }
    }
    if problem.is_none() {
        let is_article = match format {
            Format::Markdown => File::open(&on_disk).map(|_| true),
            Format::Yaml => is_help_article(&path, &on_disk),
            Format::Html if by_name => File::open(&on_disk).map(|_| true),
            Format::Html => std::fs::read(&on_disk).map(|bytes| memchr::memmem::find(&bytes, b"data-ttu-id").is_some()),
        };
        match is_article {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => problem = Some(Problem::Unreadable(error.to_string())),
        }
    } else if format != Format::Markdown && !by_name {
        // A large page or data file that cannot be looked into is most likely no article.
        return None;
    }
    Some(Found { path: path.into(), on_disk, format, size, by_name, problem })
}

fn is_help_article(path: &str, on_disk: &Path) -> std::io::Result<bool> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut head = Vec::new();
    File::open(on_disk)?.take(64).read_to_end(&mut head)?;
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    Ok(matches!(name.as_str(), "toc.yml" | "toc.yaml") || head.starts_with(b"### YamlMime:"))
}
