//! What the rules of the inline family ask of a segment: its marked stretches, and which words
//! can stand alone between marks.

use std::borrow::Cow;

use super::Context;
use crate::bitext::{Origin, Unit};
use crate::document::{Side, visible_text};
use crate::locale::{LocaleData, Script};
use crate::markdown::{Inline, InlineKind};
use crate::text::Span;

/// A stretch between an opening and a closing mark.
#[derive(Debug)]
pub(super) struct Marked<'a> {
    /// Its bytes, marks included.
    pub whole: Span,
    /// Its bytes without the marks.
    pub inner: Span,
    /// What a reader sees of it.
    pub text: Cow<'a, str>,
    /// The destination of a link or image.
    pub target: Option<Span>,
    /// The character before it in the segment.
    pub before: Option<char>,
    /// The character before it that is no white space.
    pub solid_before: Option<char>,
    /// The character after it in the segment.
    pub after: Option<char>,
}

/// The sides of a unit that can be held against each other; `None` where one is missing, where the
/// versions differ, or where the pairing is a guess.
pub(super) fn compared<'a>(unit: &Unit<'a>, context: &Context<'_>) -> Option<(Side<'a>, Side<'a>)> {
    let sure = !matches!(unit.origin, Origin::Aligned(confidence) if confidence < 0.5);
    (sure && context.same_version).then_some(())?;
    Some((unit.source?, unit.target?))
}

/// Whether a side is nothing but text, as most are.
pub(super) fn is_plain(side: &Side<'_>) -> bool {
    side.inlines.iter().all(|inline| inline.kind == InlineKind::Text)
}

/// The bold stretches of a side.
pub(super) fn strong<'a>(side: &Side<'a>) -> Vec<Marked<'a>> {
    marked(side, |kind| match kind {
        InlineKind::StrongOpen => Some((true, None)),
        InlineKind::StrongClose => Some((false, None)),
        _ => None,
    })
}

/// The stretches of a side in italics.
pub(super) fn emphasis<'a>(side: &Side<'a>) -> Vec<Marked<'a>> {
    marked(side, |kind| match kind {
        InlineKind::EmphasisOpen => Some((true, None)),
        InlineKind::EmphasisClose => Some((false, None)),
        _ => None,
    })
}

/// The links of a side, bare addresses left out.
pub(super) fn links<'a>(side: &Side<'a>) -> Vec<Marked<'a>> {
    marked(side, |kind| match kind {
        InlineKind::LinkOpen { target } => Some((true, Some(*target))),
        InlineKind::LinkClose { target } => Some((false, Some(*target))),
        _ => None,
    })
}

/// The images of a side.
pub(super) fn images<'a>(side: &Side<'a>) -> Vec<Marked<'a>> {
    marked(side, |kind| match kind {
        InlineKind::ImageOpen { target } => Some((true, Some(*target))),
        InlineKind::ImageClose { target } => Some((false, Some(*target))),
        _ => None,
    })
}

/// `is` answers, for the marks that are looked for, whether one opens, and its destination.
fn marked<'a>(side: &Side<'a>, is: impl Fn(&InlineKind) -> Option<(bool, Option<Span>)>) -> Vec<Marked<'a>> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, inline) in side.inlines.iter().enumerate() {
        let Some((opens, target)) = is(&inline.kind) else { continue };
        if opens {
            open.push(index);
            continue;
        }
        let Some(first) = open.pop() else { continue };
        let whole = side.inlines[first].span.cover(inline.span);
        let inner = Span::new(side.inlines[first].span.end as usize, inline.span.start as usize);
        let text = visible_text(side.document, &side.inlines[first + 1..index]);
        let raw = side.raw();
        let base = side.span.start as usize;
        let before = raw.get(..(whole.start as usize).saturating_sub(base)).unwrap_or_default();
        let after = raw.get((whole.end as usize).saturating_sub(base)..).unwrap_or_default();
        found.push(Marked {
            whole,
            inner,
            text,
            target,
            before: before.chars().next_back(),
            solid_before: before.trim_end().chars().next_back(),
            after: after.chars().next(),
        });
    }
    found
}

/// The text inlines of a side with their places: what is prose and neither code nor address.
pub(super) fn prose<'a>(side: &Side<'a>) -> impl Iterator<Item = (&'a Inline, &'a str)> + use<'a> {
    let document = side.document;
    side.inlines
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::Text | InlineKind::Escape))
        .map(move |inline| (inline, document.slice(inline.span)))
}

/// A text without the punctuation and white space around it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|it: char| !it.is_alphanumeric())
}

/// Whether a word only serves grammar, in either case.
pub(super) fn serves(data: &LocaleData, word: &str) -> bool {
    let word = bare(word);
    data.function_words.contains(word)
        || data.ambiguous_function_words.contains(word)
        || data.never_a_label.iter().any(|it| it == word)
}

/// Whether a text is made of nothing but words that serve grammar.
pub(super) fn only_serves(data: &LocaleData, text: &str) -> bool {
    let text = bare(text);
    if text.is_empty() {
        return false;
    }
    if !data.words_are_spaced {
        return data.never_a_label.iter().any(|it| it == text);
    }
    text.split_whitespace().all(|word| serves(data, word))
}

/// Whether a stretch begins in the middle of a phrase, as far as the script shows it: hiragana
/// right after a Chinese character, a katakana or a Latin letter is an ending or a particle.
pub(super) fn begins_inside(data: &LocaleData, marked: &Marked<'_>) -> bool {
    let Some(first) = marked.text.trim_start().chars().next() else { return false };
    if !data.scripts.contains(&Script::Hiragana) || Script::of(first) != Some(Script::Hiragana) {
        return false;
    }
    let joins = |it: char| {
        matches!(Script::of(it), Some(Script::Han | Script::Katakana | Script::Latin))
            || it.is_ascii_digit()
            || matches!(it, ']' | '」' | '』' | '）' | ')')
    };
    marked.solid_before.is_some_and(joins)
}

/// A sentence cut to what fits in a message; it may be long.
pub(super) fn excerpt(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// A name or address cut to what fits in a message.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// How many pairs of the marks that stand for bold a target has.
pub(super) fn wrappers(data: &LocaleData, side: &Side<'_>) -> usize {
    let raw = side.raw();
    let times = |mark: &str| memchr::memmem::find_iter(raw.as_bytes(), mark).count();
    let mut most = 0;
    let mut all = 0;
    for (open, close) in &data.label_wrappers {
        let count = match open == close {
            true => times(open) / 2,
            false => match times(open) {
                0 => 0,
                opened => opened.min(times(close)),
            },
        };
        // `[` also opens a link.
        let count = if open == "[" { count.saturating_sub(side.links().count()) } else { count };
        most = most.max(count);
        all += count;
    }
    all.max(most)
}

/// Whether a character opens or closes what a locale puts around labels.
pub(super) fn wraps(data: &LocaleData, it: char) -> bool {
    data.label_wrappers.iter().any(|(open, close)| open.starts_with(it) || close.starts_with(it))
}

/// How many quotations the source has of its own.
pub(super) fn quotes(side: &Side<'_>) -> usize {
    side.raw().matches(['"', '“', '”']).count() / 2
}

/// Whether a bracket or quotation mark opens inside and closes outside, or the other way round.
pub(super) fn crosses(text: &str) -> bool {
    let mut depth = [0i32; 4];
    let mut straight = 0;
    for it in text.chars() {
        let (kind, by) = match it {
            '(' | '（' => (0, 1),
            ')' | '）' => (0, -1),
            '[' | '［' => (1, 1),
            ']' | '］' => (1, -1),
            '「' => (2, 1),
            '」' => (2, -1),
            '«' => (3, 1),
            '»' => (3, -1),
            '"' | '“' | '”' | '„' => {
                straight += 1;
                continue;
            }
            _ => continue,
        };
        depth[kind] += by;
        if depth[kind] < 0 && kind != 3 {
            return true;
        }
    }
    depth.iter().any(|it| *it != 0) || straight % 2 == 1
}
