use std::ops::Range;

use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::{Document, Format, Role, visible_text};
use crate::lint::{Check, Family, Findings, Group, Rule, leftover, problems};
use crate::locale::{LocaleData, Script};
use crate::markdown::{NodeKind, ProblemKind, ScalarStyle};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "invalid-front-matter",
    summary: "the front matter cannot be read, or reads oddly",
    family: Family::Metadata,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("invalid-front-matter"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let help = "mend the YAML; the site drops what it cannot read";
    for document in group.documents {
        problems::report(document, ProblemKind::FrontMatter, help, findings);
    }
    for bitext in group.bitexts.iter().filter(|it| it.target.format == Format::Markdown) {
        texts(bitext, findings);
    }
}

/// Odd titles and descriptions.
fn texts(bitext: &Bitext<'_>, findings: &mut Findings<'_>) {
    let document = bitext.target;
    let Some(front) = document.front_matter() else { return };
    let spaced = document.locale.is_spaced();
    for entry in front.entries.iter().filter(|entry| matches!(&*entry.path, "title" | "description")) {
        let unit = bitext.units.iter().find(|it| it.id.strip_prefix("front-matter:") == Some(&*entry.path));
        let Some(unit) = unit else { continue };
        let raw = document.slice(entry.span);
        let key = &*entry.path;
        let mut say = |at: usize, length: usize, message: String, sure: bool| {
            let start = entry.span.start as usize + at;
            findings.in_unit(unit, Span::new(start, start + length), message).severity(problems::doubt(sure));
        };
        if raw.starts_with("& ") {
            say(0, 1, format!("the {key} begins with a stray `&`"), true);
        }
        if key == "title" && raw.trim_end().ends_with(['、', '，', ',', ';', '；']) {
            let last = raw.trim_end().chars().next_back().map_or(0, char::len_utf8);
            say(raw.trim_end().len() - last, last, "the title ends in the middle of a sentence".into(), true);
        }
        if entry.style != ScalarStyle::Block && raw.len() != raw.trim().len() && !raw.trim().is_empty() {
            let end = raw.trim_end().len();
            let (at, length) =
                if end < raw.len() { (end, raw.len() - end) } else { (0, raw.len() - raw.trim_start().len()) };
            say(at, length, format!("a space within the quotes of the {key}"), true);
        }
        let first = raw.chars().next().filter(|it| it.is_lowercase());
        let word = raw.split(' ').next().unwrap_or_default();
        // A name may begin in lower case: "iPhone", "ms.topic".
        if let Some(first) = first
            && word.chars().skip(1).all(|it| it.is_lowercase() || it == '-')
            && capitals(document)
        {
            say(0, first.len_utf8(), format!("the {key} begins in lower case"), true);
        }
        brackets(raw, key, document.locale.data(), &mut say);
        if key == "title"
            && let Some(at) = lone_bar(raw)
        {
            say(at, 1, "a space is missing beside the bar in the title".into(), true);
        }
        // The body of the article says how its words are written.
        let body = &document.source.text()[front.span.end as usize..];
        if let Some((range, other)) = lost_acronym(raw, body, spaced) {
            let message = format!("`{}` in the {key} stands where the article has `{other}`", &raw[range.clone()]);
            say(range.start, range.len(), message, true);
        } else if let Some((range, upper)) = recased(raw, body, document.locale.script()) {
            let message = format!("`{}` in the {key} is `{upper}` in the article", &raw[range.clone()]);
            say(range.start, range.len(), message, true);
        }
        if !spaced
            && key == "title"
            && let Some(at) = glued(raw).next()
            && spaced_out(body) >= 8.max(8 * glued(body).count())
        {
            say(
                at.start,
                at.len(),
                "the article puts a space between the two scripts, the title does not".into(),
                false,
            );
        }
        if let Some(at) = split_kana(raw, body) {
            say(at, 1, format!("a space splits a word of the {key}"), true);
        }
        if key == "title"
            && let Some(at) = raw.find(". ")
            && raw[at + 2..].starts_with(char::is_lowercase)
            && raw[..at].chars().rev().take_while(|it| it.is_alphabetic()).count() > 4
        {
            say(at, 1, "the title goes on in lower case after a full stop".into(), true);
        }
        if !spaced && let Some(at) = space_in_word(raw) {
            say(at, 1, format!("a space between two characters of the {key}"), true);
        }
        if let Some(at) = raw.find(" & ") {
            let before = raw[..at].chars().next_back().is_some_and(is_small);
            let after = raw[at + 3..].chars().next().is_some_and(is_small);
            let word = raw[..at].rsplit(' ').next().unwrap_or_default();
            let lower = !spaced || word.chars().next().is_some_and(is_small);
            if before && after && lower {
                say(at + 1, 1, format!("a bare `&` between words of the {key}"), true);
            }
        }
        if spaced
            && let Some(at) = raw.find(" -")
            && raw[at + 2..].starts_with(char::is_uppercase)
            && raw[..at].rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
        {
            say(at, 1, format!("a space before a hyphen in the {key}"), true);
        }
    }
}

/// A letter of the text, not the capital of a name.
fn is_small(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_uppercase()
}

/// Whether the article's headings begin with a capital, for the most part.
fn capitals(document: &Document) -> bool {
    let heading = |node: u32| matches!(document.tree.nodes[node as usize].kind, NodeKind::Heading { .. });
    let (mut upper, mut lower) = (0, 0);
    let headings = document.segments.iter().filter(|it| it.role != Role::Source && it.node.is_some_and(heading));
    for segment in headings {
        let text = visible_text(document, document.inlines_of(segment));
        upper += u32::from(text.trim().starts_with(char::is_uppercase));
        lower += u32::from(text.trim().starts_with(char::is_lowercase));
    }
    upper > 0 && upper >= lower
}

/// The space between two letters of a script that puts none there.
fn space_in_word(raw: &str) -> Option<usize> {
    let han = |it: Option<char>| it.is_some_and(|it| Script::of(it) == Some(Script::Han));
    memchr::memchr_iter(b' ', raw.as_bytes())
        .find(|&at| han(raw[..at].chars().next_back()) && han(raw[at + 1..].chars().next()))
}

/// Brackets that are empty, closed before they are opened, or padded.
fn brackets(raw: &str, key: &str, data: Option<&LocaleData>, say: &mut impl FnMut(usize, usize, String, bool)) {
    let mut open: Option<usize> = None;
    for (at, it) in raw.char_indices() {
        match it {
            '(' | '（' => open = Some(at),
            ')' | '）' => match open.take() {
                None => {
                    // `a)` and `1)` number things.
                    if raw[..at].chars().filter(|it| it.is_alphanumeric()).count() > 2 {
                        return say(
                            at,
                            it.len_utf8(),
                            format!("a bracket in the {key} is closed before it is opened"),
                            true,
                        );
                    }
                }
                Some(start) => {
                    let inner = &raw[start..at];
                    let inner = &inner[inner.chars().next().map_or(0, char::len_utf8)..];
                    let length = at + it.len_utf8() - start;
                    if inner.trim().is_empty() {
                        return say(start, length, format!("empty brackets in the {key}"), true);
                    }
                    // `(of the partners)` is what is left of a sentence around the brackets.
                    if data.is_some_and(|data| !data.words_are_spaced && data.cannot_be_label(inner)) {
                        return say(start, length, format!("the brackets in the {key} begin with a particle"), true);
                    }
                    // The sentence slid into the brackets of an abbreviation, or its noun did.
                    if data.is_some_and(|data| !data.words_are_spaced)
                        && (is_swallowed(inner) || is_noun(raw, start, at))
                    {
                        return say(
                            start,
                            length,
                            format!("the brackets in the {key} hold a part of the sentence"),
                            true,
                        );
                    }
                    if inner.starts_with(' ') {
                        return say(start, length, format!("a space after the opening bracket in the {key}"), true);
                    }
                }
            },
            _ => {}
        }
    }
    if let Some(start) = open {
        say(start, 1, format!("a bracket in the {key} is not closed"), true);
    }
}

/// The bar between a title and the name of the site that has a space on one side only.
fn lone_bar(raw: &str) -> Option<usize> {
    memchr::memchr_iter(b'|', raw.as_bytes())
        .find(|&at| !raw[..at].trim().is_empty() && !raw[at + 1..].trim().is_empty())
        .filter(|&at| raw[..at].ends_with(' ') != raw[at + 1..].starts_with(' '))
}

/// `(VM is chosen by the size …)`: an abbreviation that stood alone in its brackets, and what followed.
fn is_swallowed(inner: &str) -> bool {
    let capitals = inner.bytes().take_while(u8::is_ascii_uppercase).count();
    (2..=5).contains(&capitals)
        && inner[capitals..].starts_with(' ')
        && inner[capitals..].chars().filter(|it| !it.is_ascii()).count() >= 16
}

/// `the device's (experience).`: the brackets hold the noun that the particle before them needs.
fn is_noun(raw: &str, open: usize, close: usize) -> bool {
    let rest = raw[close..].trim_start_matches([')', '）', ' ']);
    raw[..open].trim_end().ends_with(['的', 'の']) && (rest.is_empty() || rest.starts_with('。'))
}

/// Brackets of a title whose words are followed by an abbreviation in brackets in the article: the
/// brackets' place, and the abbreviation.
fn lost_acronym<'a>(raw: &str, body: &'a str, spaced: bool) -> Option<(Range<usize>, &'a str)> {
    let (open, mark) = raw.char_indices().find(|(_, it)| matches!(it, '(' | '（'))?;
    let inner = open + mark.len_utf8();
    let close = inner + raw[inner..].find([')', '）'])?;
    let text = raw[inner..close].trim();
    let longest = if spaced { 12 } else { 6 };
    if text.is_empty()
        || text.chars().count() > longest
        || text.contains(|it: char| it.is_ascii_alphanumeric() || it == ' ')
    {
        return None;
    }
    let before = raw[..open].trim_end();
    let length = if spaced { 12 } else { 4 };
    let (from, _) = before.char_indices().rev().nth(length - 1)?;
    let key = &before[from..];
    let mut found = None;
    for at in memchr::memmem::find_iter(body.as_bytes(), key) {
        let rest = body[at + key.len()..].trim_start_matches(' ');
        let Some(rest) = rest.strip_prefix(['(', '（']) else { continue };
        let rest = rest.trim_start();
        if rest.starts_with(text) {
            return None;
        }
        let capitals = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        if (3..=6).contains(&capitals) && rest[capitals..].starts_with([')', '）']) {
            found.get_or_insert(&rest[..capitals]);
        }
    }
    found.map(|other| (inner..close, other))
}

/// A word in Latin letters that the article has in capitals nearly always, in a text of another
/// script: its place, and the capitals.
fn recased(raw: &str, body: &str, script: Option<Script>) -> Option<(Range<usize>, String)> {
    if script.is_none_or(|it| it == Script::Latin) {
        return None;
    }
    leftover::plain_words(raw, false).find_map(|range| {
        let word = &raw[range.clone()];
        let upper = word.to_ascii_uppercase();
        let named = (3..=5).contains(&word.len())
            && word.as_bytes()[0].is_ascii_uppercase()
            && word.bytes().skip(1).all(|it| it.is_ascii_lowercase());
        let whole = |of: &str| {
            memchr::memmem::find_iter(body.as_bytes(), of)
                .filter(|&at| {
                    let part = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
                    !part(body.as_bytes()[..at].last()) && !part(body.as_bytes().get(at + of.len()))
                })
                .count()
        };
        (named && whole(&upper) >= 1.max(3 * whole(word))).then_some((range, upper))
    })
}

/// The space that cuts a word in kana which the article has whole.
fn split_kana(raw: &str, body: &str) -> Option<usize> {
    let kana = |it: char| Script::of(it) == Some(Script::Katakana) || it == 'ー';
    memchr::memchr_iter(b' ', raw.as_bytes()).find(|&at| {
        let left = raw[..at].rsplit(|it| !kana(it)).next().unwrap_or_default();
        if left.chars().count() < 3 || !raw[at + 1..].starts_with(kana) {
            return false;
        }
        let right: String = raw[at + 1..].chars().take_while(|it| kana(*it)).collect();
        let (mut whole, mut apart) = (false, false);
        for found in memchr::memmem::find_iter(body.as_bytes(), left) {
            let rest = &body[found + left.len()..];
            let run = &rest[..rest.find(|it| !kana(it)).unwrap_or(rest.len())];
            // The word ends within what stands behind the space.
            whole |= !run.is_empty() && run.len() < right.len() && right.starts_with(run);
            apart |= run.is_empty();
        }
        whole && !apart
    })
}

fn is_east(it: char) -> bool {
    matches!(Script::of(it), Some(Script::Han | Script::Hiragana | Script::Katakana))
}

/// Where a Latin letter touches a character of an eastern script.
fn glued(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut last = (0, ' ');
    text.char_indices().filter_map(move |(at, it)| {
        let (from, before) = std::mem::replace(&mut last, (at, it));
        (before.is_ascii_alphabetic() && is_east(it)).then_some(from..at + it.len_utf8())
    })
}

/// How often a space stands between a Latin letter and such a character.
fn spaced_out(text: &str) -> usize {
    memchr::memchr_iter(b' ', text.as_bytes())
        .filter(|&at| text[..at].ends_with(|it: char| it.is_ascii_alphabetic()) && text[at + 1..].starts_with(is_east))
        .count()
}
