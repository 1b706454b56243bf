//! Spaces that should be there.

use super::Written;
use super::gaps::is_end;
use super::marks;
use super::slip::Slip;
use super::written::is_cjk;
use crate::locale::Script;

/// What an article does by habit.
#[derive(Default)]
pub(super) struct Habits {
    /// Places between a letter of its script and a Latin letter with a space, and without.
    latin: (usize, usize),
    /// The same with a digit.
    digits: (usize, usize),
    /// Places before a mark that takes a no-break space: with one, with another one, with none.
    marks: (usize, usize, usize),
    /// The same for percent signs, with any space and with none.
    percent: (usize, usize),
    /// Half-width colons behind full-width letters: with a space after them, and without.
    colons: (usize, usize),
}

impl Habits {
    pub(super) fn of(all: &[Written<'_, '_>]) -> Self {
        let mut habits = Habits::default();
        for written in all {
            let Some(data) = written.data else { continue };
            if data.typography.spaced_from_latin {
                meetings(&written.text, |_, digit, spaced| {
                    let of = if digit { &mut habits.digits } else { &mut habits.latin };
                    if spaced { of.0 += 1 } else { of.1 += 1 }
                });
            }
            if !data.words_are_spaced {
                let bytes = written.text.as_bytes();
                for at in memchr::memchr_iter(b':', bytes) {
                    if bytes.get(at + 1) == Some(&b' ') { habits.colons.0 += 1 } else { habits.colons.1 += 1 }
                }
            }
            if !data.typography.space_before.is_empty() {
                for (_, spaced) in takers(written) {
                    match spaced {
                        Some(true) => habits.marks.0 += 1,
                        Some(false) => habits.marks.1 += 1,
                        None => habits.marks.2 += 1,
                    }
                }
                for (_, spaced) in percents(&written.text) {
                    if spaced { habits.percent.0 += 1 } else { habits.percent.1 += 1 }
                }
            }
        }
        habits
    }

    /// Whether the article sets no-break spaces before marks.
    pub(super) fn no_break(&self) -> bool {
        self.marks.0 > self.marks.1
    }

    /// Whether the article sets spaces between letters of its script and Latin ones, or digits;
    /// `None` where it does now and then.
    pub(super) fn spaces(&self, digit: bool) -> Option<bool> {
        let (spaced, _) = if digit { self.digits } else { self.latin };
        if self.spaces_latin(digit) { Some(true) } else { (spaced == 0).then_some(false) }
    }

    fn spaces_latin(&self, digit: bool) -> bool {
        let (spaced, glued) = if digit { self.digits } else { self.latin };
        spaced >= 6 && spaced >= if digit { 6 } else { 3 } * glued
    }
}

/// The slips of one text.
pub(super) fn find(written: &Written<'_, '_>, habits: &Habits, found: &mut Vec<Slip>) {
    let Some(data) = written.data else { return };
    if data.typography.spaced_from_latin {
        let mut told = false;
        let latin = habits.spaces_latin(false);
        let digits = habits.spaces_latin(true);
        if (latin && habits.latin.1 > 0) || (digits && habits.digits.1 > 0) {
            meetings(&written.text, |at, digit, spaced| {
                if !spaced && !told && (if digit { digits } else { latin }) && !written.is_mark(at) {
                    told = true;
                    let message = format!("no space in `{}`", around(&written.text, at));
                    found.push(Slip::new(at, at, message, "set a space, as the article does elsewhere").perhaps(" "));
                }
            });
        }
        if !told {
            found.extend(dates(&written.text));
        }
    }
    if !data.typography.space_before.is_empty() {
        if habits.marks.0 + habits.marks.1 > habits.marks.2 {
            for (at, _) in takers(written).filter(|(_, spaced)| spaced.is_none()) {
                let mark = written.at(at).unwrap_or_default();
                let (at, message) = match mark {
                    '«' => (at + mark.len_utf8(), format!("no space after `{mark}`")),
                    _ => (at, format!("no space before `{mark}`")),
                };
                found.push(Slip::new(at, at, message, "set a no-break space").safely("\u{a0}"));
            }
        }
        if habits.percent.0 > habits.percent.1 {
            for (at, _) in percents(&written.text).filter(|(_, spaced)| !spaced) {
                found.push(Slip::new(at, at, "no space before `%`", "set a no-break space").safely("\u{a0}"));
            }
        }
    }
    found.extend(list_marker(written));
    found.extend(bars(written));
    found.extend(dash(written));
    if data.words_are_spaced {
        found.extend(sentence(written));
        found.extend(beside_marks(written));
    } else if habits.colons.0 > habits.colons.1 {
        found.extend(colon(written));
    }
}

/// Where a letter of a script without spaces meets a Latin letter or a digit: the place, whether
/// it is a digit, whether a space is between.
fn meetings(text: &str, mut met: impl FnMut(usize, bool, bool)) {
    let bytes = text.as_bytes();
    let cjk_before = |at: usize| text[..at].chars().next_back().is_some_and(is_cjk);
    let cjk_at = |at: usize| text[at..].chars().next().is_some_and(is_cjk);
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        let space = |it: Option<&u8>| it == Some(&b' ');
        let wide = |it: Option<&u8>| it.is_some_and(|it| *it >= 0xE3) || it.is_some_and(|it| *it & 0xC0 == 0x80);
        let (digit, last) = (bytes[start].is_ascii_digit(), bytes[at - 1].is_ascii_digit());
        let before = start.checked_sub(1).map(|it| &bytes[it]);
        if wide(before) && cjk_before(start) {
            met(start, digit, false);
        } else if space(before) && start > 1 && wide(Some(&bytes[start - 2])) && cjk_before(start - 1) {
            met(start, digit, true);
        }
        if wide(bytes.get(at)) && cjk_at(at) {
            met(at, last, false);
        } else if space(bytes.get(at)) && wide(bytes.get(at + 1)) && cjk_at(at + 1) {
            met(at + 1, last, true);
        }
    }
}

/// A few letters on either side of a place.
fn around(text: &str, at: usize) -> String {
    let word = |it: &char| !it.is_whitespace() && (it.is_alphanumeric());
    let before: Vec<char> = text[..at].chars().rev().take_while(word).take(6).collect();
    let after = text[at..].chars().take_while(word).take(6);
    before.into_iter().rev().chain(after).collect()
}

/// `1 月15 日`: a date with a space on one side of a sign and none on the other.
fn dates(text: &str) -> Option<Slip> {
    for sign in ["年", "月"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), sign) {
            let (before, after) = (&text[..at], &text[at + sign.len()..]);
            let digit_before = before.trim_end_matches(' ').ends_with(|it: char| it.is_ascii_digit());
            let digit_after = after.trim_start_matches(' ').starts_with(|it: char| it.is_ascii_digit());
            if digit_before && digit_after && before.ends_with(' ') != after.starts_with(' ') {
                let end = at + sign.len();
                let start = before.trim_end_matches(' ').rfind(|it: char| !it.is_ascii_digit()).map_or(0, |at| at + 1);
                let start = (start..=at).find(|at| text.is_char_boundary(*at)).unwrap_or(at);
                let message = "uneven spaces in a date";
                return Some(Slip::new(start, end, message, "set all the spaces of the date, or none"));
            }
        }
    }
    None
}

/// The marks that take a space: the place, and whether it is a no-break one; `None` for no space.
fn takers<'w>(written: &'w Written<'_, '_>) -> impl Iterator<Item = (usize, Option<bool>)> + 'w {
    let text = &*written.text;
    let marks = written.data.map_or("", |data| data.typography.space_before.as_str());
    let places =
        text.bytes().enumerate().filter(|(_, it)| matches!(it, b':' | b';' | b'!' | b'?' | 0xC2)).map(|it| it.0);
    places.filter_map(move |at| {
        let mark = text.get(at..)?.chars().next()?;
        let neighbour = match mark {
            '«' => text[at + mark.len_utf8()..].chars().next().filter(|it| *it != '»')?,
            _ if marks.contains(mark) && (mark == '»' || is_end(written, at + 1)) => written.before(at)?,
            _ => return None,
        };
        match neighbour {
            '\u{a0}' | '\u{202f}' => Some((at, Some(true))),
            ' ' => Some((at, Some(false))),
            it if it.is_alphanumeric() || ")*\"’".contains(it) => Some((at, None)),
            _ => None,
        }
    })
}

/// The percent signs behind a digit, and whether a space is between.
fn percents(text: &str) -> impl Iterator<Item = (usize, bool)> + '_ {
    memchr::memchr_iter(b'%', text.as_bytes()).filter_map(|at| {
        let before = &text[..at];
        let digits = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        digits.ends_with(|it: char| it.is_ascii_digit()).then_some((at, digits.len() < at))
    })
}

/// `1.Text`: a number that no longer starts a list.
fn list_marker(written: &Written<'_, '_>) -> Option<Slip> {
    let text = &*written.text;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) || !matches!(text.as_bytes().get(digits), Some(b'.' | b')')) {
        return None;
    }
    let after = &text[digits + 1..];
    let first = after.chars().next()?;
    let number = format!("{} ", &text[..=digits]);
    let source = written.source();
    let rest = source.strip_prefix(&*number)?;
    // `1.5 GB` is a number.
    let fraction = first.is_ascii_digit() && rest.starts_with(first);
    (first.is_alphanumeric() && !fraction).then(|| {
        let message = format!("no space after the number `{}`", number.trim_end());
        Slip::new(digits + 1, digits + 1, message, "set a space").perhaps(" ")
    })
}

/// `A |B`: bars with a space on one side only, where the source has both.
fn bars(written: &Written<'_, '_>) -> Option<Slip> {
    let text = &*written.text;
    let at = memchr::memchr_iter(b'|', text.as_bytes()).find(|at| {
        let (before, after) = (text[..*at].chars().next_back(), text[at + 1..].chars().next());
        let space = |it: Option<char>| it.is_none_or(|it| it.is_whitespace());
        !space(before) || !space(after)
    })?;
    written.source().contains(" | ").then(|| Slip::new(at, at + 1, "no space beside `|`", "set a space on both sides"))
}

/// A dash that was between two parts, and became a hyphen that joins two words.
fn dash(written: &Written<'_, '_>) -> Option<Slip> {
    let text = &*written.text;
    // Where words are spaced, a compound may be written so.
    if written.data.is_none_or(|data| data.words_are_spaced) {
        return None;
    }
    let joins = |at: &usize| {
        let (before, after) = (written.before(*at), written.at(at + 1));
        let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let own = |it: Option<char>| it.is_some_and(is_cjk);
        let close = |it: Option<char>| it.is_some_and(|it| it == ')' || it == '”');
        (own(before) || own(after)) && (letter(before) || close(before)) && letter(after)
    };
    let at = memchr::memchr_iter(b'-', text.as_bytes()).find(joins)?;
    let source = written.source();
    if !source.contains(" - ") && !source.contains(" – ") {
        return None;
    }
    let dashes = |text: &str| text.matches(" - ").count() + text.matches(" – ").count() + text.matches('—').count();
    (dashes(text) < dashes(&source))
        .then(|| Slip::new(at, at + 1, "the dash of the source joins two words", "set a space on both sides"))
}

/// No space after a full stop.
fn sentence(written: &Written<'_, '_>) -> Option<Slip> {
    let text = &*written.text;
    let at = memchr::memchr2_iter(b'.', b',', text.as_bytes()).find(|&at| {
        if text.as_bytes().get(at + 1).is_none_or(|it| matches!(it, b' ' | b'0'..=b'9' | b'a'..=b'z')) {
            return false;
        }
        let word = text[..at].chars().rev().take_while(|it| it.is_lowercase()).count();
        let mut after = text[at + 1..].chars();
        let capital = after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
        word >= 3 && capital && !name(text, at, &written.source())
    })?;
    let mark = &text[at..=at];
    Some(Slip::new(at, at + 1, format!("no space after `{mark}`"), "set a space"))
}

/// Whether what surrounds a mark is a name with a mark in it: a file, a domain, a class.
fn name(text: &str, at: usize, source: &str) -> bool {
    let inside = |it: char| !it.is_whitespace() && !"()[]\"«»„“”".contains(it);
    let start = text[..at].trim_end_matches(inside).len();
    let end = at + 1 + text[at + 1..].find(|it| !inside(it)).unwrap_or(text.len() - at - 1);
    let word = &text[start..end];
    let dots = word.matches('.').count() - usize::from(word.ends_with('.'));
    dots > 1 || word.contains(['/', '\\', '_', '@', '$']) || source.contains(word.trim_end_matches(['.', ',', ':']))
}

/// A word that is glued to a mark of emphasis or to a link.
fn beside_marks(written: &Written<'_, '_>) -> Option<Slip> {
    let text = &*written.text;
    let own = written.data?.scripts.first().copied()?;
    let letter = |it: Option<char>| it.is_some_and(|it| it.is_alphabetic() && Script::of(it) == Some(own));
    let (at, closes) = written.marks().find(|&(at, closes)| {
        let (before, after) = (written.before(at), written.at(at));
        // An ending is glued on purpose: `**Partner**s`.
        let ending = closes && text[at..].chars().take_while(|it| it.is_alphabetic()).count() < 4;
        letter(before) && letter(after) && !ending
    })?;
    let kept = written.unit.source.is_some_and(|side| {
        // The source glues, too.
        side.inlines.windows(3).any(|three| {
            let text = |at: usize| side.document.slice(three[at].span);
            three[0].span.end == three[1].span.start
                && text(0).ends_with(char::is_alphanumeric)
                && text(2).starts_with(char::is_alphanumeric)
                && text(1).contains(['*', '_', ')', '['])
        })
    });
    (!kept).then(|| {
        let (place, word): (_, String) = match closes {
            true => ("after", text[at..].chars().take_while(|it| it.is_alphanumeric()).collect()),
            false => ("before", text[text[..at].rfind(' ').map_or(0, |it| it + 1)..at].to_owned()),
        };
        let beside = if closes { "before" } else { "after" };
        let message = format!("no space {place} the marked words, {beside} `{}`", marks::quoted(&word));
        Slip::new(at, at, message, "set a space")
    })
}

/// A half-width colon with no space behind it, in a script that is full-width.
fn colon(written: &Written<'_, '_>) -> Option<Slip> {
    let text = &*written.text;
    let at = memchr::memchr_iter(b':', text.as_bytes()).find(|&at| {
        let (before, after) = (written.before(at), written.at(at + 1));
        after.is_some_and(is_cjk) && before.is_some_and(|it| is_cjk(it) || it == ')')
    })?;
    Some(Slip::new(at, at + 1, "a half-width `:` with no space after it", "set a space, or write it full-width"))
}
