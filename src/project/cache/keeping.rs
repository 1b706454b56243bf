//! An entry that is written while its bytes come, so that they need not be held.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;

use super::store::{SUM, Store, hasher};

/// An entry that is being written. A disk that refuses to take it is no error for the writer; an entry
/// that is not finished is none.
#[derive(Debug)]
pub struct Keeping<'s> {
    store: &'s Store,
    name: String,
    temporary: PathBuf,
    file: Option<BufWriter<File>>,
    hasher: blake3::Hasher,
}

impl<'s> Keeping<'s> {
    pub(super) fn begin(store: &'s Store, name: &str, key: &[u8]) -> Option<Self> {
        let (temporary, file) = store.temporary(name)?;
        let mut file = BufWriter::new(file);
        let begun = file.write_all(&[0; SUM]).and_then(|()| file.write_all(key));
        let mut hasher = hasher(name);
        hasher.update(key);
        let file = begun.is_ok().then_some(file);
        Some(Keeping { store, name: name.to_owned(), temporary, file, hasher })
    }

    /// All bytes were written.
    pub fn finish(mut self) {
        let Some(mut file) = self.file.take() else { return };
        let sum = self.hasher.finalize();
        let whole =
            file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(sum.as_bytes())).and_then(|()| file.flush());
        drop(file);
        if whole.is_ok() {
            self.store.take(&self.temporary, &self.name);
        }
    }
}

impl Write for Keeping<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(file) = &mut self.file {
            self.hasher.update(bytes);
            if file.write_all(bytes).is_err() {
                self.file = None;
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
