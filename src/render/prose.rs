//! What a section says beside its procedures.

use super::topic::{Block, Item, Slot};

/// The blocks without the texts that are taken; what is empty then is left out.
pub(super) fn of(blocks: &[Block], is_taken: &dyn Fn(&Slot) -> bool) -> Vec<Block> {
    let keep = |own: &[Slot]| own.iter().filter(|slot| !is_taken(slot)).cloned().collect::<Vec<_>>();
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        let own = match block {
            Block::Paragraph(own) => Block::Paragraph(keep(own)),
            Block::Tab(own) => Block::Tab(keep(own)),
            Block::List { ordered, items } => {
                let item = |it: &Item| Item { written: it.written, blocks: of(&it.blocks, is_taken) };
                let had = |it: &&Item| slots(&it.blocks).iter().any(|slot| is_taken(slot));
                // Of an item that is a step nothing stays, its images and code neither.
                let items = items.iter().filter(|it| !had(it)).map(item).filter(|it| !it.blocks.is_empty()).collect();
                Block::List { ordered: *ordered, items }
            }
            Block::Alert { kind, blocks } => Block::Alert { kind: kind.clone(), blocks: of(blocks, is_taken) },
            Block::Table { head, rows } => {
                let cells = |cells: &Vec<Vec<Slot>>| cells.iter().map(|it| keep(it)).collect::<Vec<_>>();
                Block::Table { head: cells(head), rows: rows.iter().map(cells).collect() }
            }
            Block::Image(_) | Block::Code { .. } => {
                kept.push(block.clone());
                continue;
            }
        };
        let holds_code = |block: &Block| matches!(block, Block::Image(_) | Block::Code { .. });
        let is_empty = match &own {
            Block::List { items, .. } => items.is_empty(),
            Block::Alert { blocks, .. } => blocks.is_empty(),
            other => slots(std::slice::from_ref(other)).is_empty() && !holds_code(other),
        };
        if !is_empty {
            kept.push(own);
        }
    }
    kept
}

/// The slots of blocks, in the order in which they are read.
pub(super) fn slots(blocks: &[Block]) -> Vec<&Slot> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(own) | Block::Tab(own) => found.extend(own),
            Block::List { items, .. } => items.iter().for_each(|item| found.extend(slots(&item.blocks))),
            Block::Alert { blocks, .. } => found.extend(slots(blocks)),
            Block::Table { head, rows } => {
                found.extend(head.iter().flatten());
                found.extend(rows.iter().flatten().flatten());
            }
            Block::Image(_) | Block::Code { .. } => {}
        }
    }
    found
}

/// Code without the spaces that it stands behind as part of a list.
pub(super) fn dedented(text: &str) -> String {
    let blank = |line: &&str| line.trim().is_empty();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let least = text.lines().skip(1).filter(|line| !blank(line)).map(indent).min();
    let first = text.lines().next().map_or(0, indent);
    let least = least.unwrap_or(first).min(if first == 0 { usize::MAX } else { first });
    let cut = |line: &str| line.get(least.min(indent(line))..).unwrap_or_default().to_owned();
    text.trim_end().lines().map(cut).collect::<Vec<_>>().join("\n")
}
