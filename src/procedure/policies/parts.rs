//! What belongs to a policy of whatever kind: its conditions, quantities, scope, and the words by
//! which its sentence is known again.

use super::super::model::{Condition, PolicyQuantity, Scope};
use super::frames::Frame;
use crate::locale::{Cue, Mark, Relation, Sort};
use crate::signal::Value;

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
        self.put_scope(&mut scope, &own);
        let spot = self.read.spot;
        let outline = self.reader.outline;
        let sections = std::iter::successors(Some(spot.section), |it| outline.sections[*it].parent);
        let titles = sections.map(|it| outline.sections[it].title.iter().map(|it| it.index).collect::<Vec<_>>());
        for passages in [spot.first.clone(), spot.column.clone(), spot.lead.clone()].into_iter().chain(titles) {
            // The nearest that says something about a dimension has the word.
            let mut above = Scope::default();
            for passage in passages {
                let marks = self.reader.marks(&self.reader.plain(passage));
                self.put_scope(&mut above, &marks);
            }
            for (dimension, values) in above.dimensions {
                scope.dimensions.entry(dimension).or_insert(values);
            }
        }
        scope
    }

    fn put_scope(&self, scope: &mut Scope, marks: &[Mark<'_>]) {
        for mark in marks {
            let Sort::Scope(dimension) = mark.sort else { continue };
            let values = scope.dimensions.entry(self.reader.frames.dimensions[usize::from(dimension)].to_string());
            let values = values.or_default();
            if !values.iter().any(|it| it == mark.name) {
                values.push(mark.name.to_owned());
                values.sort();
            }
        }
    }

    /// The words of the sentence without values and duties, and the values.
    pub(super) fn essence(&self) -> (Vec<u32>, Vec<String>) {
        let statement = &self.read.statement;
        // Dates tell editions of one text apart.
        let values = self.clause.quantities().filter(|it| !matches!(it.value, Value::Date(_)));
        let values: Vec<String> = values.map(|it| it.value.to_string()).collect();
        let folded = &statement.plain.folded;
        let masked = |at: usize| {
            statement.quantities.iter().any(|it| it.start <= at && at < it.end)
                || statement.cues.iter().any(|it| {
                    let duty = !matches!(it.cue, Cue::Before | Cue::After | Cue::If | Cue::Early | Cue::Lack);
                    duty && it.start <= at && at < it.end
                })
        };
        let mut words: Vec<u32> = Vec::new();
        let mut at = self.clause.start;
        for word in folded[self.clause.start..self.clause.end].split(|it: char| !it.is_alphanumeric() && it != '\'') {
            if !word.is_empty() && !masked(at) {
                let hash =
                    word.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
                words.push(hash);
            }
            at += word.len();
            at += folded[at..].chars().next().map_or(0, char::len_utf8);
        }
        words.sort_unstable();
        words.dedup();
        (words, values)
    }
}
