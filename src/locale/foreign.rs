//! Stretches of a text that are not in the language the text should be in.

use std::ops::Range;

use super::profile::letter_runs;
use super::{Locale, LocaleData, Script};

/// How much evidence [`foreign_run_with`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignRun {
    /// Words in the run.
    pub words: usize,
    /// Function words of the source language in it that are no words of the target's.
    pub function_words: usize,
}

impl Default for ForeignRun {
    fn default() -> Self {
        Self { words: 4, function_words: 2 }
    }
}

/// The longest run of source-language words left in `text`, with the default evidence.
pub fn foreign_run(text: &str, own: &Locale, source: &Locale) -> Option<Range<usize>> {
    foreign_run_with(text, own, source, ForeignRun::default())
}

/// The longest run of source-language words left in `text`. A function word between two capitals
/// ("Bank of England") is no evidence: names keep theirs.
pub fn foreign_run_with(text: &str, own: &Locale, source: &Locale, wanted: ForeignRun) -> Option<Range<usize>> {
    let (own, source) = (own.data()?, source.data()?);
    if std::ptr::eq(own, source) {
        return None;
    }
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut run: Vec<(Range<usize>, bool)> = Vec::new();
    let mut end = 0;
    for range in letter_runs(text) {
        let word = &text[range.clone()];
        let stops = text[end..range.start].contains(['.', '!', '?', '。', '！', '？', '\n'])
            && text[end..range.start].contains(char::is_whitespace);
        let evidence = source.function_words.contains(word) && !own.owns(word);
        end = range.end;
        if stops {
            close(text, &mut run, own, source, wanted, &mut best);
        }
        if !evidence && !may_be_word_of(word, source, own) {
            close(text, &mut run, own, source, wanted, &mut best);
            continue;
        }
        run.push((range, evidence));
    }
    close(text, &mut run, own, source, wanted, &mut best);
    best.map(|(_, range)| range)
}

/// Whether the word could be of the source language: spelled in its letters, and not plainly a
/// word of the target's.
fn may_be_word_of(word: &str, source: &LocaleData, own: &LocaleData) -> bool {
    let spelled = word.chars().all(|it| {
        it.is_ascii()
            || it == '’'
            || if source.scripts.contains(&Script::Latin) {
                it.to_lowercase().any(|it| source.letters.contains(it))
            } else {
                Script::of(it).is_none_or(|script| source.scripts.contains(&script))
            }
    });
    let elided = word.find(['\'', '’']).is_some_and(|at| own.function_words.contains(&format!("{}'", &word[..at])));
    spelled && !elided && !own.function_words.contains(word)
}

/// Weighs the run that has come to its end, and empties it.
fn close(
    text: &str,
    run: &mut Vec<(Range<usize>, bool)>,
    own: &LocaleData,
    source: &LocaleData,
    wanted: ForeignRun,
    best: &mut Option<(usize, Range<usize>)>,
) {
    let capital = |index: usize| {
        run.get(index).is_some_and(|(range, _)| text[range.clone()].starts_with(|it: char| it.is_uppercase()))
    };
    let evidence: Vec<usize> = (0..run.len())
        .filter(|&index| run[index].1 && !(index > 0 && capital(index - 1) && capital(index + 1)))
        .collect();
    if let (Some(&first), Some(&last)) = (evidence.first(), evidence.last())
        && evidence.len() >= wanted.function_words
    {
        // In a shared script the words around the evidence may be the target's own, so only two
        // on each side are taken in.
        let shared = own.scripts.iter().any(|script| source.scripts.contains(script));
        let reach = if shared { 2 } else { run.len() };
        let (first, last) = (first.saturating_sub(reach), (last + reach).min(run.len() - 1));
        let count = last - first + 1;
        if count >= wanted.words && best.as_ref().is_none_or(|(most, _)| count > *most) {
            *best = Some((count, run[first].0.start..run[last].0.end));
        }
    }
    run.clear();
}

/// The stretches of characters that belong to another locale's way of writing Han than `own`
/// (traditional characters in a simplified text, and the reverse). Empty where `own` has no way
/// of its own, and between languages: only the same language in another script counts.
pub fn wrong_chinese(text: &str, own: &Locale) -> Vec<Range<usize>> {
    if text.is_ascii() {
        return Vec::new();
    }
    let Some(data) = own.data().filter(|data| !data.distinct_characters.is_empty()) else { return Vec::new() };
    let mut found: Vec<Range<usize>> = Vec::new();
    for (_, other) in super::supported().filter(|(_, it)| it.iso_639_3 == data.iso_639_3 && it.name != data.name) {
        for (at, it) in text.char_indices().filter(|(_, it)| other.distinct_characters.contains(*it)) {
            match found.last_mut() {
                Some(last) if last.end == at => last.end = at + it.len_utf8(),
                _ => found.push(at..at + it.len_utf8()),
            }
        }
    }
    found
}
