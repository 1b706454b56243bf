//! `textDocument/inlayHint`: the source text behind each segment of a translation. Off unless the user
//! wants it.

use gen_lsp_types::{InlayHint, InlayHintParams, Label, Tooltip};
use serde_json::Value;

use super::clerk::Clerk;
use super::view::View;
use super::{Refused, params, result};
use crate::text::Span;

/// So many characters of a source are shown; the rest when the mouse rests on it.
const SHOWN: usize = 60;

pub(super) fn answer(view: Option<&View>, asked: Value, _: &Clerk) -> Result<Value, Refused> {
    let wanted = params::<InlayHintParams>(asked)?.range;
    let Some(view) = view.filter(|it| it.client.options.inlay_hints) else { return Ok(Value::Null) };
    let (Some(look), Some((own, _))) = (&view.look, view.document()) else { return Ok(Value::Null) };
    let wanted = view.lines.span(wanted);
    let state = look.state(&view.opened);
    let mut hints = Vec::new();
    for pairing in look.it.pairings.iter().filter(|it| it.target == own) {
        for pair in &pairing.units {
            let (Some(source), Some(target)) = (look.it.side(&pair.source), look.it.side(&pair.target)) else {
                continue;
            };
            // What was typed into a segment is still a translation of its source.
            let Some(Span { end, .. }) = view.opened.edits.stretched(state, target.span) else { continue };
            if end < wanted.start || end > wanted.end {
                continue;
            }
            let text = source.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let is_long = text.chars().count() > SHOWN;
            let shown: String = text.chars().take(SHOWN).collect();
            hints.push(InlayHint {
                position: view.lines.position(end),
                label: Label::String(if is_long { format!("{}…", shown.trim_end()) } else { shown }),
                kind: None,
                text_edits: None,
                tooltip: is_long.then_some(Tooltip::String(text)),
                padding_left: Some(true),
                padding_right: Some(true),
                data: None,
            });
        }
    }
    hints.sort_by_key(|it| it.position);
    result(hints)
}
