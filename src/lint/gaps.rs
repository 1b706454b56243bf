//! Spaces that should not be there.

use super::Written;
use super::slip::Slip;
use super::written::{MASK, is_cjk, spaces};
use crate::locale::Script;

const TAKE: &str = "take the space away";

/// The slips of one text. `no_break` tells whether the article sets no-break spaces before marks.
pub(super) fn find(written: &Written<'_, '_>, no_break: bool, found: &mut Vec<Slip>) {
    let text = &*written.text;
    let mut quotes = None;
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    for (start, end) in spaces(text) {
        // Nearly all spaces lie between two words.
        if end - start == 1 && start > 0 && letter(start - 1) && letter(end) {
            continue;
        }
        let (Some(before), Some(after)) = (written.before(start), written.at(end)) else {
            continue;
        };
        if before == '\n' || after == '\n' {
            continue;
        }
        let slip = full_width(written, start, end, before, after)
            .or_else(|| bracket(written, start, end, before, after))
            .or_else(|| quote(written, start, end, before, after, &mut quotes))
            .or_else(|| no_break_space(written, start, end, before, after, no_break))
            .or_else(|| before_mark(written, start, end, before, after))
            .or_else(|| amount(written, start, end, before, after))
            .or_else(|| hyphen(written, start, end, before, after))
            .or_else(|| inside_word(written, start, end, before, after))
            .or_else(|| doubled(written, start, end, before, after));
        found.extend(slip);
    }
}

/// Before a full-width mark, or inside full-width brackets.
fn full_width(written: &Written<'_, '_>, start: usize, end: usize, before: char, after: char) -> Option<Slip> {
    let own = &written.data?.typography;
    let (closes, opens) = (own.tight_before.contains(after), own.tight_after.contains(before));
    if closes && opens || !closes && !opens {
        return None;
    }
    let message = match closes {
        true => format!("a space before `{after}`"),
        false => format!("a space after `{before}`"),
    };
    Some(Slip::new(start, end, message, TAKE).safely(""))
}

/// Inside round or square brackets.
fn bracket(written: &Written<'_, '_>, start: usize, end: usize, before: char, after: char) -> Option<Slip> {
    let (opens, closes) = (matches!(before, '(' | '['), matches!(after, ')' | ']'));
    if opens == closes {
        return None;
    }
    let source = written.source();
    if opens {
        let odd = source.contains(&format!("{before} ")) || after == MASK && before == '[';
        (!odd).then(|| Slip::new(start, end, format!("a space after `{before}`"), TAKE).safely(""))
    } else {
        // `(…,`: what is left open is told by others.
        let open = if after == ')' { '(' } else { '[' };
        let odd = source.contains(&format!(" {after}")) || !written.text[..start].contains(open) && !is_stop(before);
        (!odd).then(|| Slip::new(start, end, format!("a space before `{after}`"), TAKE).safely(""))
    }
}

fn is_stop(it: char) -> bool {
    matches!(it, '.' | '。' | '!' | '?' | '！' | '？')
}

/// Inside straight quotation marks, by their order.
fn quote(
    written: &Written<'_, '_>,
    start: usize,
    end: usize,
    before: char,
    after: char,
    quotes: &mut Option<Vec<usize>>,
) -> Option<Slip> {
    if before != '"' && after != '"' {
        return None;
    }
    let text = &*written.text;
    let quotes = quotes.get_or_insert_with(|| memchr::memchr_iter(b'"', text.as_bytes()).collect());
    let at = if before == '"' { start - 1 } else { end };
    let index = quotes.iter().position(|it| *it == at)?;
    let outer = |it: Option<char>| it.is_none_or(|it| it.is_whitespace());
    // One that stands alone belongs to nothing.
    let alone = outer(written.before(at)) && outer(written.at(at + 1));
    let opens = index % 2 == 0;
    let inner = opens == (before == '"');
    let even = quotes.len().is_multiple_of(2);
    if !(even && inner || alone && !even) {
        return None;
    }
    // `15 "` is a measure, and a source that writes so is followed.
    if written.source().contains(if opens { " \" " } else { " \"" }) && !even || before.is_ascii_digit() {
        return None;
    }
    let slip = Slip::new(start, end, "a space inside quotation marks", TAKE);
    Some(if even { slip.safely("") } else { slip })
}

/// An ordinary space where the language has one that does not break.
fn no_break_space(
    written: &Written<'_, '_>,
    start: usize,
    end: usize,
    before: char,
    after: char,
    no_break: bool,
) -> Option<Slip> {
    let data = written.data.filter(|data| !data.typography.space_before.is_empty())?;
    let space = &written.text[start..end];
    let place = data.typography.space_before.contains(after) && is_end(written, end + after.len_utf8())
        || before == '«' && after != '»';
    if !place || !space.contains(' ') {
        return None;
    }
    if space != " " {
        let help = "leave one no-break space";
        return Some(
            Slip::new(start, end, format!("several spaces at `{}`", mark(before, after)), help).safely("\u{a0}"),
        );
    }
    let message = format!("an ordinary space at `{}`, which may stand alone on a line", mark(before, after));
    no_break.then(|| Slip::new(start, end, message, "write a no-break space").safely("\u{a0}"))
}

fn mark(before: char, after: char) -> char {
    if before == '«' { before } else { after }
}

/// Whether nothing of a word follows.
pub(super) fn is_end(written: &Written<'_, '_>, at: usize) -> bool {
    written.at(at).is_none_or(|it| it.is_whitespace() || "\"»)”’]".contains(it))
}

/// Before a mark that closes up.
fn before_mark(written: &Written<'_, '_>, start: usize, end: usize, before: char, after: char) -> Option<Slip> {
    let data = written.data?;
    if !matches!(after, ',' | '.' | ';' | ':' | '!' | '?') || data.typography.space_before.contains(after) {
        return None;
    }
    let word = before.is_alphanumeric() || ")]»”\"".contains(before) || before == MASK;
    if !word || !is_end(written, end + 1) || written.source().contains(&format!(" {after}")) {
        return None;
    }
    Some(Slip::new(start, end, format!("a space before `{after}`"), TAKE).safely(""))
}

/// Between a currency sign and its number.
fn amount(written: &Written<'_, '_>, start: usize, end: usize, before: char, after: char) -> Option<Slip> {
    let odd = before == '$' && after.is_ascii_digit() && written.is_full_width();
    (odd && !written.source().contains("$ "))
        .then(|| Slip::new(start, end, "a space between `$` and its number", TAKE).safely(""))
}

/// Before a hyphen that is glued to what follows.
fn hyphen(written: &Written<'_, '_>, start: usize, end: usize, before: char, after: char) -> Option<Slip> {
    if after != '-' || !before.is_alphanumeric() {
        return None;
    }
    let next = written.at(end + 1).filter(|it| it.is_alphabetic())?;
    // `Ein- und -ausgang` leaves a part out; `-Force` is an option.
    let word = written.text[..start].rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    let joins = written.data.is_some_and(|data| data.typography.leaves_out_after.contains(word));
    let part = joins || next.is_lowercase() && !is_cjk(next);
    let source = written.source();
    let kept = source.contains(" -") && !source.contains(" - ");
    (!part && !kept)
        .then(|| Slip::new(end, end + 1, "a hyphen hangs on one word", "set spaces on both sides, or on none"))
}

/// Inside a sentence of a script that sets none.
fn inside_word(written: &Written<'_, '_>, start: usize, end: usize, before: char, after: char) -> Option<Slip> {
    let data = written.data.filter(|data| !data.words_are_spaced)?;
    let han = |it: char| Script::of(it) == Some(Script::Han);
    let only = !data.scripts.contains(&Script::Hiragana);
    if !only || !han(before) || !han(after) || written.is_heading() || end - start > 1 {
        return None;
    }
    let marked = (start..=end).any(|at| written.is_mark(at));
    // A list of words may be parted by spaces: one that stands alone is a slip.
    let mut others = written.text[..start].chars().chain(written.text[end..].chars());
    let lone = written.text.chars().count() > 12
        && spaces(&written.text)
            .filter(|(from, to)| written.before(*from).is_some_and(han) && written.at(*to).is_some_and(han))
            .count()
            == 1;
    let whole = others.any(|it| "，。、；".contains(it));
    (lone && whole && !marked).then(|| Slip::new(start, end, "a space between two words", TAKE).perhaps(""))
}

/// Twice, inside a sentence.
fn doubled(written: &Written<'_, '_>, start: usize, end: usize, before: char, after: char) -> Option<Slip> {
    let text = &written.text[start..end];
    let plain = text.len() > 1 && text.bytes().all(|it| it == b' ');
    let word = |it: char| it.is_alphanumeric() || ",;)(\"'’*".contains(it);
    // Where a mark parts the two, each is outside or inside of it.
    let parted = (start + 1..end).any(|at| written.is_mark(at));
    if !plain || parted || !word(before) || !word(after) || written.source().contains("  ") {
        return None;
    }
    let slip = Slip::new(start, end, format!("{} spaces in a row", text.len()), "leave one space");
    // Between two letters of such a script, one may be one too many, too.
    let unspaced = is_cjk(before) && is_cjk(after);
    Some(if unspaced { slip.perhaps(" ") } else { slip.safely(" ") })
}
