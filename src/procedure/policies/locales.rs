//! Duties that the translations of a policy state otherwise.

use super::super::model::{Confidence, Modality};
use super::duty::duty;
use super::stated::Stated;
use crate::bitext::Bitext;
use crate::document::Document;
use crate::locale::{Cue, Words};
use crate::signal::Statement;

/// Adds to each policy the duty that this translation states, where it is another, and whether the
/// translation was read for it at all.
pub(super) fn differing(stated: &mut [Stated], document: &Document, bitext: &Bitext<'_>, words: &Words) {
    for it in stated.iter_mut() {
        let unit = bitext.unit_of(document, it.place);
        let Some((source, target)) = unit.and_then(|unit| Some((unit.source?, unit.target?))) else { continue };
        let locale = bitext.target.locale.to_string();
        let wanted = it.policy.modality;
        let known = it.policy.translations.entry(locale.clone()).or_insert(Confidence::Inherited);
        // Of several sentences in one segment the signals do not tell whose duty is meant.
        if source.span.len() > 2 * it.place.len() || !is_duty(it.policy.modality) {
            continue;
        }
        let statement = Statement::of(&target, words);
        if !statement.known {
            continue;
        }
        // One of several words that says the same is enough; to say otherwise it has to be alone.
        let alone = |said| duty(std::iter::once(said), &statement.plain, words).modality;
        if statement.cues.iter().any(|it| alone(*it) == wanted) {
            *known = Confidence::Explicit;
            continue;
        }
        if statement.cues.iter().filter(|it| says_duty(it.cue)).count() != 1 {
            continue;
        }
        let said = duty(statement.cues.iter().copied(), &statement.plain, words);
        if is_duty(said.modality) {
            *known = Confidence::Explicit;
            if said.modality != wanted {
                it.policy.by_locale.insert(locale, said.modality);
            }
        }
    }
}

/// Whether a modality is a duty or the want of one, and no leave or possibility: those are said in
/// too many ways.
fn is_duty(modality: Modality) -> bool {
    use Modality::{ContingentObligation, Exemption, Obligation, Prohibition, Recommendation};
    matches!(modality, Obligation | ContingentObligation | Recommendation | Prohibition | Exemption)
}

fn says_duty(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::Must
            | Cue::Obligation
            | Cue::Contingent
            | Cue::Recommendation
            | Cue::Prohibition
            | Cue::Exemption
            | Cue::Permission
    )
}
