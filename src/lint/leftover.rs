//! What a translation left in the source language: the words, and what speaks for and against
//! their having been left by mistake.

use std::collections::HashMap;
use std::ops::Range;

use super::Context;
use crate::bitext::{Bitext, Unit};
use crate::document::Side;
use crate::locale::{self, LocaleData, Script};
use crate::markdown::{Inline, InlineKind, NodeKind};
use crate::text::{Span, is_letter};

/// The two languages of a check, where both are known and differ.
#[derive(Clone, Copy)]
pub(super) struct Languages {
    /// The language of the source.
    pub source: &'static LocaleData,
    /// The language of the target.
    pub target: &'static LocaleData,
    /// Whether the target is written in the script of the source.
    pub same_script: bool,
}

impl Languages {
    pub(super) fn of(context: &Context<'_>) -> Option<Self> {
        if locale::matches(context.source_locale, context.locale) {
            return None;
        }
        let (source, target) = (context.source_locale.data()?, context.locale.data()?);
        let same_script = target.scripts.iter().any(|script| source.scripts.contains(script));
        (source.scripts.first() == Some(&Script::Latin)).then_some(Languages { source, target, same_script })
    }

    /// Whether a word of the source tells that the text around it is not translated.
    pub(super) fn is_evidence(&self, word: &str) -> bool {
        self.source.function_words.contains(word) && !self.target.owns(word)
    }

    /// Whether a word is a common one of the source, and none of the target's.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.source.plain_words.contains(word)
            && !self.target.owns(word)
            && !(self.same_script && self.target.shared_words.contains(word))
    }

    /// Whether a word is the name of a month or a weekday, and not spelled so in the target too.
    pub(super) fn is_calendar(&self, word: &str) -> bool {
        (self.source.months.contains(word) || self.source.weekdays.contains(word))
            && word.as_bytes()[0].is_ascii_uppercase()
            && !(self.same_script && self.target.shared_words.contains(word))
    }
}

/// The plain words in ASCII letters, two letters or longer: no part of an address, a path, a
/// name with digits or underscores. With `spaced`, no part of a word with other letters either.
pub(super) fn plain_words(text: &str, spaced: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    words(text, spaced, false)
}

/// The same, and also `OneWord` and the word of `30-day`.
pub(super) fn loose_words(text: &str, spaced: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    words(text, spaced, true)
}

fn words(text: &str, spaced: bool, loose: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(skipped) = bytes[at..].iter().position(|byte| CLASSES[usize::from(*byte)] & WORD != 0) {
            let begin = at + skipped;
            let mut met = 0;
            at = begin;
            while let Some(class) = bytes.get(at).map(|byte| CLASSES[usize::from(*byte)]).filter(|class| *class != 0) {
                // A capital at the start of a word is nothing odd.
                met |= if at == begin { class & !CAPITAL } else { class };
                at += 1;
            }
            let mut end = at;
            while CLASSES[usize::from(bytes[end - 1])] & WORD == 0 {
                end -= 1;
            }
            // `name@` with a host to fill in is an address too.
            if bytes.get(end) == Some(&b'@') {
                continue;
            }
            let mut begin = begin;
            // `(a)/b` joins two words, as no path does.
            let joint = begin > 0 && is_joint(bytes[begin - 1]) && bytes[begin - 1] != b'-';
            let before = joint && !(begin > 1 && bytes[begin - 1] == b'/' && bytes[begin - 2] == b')');
            if loose {
                let digits = bytes[begin..end].iter().take_while(|it| it.is_ascii_digit()).count();
                if digits > 0 && bytes.get(begin + digits) == Some(&b'-') && begin + digits + 1 < end {
                    begin += digits + 1;
                }
            }
            let word = &bytes[begin..end];
            let letters = |word: &[u8]| word.iter().all(|it| it.is_ascii_alphabetic() || matches!(it, b'-' | b'\''));
            let plain = word.len() > 1 && (met & (DIGIT | JOINT) == 0 || letters(word));
            let whole = met & CAPITAL == 0 || !is_mixed(word) || loose && is_humped(word);
            let part = before || spaced && joined(text, begin, end);
            if plain && whole && !part {
                return Some(begin..end);
            }
        }
        None
    })
}

const WORD: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;
const JOINT: u8 = 8;
/// What each byte is in a word; nothing, for those that end one.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        classes[at] = match byte {
            b'0'..=b'9' => WORD | DIGIT,
            b'A'..=b'Z' => WORD | CAPITAL,
            b'a'..=b'z' => WORD,
            _ if is_joint(byte) => JOINT,
            _ => 0,
        };
        at += 1;
    }
    classes
};

/// Marks that hold addresses, paths and identifiers together.
const fn is_joint(byte: u8) -> bool {
    matches!(byte, b'_' | b'.' | b'/' | b'@' | b':' | b'\\' | b'-' | b'#' | b'=' | b'\'' | b'$' | b'%' | b'{' | b'}')
}

fn joined(text: &str, begin: usize, end: usize) -> bool {
    let letter = |it: Option<char>| it.is_some_and(is_letter);
    let foreign = |at: usize| text.as_bytes().get(at).is_some_and(|byte| !byte.is_ascii());
    begin > 0 && foreign(begin - 1) && letter(text[..begin].chars().next_back())
        || foreign(end) && letter(text[end..].chars().next())
}

/// Values that programs read; no word of a language.
pub(super) fn is_literal(word: &str) -> bool {
    ["true", "false", "null", "string", "boolean"].iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// `camelCase`, `ALLCAPS` and the like: names, not words.
fn is_mixed(word: &[u8]) -> bool {
    word.windows(2).any(|pair| pair[0].is_ascii_alphabetic() && pair[1].is_ascii_uppercase())
}

/// `OneWord`: capitals inside, and none beside another.
fn is_humped(word: &[u8]) -> bool {
    !word.contains(&b'-') && !word.windows(2).any(|pair| pair[0].is_ascii_uppercase() && pair[1].is_ascii_uppercase())
}

/// The stretches of plain text of a side, with their places.
pub(super) fn texts<'a>(side: Side<'a>) -> impl Iterator<Item = (&'a str, usize)> {
    side.inlines
        .iter()
        .filter(|inline| inline.kind == InlineKind::Text)
        .map(move |inline| (side.document.slice(inline.span), inline.span.start as usize))
}

/// The raw text of a side with all that is no plain text blanked, so that places stay.
pub(super) fn masked(side: Side<'_>) -> String {
    let mut text = String::with_capacity(side.span.len());
    for inline in side.inlines.iter().filter(|it| it.kind == InlineKind::Text) {
        blank_to(&mut text, inline, side.span);
        text.push_str(side.document.slice(inline.span));
    }
    text
}

fn blank_to(text: &mut String, inline: &Inline, span: Span) {
    let missing = (inline.span.start as usize).saturating_sub(span.start as usize + text.len());
    text.extend(std::iter::repeat_n(' ', missing));
}

/// What an article does with a word of the source.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    /// Units whose source has it in lower case, so that it is no name.
    pub common: u32,
    /// Units whose source has it and whose target does not.
    pub translated: u32,
    /// Units whose source and target have it, and which are not the source unchanged.
    pub kept: u32,
}

/// How an article uses some words.
#[derive(Debug, Default)]
pub(super) struct Usages(HashMap<Box<str>, Usage>);

impl Usages {
    /// Counts these words (in lower case) over the article.
    pub(super) fn count(bitext: &Bitext<'_>, words: impl IntoIterator<Item = String>) -> Self {
        let mut usages: HashMap<Box<str>, Usage> =
            words.into_iter().map(|word| (word.into_boxed_str(), Usage::default())).collect();
        if usages.is_empty() {
            return Usages::default();
        }
        // By first letter, a bit for each length: nearly all words are turned away without a look-up.
        let mut lengths = [0u32; 32];
        for word in usages.keys() {
            lengths[usize::from(word.as_bytes()[0] & 31)] |= 1 << word.len().min(31);
        }
        let likely = |text: &str, range: &Range<usize>| {
            lengths[usize::from(text.as_bytes()[range.start] & 31)] >> range.len().min(31) & 1 == 1
        };
        let mut buffer = String::new();
        let (mut here, mut there): (Vec<(String, bool)>, Vec<String>) = (Vec::new(), Vec::new());
        for unit in &bitext.units {
            let Some(source) = unit.source else { continue };
            here.clear();
            for (text, _) in texts(source) {
                for range in plain_words(text, true).filter(|range| likely(text, range)) {
                    if let Some(word) = known(&usages, &text[range.clone()], &mut buffer) {
                        let lower = text.as_bytes()[range.start].is_ascii_lowercase();
                        here.push((word.to_owned(), lower));
                    }
                }
            }
            let Some(target) = unit.target.filter(|_| !here.is_empty()) else { continue };
            there.clear();
            for (text, _) in texts(target) {
                for range in plain_words(text, false).filter(|range| likely(text, range)) {
                    there.extend(known(&usages, &text[range], &mut buffer).map(str::to_owned));
                }
            }
            here.sort();
            for group in here.chunk_by(|a, b| a.0 == b.0) {
                let Some(usage) = usages.get_mut(group[0].0.as_str()) else { continue };
                usage.common += u32::from(group.iter().any(|it| it.1));
                match there.contains(&group[0].0) {
                    true => usage.kept += u32::from(!is_unchanged(source, target)),
                    false => usage.translated += 1,
                }
            }
        }
        Usages(usages)
    }

    /// What is known of a word, in any case.
    pub(super) fn of(&self, word: &str) -> Usage {
        self.0.get(word.to_ascii_lowercase().as_str()).copied().unwrap_or_default()
    }
}

fn known<'b>(words: &HashMap<Box<str>, Usage>, word: &str, buffer: &'b mut String) -> Option<&'b str> {
    buffer.clear();
    buffer.push_str(word);
    buffer.make_ascii_lowercase();
    words.contains_key(buffer.as_str()).then_some(&**buffer)
}

/// Whether the target is the source, markup and case aside.
pub(super) fn is_unchanged(source: Side<'_>, target: Side<'_>) -> bool {
    let (a, b) = (source.raw().trim(), target.raw().trim());
    a == b
        || (a.len().abs_diff(b.len()) < 12 && a.is_ascii() && b.is_ascii() && {
            let (a, b) = (source.text(), target.text());
            a.trim().eq_ignore_ascii_case(b.trim())
        })
}

/// Cells of one column, cells of one header, items of one list, headings of an article: what is
/// done with most of them is what was meant for each.
#[derive(Debug, Default)]
pub(super) struct Siblings(HashMap<(u32, u32), (u32, u32)>);

impl Siblings {
    pub(super) fn count(bitext: &Bitext<'_>) -> Self {
        let mut counts: HashMap<(u32, u32), (u32, u32)> = HashMap::new();
        for unit in &bitext.units {
            let (Some(source), Some(target)) = (unit.source, unit.target) else { continue };
            let Some(key) = family(target) else { continue };
            let count = counts.entry(key).or_default();
            match is_unchanged(source, target) {
                true => count.1 += 1,
                false => count.0 += 1,
            }
        }
        Siblings(counts)
    }

    /// How many siblings are translated, and how many are unchanged (this one among them).
    pub(super) fn of(&self, unit: &Unit<'_>) -> (u32, u32) {
        unit.target.and_then(family).and_then(|key| self.0.get(&key)).copied().unwrap_or_default()
    }
}

fn family(side: Side<'_>) -> Option<(u32, u32)> {
    let nodes = &side.document.tree.nodes;
    let mut at = side.node?;
    loop {
        let node = &nodes[at as usize];
        match node.kind {
            NodeKind::Heading { .. } => return Some((u32::MAX, 0)),
            NodeKind::Cell { column } => {
                let row = node.parent?;
                let table = nodes[row as usize].parent?;
                let header = matches!(nodes[row as usize].kind, NodeKind::Row { header: true });
                return Some((table, if header { u32::MAX } else { u32::from(column) }));
            }
            NodeKind::Item { .. } => return Some((node.parent?, 0)),
            _ => at = node.parent?,
        }
    }
}

/// `English (translation)` and, unless the source is `bracketed` there, `translation (English)`:
/// the reader has both.
pub(super) fn is_glossed(raw: &str, run: Range<usize>, bracketed: bool) -> bool {
    let latin = |it: char| {
        it.is_ascii_alphanumeric()
            || matches!(
                it,
                ' ' | '*' | ']' | '"' | '\\' | '_' | '\'' | ',' | '-' | '%' | '.' | '/' | '”' | '」' | '»' | ':' | ')'
            )
    };
    let after = raw[run.end..].trim_start_matches(latin);
    let foreign = |text: &str| {
        let mut inside = text.chars().take_while(|it| !matches!(it, ')' | '）')).take(24);
        inside.any(|it| !it.is_ascii() && is_letter(it))
    };
    // The first brackets after a link's text are its address.
    let after = match after.strip_prefix('(').filter(|_| raw[..raw.len() - after.len()].ends_with(']')) {
        Some(address) => {
            address.find(')').map_or("", |at| &address[at..]).trim_start_matches([')', ' ', '」', '»', '”', '*'])
        }
        None => after,
    };
    if after.strip_prefix(['(', '（']).is_some_and(foreign) {
        return true;
    }
    if bracketed {
        return false;
    }
    let before = raw[..run.start].trim_end_matches(latin);
    let before = before.trim_end_matches(['[', '“', '「', '«']).trim_end_matches(latin);
    before
        .strip_suffix(['(', '（'])
        .is_some_and(|before| before.chars().rev().take(6).any(|it| is_letter(it) && !it.is_ascii()))
        && after.starts_with([')', '）'])
}

/// The link that holds a place: its destination.
pub(super) fn link_around<'a>(side: Side<'a>, place: Span) -> Option<&'a str> {
    let mut open = None;
    for inline in side.inlines {
        match inline.kind {
            InlineKind::LinkOpen { target } if inline.span.end <= place.start => open = Some(target),
            InlineKind::LinkClose { .. } if inline.span.start < place.end => open = None,
            _ => {}
        }
    }
    open.map(|target| side.document.slice(target))
}
