//! What a translation says for each segment of the source.

use std::collections::HashMap;

use super::reading::Reading;
use crate::bitext::Bitext;
use crate::document::{Format, Side};

/// What stands in a translation for a segment of the source.
#[derive(Clone, Copy, Debug, Default)]
pub enum Counterpart<'a> {
    /// Nothing, or it is not known.
    #[default]
    None,
    /// This.
    Side(Side<'a>),
    /// It is said together with the segment before.
    Joined,
}

/// The counterparts of all segments, by their place in the outline.
pub fn counterparts<'a>(reading: &Reading<'_>, bitext: &Bitext<'a>) -> Vec<Counterpart<'a>> {
    let passages = &reading.outline.passages;
    let mut found = vec![Counterpart::None; passages.len()];
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    let is_same = std::ptr::eq(bitext.source, reading.document);
    if !is_same {
        for (index, (_, side)) in passages.iter().enumerate().rev() {
            by_text.entry(side.raw().trim()).or_default().push(index);
        }
    }
    let mut cursor = 0;
    for unit in &bitext.units {
        let (Some(source), Some(target)) = (unit.source, unit.target) else { continue };
        // Front matter is no part of the outline, and all of a YAML article is.
        if source.node.is_none() && reading.document.format != Format::Yaml {
            continue;
        }
        if !is_same {
            // Another copy of the source: the next segment with this text, in the order of both.
            let Some(places) = by_text.get_mut(source.raw().trim()) else { continue };
            let next = places.iter().rposition(|&place| place >= cursor).unwrap_or(places.len() - 1);
            let place = places.remove(next);
            if places.is_empty() {
                by_text.remove(source.raw().trim());
            }
            found[place] = Counterpart::Side(target);
            cursor = place + 1;
            continue;
        }
        let first = passages.partition_point(|(_, side)| side.span.start < source.span.start);
        for (offset, (_, side)) in passages[first..].iter().enumerate() {
            if side.span.end > source.span.end {
                break;
            }
            found[first + offset] = if offset == 0 { Counterpart::Side(target) } else { Counterpart::Joined };
        }
    }
    found
}
