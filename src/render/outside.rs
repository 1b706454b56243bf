//! What a bilingual article says outside of its spans, or only inside of a link: the texts of images
//! and the headings of tabs.

use std::collections::HashMap;

use crate::bitext::Bitext;
use crate::document::{Role, Side};
use crate::markdown::InlineKind;

/// What stands in a translation for a segment that no unit holds.
pub(super) enum Found<'a> {
    /// This, whole.
    Whole(Side<'a>),
    /// This is the text of the link that the segment is, with its address.
    Linked(Side<'a>, String),
}

/// The texts of a bilingual article beside its units.
pub(super) struct Outside<'a> {
    /// By the address of the image.
    images: HashMap<&'a str, Side<'a>>,
    /// The targets of units, by their sources.
    units: HashMap<&'a str, Side<'a>>,
}

impl<'a> Outside<'a> {
    pub fn of(bitext: &Bitext<'a>) -> Self {
        let mut outside = Outside { images: HashMap::new(), units: HashMap::new() };
        let document = bitext.target;
        if !document.is_bilingual() {
            return outside;
        }
        for (index, segment) in document.segments.iter().enumerate() {
            if segment.role == Role::Only && segment.entry.is_none() {
                let side = document.side(index);
                outside.images.extend(image(&side).map(|it| (it, side)));
            }
        }
        for unit in &bitext.units {
            let (Some(source), Some(target)) = (unit.source, unit.target) else { continue };
            outside.units.entry(source.raw().trim()).or_insert(target);
        }
        outside
    }

    /// What stands there for a segment of the source.
    pub fn find(&self, source: &Side<'_>) -> Option<Found<'a>> {
        if let Some(found) = image(source).and_then(|image| self.images.get(image)) {
            return Some(Found::Whole(*found));
        }
        let (first, last) = (source.inlines.first()?, source.inlines.last()?);
        let (InlineKind::LinkOpen { target }, InlineKind::LinkClose { .. }) = (&first.kind, &last.kind) else {
            return None;
        };
        let text = source.document.source.text().get(first.span.end as usize..last.span.start as usize)?;
        let found = self.units.get(text.trim()).filter(|it| !it.text().trim().is_empty())?;
        Some(Found::Linked(*found, source.document.slice(*target).to_owned()))
    }
}

/// The address of the image that a segment is.
fn image<'a>(side: &Side<'a>) -> Option<&'a str> {
    match (&side.inlines.first()?.kind, &side.inlines.last()?.kind) {
        (InlineKind::ImageOpen { target }, InlineKind::ImageClose { .. }) => Some(side.document.slice(*target)),
        _ => None,
    }
}
