//! What a policy states, in words that a person reads at once: `permission, expiry from -P45D` →
//! “may, from 45 days before expiry”. The short form is for machines, and the same in `hexapla model`.

/// The words for the short form of [`crate::procedure::MatrixCell::states`].
pub(super) fn readings(states: &str) -> String {
    states.split(", ").map(reading).collect::<Vec<_>>().join(", ")
}

fn reading(part: &str) -> String {
    match part {
        "obligation" => "must".to_owned(),
        "contingent-obligation" => "must in some cases".to_owned(),
        "recommendation" => "should".to_owned(),
        "permission" => "may".to_owned(),
        "possibility" => "can happen".to_owned(),
        "prohibition" => "must not".to_owned(),
        "exemption" => "need not".to_owned(),
        "automatic" => "automatically".to_owned(),
        _ => match part.strip_prefix("every ").and_then(length) {
            Some(length) => format!("every {length}"),
            None => time(part).unwrap_or_else(|| spaced(part)),
        },
    }
}

/// `expiry from -P45D to P30D excluded`; `None` where it is no time, or not one of ours.
fn time(part: &str) -> Option<String> {
    let words: Vec<&str> = part.split(' ').collect();
    let is_key = |word: &&str| matches!(*word, "from" | "to" | "for" | "open-ended");
    let at = words.iter().position(is_key)?;
    let anchor = spaced(&words[..at].join(" "));
    let mut said = Vec::new();
    let mut rest = words[at..].iter();
    let mut is_anchored = false;
    while let Some(word) = rest.next() {
        match *word {
            "open-ended" => said.push("without an end".to_owned()),
            "excluded" => said.last_mut()?.push_str(" (not included)"),
            "for" => said.push(format!("for {}", length(rest.next()?)?)),
            "from" | "to" => {
                let value = rest.next()?;
                let (place, uses_anchor) = moment(value, &anchor);
                is_anchored |= uses_anchor;
                said.push(format!("{} {place}", if *word == "to" { "until" } else { "from" }));
            }
            _ => return None,
        }
    }
    let said = said.join(" ");
    Some(if is_anchored || anchor.is_empty() { said } else { format!("{anchor}: {said}") })
}

/// A bound as a moment, and whether it is told by the anchor: `-P45D` is “45 days before expiry”.
fn moment(value: &str, anchor: &str) -> (String, bool) {
    let (digits, word) = match value.strip_prefix('-') {
        Some(rest) => (rest, "before"),
        None => (value, "after"),
    };
    match length(digits) {
        Some(length) if length.starts_with("0 ") && !anchor.is_empty() => (anchor.to_owned(), true),
        Some(length) if anchor.is_empty() => (format!("{length} {word}"), false),
        Some(length) => (format!("{length} {word} {anchor}"), true),
        None => (value.to_owned(), false),
    }
}

/// `P1M15D` as “1 month 15 days”.
fn length(iso: &str) -> Option<String> {
    let mut rest = iso.strip_prefix('P')?;
    let mut in_hours = false;
    let mut said = Vec::new();
    while !rest.is_empty() {
        if let Some(hours) = rest.strip_prefix('T') {
            (rest, in_hours) = (hours, true);
            continue;
        }
        let end = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
        let (number, unit) = rest.split_at(end);
        let unit = match (unit.chars().next()?, in_hours) {
            ('Y', _) => "year",
            ('M', false) => "month",
            ('W', _) => "week",
            ('D', _) => "day",
            ('H', _) => "hour",
            ('M', true) => "minute",
            ('S', _) => "second",
            _ => return None,
        };
        if number.is_empty() {
            return None;
        }
        said.push(format!("{number} {unit}{}", if number == "1" { "" } else { "s" }));
        rest = &rest[end + 1..];
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// `full-refund` as “full refund”; the hyphens of dates and numbers stay.
fn spaced(name: &str) -> String {
    let bytes = name.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let between = |at: usize| at > 0 && letter(at - 1) && letter(at + 1);
    name.char_indices().map(|(at, it)| if it == '-' && between(at) { ' ' } else { it }).collect()
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn a_person_reads_it_at_once() {
        let cases = [
            ("permission, expiry from -P45D", "may, from 45 days before expiry"),
            ("purchase to P10D, full-refund", "until 10 days after purchase, full refund"),
            ("prohibition, only, invoice from P0D excluded", "must not, only, from invoice (not included)"),
            ("expiry from -P1M to P0D", "from 1 month before expiry until expiry"),
            ("permission, from -P45D", "may, from 45 days before"),
            ("contract-end to 2024-01-31, from 2023-05-01", "contract end: until 2024-01-31, from 2023-05-01"),
            ("for PT1H30M, open-ended", "for 1 hour 30 minutes, without an end"),
            ("obligation, not, support-ticket, at-most 500", "must, not, support ticket, at most 500"),
            ("purchase from ?, to Px, every P1Y", "purchase: from ?, until Px, every 1 year"),
            ("stated", "stated"),
            ("", ""),
        ];
        for (states, expected) in cases {
            assert_eq!(readings(states), expected);
        }
    }
}
