//! The source of one article, read: its outline with every segment cut into words and labels, its
//! sections and its procedures.

use super::model::{Procedure, Scope, Section, SegmentId};
use super::orders::{Orders, Reader};
use super::outline::{Block, Item, Outline, Passage};
use super::{alerts, inputs, mentions, procedures, roles};
use crate::document::Document;
use crate::locale::{FrameWords, Locale};
use crate::markdown::InlineKind;
use crate::termbase::Sentence;

/// What the source of one article tells its reader to do.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The document it was read from: the source, or a bilingual article that holds it.
    pub document: &'a Document,
    /// Its segments in their sections, lists and alerts.
    pub outline: Outline<'a>,
    /// Its segments as words and labels, by their place in the outline.
    pub sentences: Vec<Sentence>,
    /// The frames of its language, where we have some.
    pub words: Option<&'static FrameWords>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its procedures. Texts stand under an empty tag.
    pub procedures: Vec<Procedure>,
}

impl<'a> Reading<'a> {
    /// Reads the source that a document holds. `locale` is that of the source, which a bilingual
    /// document is not in. Ids begin with `#`: the key of the article is not known here.
    pub fn of(document: &'a Document, locale: &Locale) -> Self {
        let outline = Outline::of(document);
        let locale = if document.is_bilingual() { locale } else { &document.locale };
        let data = locale.data();
        let words = locale.frames();
        let sentence = |(_, side): &(SegmentId, crate::document::Side<'a>)| {
            let mut sentence = Sentence::of(side, data);
            if let Some(words) = words {
                sentence.unmark_code(words);
            }
            sentence
        };
        let sentences = outline.passages.iter().map(sentence).collect();
        let mut reading = Reading { document, outline, sentences, words, sections: Vec::new(), procedures: Vec::new() };
        reading.sections = reading.read_sections();
        if let Some(words) = reading.words {
            let mut procedures = procedures::procedures(&reading, words);
            procedures.iter_mut().for_each(|it| inputs::find(it, &reading, words));
            mentions::find(&mut procedures, &reading, words);
            reading.procedures = procedures;
        }
        let alerts = alerts::of_sections(&reading, &reading.procedures);
        reading.sections.iter_mut().zip(alerts).for_each(|(section, alerts)| section.alerts = alerts);
        reading
    }

    /// The locale it is written in, where that of sources is known.
    pub fn locale<'l>(&'l self, source: &'l Locale) -> &'l Locale {
        if self.document.is_bilingual() { source } else { &self.document.locale }
    }

    /// The number of a segment.
    pub fn number(&self, passage: &Passage<'_>) -> &SegmentId {
        self.outline.number(passage)
    }

    /// A segment as words and labels.
    pub fn sentence(&self, passage: &Passage<'_>) -> &Sentence {
        &self.sentences[passage.index]
    }

    /// The destination of the link that a bilingual span lies in.
    pub(super) fn link_around(&self, passage: &Passage<'_>) -> Option<String> {
        let (span, tree) = (passage.side.span, &self.document.tree);
        let node = passage.side.node.filter(|_| self.document.is_bilingual())?;
        let inlines = tree.inlines_of(&tree.nodes[node as usize]);
        let before = inlines.iter().take_while(|it| it.span.end <= span.start);
        let open = before.fold(None, |open, it| match it.kind {
            InlineKind::LinkOpen { target } => Some(target),
            InlineKind::LinkClose { .. } => None,
            _ => open,
        });
        open.map(|target| self.document.slice(target).to_owned())
    }

    /// What a segment orders, sentence by sentence.
    pub fn orders(&self, passage: &Passage<'_>, words: &'static FrameWords) -> Vec<Orders> {
        let sentence = self.sentence(passage);
        let reader = self.reader(passage, words);
        sentence.sentences().into_iter().map(|range| reader.orders(range)).collect()
    }

    /// A segment, ready to be read.
    pub(super) fn reader<'s>(&'s self, passage: &Passage<'_>, words: &'s FrameWords) -> Reader<'s> {
        let (segment, sentence) = (self.number(passage), self.sentence(passage));
        Reader { words, sentence, segment, passage: passage.index, end: sentence.tokens.len() }
    }

    fn read_sections(&self) -> Vec<Section> {
        let section = |(index, it): (usize, &super::SectionOutline<'a>)| Section {
            id: it.id.clone(),
            level: it.level,
            title: it.title.first().map(|title| self.number(title).clone()),
            parent: it.parent.map(|parent| self.outline.sections[parent].id.clone()),
            scope: Scope { roles: roles::of(self, index), ..Scope::default() },
            alerts: Vec::new(),
        };
        self.outline.sections.iter().enumerate().map(section).collect()
    }
}

/// The segments of blocks, with those that lie in lists, alerts and tables.
pub(super) fn passages<'b, 'a>(blocks: &'b [Block<'a>]) -> Vec<&'b Passage<'a>> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(own) | Block::Tab(own) => found.extend(own),
            Block::List(list) => list.items.iter().for_each(|item| found.extend(passages(&item.blocks))),
            Block::Alert(alert) => found.extend(passages(&alert.blocks)),
            Block::Table(table) => {
                found.extend(table.head.iter().flatten());
                found.extend(table.rows.iter().flat_map(|row| row.cells.iter().flatten()));
            }
            Block::Image(_) | Block::Code(_) => {}
        }
    }
    found
}

/// The running text of an item.
pub(super) fn own_passages<'b, 'a>(item: &'b Item<'a>) -> impl Iterator<Item = &'b Passage<'a>> {
    item.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(own) => own.as_slice(),
        _ => &[],
    })
}

/// The word for an alert in the model.
pub fn alert_kind(kind: crate::markdown::AlertKind) -> &'static str {
    use crate::markdown::AlertKind;
    match kind {
        AlertKind::Note => "note",
        AlertKind::Tip => "tip",
        AlertKind::Important => "important",
        AlertKind::Caution => "caution",
        AlertKind::Warning => "warning",
    }
}
