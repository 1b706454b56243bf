//! The texts of the editor: opened, changed piece by piece, closed.

use std::path::Path;
use std::sync::Arc;

use gen_lsp_types::Range;
use serde::Deserialize;

use super::address::path_of;
use super::edits::{Change, Edits, difference};
use super::positions::Lines;
use super::world::{Opened, World};
use crate::document::Format;

/// What the client says of a text that it opens, changes, saves or closes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told {
    text_document: Item,
    #[serde(default)]
    content_changes: Vec<Piece>,
}

#[derive(Debug, Deserialize)]
struct Item {
    uri: String,
    #[serde(default)]
    version: Option<i32>,
    #[serde(default)]
    text: String,
}

/// A piece of a text and what takes its place; the whole text, where no range is said.
#[derive(Debug, Deserialize)]
struct Piece {
    #[serde(default)]
    range: Option<Range>,
    text: String,
}

impl Told {
    /// The address of the text.
    pub(super) fn address(&self) -> &str {
        &self.text_document.uri
    }
}

/// Opens a text; `None` where it is no article of ours: no file, or none of the kinds that we read.
pub(super) fn open(world: &mut World, told: Told) -> Option<Opened> {
    let Item { uri, version, text } = told.text_document;
    let path = path_of(&uri)?;
    Format::of_path(&path.to_string_lossy())?;
    let root: Arc<Path> = world.root_of(&path).into();
    let name = path.strip_prefix(&*root).ok()?.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let edits = Edits::from(world.next_state);
    // As many states as a text will ever have lie between two texts.
    world.next_state += 1 << 32;
    let version = version.unwrap_or_default();
    let (address, name): (Arc<str>, Arc<str>) = (uri.into(), name.into());
    let opened = Opened { address: address.clone(), root, name, text: text.into(), version, edits };
    world.texts.insert(address, opened.clone());
    Some(opened)
}

/// Changes a text; `None` where it was never opened.
pub(super) fn change(world: &mut World, told: Told) -> Option<Opened> {
    let encoding = world.client.encoding;
    let opened = world.texts.get_mut(told.text_document.uri.as_str())?;
    for Piece { range, text: piece } in told.content_changes {
        let (text, change) = match range {
            None => {
                let change = difference(&opened.text, &piece);
                (piece, change)
            }
            Some(range) => {
                let lines = Lines::new(opened.text.clone(), encoding);
                let old = lines.span(range);
                let mut text = String::with_capacity(opened.text.len() + piece.len());
                text.push_str(&opened.text[..old.range().start]);
                text.push_str(&piece);
                text.push_str(&opened.text[old.range().end..]);
                (text, Change { old, new: piece.len() as u32 })
            }
        };
        opened.text = text.into();
        opened.edits.push(change);
    }
    opened.version = told.text_document.version.unwrap_or(opened.version + 1);
    Some(opened.clone())
}

/// Closes a text; what is on disk counts again.
pub(super) fn close(world: &mut World, told: &Told) -> Option<Opened> {
    let opened = world.texts.remove(told.address())?;
    if let Some(project) = world.projects.get_mut(&opened.root) {
        project.looks.remove(&opened.name);
        project.failed.remove(&opened.name);
    }
    Some(opened)
}
