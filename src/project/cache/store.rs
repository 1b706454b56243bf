//! The folder of the cache. An entry is written into a new file that then takes its name, so that
//! two runs at once see the old one or the new one; whoever comes last wins, and both are right.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// Says to backup programs what this is; <https://bford.info/cachedir/>.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# What hexapla found in earlier runs.\n";
const TAG_NAME: &str = "CACHEDIR.TAG";
/// What git is told of the folder.
const IGNORED: &str = "*\n";
/// So many bytes are kept.
pub(super) const ROOM: u64 = 256 << 20;
/// What is unfinished for so long was left behind by a run that was stopped.
const LEFT: Duration = Duration::from_secs(3600);
/// An entry that is used is marked as used when it was not for so long.
const USED: Duration = Duration::from_secs(3600);
pub(super) const SUM: usize = blake3::OUT_LEN;

#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    /// Whether the folder was made; held by the one who makes it.
    is_made: Mutex<bool>,
    /// Whether something was written, so that room may have to be made.
    wrote: AtomicBool,
    /// Set when the disk refuses to take something; it is not asked again.
    refused: AtomicBool,
    /// Where the folder is none: nothing is read either.
    is_closed: bool,
    number: AtomicU64,
}

impl Store {
    pub(super) fn at(folder: PathBuf) -> Self {
        // A link could lead to files that are not ours.
        let is_closed = fs::symlink_metadata(&folder).is_ok_and(|it| !it.is_dir());
        Store {
            folder,
            is_made: false.into(),
            wrote: false.into(),
            refused: is_closed.into(),
            is_closed,
            number: 0.into(),
        }
    }

    /// Whether there is an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.is_closed && fs::symlink_metadata(self.folder.join(name)).is_ok()
    }

    /// The bytes of an entry, where it is there and whole, and has this key.
    pub(super) fn read(&self, name: &str, key: &[u8]) -> Option<Vec<u8>> {
        let mut file = self.open(name)?;
        let mut sum = [0; SUM];
        file.read_exact(&mut sum).ok()?;
        let mut own = vec![0; key.len()];
        file.read_exact(&mut own).ok()?;
        if own != key {
            return None;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        (*hasher(name).update(key).update_rayon(&bytes).finalize().as_bytes() == sum).then_some(bytes)
    }

    /// The head of an entry of two parts.
    pub(super) fn read_head(&self, name: &str) -> Option<Vec<u8>> {
        let mut file = self.open(name)?;
        let mut sum = [0; SUM];
        file.read_exact(&mut sum).ok()?;
        let length = read_length(&mut file)?;
        let head = read_bytes(file, length)?;
        let whole = hasher(name).update(&length.to_le_bytes()).update(&head).finalize();
        (*whole.as_bytes() == sum).then_some(head)
    }

    /// Bytes of what is behind the head; whether they are whole is for the head to say.
    pub(super) fn read_behind(&self, name: &str, at: u64, length: u64) -> Option<Vec<u8>> {
        let mut file = self.open(name)?;
        file.seek(SeekFrom::Start(SUM as u64)).ok()?;
        let begin = (SUM as u64 + 8).checked_add(read_length(&mut file)?)?;
        file.seek(SeekFrom::Start(begin.checked_add(at)?)).ok()?;
        read_bytes(file, length)
    }

    /// Writes an entry.
    pub(super) fn write(&self, name: &str, key: &[u8], bytes: &[u8]) {
        let sum = hasher(name).update(key).update_rayon(bytes).finalize();
        self.put(name, &[sum.as_bytes(), key, bytes]);
    }

    /// Writes an entry of two parts.
    pub(super) fn write_two(&self, name: &str, head: &[u8], rest: &[u8]) {
        let length = (head.len() as u64).to_le_bytes();
        let sum = hasher(name).update(&length).update(head).finalize();
        self.put(name, &[sum.as_bytes(), &length, head, rest]);
    }

    /// Forgets an entry that is not what it should be.
    pub(super) fn forget(&self, name: &str) {
        let _ = fs::remove_file(self.folder.join(name));
    }

    fn open(&self, name: &str) -> Option<File> {
        let path = self.folder.join(name);
        // A pipe would keep whoever opens it waiting.
        let is_file = || fs::symlink_metadata(&path).is_ok_and(|it| it.is_file());
        if self.is_closed || !is_file() {
            return None;
        }
        let file = File::open(&path).ok()?;
        let metadata = file.metadata().ok()?;
        let is_old = metadata.modified().ok()?.elapsed().is_ok_and(|it| it > USED);
        if is_old {
            // Where that may not be, the entry counts as older than it is.
            let _ = file.set_modified(SystemTime::now());
        }
        Some(file)
    }

    fn put(&self, name: &str, parts: &[&[u8]]) {
        let Some((temporary, file)) = self.temporary(name) else { return };
        let mut file = BufWriter::new(file);
        let written = parts.iter().try_for_each(|part| file.write_all(part)).and_then(|()| file.flush());
        drop(file);
        self.take(&temporary, name, written);
    }

    /// The disk took something no more.
    pub(super) fn refuse(&self) {
        self.refused.store(true, Ordering::Relaxed);
    }

    /// A new file that is to become an entry.
    pub(super) fn temporary(&self, name: &str) -> Option<(PathBuf, File)> {
        if self.refused.load(Ordering::Relaxed) {
            return None;
        }
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("{name}.{}-{number}.tmp", std::process::id()));
        let file = self.make().and_then(|()| {
            // One that a run of the same number left behind is in the way.
            let _ = fs::remove_file(&path);
            File::create_new(&path)
        });
        let file = file.inspect_err(|_| self.refuse());
        Some((path, file.ok()?))
    }

    /// Takes such a file for the entry, where it was written whole.
    pub(super) fn take(&self, temporary: &Path, name: &str, written: io::Result<()>) {
        match written.and_then(|()| fs::rename(temporary, self.folder.join(name))) {
            Ok(()) => self.wrote.store(true, Ordering::Relaxed),
            Err(_) => {
                self.refuse();
                let _ = fs::remove_file(temporary);
            }
        }
    }

    /// Makes the folder, which git and backups leave alone.
    fn make(&self) -> io::Result<()> {
        let mut is_made = self.is_made.lock().unwrap_or_else(|it| it.into_inner());
        if *is_made {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        if is_foreign(&self.folder) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if !is_ours(&self.folder) {
            let unfinished = self.folder.join(format!("{TAG_NAME}.{}.tmp", std::process::id()));
            fs::write(&unfinished, TAG)?;
            fs::rename(&unfinished, self.folder.join(TAG_NAME))?;
            fs::write(self.folder.join(".gitignore"), IGNORED)?;
        }
        *is_made = true;
        Ok(())
    }

    /// Removes what was not used for the longest time, where more is kept than there is room for.
    pub(super) fn make_room(&self) {
        if self.wrote.swap(false, Ordering::Relaxed) {
            make_room(&self.folder, ROOM);
        }
    }
}

/// The sum of an entry; what has another name is another entry.
pub(super) fn hasher(name: &str) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    hasher.update(name.as_bytes());
    hasher
}

fn is_ours(folder: &Path) -> bool {
    fs::read(folder.join(TAG_NAME)).is_ok_and(|it| it == TAG.as_bytes())
}

/// Whether a folder holds files and is no cache: nothing is written there, and nothing removed.
pub fn is_foreign(folder: &Path) -> bool {
    // Another run may be about to make it one.
    let is_tag = |name: &str| name.strip_prefix(TAG_NAME).is_some_and(|it| it.starts_with('.') && it.ends_with(".tmp"));
    let is_other = |it: io::Result<fs::DirEntry>| it.is_ok_and(|it| !is_tag(&it.file_name().to_string_lossy()));
    !is_ours(folder) && fs::read_dir(folder).is_ok_and(|mut it| it.any(is_other))
}

/// So many of the next bytes of a file, or as many as there are.
fn read_bytes(file: File, length: u64) -> Option<Vec<u8>> {
    let most = length.min(file.metadata().ok()?.len());
    let mut bytes = Vec::with_capacity(usize::try_from(most).ok()?);
    file.take(length).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn read_length(file: &mut File) -> Option<u64> {
    let mut length = [0; 8];
    file.read_exact(&mut length).ok()?;
    Some(u64::from_le_bytes(length))
}

fn make_room(folder: &Path, room: u64) {
    let mut entries = entries(folder);
    entries.retain(|(used, _, path)| {
        let is_unfinished = path.extension().is_some_and(|it| it == "tmp");
        let is_left = is_unfinished && used.elapsed().is_ok_and(|it| it > LEFT);
        !(is_left && fs::remove_file(path).is_ok())
    });
    let mut kept: u64 = entries.iter().map(|it| it.1).sum();
    if kept <= room {
        return;
    }
    entries.sort();
    for (_, size, path) in entries {
        // So that there is room for some time.
        if kept <= room / 4 * 3 {
            break;
        }
        if fs::remove_file(path).is_ok() {
            kept -= size;
        }
    }
}

/// The files that are ours: when each was used, its size, its path.
fn entries(folder: &Path) -> Vec<(SystemTime, u64, PathBuf)> {
    let Ok(found) = fs::read_dir(folder) else { return Vec::new() };
    let entry =
        |it: fs::DirEntry| {
            let name = it.file_name();
            let name = name.to_str()?;
            let metadata = it.metadata().ok()?;
            let (stem, rest) = name.split_once('.').unwrap_or((name, ""));
            let is_entry = stem == "files" || (stem.len() == 2 * SUM && stem.bytes().all(|it| it.is_ascii_hexdigit()));
            let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
            let is_unfinished = || {
                let numbers = rest.strip_suffix(".tmp").and_then(|it| it.split_once('-'));
                numbers.is_some_and(|(run, number)| is_number(run) && is_number(number))
            };
            (is_entry && (rest.is_empty() && !name.ends_with('.') || is_unfinished()) && !metadata.is_dir())
                .then_some((metadata.modified().ok()?, metadata.len(), it.path()))
        };
    found.filter_map(|it| entry(it.ok()?)).collect()
}

/// A cache that cannot be removed.
#[derive(Debug, thiserror::Error)]
pub enum CleanError {
    /// It is not one.
    #[error("{}: this is no cache of hexapla", .0.display())]
    NoCache(PathBuf),
    /// The system refuses.
    #[error("{}: {error}", path.display())]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Removes a cache; gives the number of its entries and their bytes.
pub fn clean(folder: &Path) -> Result<(usize, u64), CleanError> {
    let Ok(metadata) = fs::symlink_metadata(folder) else { return Ok((0, 0)) };
    if !metadata.is_dir() || !is_ours(folder) {
        return Err(CleanError::NoCache(folder.to_owned()));
    }
    let (mut count, mut bytes) = (0, 0);
    for (_, size, path) in entries(folder) {
        match fs::remove_file(&path) {
            Ok(()) => (count, bytes) = (count + 1, bytes + size),
            // Another run made room.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(CleanError::Refused { path, error }),
        }
    }
    for (name, text) in [(".gitignore", IGNORED), (TAG_NAME, TAG)] {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|it| it == text.as_bytes()) {
            let _ = fs::remove_file(path);
        }
    }
    // What somebody else put there stays.
    let _ = fs::remove_dir(folder);
    Ok((count, bytes))
}
