//! The segments of a source with what they stand under: section, lead-in, header and row of a table.

use super::super::outline::{Block, Outline, Passage};

/// A segment where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its place among the passages of the outline.
    pub passage: usize,
    /// The first segment of its paragraph: what heads it heads all of it.
    pub head: usize,
    /// Its section.
    pub section: usize,
    /// The paragraph that introduces the list it stands in.
    pub lead: Vec<usize>,
    /// The header of its column.
    pub column: Vec<usize>,
    /// The first cell of its row.
    pub first: Vec<usize>,
    /// The other cells of its row.
    pub row: Vec<usize>,
}

/// All segments but headings, in order.
pub(super) fn spots(outline: &Outline<'_>) -> Vec<Spot> {
    let mut walk = Walk::default();
    for (section, it) in outline.sections.iter().enumerate() {
        walk.section = section;
        walk.blocks(&it.blocks);
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Vec<Spot>,
    section: usize,
    lead: Vec<usize>,
}

impl Walk {
    fn blocks(&mut self, blocks: &[Block<'_>]) {
        let outer = self.lead.clone();
        let mut before: Vec<usize> = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(own) | Block::Tab(own) => {
                    self.put(own, &[], &[], &[]);
                    before = indices(own);
                    continue;
                }
                Block::List(list) => {
                    self.lead.extend(&before);
                    for item in &list.items {
                        self.blocks(&item.blocks);
                    }
                    self.lead.clone_from(&outer);
                }
                Block::Alert(alert) => self.blocks(&alert.blocks),
                Block::Table(table) => {
                    for row in &table.rows {
                        let first = row.cells.first().map(|it| indices(it)).unwrap_or_default();
                        for (at, cell) in row.cells.iter().enumerate() {
                            let column = table.head.get(at).map(|it| indices(it)).unwrap_or_default();
                            let first = if at > 0 { first.as_slice() } else { &[] };
                            let others = row.cells.iter().enumerate().filter(|(other, _)| *other != at);
                            let others: Vec<usize> = others.flat_map(|(_, cell)| indices(cell)).collect();
                            self.put(cell, &column, first, &others);
                        }
                    }
                }
                Block::Code(_) | Block::Image(_) => {}
            }
            before.clear();
        }
    }

    fn put(&mut self, own: &[Passage<'_>], column: &[usize], first: &[usize], row: &[usize]) {
        self.found.extend(own.iter().map(|it| Spot {
            passage: it.index,
            head: own[0].index,
            section: self.section,
            lead: self.lead.clone(),
            column: column.to_vec(),
            first: first.to_vec(),
            row: row.to_vec(),
        }));
    }
}

fn indices(passages: &[Passage<'_>]) -> Vec<usize> {
    passages.iter().map(|it| it.index).collect()
}
