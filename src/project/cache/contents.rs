//! The hash of each file. A file that is as it was by its size, its times and its number on the disk
//! is not read again; as in git, one that was changed just before it was read is, because it may
//! have been changed again within the same tick of the clock.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// The coarsest clock of a disk that is in use.
const TICK: Duration = Duration::from_secs(2);
/// More files are not remembered.
const MOST: usize = 500_000;

/// The hash of the bytes of a file.
pub(in crate::project) type Hash = [u8; blake3::OUT_LEN];

/// What is known of the files.
#[derive(Debug, Default)]
pub(in crate::project) struct Contents {
    before: HashMap<String, (Stamp, Hash)>,
    new: Mutex<HashMap<String, (Stamp, Hash)>>,
    /// Where the folders are when all links are followed.
    folders: Mutex<HashMap<PathBuf, PathBuf>>,
}

/// By what a change is told without reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size: u64,
    /// When its bytes were changed, and when anything about it was, in nanoseconds.
    modified: i128,
    changed: i128,
    /// The disk, and the number on it.
    place: (u64, u64),
}

impl Stamp {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, nanoseconds: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
        Some(Stamp {
            size: metadata.size(),
            modified: time(metadata.mtime(), metadata.mtime_nsec()),
            changed: time(metadata.ctime(), metadata.ctime_nsec()),
            place: (metadata.dev(), metadata.ino()),
        })
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos() as i128;
        Some(Stamp { size: metadata.len(), modified, changed: modified, place: (0, 0) })
    }

    /// Whether a change from now on would be seen.
    fn is_settled(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_nanos() as i128);
        self.modified.max(self.changed) + (TICK.as_nanos() as i128) < now
    }
}

impl Contents {
    pub(super) fn read(bytes: Option<Vec<u8>>) -> Self {
        let before: Option<Vec<(String, Stamp, Hash)>> = bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let before = before.into_iter().flatten().map(|(path, stamp, hash)| (path, (stamp, hash))).collect();
        Contents { before, ..Contents::default() }
    }

    /// The hash of a file; `None` where it cannot be read.
    pub(in crate::project) fn hash(&self, path: &Path) -> Option<Hash> {
        let before = Stamp::of(&fs::metadata(path).ok()?);
        let name = path.to_str();
        if let (Some(name), Some(stamp)) = (name, before)
            && let Some((known, hash)) = self.before.get(name)
            && *known == stamp
        {
            return Some(*hash);
        }
        let is_settled = before.as_ref().is_some_and(Stamp::is_settled);
        let hash = fresh(path)?;
        let after = Stamp::of(&fs::metadata(path).ok()?);
        if let (Some(name), Some(stamp)) = (name, before)
            && before == after
            && is_settled
            && let Ok(mut new) = self.new.lock()
        {
            new.insert(name.to_owned(), (stamp, hash));
        }
        Some(hash)
    }

    /// Where a file is when all links are followed; empty where that cannot be told.
    pub(in crate::project) fn real(&self, path: &Path) -> PathBuf {
        let whole = |path: &Path| fs::canonicalize(path).unwrap_or_default();
        let is_link = fs::symlink_metadata(path).map_or(true, |it| it.is_symlink());
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().filter(|_| !is_link)) else {
            return whole(path);
        };
        let Ok(mut folders) = self.folders.lock() else { return whole(path) };
        // Many articles lie in one.
        folders.entry(folder.to_owned()).or_insert_with(|| whole(folder)).join(name)
    }

    /// All that is known, where that is more than before.
    pub(super) fn changed(&self) -> Option<Vec<u8>> {
        let new = self.new.lock().ok()?;
        if new.is_empty() {
            return None;
        }
        let old = self.before.iter().filter(|(path, _)| !new.contains_key(*path));
        let all = new.iter().chain(old).take(MOST).map(|(path, (stamp, hash))| (path, stamp, hash));
        postcard::to_stdvec(&all.collect::<Vec<_>>()).ok()
    }
}

/// The hash of the bytes that are there now.
pub(in crate::project) fn fresh(path: &Path) -> Option<Hash> {
    Some(*blake3::hash(&fs::read(path).ok()?).as_bytes())
}

/// A file as it is seen without reading it.
pub(in crate::project) fn seen(path: &Path) -> String {
    format!("{path:?} {:?}\n", fs::metadata(path).ok().and_then(|it| Stamp::of(&it)))
}
