//! Where two versions of a text differ.

use std::borrow::Cow;

use crate::locale::is_unspaced;

/// How many borders of words are shown around a difference: a word has two.
const AROUND: usize = 6;

/// The lengths of what two texts begin and end with alike, on the borders of words.
pub(super) fn common(a: &str, b: &str) -> (usize, usize) {
    let alike = a.char_indices().zip(b.chars()).take_while(|((_, a), b)| a == b);
    let mut start = alike.last().map_or(0, |((at, it), _)| at + it.len_utf8());
    while !is_border(a, start) || !is_border(b, start) {
        start = a[..start].char_indices().next_back().map_or(0, |(at, _)| at);
    }
    let pairs = a[start..].chars().rev().zip(b[start..].chars().rev());
    let mut end = pairs.take_while(|(a, b)| a == b).map(|(it, _)| it.len_utf8()).sum::<usize>();
    while !is_border(a, a.len() - end) || !is_border(b, b.len() - end) {
        end -= a[a.len() - end..].chars().next().map_or(end, char::len_utf8);
    }
    (start, end)
}

/// The stretches in which two texts differ, with a few words around them.
pub(super) fn difference<'t>(a: &'t str, b: &'t str) -> (Cow<'t, str>, Cow<'t, str>) {
    let (start, end) = common(a, b);
    let from = a[..start].char_indices().rev().filter(|(at, _)| is_border(a, *at)).nth(AROUND).map_or(0, |(at, _)| at);
    let cut = |text: &'t str| {
        let tail = text.len() - end;
        let borders = text[tail..].char_indices().filter(|(at, _)| is_border(text, tail + at));
        let to = borders.skip(1).nth(AROUND).map_or(text.len(), |(at, _)| tail + at);
        match (from > 0, to < text.len()) {
            (false, false) => Cow::Borrowed(text),
            (before, after) => {
                let dots = |it: bool| if it { "…" } else { "" };
                Cow::Owned(format!("{}{}{}", dots(before), text[from..to].trim(), dots(after)))
            }
        }
    };
    (cut(a), cut(b))
}

/// Whether `at` is not inside a word.
fn is_border(text: &str, at: usize) -> bool {
    let letter = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() && !is_unspaced(it));
    !(letter(text[..at].chars().next_back()) && letter(text[at..].chars().next()))
}
