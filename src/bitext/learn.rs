//! Learns the lexicon of a project: from what its bilingual articles say, and from what can be
//! paired in the others without knowing a word, then again with what was learned.

use rayon::prelude::*;

use super::beads::{align, teach};
use super::lexicon::Lexicon;
use super::model::Examples;
use super::strand::Strand;
use super::tokens::Token;
use super::units;
use crate::document::{Document, Role};

/// With so many pairs that are written down, nothing has to be guessed first.
const MANY_WRITTEN: usize = 400;

/// What one article teaches: its segments without their text.
#[derive(Debug)]
pub struct Lesson(Kind);

#[derive(Debug)]
enum Kind {
    /// Two articles that are still to be aligned.
    Pair(Box<(Strand, Strand)>),
    /// Pairs that are written down.
    Written(Vec<(Bag, Bag)>),
}

type Bag = Vec<(Token, u32)>;

impl Lesson {
    /// Of two articles. Of a bilingual source, its source sides are taken.
    pub fn of(source: &Document, target: &Document) -> Self {
        Lesson(Kind::Pair(Box::new(strands(source, target))))
    }

    /// Of a bilingual article.
    pub fn embedded(document: &Document) -> Self {
        let units = units::embedded(document, false).into_iter();
        let sides = units.filter_map(|unit| Some((unit.source?, unit.target?)));
        let bags = sides.map(|(source, target)| (Strand::bag(&source), Strand::bag(&target)));
        Lesson(Kind::Written(bags.filter(|(source, target)| source != target).collect()))
    }
}

/// Both sides of two articles, as they are aligned.
pub(super) fn strands(source: &Document, target: &Document) -> (Strand, Strand) {
    let role = |document: &Document, role| if document.is_bilingual() { role } else { Role::Only };
    (Strand::of(source, role(source, Role::Source)), Strand::of(target, role(target, Role::Target)))
}

/// Learns from all lessons together. The answer depends on the lessons and their order only.
pub fn learn(lessons: &[Lesson]) -> Lexicon {
    let mut lexicon: Option<Lexicon> = None;
    let written: usize = lessons.iter().map(|it| if let Kind::Written(pairs) = &it.0 { pairs.len() } else { 0 }).sum();
    let unguessed = written >= MANY_WRITTEN;
    if unguessed {
        lexicon = Some(examples(lessons, None).learn(lessons.len()));
    }
    if lessons.iter().any(|it| matches!(it.0, Kind::Pair(_))) {
        for _ in usize::from(unguessed)..2 {
            let beads: Vec<_> = lessons
                .par_iter()
                .map(|lesson| match &lesson.0 {
                    Kind::Pair(pair) => align(&pair.0, &pair.1, lexicon.as_ref()),
                    Kind::Written(_) => Vec::new(),
                })
                .collect();
            lexicon = Some(examples(lessons, Some(&beads)).learn(lessons.len()));
        }
    }
    lexicon.unwrap_or_default()
}

fn examples(lessons: &[Lesson], beads: Option<&[Vec<super::beads::Bead>]>) -> Examples {
    let mut examples = Examples::default();
    for (at, lesson) in lessons.iter().enumerate() {
        match &lesson.0 {
            Kind::Written(pairs) => pairs.iter().for_each(|(source, target)| examples.push(source, target)),
            Kind::Pair(pair) => {
                let beads = beads.map_or(&[][..], |beads| &beads[at]);
                teach(&mut examples, &pair.0, &pair.1, beads);
            }
        }
    }
    examples
}
