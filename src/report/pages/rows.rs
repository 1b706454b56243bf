//! Bitexts → rows. Translations that hold copies of one source share its rows; where their sources
//! differ, each has rows of its own, at the place where they belong.

use std::collections::{BTreeMap, HashMap};

use crate::bitext::{Bitext, Origin, Unit};
use crate::document::Side;

/// A source segment with its targets.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// The source, with the bitext that it stands in.
    pub source: Option<(usize, Side<'a>)>,
    /// For each bitext, its unit.
    pub units: Vec<Option<usize>>,
}

/// All rows of some bitexts, in the order of the first, with those of the others in between.
pub(super) fn rows<'a>(bitexts: &[Bitext<'a>]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (number, bitext) in bitexts.iter().enumerate() {
        let mut known: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, row) in rows.iter().enumerate() {
            if let Some(key) = key_of_row(row, bitexts) {
                known.entry(key).or_default().push(index);
            }
        }
        // Rows to be put in before the row with this number.
        let mut new: BTreeMap<usize, Vec<Row<'a>>> = BTreeMap::new();
        let mut cursor = 0;
        for (index, unit) in bitext.units.iter().enumerate() {
            let places = key(unit).and_then(|key| known.get_mut(&key)).filter(|places| !places.is_empty());
            if let Some(places) = places {
                let next = places.partition_point(|&it| it < cursor);
                let row = places.remove(if next < places.len() { next } else { 0 });
                rows[row].units[number] = Some(index);
                if rows[row].source.is_none() {
                    rows[row].source = unit.source.map(|source| (number, source));
                }
                cursor = row + 1;
                continue;
            }
            let mut units = vec![None; bitexts.len()];
            units[number] = Some(index);
            new.entry(cursor).or_default().push(Row { source: unit.source.map(|it| (number, it)), units });
        }
        let mut all = Vec::with_capacity(rows.len() + new.values().map(Vec::len).sum::<usize>());
        for (index, row) in rows.into_iter().enumerate() {
            all.extend(new.remove(&index).into_iter().flatten());
            all.push(row);
        }
        all.extend(new.into_values().flatten());
        rows = all;
    }
    rows
}

/// What two units must have in common to share a row; `None` where they never do.
fn key(unit: &Unit<'_>) -> Option<String> {
    match (unit.origin, unit.source) {
        (Origin::FrontMatter, _) => Some(unit.id.to_string()),
        (_, Some(source)) => Some(format!("={}", source.raw().trim())),
        _ => None,
    }
}

fn key_of_row(row: &Row<'_>, bitexts: &[Bitext<'_>]) -> Option<String> {
    let (bitext, unit) = row.units.iter().enumerate().find_map(|(bitext, unit)| Some((bitext, (*unit)?)))?;
    key(&bitexts[bitext].units[unit])
}
