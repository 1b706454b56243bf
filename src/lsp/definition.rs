//! `textDocument/definition` and `declaration`: the segment on the other side. From a translation that
//! is its source, from a source all its translations.

use gen_lsp_types::{DefinitionParams, Location, LocationLink};
use serde_json::Value;

use super::clerk::Clerk;
use super::view::View;
use super::{Refused, params, result};

pub(super) fn answer(view: Option<&View>, asked: Value, _: &Clerk) -> Result<Value, Refused> {
    let position = params::<DefinitionParams>(asked)?.text_document_position_params.position;
    let Some(view) = view else { return Ok(Value::Null) };
    let Some(at) = view.back(position) else { return Ok(Value::Null) };
    let mut links = Vec::new();
    for hit in view.hits(at) {
        let (own, other) = if hit.in_target { (hit.target, hit.source) } else { (hit.source, hit.target) };
        let Some(place) = other.and_then(|side| view.location(side.document, side.span)) else { continue };
        links.push((own.and_then(|side| view.range(side.span)), place));
    }
    match links.as_slice() {
        [] => Ok(Value::Null),
        _ if view.client.links => result(links.into_iter().map(link).collect::<Vec<_>>()),
        [(_, place)] => result(place),
        _ => result(links.into_iter().map(|(_, place)| place).collect::<Vec<_>>()),
    }
}

fn link((origin_selection_range, Location { uri, range }): (Option<gen_lsp_types::Range>, Location)) -> LocationLink {
    LocationLink { origin_selection_range, target_uri: uri, target_range: range, target_selection_range: range }
}
