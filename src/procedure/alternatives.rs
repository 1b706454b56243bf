//! Alternatives that a source offers: what a translation has to offer too.

use super::lists::are_alternatives;
use super::outline::Block;
use super::reading::{Reading, own_passages};
use crate::locale::FrameWords;
use crate::termbase::Sentence;

/// Alternatives that a source offers in so many words.
#[derive(Clone, Debug)]
pub struct Alternatives {
    /// The segment that introduces them, or that holds them.
    pub lead: Option<usize>,
    /// The segments of the items, by their places in the outline; empty where they stand in the
    /// sentence itself.
    pub items: Vec<usize>,
}

/// The alternatives that an article offers: "either … or", "one of the following:" before a list,
/// items that end with "or".
pub fn alternatives(reading: &Reading<'_>) -> Vec<Alternatives> {
    let Some(words) = reading.words else { return Vec::new() };
    let mut found = Vec::new();
    for section in &reading.outline.sections {
        offered(reading, words, &section.blocks, None, &mut found);
    }
    found
}

/// Whether a sentence says in so many words that one of several is meant.
fn offers(sentence: &Sentence, words: &FrameWords) -> bool {
    let strict = |at: usize| sentence.phrase(&words.strict_choices, at).is_some();
    (0..sentence.tokens.len()).any(|at| strict(at) && sentence.phrase(&words.no_choices, at).is_none())
}

/// `before` is the segment that stands right before the blocks.
fn offered(
    reading: &Reading<'_>,
    words: &FrameWords,
    blocks: &[Block<'_>],
    before: Option<usize>,
    found: &mut Vec<Alternatives>,
) {
    let mut before = before;
    for block in blocks {
        match block {
            Block::Paragraph(own) => {
                for passage in own {
                    let sentence = &reading.sentences[passage.index];
                    let end = sentence.tokens.len();
                    let leads = end > 0 && sentence.sign(end - 1) == Some(':');
                    let both = offers(sentence, words) && sentence.holds(&words.alternative, 0..end);
                    if both && !leads {
                        found.push(Alternatives { lead: Some(passage.index), items: Vec::new() });
                    }
                }
                before = own.last().map(|last| last.index);
            }
            Block::List(list) => {
                let lead = before.filter(|&at| offers(&reading.sentences[at], words));
                if list.items.len() > 1 && (lead.is_some() || are_alternatives(reading, words, list)) {
                    let items = list.items.iter().flat_map(own_passages).map(|it| it.index).collect();
                    found.push(Alternatives { lead: before, items });
                }
                for item in &list.items {
                    offered(reading, words, &item.blocks, None, found);
                }
                before = None;
            }
            Block::Alert(alert) => offered(reading, words, &alert.blocks, None, found),
            _ => before = None,
        }
    }
}
