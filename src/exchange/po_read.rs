//! gettext PO, back.

use super::po::NO_PLACE;
use super::xml::unpercent;
use super::{NewText, Returned, ReturnedUnit};
use crate::notation::{PoEntry, ReadError, po_entries};

/// Reads what came back. The header is left out; what is fuzzy came back, too.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let entries: Vec<PoEntry> = po_entries(bytes)?.into_iter().filter(|it| !it.is_header()).collect();
    let is_foreign = !entries.is_empty();
    let mut found: Vec<Returned> = Vec::new();
    for entry in entries {
        let Some((path, unit)) = unit(entry) else { continue };
        match found.last_mut() {
            Some(last) if last.path == path => last.units.push(unit),
            _ => found.push(Returned { path, units: vec![unit] }),
        }
    }
    if found.is_empty() && is_foreign {
        return Err(ReadError("none of its entries says which article it is of".to_owned()));
    }
    Ok(found)
}

/// The unit of an entry, with its article.
fn unit(entry: PoEntry) -> Option<(String, ReturnedUnit)> {
    let (home, place) = homes(&entry.comments);
    let (lock, path) = match (home, place) {
        (Some((lock, path)), _) => (Some(lock), path),
        (None, Some(path)) => (None, path),
        (None, None) => return None,
    };
    if lock.as_deref() == Some(NO_PLACE) && entry.text.is_empty() {
        return None;
    }
    let (_, id) = entry.context.as_deref()?.split_once('#')?;
    let target = match entry.is_plural {
        true => NewText::Unreadable("it has plural forms, which a sentence of an article does not".to_owned()),
        false => NewText::Literal(entry.text),
    };
    let lock = lock.filter(|it| it != NO_PLACE);
    Some((path, ReturnedUnit { id: id.to_owned(), lock, source: Some(NewText::Literal(entry.id)), target }))
}

/// The lock and the path of our comment; the path alone of the reference.
fn homes(comments: &[(char, String)]) -> (Option<(String, String)>, Option<String>) {
    let (mut home, mut place) = (None, None);
    for (mark, rest) in comments {
        if *mark == ':' {
            let name = match rest.strip_prefix('\u{2068}').and_then(|it| it.split('\u{2069}').next()) {
                Some(name) => Some(name),
                None => rest.split_whitespace().next().and_then(|it| it.rsplit_once(':')).map(|(name, _)| name),
            };
            place = place.or(name.map(unpercent));
        }
        let ours = rest.strip_prefix("hexapla ").and_then(|it| it.split_once(' '));
        if let (Some((lock, path)), None, ' ' | '.') = (ours, &home, mark) {
            home = Some((lock.to_owned(), unpercent(path)));
        }
    }
    (home, place)
}
