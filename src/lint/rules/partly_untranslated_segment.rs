use std::ops::Range;

use crate::bitext::{Bitext, Unit};
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::leftover::{self, Languages, Usages};
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Remains, Rule};
use crate::locale::{self, ForeignRun, LocaleData};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "partly-untranslated-segment",
    summary: "words of the source language are left in a translated segment",
    family: Family::Completeness,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("partly-untranslated-segment"),
    check: Check::Remains(check),
};

/// A word that may have been left.
struct Left<'a> {
    span: Span,
    /// The word as the source has it.
    key: &'a str,
    /// Whether the source has it in lower case.
    seen: bool,
    /// Whether its capitals show that it was taken for a name by mistake.
    sure: bool,
    /// Whether the target writes it with a capital.
    capital: bool,
    /// A capitalised Latin word stands before it, so that it may be the rest of a name.
    after_name: bool,
    /// Whether that word is a common one, as in "Sales report".
    soft: bool,
}

fn check(all: &[Remains<'_, '_>], bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(languages) = Languages::of(context) else { return };
    let mut doubtful: Vec<(&Unit<'_>, Side<'_>, Vec<Left<'_>>)> = Vec::new();
    for remains in all.iter().filter(|it| !it.unchanged) {
        let (unit, target) = (remains.unit, remains.target);
        // What is foreign as a whole is `untranslated-segment`; few segments have to be asked.
        let is_whole = || remains.is_foreign(context) || remains.is_bare();
        if let Some(run) = run(remains, languages, context) {
            if is_whole() {
                continue;
            }
            let text = target.document.slice(run);
            let message = format!("`{}` is left in the source language", marks::excerpt(text));
            // The title of a page elsewhere, or a quotation, may be known to exist only so.
            let elsewhere =
                leftover::link_around(target, run).is_some_and(|it| it.starts_with('/') || it.contains("://"));
            let quoted = target.document.slice(target.span)[..(run.start - target.span.start) as usize]
                .trim_end()
                .ends_with(['"', '“', '「', '«', '„', '『']);
            let severity = if elsewhere || quoted { Severity::Info } else { Severity::Warning };
            findings.in_unit(unit, run, message).severity(severity).help("translate it");
        } else if let Some(source) = unit.source {
            let words = left_words(source, target, languages);
            if !words.is_empty() && !is_whole() {
                doubtful.push((unit, target, words));
            }
        }
    }
    let words = doubtful.iter().flat_map(|(_, _, words)| words.iter().map(|left| left.key.to_ascii_lowercase()));
    let usages = Usages::count(bitext, words.collect::<Vec<_>>());
    for (unit, target, words) in doubtful {
        let word = |left: &Left<'_>| target.document.slice(left.span);
        let sure = |left: &Left<'_>| {
            let usage = usages.of(left.key);
            let enough = (usage.translated >= 2 || left.soft) && usage.translated > usage.kept;
            if languages.same_script {
                // A word that the article keeps is one that its readers know, and where nouns have
                // capitals, a word with one may be borrowed.
                let most = if left.capital && languages.target.nouns_are_capital { 0 } else { 1 };
                return left.sure
                    || usage.common > 0
                        && usage.kept <= usage.translated.max(most)
                        && (most == 1 || usage.translated >= 2 && usage.kept * 3 <= usage.translated);
            }
            left.sure
                || usage.common > 0
                    && (left.seen && !left.after_name || enough && (left.seen || usage.kept * 3 <= usage.translated))
        };
        let Some(first) = words.iter().find(|left| sure(left)) else { continue };
        let usage = usages.of(first.key);
        let severity = match first.sure
            || languages.same_script
            || usage.translated >= usage.kept
            || usage.kept == 1 && !first.after_name && languages.is_common(word(first))
            || !first.after_name && word(first).starts_with(|it: char| it.is_ascii_lowercase())
        {
            true => Severity::Warning,
            false => Severity::Info,
        };
        let message = format!("`{}` is left in the source language", word(first));
        findings.in_unit(unit, first.span, message).severity(severity).help("translate it");
    }
}

/// A run of source-language words in a target that is otherwise translated.
fn run(remains: &Remains<'_, '_>, languages: Languages, context: &Context<'_>) -> Option<Span> {
    let target = remains.target;
    // Three words take six letters.
    if target.raw().bytes().filter(u8::is_ascii_alphabetic).count() < 6 {
        return None;
    }
    let traces = remains.traces();
    let wanted = match languages.same_script {
        true => ForeignRun::default(),
        false => ForeignRun { words: 3, function_words: 1 },
    };
    if traces.evidence < wanted.function_words || traces.plain < wanted.words.min(3) {
        return None;
    }
    let text = leftover::masked(target);
    let run = locale::foreign_run_with(&text, context.locale, context.source_locale, wanted)?;
    let letters = |text: &str| text.chars().filter(|it| it.is_alphabetic()).count();
    // What is foreign for the greater part is `untranslated-segment`.
    if letters(&text[run.clone()]) * 10 >= letters(&text) * 6 && traces.evidence >= 2 {
        return None;
    }
    // With a gloss after it the reader has both.
    if leftover::is_glossed(target.raw(), trimmed(&text, run.clone(), languages), false) {
        return None;
    }
    let some_lower = text[run.clone()].split(' ').any(|word| {
        word.len() > 2
            && word.as_bytes()[0].is_ascii_lowercase()
            && !languages.source.function_words.contains(word)
            && !languages.source.ambiguous_function_words.contains(word)
    });
    let run = trimmed(&text, run, languages);
    (some_lower || traces.evidence >= 2)
        .then(|| Span::new(target.span.start as usize + run.start, target.span.start as usize + run.end))
}

/// The run without what stands before an opening and behind a closing mark around its evidence.
fn trimmed(text: &str, run: Range<usize>, languages: Languages) -> Range<usize> {
    let inner = &text[run.clone()];
    let mut evidence = leftover::plain_words(inner, true).filter(|range| languages.is_evidence(&inner[range.clone()]));
    let Some(first) = evidence.next() else { return run };
    let last = evidence.last().unwrap_or(first.clone());
    let marks = ['«', '“', '„', '"', '[', '(', '「', '»', '”', ']', ')', '」', ':', ';'];
    let start =
        inner[..first.start].rfind(marks).map_or(0, |at| at + inner[at..].chars().next().map_or(1, char::len_utf8));
    let end = inner[last.end..].find(marks).map_or(inner.len(), |at| last.end + at);
    // Marks are blanked, and leave two spaces.
    let start = start.max(inner[..first.start].rfind("  ").unwrap_or(0));
    let end = end.min(inner[last.end..].find("  ").map_or(inner.len(), |at| last.end + at));
    let inner = &inner[start..end];
    let start = start + inner.len() - inner.trim_start().len();
    run.start + start..run.start + start + inner.trim().len()
}

/// Words of the source that a target has as they are: in another script, those that the source has
/// in lower case; in the same one, common words that only the source language has.
fn left_words<'a>(source: Side<'a>, target: Side<'a>, languages: Languages) -> Vec<Left<'a>> {
    let mut found = Vec::new();
    let mut written: Option<Vec<Written<'a>>> = None;
    for (text, start) in leftover::texts(target) {
        if text.bytes().all(|byte| !byte.is_ascii_lowercase()) {
            continue;
        }
        // The end of the word before, and whether it is a name's; whether that is a common word.
        let (mut last, mut last_common): (Option<(usize, bool)>, bool) = (None, false);
        for range in leftover::loose_words(text, languages.target.words_are_spaced) {
            let word = &text[range.clone()];
            let capital = word.as_bytes()[0].is_ascii_uppercase();
            let joins = last.is_some_and(|(end, _)| matches!(&text[end..range.start], " " | "-"));
            let after_name = joins && last.is_some_and(|(_, name)| name) || is_after_name(text, range.start);
            let soft = joins && !capital && last.is_some_and(|(_, name)| name) && last_common;
            last_common = capital && languages.is_common(word);
            last = Some((range.end, capital || after_name));
            let small =
                |data: &LocaleData| data.function_words.contains(word) || data.ambiguous_function_words.contains(word);
            // In one script nearly all words are no common ones of the source.
            if word.len() < 3 || languages.same_script && !is_common(word, languages) {
                continue;
            }
            if languages.target.owns(word) || small(languages.source) || leftover::is_literal(word) {
                continue;
            }
            let common = languages.same_script || is_common(word, languages);
            let written = written.get_or_insert_with(|| written_words(source));
            let Some(own) = find(written, word, !languages.same_script) else { continue };
            let next = text[range.end..]
                .strip_prefix(' ')
                .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_uppercase()));
            let at = start - target.span.start as usize;
            if capital && next && !languages.same_script
                || is_mentioned(source.raw(), word) && is_mentioned(target.raw(), word)
                || is_slot(target.raw(), at + range.start..at + range.end)
                || is_gloss(source, target, at + range.start..at + range.end, word, languages)
            {
                continue;
            }
            // A capital within, or between hyphens, that the source has not.
            let odd_case = own.lower
                && own.word.bytes().all(|it| !it.is_ascii_uppercase())
                && word.bytes().skip(1).any(|it| it.is_ascii_uppercase())
                && (common || !word.contains('-'))
                && !(word.contains('-') && languages.target.nouns_are_capital);
            // `SQL servers` and the product `SQL Server`; a noun in a language where all have capitals.
            let other = own.word.len() != word.len() || languages.same_script && languages.target.nouns_are_capital;
            if capital && other && (after_name || is_in_brackets(&text[..range.start])) {
                continue;
            }
            let foreign = match languages.same_script {
                true => own.lower && !is_quoted(&text[..range.start]),
                false => own.lower || !capital || own.first && common && !after_name,
            };
            if foreign {
                found.push(Left {
                    span: Span::new(start + range.start, start + range.end),
                    key: own.word,
                    seen: own.lower || !capital,
                    sure: odd_case,
                    capital,
                    after_name,
                    soft,
                });
            }
        }
    }
    found
}

/// Whether a word is a common one of the source, or is put together from such with hyphens.
fn is_common(word: &str, languages: Languages) -> bool {
    let known = |part: &str| languages.source.plain_words.contains(part);
    languages.is_common(word)
        || word.contains('-') && word.split('-').all(known) && word.split('-').any(|part| languages.is_common(part))
}

/// Whether a bracket is open at the end of a text.
fn is_in_brackets(before: &str) -> bool {
    before.rfind(['(', '（']).is_some_and(|open| !before[open..].contains([')', '）']))
}

/// Whether a quotation is open at the end of a text.
fn is_quoted(before: &str) -> bool {
    before.rfind(['"', '“', '„', '«', '»', '”']).is_some_and(|at| match &before[at..] {
        rest if rest.starts_with('"') => before.matches('"').count() % 2 == 1,
        // In German `“` closes.
        rest => rest.starts_with(['“', '„', '«']) && !(rest.starts_with('“') && before.contains('„')),
    })
}

/// A word as a source has it.
struct Written<'a> {
    word: &'a str,
    /// Whether it is always in lower case there.
    lower: bool,
    /// Whether it is the first of its text, where a capital tells nothing.
    first: bool,
}

fn written_words<'a>(source: Side<'a>) -> Vec<Written<'a>> {
    let mut words: Vec<Written<'a>> = Vec::new();
    for (text, start) in leftover::texts(source) {
        let before = source.document.slice(source.span).get(..start - source.span.start as usize).unwrap_or_default();
        let opens = !before.contains(|it: char| it.is_alphanumeric());
        for range in leftover::loose_words(text, true) {
            let word = &text[range.clone()];
            let lower = word.as_bytes()[0].is_ascii_lowercase();
            let first = opens && !text[..range.start].contains(|it: char| it.is_alphanumeric());
            match words.iter_mut().find(|it| it.word.eq_ignore_ascii_case(word)) {
                // A capital where the source has one too, if only once, is a name.
                Some(it) => {
                    it.first &= lower;
                    it.lower &= lower;
                }
                None => words.push(Written { word, lower, first }),
            }
        }
    }
    words
}

/// The word of the source that a word of the target is; with `inflected`, also its plural or
/// singular, and the word that another was joined to by a hyphen.
fn find<'w, 'a>(written: &'w [Written<'a>], word: &str, inflected: bool) -> Option<&'w Written<'a>> {
    let same = |word: &str| written.iter().find(|it| it.word.eq_ignore_ascii_case(word));
    same(word).or_else(|| {
        if !inflected || word.len() < 5 {
            return None;
        }
        let plural = |it: &&Written<'_>| {
            it.word.len() == word.len() + 1
                && it.word.ends_with('s')
                && it.word[..word.len()].eq_ignore_ascii_case(word)
        };
        word.strip_suffix('s').and_then(same).or_else(|| written.iter().find(plural)).or_else(|| {
            let (first, _) = word.split_once('-')?;
            same(first).filter(|it| it.lower && first.len() > 4)
        })
    })
}

/// Whether the word is spoken of: `"word"`, `*word*`.
fn is_mentioned(raw: &str, word: &str) -> bool {
    let Some(at) = raw.find(word) else { return false };
    let after = raw[at + word.len()..].trim_start_matches([',', '.']);
    raw[..at].ends_with(['"', '“', '*', '「']) && after.starts_with(['"', '”', '*', '」'])
}

/// Whether the word is a slot of an address: `example.com/[name]`.
fn is_slot(raw: &str, at: Range<usize>) -> bool {
    raw[at.end..].starts_with([']', '>', '}'])
        && raw[..at.start].strip_suffix(['[', '<', '{']).is_some_and(|it| it.ends_with(['/', '=', '.', '@', '&', '-']))
}

/// Whether the reader has both languages: the target has brackets of its own for one of them.
fn is_gloss(source: Side<'_>, target: Side<'_>, at: Range<usize>, word: &str, languages: Languages) -> bool {
    let brackets = |raw: &str| raw.matches(['(', '（']).count() - raw.matches("](").count();
    let (from, raw) = (source.raw(), target.raw());
    if brackets(raw) <= brackets(from) {
        return false;
    }
    let (before, after) = (&raw[..at.start], &raw[at.end..]);
    let holds = |text: &str, word: &str| text.to_ascii_lowercase().contains(&word.to_ascii_lowercase());
    let inside = is_in_brackets(before)
        && before.rfind(['(', '（']).is_some_and(|open| {
            let rest = &raw[open..];
            let inner = &rest[..rest.find([')', '）', ',']).unwrap_or(rest.len())];
            let mut words = inner.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
            !before[..open].ends_with(']') && words.all(|it| holds(from, it))
        });
    let bracketed = leftover::texts(source).any(|(text, _)| {
        text.split(['(', '（'])
            .skip(1)
            .any(|rest| rest.split([')', '）']).next().is_some_and(|inner| holds(inner, word)))
    });
    let follows = || match languages.same_script {
        true => after.find(['(', '（']).is_some_and(|open| !after[..open].contains(['.', ',', ';', ':', '|'])),
        false => leftover::is_glossed(raw, at.clone(), false),
    };
    inside && !bracketed || follows()
}

/// Whether a name in Latin letters or digits ends just before.
fn is_after_name(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(' ').as_bytes();
    let word = before.rsplit(|it| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
    word.len() > 1 && word.iter().any(u8::is_ascii_uppercase)
}
