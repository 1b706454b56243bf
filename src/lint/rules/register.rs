use crate::diagnostic::Severity;
use crate::lint::slip::Slip;
use crate::lint::{Check, Context, Family, Findings, Rule, Written};
use crate::locale::{Register, RegisterWords};
use crate::text::{is_letter, is_letter_or_digit};

pub(super) const RULE: Rule = Rule {
    name: "register",
    summary: "an article addresses its reader in two ways",
    family: Family::Language,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("register"),
    check: Check::Written(check),
};

/// A word that addresses the reader.
struct Address {
    way: usize,
    start: usize,
    end: usize,
}

fn check(all: &[Written<'_, '_>], _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(data) = all.first().and_then(|written| written.data).filter(|it| it.register.is_known()) else { return };
    let words = data.register.words();
    let addresses = |written: &Written<'_, '_>| match data.words_are_spaced {
        true => spaced(written, &words),
        false => unspaced(written, &data.register),
    };
    let found: Vec<(&Written<'_, '_>, Address)> =
        all.iter().flat_map(|written| addresses(written).into_iter().map(move |it| (written, it))).collect();
    let times = |way: usize| found.iter().filter(|(_, it)| it.way == way).count();
    let counts = [times(0), times(1), times(2)];
    let Some((usual, &most)) = counts.iter().enumerate().max_by_key(|(_, times)| **times) else { return };
    if most < 4 || most == found.len() {
        return;
    }
    let mut told = None;
    for (written, address) in found.iter().filter(|(_, it)| it.way != usual && 4 * counts[it.way] <= most) {
        // Who mends one place of a sentence, mends them all.
        let unit = written.span(0, 0).start;
        if told.replace(unit) == Some(unit) {
            continue;
        }
        let word = &written.text[address.start..address.end];
        // A name that has the word in it is the source's own.
        if written.source().split(|it: char| !is_letter_or_digit(it)).any(|it| it.eq_ignore_ascii_case(word)) {
            continue;
        }
        let instead = data.register.ways()[usual].first().map_or("", String::as_str);
        let message = format!("`{word}`, in an article that addresses its reader with `{instead}` {most} times");
        Slip::new(address.start, address.end, message, "address the reader in one way").tell(written, findings);
    }
}

/// The words of one text that address the reader.
fn unspaced(written: &Written<'_, '_>, register: &Register) -> Vec<Address> {
    let text = written.text.as_bytes();
    let mut found = Vec::new();
    for (way, words) in register.ways().iter().enumerate() {
        for word in words.iter() {
            for start in memchr::memmem::find_iter(text, word) {
                let end = start + word.len();
                let inside =
                    |it: &String| memchr::memmem::find_iter(text, it).any(|at| at <= start && end <= at + it.len());
                if !register.never.iter().any(inside) {
                    found.push(Address { way, start, end });
                }
            }
        }
    }
    found
}

fn spaced(written: &Written<'_, '_>, words: &RegisterWords<'_>) -> Vec<Address> {
    let text = &*written.text;
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split(|it: char| !is_letter(it)) {
        let (start, end) = (at, at + word.len());
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
        // `TU` is a name.
        if word.is_empty() || word.chars().nth(1).is_some_and(char::is_uppercase) {
            continue;
        }
        let Some(way) = words.way(word, || starts(written, start)) else { continue };
        found.push(Address { way, start, end });
    }
    found
}

/// Whether a word at a place may have a capital because something begins there.
fn starts(written: &Written<'_, '_>, at: usize) -> bool {
    let before = written.text[..at].trim_end();
    !before.ends_with(|it: char| is_letter_or_digit(it) || matches!(it, ',' | ')')) || written.is_mark(at)
}
