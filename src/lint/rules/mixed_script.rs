use crate::bitext::Unit;
use crate::diagnostic::{Applicability, Edit, Severity};
use crate::document::Side;
use crate::lint::{Check, Context, Family, Findings, Rule, leftover};
use crate::locale::{self, LocaleData, Script};
use crate::text::Span;
use std::ops::Range;

pub(super) const RULE: Rule = Rule {
    name: "mixed-script",
    summary: "letters of another script stand in a word",
    family: Family::Language,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("mixed-script"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(target), Some(data)) = (unit.target, context.locale.data()) else { return };
    variant(unit, target, data, findings);
    for (text, start) in leftover::texts(target).filter(|(text, _)| !text.is_ascii()) {
        if let Some(range) = locale::wrong_chinese(text, context.locale).into_iter().next() {
            let span = Span::new(start + range.start, start + range.end);
            let message = format!("`{}` is written in the other script", &text[range]);
            findings.in_unit(unit, span, message).help("write it in the script of the article");
            return;
        }
        if data.scripts.first() == Some(&Script::Cyrillic)
            && let Some(range) = mixed(text)
        {
            let span = Span::new(start + range.start, start + range.end);
            let message = format!("`{}` mixes the letters of two scripts", &text[range]);
            findings.in_unit(unit, span, message).help("write the word in one script, or with a hyphen after a name");
            return;
        }
    }
}

/// A character that another country writes the word with.
fn variant(unit: &Unit<'_>, target: Side<'_>, data: &LocaleData, findings: &mut Findings<'_>) {
    for (text, start) in leftover::texts(target) {
        for (written, own) in &data.typography.variants {
            let mut buffer = [0; 4];
            let Some(at) = memchr::memmem::find(text.as_bytes(), written.encode_utf8(&mut buffer).as_bytes()) else {
                continue;
            };
            let span = Span::new(start + at, start + at + written.len_utf8());
            let message = format!("`{written}` is written `{own}` here");
            let edit = Edit { span, text: own.to_string() };
            let found = findings.in_unit(unit, span, message).severity(Severity::Info);
            found.help("write it as this locale does").fix(
                "write it as this locale does",
                Applicability::Ask,
                vec![edit],
            );
            return;
        }
    }
}

/// The first word with Latin and Cyrillic letters side by side.
fn mixed(text: &str) -> Option<Range<usize>> {
    let mut before: Option<Script> = None;
    for (at, it) in text.char_indices() {
        let script = Script::of(it).filter(|it| matches!(it, Script::Latin | Script::Cyrillic));
        if let (Some(a), Some(b)) = (before, script)
            && a != b
        {
            let start = text[..at]
                .rfind(|it: char| !it.is_alphanumeric())
                .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
            let end = text[at..].find(|it: char| !it.is_alphanumeric()).map_or(text.len(), |length| at + length);
            if !is_pattern(&text[start..end]) {
                return Some(start..end);
            }
        }
        before = script;
    }
    None
}

/// Whether a word is a piece of a pattern for dates and times, such as `ddThh`, in the letters of
/// either language.
fn is_pattern(word: &str) -> bool {
    word.chars().all(|it| "yYMdDhHmsSTZгГдДчЧмМсС".contains(it))
        && word.chars().zip(word.chars().skip(1)).any(|(a, b)| a == b)
}
