//! Notes and warnings that no step holds: they belong to their section.

use std::collections::HashSet;

use super::model::{Procedure, SegmentId, Step, StepAlert};
use super::outline::{Block, SectionOutline};
use super::reading::Reading;
use super::steps;

/// The alerts of each section, without those of the steps in it.
pub(super) fn of_sections(reading: &Reading<'_>, procedures: &[Procedure]) -> Vec<Vec<StepAlert>> {
    let mut bound = HashSet::new();
    procedures.iter().flat_map(|it| &it.steps).for_each(|step| bound_to(step, &mut bound));
    let of_section = |section: &SectionOutline<'_>| {
        let mut found = Vec::new();
        collect(reading, &section.blocks, &mut found);
        found.retain(|alert| alert.segments.first().is_some_and(|first| !bound.contains(first)));
        found
    };
    reading.outline.sections.iter().map(of_section).collect()
}

/// The first segments of the alerts that are bound to a step, or to one under it.
fn bound_to<'s>(step: &'s Step, bound: &mut HashSet<&'s SegmentId>) {
    bound.extend(step.alerts.iter().filter_map(|alert| alert.segments.first()));
    step.inner().iter().for_each(|step| bound_to(step, bound));
}

fn collect(reading: &Reading<'_>, blocks: &[Block<'_>], found: &mut Vec<StepAlert>) {
    for block in blocks {
        match block {
            Block::Alert(alert) => found.push(steps::alert_of(reading, alert)),
            Block::List(list) => list.items.iter().for_each(|item| collect(reading, &item.blocks, found)),
            _ => {}
        }
    }
}
