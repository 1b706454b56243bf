//! Full-width and half-width forms of characters, as they stand in a text.

use super::Written;
use super::written::is_cjk;
use crate::locale::Typography;

/// What a run is made of. One digit or letter alone is a form of its own: many write it full-width,
/// and longer ones half-width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Digit,
    Digits,
    Letter,
    Letters,
    /// Letters that have a narrow form beside the usual wide one.
    Narrow,
}

impl Form {
    pub(super) const ALL: [Form; 5] = [Form::Digit, Form::Digits, Form::Letter, Form::Letters, Form::Narrow];

    fn of(length: usize, digits: bool) -> Self {
        match (digits, length) {
            (true, 1) => Form::Digit,
            (true, _) => Form::Digits,
            (false, 1) => Form::Letter,
            (false, _) => Form::Letters,
        }
    }
}

/// A run of characters of unusual width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub form: Form,
    pub start: usize,
    pub end: usize,
}

/// Whether a text may hold such a run: what their first two bytes are, and no other letter's.
pub(super) fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xEF, bytes).any(|at| matches!(bytes[at + 1], 0xBC..=0xBE) && !is_mark(&bytes[at..]))
}

/// The full-width comma, colon, semicolon, brackets, question and exclamation marks: a third of all.
fn is_mark(bytes: &[u8]) -> bool {
    bytes[1] == 0xBC && !matches!(bytes[2], 0x90..=0x99 | 0xA1..=0xBA)
}

/// The half-width character of a full-width digit or letter.
fn half(wide: char) -> Option<char> {
    matches!(wide, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ').then(|| char::from_u32(wide as u32 - 0xFEE0)).flatten()
}

/// The runs of full-width digits and letters, and of narrow letters.
pub(super) fn runs(text: &str, typography: &Typography) -> Vec<Run> {
    let kind = |it: char| match half(it) {
        Some(it) => Some(if it.is_ascii_digit() { 0 } else { 1 }),
        None => typography.narrow_forms.iter().any(|(narrow, _)| narrow.contains(it)).then_some(2),
    };
    let mut runs = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        let Some(own) = (first as u32 >= 0xFF00).then(|| kind(first)).flatten() else { continue };
        let (mut end, mut length) = (start + first.len_utf8(), 1);
        while let Some(&(at, next)) = characters.peek() {
            // `３．５` and `１，０００` are numbers.
            let after = &text[at + next.len_utf8()..];
            let digits = after.chars().take_while(|it| kind(*it) == Some(0)).count();
            let sign = own == 0 && (next == '．' && digits > 0 || next == '，' && digits == 3);
            if !sign && kind(next) != Some(own) {
                break;
            }
            characters.next();
            (end, length) = (at + next.len_utf8(), length + 1);
        }
        let form = if own == 2 { Form::Narrow } else { Form::of(length, own == 0) };
        runs.push(Run { form, start, end });
    }
    runs
}

/// A run in its usual form.
pub(super) fn usual_form(text: &str, typography: &Typography) -> String {
    let mut usual = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        // The longest comes first: a letter may have a sign behind it.
        if let Some((narrow, wide)) = typography.narrow_forms.iter().find(|(narrow, _)| rest.starts_with(&**narrow)) {
            usual.push_str(wide);
            rest = &rest[narrow.len()..];
            continue;
        }
        usual.push(match first {
            '．' => '.',
            '，' => ',',
            _ => half(first).unwrap_or(first),
        });
        rest = &rest[first.len_utf8()..];
    }
    usual
}

/// How often the usual form stands in a text.
pub(super) fn usual(text: &str, form: Form, typography: &Typography) -> usize {
    let wide = |it: char| typography.narrow_forms.iter().any(|(_, wide)| wide.starts_with(it));
    if form == Form::Narrow {
        return text.chars().filter(|it| wide(*it)).count();
    }
    let words = text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    words.filter(|word| Form::of(word.len(), word.bytes().all(|it| it.is_ascii_digit())) == form).count()
}

/// A half-width mark among full-width letters, or a pair of half-width brackets around them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The mark; of brackets the one that opens.
    pub half: char,
    pub start: usize,
    pub end: usize,
}

/// The marks of one text that the language has full-width.
pub(super) fn marks(written: &Written<'_, '_>, mut found: impl FnMut(Mark)) {
    let text = &*written.text;
    let Some(data) = written.data else { return };
    for &(half, _) in data.typography.widths.iter().filter(|(half, _)| half.is_ascii()) {
        for at in memchr::memchr_iter(half as u8, text.as_bytes()) {
            if half == '(' {
                brackets(written, at).into_iter().for_each(&mut found);
            } else if written.before(at).is_some_and(is_cjk) && written.at(at + 1).is_some_and(is_cjk) {
                found(Mark { half, start: at, end: at + 1 });
            }
        }
    }
}

/// The brackets that open at a place, with the spaces around them, where all beside them is in
/// full-width letters.
fn brackets(written: &Written<'_, '_>, at: usize) -> Option<Mark> {
    let text = &*written.text;
    let length = text[at + 1..].find(['(', ')', '（', '）'])?;
    let end = at + 1 + length;
    if !text[end..].starts_with(')') {
        return None;
    }
    let inner = &text[at + 1..end];
    let spaced = |it: &str| it.len() - it.trim_end_matches(' ').len();
    let start = at - spaced(&text[..at]);
    let own = |it: Option<char>| it.is_none_or(|it| is_cjk(it) || "，。、；：".contains(it));
    let around = own(written.before(start)) && start > 0;
    let inside = inner.starts_with(is_cjk) && inner.ends_with(is_cjk);
    let after = text[end + 1..].trim_start_matches(' ');
    let close = text.len() - after.len();
    (around && inside && own(after.chars().next())).then_some(Mark { half: '(', start, end: close })
}
