//! What a quantity is, free of language.

use std::fmt;

use super::digits::ONE;
use crate::locale::{Relation, TimeUnit};

/// A date, whole or in part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year, four digits.
    pub year: Option<u16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
    /// Whether day and month may also be read the other way round.
    pub ambiguous: bool,
}

/// What a quantity is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, in millionths, and its second reading where the signs leave two.
    Number(i64, Option<i64>),
    /// The number of a place in an order.
    Ordinal(i64),
    /// A share of a hundred, in millionths of a percent.
    Percent(i64),
    /// An amount, in millionths, with the ISO 4217 code.
    Money(i64, [u8; 3]),
    /// A length of time.
    Duration(i64, TimeUnit),
    /// A day, month or year.
    Date(Date),
    /// Minutes since midnight.
    Time(u16),
    /// Letters and digits that name something, in capitals.
    Code(Box<str>),
    /// At all times: `24/7`.
    Always,
}

/// A quantity with its place and how it bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What it is.
    pub value: Value,
    /// Its first byte in the plain text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// How it bounds, and the words that say so.
    pub relation: Option<(Relation, usize, usize)>,
    /// Whether it is written in digits.
    pub digits: bool,
    /// Where the range begins that it ends: `3` in `3-5 days`; else its own start.
    pub from: usize,
}

impl Value {
    /// Whether it is a number that is not whole.
    pub fn is_fraction(&self) -> bool {
        matches!(self, Value::Number(value, _) if value % ONE != 0)
    }
}

impl Quantity {
    /// Where it stands in the plain text, without the words that bound it.
    pub fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }

    /// Where it stands, with the words that say how it bounds.
    pub fn extent(&self) -> (usize, usize) {
        match self.relation {
            Some((_, start, end)) => (start.min(self.start), end.max(self.end)),
            None => self.place(),
        }
    }

    /// How it bounds, if words say so.
    pub fn bound(&self) -> Option<Relation> {
        self.relation.map(|(relation, ..)| relation)
    }
}

/// A number of millionths as it is written in English.
fn decimal(value: i64) -> String {
    let (whole, fraction) = (value / ONE, value % ONE);
    if fraction == 0 {
        return whole.to_string();
    }
    format!("{whole}.{:06}", fraction).trim_end_matches('0').to_owned()
}

/// The length in seconds (or in months) that a duration is compared by: `24 hours` is `1 day`,
/// `12 months` a year, `2 weeks` are `14 days`. Business days are a measure of their own.
pub fn measure(value: i64, unit: TimeUnit) -> (u8, i64) {
    let times = |factor: i64| value.saturating_mul(factor);
    match unit {
        TimeUnit::Second => (0, value),
        TimeUnit::Minute => (0, times(60)),
        TimeUnit::Hour => (0, times(3600)),
        TimeUnit::Day => (0, times(86_400)),
        TimeUnit::Week => (0, times(604_800)),
        TimeUnit::BusinessDay => (1, value),
        TimeUnit::Month => (2, value),
        TimeUnit::Quarter => (2, times(3)),
        TimeUnit::Year => (2, times(12)),
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (Some(month), None) => write!(f, "-{month:02}"),
            (None, Some(day)) => write!(f, "--{day:02}"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(value, _) => f.write_str(&decimal(*value)),
            Value::Ordinal(value) => write!(f, "{}th", decimal(*value)),
            Value::Percent(value) => write!(f, "{} %", decimal(*value)),
            Value::Money(value, code) => write!(f, "{} {}", String::from_utf8_lossy(code), decimal(*value)),
            Value::Duration(value, unit) => {
                let (prefix, letter) = match unit {
                    TimeUnit::Second => ("PT", "S"),
                    TimeUnit::Minute => ("PT", "M"),
                    TimeUnit::Hour => ("PT", "H"),
                    TimeUnit::Day => ("P", "D"),
                    TimeUnit::BusinessDay => ("P", "BD"),
                    TimeUnit::Week => ("P", "W"),
                    TimeUnit::Month => ("P", "M"),
                    TimeUnit::Quarter => ("P", "Q"),
                    TimeUnit::Year => ("P", "Y"),
                };
                write!(f, "{prefix}{}{letter}", decimal(*value))
            }
            Value::Date(date) => date.fmt(f),
            Value::Time(minutes) => write!(f, "{:02}:{:02}", minutes / 60, minutes % 60),
            Value::Code(code) => f.write_str(code),
            Value::Always => f.write_str("24/7"),
        }
    }
}
