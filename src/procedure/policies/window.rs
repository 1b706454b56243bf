//! Windows as stretches of hours, to be held against each other.

use super::super::model::Temporal;

/// A window, counted from its event in hours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Window {
    /// Where it opens, and whether the moment itself is left out.
    pub start: Option<(i64, bool)>,
    /// Where it closes.
    pub end: Option<i64>,
    /// Whether it is said not to close.
    pub open_ended: bool,
    /// How long it is, where only that is said.
    pub length: Option<i64>,
}

impl Window {
    /// Reads a time; `None` where it is counted in dates.
    pub fn of(time: &Temporal) -> Option<Self> {
        if [&time.start, &time.end].into_iter().flatten().any(|it| it.date.is_some()) {
            return None;
        }
        let start = time.start.as_ref().and_then(|it| Some((hours(it.offset.as_deref()?)?, it.closed == Some(false))));
        let end = time.end.as_ref().and_then(|it| hours(it.offset.as_deref()?));
        let length = time.length.as_deref().and_then(hours);
        Some(Window { start, end, open_ended: time.open_ended, length })
    }

    /// Where it closes, worked out from its length where that alone is said.
    pub fn close(&self) -> Option<i64> {
        self.end.or_else(|| Some(self.length? + self.start.map_or(0, |it| it.0)))
    }

    /// How long it is.
    pub fn extent(&self) -> Option<i64> {
        self.length.or_else(|| Some(self.end? - self.start.map_or(0, |it| it.0)))
    }

    /// Whether some moment lies in both.
    pub fn overlaps(&self, other: &Window) -> bool {
        let from = |it: &Window| it.start.map_or(0, |it| it.0);
        let to = |it: &Window| it.close().unwrap_or(i64::MAX);
        from(self) < to(other) && from(other) < to(self)
    }
}

/// Whether two lengths are two: a month is as long as 28 to 31 days, a year as 365 or 366.
pub(super) fn differ(one: i64, other: i64) -> bool {
    let (less, more) = (one.min(other), one.max(other));
    let same = less == more || less > 24 * 27 && (more - less) * 10 <= less;
    !same
}

/// The hours of an ISO 8601 duration, a month for 30 days.
pub fn hours(duration: &str) -> Option<i64> {
    let (sign, rest) = match duration.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, duration),
    };
    let rest = rest.strip_prefix('P')?;
    let (rest, in_time) = match rest.strip_prefix('T') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let unit = rest.chars().next_back()?;
    let amount: f64 = rest[..rest.len() - unit.len_utf8()].parse().ok()?;
    let hours = match (unit, in_time) {
        ('H', true) => 1.0,
        ('M', true) => 1.0 / 60.0,
        ('S', true) => 1.0 / 3600.0,
        ('D', false) => 24.0,
        ('W', false) => 168.0,
        ('M', false) => 720.0,
        ('Y', false) => 8760.0,
        _ => return None,
    };
    Some(sign * (amount * hours).round() as i64)
}
