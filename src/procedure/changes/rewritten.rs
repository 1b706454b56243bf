//! Steps that were rewritten so far that only what is left of two versions tells that they are one.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Comparison, Version};
use super::mates::take_pairs;
use super::procedures::{Carried, Mates};
use crate::document::{Words, essential};
use crate::procedure::matching::is_long;
use crate::procedure::model::{SegmentId, Step};

/// So many of a thousand words are common to a step that is gone and a new one of the same procedure
/// that are one, rewritten; where both begin with the same words; and in different procedures.
const REWRITTEN: u32 = 500;
const REWRITTEN_TITLED: u32 = 350;
const REWRITTEN_ELSEWHERE: u32 = 620;
/// So many words make a title: "**Company name**: …".
const TITLE_WORDS: usize = 2;

/// Steps that say nearly the same as one that is gone, by their new places; and the places of those.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    pub to: BTreeMap<String, Vec<SegmentId>>,
    pub from: BTreeSet<String>,
}

impl Comparison<'_> {
    /// Pairs what is left of all procedures: a step that is gone and one that is new are one, rewritten,
    /// where they say nearly the same.
    pub(super) fn rewritten(&self, mates: &[Mates<'_>], to: &Carried, from: &Carried) -> Rewritten {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (index, it) in mates.iter().enumerate() {
            old.extend(
                it.gone()
                    .filter(|(at, _)| !from.contains_key(&it.old.place(*at)))
                    .filter_map(|(at, step)| self.left(index, it.old.place(at), step, Version::Old)),
            );
            new.extend(
                it.fresh()
                    .filter(|(at, _)| !to.contains_key(&it.new.place(*at)))
                    .filter_map(|(at, step)| self.left(index, it.new.place(at), step, Version::New)),
            );
        }
        let pairs = take_pairs(&mut old, &mut new, |one, other| {
            let likeness = one.words.likeness(&other.words);
            let begun = one.seen.split_whitespace().zip(other.seen.split_whitespace());
            let titled = begun.take(TITLE_WORDS).filter(|(one, other)| bare(one) == bare(other)).count() == TITLE_WORDS;
            let least = match one.procedure == other.procedure {
                true if titled => REWRITTEN_TITLED,
                true => REWRITTEN,
                false => REWRITTEN_ELSEWHERE,
            };
            (likeness >= least).then_some(likeness)
        });
        let mut found = Rewritten::default();
        for (before, after) in pairs {
            found.to.insert(after.place, before.segments);
            found.from.insert(before.place);
        }
        found
    }

    /// A step that is in one version only, and said nowhere in the other.
    fn left(&self, procedure: usize, place: String, step: &Step, version: Version) -> Option<Left> {
        let (seen, other) = (self.seen(&step.segments, version), version.other());
        let free = is_long(&essential(&seen)) && !self.says(&step.segments, other);
        free.then(|| Left { procedure, place, words: Words::of(&seen), seen, segments: step.segments.clone() })
    }
}

/// A step that has no mate.
struct Left {
    procedure: usize,
    place: String,
    seen: String,
    words: Words,
    segments: Vec<SegmentId>,
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|it: char| !it.is_alphanumeric())
}
