//! Digits and number words, with the months, units, signs and words beside them → quantities.

use super::digits::{self, ONE, Token, Written};
use super::plain::Plain;
use super::value::{Date, Quantity, Value};
use crate::locale::{DateOrder, Hit, Patterns, Relation, Sense, TimeUnit, Words, is_ambiguous_currency, is_currency};

/// A stretch that may be part of a quantity.
#[derive(Clone, Debug)]
struct Element {
    start: usize,
    end: usize,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Written(Written),
    /// A number in words or in Han numerals.
    Word(i64),
    Sense(Sense),
}

/// Reads the quantities, in order of place.
pub(super) fn read(
    plain: &Plain,
    hits: &[Hit],
    words: &Words,
    out: &mut Vec<Quantity>,
    currencies: &mut Vec<([u8; 3], usize, usize)>,
) {
    let mut elements: Vec<Element> = digits::read(&plain.text, &words.lexicon.numbers)
        .into_iter()
        .map(|Token { written, start, end }| Element { start, end, what: What::Written(written) })
        .collect();
    // The numbers of `24 hours a day` are no quantities of their own.
    let always = |it: &Hit| it.sense == Sense::Always;
    elements.retain(|it| !hits.iter().any(|hit| always(hit) && hit.start <= it.start && it.end <= hit.end));
    for hit in hits {
        let what = match hit.sense {
            Sense::Cue(_) | Sense::Notion(..) => continue,
            Sense::Number(value) => What::Word(value * ONE),
            sense => What::Sense(sense),
        };
        let inside = elements.iter().any(|it| it.start <= hit.start && hit.start < it.end && it.end >= hit.end);
        let digits = |it: &Element| matches!(it.what, What::Written(Written::Code | Written::Money(..)));
        if !inside || !elements.iter().any(|it| digits(it) && it.start <= hit.start && hit.start < it.end) {
            elements.push(Element { start: hit.start, end: hit.end, what });
        }
    }
    if words.lexicon.numbers.han {
        han(&plain.text, &mut elements);
    }
    elements.sort_by_key(|it| (it.start, it.end));
    let mut reader = Reader { plain, words, elements: &elements, used: vec![false; elements.len()], out };
    reader.scales();
    reader.money(currencies);
    reader.dates();
    reader.times();
    reader.percents();
    reader.durations();
    reader.rest();
    out.sort_by_key(|it| (it.start, it.end));
    for at in 0..out.len() {
        // What bounds a range stands before its first number.
        let after_another = at > 0
            && plain.folded.get(out[at - 1].end..out[at].start).is_some_and(|between| {
                let between = between.trim();
                matches!(between, "-" | "~") || words.lexicon.numbers.ranges.0.iter().any(|it| **it == *between)
            });
        if after_another {
            out[at].from = out[at - 1].from;
        }
        let quantity = &out[at];
        if !matches!(quantity.value, Value::Code(_) | Value::Always) {
            let counted = after_counter(&plain.folded, quantity.end, &words.lexicon.numbers.counters);
            let relation = |end| words.matcher.relation(&plain.folded, quantity.from, end);
            let mut relation = relation(quantity.end).or_else(|| counted.and_then(relation));
            // From one to the other: the other is where it ends.
            if after_another && relation.is_some_and(|(it, ..)| it == Relation::From) {
                let own = words.matcher.relation(&plain.folded, quantity.start, quantity.end);
                relation = own.or(Some((Relation::Until, quantity.start, quantity.end)));
            }
            out[at].relation = relation;
        }
    }
}

/// Where the counter ends that follows a number: `100 人`, `250 MB`.
fn after_counter(text: &str, at: usize, counters: &Patterns) -> Option<usize> {
    let rest = text[at..].trim_start_matches(' ');
    let start = text.len() - rest.len();
    let fits = |it: &str| rest.starts_with(it) && !rest[it.len()..].starts_with(|it: char| it.is_ascii_alphanumeric());
    let longest = counters.0.iter().filter(|it| fits(it)).map(|it| it.len()).max()?;
    Some(start + longest)
}

struct Reader<'a> {
    plain: &'a Plain,
    words: &'a Words,
    elements: &'a [Element],
    used: Vec<bool>,
    out: &'a mut Vec<Quantity>,
}

/// The number that an element is, with how it is written; `None` for what is none.
fn number(element: &Element) -> Option<(i64, bool)> {
    match &element.what {
        What::Written(Written::Number(value, _) | Written::Ordinal(value)) => Some((*value, true)),
        What::Word(value) => Some((*value, false)),
        _ => None,
    }
}

fn whole(value: i64) -> Option<u16> {
    (value % ONE == 0).then(|| u16::try_from(value / ONE).ok()).flatten()
}

impl Reader<'_> {
    fn between(&self, left: usize, right: usize) -> &str {
        let (from, to) = (self.elements[left].end, self.elements[right].start);
        self.plain.folded.get(from..to).unwrap_or("\u{FFFC}")
    }

    /// Whether nothing but a space or a hyphen parts two elements.
    fn touch(&self, left: usize, right: usize) -> bool {
        matches!(self.between(left, right).trim(), "" | "-" | "-*") && self.between(left, right).len() <= 3
    }

    /// Whether only what may stand inside a date parts two elements.
    fn date_parts_touch(&self, left: usize, right: usize) -> bool {
        let between = self.between(left, right).trim();
        // `1º de marzo`, `1° marzo`.
        let between = between.trim_start_matches(['.', 'º', '°', 'ª']);
        let between = between.trim_matches([',', '.', '-', ' ', '\\', '/']).trim();
        between.is_empty() && self.between(left, right).len() <= 4
            || self.words.lexicon.dates.joints.0.iter().any(|it| **it == *between)
    }

    fn put(&mut self, value: Value, from: usize, to: usize, digits: bool) {
        let (start, end) = (self.elements[from].start, self.elements[to].end);
        self.put_at(value, start, end, digits);
        self.used[from..=to].fill(true);
    }

    fn put_at(&mut self, value: Value, start: usize, end: usize, digits: bool) {
        self.out.push(Quantity { value, start, end, relation: None, digits, from: start });
    }

    /// The length of the sign, one of `signs`, that follows `at`, a space between allowed. A sign
    /// that begins a longer unit of time is none: `2 時間` is no hour of the day.
    fn sign_after(&self, at: usize, signs: &Patterns) -> Option<usize> {
        let rest = &self.plain.folded[at..];
        let trimmed = rest.trim_start_matches(' ');
        let space = rest.len() - trimmed.len();
        let longest = signs.0.iter().filter(|it| trimmed.starts_with(&***it)).map(|it| it.len()).max()?;
        let in_unit = self.elements.iter().any(|it| {
            it.start == at + space && it.end > at + space + longest && matches!(it.what, What::Sense(Sense::Unit(_)))
        });
        (space <= 1 && !in_unit).then_some(space + longest)
    }

    /// The minutes written after the sign of the hour that ends at `end`, and the element that is
    /// their unit: `17 時 30 分`.
    fn minutes_after(&self, end: usize) -> Option<(u16, usize, usize)> {
        let at = self.elements.iter().position(|it| it.start >= end && number(it).is_some())?;
        let (value, _) = number(&self.elements[at]).filter(|_| !self.used[at])?;
        let minutes = whole(value).filter(|it| *it < 60)?;
        let gap = self.plain.folded.get(end..self.elements[at].start)?;
        let unit = self.elements.get(at + 1)?;
        let is_unit = matches!(unit.what, What::Sense(Sense::Unit(TimeUnit::Minute)));
        (gap.trim().is_empty() && gap.len() <= 1 && is_unit && self.unit_touches(at, at + 1))
            .then_some((minutes, at, unit.end))
    }

    /// `30 万`, `1 million`: the number takes the word in.
    fn scales(&mut self) {
        for at in 0..self.elements.len().saturating_sub(1) {
            let scales = &self.words.lexicon.numbers.scales;
            let scale = match self.elements[at + 1].what {
                What::Sense(Sense::Scale(scale)) => scale,
                // A word may be a number of its own, and multiply the number before it.
                What::Word(value) if scales.contains_key(&(value / ONE)) => value / ONE,
                _ => continue,
            };
            let Some((value, digits)) = number(&self.elements[at]) else { continue };
            let Some(amount) = value.checked_mul(scale).filter(|_| self.touch(at, at + 1)) else { continue };
            self.used[at..=at + 1].fill(true);
            let (start, end) = (self.elements[at].start, self.elements[at + 1].end);
            match self.currency_beside(start, end) {
                Some((code, start, end)) => self.put_at(Value::Money(amount, code), start, end, digits),
                None => self.put_at(Value::Number(amount, None), start, end, digits),
            }
        }
    }

    /// The currency written beside a number, and the stretch of both.
    fn currency_beside(&self, start: usize, end: usize) -> Option<([u8; 3], usize, usize)> {
        let sign = |it: char| match it {
            '$' => Some(*b"USD"),
            '€' => Some(*b"EUR"),
            '£' => Some(*b"GBP"),
            '¥' => Some(*b"JPY"),
            '₽' => Some(*b"RUB"),
            '₹' => Some(*b"INR"),
            '₩' => Some(*b"KRW"),
            _ => None,
        };
        let code = |it: &str| -> Option<[u8; 3]> {
            let code = <[u8; 3]>::try_from(it.as_bytes()).ok()?;
            is_currency(&code).then_some(code)
        };
        let (before, after) = (self.plain.text[..start].trim_end(), self.plain.text[end..].trim_start());
        let skipped = self.plain.text.len() - after.len();
        let letters = |it: char| it.is_ascii_alphabetic();
        let head = &after[..after.find(|it| !letters(it)).unwrap_or(after.len())];
        let tail = &before[before.trim_end_matches(letters).len()..];
        let named = self.elements.iter().find_map(|it| match it.what {
            What::Sense(Sense::Currency(code)) if it.start >= end && self.is_blank(end, it.start) => {
                Some((code, start, it.end))
            }
            What::Sense(Sense::Currency(code)) if it.end <= start && self.is_blank(it.end, start) => {
                Some((code, it.start, end))
            }
            _ => None,
        });
        // A name may hold the sign: `R$`.
        if named.is_some() {
            return named;
        }
        if let Some((last, found)) = before.chars().next_back().and_then(|it| Some((it, sign(it)?))) {
            return Some((found, before.len() - last.len_utf8(), end));
        }
        if let Some((first, found)) = after.chars().next().and_then(|it| Some((it, sign(it)?))) {
            return Some((found, start, skipped + first.len_utf8()));
        }
        if let Some(found) = code(head) {
            return Some((found, start, skipped + 3));
        }
        code(tail).map(|found| (found, before.len() - 3, end))
    }

    fn is_blank(&self, from: usize, to: usize) -> bool {
        self.plain.text[from..to].trim().is_empty()
    }

    fn money(&mut self, currencies: &mut Vec<([u8; 3], usize, usize)>) {
        for at in 0..self.elements.len() {
            let element = &self.elements[at];
            let (start, end) = (element.start, element.end);
            match element.what {
                What::Written(Written::Money(value, code)) => self.put(Value::Money(value, code), at, at, true),
                What::Written(Written::Number(value, _)) if !self.used[at] => {
                    if let Some((code, start, end)) = self.currency_beside(start, end) {
                        self.used[at] = true;
                        self.put_at(Value::Money(value, code), start, end, true);
                    }
                }
                What::Sense(Sense::Currency(code)) => currencies.push((code, start, end)),
                _ => {}
            }
        }
        // Codes that stand alone, in capitals.
        let mut at = 0;
        let bytes = self.plain.text.as_bytes();
        while at < bytes.len() {
            if !bytes[at].is_ascii_uppercase() {
                at += 1;
                continue;
            }
            let length = bytes[at..].iter().take_while(|it| it.is_ascii_alphanumeric()).count();
            if length == 3
                && let Ok(code) = <[u8; 3]>::try_from(&bytes[at..at + 3])
                && is_currency(&code)
                && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
                && (!is_ambiguous_currency(&code)
                    || at > 0 && bytes[at - 1] == b'(' && bytes.get(at + 3) == Some(&b')'))
            {
                currencies.push((code, at, at + 3));
            }
            at += length;
        }
        for it in self.out.iter() {
            if let Value::Money(_, code) = it.value
                && !currencies.iter().any(|(known, ..)| *known == code)
            {
                currencies.push((code, it.start, it.end));
            }
        }
    }

    fn dates(&mut self) {
        let order = self.words.lexicon.dates.order;
        for at in 0..self.elements.len() {
            if let What::Written(Written::Date(parts, sign)) = &self.elements[at].what
                && let Some(date) = of_digits(*parts, *sign, order)
            {
                self.put(Value::Date(date), at, at, true);
            }
        }
        self.signed_dates();
        for at in 0..self.elements.len() {
            let What::Sense(Sense::Month(month)) = self.elements[at].what else { continue };
            if !self.used[at] {
                self.named_month(at, month, order);
            }
        }
    }

    /// `2021 年 5 月 4 日`: each number is followed by the sign of what it is.
    fn signed_dates(&mut self) {
        let dates = &self.words.lexicon.dates;
        if dates.month_signs.0.is_empty() {
            return;
        }
        let mut at = 0;
        while at < self.elements.len() {
            let Some((value, _)) = number(&self.elements[at]).filter(|_| !self.used[at]) else {
                at += 1;
                continue;
            };
            let Some(first) = whole(value) else {
                at += 1;
                continue;
            };
            let (mut date, mut last, mut end) = (Date::default(), at, self.elements[at].end);
            let mut next = at;
            let mut value = first;
            loop {
                let close = self.elements[next].end;
                if date.month.is_none()
                    && date.year.is_none()
                    && !(100..1900).contains(&value)
                    && let Some(length) = self.sign_after(close, &dates.year_signs)
                {
                    date.year = Some(if value < 100 { 2000 + value } else { value });
                    end = close + length;
                } else if date.month.is_none()
                    && (1..=12).contains(&value)
                    && let Some(length) = self.sign_after(close, &dates.month_signs)
                {
                    date.month = Some(value as u8);
                    end = close + length;
                } else if date.day.is_none()
                    && (date.month.is_some() || !self.starts_unit(close))
                    && (1..=31).contains(&value)
                    && let Some(length) = self.sign_after(close, &dates.day_signs)
                {
                    date.day = Some(value as u8);
                    end = close + length;
                } else {
                    break;
                }
                last = next;
                // The sign may be an element too, as a unit of time.
                let Some(following) = (next + 1..self.elements.len()).find(|&it| self.elements[it].start >= end) else {
                    break;
                };
                let Some((number, _)) = number(&self.elements[following]) else { break };
                let parted = self.plain.folded.get(end..self.elements[following].start).unwrap_or("x");
                let Some(whole) = whole(number).filter(|_| parted.trim().is_empty() && parted.len() <= 2) else {
                    break;
                };
                (next, value) = (following, whole);
            }
            let telling = date.month.is_some()
                || date.year.is_some_and(|_| first >= 1900)
                || date.year.is_none() && date.day.is_some();
            if telling {
                let start = self.elements[at].start;
                let digits = matches!(self.elements[at].what, What::Written(_));
                self.used[at..=last].fill(true);
                self.put_at(Value::Date(date), start, end, digits);
                at = last + 1;
                while self.elements.get(at).is_some_and(|it| it.start < end) {
                    self.used[at] = true;
                    at += 1;
                }
            } else {
                at += 1;
            }
        }
    }

    /// Whether a unit of time is written at `at`, a space between allowed: `8 日` may be days.
    fn starts_unit(&self, at: usize) -> bool {
        self.elements
            .iter()
            .any(|it| matches!(it.what, What::Sense(Sense::Unit(_))) && it.start >= at && it.start <= at + 1)
    }

    fn named_month(&mut self, at: usize, month: u8, order: DateOrder) {
        let count = self.elements.len();
        let day = |reader: &Self, other: usize| {
            let (value, _) = number(&reader.elements[other]).filter(|_| !reader.used[other])?;
            whole(value).filter(|it| (1..=31).contains(it)).map(|it| it as u8)
        };
        let year = |reader: &Self, other: usize| {
            let What::Written(Written::Number(value, _)) = reader.elements[other].what else { return None };
            whole(value).filter(|it| (1980..2100).contains(it) && !reader.used[other])
        };
        let (mut from, mut to) = (at, at);
        let mut date = Date { month: Some(month), ..Date::default() };
        let left = (at > 0 && self.date_parts_touch(at - 1, at)).then(|| at - 1);
        let right = (at + 1 < count && self.date_parts_touch(at, at + 1)).then(|| at + 1);
        let left_day = left.and_then(|it| day(self, it));
        let right_day = right.and_then(|it| day(self, it));
        // `May 4, 2021` in English, `4. Mai 2021` elsewhere; either is taken where only it is there.
        let prefers_right = order == DateOrder::Mdy;
        match (left_day, right_day) {
            (Some(_), Some(right)) if prefers_right => (date.day, to) = (Some(right), at + 1),
            (Some(left), _) => (date.day, from) = (Some(left), at - 1),
            (None, Some(right)) => (date.day, to) = (Some(right), at + 1),
            (None, None) => {}
        }
        if to + 1 < count
            && self.date_parts_touch(to, to + 1)
            && let Some(found) = year(self, to + 1)
        {
            (date.year, to) = (Some(found), to + 1);
        }
        if date.year.is_none()
            && date.day.is_none()
            && from > 0
            && self.date_parts_touch(from - 1, from)
            && let Some(found) = year(self, from - 1)
        {
            (date.year, from) = (Some(found), from - 1);
        }
        // `May` alone may be a month: it answers for one on the other side, and asks for none.
        let alone = date.day.is_none() && date.year.is_none();
        let shy = alone && self.is_shy(at);
        let small = self.plain.text[self.elements[at].start..].starts_with(char::is_lowercase);
        if shy && small && self.words.lexicon.dates.capital_months {
            return;
        }
        self.put(Value::Date(date), from, to, !shy);
    }

    /// Whether a month alone is more likely another word: in small letters where months have
    /// capitals, or short, and no other month beside it.
    fn is_shy(&self, at: usize) -> bool {
        let element = &self.elements[at];
        let word = &self.plain.text[element.start..element.end];
        let listed =
            self.words.lexicon.dates.shy.0.iter().any(|it| **it == self.plain.folded[element.start..element.end]);
        let neighbour = |other: usize| {
            let near = |gap: &str| gap.len() <= 4 && !gap.contains(char::is_alphabetic);
            matches!(self.elements.get(other).map(|it| &it.what), Some(What::Sense(Sense::Month(_))))
                && near(if other < at { self.between(other, at) } else { self.between(at, other) })
        };
        let beside = neighbour(at + 1) || at > 0 && neighbour(at - 1);
        let small = self.words.lexicon.dates.capital_months && word.starts_with(char::is_lowercase);
        (listed || small) && !beside
    }

    fn times(&mut self) {
        let dates = &self.words.lexicon.dates;
        for at in 0..self.elements.len() {
            if self.used[at] {
                continue;
            }
            let element = &self.elements[at];
            let (minutes, said, end) = match &element.what {
                What::Written(Written::Time(minutes, said)) => {
                    let sign = self.sign_after(element.end, &dates.clock_signs).unwrap_or(0);
                    (*minutes, *said, element.end + sign)
                }
                What::Written(Written::Number(value, _)) => {
                    let Some(hour) = whole(*value).filter(|it| *it <= 24) else { continue };
                    let sign = self.sign_after(element.end, &dates.clock_signs);
                    let half = self.half(at);
                    let minutes = sign.and_then(|sign| self.minutes_after(element.end + sign));
                    let Some(sign) = sign.or(half.map(|_| 0)) else { continue };
                    let end = element.end + sign;
                    match minutes {
                        Some((minutes, inner, end)) => {
                            self.used[inner] = true;
                            (hour % 24 * 60 + minutes, false, end)
                        }
                        None => (hour % 24 * 60, false, end),
                    }
                }
                _ => continue,
            };
            let half = self.half(at);
            let minutes = match half {
                Some((true, _)) if !said && minutes < 12 * 60 => minutes + 12 * 60,
                Some((false, _)) if !said && (12 * 60..13 * 60).contains(&minutes) => minutes - 12 * 60,
                _ => minutes,
            };
            let (mut start, mut end) = (element.start, end.max(element.end));
            if let Some((_, word)) = half {
                (start, end) = (start.min(self.elements[word].start), end.max(self.elements[word].end));
            }
            self.used[at] = true;
            self.put_at(Value::Time(minutes), start, end, true);
        }
    }

    /// Whether a word beside it puts a time of day after noon, and which element it is.
    fn half(&self, at: usize) -> Option<(bool, usize)> {
        let of = |other: usize| match self.elements.get(other)?.what {
            What::Sense(Sense::Am) => Some((false, other)),
            What::Sense(Sense::Pm) => Some((true, other)),
            _ => None,
        };
        let after = (at + 1 < self.elements.len() && self.touch(at, at + 1)).then(|| of(at + 1)).flatten();
        after.or_else(|| (at > 0 && self.touch(at - 1, at)).then(|| of(at - 1)).flatten())
    }

    fn percents(&mut self) {
        for at in 0..self.elements.len() {
            let Some((value, digits)) = number(&self.elements[at]).filter(|_| !self.used[at]) else { continue };
            let (start, end) = (self.elements[at].start, self.elements[at].end);
            let after = self.plain.text[end..].trim_start_matches(' ');
            let sign = self.plain.text.len() - after.len();
            let word = at + 1 < self.elements.len()
                && self.touch(at, at + 1)
                && matches!(self.elements[at + 1].what, What::Sense(Sense::Percent));
            let word_before =
                at > 0 && self.touch(at - 1, at) && matches!(self.elements[at - 1].what, What::Sense(Sense::Percent));
            if after.starts_with('%') && digits {
                self.used[at] = true;
                self.put_at(Value::Percent(value), start, sign + 1, digits);
            } else if word {
                self.put(Value::Percent(value), at, at + 1, digits);
            } else if word_before {
                self.put(Value::Percent(value), at - 1, at, digits);
            }
        }
    }

    fn durations(&mut self) {
        // From the right, so that in `3-5 days` the first number finds the unit of the second.
        let mut shared = None;
        for at in (0..self.elements.len()).rev() {
            let Some((value, digits)) = number(&self.elements[at]).filter(|_| !self.used[at]) else {
                if !matches!(self.elements[at].what, What::Sense(Sense::Unit(_))) {
                    shared = None;
                }
                continue;
            };
            let next = at + 1;
            let unit = self.elements.get(next).and_then(|it| match it.what {
                What::Sense(Sense::Unit(unit)) if self.unit_touches(at, next) => Some(unit),
                _ => None,
            });
            // `the year 2026` in some languages: no time of so many years.
            let is_year = unit == Some(TimeUnit::Year) && digits && (1900 * ONE..2100 * ONE).contains(&value);
            if let Some(unit) = unit.filter(|_| !is_year) {
                self.put(Value::Duration(value, unit), at, next, digits);
                shared = Some((at, unit));
            } else if let Some((right, unit)) = shared
                && right == next
                && self.is_range(at, next)
            {
                self.put(Value::Duration(value, unit), at, at, digits);
                shared = Some((at, unit));
            } else if let Some((right, _)) = shared
                && right == next
                && !digits
                && number(&self.elements[next]).is_some_and(|(other, _)| other == value)
                && self.between(at, next).trim() == "("
            {
                // `two (2) days`: said twice.
                self.used[at] = true;
            } else {
                shared = None;
            }
        }
    }

    fn unit_touches(&self, at: usize, unit: usize) -> bool {
        let between = self.between(at, unit);
        let inner = between.trim_matches([' ', '-', ')', '+', '(']);
        between.len() <= 3 && inner.is_empty()
    }

    fn is_range(&self, left: usize, right: usize) -> bool {
        let between = self.between(left, right).trim();
        matches!(between, "-" | "~" | "/") || self.words.lexicon.numbers.ranges.0.iter().any(|it| **it == *between)
    }

    /// The year of `FY21`.
    fn prefixed_year(&self, start: usize, end: usize) -> Option<u16> {
        let code = &self.plain.folded[start..end];
        let digits = self.words.lexicon.dates.year_prefixes.0.iter().find_map(|it| code.strip_prefix(&**it))?;
        let year: u16 = digits.parse().ok()?;
        match digits.len() {
            2 => Some(2000 + year),
            4 => Some(year),
            _ => None,
        }
    }

    /// The length of time before a bracket that its initial repeats: `six months (6M)`.
    fn said_again(&self, start: usize, end: usize) -> Option<Value> {
        let number = self.plain.text[start..end].strip_suffix(|it: char| it.is_ascii_alphabetic())?;
        let number = number.parse::<i64>().ok()?.checked_mul(ONE)?;
        let before = self.plain.text[..start].strip_suffix('(')?.trim_end().len();
        let said = self.out.iter().find(|it| it.end == before)?;
        matches!(said.value, Value::Duration(value, _) if value == number).then(|| said.value.clone())
    }

    fn rest(&mut self) {
        for at in 0..self.elements.len() {
            if self.used[at] {
                continue;
            }
            let Element { start, end, what } = &self.elements[at];
            let value = match what {
                What::Written(Written::Number(value, other)) => Value::Number(*value, *other),
                What::Written(Written::Ordinal(value)) => Value::Ordinal(*value),
                What::Word(value) => Value::Number(*value, None),
                What::Written(Written::Code) => match self.prefixed_year(*start, *end) {
                    Some(year) => Value::Date(Date { year: Some(year), ..Date::default() }),
                    None => match self.said_again(*start, *end) {
                        Some(value) => value,
                        None => Value::Code(self.plain.text[*start..*end].to_ascii_uppercase().into()),
                    },
                },
                What::Written(Written::Always) | What::Sense(Sense::Always) => Value::Always,
                What::Written(Written::Slashed(left, right)) => {
                    let (left, right) = (*left as u8, *right as u8);
                    let date = match self.words.lexicon.dates.order {
                        DateOrder::Dmy if right <= 12 => {
                            Date { day: Some(left), month: Some(right), ..Date::default() }
                        }
                        _ if left <= 12 => Date { month: Some(left), day: Some(right), ..Date::default() },
                        _ => Date { day: Some(left), month: Some(right), ..Date::default() },
                    };
                    Value::Date(Date { ambiguous: true, ..date })
                }
                _ => continue,
            };
            let digits = !matches!(what, What::Word(_));
            let (start, end) = (*start, *end);
            self.put_at(value, start, end, digits);
        }
    }
}

/// A date of digits, by the order of the locale; a year of four digits first is ISO 8601.
fn of_digits(parts: [u16; 3], sign: char, order: DateOrder) -> Option<Date> {
    let [a, b, c] = parts;
    let full = |year: u16| if year < 100 { 2000 + year } else { year };
    let (year, month, day) = match () {
        () if a > 31 => (a, b, c),
        () if b > 12 => (c, a, b),
        () if a > 12 => (c, b, a),
        () if sign == '.' || order == DateOrder::Dmy => (c, b, a),
        () => (c, a, b),
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let ambiguous = a <= 12 && b <= 12 && a != b;
    Some(Date { year: Some(full(year)), month: Some(month as u8), day: Some(day as u8), ambiguous })
}

/// Runs of Han numerals, read as numbers: `十二`, `三十`, `两`.
fn han(text: &str, elements: &mut Vec<Element>) {
    let digit = |it: char| match it {
        '〇' | '零' => Some(0),
        '一' => Some(1),
        '二' | '两' | '兩' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    };
    let power = |it: char| match it {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    };
    let mut run: Option<(usize, usize, i64, i64)> = None;
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        run = match (digit(character), power(character), run) {
            (Some(value), _, None) => Some((at, end, 0, value)),
            (Some(value), _, Some((start, _, sum, last))) => Some((start, end, sum, last * 10 + value)),
            (_, Some(10), None) => Some((at, end, 10, 0)),
            (_, Some(power), Some((start, _, sum, last))) => Some((start, end, sum + last.max(1) * power, 0)),
            (None, _, Some(done)) => {
                found.push(done);
                None
            }
            _ => None,
        };
    }
    found.extend(run);
    for (start, end, sum, last) in found {
        let taken = elements.iter().any(|it| it.start < end && start < it.end);
        if !taken && sum + last < 10_000 {
            elements.push(Element { start, end, what: What::Word((sum + last) * ONE) });
        }
    }
}
