//! Groups of articles → bitexts: opens a group, aligns it, drops it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::lexicons::lexicons;
use super::open::open;
use super::{Group, Unsaved};
use crate::bitext::Bitext;
use crate::config::Settings;
use crate::locale::Locale;

/// So many groups are held at a time.
const BATCH: usize = 64;

/// What a run of the aligner leaves to be said.
#[derive(Debug, Default)]
pub struct Remarks {
    /// How articles were paired, where that is not plain from their paths.
    pub notes: Vec<String>,
    /// Articles that could not be read or not be aligned, and why.
    pub faults: Vec<String>,
}

/// Aligns the articles of some locales. `view` sees each bitext once, in parallel, and says what to
/// keep of it; `emit` gets that in the order of the groups, until it fails.
pub fn align<T: Send, E>(
    groups: &[Group],
    settings: &Settings,
    is_wanted: &(dyn Fn(&Locale) -> bool + Sync),
    view: &(dyn Fn(&Bitext<'_>) -> T + Sync),
    emit: &mut dyn FnMut(usize, Vec<T>) -> Result<(), E>,
) -> Result<Remarks, E> {
    let unsaved = Unsaved::new();
    let lexicons = lexicons(groups, groups, is_wanted, &unsaved);
    let mut remarks = Remarks::default();
    for batch in groups.chunks(BATCH) {
        let seen: Vec<_> = batch
            .par_iter()
            .map(|group| {
                let aligned = catch_unwind(AssertUnwindSafe(|| {
                    let opened = open(groups, group, settings, &unsaved);
                    let wanted = opened.articles.iter().filter(|it| is_wanted(&opened.documents[it.document].locale));
                    let bitexts = wanted.filter_map(|it| it.bitext(&opened.documents, &lexicons));
                    let views: Vec<T> = bitexts.map(|bitext| view(&bitext)).collect();
                    let faults = opened.refused.into_iter().map(|it| format!("{}: {}", it.path, it.why)).collect();
                    (views, Remarks { notes: opened.notes, faults })
                }));
                aligned.unwrap_or_else(|_| {
                    let faults = vec![super::fault(group)];
                    (Vec::new(), Remarks { notes: Vec::new(), faults })
                })
            })
            .collect();
        for (group, (views, said)) in batch.iter().zip(seen) {
            emit(group.members.len(), views)?;
            remarks.notes.extend(said.notes);
            remarks.faults.extend(said.faults);
        }
    }
    Ok(remarks)
}
