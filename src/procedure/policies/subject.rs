//! What a sentence is said of: the product in it, else in the heading above, else in the title.

use super::clause::{Clause, Reader};
use crate::locale::{Mark, Sort};
use crate::signal::Plain;

/// The words that name what something is said of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// Those that tell it from others, in order of the alphabet.
    pub words: Vec<String>,
    /// What kind of thing it is: `subscription`.
    pub heads: Vec<String>,
}

/// So many words name a product at most.
const LONGEST: usize = 5;
/// So many bytes before a colon head what follows.
const LEAD: usize = 60;

/// Marks that are no part of a name.
const ENDS: [Sort; 7] =
    [Sort::Action, Sort::Opens, Sort::Closes, Sort::Term, Sort::Changes, Sort::Automatic, Sort::Switch];

/// A word with its place.
#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl Reader<'_, '_> {
    /// What a sentence is said of.
    pub(super) fn subject(&self, clause: &Clause<'_>, action: Option<Mark<'_>>) -> Subject {
        let plain = &clause.read.statement.plain;
        let lead = self.lead(clause);
        if !lead.words.is_empty() {
            return lead;
        }
        let own = self.names(plain, &clause.read.marks, (clause.start, clause.end), action);
        if !own.words.is_empty() {
            return own;
        }
        let mut heads = own.heads;
        let spot = clause.read.spot;
        let sections = std::iter::successors(Some(spot.section), |it| self.outline.sections[*it].parent);
        let title = |it: usize| self.outline.sections[it].title.iter().map(|it| it.index).collect::<Vec<_>>();
        let above = [(spot.first.clone(), true), (spot.column.clone(), false)].into_iter();
        for (passages, is_first) in above.chain(sections.map(|it| (title(it), false))) {
            for passage in passages {
                // What stands first in a row names it, with whatever words.
                let found = if is_first { self.all_of(passage) } else { self.named_by(passage) };
                heads.extend(found.heads);
                if !found.words.is_empty() {
                    heads.extend(spot.row.iter().flat_map(|&it| self.named_by(it).heads));
                    heads.sort();
                    heads.dedup();
                    return Subject { words: found.words, heads };
                }
            }
        }
        heads.sort();
        heads.dedup();
        Subject { words: Vec::new(), heads }
    }

    /// `Premium plans: you can …`: what an item or a sentence is headed by.
    fn lead(&self, clause: &Clause<'_>) -> Subject {
        let plain = &clause.read.statement.plain;
        let end = plain.text.find(':').filter(|it| *it <= LEAD && plain.text[*it + 1..].starts_with(' '));
        let mut found = Subject::default();
        if let Some(end) = end {
            let phrase: Vec<Word<'_>> = self.words_of(plain, (0, end));
            let is_name = !phrase.iter().any(|it| self.frames.policies.breaks.contains(it.text));
            if is_name {
                self.fill_loosely(&mut found, plain, &phrase);
            }
        }
        found
    }

    /// All words of a header that may name something.
    fn all_of(&self, passage: usize) -> Subject {
        let plain = self.plain(passage);
        let marks = self.marks(&plain);
        let mut found = Subject::default();
        let words = self.words_of(&plain, (0, plain.text.find('(').unwrap_or(plain.text.len())));
        let named: Vec<Word<'_>> = words.into_iter().filter(|it| !self.is_break(*it, &marks)).collect();
        self.fill_loosely(&mut found, &plain, &named);
        found
    }

    fn fill_loosely(&self, found: &mut Subject, plain: &Plain, phrase: &[Word<'_>]) {
        let named: Vec<Word<'_>> =
            phrase.iter().filter(|it| !self.frames.policies.determiners.contains(it.text)).copied().collect();
        self.fill(found, plain, &named);
    }

    /// What a heading is about, by itself or by those above it.
    pub(super) fn heading_subject(&self, title: usize) -> Subject {
        let owner = |it: &&crate::procedure::SectionOutline<'_>| it.title.iter().any(|it| it.index == title);
        let section = self.outline.sections.iter().position(|it| owner(&it)).unwrap_or_default();
        let sections = std::iter::successors(Some(section), |it| self.outline.sections[*it].parent);
        let mut titles =
            sections.flat_map(|it| self.outline.sections[it].title.iter().map(|it| self.named_by(it.index)));
        titles.find(|it| !it.words.is_empty()).unwrap_or_default()
    }

    /// What a heading or a header names.
    fn named_by(&self, passage: usize) -> Subject {
        let plain = self.plain(passage);
        let marks = self.marks(&plain);
        self.names(&plain, &marks, (0, plain.text.len()), None)
    }

    /// What a stretch of text names: the object of the action, what stands before it, or any name
    /// with a noun of the trade.
    fn names(&self, plain: &Plain, marks: &[Mark<'_>], range: (usize, usize), action: Option<Mark<'_>>) -> Subject {
        let words = self.words_of(plain, range);
        let mut found = Subject::default();
        let actions: Vec<Mark<'_>> = match action {
            Some(action) => vec![action],
            None => marks.iter().filter(|it| it.sort == Sort::Action).copied().collect(),
        };
        for action in actions {
            let object = self.object(plain, &words, marks, action.end);
            self.fill(&mut found, plain, &object);
            if !found.words.is_empty() {
                return found;
            }
            let before = words.iter().rposition(|it| it.end <= action.start);
            let is_head = |at: &usize| {
                let word = words[*at];
                marks.iter().any(|it| it.sort == Sort::Head && it.start >= word.start && it.end <= word.end)
            };
            let phrase = before.filter(is_head).map(|at| self.phrase(plain, &words, marks, at)).unwrap_or_default();
            self.fill(&mut found, plain, &phrase);
            if !found.words.is_empty() {
                return found;
            }
        }
        let is_anchor = |head: &Mark<'_>| {
            marks.iter().any(|it| it.sort == Sort::Anchor && it.start <= head.start && head.end <= it.end)
        };
        let heads = marks.iter().filter(|it| it.sort == Sort::Head && it.start >= range.0 && it.end <= range.1);
        for head in heads.filter(|it| !is_anchor(it)) {
            let Some(at) = words.iter().position(|it| it.start <= head.start && head.end <= it.end) else { continue };
            let phrase = self.phrase(plain, &words, marks, at);
            self.fill(&mut found, plain, &phrase);
            if !found.words.is_empty() {
                return found;
            }
        }
        found
    }

    fn words_of<'t>(&self, plain: &'t Plain, (start, end): (usize, usize)) -> Vec<Word<'t>> {
        let mut words = Vec::new();
        let mut from = None;
        let inside = |it: char| it.is_alphanumeric() || matches!(it, '-' | '\'');
        for (at, character) in plain.text[start..end].char_indices().chain([(end - start, ' ')]) {
            match (inside(character), from) {
                (true, None) => from = Some(start + at),
                (false, Some(begin)) => {
                    words.push(Word { text: &plain.text[begin..start + at], start: begin, end: start + at });
                    from = None;
                }
                _ => {}
            }
        }
        words
    }

    fn is_break(&self, word: Word<'_>, marks: &[Mark<'_>]) -> bool {
        let policies = &self.frames.policies;
        policies.breaks.contains(word.text)
            || word.text.starts_with(|it: char| it.is_ascii_digit())
            || marks.iter().any(|it| ENDS.contains(&it.sort) && it.start <= word.start && word.end <= it.end)
    }

    /// The words behind an action, up to what cannot belong to its object.
    fn object<'t>(&self, plain: &Plain, words: &[Word<'t>], marks: &[Mark<'_>], from: usize) -> Vec<Word<'t>> {
        let mut object: Vec<Word<'t>> = Vec::new();
        let mut end = from;
        for (at, &word) in words.iter().enumerate().filter(|(_, it)| it.start >= from) {
            let gap = plain.text[end..word.start].trim();
            if !gap.is_empty() && !matches!(gap, "/" | "\"" | "“") {
                break;
            }
            end = word.end;
            if object.is_empty() && self.frames.policies.determiners.contains(word.text) {
                continue;
            }
            if self.joins_names(words, at) {
                continue;
            }
            if self.is_break(word, marks) || self.frames.policies.determiners.contains(word.text) {
                break;
            }
            object.push(word);
            if object.len() == LONGEST {
                break;
            }
        }
        object
    }

    /// The name that ends with a word.
    fn phrase<'t>(&self, plain: &Plain, words: &[Word<'t>], marks: &[Mark<'_>], last: usize) -> Vec<Word<'t>> {
        let mut phrase: Vec<Word<'t>> = Vec::new();
        for at in (0..=last).rev() {
            let word = words[at];
            if let Some(next) = words.get(at + 1).filter(|_| at < last) {
                let gap = plain.text[word.end..next.start].trim();
                if !gap.is_empty() && gap != "/" {
                    break;
                }
            }
            if self.joins_names(words, at) {
                continue;
            }
            if self.is_break(word, marks) || self.frames.policies.determiners.contains(word.text) {
                break;
            }
            phrase.push(word);
            if phrase.len() == LONGEST {
                break;
            }
        }
        phrase.reverse();
        phrase
    }

    /// `Gold and Silver`: one name.
    fn joins_names(&self, words: &[Word<'_>], at: usize) -> bool {
        let capital = |it: Option<&Word<'_>>| it.is_some_and(|it| it.text.starts_with(char::is_uppercase));
        let short = words[at].text.len() <= 3 && words[at].text.chars().all(char::is_lowercase);
        short
            && at > 0
            && capital(words.get(at - 1))
            && capital(words.get(at + 1))
            && self.frames.policies.breaks.contains(words[at].text)
    }

    fn fill(&self, found: &mut Subject, plain: &Plain, phrase: &[Word<'_>]) {
        let policies = &self.frames.policies;
        // The first of three names in a row is that of the house.
        let capitals = phrase.iter().take_while(|it| it.text.starts_with(char::is_uppercase)).count();
        let starts_sentence = phrase.first().is_some_and(|it| plain.text[..it.start].trim().is_empty());
        let phrase = if capitals >= 3 && !starts_sentence { &phrase[1..] } else { phrase };
        for word in phrase {
            let folded = word.text.to_lowercase();
            let single = self.frames.singular(&folded);
            if policies.heads.contains_key(&*single) {
                found.heads.push(single.clone());
            }
            let known = policies.abstract_words.contains(&folded) || policies.abstract_words.contains(&single);
            // `License-/seat-based` and `license-based` have a part in common.
            let parts: Vec<&str> =
                if known { Vec::new() } else { single.split('-').filter(|it| !it.is_empty()).collect() };
            for part in parts {
                if !found.words.iter().any(|it| it == part) && part.chars().any(char::is_alphabetic) {
                    found.words.push(part.to_owned());
                }
            }
        }
        found.words.sort();
    }
}
