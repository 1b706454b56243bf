use std::ops::Range;

use crate::bitext::{Bitext, Unit};
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::leftover::{self, Languages, Usages};
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::locale::{self, ForeignRun, LocaleData};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "partly-untranslated-segment",
    summary: "words of the source language are left in a translated segment",
    family: Family::Completeness,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("partly-untranslated-segment"),
    check: Check::Bitext(check),
};

/// A word that may have been left.
struct Left {
    span: Span,
    /// A capitalised Latin word stands before it, so that it may be the rest of a name.
    after_name: bool,
}

fn check(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(languages) = Languages::of(context) else { return };
    let mut doubtful: Vec<(&Unit<'_>, Side<'_>, Vec<Left>)> = Vec::new();
    for unit in bitext.units.iter().filter(|unit| !unit.id.starts_with("front-matter:")) {
        let Some(target) = unit.target else { continue };
        if unit.source.is_some_and(|source| leftover::is_unchanged(source, target)) {
            continue;
        }
        if let Some(run) = run(target, languages, context) {
            let text = target.document.slice(run);
            let message = format!("`{}` is left in the source language", shorten(text));
            // The title of a page elsewhere, or a quotation, may be known to exist only so.
            let elsewhere =
                leftover::link_around(target, run).is_some_and(|it| it.starts_with('/') || it.contains("://"));
            let quoted = target.document.slice(target.span)[..(run.start - target.span.start) as usize]
                .trim_end()
                .ends_with(['"', '“', '「', '«', '„', '『']);
            let severity = if elsewhere || quoted { Severity::Info } else { Severity::Warning };
            findings.in_unit(unit, run, message).severity(severity).help("translate it");
        } else if let Some(source) = unit.source.filter(|_| !languages.same_script) {
            let words = left_words(source, target, languages);
            if !words.is_empty() {
                doubtful.push((unit, target, words));
            }
        }
    }
    let words = doubtful
        .iter()
        .flat_map(|(_, target, words)| words.iter().map(|left| target.document.slice(left.span).to_ascii_lowercase()));
    let usages = Usages::count(bitext, words.collect::<Vec<_>>());
    for (unit, target, words) in doubtful {
        let word = |left: &Left| target.document.slice(left.span);
        let sure = |left: &Left| {
            let usage = usages.of(word(left));
            usage.common > 0 && (!left.after_name || usage.translated >= 2 && usage.translated > usage.kept)
        };
        let Some(first) = words.iter().find(|left| sure(left)) else { continue };
        let usage = usages.of(word(first));
        let severity = match usage.translated >= usage.kept
            || !first.after_name && word(first).starts_with(|it: char| it.is_ascii_lowercase())
        {
            true => Severity::Warning,
            false => Severity::Info,
        };
        let message = format!("`{}` is left in the source language", word(first));
        findings.in_unit(unit, first.span, message).severity(severity).help("translate it");
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

/// A run of source-language words in a target that is otherwise translated.
fn run(target: Side<'_>, languages: Languages, context: &Context<'_>) -> Option<Span> {
    // Three words take six letters.
    if target.raw().bytes().filter(u8::is_ascii_alphabetic).count() < 6 {
        return None;
    }
    let tally = leftover::tally(target, languages);
    let wanted = match languages.same_script {
        true => ForeignRun::default(),
        false => ForeignRun { words: 3, function_words: 1 },
    };
    if tally.evidence < wanted.function_words || tally.plain < wanted.words.min(3) {
        return None;
    }
    let text = leftover::masked(target);
    let run = locale::foreign_run_with(&text, context.locale, context.source_locale, wanted)?;
    let letters = |text: &str| text.chars().filter(|it| it.is_alphabetic()).count();
    // What is foreign for the greater part is `untranslated-segment`.
    if letters(&text[run.clone()]) * 10 >= letters(&text) * 6 && tally.evidence >= 2 {
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
    (some_lower || tally.evidence >= 2)
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
    let inner = &inner[start..end];
    let start = start + inner.len() - inner.trim_start().len();
    run.start + start..run.start + start + inner.trim().len()
}

/// Words in Latin letters that the source has in lower case, in a target written in another script.
fn left_words(source: Side<'_>, target: Side<'_>, languages: Languages) -> Vec<Left> {
    let mut found: Vec<Left> = Vec::new();
    for (text, start) in leftover::texts(target) {
        if text.bytes().all(|byte| !byte.is_ascii_lowercase()) {
            continue;
        }
        let mut last: Option<(usize, bool)> = None;
        for range in leftover::plain_words(text, languages.target.words_are_spaced) {
            let word = &text[range.clone()];
            let capital = word.as_bytes()[0].is_ascii_uppercase();
            let joins = last.is_some_and(|(end, _)| matches!(&text[end..range.start], " " | "-"));
            let after_name = joins && last.is_some_and(|(_, name)| name) || is_after_name(text, range.start);
            last = Some((range.end, capital || after_name));
            let small =
                |data: &LocaleData| data.function_words.contains(word) || data.ambiguous_function_words.contains(word);
            if word.len() < 3 || languages.target.owns(word) || small(languages.source) || leftover::is_literal(word) {
                continue;
            }
            let next = text[range.end..]
                .strip_prefix(' ')
                .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_uppercase()));
            let from = start - target.span.start as usize;
            if capital && next
                || is_mentioned(source.raw(), word) && is_mentioned(target.raw(), word)
                || leftover::is_glossed(target.raw(), from + range.start..from + range.end, is_bracketed(source, word))
            {
                continue;
            }
            let mut written = None;
            for (text, _) in leftover::texts(source) {
                for range in
                    leftover::plain_words(text, true).filter(|range| text[range.clone()].eq_ignore_ascii_case(word))
                {
                    let lower = text.as_bytes()[range.start].is_ascii_lowercase();
                    // A capital where the source has one too, if only once, is a name.
                    written = Some(written.unwrap_or(true) && lower);
                }
            }
            if written.is_some_and(|lower| lower || !capital) {
                found.push(Left { span: Span::new(start + range.start, start + range.end), after_name });
            }
        }
    }
    found
}

/// Whether the word is spoken of: `"word"`, `*word*`.
fn is_mentioned(raw: &str, word: &str) -> bool {
    let Some(at) = raw.find(word) else { return false };
    let after = raw[at + word.len()..].trim_start_matches([',', '.']);
    raw[..at].ends_with(['"', '“', '*', '「']) && after.starts_with(['"', '”', '*', '」'])
}

/// Whether the source has the word in brackets, so that the brackets of the target are no gloss.
fn is_bracketed(source: Side<'_>, word: &str) -> bool {
    let raw = source.raw();
    raw.find('(').is_some_and(|at| raw[at..].contains(word))
}

/// Whether a name in Latin letters or digits ends just before.
fn is_after_name(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(' ');
    let word = before.rsplit(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
    word.len() > 1 && word.bytes().any(|it| it.is_ascii_uppercase())
}
