//! Words that a target takes over from its source with other letters.

use super::Place;
use super::faults::{Fault, NameUse, find};
use super::names::is_title;
use super::sources::{Sources, words};
use crate::locale::{LocaleData, Script, is_unspaced};
use crate::text::{is_letter, is_letter_or_digit};

/// A shorter word in capitals may be initials.
const MIN_SHOUTED: usize = 4;
/// So many words that a target takes over are no chance.
const MIN_RECASED: usize = 4;
/// A shorter word is like others by chance.
const MIN_SPELT: usize = 4;

/// The words of a unit whose letters are wrong.
pub fn slips<'t>(
    text: &'t str,
    source: &'t str,
    sources: &Sources<'_>,
    data: Option<&LocaleData>,
) -> impl Iterator<Item = NameUse> + 't {
    // Where nouns have capitals, so have those of a name.
    let may_recase = !data.is_some_and(|data| data.nouns_are_capital);
    let is_other_script = data.is_some_and(|data| !data.scripts.contains(&Script::Latin));
    let recased = may_recase.then(|| recased(text, source, sources)).flatten();
    let foreign = is_other_script.then(|| lowered(text, source).chain(misspelt(text, source)));
    mixed(text, source).chain(shouted(text, source)).chain(recased).chain(foreign.into_iter().flatten())
}

/// Words in letters of two alphabets: an ending that ran on from a name (`Windowsным`), or a word
/// that was translated by half. A hyphen parts what belongs to each.
fn mixed<'t>(text: &'t str, source: &'t str) -> impl Iterator<Item = NameUse> + 't {
    let all = if text.chars().any(is_native) { text } else { "" };
    let in_word = |it: char| is_letter(it) && !is_unspaced(it);
    let mut rest = 0;
    let runs = std::iter::from_fn(move || {
        let start = rest + all[rest..].find(in_word)?;
        let end = all[start..].find(|it| !in_word(it)).map_or(all.len(), |at| start + at);
        rest = end;
        Some((start, end))
    });
    runs.filter_map(move |(start, end)| {
        let word = &text[start..end];
        let latin = word.split(is_native).max_by_key(|it| it.len()).filter(|it| it.len() > 1)?;
        let native = word.chars().filter(|&it| is_native(it)).count();
        // A lone letter may be a slip of the keyboard; one after a name is an ending.
        let is_slip = || native == 1 && find(source, latin, |a, b| a == b).is_none();
        if native == 0 || source.contains(word) || is_slip() {
            return None;
        }
        let place = Place { translation: 0, passage: 0, from: start as u32, to: end as u32 };
        Some(NameUse {
            name: latin.to_owned(),
            written: word.to_owned(),
            usual: None,
            fault: Fault::Glued,
            kept: 0,
            place,
        })
    })
}

/// Words in capitals throughout that the source has in small letters.
fn shouted<'t>(text: &'t str, source: &'t str) -> impl Iterator<Item = NameUse> + 't {
    let is_loud = |it: &str| it.len() >= MIN_SHOUTED && it.bytes().all(|it| it.is_ascii_uppercase());
    // Few texts have so many capitals in a row; only their words are looked at.
    let may_be = text.as_bytes().windows(MIN_SHOUTED).any(|it| it.iter().all(u8::is_ascii_uppercase));
    let calm = may_be && (text.contains(char::is_lowercase) || text.contains(is_unspaced));
    let loud = words(if calm { text } else { "" }).filter(move |(_, word)| is_loud(word));
    loud.filter_map(move |(start, word)| {
        let mut own = words(source).map(|it| it.1).filter(|it| it.eq_ignore_ascii_case(word));
        let name = own.next()?.to_owned();
        if is_loud(&name) || own.any(|it| it == word) || name == name.to_lowercase() {
            return None;
        }
        let place = Place { translation: 0, passage: 0, from: start as u32, to: (start + word.len()) as u32 };
        Some(NameUse { name, written: word.to_owned(), usual: None, fault: Fault::Spelling, kept: 0, place })
    })
}

/// A run of words that a target takes over from its source with another capital in it.
fn recased(text: &str, source: &str, sources: &Sources<'_>) -> Option<NameUse> {
    let (own, there): (Vec<_>, Vec<_>) = (words(source).collect(), words(text).collect());
    let is_capital = |it: &str| it.starts_with(char::is_uppercase);
    let joined = |text: &str, all: &[(usize, &str)], at: usize| {
        at == 0 || text[all[at - 1].0 + all[at - 1].1.len()..all[at].0] == *" "
    };
    for from in 0..there.len() {
        let first = there[from].1;
        if !is_capital(first) {
            continue;
        }
        let Some(start) = own.iter().position(|it| it.1 == first) else { continue };
        let alike = |&at: &usize| {
            let (Some(it), Some(other)) = (there.get(from + at), own.get(start + at)) else { return false };
            it.1.eq_ignore_ascii_case(other.1)
                && (at == 0 || joined(text, &there, from + at) && joined(source, &own, start + at))
        };
        let count = (0..).take_while(alike).count();
        let Some(last) = (0..count).rev().find(|&at| there[from + at].1 != own[start + at].1) else { continue };
        if last + 1 < MIN_RECASED {
            continue;
        }
        let bytes = |all: &[(usize, &str)], from: usize| (all[from].0, all[from + last].0 + all[from + last].1.len());
        let ((from, to), (start, end)) = (bytes(&there, from), bytes(&own, start));
        let (written, name) = (&text[from..to], &source[start..end]);
        let finder = memchr::memmem::Finder::new(written);
        let is_known = || sources.texts().iter().any(|text| finder.find(text.as_bytes()).is_some());
        if !written.contains(char::is_lowercase) || is_title(source) || is_known() {
            return None;
        }
        let place = Place { translation: 0, passage: 0, from: from as u32, to: to as u32 };
        let (name, written) = (name.to_owned(), written.to_owned());
        return Some(NameUse { name, written, usual: None, fault: Fault::Spelling, kept: 0, place });
    }
    None
}

/// Words with a capital inside of a sentence of the source that a target in another script has in
/// small letters.
fn lowered<'t>(text: &'t str, source: &'t str) -> impl Iterator<Item = NameUse> + 't {
    let is_small = |it: &str| it.len() >= MIN_SPELT && it.bytes().all(|it| it.is_ascii_lowercase());
    let told = !is_title(source);
    words(text).filter(move |(_, word)| told && is_small(word)).filter_map(move |(start, word)| {
        let mut own = words(source).filter(|it| it.1.eq_ignore_ascii_case(word));
        let (at, name) = own.next()?;
        let inside = source[..at].ends_with(' ') && source[..at - 1].ends_with(is_letter_or_digit);
        if !inside || name == word || own.any(|it| it.1 == word) {
            return None;
        }
        let place = Place { translation: 0, passage: 0, from: start as u32, to: (start + word.len()) as u32 };
        Some(NameUse {
            name: name.to_owned(),
            written: word.to_owned(),
            usual: None,
            fault: Fault::Spelling,
            kept: 0,
            place,
        })
    })
}

/// Words of the source that a target in another script has with a letter lost, added or changed.
fn misspelt<'t>(text: &'t str, source: &'t str) -> impl Iterator<Item = NameUse> + 't {
    let is_plain = |it: &str| it.len() >= MIN_SPELT && it.bytes().all(|it| it.is_ascii_alphabetic());
    let in_text = |text: &str, word: &str| words(text).any(|it| it.1.eq_ignore_ascii_case(word));
    let strange = words(text).filter(move |(_, word)| is_plain(word) && !in_text(source, word));
    strange.filter_map(move |(start, word)| {
        let is_slip = |it: &&str| {
            let (own, other) = (it.to_lowercase(), word.to_lowercase());
            let is_form = |one: &str, other: &str| one.strip_suffix(['s', 'e', 'd']) == Some(other);
            let forms = is_form(&own, &other) || is_form(&other, &own);
            !forms && !in_text(text, it) && strsim::osa_distance(&own, &other) == 1
        };
        let name = words(source).map(|it| it.1).filter(|it| is_plain(it)).find(is_slip)?.to_owned();
        let place = Place { translation: 0, passage: 0, from: start as u32, to: (start + word.len()) as u32 };
        Some(NameUse { name, written: word.to_owned(), usual: None, fault: Fault::Spelling, kept: 0, place })
    })
}

/// Whether a character is a letter of an alphabet other than the Latin one, of those that are
/// written with spaces.
fn is_native(it: char) -> bool {
    it >= '\u{370}' && !is_unspaced(it) && is_letter(it) && Script::of(it).is_some_and(|it| it != Script::Latin)
}
