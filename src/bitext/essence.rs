//! What of a segment counts when two versions of it are compared.

use std::collections::HashSet;

use memchr::memmem;

use crate::document::{Document, Role, Side, essential};

/// A hash of the essential text of a segment; equal on every machine and in every run. Of FNV-1a the
/// lower 40 bits: short enough for a file, and long enough to tell the segments of an article apart.
pub fn essence(side: &Side<'_>) -> u64 {
    hash(&essential(&side.text()))
}

fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step) & 0xff_ffff_ffff
}

/// What an article says in the language of the source.
#[derive(Debug, Default)]
pub struct Essences {
    hashes: HashSet<u64>,
    /// The essential texts in order, a space around each.
    text: String,
}

impl Essences {
    /// Of an article, front matter left out.
    pub fn of(article: &Document) -> Self {
        let mut it = Essences { text: " ".into(), ..Essences::default() };
        for side in sources(article) {
            let text = essential(&side.text());
            it.hashes.insert(hash(&text));
            it.text.push_str(&text);
            it.text.push(' ');
        }
        it
    }

    /// Whether a segment is in it: as one, or as a part or a sequence of others, because two
    /// versions need not be cut at the same places.
    pub fn has(&self, side: &Side<'_>) -> bool {
        let text = essential(&side.text());
        self.hashes.contains(&hash(&text))
            || text.len() >= SHORT && memmem::find(self.text.as_bytes(), format!(" {text} ").as_bytes()).is_some()
    }
}

/// A text of fewer bytes is part of many others.
const SHORT: usize = 12;

/// The segments that are in the language of the source, front matter left out.
pub(super) fn sources(article: &Document) -> impl Iterator<Item = Side<'_>> {
    article.body_without(Role::Target)
}
