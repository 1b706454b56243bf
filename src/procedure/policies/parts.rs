//! What belongs to a policy of whatever kind: its conditions, quantities, scope, and the words by
//! which its sentence is known again.

use super::super::model::{Condition, PolicyQuantity, Scope};
use super::super::outline::{Block, Passage};
use super::clause::Reader;
use super::frames::Frame;
use crate::locale::{Cue, Mark, Relation, Sort};
use crate::signal::{Quantity, Value};

impl Frame<'_, '_, '_> {
    /// Under what else it holds. That the reader does what it is about, at the time it names, is no
    /// condition of its own.
    pub(super) fn conditions(&self, action: Option<Mark<'_>>) -> Vec<Condition> {
        let plain = &self.read.statement.plain;
        let segment = &self.reader.outline.passages[self.read.spot.passage].0;
        let said = self.clause.cues().filter(|it| matches!(it.cue, Cue::If | Cue::Unless | Cue::AsLongAs));
        let said = said.map(|it| (it.end, it.cue == Cue::Unless));
        let case = self.clause.marks(Sort::Case).find(|it| plain.text[self.clause.start..it.start].trim().is_empty());
        let case = case.filter(|_| !self.clause.is(Sort::Example)).map(|it| (it.end, false));
        let conditions = said.chain(case).filter_map(|(from, negated)| {
            let rest = &plain.text[from..self.clause.end];
            let is_case = case.is_some_and(|it| it.0 == from);
            let end = from + rest.find([',', ';', ':', ')']).or((!is_case).then_some(rest.len()))?;
            let acts = action.is_some_and(|it| from <= it.start && it.end <= end);
            let text = plain.text[from..end].trim().trim_end_matches('.');
            let timed = self.clause.quantities().any(|it| from <= it.start && it.end <= end);
            let is_own =
                acts && !negated || text.split_whitespace().count() < 2 || timed && text.split_whitespace().count() < 9;
            (!is_own).then(|| Condition { text: text.to_owned(), negated, segment: segment.clone() })
        });
        conditions.collect()
    }

    /// Quantities that are no time.
    pub(super) fn amounts(&self) -> Vec<PolicyQuantity> {
        let plain = &self.read.statement.plain;
        let amounts = self.clause.quantities().filter_map(|it| {
            let value = match &it.value {
                Value::Number(..) | Value::Percent(_) => it.value.to_string(),
                Value::Money(..) => it.value.to_string(),
                _ => return None,
            };
            let bound = it.bound().and_then(|relation| match relation {
                Relation::AtLeast => Some("at-least"),
                Relation::AtMost | Relation::Within => Some("at-most"),
                Relation::MoreThan => Some("more-than"),
                Relation::LessThan => Some("less-than"),
                _ => None,
            });
            let of = plain.text[it.end..self.clause.end].split_whitespace().next();
            let of = of.map(|it| it.trim_matches(|it: char| !it.is_alphanumeric())).filter(|it| !it.is_empty());
            Some(PolicyQuantity { value, bound: bound.map(str::to_owned), of: of.map(str::to_owned) })
        });
        amounts.collect()
    }

    /// What the sentence, the headings, the lead-in and the headers of the table say it holds for.
    pub(super) fn scope(&self) -> Scope {
        let mut scope = Scope::default();
        let own: Vec<Mark<'_>> = self
            .read
            .marks
            .iter()
            .filter(|it| self.clause.start <= it.start && it.end <= self.clause.end)
            .copied()
            .collect();
        self.reader.put_scope(&mut scope, &own);
        let spot = self.read.spot;
        let outline = self.reader.outline;
        let sections = std::iter::successors(Some(spot.section), |it| outline.sections[*it].parent);
        let titles = sections.map(|it| outline.sections[it].title.iter().map(|it| it.index).collect::<Vec<_>>());
        let near = [spot.first.clone(), spot.column.clone(), spot.lead.clone()].into_iter();
        for passages in near.chain(titles).chain([self.reader.applies.clone()]) {
            self.reader.widen(&mut scope, passages);
        }
        scope
    }

    /// The words of the sentence that carry its meaning, as hashes in order: actions by their names,
    /// nouns in the singular, no values, no duties, no small words.
    pub(super) fn content(&self) -> Vec<u32> {
        let (plain, frames) = (&self.read.statement.plain, self.reader.frames);
        let within = |at: usize, from: usize, to: usize| from <= at && at < to;
        let said = |at: usize| {
            self.clause.quantities().any(|it| within(at, it.start, it.end))
                || self.clause.cues().any(|it| is_masked(it.cue) && within(at, it.start, it.end))
        };
        let actions: Vec<Mark<'_>> = self.clause.marks(Sort::Action).collect();
        let switches: Vec<Mark<'_>> = self.clause.marks(Sort::Switch).collect();
        let mut words: Vec<u32> = Vec::new();
        for (at, word) in words_with_places(&plain.folded, self.clause.start, self.clause.end) {
            if let Some(action) = actions.iter().find(|it| within(at, it.start, it.end)) {
                words.push(hash(action.name));
                continue;
            }
            let is_small = frames.policies.breaks.contains(word) || frames.policies.determiners.contains(word);
            let switches = switches.iter().any(|it| within(at, it.start, it.end));
            if switches || !is_small && !said(at) {
                words.push(hash(&frames.singular(word)));
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The words of the sentence without values and duties, and the values.
    pub(super) fn essence(&self) -> (Vec<u32>, Vec<String>, Vec<String>) {
        let statement = &self.read.statement;
        // Dates and plain numbers tell editions of one text apart.
        let says = |it: &&Quantity| match it.value {
            Value::Duration(..) | Value::Percent(_) | Value::Money(..) => true,
            Value::Number(..) => it.bound().is_some(),
            _ => false,
        };
        let quantities: Vec<&Quantity> = self.clause.quantities().filter(says).collect();
        let values: Vec<String> = quantities.iter().map(|it| it.value.to_string()).collect();
        let noun = |it: &&Quantity| {
            let rest = &statement.plain.folded[it.end..self.clause.end];
            rest.split_whitespace().next().unwrap_or_default().to_owned()
        };
        let counted = quantities.iter().map(noun).collect();
        let folded = &statement.plain.folded;
        let masked = |at: usize| {
            statement.quantities.iter().any(|it| it.start <= at && at < it.end)
                || statement.cues.iter().any(|it| is_masked(it.cue) && it.start <= at && at < it.end)
        };
        let words = words_with_places(folded, self.clause.start, self.clause.end);
        let mut words: Vec<u32> = words.filter(|(at, _)| !masked(*at)).map(|(_, word)| hash(word)).collect();
        words.sort_unstable();
        words.dedup();
        (words, values, counted)
    }
}

impl Reader<'_, '_> {
    /// What an article as a whole holds for: what its title and the line under it say.
    pub(super) fn scope(&self) -> Scope {
        let title = self.outline.sections.iter().find(|it| it.level == 1);
        let title = title.map(|it| it.title.iter().map(|it| it.index).collect()).unwrap_or_default();
        let mut scope = Scope::default();
        self.widen(&mut scope, title);
        self.widen(&mut scope, self.applies.clone());
        scope
    }

    /// `Applies to: the portal operated by a partner`: the lines before the first heading within the
    /// article that say so, with the list that such a line introduces.
    pub(super) fn applies(&self) -> Vec<usize> {
        let says = |own: &[Passage<'_>]| {
            own.first().is_some_and(|it| {
                self.marks(&self.plain(it.index)).iter().any(|it| it.sort == Sort::Applies && it.start == 0)
            })
        };
        let mut found = Vec::new();
        for section in self.outline.sections.iter().filter(|it| it.level <= 1) {
            let mut heads_list = false;
            for block in &section.blocks {
                match block {
                    Block::Paragraph(own) => {
                        heads_list = says(own);
                        found.extend(own.iter().filter(|_| heads_list).map(|it| it.index));
                    }
                    Block::List(list) if heads_list => {
                        let blocks = list.items.iter().flat_map(|it| &it.blocks);
                        let own = blocks.filter_map(|it| match it {
                            Block::Paragraph(own) => Some(own),
                            _ => None,
                        });
                        found.extend(own.flatten().map(|it| it.index));
                        heads_list = false;
                    }
                    _ => heads_list = false,
                }
            }
        }
        found
    }

    /// Adds what these passages say of dimensions that nothing nearer speaks of.
    fn widen(&self, scope: &mut Scope, passages: Vec<usize>) {
        let mut above = Scope::default();
        for passage in passages {
            let marks = self.marks(&self.plain(passage));
            self.put_scope(&mut above, &marks);
        }
        for (dimension, values) in above.dimensions {
            scope.dimensions.entry(dimension).or_insert(values);
        }
    }

    fn put_scope(&self, scope: &mut Scope, marks: &[Mark<'_>]) {
        for mark in marks {
            let Sort::Scope(dimension) = mark.sort else { continue };
            let values = scope.dimensions.entry(self.frames.dimensions[usize::from(dimension)].to_string());
            let values = values.or_default();
            if !values.iter().any(|it| it == mark.name) {
                values.push(mark.name.to_owned());
                values.sort();
            }
        }
    }
}

/// Whether a cue says a duty, by which two sentences may differ, and not when or under what.
fn is_masked(cue: Cue) -> bool {
    !matches!(cue, Cue::Before | Cue::After | Cue::If | Cue::Early | Cue::Lack)
}

fn words_with_places(text: &str, start: usize, end: usize) -> impl Iterator<Item = (usize, &str)> {
    let parts = |it: char| !it.is_alphanumeric() && it != '\'';
    let pieces = text[start..end].split_inclusive(parts).scan(start, |at, piece| {
        *at += piece.len();
        Some((*at - piece.len(), piece))
    });
    pieces.map(move |(at, piece)| (at, piece.trim_end_matches(parts))).filter(|(_, word)| !word.is_empty())
}

fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
