//! Written step numbers that skip or repeat → numbers that count.

use std::collections::HashMap;

use crate::markdown::NodeKind;
use crate::procedure::{Procedure, Reading, SegmentId, Step};
use crate::text::Span;

/// Gives each numbered step the number of its place. Text that stands under it stays under it.
pub(super) fn edits(reading: &Reading<'_>, procedures: &[Procedure]) -> Vec<(Span, String)> {
    let passages = reading.outline.passages.iter();
    let nodes: HashMap<&SegmentId, u32> = passages.filter_map(|(number, side)| Some((number, side.node?))).collect();
    let mut renumberer = Renumberer { reading, nodes, edits: Vec::new() };
    procedures.iter().flat_map(|it| &it.steps).for_each(|step| renumberer.step(step));
    renumberer.edits
}

struct Renumberer<'r, 'd> {
    reading: &'r Reading<'d>,
    nodes: HashMap<&'r SegmentId, u32>,
    edits: Vec<(Span, String)>,
}

impl Renumberer<'_, '_> {
    fn step(&mut self, step: &Step) {
        self.number(step);
        step.inner().iter().for_each(|step| self.step(step));
    }

    fn number(&mut self, step: &Step) -> Option<()> {
        let (document, tree) = (self.reading.document, &self.reading.document.tree);
        let written: u32 = step.written.as_ref()?.parse().ok()?;
        let node = *self.nodes.get(step.segments.first()?)? as usize;
        let item = tree.ancestors(node).find(|&at| matches!(tree.nodes[at].kind, NodeKind::Item { .. }))?;
        let NodeKind::Item { number: Some(number), marker, .. } = tree.nodes[item].kind else { return None };
        if number != written || written == step.ordinal {
            return None;
        }
        let sign = document.slice(marker).trim_start_matches(|it: char| it.is_ascii_digit()).to_owned();
        let mut text = format!("{}{sign}", step.ordinal);
        let (old, new) = (marker.len(), text.len());
        let mut span = marker;
        if new < old {
            text.push_str(&" ".repeat(old - new));
        }
        let behind = &document.source.text()[marker.end as usize..];
        let spaces = behind.len() - behind.trim_start_matches(' ').len();
        let wider = new.saturating_sub(old);
        if spaces > wider {
            span.end += wider as u32;
        } else {
            let in_quote = |at: usize| matches!(tree.nodes[at].kind, NodeKind::Quote | NodeKind::Alert { .. });
            let whole = tree.nodes[item].span;
            let lines =
                document.slice(whole).trim_end().match_indices('\n').map(|(at, _)| whole.start as usize + at + 1);
            let lines: Vec<usize> =
                lines.filter(|&at| !document.source.text()[at..].starts_with(['\n', '\r'])).collect();
            // What stands behind the marks of a quote cannot be moved.
            if !lines.is_empty() && tree.ancestors(item).any(in_quote) {
                return None;
            }
            self.edits.extend(lines.into_iter().map(|at| (Span::at(at), " ".repeat(wider))));
        }
        self.edits.push((span, text));
        Some(())
    }
}
