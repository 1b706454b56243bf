//! What earlier runs found, so that it need not be found again: by the hash of all that it depends
//! on. A cache that cannot be read, written or believed costs time and nothing else.
//!
//! | file | holds |
//! |---|---|
//! | `store` | the folder: entries written whole, with a checksum, as many as there is room for |
//! | `contents` | the hash of each file, read anew only where the file may have changed |
//! | `keys` | what the findings of an article depend on |
//! | `entries` | what is kept: of an article, of all articles held against each other, and what was printed |
//! | `parts` | what an article gives to be held against others |
//! | `keeping` | an entry that is written while its bytes come |

mod contents;
mod entries;
mod keeping;
mod keys;
mod parts;
mod store;

use std::path::PathBuf;
use std::sync::OnceLock;

pub(super) use contents::{Contents, Hash, seen};
pub(super) use entries::Kept;
pub use entries::Printed;
pub use keeping::Keeping;
pub(super) use keys::{Key, Keys};
pub(super) use parts::{Parts, Strand};
use store::Store;
pub use store::{CleanError, clean, is_foreign as is_no_cache};

/// The cache of a project; there may be none.
#[derive(Debug, Default)]
pub struct Cache {
    store: Option<Store>,
    contents: OnceLock<Contents>,
}

impl Cache {
    /// No cache: all is found anew, and nothing is written.
    pub fn none() -> Self {
        Cache::default()
    }

    /// The cache in a folder, which is made when there is something to be kept.
    pub fn at(folder: PathBuf) -> Self {
        Cache { store: Some(Store::at(folder)), contents: OnceLock::new() }
    }

    pub(super) fn is_none(&self) -> bool {
        self.store.is_none()
    }

    /// What is known of the files.
    pub(super) fn contents(&self) -> &Contents {
        let read = || Contents::read(self.store.as_ref().and_then(|store| store.read("files", &[])));
        self.contents.get_or_init(read)
    }
}

impl Drop for Cache {
    /// Keeps what became known of the files, and makes room where too much is kept.
    fn drop(&mut self) {
        let Some(store) = &self.store else { return };
        if let Some(bytes) = self.contents.get().and_then(Contents::changed) {
            store.write("files", &[], &bytes);
        }
        store.make_room();
    }
}
