//! Numbers as they are written: digits with the signs between them, and which locale writes so.

use super::Context;
use crate::locale::Locale;

/// A stretch of digits with `.` or `,` between them that stands alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub start: usize,
    pub end: usize,
}

/// All of a text, without what is part of a code, an address, a time or a version that is called so.
pub(super) fn numerals(text: &str) -> impl Iterator<Item = Numeral> + '_ {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let inside = move |at: usize| {
        digit(at)
            || bytes.get(at).is_some_and(|it| matches!(it, b'.' | b',')) && digit(at + 1) && at > 0 && digit(at - 1)
    };
    let mut last = 0;
    memchr::memchr2_iter(b'.', b',', bytes).filter_map(move |sign| {
        if sign < last || !inside(sign) {
            return None;
        }
        let start = (0..sign).rev().take_while(|at| inside(*at)).last().unwrap_or(sign);
        let end = (sign..bytes.len()).find(|at| !inside(*at)).unwrap_or(bytes.len());
        last = end;
        let joins = |it: char| it.is_alphanumeric() || "-/\\_@#:+=&'’\u{FFFC}".contains(it);
        // A hyphen before a number may be a minus sign.
        let before = text[..start].chars().next_back().is_some_and(joins);
        let after = text[end..].chars().next().is_some_and(|it| joins(it) || it == '*');
        (!before && !after).then_some(Numeral { start, end })
    })
}

/// The signs by which a locale writes numbers.
pub(super) struct Signs {
    decimal: char,
    group: String,
}

impl Signs {
    /// Those of a locale; `None` where they are not known.
    pub(super) fn of(locale: &Locale, context: &Context<'_>) -> Option<Signs> {
        let data = locale.data()?;
        let region = |tag: &str| tag.split('-').skip(1).any(|part| data.typography.numbers_differ_in.contains(part));
        let numbers = &context.settings.words(locale).lexicon.numbers;
        (!region(locale.tag())).then_some(Signs { decimal: numbers.decimal?, group: numbers.group.clone() })
    }

    /// A numeral in its whole part and its fraction.
    fn parts<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        text.rsplit_once(self.decimal).unwrap_or((text, ""))
    }

    fn has_fraction(&self, text: &str) -> bool {
        !self.parts(text).1.is_empty()
    }

    /// Whether the signs are those of the locale, and where it sets them.
    pub(super) fn reads_all(&self, text: &str) -> bool {
        let (whole, fraction) = self.parts(text);
        let mut groups = whole.split(|it: char| self.group.contains(it));
        let first = groups.next().unwrap_or_default();
        let mut rest = groups.peekable();
        let short = rest.peek().is_none() || (1..=3).contains(&first.len()) && !first.starts_with('0');
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        short && digits(first) && digits(fraction) && rest.all(|it| it.len() == 3 && digits(it))
    }

    /// Whether groups are parted.
    pub(super) fn has_group(&self, text: &str) -> bool {
        self.parts(text).0.contains(|it| self.group.contains(it))
    }

    /// Whether a numeral has both signs, and only another locale writes it so.
    pub(super) fn cannot_be(&self, text: &str, foreign: &Signs) -> bool {
        let both = foreign.has_group(text) && foreign.has_fraction(text);
        both && foreign.reads_all(text) && !self.reads_all(text) && (foreign.decimal != self.decimal)
    }

    /// Whether a numeral of this locale is another number, or none, in `own`.
    pub(super) fn differs(&self, text: &str, own: &Signs) -> bool {
        self.decimal != own.decimal && self.reads_all(text)
    }

    /// Whether one group of several has too few digits, or too many: `1.000.0000`.
    pub(super) fn has_odd_group(&self, text: &str) -> bool {
        let (whole, fraction) = self.parts(text);
        let groups: Vec<&str> = whole.split(|it: char| self.group.contains(it)).collect();
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let [first, rest @ ..] = &groups[..] else { return false };
        let odd = rest.iter().filter(|it| it.len() != 3).count();
        let near = rest.iter().all(|it| (2..=4).contains(&it.len()));
        rest.len() > 1
            && digits(fraction)
            && groups.iter().all(|it| digits(it))
            && (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && odd == 1
            && near
            && rest.contains(&"000")
    }

    /// A numeral of this locale with the signs of another.
    pub(super) fn rewritten(&self, text: &str, own: &Signs) -> String {
        let group = own.group.chars().next().map(|it| if it == ' ' { '\u{a0}' } else { it });
        let (whole, fraction) = self.parts(text);
        let groups: Vec<&str> = whole.split(|it: char| self.group.contains(it)).collect();
        let whole = groups.join(&group.map(String::from).unwrap_or_default());
        if fraction.is_empty() { whole } else { format!("{whole}{}{fraction}", own.decimal) }
    }
}
