//! The labels of a translation, by the places of those in the source.

use std::collections::HashMap;

use super::model::LabelPlace;
use super::reading::Reading;
use super::texts::Counterpart;
use crate::locale::LocaleData;
use crate::termbase::{Pair, renderings};

/// The labels of a locale, by the place of the label in the source that each stands for.
pub(super) type Labels = HashMap<LabelPlace, String>;

/// Finds the labels of a locale. What cannot be told is left out.
pub(super) fn labels(reading: &Reading<'_>, counterparts: &[Counterpart<'_>], data: Option<&LocaleData>) -> Labels {
    let mut passages = Vec::new();
    let mut pairs = Vec::new();
    for (passage, counterpart) in counterparts.iter().enumerate() {
        let Counterpart::Side(target) = *counterpart else { continue };
        let source = reading.outline.passages[passage].1;
        passages.push(passage);
        pairs.push(Pair { sentence: &reading.sentences[passage], source, target });
    }
    let found = renderings(&pairs, reading.words, data).into_iter();
    found.map(|it| (LabelPlace { passage: passages[it.pair], span: it.source, part: it.part }, it.text)).collect()
}
