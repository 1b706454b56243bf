//! Cutting a text into sentences: sentencex proposes, and what it is known to get wrong in
//! technical documentation is mended here.

use std::ops::Range;

use super::{Locale, LocaleData, WordSet};

/// A longer text is cut piece by piece: what a mark may pair with is looked for no further away,
/// so that the time grows with the text and not with its square.
const WINDOW: usize = 16 << 10;

/// The sentences of `text` as byte ranges, in order, with nothing but white space between them.
/// No cut falls inside one of the `protected` ranges (code, links, UI labels), which are sorted.
pub fn segment(text: &str, locale: &Locale, protected: &[Range<usize>]) -> Vec<Range<usize>> {
    if text.len() <= WINDOW {
        return segment_window(text, locale, protected);
    }
    let mut sentences = Vec::new();
    let (mut from, mut first) = (0, 0);
    // Where the sentence began that the window before did not end.
    let mut open = None;
    while from < text.len() {
        let to = text.ceil_char_boundary((from + WINDOW).min(text.len()));
        while protected.get(first).is_some_and(|range| range.end <= from) {
            first += 1;
        }
        let near = protected[first..].iter().take_while(|range| range.start < to);
        let near: Vec<_> = near.map(|range| range.start.saturating_sub(from)..range.end.saturating_sub(from)).collect();
        let found = segment_window(&text[from..to], locale, &near);
        let mut found: Vec<_> = found.into_iter().map(|range| from + range.start..from + range.end).collect();
        if let (Some(start), Some(range)) = (open.take(), found.first_mut()) {
            range.start = start;
        }
        from = to;
        if to < text.len()
            && let Some(last) = found.pop()
        {
            open = Some(last.start);
            from = if found.is_empty() { to } else { last.start };
        }
        sentences.extend(found);
    }
    sentences.extend(open.map(|start| start..text.trim_end().len()));
    sentences
}

fn segment_window(text: &str, locale: &Locale, protected: &[Range<usize>]) -> Vec<Range<usize>> {
    let data = locale.data();
    let mut cuts = Vec::new();
    if may_hold_two(text) {
        cuts.extend(
            sentencex::get_sentence_boundaries(locale.language(), text)
                .iter()
                .flat_map(|it| [it.start_byte, it.end_byte])
                .filter(|at| text.is_char_boundary(*at)),
        );
        wide_cuts(text, &mut cuts);
        closing_cuts(text, data, &mut cuts);
    }
    cuts.extend(marker_cut(text));
    marked_cuts(text, protected, data, &mut cuts);
    cuts.sort_unstable();
    cuts.dedup();
    let enclosed = enclosed(text);
    let mut sentences = Vec::new();
    let mut start = 0;
    for cut in cuts {
        let at = settle(text, cut, data);
        let marker = start == 0 && marker_cut(text) == Some(cut);
        if at > start
            && at < text.len()
            && !inner(text, cut, start..at, &enclosed)
            && (marker || holds(text, start, at, data, protected, &enclosed))
        {
            push(text, start..at, &mut sentences);
            start = at;
        }
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let raw = &text[range.clone()];
    let start = range.start + (raw.len() - raw.trim_start().len());
    if !raw.trim().is_empty() {
        sentences.push(start..start + raw.trim().len());
    }
}

const WIDE_ENDS: [char; 4] = ['。', '！', '？', '｡'];

/// Whether an end of a sentence is followed by more text at all; most segments are one sentence.
fn may_hold_two(text: &str) -> bool {
    let text = text.trim_end();
    // Up to here, what follows an end was looked at: one answer for all of `?!…`.
    let mut seen = 0;
    text.contains("\n\n")
        || text.contains("\n\r\n")
        || text.char_indices().any(|(at, it)| match it {
            '.' | '!' | '?' | '…' if at < seen => false,
            '.' | '!' | '?' | '…' => {
                let rest = text[at + it.len_utf8()..]
                    .trim_start_matches(|it: char| !it.is_alphanumeric() && !it.is_whitespace());
                seen = text.len() - rest.len();
                rest.starts_with(|it: char| it.is_whitespace() || !it.is_ascii())
            }
            _ => it as u32 > 0x24F && is_rare_end(it) && at + it.len_utf8() < text.len(),
        })
}

/// Ends of sentences outside Latin punctuation, with those of scripts we have no data for.
fn is_rare_end(it: char) -> bool {
    WIDE_ENDS.contains(&it) || matches!(it, '．' | '։' | '؟' | '۔' | '।' | '॥' | '။' | '።' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Full-width marks end a sentence without white space after them.
fn wide_cuts(text: &str, cuts: &mut Vec<usize>) {
    for (at, it) in text.char_indices() {
        let end = at + it.len_utf8();
        if WIDE_ENDS.contains(&it) && !text[end..].starts_with(WIDE_ENDS) {
            cuts.push(end);
        }
    }
}

/// Ends of sentences that sentencex does not take for such, because they may be abbreviations or
/// stand in brackets. A capital has to follow a word in capitals (`the order ID. Then`), one that
/// the language lists, or, in brackets, any word that is no abbreviation.
fn closing_cuts(text: &str, data: Option<&LocaleData>, cuts: &mut Vec<usize>) {
    let mut depth = 0usize;
    for (at, it) in text.char_indices() {
        match it {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '.' | '?' | '!' => {
                let after = &text[at + 1..];
                // A zero-width space is none that sentencex knows.
                let hidden = after.starts_with('\u{200b}');
                let mut next = after.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{200b}');
                // A link without text, as machines leave it, stays with what stands before it.
                let mut end = at + 1;
                if let Some(address) = next.strip_prefix("[](")
                    && let Some(close) = address.find(')')
                {
                    end = text.len() - address.len() + close + 1;
                    next = address[close + 1..].trim_start();
                }
                let next = next.trim_start_matches(['*', '_', '[', '(', '「', ' ']);
                let wide = it != '.' && next.starts_with(|it: char| it as u32 >= 0x2E80);
                if !(hidden || after.starts_with(char::is_whitespace))
                    || !(wide || next.starts_with(char::is_uppercase))
                {
                    continue;
                }
                let word = text[..at].rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
                if text[..at - word.len()].ends_with('.') {
                    continue;
                }
                let listed = |set: fn(&LocaleData) -> &WordSet| data.is_some_and(|data| set(data).contains(word));
                let capitals = word.len() > 1 && word.bytes().all(|it| it.is_ascii_uppercase());
                let plain = word.chars().nth(2).is_some() && word.chars().all(char::is_lowercase);
                let inside = (depth > 0 || hidden) && plain && !(it == '.' && listed(|data| &data.abbreviations));
                let wide = wide && word.chars().next_back().is_some_and(|it| it as u32 >= 0x2E80);
                let listed = it == '.' && listed(|data| &data.closing_abbreviations);
                if capitals || inside || wide || listed || end > at + 1 {
                    cuts.push(end);
                }
            }
            _ => {}
        }
    }
}

/// `a. Open the page`, `Q. Who pays?`: a marker that was typed by hand is none of the sentence.
fn marker_cut(text: &str) -> Option<usize> {
    let mut characters = text.chars();
    let marker = characters.next().filter(|it| it.is_alphabetic())?;
    let rest = characters.as_str().strip_prefix('.').filter(|rest| rest.starts_with(char::is_whitespace))?;
    let starts = |it: char| it.is_alphabetic() && !it.is_lowercase() || it.is_ascii_digit();
    // `A. Smith` is a name.
    let asks = || text.trim_end().ends_with(['?', '？']);
    let begins = rest.trim_start().trim_start_matches(['*', '_', '[', '"', '“', '「']).starts_with(starts);
    (begins && (marker.is_lowercase() || marker == 'Q' || asks())).then(|| marker.len_utf8() + 1)
}

/// A sentence may end inside of emphasis or of a link, `select **Save.** Then`, or right behind it,
/// where the address hides the end.
fn marked_cuts(text: &str, protected: &[Range<usize>], data: Option<&LocaleData>, cuts: &mut Vec<usize>) {
    let goes_on = |after: &str| after.chars().find(|it| it.is_alphanumeric()).is_none_or(char::is_lowercase);
    for range in protected {
        let (Some(marked), Some(after)) = (text.get(range.clone()), text.get(range.end..)) else { continue };
        let marks = ['*', '_', '~', '"', '\'', '”', '’', '»', '」', ')', '）'];
        let body = match marked.rsplit_once("](") {
            Some((body, _)) if marked.starts_with('[') => body,
            _ if marked.starts_with(['*', '_', '~']) => marked,
            _ => continue,
        };
        let body = body.trim_end_matches(marks).trim_end();
        let spaced = after.starts_with(char::is_whitespace) && !goes_on(after);
        match body.strip_suffix(['.', '!', '?', '…']) {
            Some(_) if !spaced => {}
            Some(stopped) if body.ends_with('.') && !is_end(stopped, after.trim_start(), data) => {}
            Some(_) => cuts.push(range.end),
            None if body.ends_with(WIDE_ENDS) => cuts.push(range.end),
            None if marked.starts_with('[') => {
                let stop = after.strip_prefix(['.', '!', '?']);
                if stop.is_some_and(|after| after.starts_with(char::is_whitespace) && !goes_on(after)) {
                    cuts.push(range.end + 1);
                }
            }
            None => {}
        }
    }
}

/// The balanced East Asian brackets and quotes: a sentence that ends in one does not end outside.
fn enclosed(text: &str) -> Vec<Range<usize>> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, it) in text.char_indices() {
        match it {
            '「' | '『' | '（' | '《' | '【' | '“' | '«' => open.push((it, at)),
            '」' | '』' | '）' | '》' | '】' | '”' | '»' => {
                let opening = match it {
                    '」' => '「',
                    '』' => '『',
                    '）' => '（',
                    '》' => '《',
                    '】' => '【',
                    '”' => '“',
                    _ => '«',
                };
                if let Some(index) = open.iter().rposition(|(it, _)| *it == opening) {
                    found.push(open[index].1..at + it.len_utf8());
                    open.truncate(index);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether the end of a sentence is that of a quoted label or an aside in the middle of a sentence:
/// text stands before the opening mark, and more follows the closing one without white space.
fn inner(text: &str, cut: usize, sentence: Range<usize>, enclosed: &[Range<usize>]) -> bool {
    let glued = text[..sentence.end].trim_end().len() == sentence.end;
    glued && enclosed.iter().any(|range| sentence.start < range.start && range.start < cut && cut <= range.end)
}

/// Moves a cut so that closing marks stay with the sentence before and opening ones go with the
/// next, past the white space between.
fn settle(text: &str, cut: usize, data: Option<&LocaleData>) -> usize {
    let quotes = || data.into_iter().flat_map(|data| &data.quotes).filter(|(open, close)| open != close);
    let closes = |it: char| {
        matches!(it, ')' | ']' | '}' | '）' | '］' | '】' | '」' | '』' | '》' | '〉' | '”' | '’')
            || quotes().any(|(_, close)| close.trim().starts_with(it))
    };
    let opens = |it: char| {
        matches!(it, '(' | '[' | '{' | '（' | '［' | '【' | '「' | '『' | '《' | '〈')
            || (quotes().any(|(open, _)| open.trim().starts_with(it))
                && !quotes().any(|(_, close)| close.trim().starts_with(it)))
    };
    let mut at = cut;
    if text[..at].ends_with(|it: char| !it.is_whitespace()) {
        while let Some(it) = text[at..].chars().next().filter(|it| closes(*it)) {
            at += it.len_utf8();
        }
    }
    while let Some(it) = text[..at].trim_end().chars().next_back().filter(|it| opens(*it)) {
        at = text[..at].trim_end().len() - it.len_utf8();
    }
    at + (text[at..].len() - text[at..].trim_start().len())
}

/// Whether a sentence really ends before `at`.
fn holds(
    text: &str,
    start: usize,
    at: usize,
    data: Option<&LocaleData>,
    protected: &[Range<usize>],
    enclosed: &[Range<usize>],
) -> bool {
    let (before, after) = (text[start..at].trim(), &text[at..]);
    let end = text[..at].trim_end().len();
    // A link without text stays with what stands before it.
    if after.starts_with("[](") {
        return false;
    }
    if protected.iter().chain(enclosed).any(|range| range.start < at && end < range.end) {
        return false;
    }
    if !before.contains(char::is_alphanumeric) || !after.contains(char::is_alphanumeric) {
        return false;
    }
    let quoted = before.ends_with(|it: char| !it.is_alphanumeric() && !is_rare_end(it) && !it.is_ascii());
    if quoted && data.is_some_and(|data| data.continues_after_quote.iter().any(|it| after.starts_with(it.as_str()))) {
        return false;
    }
    let Some(stopped) = before.strip_suffix('.') else { return true };
    let wide = after.starts_with(|it: char| it as u32 >= 0x2E80);
    // A name such as `.NET` or a file extension goes on without white space.
    if end == at && !wide {
        return false;
    }
    is_end(stopped, after, data)
}

/// Whether the full stop behind `stopped` ends a sentence, and is not that of a list marker or an
/// abbreviation.
fn is_end(stopped: &str, after: &str, data: Option<&LocaleData>) -> bool {
    let marker =
        |it: &str| it.chars().all(|it| it.is_ascii_digit() || matches!(it, '.' | '(')) || it.chars().count() == 1;
    let bare = stopped.trim_start_matches(['*', '_', '[']);
    bare.is_empty() || !marker(bare) && !abbreviated(stopped, after, data)
}

/// Whether the full stop after `stopped` belongs to an initial or an abbreviation.
fn abbreviated(stopped: &str, after: &str, data: Option<&LocaleData>) -> bool {
    let mut parts = stopped.split_whitespace().rev();
    let clean = |it: &'_ str| it.trim_start_matches(|it: char| !it.is_alphanumeric()).to_owned();
    let Some(last) = parts.next().map(clean) else { return false };
    let previous = parts.next().unwrap_or_default();
    let mut single = last.chars();
    if let (Some(letter), None) = (single.next(), single.next())
        && letter.is_alphabetic()
    {
        let initial = letter.is_uppercase() && previous.starts_with(char::is_uppercase);
        if initial || (letter.is_lowercase() && (letter as u32) < 0x2E80) {
            return !data.is_some_and(|data| closes_at(data, &last, previous, after));
        }
    }
    let Some(data) = data else { return false };
    let joined = format!("{}{last}", clean(previous));
    (data.abbreviations.contains(&last) || (previous.ends_with('.') && data.abbreviations.contains(&joined)))
        || ((data.closing_abbreviations.contains(&last)
            || (previous.ends_with('.') && data.closing_abbreviations.contains(&joined)))
            && !closes_at(data, &last, previous, after))
}

/// Whether the abbreviation is one that may end a sentence, and the text after it starts one.
fn closes_at(data: &LocaleData, last: &str, previous: &str, after: &str) -> bool {
    let capital = after.chars().find(|it| it.is_alphanumeric()).is_some_and(char::is_uppercase);
    capital
        && (data.closing_abbreviations.contains(last)
            || (previous.ends_with('.') && data.closing_abbreviations.contains(&format!("{previous}{last}"))))
}
