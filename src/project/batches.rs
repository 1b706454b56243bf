//! Groups of articles, some at a time: each is worked at in parallel, and what is kept of it is
//! given away in the order of the groups.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::Group;

/// So many groups are held at a time.
const BATCH: usize = 64;

/// What a run leaves to be said.
#[derive(Debug, Default)]
pub struct Remarks {
    /// How articles were paired, where that is not plain from their paths.
    pub notes: Vec<String>,
    /// Articles that could not be read or not be worked at, and why.
    pub faults: Vec<String>,
}

/// Works at all groups; `emit` gets what is kept of each, with the number of its articles, until it
/// fails. A fault of hexapla in one group is said, and the others are worked at.
pub(super) fn in_batches<T: Default + Send, E>(
    groups: &[Group],
    work: impl Fn(&Group) -> (T, Remarks) + Sync,
    emit: &mut dyn FnMut(usize, T) -> Result<(), E>,
) -> Result<Remarks, E> {
    let mut remarks = Remarks::default();
    for batch in groups.chunks(BATCH) {
        let one = |group: &Group| {
            let fault = |_| (T::default(), Remarks { notes: Vec::new(), faults: vec![super::fault(group)] });
            catch_unwind(AssertUnwindSafe(|| work(group))).unwrap_or_else(fault)
        };
        let kept: Vec<(T, Remarks)> = batch.par_iter().map(one).collect();
        for (group, (kept, said)) in batch.iter().zip(kept) {
            emit(group.members.len(), kept)?;
            remarks.notes.extend(said.notes);
            remarks.faults.extend(said.faults);
        }
    }
    Ok(remarks)
}
