//! The cues of a sentence → whether something has to be done, may be done, must not be done.

use super::super::model::Modality;
use crate::locale::{Cue, Words};
use crate::signal::{Plain, Said};

/// A duty, and the words that say it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Duty {
    /// Which.
    pub modality: Modality,
    /// Whether what follows is denied.
    pub negated: bool,
    /// The words.
    pub place: Option<(usize, usize)>,
}

/// The last of these cues that says a duty, with a denial behind it.
pub(super) fn duty(cues: impl Iterator<Item = Said>, plain: &Plain, words: &Words) -> Duty {
    let permissions = words.lexicon.cues.get(&Cue::Permission);
    let mut found = Duty::default();
    for said in cues {
        let text = &plain.folded[said.start..said.end];
        let modality = match said.cue {
            Cue::Must | Cue::Obligation => Modality::Obligation,
            Cue::Contingent => Modality::ContingentObligation,
            Cue::Recommendation => Modality::Recommendation,
            Cue::Permission if found.negated => Modality::Prohibition,
            Cue::Permission => Modality::Permission,
            Cue::Possibility => Modality::Possibility,
            Cue::Prohibition => Modality::Prohibition,
            Cue::Exemption => Modality::Exemption,
            // `must not … before`: the denial is part of what says when.
            Cue::NotUntil
                if found.modality == Modality::Obligation && found.place.is_some_and(|it| it.1 + 1 == said.start) =>
            {
                Modality::Prohibition
            }
            Cue::Negation => {
                // `can't`, `cannot`: a leave, denied in one word.
                let denied =
                    |it: &str| text.strip_prefix(it).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(' '));
                let in_one = permissions.is_some_and(|all| all.0.iter().any(|it| denied(it)));
                if !in_one && found.modality != Modality::Permission {
                    found.negated = true;
                    continue;
                }
                Modality::Prohibition
            }
            _ => continue,
        };
        found = Duty { modality, negated: false, place: Some((said.start, said.end)) };
    }
    found
}
