//! What a text is made of: letters by script, and words.

use std::ops::Range;

use serde::Deserialize;
use unicode_script::UnicodeScript;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{is_letter, is_letter_or_digit};

/// A script, as far as documentation we read is written in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Chinese characters.
    Han,
    /// Japanese hiragana.
    Hiragana,
    /// Japanese katakana.
    Katakana,
    /// Korean letters.
    Hangul,
    /// Any other script.
    Other,
}

impl Script {
    /// The script of a letter; `None` where the character is no letter.
    #[inline]
    pub fn of(character: char) -> Option<Script> {
        Some(match character as u32 {
            0x41..=0x5A | 0x61..=0x7A => Script::Latin,
            // ASCII, the general punctuation and the full-width one: no letters, and frequent.
            0..=0x7F | 0x2000..=0x206F | 0x3000..=0x3004 | 0x3008..=0x3020 | 0xFF01..=0xFF20 => return None,
            0x4E00..=0x9FFF => Script::Han,
            0x3041..=0x309F => Script::Hiragana,
            0x30A1..=0x30FA | 0x30FC..=0x30FF => Script::Katakana,
            0x0400..=0x0481 | 0x048A..=0x052F => Script::Cyrillic,
            0xAC00..=0xD7A3 => Script::Hangul,
            _ => return Script::of_rare(character),
        })
    }

    #[inline(never)]
    fn of_rare(character: char) -> Option<Script> {
        Some(match character as u32 {
            0x3400..=0x4DBF | 0x3005 | 0x20000..=0x323AF => Script::Han,
            0xFF66..=0xFF9F => Script::Katakana,
            0x00C0..=0x024F if character.is_alphabetic() => Script::Latin,
            _ if !character.is_alphabetic() => return None,
            _ => match character.script() {
                unicode_script::Script::Latin => Script::Latin,
                unicode_script::Script::Cyrillic => Script::Cyrillic,
                unicode_script::Script::Han => Script::Han,
                unicode_script::Script::Hiragana => Script::Hiragana,
                unicode_script::Script::Katakana => Script::Katakana,
                unicode_script::Script::Hangul => Script::Hangul,
                unicode_script::Script::Common | unicode_script::Script::Inherited => return None,
                _ => Script::Other,
            },
        })
    }
}

/// Letters of a text by script, and its Latin words, counted in one pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Latin letters.
    pub latin: u32,
    /// Chinese characters.
    pub han: u32,
    /// Hiragana and katakana.
    pub kana: u32,
    /// Korean letters.
    pub hangul: u32,
    /// Cyrillic letters.
    pub cyrillic: u32,
    /// Letters of other scripts.
    pub other: u32,
    /// Runs of Latin letters.
    pub latin_words: u32,
}

impl Profile {
    /// All letters.
    pub fn letters(&self) -> u32 {
        self.latin + self.han + self.kana + self.hangul + self.cyrillic + self.other
    }

    /// Letters of one script; hiragana and katakana are counted together.
    pub fn of(&self, script: Script) -> u32 {
        match script {
            Script::Latin => self.latin,
            Script::Cyrillic => self.cyrillic,
            Script::Han => self.han,
            Script::Hiragana | Script::Katakana => self.kana,
            Script::Hangul => self.hangul,
            Script::Other => self.other,
        }
    }
}

/// Counts the letters of `text`.
pub fn profile(text: &str) -> Profile {
    let mut profile = Profile::default();
    let mut in_latin = false;
    for character in text.chars() {
        let script = Script::of(character);
        let latin = script == Some(Script::Latin);
        profile.latin_words += u32::from(latin && !in_latin);
        in_latin = latin || (in_latin && matches!(character, '\'' | '’'));
        match script {
            Some(Script::Latin) => profile.latin += 1,
            Some(Script::Han) => profile.han += 1,
            Some(Script::Hiragana | Script::Katakana) => profile.kana += 1,
            Some(Script::Hangul) => profile.hangul += 1,
            Some(Script::Cyrillic) => profile.cyrillic += 1,
            Some(Script::Other) => profile.other += 1,
            None => {}
        }
    }
    profile
}

/// The words of `text` after UAX #29, as byte ranges; a Han character is a word of its own.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.unicode_word_indices().map(|(start, word)| start..start + word.len())
}

/// The runs of letters in `text`, apostrophes between letters included: cheaper than [`words`],
/// for the languages that put spaces between them.
pub(super) fn letter_runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = characters.find(|(_, it)| is_letter(*it))?;
        let mut end = start + first.len_utf8();
        while let Some((at, it)) = characters.next_if(|(_, it)| is_letter_or_digit(*it) || matches!(it, '\'' | '’')) {
            if is_letter_or_digit(it) {
                end = at + it.len_utf8();
            }
        }
        Some(start..end)
    })
}
