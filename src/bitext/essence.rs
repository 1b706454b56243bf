//! What of a segment counts when two versions of it are compared.

use std::collections::HashSet;

use memchr::memmem;

use crate::document::{Document, Role, Side};

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

/// The letters, digits and signs that a reader sees, code included, in lower case, one space where
/// words are parted. Emphasis, the form and destination of links, white space, quotation marks and
/// punctuation do not count.
fn essential(text: &str) -> String {
    let mut essential = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    // Whether something that parts words was left out since the last character.
    let mut gap = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let in_number = matches!(character, '.' | ',' | '\'' | ':' | '/')
            && before.is_some_and(char::is_numeric)
            && rest.peek().is_some_and(|next| next.is_numeric());
        let counts = character.is_alphanumeric() || in_number || is_sign(character);
        if !counts {
            gap |= !matches!(character, '\'' | '’' | '\u{AD}' | '\u{200B}');
        } else {
            if gap && !essential.is_empty() {
                essential.push(' ');
            }
            gap = false;
            essential.extend(character.to_lowercase());
        }
        before = counts.then_some(character);
    }
    essential
}

/// Signs that say something: `5 %`, `C#`, `a < b`, `$5`.
fn is_sign(character: char) -> bool {
    matches!(character, '%' | '#' | '+' | '<' | '>' | '=' | '@' | '&' | '|' | '~' | '^')
        || matches!(character, '$' | '€' | '£' | '¥' | '₽' | '₹' | '₩')
}

#[cfg(test)]
mod tests {
    use super::essential;

    #[test]
    fn cosmetic_edits_change_nothing() {
        for (one, other) in [
            ("Select Save.", "select  save"),
            ("Don’t “renew” it", "Don't \"renew\" it!"),
            ("Pay – within 5 days:", "Pay - within 5 days"),
        ] {
            assert_eq!(essential(one), essential(other), "{one} / {other}");
        }
        for (one, other) in [("1.5 GB", "15 GB"), ("Do it", "Do not it"), ("C", "C#"), ("1 2", "12"), ("5", "5 %")] {
            assert_ne!(essential(one), essential(other), "{one} / {other}");
        }
    }
}
