//! One hash of several fields, each with its length before it, so that no two lists of fields have
//! the same bytes.

use rayon::prelude::*;

use super::Group;

/// What is hashed.
#[derive(Debug, Default)]
pub(super) struct Fields(blake3::Hasher);

impl Fields {
    /// Adds a field.
    pub fn put(&mut self, field: &[u8]) {
        self.0.update(&(field.len() as u64).to_le_bytes()).update(field);
    }

    /// Adds all articles as they are on the disk now, with their paths and locales; what cannot be read
    /// is a finding, and empty here.
    pub fn put_articles(&mut self, groups: &[Group]) {
        let members: Vec<_> = groups.iter().flat_map(|group| &group.members).collect();
        let read = |path| blake3::hash(&std::fs::read(path).unwrap_or_default());
        let hashes: Vec<blake3::Hash> = members.par_iter().map(|it| read(&it.found.on_disk)).collect();
        for (member, hash) in members.iter().zip(hashes) {
            self.put(member.found.path.as_bytes());
            self.put(member.locale.tag().as_bytes());
            self.put(hash.as_bytes());
        }
    }

    /// The hash.
    pub fn sum(&self) -> blake3::Hash {
        self.0.finalize()
    }
}
