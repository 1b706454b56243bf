//! How far a translation is behind its source: segments that were translated from another text
//! than the source has now, that are missing, and that are left over.

use serde::{Deserialize, Serialize};

use super::essence::{Essences, sources};
use super::{Bitext, Origin, Unit};
use crate::document::{Document, Side, Words};
use crate::markdown::InlineKind;

/// A target that was made from another text than the source has now.
#[derive(Clone, Debug)]
pub struct Stale<'a> {
    /// Its number among the units.
    pub unit: usize,
    /// What the source said when it was translated, where known.
    pub then: Option<Side<'a>>,
    /// What the source says now; `None` where it says nothing like that any more.
    pub now: Option<Side<'a>>,
}

/// The state of a translation against its source.
#[derive(Clone, Debug, Default)]
pub struct Drift<'a> {
    /// Segments of the source as it is now.
    pub segments: usize,
    /// Those that have a target.
    pub translated: usize,
    /// Those that have none.
    pub missing: usize,
    /// Targets that the source has nothing for.
    pub extra: usize,
    /// Targets made from another text, those among them that the source has nothing for any more.
    pub stale: Vec<Stale<'a>>,
    /// Whether the text that the translation was made from is known, so that none stale says something.
    pub known: bool,
}

/// A drift in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Segments of the source as it is now.
    pub segments: usize,
    /// Those that have a target.
    pub translated: usize,
    /// Those that have none.
    pub missing: usize,
    /// Targets that the source has nothing for.
    pub extra: usize,
    /// Targets made from another text.
    pub stale: usize,
}

impl Drift<'_> {
    /// How many targets were made from another text than the source has now, those not counted that
    /// it has nothing for.
    pub fn behind(&self) -> usize {
        self.stale.iter().filter(|it| it.now.is_some()).count()
    }

    /// The numbers.
    pub fn progress(&self) -> Progress {
        let Drift { segments, translated, missing, extra, .. } = *self;
        Progress { segments, translated, missing, extra, stale: self.behind() }
    }
}

/// How many segments an article has for its translations.
pub fn source_segments(article: &Document) -> usize {
    sources(article).filter(|side| letters(side) > 1).count()
}

/// How far the target of a bitext is behind.
pub(super) fn of<'a>(bitext: &Bitext<'a>) -> Drift<'a> {
    match bitext.beside {
        Some(now) => bitext.behind_article(now),
        None => bitext.behind_source(),
    }
}

impl<'a> Bitext<'a> {
    /// The units hold the source as it is now.
    fn behind_source(&self) -> Drift<'a> {
        let mut drift = Drift { known: self.basis.is_some(), ..Drift::default() };
        for (index, unit) in self.body() {
            match (unit.source, unit.target) {
                (Some(source), Some(target)) => {
                    drift.segments += 1;
                    drift.translated += 1;
                    let Some(basis) = self.basis else { continue };
                    if basis.is_stale(&source, &target) == Some(true) {
                        let then = nearest(&source, basis.then(&target).filter(|it| letters(it) > 1));
                        drift.stale.push(Stale { unit: index, then, now: Some(source) });
                    }
                }
                (Some(source), None) if letters(&source) > 1 => {
                    drift.segments += 1;
                    drift.missing += 1;
                }
                (None, Some(target)) if letters(&target) > 1 => drift.extra += 1,
                _ => {}
            }
        }
        drift
    }

    /// The units hold the source as it was; `now` is the article as it is.
    fn behind_article(&self, now: &'a Document) -> Drift<'a> {
        let (then, essences) = (Essences::of(self.target), Essences::of(now));
        let gone = |(index, unit): (usize, &Unit<'a>)| {
            let source = unit.source.filter(|source| letters(source) > 1 && !essences.has(source))?;
            unit.target.map(|_| (index, source))
        };
        let old: Vec<(usize, Side<'a>)> = self.body().filter_map(gone).collect();
        // The texts of images stand outside of the spans, translated.
        let current: Vec<Side<'a>> = sources(now).filter(|side| letters(side) > 1 && !is_image(side)).collect();
        let new: Vec<Side<'a>> = current.iter().filter(|side| !then.has(side)).copied().collect();
        let mut drift = Drift { known: true, segments: current.len(), ..Drift::default() };
        let mut free = vec![true; new.len()];
        for (unit, then) in old {
            let candidates = new.iter().enumerate().filter(|(at, _)| free[*at]).map(|(_, side)| *side);
            let now = nearest(&then, candidates);
            if let Some(at) = now.and_then(|now| new.iter().position(|it| it.span == now.span)) {
                free[at] = false;
            }
            drift.extra += usize::from(now.is_none());
            drift.stale.push(Stale { unit, then: Some(then), now });
        }
        drift.missing = free.iter().filter(|it| **it).count();
        drift.translated = drift.segments - drift.missing;
        drift
    }

    fn body(&self) -> impl Iterator<Item = (usize, &Unit<'a>)> {
        self.units.iter().enumerate().filter(|(_, unit)| unit.origin != Origin::FrontMatter)
    }
}

fn is_image(side: &Side<'_>) -> bool {
    let ends = side.inlines.first().zip(side.inlines.last()).map(|(first, last)| (&first.kind, &last.kind));
    matches!(ends, Some((InlineKind::ImageOpen { .. }, InlineKind::ImageClose { .. })))
}

fn letters(side: &Side<'_>) -> usize {
    side.text().chars().filter(|it| it.is_alphabetic()).take(2).count()
}

/// The side that is most like another: more than half of the words of both are common.
fn nearest<'a>(wanted: &Side<'_>, all: impl Iterator<Item = Side<'a>>) -> Option<Side<'a>> {
    let own = Words::of(&wanted.text());
    let alike = |side: Side<'a>| {
        let other = Words::of(&side.text());
        let alike = own.likeness(&other);
        (alike > 500 || alike == 500 && own.common(&other) > 1).then_some((alike, side))
    };
    let best = all.filter_map(alike).reduce(|best, it| if it.0 > best.0 { it } else { best });
    best.map(|(_, side)| side)
}
