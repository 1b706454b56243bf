//! Where a segment stands in its article, in words: the section, the step, the note.

use crate::document::Document;
use crate::markdown::AlertKind;
use crate::procedure::{Block, Outline, Passage};
use crate::text::Span;

/// Where a segment stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The number of the segment: as written in a bilingual article, else its place.
    pub number: String,
    /// Which section it lies in.
    pub section: usize,
    /// In a word, for filters.
    pub role: &'static str,
    /// In words: `step 4.2 · note`.
    pub words: String,
}

/// A section of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// Its anchor.
    pub id: String,
    /// 1 to 6; 0 before the first heading.
    pub level: u8,
    /// The words of its heading.
    pub title: String,
}

/// The places of all segments of the source of an article.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// First bytes of segments, in order, with the places.
    all: Vec<(u32, Place)>,
    /// The sections, in order; the first has no heading.
    pub sections: Vec<Section>,
}

/// What a block stands in.
#[derive(Clone, Default)]
struct Around {
    steps: Vec<String>,
    is_bullet: bool,
    alert: Option<&'static str>,
    cell: Option<(usize, usize)>,
}

impl Places {
    /// Reads the source that a document holds.
    pub fn of(document: &Document) -> Self {
        let outline = Outline::of(document);
        let all = outline.passages.iter();
        let all = all.map(|(number, side)| (side.span.start, Place { number: number.clone(), ..Place::default() }));
        let mut places = Places { all: all.collect(), sections: Vec::new() };
        for (index, section) in outline.sections.iter().enumerate() {
            let title: Vec<_> = section.title.iter().map(|it| it.side.text().trim().to_owned()).collect();
            places.sections.push(Section { id: section.id.clone(), level: section.level, title: title.join(" ") });
            places.put(&section.title, index, "heading", String::new());
            places.blocks(&section.blocks, index, &Around::default());
        }
        places.all.sort_by_key(|(start, _)| *start);
        places
    }

    /// The place of a segment of the source.
    pub fn at(&self, span: Span) -> Option<&Place> {
        let index = self.all.partition_point(|(start, _)| *start < span.start);
        self.all.get(index).filter(|(start, _)| *start < span.end.max(span.start + 1)).map(|(_, place)| place)
    }

    /// The numbers of the segments that a span holds.
    pub fn numbers(&self, span: Span) -> impl Iterator<Item = &str> {
        let from = self.all.partition_point(|(start, _)| *start < span.start);
        let rest = self.all.iter().skip(from).take_while(move |(start, _)| *start < span.end);
        rest.map(|(_, place)| place.number.as_str())
    }

    fn put(&mut self, passages: &[Passage<'_>], section: usize, role: &'static str, words: String) {
        for passage in passages {
            let Some((_, place)) = self.all.get_mut(passage.index) else { continue };
            (place.section, place.role, place.words) = (section, role, words.clone());
        }
    }

    fn blocks(&mut self, blocks: &[Block<'_>], section: usize, around: &Around) {
        for block in blocks {
            match block {
                Block::Paragraph(own) => self.put(own, section, around.role(), around.words()),
                Block::Tab(own) => self.put(own, section, "heading", "tab".to_owned()),
                Block::List(list) => {
                    for (index, item) in list.items.iter().enumerate() {
                        let mut around = around.clone();
                        match list.ordered {
                            true => {
                                let number = item.written.unwrap_or(index as u32 + 1);
                                around.steps.push(number.to_string());
                                around.is_bullet = false;
                            }
                            false => around.is_bullet = true,
                        }
                        self.blocks(&item.blocks, section, &around);
                    }
                }
                Block::Alert(alert) => {
                    let around = Around { alert: Some(word(alert.kind)), ..around.clone() };
                    self.blocks(&alert.blocks, section, &around);
                }
                Block::Table(table) => {
                    let head = std::iter::once(&table.head);
                    for (row, cells) in head.chain(table.rows.iter().map(|it| &it.cells)).enumerate() {
                        for (column, cell) in cells.iter().enumerate() {
                            let around = Around { cell: Some((row, column + 1)), ..around.clone() };
                            self.put(cell, section, "table", around.words());
                        }
                    }
                }
                Block::Image(_) | Block::Code(_) => {}
            }
        }
    }
}

impl Around {
    fn role(&self) -> &'static str {
        match () {
            () if self.alert.is_some() => "alert",
            () if self.cell.is_some() => "table",
            () if !self.steps.is_empty() => "step",
            () => "text",
        }
    }

    fn words(&self) -> String {
        let mut words = Vec::new();
        if !self.steps.is_empty() {
            words.push(format!("step {}", self.steps.join(".")));
        }
        if self.is_bullet {
            words.push("bullet".to_owned());
        }
        words.extend(self.alert.map(str::to_owned));
        match self.cell {
            Some((0, column)) => words.push(format!("table head {column}")),
            Some((row, column)) => words.push(format!("row {row}, column {column}")),
            None => {}
        }
        words.join(" · ")
    }
}

fn word(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "note",
        AlertKind::Tip => "tip",
        AlertKind::Important => "important",
        AlertKind::Caution => "caution",
        AlertKind::Warning => "warning",
    }
}
