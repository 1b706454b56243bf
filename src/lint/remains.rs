//! How much of its source a target still holds: counted once for all rules that look for what was
//! left.

use std::cell::OnceCell;

use super::Context;
use super::leftover::{self, Languages, masked, plain_words, texts};
use crate::bitext::{Bitext, Unit};
use crate::document::Side;
use crate::locale;
use crate::text::is_letter;

/// A target, and what it has of the language of its source.
pub struct Remains<'u, 'a> {
    /// The unit.
    pub unit: &'u Unit<'a>,
    /// Its target.
    pub target: Side<'a>,
    /// Whether the target is the source.
    pub unchanged: bool,
    languages: Languages,
    traces: OnceCell<Traces>,
}

/// How many words of the source a text has: all that is asked of most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traces {
    /// Plain words.
    pub plain: usize,
    /// Of them, words that only the source language has.
    pub evidence: usize,
}

/// What the words of a text are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Plain words.
    pub plain: usize,
    /// Of them, words that only the source language has.
    pub evidence: usize,
    /// Of the rest, those in lower case that are no words of the target.
    pub lower: usize,
    /// Common words of the source, evidence aside, that the target does not have.
    pub common: usize,
    /// Whether the first word is evidence.
    pub first: bool,
}

impl<'u, 'a> Remains<'u, 'a> {
    /// All targets of a bitext, front matter left out; none, where its languages are not told apart.
    pub(super) fn all(bitext: &'u Bitext<'a>, context: &Context<'_>) -> Vec<Self> {
        let Some(languages) = Languages::of(context) else { return Vec::new() };
        let body = bitext.units.iter().filter(|unit| !unit.id.starts_with("front-matter:"));
        body.filter_map(|unit| Self::of(unit, languages)).collect()
    }

    /// The target of a unit.
    pub(super) fn of(unit: &'u Unit<'a>, languages: Languages) -> Option<Self> {
        let target = unit.target?;
        let unchanged = unit.source.is_some_and(|source| leftover::is_unchanged(source, target));
        Some(Remains { unit, target, unchanged, languages, traces: OnceCell::new() })
    }

    /// What its words are.
    pub(super) fn tally(&self) -> Tally {
        tally(self.target, self.languages)
    }

    /// How many of its words are the source's.
    pub(super) fn traces(&self) -> Traces {
        *self.traces.get_or_init(|| {
            let mut traces = Traces::default();
            for word in words(self.target) {
                traces.plain += 1;
                traces.evidence += usize::from(self.languages.is_evidence(word));
            }
            traces
        })
    }

    /// Whether most of it is prose of the source language.
    pub(super) fn is_foreign(&self, context: &Context<'_>) -> bool {
        let raw = self.target.raw();
        let letters = |text: &str| text.chars().filter(|it| is_letter(*it)).count();
        if raw.len() < 16
            || !self.languages.same_script && raw.bytes().filter(u8::is_ascii_alphabetic).count() * 2 <= raw.len()
            || self.traces().evidence < 2
        {
            return false;
        }
        let text = masked(self.target);
        locale::foreign_run(&text, context.locale, context.source_locale)
            .is_some_and(|run| letters(&text[run]) * 10 >= letters(&text) * 6)
    }

    /// Whether it has no word but plain ones of the source, in a script that the target has not, and
    /// some of them tell that it is no name.
    pub(super) fn is_bare(&self) -> bool {
        if self.languages.same_script || !self.is_latin() {
            return false;
        }
        let tally = self.tally();
        let known = tally.evidence + tally.common;
        if known < 2 || known * 3 < tally.plain * 2 {
            return false;
        }
        // Small words stand inside names, and not at their ends; an address is no word.
        let text = self.target.text();
        let last = text.split_whitespace().rfind(|word| !word.contains("://"));
        let ends = last.is_some_and(|word| self.languages.is_evidence(word));
        tally.lower > 0 || tally.first || ends
    }

    /// Whether every word of a short text is a common one of the source, or one of its small words.
    pub(super) fn is_wording(&self) -> bool {
        let known = |word: &str| self.languages.is_evidence(word) || self.languages.is_common(word);
        let mut words = words(self.target);
        words.next().is_some_and(known) && words.all(known) && self.is_latin()
    }

    /// Whether it is nothing but a date, or a stretch of dates, with a month in words of the source.
    pub(super) fn is_date(&self) -> bool {
        if !self.target.raw().bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let mut months = 0;
        for word in words(self.target) {
            match () {
                () if self.languages.is_calendar(word) => months += 1,
                () if self.languages.is_evidence(word) => {}
                () => return false,
            }
        }
        months > 0
    }

    /// Whether it has no code and no letters but those of English.
    fn is_latin(&self) -> bool {
        let letter = |it: char| !it.is_ascii() && is_letter(it);
        self.target.code().next().is_none() && !self.target.raw().contains(letter)
    }
}

/// What the words of a side are.
pub(super) fn tally(side: Side<'_>, languages: Languages) -> Tally {
    let mut tally = Tally::default();
    for word in words(side) {
        tally.plain += 1;
        if languages.is_evidence(word) {
            tally.evidence += 1;
            tally.first |= tally.plain == 1;
            continue;
        }
        tally.common += usize::from(languages.is_common(word));
        if word.as_bytes()[0].is_ascii_lowercase() && !languages.target.owns(word) {
            tally.lower += 1;
        }
    }
    tally
}

/// The plain words of a side.
fn words(side: Side<'_>) -> impl Iterator<Item = &str> {
    texts(side).flat_map(|(text, _)| plain_words(text, true).map(move |range| &text[range]))
}
