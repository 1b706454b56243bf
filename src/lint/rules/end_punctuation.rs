use std::cell::LazyCell;

use crate::bitext::Origin;
use crate::diagnostic::Severity;
use crate::lint::marks;
use crate::lint::slip::Slip;
use crate::lint::written::{MASK, is_cjk};
use crate::lint::{Check, Context, Family, Findings, Rule, Written};
use crate::locale::LocaleData;
use crate::text::{is_letter, is_letter_or_digit};

pub(super) const RULE: Rule = Rule {
    name: "end-punctuation",
    summary: "a sentence ends with another mark than the source, or with one of another language",
    family: Family::Language,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("end-punctuation"),
    check: Check::Written(check),
};

fn check(all: &[Written<'_, '_>], context: &Context<'_>, findings: &mut Findings<'_>) {
    let habits = Habits::of(all);
    let times = |marks: [char; 2]| all.iter().map(|written| written.text.matches(marks).count()).sum::<usize>();
    let full = LazyCell::new(|| times(['？', '！']) > times(['?', '!']));
    for written in all {
        let Some(data) = written.data else { continue };
        let compared = context.same_version
            && written.unit.source.is_some()
            && !matches!(written.unit.origin, Origin::Aligned(confidence) if confidence < 0.8);
        let slip = None
            .or_else(|| in_a_row(written))
            .or_else(|| width(written, data, &|| *full))
            .or_else(|| inside(written, data))
            .or_else(|| in_a_mark(written).filter(|_| compared))
            .or_else(|| at_the_end(written, &habits).filter(|_| compared));
        if let Some(slip) = slip {
            slip.tell(written, findings);
        }
    }
}

/// What ends a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Stop,
    Colon,
    Question,
    Exclamation,
    Other,
    Word,
}

/// How a text ends, brackets and quotation marks put aside, and where that mark is.
fn end(text: &str) -> (End, usize) {
    let cut = text.trim_end_matches(|it: char| it.is_whitespace() || ")）]］\"”»“」』】*_".contains(it));
    let Some(last) = cut.chars().next_back() else { return (End::Other, 0) };
    let kind = match last {
        '.' if cut.ends_with("..") => End::Other,
        '.' | '。' | '．' => End::Stop,
        ':' | '：' => End::Colon,
        '?' | '？' => End::Question,
        '!' | '！' => End::Exclamation,
        it if is_letter_or_digit(it) => End::Word,
        _ => End::Other,
    };
    (kind, cut.len() - last.len_utf8())
}

/// What the article does with the ends of its sentences.
#[derive(Default)]
struct Habits {
    /// Where the source ends with a full stop: targets with one, and without any mark.
    stops: (usize, usize),
    /// Where the source ends with a word: targets with a full stop, and without.
    words: (usize, usize),
    /// Where the source ends with a colon: targets with one, and with a full stop.
    colons: (usize, usize),
}

impl Habits {
    fn of(all: &[Written<'_, '_>]) -> Self {
        let mut habits = Habits::default();
        for written in all {
            let Some(source) = written.unit.source else { continue };
            match (end(source.raw()).0, end(&written.text).0) {
                (End::Stop, End::Stop) => habits.stops.0 += 1,
                (End::Stop, End::Word) => habits.stops.1 += 1,
                (End::Word, End::Stop) => habits.words.0 += 1,
                (End::Word, End::Word) => habits.words.1 += 1,
                (End::Colon, End::Colon) => habits.colons.0 += 1,
                (End::Colon, End::Stop) => habits.colons.1 += 1,
                _ => {}
            }
        }
        habits
    }
}

/// The last mark, held against the last mark of the source.
fn at_the_end(written: &Written<'_, '_>, habits: &Habits) -> Option<Slip> {
    let source = written.unit.source?;
    let (wanted, _) = end(source.raw());
    let (found, at) = end(&written.text);
    let full = written.is_full_width();
    if wanted == found || written.text.chars().filter(|it| is_letter_or_digit(*it)).count() < 8 {
        return None;
    }
    let last = written.at(at)?;
    let place = |message: String, help| Some(Slip::new(at, at + last.len_utf8(), message, help));
    match (wanted, found) {
        (End::Stop, End::Word) if habits.stops.0 >= 12 * habits.stops.1 && is_sentence(written) => {
            place("the full stop of the source is missing".to_owned(), "end the sentence with a full stop")
        }
        (End::Word, End::Stop)
            if written.is_heading() && !abbreviated(written, at) && habits.words.1 >= 3 * habits.words.0 =>
        {
            place(format!("a heading ends with `{last}`, and the source does not"), "take the full stop away")
        }
        (End::Colon, End::Stop) if !full && habits.colons.0 > 2 * habits.colons.1 => {
            place(format!("`{last}` where the source has `:`"), "end it with a colon, as what it announces follows")
        }
        (End::Question, End::Stop) if !full => {
            place(format!("`{last}` where the source has `?`"), "end the question with a question mark")
        }
        _ => None,
    }
}

/// Whether a text is a sentence for certain: neither a cell, nor a few words.
fn is_sentence(written: &Written<'_, '_>) -> bool {
    let side = written.unit.source.map(|side| side.text()).unwrap_or_default();
    !written.is_cell() && !written.is_heading() && side.split_whitespace().count() >= 8
}

/// Whether the full stop at a place is that of an abbreviation.
fn abbreviated(written: &Written<'_, '_>, at: usize) -> bool {
    let word = written.text[..at].rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    let known = |data: &LocaleData| data.abbreviations.contains(word) || data.closing_abbreviations.contains(word);
    word.chars().count() < 3 || written.data.is_some_and(known)
}

/// Two marks that cannot stand in a row.
fn in_a_row(written: &Written<'_, '_>) -> Option<Slip> {
    const WIDE: &[&str] =
        &["，，", "。。", "：：", "、、", "；；", "：。", "，。", "、。", "。，", "？。", "，、", "、，"];
    let text = &*written.text;
    let at = match written.is_full_width() {
        true => {
            wide_marks(text).find(|at| text.get(*at..at + 6).is_some_and(|pair| WIDE.contains(&pair))).map(|at| (at, 6))
        }
        false => {
            let bytes = text.as_bytes();
            let twice = memchr::memchr3_iter(b',', b';', b':', bytes).find(|at| bytes.get(at + 1) == Some(&bytes[*at]));
            let apostrophes =
                || memchr::memchr_iter(0xE2, bytes).find(|at| text[*at..].starts_with("’’")).map(|at| (at, 6));
            twice.map(|at| (at, 2)).or_else(apostrophes)
        }
    };
    let (at, length) = at?;
    let pair = &text[at..at + length];
    // `a::b` is code.
    let code = pair.is_ascii() && written.source().contains(pair);
    let more = text[at + length..].starts_with(['。', ':', ',', '：']);
    // A link may end with a mark of its own.
    let parted = (at + 1..at + length).any(|at| written.is_mark(at));
    (!code && !more && !parted)
        .then(|| Slip::new(at, at + length, format!("two marks in a row: `{pair}`"), "leave the one that is meant"))
}

/// The places of full-width marks: what their bytes begin with, and no letter's.
fn wide_marks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let mark = |it: &[u8]| it[0] == 0xEF && it[1] == 0xBC || it[0] == 0xE3 && it[1] == 0x80;
    bytes.windows(3).enumerate().filter(move |(_, it)| mark(it)).map(|(at, _)| at)
}

/// A half-width mark among full-width letters, and a full-width one among digits.
fn width(written: &Written<'_, '_>, data: &LocaleData, full_by_habit: &dyn Fn() -> bool) -> Option<Slip> {
    if !data.full_width {
        return None;
    }
    let text = &*written.text;
    for at in memchr::memchr3_iter(b'?', b'!', b'.', text.as_bytes()) {
        let (before, after) = (written.before(at), written.at(at + 1));
        let mark = &text[at..=at];
        let end = after.is_none_or(|it| is_cjk(it) || it.is_whitespace() || ")\"”]".contains(it));
        if before.is_some_and(is_cjk)
            && end
            && (data.typography.full_width_always || full_by_habit())
            && !text[at + 1..].trim_start().starts_with(mark)
        {
            let full = match mark {
                "?" => "？",
                "!" => "！",
                _ => "。",
            };
            return Some(Slip::new(at, at + 1, format!("a half-width `{mark}`"), "write it full-width").perhaps(full));
        }
    }
    let after_digit = |at: &usize| at.checked_sub(1).is_some_and(|at| text.as_bytes()[at].is_ascii_digit());
    wide_marks(text).filter(after_digit).find_map(|at| behind_a_number(written, at))
}

/// A full-width mark behind a digit: the sign of a number, or the full stop of a step.
fn behind_a_number(written: &Written<'_, '_>, at: usize) -> Option<Slip> {
    let (before, mark, after) = (&written.text[..at], &written.text[at..at + 3], &written.text[at + 3..]);
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number = &before[before.len() - digits..];
    match mark {
        "，" | "、" => {
            let group = after.bytes().take_while(u8::is_ascii_digit).count();
            let is_one = group == 3 && digits <= 3 && written.source().contains(&format!("{number},{}", &after[..3]));
            let message = format!("a full-width `{mark}` inside a number");
            is_one.then(|| Slip::new(at, at + 3, message, "write it half-width").perhaps(","))
        }
        "。" => {
            let follows = after.chars().next().is_some_and(|it| !it.is_whitespace());
            let step = follows && before.chars().count() <= 6 && written.source().contains(&format!("{number}. "));
            let message = "the full stop of a sentence behind a number";
            step.then(|| Slip::new(at, at + 3, message, "write `.` and a space").perhaps(". "))
        }
        _ => None,
    }
}

/// A full stop before a small letter, where the source has another mark.
fn inside(written: &Written<'_, '_>, data: &LocaleData) -> Option<Slip> {
    let text = &*written.text;
    for at in memchr::memchr_iter(b'.', text.as_bytes()) {
        if text.as_bytes().get(at + 1) != Some(&b' ') {
            continue;
        }
        let rest = text[at + 2..].trim_start();
        let next: String = rest.chars().take_while(|it| is_letter(*it)).collect();
        let small = next.chars().count() > 1 && next.chars().all(char::is_lowercase) || next.len() == 1 && next != "i";
        let small = small && next.chars().all(char::is_lowercase);
        let start = text[..at].rfind(|it: char| it.is_whitespace() || "([«„“\"".contains(it)).map_or(0, |at| at + 1);
        let start = (start..=at).find(|it| text.is_char_boundary(*it)).unwrap_or(at);
        let word = text[start..at].trim_end_matches([')', ']', '»', '"', '”']);
        let known = data.abbreviations.contains(word) || data.closing_abbreviations.contains(word);
        let letters = word.chars().count() >= 4 && !word.contains(['.', MASK, '/']) && word.chars().all(is_letter);
        // A domain or a file after the small word: `. net`.
        let word_goes_on = rest[next.len()..].starts_with(['.', '_', '/', '@']);
        if small
            && letters
            && !known
            && !word_goes_on
            && !small_sentence(&written.source())
            && written.unit.source.is_some()
        {
            let end = at + 2 + (text[at + 2..].len() - rest.len()) + next.len();
            let message = format!("a full stop before `{next}`");
            return Some(Slip::new(at, end, message, "write the mark of the source, or a capital"));
        }
    }
    None
}

/// Whether the source, too, has a sentence that begins with a small letter.
fn small_sentence(source: &str) -> bool {
    memchr::memmem::find_iter(source.as_bytes(), ". ").any(|at| source[at + 2..].starts_with(char::is_lowercase))
}

/// A link text or marked words that swallowed the mark after them.
fn in_a_mark(written: &Written<'_, '_>) -> Option<Slip> {
    let side = written.unit.source?;
    let swallows = |text: &str| text.ends_with(['.', ',', '。', '，']) && !text.ends_with("..");
    let at = written.closes().find(|at| swallows(&written.text[..*at]))?;
    let source = marks::links(&side).into_iter().chain(marks::strong(&side));
    if source.into_iter().any(|it| swallows(&it.text) || swallows(it.text.trim_end_matches(['"', ')', '”']))) {
        return None;
    }
    let before = written.before(at)?;
    let start = at - before.len_utf8();
    // A whole sentence in bold ends inside it, and so does an abbreviation.
    let alone = written.text[at..].trim().is_empty() && before != ',';
    let link = written.marks().filter(|(place, _)| *place < at).count() > 0;
    let whole = written.marks().any(|(place, closes)| !closes && written.text[..place].trim().is_empty());
    (link && !(alone && whole) && !(before == '.' && abbreviated(written, start)))
        .then(|| Slip::new(start, at, format!("the marked words end with `{before}`"), "put the mark behind them"))
}
