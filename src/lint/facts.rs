//! Which numbers, dates, times, durations, amounts and codes of two statements differ.
//!
//! Values are compared, not strings: what is equal in another unit, another calendar form or in
//! words is equal. What is left on both sides is paired by kind.

use super::Findings;
use super::compared::{Compared, quote};
use crate::diagnostic::Severity;
use crate::locale::{Cue, Relation, TimeUnit};
use crate::signal::{Date, ONE, Quantity, Statement, Value, measure};

/// The kind of a fact; each is the business of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Date,
    Time,
    Duration,
    Money,
    Code,
}

/// A fact that differs, by the indices of its quantities.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// What it is.
    pub kind: Kind,
    /// The quantity of the source; `None` where only the target has it.
    pub source: Option<usize>,
    /// The quantity of the target; `None` where only the source has it.
    pub target: Option<usize>,
}

fn kind(quantity: &Quantity) -> Kind {
    match quantity.value {
        Value::Number(..) | Value::Ordinal(_) | Value::Percent(_) | Value::Always => Kind::Number,
        Value::Money(..) => Kind::Money,
        Value::Duration(..) => Kind::Duration,
        Value::Date(_) => Kind::Date,
        Value::Time(_) => Kind::Time,
        Value::Code(_) => Kind::Code,
    }
}

/// The numbers by which one says at all times, or from all sides.
const ROUND: [i64; 4] = [24, 7, 365, 360];

/// The numbers that a quantity is made of.
fn atoms(value: &Value, each: &mut dyn FnMut(i64)) {
    match value {
        Value::Number(value, other) => {
            each(*value);
            // A year may be said by its last two digits.
            if (1980 * ONE..2100 * ONE).contains(value) {
                each(*value % (100 * ONE));
            }
            if let Some(other) = other {
                each(*other);
            }
        }
        Value::Ordinal(value) | Value::Percent(value) | Value::Money(value, _) | Value::Duration(value, _) => {
            each(*value)
        }
        Value::Date(date) => {
            if let Some(year) = date.year {
                each(i64::from(year) * ONE);
                each(i64::from(year % 100) * ONE);
            }
            for part in [date.month, date.day].into_iter().flatten() {
                each(i64::from(part) * ONE);
            }
        }
        Value::Time(minutes) => {
            let (hour, minute) = (i64::from(minutes / 60), i64::from(minutes % 60));
            each(hour * ONE);
            each(hour % 12 * ONE);
            if hour == 12 {
                each(12 * ONE);
            }
            each(minute * ONE);
        }
        Value::Code(code) => {
            // Each run of digits inside it.
            for run in code.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty() && it.len() <= 9) {
                if let Ok(value) = run.parse::<i64>() {
                    each(value * ONE);
                }
            }
        }
        Value::Always => ROUND.into_iter().for_each(|it| each(it * ONE)),
    }
}

/// Whether two dates may be the same: what both state is equal, and neither lacks the month.
fn dates_agree(a: &Date, b: &Date) -> bool {
    fn same<T: PartialEq + Copy>(a: Option<T>, b: Option<T>) -> bool {
        a.is_none() || b.is_none() || a == b
    }
    let year = same(a.year, b.year) || a.year.map(|it| it % 100) == b.year.map(|it| it % 100);
    let straight = a.month == b.month && same(a.day, b.day);
    let crossed = (a.ambiguous || b.ambiguous) && a.month == b.day && a.day == b.month;
    let overlap = a.month.is_some() || a.day.is_some() && a.day == b.day || a.year.is_some() && b.year.is_some();
    overlap && year && (straight || crossed)
}

/// Whether all parts of a date are stated somewhere: `1 and 2 May 2026` states two days of one month.
/// A number that stands for another (`free` is false) states no day.
fn is_spread(date: &Date, all: &[Quantity], free: &[bool]) -> bool {
    let dates = || {
        all.iter().filter_map(|it| match it.value {
            Value::Date(date) => Some(date),
            _ => None,
        })
    };
    let alone = |part: u16| {
        let wanted = i64::from(part) * ONE;
        all.iter().zip(free).any(|(it, &free)| match it.value {
            Value::Number(value, _) | Value::Ordinal(value) | Value::Duration(value, _) => free && value == wanted,
            _ => false,
        })
    };
    let month = |part: u8| dates().any(|it| it.month == Some(part));
    let day = |part: u8| dates().any(|it| it.day == Some(part)) || alone(part.into());
    let year =
        |part: u16| dates().all(|it| it.year.is_none()) || dates().any(|it| it.year == Some(part)) || alone(part);
    date.month.is_none_or(month) && date.day.is_none_or(day) && date.year.is_none_or(year)
}

/// Whether two quantities state the same.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a, c), Value::Number(b, d)) => {
            a == b || Some(*a) == *d || Some(*b) == *c || c.is_some() && c == d
        }
        (Value::Duration(a, unit), Value::Duration(b, other)) => measure(*a, *unit) == measure(*b, *other),
        (Value::Date(a), Value::Date(b)) => dates_agree(a, b),
        _ => a == b,
    }
}

/// Whether two quantities of different kinds may state the same.
fn akin(a: &Value, b: &Value) -> bool {
    let mut same = false;
    match (a, b) {
        // Units that both state, dates and times are compared as such.
        (Value::Duration(..), Value::Duration(..))
        | (Value::Date(_), Value::Date(_))
        | (Value::Time(_), Value::Time(_)) => {}
        // The day alone, where the month goes without saying.
        (Value::Ordinal(day), Value::Date(date)) | (Value::Date(date), Value::Ordinal(day)) => {
            return date.day.is_some_and(|it| i64::from(it) * ONE == *day);
        }
        // A month with its day or year is said as a date.
        (Value::Date(date), _) | (_, Value::Date(date))
            if date.month.is_some() && (date.day.is_some() || date.year.is_some()) => {}
        (Value::Code(a), Value::Code(b)) => return a == b,
        (Value::Money(a, _), Value::Money(b, _)) => return a == b,
        _ => atoms(a, &mut |one| atoms(b, &mut |other| same |= one == other)),
    }
    same
}

/// Whether two bounds of whole numbers are the same: more than 5 is 6 or more.
fn same_bound(a: &Quantity, b: &Quantity) -> bool {
    let bound = |it: &Quantity| -> Option<(i64, bool)> {
        let (Value::Number(value, _) | Value::Duration(value, _)) = it.value else { return None };
        Some(match it.bound()? {
            Relation::MoreThan => (value + ONE, true),
            Relation::AtLeast => (value, true),
            Relation::LessThan => (value - ONE, false),
            Relation::AtMost => (value, false),
            _ => return None,
        })
    };
    a.bound() != b.bound() && bound(a).is_some() && bound(a) == bound(b)
}

/// The day and month that a number with a dot may be: `01.10` in `01.10–31.10.`.
fn dotted(statement: &Statement, quantity: &Quantity) -> Option<Date> {
    let Value::Number(..) = quantity.value else { return None };
    let (day, month) = statement.text(quantity.place()).split_once('.')?;
    let part = |text: &str, most: u8| {
        let digits = matches!(text.len(), 1 | 2) && text.bytes().all(|it| it.is_ascii_digit());
        text.parse().ok().filter(|it| digits && (1..=most).contains(it))
    };
    Some(Date { year: None, month: Some(part(month, 12)?), day: Some(part(day, 31)?), ambiguous: false })
}

/// Whether `read` states all that `said` does.
fn states(said: &Value, read: &Value) -> bool {
    let lacks_day =
        matches!((said, read), (Value::Date(said), Value::Date(read)) if said.day.is_some() && read.day.is_none());
    !lacks_day && (equal(said, read) || akin(said, read))
}

/// Whether a text holds `part` with no letter or digit of Latin script beside it.
fn holds(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let before = text.as_bytes()[..at].last().is_some_and(u8::is_ascii_alphanumeric);
        let after = text.as_bytes().get(at + part.len()).is_some_and(u8::is_ascii_alphanumeric);
        !before && !after
    })
}

/// The quantities that state the same, in order: each is taken once.
pub fn pairs(source: &Statement, target: &Statement) -> Vec<(usize, usize)> {
    let mut free = vec![true; target.quantities.len()];
    let mut found = Vec::new();
    for same in [equal, akin] {
        for (at, one) in source.quantities.iter().enumerate() {
            if found.iter().any(|&(known, _)| known == at) {
                continue;
            }
            let fits = |other: usize, it: &Quantity| free[other] && same(&one.value, &it.value);
            let alike = |it: &Quantity| it.bound() == one.bound();
            let all = || target.quantities.iter().enumerate();
            let mate = all().position(|(other, it)| fits(other, it) && alike(it));
            let mate = mate.or_else(|| all().position(|(other, it)| fits(other, it)));
            if let Some(other) = mate {
                free[other] = false;
                found.push((at, other));
            }
        }
    }
    found
}

/// The facts that differ, where these pairs state the same.
pub fn differences(source: &Statement, target: &Statement, pairs: &[(usize, usize)]) -> Vec<Difference> {
    let (from, to) = (&source.quantities, &target.quantities);
    if from.is_empty() && to.is_empty() {
        return Vec::new();
    }
    let (mut left, mut right) = (vec![true; from.len()], vec![true; to.len()]);
    let (mut free_left, mut free_right) = (left.clone(), right.clone());
    for &(at, other) in pairs {
        (free_left[at], free_right[other]) = (false, false);
    }
    for &(at, other) in pairs {
        // A month with its day is not stated by the month alone.
        let lacks_day = matches!((&from[at].value, &to[other].value), (Value::Date(said), Value::Date(read))
            if said.day.is_some() && read.day.is_none() && !is_spread(said, to, &free_right));
        (left[at], right[other]) = (lacks_day, lacks_day);
    }
    // One statement on one side may stand for two equal ones on the other.
    for (at, one) in from.iter().enumerate() {
        left[at] = left[at] && !to.iter().any(|it| states(&one.value, &it.value));
    }
    for (at, one) in to.iter().enumerate() {
        right[at] = right[at] && !from.iter().any(|it| states(&it.value, &one.value));
    }
    let written = |statement: &Statement, quantity: &Quantity, other: &Statement| {
        let text = statement.plain.folded.get(quantity.start..quantity.end).unwrap_or_default();
        let digits = text.len() >= 2 && text.is_ascii() && text.bytes().any(|it| it.is_ascii_digit());
        digits && !matches!(quantity.value, Value::Time(_)) && holds(&other.plain.folded, text)
    };
    let excused = |one: &Quantity, here: &Statement, there: &Statement, free: &[bool]| {
        let always = || there.quantities.iter().any(|it| it.value == Value::Always);
        let mut round = false;
        atoms(&one.value, &mut |it| round |= ROUND.contains(&(it / ONE)));
        let spread = matches!(&one.value, Value::Date(date) if is_spread(date, &there.quantities, free));
        let dotted = match (&one.value, dotted(here, one)) {
            (Value::Date(date), _) => {
                there.quantities.iter().any(|it| dotted(there, it).is_some_and(|it| dates_agree(date, &it)))
            }
            (_, Some(date)) => {
                there.quantities.iter().any(|it| matches!(&it.value, Value::Date(other) if dates_agree(&date, other)))
            }
            _ => false,
        };
        // `3 days, counted in business days`: the unit stands apart from its number.
        let working = match one.value {
            Value::Duration(value, unit @ (TimeUnit::Day | TimeUnit::BusinessDay)) => {
                let apart = |of: &Statement| {
                    let inside = |start: usize| of.quantities.iter().any(|it| it.start <= start && start < it.end);
                    of.units.iter().any(|&(unit, start, _)| unit == TimeUnit::BusinessDay && !inside(start))
                };
                let said =
                    |it: &Quantity| matches!(it.value, Value::Duration(same, other) if same == value && other != unit);
                apart(if unit == TimeUnit::Day { here } else { there }) && there.quantities.iter().any(said)
            }
            _ => false,
        };
        // All of it: only that, the whole.
        let whole = one.value == Value::Percent(100 * ONE) && there.has(&[Cue::Only, Cue::Full]);
        whole
            || working
            || one.value == Value::Always
            || round && always()
            || spread
            || dotted
            || written(here, one, there)
    };
    for (at, one) in from.iter().enumerate() {
        left[at] = left[at] && !excused(one, source, target, &free_right) && !to.iter().any(|it| same_bound(one, it));
    }
    for (at, one) in to.iter().enumerate() {
        right[at] =
            right[at] && !excused(one, target, source, &free_left) && !from.iter().any(|it| same_bound(one, it));
    }
    let mut found = Vec::new();
    // What is left is paired by kind, in order.
    for (at, one) in from.iter().enumerate().filter(|(at, _)| left[*at]) {
        let kind_here = kind(one);
        let mate = to.iter().enumerate().position(|(other, it)| right[other] && kind(it) == kind_here);
        let mate = mate.or_else(|| {
            let number = |it: &Quantity| matches!(kind(it), Kind::Number | Kind::Duration | Kind::Money);
            number(one)
                .then(|| to.iter().enumerate().position(|(other, it)| right[other] && number(it) && it.digits))
                .flatten()
        });
        if let Some(other) = mate {
            right[other] = false;
        }
        found.push(Difference { kind: kind_here, source: Some(at), target: mate });
    }
    for (at, one) in to.iter().enumerate().filter(|(at, _)| right[*at]) {
        found.push(Difference { kind: kind(one), source: None, target: Some(at) });
    }
    found
}

/// Reports the differences of one kind.
pub fn report(it: &Compared<'_, '_>, wanted: Kind, findings: &mut Findings<'_>) {
    // Without a lexicon the names of months, units and currencies are not read: digits alone speak.
    if !it.is_known() && wanted != Kind::Number {
        return;
    }
    for difference in it.facts().iter().filter(|it| it.kind == wanted) {
        let source = difference.source.map(|at| &it.source.quantities[at]);
        let target = difference.target.map(|at| &it.target.quantities[at]);
        match (source, target) {
            // Words for small numbers come and go: two readings count where one is in digits.
            (Some(said), Some(read))
                if said.digits && read.digits || wanted != Kind::Number || is_counted(it, said, read) =>
            {
                it.report_readings(findings, said.extent(), Some(read.extent()), "").help(HELP);
            }
            // One comes and goes with the article and the singular.
            (Some(said), _) if said.digits && it.is_known() && !is_one(&said.value) => {
                it.report_readings(findings, said.extent(), None, "the target does not say it").help(HELP);
            }
            (None, Some(read)) if read.digits => {
                let message = format!("{} is not in the source", quote(it.target.text(read.extent())));
                let severity = if is_misread(it, read) { Severity::Warning } else { Severity::Info };
                it.report(findings, None, Some(read.extent()), message).severity(severity).help(HELP);
            }
            _ => {}
        }
    }
}

/// Whether a number in words became another in digits: the only two that differ, and more than one or two.
fn is_counted(it: &Compared<'_, '_>, said: &Quantity, read: &Quantity) -> bool {
    let number = |of: &Quantity| matches!(of.value, Value::Number(value, _) if value > ONE && value <= 12 * ONE);
    it.facts().len() == 1
        && it.is_known()
        && !said.digits
        && read.digits
        && number(said)
        && matches!(read.value, Value::Number(..))
}

/// Whether a quantity that only the target states is more than a word too many: it stands where the
/// source has an emphasised text without a digit, or is a length of time of the source in another unit.
fn is_misread(it: &Compared<'_, '_>, read: &Quantity) -> bool {
    let (source, target) = (&it.source, &it.target);
    let unit = |said: &Quantity| match (&said.value, &read.value) {
        (Value::Duration(value, unit), Value::Duration(other, another)) => value == other && unit != another,
        _ => false,
    };
    let inner = |place: (usize, usize)| target.text(place).trim_matches(|it: char| !it.is_alphanumeric());
    let emphasised = target.plain.emphasis.iter().any(|&place| inner(place) == target.text(read.place()));
    let wordy = |&place: &(usize, usize)| {
        let text = source.text(place);
        text.contains(char::is_alphabetic) && !text.contains(|it: char| it.is_ascii_digit())
    };
    let digitless = !source.plain.emphasis.is_empty() && source.plain.emphasis.iter().all(wordy);
    source.quantities.iter().any(unit) || emphasised && digitless && !is_one(&read.value)
}

fn is_one(value: &Value) -> bool {
    matches!(value, Value::Number(ONE, None) | Value::Ordinal(ONE) | Value::Duration(ONE, _))
}

const HELP: &str = "state the fact as the source does";
