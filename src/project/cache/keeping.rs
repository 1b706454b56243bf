//! An entry that is written while its bytes come, so that they need not be held.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;

use super::store::{ROOM, SUM, Store, hasher};

/// A longer entry would take the room of too many others.
const MOST: u64 = ROOM / 4;

/// An entry that is being written. A disk that refuses to take it is no error for the writer; an entry
/// that is not finished is none.
#[derive(Debug)]
pub struct Keeping<'s> {
    store: &'s Store,
    name: String,
    temporary: PathBuf,
    file: Option<BufWriter<File>>,
    hasher: blake3::Hasher,
    /// How many more bytes are taken.
    room: u64,
}

impl<'s> Keeping<'s> {
    pub(super) fn begin(store: &'s Store, name: &str, key: &[u8]) -> Option<Self> {
        let (temporary, file) = store.temporary(name)?;
        let mut file = BufWriter::new(file);
        let begun = file.write_all(&[0; SUM]).and_then(|()| file.write_all(key));
        let mut hasher = hasher(name);
        hasher.update(key);
        let file = begun.is_ok().then_some(file);
        Some(Keeping { store, name: name.to_owned(), temporary, file, hasher, room: MOST })
    }

    /// All bytes were written.
    pub fn finish(mut self) {
        let Some(mut file) = self.file.take() else { return };
        let sum = self.hasher.finalize();
        let whole =
            file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(sum.as_bytes())).and_then(|()| file.flush());
        drop(file);
        self.store.take(&self.temporary, &self.name, whole);
    }
}

impl Write for Keeping<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(file) = &mut self.file else { return Ok(bytes.len()) };
        match self.room.checked_sub(bytes.len() as u64) {
            Some(room) if file.write_all(bytes).is_ok() => {
                self.hasher.update(bytes);
                self.room = room;
            }
            is_refused => {
                self.file = None;
                if is_refused.is_some() {
                    self.store.refuse();
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Keeping<'_> {
    fn drop(&mut self) {
        // What was finished has another name by now.
        let _ = fs::remove_file(&self.temporary);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_whole_or_none() {
        let folder = std::env::temp_dir().join(format!("hexapla-keeping-{}", std::process::id()));
        let store = Store::at(folder.clone());
        let written = |room: Option<u64>, is_finished: bool| {
            let mut keeping = Keeping::begin(&store, "name", b"key").unwrap();
            keeping.room = room.unwrap_or(keeping.room);
            keeping.write_all(b"some").unwrap();
            keeping.write_all(b"thing").unwrap();
            match is_finished {
                true => keeping.finish(),
                false => drop(keeping),
            }
            let (read, other) = (store.read("name", b"key"), store.read("name", b"yek"));
            assert_eq!(other, None);
            store.forget("name");
            // The tag of the folder and what git is told of it.
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
            read
        };
        assert_eq!(written(None, true).as_deref(), Some(&b"something"[..]));
        assert_eq!(written(None, false), None);
        assert_eq!(written(Some(8), true), None);
        assert_eq!(written(Some(9), true).as_deref(), Some(&b"something"[..]));
        fs::remove_dir_all(folder).unwrap();
    }
}
