//! Groups of articles → bitexts: opens a group, aligns it, drops it.

use super::batches::in_batches;
use super::lexicons::lexicons;
use super::open::{Refused, open};
use super::{Group, Remarks, Unsaved};
use crate::bitext::Bitext;
use crate::config::Settings;
use crate::locale::Locale;

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
    let work = |group: &Group| {
        let opened = open(groups, group, settings, &unsaved, None);
        let wanted = opened.articles.iter().filter(|it| is_wanted(&opened.documents[it.document].locale));
        let bitexts = wanted.filter_map(|it| it.bitext(&opened.documents, &lexicons));
        let views: Vec<T> = bitexts.map(|bitext| view(&bitext)).collect();
        (views, Remarks { notes: opened.notes, faults: opened.refused.iter().map(Refused::fault).collect() })
    };
    in_batches(groups, work, emit)
}
