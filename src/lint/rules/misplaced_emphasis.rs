use std::cell::LazyCell;

use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::lint::marks::{self, Marked};
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::locale::{LocaleData, Script};

pub(super) const RULE: Rule = Rule {
    name: "misplaced-emphasis",
    summary: "bold slid off the words that the source emphasises",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("misplaced-emphasis"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((source, target)) = marks::compared(unit, context) else { return };
    if marks::is_plain(&target) {
        return;
    }
    let bold = marks::strong(&target);
    let slanted = marks::emphasis(&target);
    if bold.is_empty() && slanted.is_empty() {
        return;
    }
    let (Some(data), Some(source_data)) = (context.locale.data(), context.source_locale.data()) else { return };
    for (here, there) in [(&bold, marks::strong(&source)), (&slanted, marks::emphasis(&source))] {
        if there.is_empty() {
            continue;
        }
        let touches = |it: &Marked<'_>| {
            let mark = |it: Option<char>| {
                it.is_some_and(|it| !it.is_alphanumeric() && !it.is_whitespace() && marks::wraps(data, it))
            };
            mark(it.before) || mark(it.solid_before) || mark(it.after) || it.text.contains(|it| marks::wraps(data, it))
        };
        // The labels stand in quotation marks, and something else is bold.
        let elsewhere = LazyCell::new(|| {
            here.len() <= there.len()
                && marks::quotes(&source) == 0
                && marks::wrappers(data, &target) >= there.len()
                && !here.iter().any(touches)
        });
        left_out(unit, target.raw(), here, &there, findings);
        for marked in here {
            let slid = || {
                let text = marks::quoted(&marked.text);
                (*elsewhere && !marks::only_serves(data, &text)).then(|| {
                    format!("the emphasis is on {text:?}, and what the source emphasises is in quotation marks")
                })
            };
            let Some(message) = fault(marked, &there, data, source_data).or_else(slid) else { continue };
            findings
                .in_unit(unit, marked.inner, message)
                .help("emphasise the words that the source emphasises, and no others");
        }
    }
}

/// A number that the source has in bold, and the target beside it.
fn left_out(unit: &Unit<'_>, raw: &str, here: &[Marked<'_>], there: &[Marked<'_>], findings: &mut Findings<'_>) {
    if !there.iter().any(|it| it.text.bytes().any(|byte| byte.is_ascii_digit())) {
        return;
    }
    let numbers = |text: &str| -> Vec<String> {
        text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let Some(first) = here.first() else { return };
    let inside: Vec<String> = here.iter().flat_map(|it| numbers(&it.text)).collect();
    for source in there {
        let words = source.text.split_whitespace().count();
        let Some(number) = numbers(&source.text).into_iter().find(|it| !inside.contains(it)) else { continue };
        if words > 2 && numbers(raw).contains(&number) {
            findings
                .in_unit(unit, first.inner, format!("the emphasis leaves out {number:?}, which the source emphasises"))
                .help("emphasise the words that the source emphasises, and no others");
            return;
        }
    }
}

/// What is wrong with a stretch, if the source has nothing like it.
fn fault(marked: &Marked<'_>, source: &[Marked<'_>], data: &LocaleData, english: &LocaleData) -> Option<String> {
    let text = marked.text.trim();
    let said = || marks::quoted(text);
    let any = |is: &dyn Fn(&str) -> bool| source.iter().any(|it| is(it.text.trim()));
    let bare = marks::bare(text);
    if bare.is_empty() {
        let letterless = any(&|it| marks::bare(it).is_empty());
        return (!letterless && !text.is_empty()).then(|| format!("the emphasis is on {:?}, which is no word", said()));
    }
    if marks::only_serves(data, text) {
        // A negation may take more words than the source has, or fewer.
        let short = |it: &str| it.split_whitespace().next().is_some_and(|word| marks::serves(english, word));
        return (!any(&short))
            .then(|| format!("the emphasis is on {:?} alone, a word that only serves grammar", said()));
    }
    let sentence = any(&|it| it.split_whitespace().count() > 6 || it.ends_with(['.', '!', '?']));
    if data.words_are_spaced {
        spaced(marked, bare, &said, data, english, &any)
    } else {
        // Bold that is all of the text is a sentence of its own.
        let all = marked.solid_before.is_none() && marked.after.is_none_or(|it| !it.is_alphanumeric());
        let phrases = !any(&|it| it.split_whitespace().count() < 2);
        unspaced(marked, text, &said, data, sentence || all, phrases)
    }
    .or_else(|| {
        let open = |it: &str| marks::crosses(it);
        (open(text) && !any(&open)).then(|| format!("the emphasis on {:?} crosses a bracket or quotation mark", said()))
    })
    .or_else(|| {
        let digits = |it: &str| marks::bare(it).ends_with(|it: char| it.is_ascii_digit());
        let starts = |it: &str| marks::bare(it).starts_with(|it: char| it.is_ascii_digit());
        let ends_open = digits(text) && marked.after.is_some_and(|it| !it.is_ascii_punctuation());
        let alone = bare.chars().all(|it| it.is_ascii_digit());
        (ends_open && !any(&digits) && (alone || !any(&starts)))
            .then(|| format!("the emphasis on {:?} ends at a number and leaves out what is counted", said()))
    })
}

/// Asks whether any emphasised text of the source is of a kind.
type Any<'a> = dyn Fn(&dyn Fn(&str) -> bool) -> bool + 'a;

fn spaced(
    marked: &Marked<'_>,
    bare: &str,
    said: &dyn Fn() -> String,
    data: &LocaleData,
    english: &LocaleData,
    any: &Any<'_>,
) -> Option<String> {
    let first = bare.split_whitespace().next()?;
    let last = bare.split_whitespace().next_back()?;
    if marked.after.is_some_and(char::is_alphabetic) && !marked.text.ends_with(|it: char| !it.is_alphabetic()) {
        return Some(format!("the emphasis ends inside a word, after {:?}", said()));
    }
    if marked.before.is_some_and(char::is_alphabetic) && marked.text.starts_with(char::is_alphabetic) {
        return Some(format!("the emphasis begins inside a word, with {:?}", said()));
    }
    if first == last {
        let stopped = |it: &str| it.ends_with('.');
        let low = bare.starts_with(char::is_lowercase) && stopped(&marked.text) && marked.solid_before.is_some();
        return (low && !any(&stopped))
            .then(|| format!("the emphasis slid to the end of the sentence, to {:?}", said()));
    }
    let words = |it: &str| it.split_whitespace().count();
    if words(bare) > 5 && any(&|it| words(it) > 3) {
        return None; // A label that is a sentence.
    }
    let ends = |it: &str| it.split_whitespace().next_back().is_some_and(|word| marks::serves(english, word));
    if marks::serves(data, last) && last.starts_with(char::is_lowercase) && !any(&ends) {
        return Some(format!("the emphasis on {:?} takes in {last:?}", said()));
    }
    let starts = |it: &str| it.split_whitespace().next().is_some_and(|word| marks::serves(english, word));
    let exact = data.never_a_label.iter().any(|it| it == first) || first.starts_with(char::is_lowercase);
    if exact && marks::serves(data, first) && marked.solid_before.is_some() && !any(&starts) {
        return Some(format!("the emphasis on {:?} takes in {first:?}", said()));
    }
    None
}

fn unspaced(
    marked: &Marked<'_>,
    text: &str,
    said: &dyn Fn() -> String,
    data: &LocaleData,
    sentence: bool,
    phrases: bool,
) -> Option<String> {
    if data.cannot_be_label(text) || marks::begins_inside(data, marked) {
        return Some(format!("the emphasis on {:?} begins in the middle of a phrase", said()));
    }
    let bare = marks::bare(text);
    let one = bare.chars().count() == 1 && bare.chars().all(|it| Script::of(it) == Some(Script::Han));
    if one && phrases {
        return Some(format!("the emphasis ends inside a word, after {:?}", said()));
    }
    if !sentence && data.never_ends_a_label.iter().any(|it| bare.ends_with(it.as_str())) {
        return Some(format!("the emphasis on {:?} takes in more than what is named", said()));
    }
    // Katakana words are written in one run: a mark inside a run is inside a word.
    let katakana = |it: Option<char>| it.is_some_and(|it| Script::of(it) == Some(Script::Katakana));
    (katakana(text.chars().next_back()) && katakana(marked.after))
        .then(|| format!("the emphasis ends inside a word, after {:?}", said()))
}
