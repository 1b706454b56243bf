//! The outline of a YAML article: its titles, names and questions are headings, what answers them
//! stands under them.

use super::model::SegmentId;
use super::outline::{Block, Outline, Passage, SectionOutline, section_id};
use crate::document::{Document, Role};

/// Keys of headings, with their level.
const HEADINGS: [(&str, u8); 4] = [("title", 1), ("name", 2), ("question", 3), ("heading", 3)];

/// Reads the entries of a YAML article.
pub(super) fn outline(document: &Document) -> Outline<'_> {
    let mut outline = Outline { passages: Vec::new(), sections: vec![SectionOutline::default()] };
    let Some(front) = document.front_matter() else { return outline };
    let mut last: Option<u32> = None;
    for (index, segment) in document.segments.iter().enumerate() {
        let Some(entry) = segment.entry.filter(|_| segment.role != Role::Target) else { continue };
        let path = &*front.entries[entry as usize].path;
        // What search engines are told is no part of the article.
        if path.starts_with("metadata.") {
            continue;
        }
        let written = segment.pair.map(|pair| document.slice(document.tree.bilingual[pair as usize].id));
        let number: Option<SegmentId> = written.and_then(|id| id.rsplit('-').next()).map(str::to_owned);
        let number = number.unwrap_or_else(|| (outline.passages.len() + 1).to_string());
        let passage = Passage { index: outline.passages.len(), side: document.side(index) };
        outline.passages.push((number, passage.side));
        let key = path.rsplit('.').next().unwrap_or_default();
        let level = HEADINGS.iter().find(|(name, _)| *name == key).map(|(_, level)| *level);
        let goes_on = last == Some(entry);
        last = Some(entry);
        match level {
            Some(_) if goes_on => {
                let section = outline.sections.last_mut().expect("there is a first section");
                section.title.push(passage);
            }
            Some(level) => {
                let parent = outline.sections.iter().rposition(|it| it.level < level && it.level > 0);
                let id = section_id(None, std::slice::from_ref(&passage), &outline.sections);
                outline.sections.push(SectionOutline { id, level, parent, title: vec![passage], blocks: Vec::new() });
            }
            None => {
                let section = outline.sections.last_mut().expect("there is a first section");
                match section.blocks.last_mut() {
                    Some(Block::Paragraph(own)) if goes_on => own.push(passage),
                    _ => section.blocks.push(Block::Paragraph(vec![passage])),
                }
            }
        }
    }
    outline
}
