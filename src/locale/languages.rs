//! Which tags name a real language and region: a folder `api` is no locale, a folder `ja` may be.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Locale;

/// How sure a tag found in a path is to be a locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plausibility {
    /// A language whose code is also an everyday word (`it`, `is`, `id`), alone or with a region
    /// that is not its own (`to-do`).
    Word,
    /// A language alone (`ja`).
    Language,
    /// A language with a script or a region (`zh-Hant`, `pt-BR`).
    Full,
}

static CODES: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let words = include_str!("data/languages.txt").lines().filter(|line| !line.starts_with('#'));
    words
        .flat_map(str::split_whitespace)
        .map(|word| match word.strip_prefix('(') {
            Some(word) => (word.trim_end_matches(')'), true),
            None => (word, false),
        })
        .collect()
});

/// Languages that are written from right to left, unless a script in the tag says otherwise.
const RIGHT_TO_LEFT: [&str; 11] = ["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];

impl Locale {
    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        match self.tag().split('-').nth(1).filter(|it| it.len() == 4) {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Thaa" | "Syrc" | "Nkoo" | "Adlm"),
            None => RIGHT_TO_LEFT.contains(&self.language()),
        }
    }
}

/// Reads a tag and says how sure it is; `None` where the language or the region does not exist.
pub fn plausible_locale(tag: &str) -> Option<(Locale, Plausibility)> {
    if !(2..=12).contains(&tag.len()) {
        return None;
    }
    let locale = Locale::parse(tag)?;
    let is_word = *CODES.get(locale.language())?;
    let mut subtags = locale.tag().split('-').skip(1).peekable();
    if subtags.peek().is_none() {
        return Some((locale, if is_word { Plausibility::Word } else { Plausibility::Language }));
    }
    let real = subtags.all(|subtag| match subtag.len() {
        2 => CODES.contains_key(subtag),
        4 => matches!(subtag, "Hans" | "Hant" | "Latn" | "Cyrl" | "Arab" | "Deva" | "Beng" | "Guru" | "Mong" | "Tfng"),
        _ => true,
    });
    let sure = if is_word && !CODES.contains_key(locale.tag()) { Plausibility::Word } else { Plausibility::Full };
    real.then_some((locale, sure))
}
