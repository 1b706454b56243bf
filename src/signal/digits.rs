//! Stretches of digits, with the letters and signs that belong to them, as they are written.

use crate::locale::Numbers;

/// What a stretch is.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// A number, in millionths; the second reading where the signs leave two.
    Number(i64, Option<i64>),
    /// A number with the ending of an ordinal: `8th`.
    Ordinal(i64),
    /// Three numbers of a date in the order written, and the sign between them.
    Date([u16; 3], char),
    /// Two numbers with a slash: `1/31`.
    Slashed(u16, u16),
    /// Minutes since midnight; whether the half of the day is said.
    Time(u16, bool),
    /// An amount with the ISO 4217 code that touches it.
    Money(i64, [u8; 3]),
    /// Letters and digits that name something: `MB-500`.
    Code,
    /// `24/7` and the like.
    Always,
}

/// One stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub written: Written,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// One, in millionths.
pub const ONE: i64 = 1_000_000;

/// Reads all stretches of a text.
pub fn read(text: &str, numbers: &Numbers) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let digit = at + offset;
        let (start, end) = chunk(bytes, digit, at);
        chunk_tokens(text, start, end, numbers, &mut found);
        at = end.max(digit + 1);
    }
    join_groups(text, numbers, &mut found);
    found
}

/// The stretch of letters, digits and single signs between them around a digit.
fn chunk(bytes: &[u8], digit: usize, least: usize) -> (usize, usize) {
    let part = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let sign = |at: usize| bytes.get(at).is_some_and(|it| b".,:/-_+#'&".contains(it));
    let mut start = digit;
    while start > least && (part(start - 1) || sign(start - 1) && start >= 2 && part(start - 2) && start - 2 >= least) {
        start -= 1;
    }
    let mut end = digit + 1;
    while part(end) || sign(end) && part(end + 1) {
        end += 1;
    }
    (start, end)
}

fn chunk_tokens(text: &str, start: usize, end: usize, numbers: &Numbers, out: &mut Vec<Token>) {
    let chunk = &text[start..end];
    let lower = chunk.to_ascii_lowercase();
    // `10/1-10/31`, `01.10.2026-31.10.2026`: two dates.
    let is_date = |part: &str| part.contains('/') || date(part, '.').is_some();
    if let Some((left, right)) = chunk.split_once('-')
        && is_date(left)
        && is_date(right)
    {
        chunk_tokens(text, start, start + left.len(), numbers, out);
        return chunk_tokens(text, end - right.len(), end, numbers, out);
    }
    let mut put = |written: Written, from: usize, to: usize| {
        out.push(Token { written, start: start + from, end: start + to });
    };
    if ["24/7", "24x7", "24-7", "24x7x365", "7x24", "7/24", "24/24", "7/7", "24h/24"].contains(&lower.as_str()) {
        return put(Written::Always, 0, chunk.len());
    }
    if let Some(time) = time(&lower) {
        return put(time, 0, chunk.len());
    }
    for sign in ['/', '.', '-'] {
        if let Some(date) = date(chunk, sign) {
            return put(date, 0, chunk.len());
        }
    }
    // Parts between signs that do not belong to a number.
    let mut from = 0;
    let parts: Vec<(usize, usize)> = {
        let mut parts = Vec::new();
        for (at, byte) in chunk.bytes().enumerate() {
            let between_digits = || {
                let before = at > 0 && chunk.as_bytes()[at - 1].is_ascii_digit();
                before && chunk.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit)
            };
            let splits = match byte {
                b'.' | b',' | b'\'' => !between_digits(),
                b'-' | b'/' | b'_' | b':' | b'+' | b'#' | b'&' => true,
                _ => false,
            };
            if splits {
                parts.push((from, at));
                from = at + 1;
            }
        }
        parts.push((from, chunk.len()));
        parts
    };
    let has_digit = |part: &str| part.bytes().any(|it| it.is_ascii_digit());
    let is_name = |part: &str| part.bytes().any(|it| it.is_ascii_uppercase());
    let plain = |part: &str| part.bytes().all(|it| it.is_ascii_digit() || b".,'".contains(&it));
    // `MB-500`, `1099-MISC`, `7UD-00001`: capitals joined to digits are one name.
    let capitals = |part: &str| {
        part.len() <= 8
            && part.bytes().any(|it| it.is_ascii_uppercase())
            && !part.bytes().any(|it| it.is_ascii_lowercase())
    };
    let joined = !chunk.contains(['/', ':', '&'])
        && parts.len() > 1
        && parts.iter().any(|&(a, b)| capitals(&chunk[a..b]) && !(plain(&chunk[a..b])))
        && parts.iter().all(|&(a, b)| capitals(&chunk[a..b]) || plain(&chunk[a..b]) || !is_name(&chunk[a..b]));
    if joined && !parts.iter().any(|&(a, b)| chunk[a..b].bytes().all(|it| it.is_ascii_lowercase()) && b - a > 3) {
        return put(Written::Code, 0, chunk.len());
    }
    if let [(a, b), (c, d)] = parts[..]
        && chunk.as_bytes()[b] == b'/'
        && let (Ok(left), Ok(right)) = (chunk[a..b].parse::<u16>(), chunk[c..d].parse::<u16>())
        && (1..=31).contains(&left)
        && (1..=31).contains(&right)
    {
        return put(Written::Slashed(left, right), 0, chunk.len());
    }
    for (a, b) in parts {
        let part = &chunk[a..b];
        // `March 31,2026`: the comma belongs to the sentence.
        if let Some((day, year)) = part.split_once(',')
            && day.len() <= 2
            && year.len() == 4
            && year.starts_with(['1', '2'])
        {
            put(word(day, numbers), a, a + day.len());
            put(word(year, numbers), b - year.len(), b);
        } else if has_digit(part) {
            put(word(part, numbers), a, b);
        }
    }
}

/// A part that holds digits: a number, with what touches it.
fn word(part: &str, numbers: &Numbers) -> Written {
    let digits_end = part.find(|it: char| it.is_ascii_alphabetic()).unwrap_or(part.len());
    let (number, letters) = part.split_at(digits_end);
    if letters.is_empty() {
        return match parse(number, numbers) {
            Some((value, other)) => Written::Number(value, other),
            None => Written::Code,
        };
    }
    if number.is_empty() {
        let digits = part.find(|it: char| it.is_ascii_digit()).unwrap_or(part.len());
        let (letters, number) = part.split_at(digits);
        if let (Ok(code), Some(value)) = (<[u8; 3]>::try_from(letters.as_bytes()), parse_scaled(number, numbers))
            && crate::locale::is_currency(&code)
        {
            return Written::Money(value, code);
        }
        return Written::Code;
    }
    let lower = letters.to_ascii_lowercase();
    if numbers.ordinal_endings.0.iter().any(|it| **it == *lower) {
        return match parse(number, numbers) {
            Some((value, _)) => Written::Ordinal(value),
            None => Written::Code,
        };
    }
    // `250MB`: the unit touches the number.
    if numbers.counters.0.iter().any(|it| **it == *lower)
        && letters.len() > 1
        && let Some((value, other)) = parse(number, numbers)
    {
        return Written::Number(value, other);
    }
    match parse_scaled(part, numbers) {
        // `4k` may be four of something.
        Some(value) if part.ends_with('k') => Written::Number(value, Some(value / 1000)),
        Some(value) => Written::Number(value, None),
        None => Written::Code,
    }
}

fn parse_scaled(text: &str, numbers: &Numbers) -> Option<i64> {
    let digits = text.find(|it: char| it.is_ascii_alphabetic()).unwrap_or(text.len());
    let (value, _) = parse(&text[..digits], numbers)?;
    match &text[digits..] {
        "" => Some(value),
        "K" | "k" => value.checked_mul(1000),
        _ => None,
    }
}

/// A number of digits, `.`, `,` and `'`, by the signs of the locale; a second reading where English
/// signs give another value, because tables and samples keep them.
fn parse(text: &str, numbers: &Numbers) -> Option<(i64, Option<i64>)> {
    let decimal = numbers.decimal.unwrap_or('.');
    let own = read_number(text, decimal, &numbers.group);
    let other = if decimal == '.' { read_number(text, ',', ".") } else { read_number(text, '.', ",") };
    match (own, other) {
        (Some(own), Some(other)) if own != other => Some((own, Some(other))),
        (Some(own), _) => Some((own, None)),
        (None, Some(other)) => Some((other, None)),
        (None, None) => None,
    }
}

fn read_number(text: &str, decimal: char, group: &str) -> Option<i64> {
    let (whole, fraction) = match text.rsplit_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    if fraction.bytes().any(|it| !it.is_ascii_digit()) || text.ends_with(decimal) {
        return None;
    }
    let mut digits = String::with_capacity(whole.len());
    for (index, part) in whole.split(|it: char| it == '\'' || group.contains(it)).enumerate() {
        let fits = match index {
            0 => part.len() <= 3 || whole.len() == part.len(),
            _ => part.len() == 3,
        };
        if !fits || part.bytes().any(|it| !it.is_ascii_digit()) {
            return None;
        }
        digits.push_str(part);
    }
    if digits.is_empty() && fraction.is_empty() || digits.len() > 12 {
        return None;
    }
    let whole: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let mut millionths = 0i64;
    for place in 0..6 {
        let digit = fraction.as_bytes().get(place).map_or(0, |it| i64::from(it - b'0'));
        millionths = millionths * 10 + digit;
    }
    Some(whole * ONE + millionths)
}

fn time(lower: &str) -> Option<Written> {
    let (body, half) = match lower {
        _ if lower.ends_with("am") => (&lower[..lower.len() - 2], Some(false)),
        _ if lower.ends_with("pm") => (&lower[..lower.len() - 2], Some(true)),
        _ => (lower, None),
    };
    let (hour, minute) = match body.split_once([':', 'h']) {
        Some((hour, minute)) => (hour, minute.split(':').next().unwrap_or_default()),
        None if half.is_some() => (body, "0"),
        None => return None,
    };
    let minute = if minute.is_empty() { "0" } else { minute };
    if hour.len() > 2 || minute.len() > 2 {
        return None;
    }
    let (mut hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    if hour > 24 || minute > 59 {
        return None;
    }
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    Some(Written::Time(hour % 24 * 60 + minute, half.is_some()))
}

fn date(chunk: &str, sign: char) -> Option<Written> {
    let mut parts = chunk.split(sign);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |it: &str| (1..=2).contains(&it.len());
    let fits = parts.next().is_none()
        && short(b)
        && (short(a) && (c.len() == 4 || c.len() == 2) || a.len() == 4 && short(c))
        && (sign != '-' || a.len() == 4 || c.len() == 4);
    if !fits {
        return None;
    }
    let numbers = [a.parse().ok()?, b.parse().ok()?, c.parse().ok()?];
    let small = |it: u16| (1..=31).contains(&it);
    let plausible =
        if a.len() == 4 { small(numbers[1]) && small(numbers[2]) } else { small(numbers[0]) && small(numbers[1]) };
    let has_month = numbers.iter().any(|it| (1..=12).contains(it));
    (plausible && has_month).then_some(Written::Date(numbers, sign))
}

/// Groups of three digits that a space parts, where the locale writes so.
fn join_groups(text: &str, numbers: &Numbers, tokens: &mut Vec<Token>) {
    if !numbers.group.contains(' ') {
        return;
    }
    let digits = |token: &Token| text[token.start..token.end].bytes().all(|it| it.is_ascii_digit());
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    // How many digits the first group of the last token has; 0 where nothing may be added to it.
    let mut first = 0;
    for token in tokens.drain(..) {
        let leading = text[token.start..].bytes().take_while(u8::is_ascii_digit).count();
        if let (Some(last), Written::Number(tail, None)) = (joined.last_mut(), &token.written)
            && let Written::Number(value, None) = last.written
            && (1..=3).contains(&first)
            && leading == 3
            && text[last.end..token.start] == *" "
            && let Some(sum) = value.checked_mul(1000).and_then(|it| it.checked_add(*tail))
        {
            *last = Token { written: Written::Number(sum, None), start: last.start, end: token.end };
            first = if leading == token.end - token.start { first } else { 0 };
            continue;
        }
        first = if digits(&token) && text.as_bytes()[token.start] != b'0' { token.end - token.start } else { 0 };
        joined.push(token);
    }
    *tokens = joined;
}
