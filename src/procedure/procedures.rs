//! Sections → procedures: which lists are one, what introduces them, what stands behind them.

use super::model::Procedure;
use super::outline::{Block, List, Passage};
use super::reading::{Reading, passages};
use super::{alias, lists, steps};
use crate::locale::FrameWords;

/// The procedures of an article, in order of place.
pub(super) fn procedures(reading: &Reading<'_>, words: &'static FrameWords) -> Vec<Procedure> {
    let mut finder = Finder { reading, words, section: 0, found: Vec::new(), carried: Vec::new() };
    for index in 0..reading.outline.sections.len() {
        finder.section = index;
        finder.read_section();
    }
    finder.found
}

pub(super) struct Finder<'r, 'a> {
    pub(super) reading: &'r Reading<'a>,
    pub(super) words: &'static FrameWords,
    pub(super) section: usize,
    pub(super) found: Vec<Procedure>,
    /// A paragraph at the end of the section before that announces the steps of this one.
    carried: Vec<&'r Passage<'a>>,
}

/// A procedure that more steps may be added to.
#[derive(Default)]
struct Open<'r, 'a> {
    procedure: Procedure,
    last_written: u32,
    only_ones: bool,
    /// The blocks behind its last list.
    pending: Vec<&'r Block<'a>>,
}

impl<'r, 'a> Finder<'r, 'a> {
    fn read_section(&mut self) {
        let section = &self.reading.outline.sections[self.section];
        let is_list_of_links = section.title.iter().any(|title| self.has_title(title, &self.words.frames.next_steps.0));
        let carried = std::mem::take(&mut self.carried);
        if !is_list_of_links {
            self.read(&section.blocks, carried);
        }
        if let Some(last) = section.blocks.iter().rev().find(|block| !matches!(block, Block::Image(_))) {
            let own = match last {
                Block::Paragraph(own) => own.as_slice(),
                Block::Alert(alert) => match alert.blocks.last() {
                    Some(Block::Paragraph(own)) => own.as_slice(),
                    _ => &[],
                },
                _ => &[],
            };
            if own.last().is_some_and(|last| self.announces(last)) {
                self.carried = own.iter().collect();
            }
        }
    }

    fn read(&mut self, blocks: &'r [Block<'a>], carried: Vec<&'r Passage<'a>>) {
        let mut open: Option<Open<'r, 'a>> = None;
        let mut introduction: Vec<&'r Passage<'a>> = carried;
        for block in blocks {
            match block {
                Block::List(list) => match self.take_list(list, &mut open, &mut introduction) {
                    true => {}
                    false => {
                        for item in &list.items {
                            self.read(&item.blocks, Vec::new());
                        }
                        self.put(block, &mut open, &mut introduction);
                    }
                },
                Block::Tab(own) => {
                    self.close(open.take());
                    introduction = own.iter().collect();
                }
                Block::Alert(alert) => {
                    self.read(&alert.blocks, Vec::new());
                    self.put(block, &mut open, &mut introduction);
                }
                _ => self.put(block, &mut open, &mut introduction),
            }
        }
        self.close(open);
    }

    /// A block that is no list of steps.
    fn put(&self, block: &'r Block<'a>, open: &mut Option<Open<'r, 'a>>, introduction: &mut Vec<&'r Passage<'a>>) {
        match open {
            Some(open) => open.pending.push(block),
            None => introduction.extend(passages(std::slice::from_ref(block))),
        }
    }

    /// Takes a list that is a procedure, or goes on with one; says whether it is.
    fn take_list(
        &mut self,
        list: &'r List<'a>,
        open: &mut Option<Open<'r, 'a>>,
        introduction: &mut Vec<&'r Passage<'a>>,
    ) -> bool {
        if let Some(before) = open {
            if list.ordered && self.continues(before, list) {
                self.bind(before);
                self.append(before, list);
                return true;
            }
            // Bullets that stand unindented under a step that announces them.
            if !list.ordered && before.pending.is_empty() && self.announced_by_step(before) {
                if let Some(step) = before.procedure.steps.last_mut() {
                    let body = lists::body(self.reading, self.words, list, None, &step.id);
                    step.body.get_or_insert(body);
                }
                return true;
            }
        }
        let lead: Vec<&'r Passage<'a>> = match open {
            Some(before) => before.pending.iter().rev().map_while(|block| self.lead(block)).flatten().collect(),
            None => introduction.clone(),
        };
        let announced = lead.last().is_some_and(|last| self.announces(last));
        let title = self.reading.outline.sections[self.section].title.first();
        let has_goal = title.is_some_and(|it| self.reading.reader(it, self.words).goal().is_some());
        let sure = announced || has_goal;
        let is_procedure = match list.ordered {
            true => lists::is_procedure(self.reading, self.words, list, sure),
            false => sure && lists::is_bulleted_procedure(self.reading, self.words, list),
        };
        if !is_procedure {
            return false;
        }
        if let Some(mut before) = open.take() {
            // What announces these steps is no outcome of those before.
            let announcing = before.pending.iter().rev().take_while(|block| self.lead(block).is_some()).count();
            before.pending.truncate(before.pending.len() - announcing);
            self.close(Some(before));
        }
        let mut fresh = Open { only_ones: true, ..Open::default() };
        self.begin(&mut fresh.procedure, lead);
        introduction.clear();
        self.append(&mut fresh, list);
        *open = Some(fresh);
        true
    }

    /// The segments of a paragraph that leads to what follows.
    fn lead(&self, block: &&'r Block<'a>) -> Option<Vec<&'r Passage<'a>>> {
        let Block::Paragraph(own) = block else { return None };
        own.last().is_some_and(|last| self.announces(last)).then(|| own.iter().collect())
    }

    /// Whether a segment says that steps follow.
    fn announces(&self, passage: &Passage<'_>) -> bool {
        let sentence = self.reading.sentence(passage);
        let last = sentence.tokens.len();
        last > 0 && (sentence.sign(last - 1) == Some(':') || sentence.holds(&self.words.announces, 0..last))
    }

    fn announced_by_step(&self, open: &Open<'_, '_>) -> bool {
        let last = open.procedure.steps.last().and_then(|step| step.segments.last());
        let index = last.and_then(|last| self.reading.outline.passages.iter().position(|(number, _)| number == last));
        index.is_some_and(|index| {
            let sentence = &self.reading.sentences[index];
            sentence.sign(sentence.tokens.len().saturating_sub(1)) == Some(':')
        })
    }

    /// Whether a list goes on with the steps before it: its first number follows theirs, or all are
    /// written as 1 and nothing between them announces another procedure.
    fn continues(&self, open: &Open<'r, 'a>, list: &List<'_>) -> bool {
        let first = list.items.first().and_then(|item| item.written).unwrap_or(1);
        let count = open.procedure.steps.len() as u32;
        if first > 1 {
            return first > open.last_written || first == count + 1;
        }
        let announced = open.pending.iter().any(|block| self.lead(block).is_some());
        let only_marks = open.pending.iter().all(|block| matches!(block, Block::Alert(_) | Block::Image(_)));
        !open.pending.is_empty() && !announced && open.only_ones && (only_marks || count == 1) && first == 1
    }

    /// What stands between two lists of one procedure belongs to the step before it.
    fn bind(&self, open: &mut Open<'r, 'a>) {
        let pending = std::mem::take(&mut open.pending);
        let Some(step) = open.procedure.steps.last_mut() else { return };
        for block in pending {
            steps::add(self.reading, self.words, step, block);
            if let Block::Paragraph(own) = block {
                steps::add_orders(self.reading, self.words, step, own);
            }
        }
    }

    fn append(&self, open: &mut Open<'r, 'a>, list: &List<'a>) {
        let before = open.procedure.steps.len() as u32;
        let more = steps::steps(self.reading, self.words, list, "", before);
        open.procedure.steps.extend(more);
        open.last_written = list.items.last().and_then(|item| item.written).unwrap_or(0);
        open.only_ones &= list.items.iter().all(|item| item.written == Some(1));
    }

    fn close(&mut self, open: Option<Open<'r, 'a>>) {
        let Some(mut open) = open else { return };
        let mut pending = open.pending.into_iter().peekable();
        // An alert or image right behind the list belongs to its last step.
        while let Some(block) = pending.next_if(|block| matches!(block, Block::Alert(_) | Block::Image(_))) {
            if let Some(step) = open.procedure.steps.last_mut() {
                steps::add(self.reading, self.words, step, block);
            }
        }
        for block in pending {
            match block {
                Block::Paragraph(own) => self.after(&mut open.procedure, own),
                Block::Alert(_) => {
                    let inside = passages(std::slice::from_ref(block));
                    open.procedure.outcome.extend(inside.into_iter().map(|it| self.reading.number(it).clone()));
                }
                Block::Image(_) => {}
                _ => break,
            }
        }
        alias::name(&mut open.procedure);
        self.found.push(open.procedure);
    }
}
