use crate::diagnostic::Severity;
use crate::lint::slip::Slip;
use crate::lint::{Check, Context, Family, Findings, Rule, Written};
use crate::locale::{LocaleData, Script};
use crate::text::{is_letter, is_letter_or_digit};

pub(super) const RULE: Rule = Rule {
    name: "doubled-word",
    summary: "a word stands twice in a row",
    family: Family::Language,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("doubled-word"),
    check: Check::Written(check),
};

fn check(all: &[Written<'_, '_>], _: &Context<'_>, findings: &mut Findings<'_>) {
    for written in all {
        let Some(data) = written.data else { continue };
        let slip = match data.words_are_spaced {
            true => spaced(written, data),
            false => unspaced(written, data),
        };
        if let Some(slip) = slip {
            slip.tell(written, findings);
        }
    }
}

fn slip(start: usize, end: usize, word: &str) -> Slip {
    Slip::new(start, end, format!("`{word}` stands twice"), "write it once")
}

/// Two equal words with a space between, and nothing else.
fn spaced(written: &Written<'_, '_>, data: &LocaleData) -> Option<Slip> {
    let text = &*written.text;
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    for end in memchr::memchr2_iter(b' ', b'\n', bytes).chain([text.len()]) {
        let (last, word) = (&text[from..at.max(from + 1) - 1], &text[at..end]);
        let first = from == 0 && last.chars().next().is_some_and(char::is_uppercase);
        // `Sie sie` are two words where a capital tells them apart.
        if last.len() > 1 && (first || word.as_bytes().starts_with(last.as_bytes())) && word.len() >= last.len() {
            let bare = word.trim_end_matches(|it: char| !is_letter_or_digit(it));
            let same = bare == last || first && bare.to_lowercase() == last.to_lowercase();
            let letters = bare.chars().count() > 1 && bare.chars().all(is_letter);
            if same && letters && !data.typography.may_double.contains(bare) && is_slip(written, from, at, bare) {
                return Some(slip(from, at + bare.len(), bare));
            }
        }
        (from, at) = (at, end + 1);
    }
    None
}

/// Whether a repetition is not the source's own, and no path of labels or list of names.
fn is_slip(written: &Written<'_, '_>, from: usize, at: usize, word: &str) -> bool {
    let source = written.source();
    let mut before = "";
    let doubled = source.split(|it: char| !is_letter_or_digit(it)).filter(|it| !it.is_empty()).any(|it| {
        let same = it.eq_ignore_ascii_case(before);
        before = it;
        same
    });
    let kept = source.contains(word) && source.matches(word).count() > 1;
    !doubled && !kept && !(from..=at).any(|place| written.is_mark(place))
}

/// A particle that never stands twice; words of Chinese characters, where nothing goes on after
/// them: `AB` `AB者` are two words.
fn unspaced(written: &Written<'_, '_>, data: &LocaleData) -> Option<Slip> {
    let text = &*written.text;
    let bytes = text.as_bytes();
    let parted = |from: usize, to: usize| (from + 1..to).any(|place| written.is_mark(place));
    for at in 0..bytes.len().saturating_sub(5) {
        // All these characters have three bytes; the last of them differs most.
        if bytes[at] < 0xE3 || bytes[at] > 0xE9 {
            continue;
        }
        for width in [3usize, 6, 9, 12] {
            let (middle, end) = (at + width, at + 2 * width);
            if end > bytes.len() || bytes[at + 2] != bytes[middle + 2] || bytes[at..middle] != bytes[middle..end] {
                continue;
            }
            let (word, both) = (&text[at..middle], &text[at..end]);
            if parted(at, end) {
                continue;
            }
            if data.typography.never_double.iter().any(|it| it == both) {
                return Some(slip(at, end, word).perhaps(word));
            }
            if width > 3 && are_words(data, word, &text[..at], &text[end..]) && written.node().is_some() {
                return Some(slip(at, end, word));
            }
        }
    }
    None
}

/// Whether a word of Chinese characters that stands twice is a word each time: what follows may make
/// another word of the second.
fn are_words(data: &LocaleData, word: &str, before: &str, after: &str) -> bool {
    let han = |it: char| Script::of(it) == Some(Script::Han);
    let mut characters = word.chars();
    let repeats = characters.next() == characters.next();
    let particle = data.never_starts_a_label.iter().any(|it| after.starts_with(it.as_str()));
    let goes_on = !particle && after.chars().next().is_some_and(han);
    let inside = before.chars().next_back().is_some_and(han);
    word.chars().all(han) && !repeats && (!goes_on || word.chars().count() > 2 && !inside)
}
