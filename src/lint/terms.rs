//! How findings speak of the terms of a termbase.

use crate::termbase::Bases;
use crate::termbase::base::{Glossary, Hit, Named, Reading, Status, Termbase};

/// The words of a text. What is part of a longer name that stays as it is is none.
pub(super) fn found<'g>(bases: &Bases, words: &'g Glossary, reading: &Reading) -> Vec<Hit<'g>> {
    let mut found = words.find(reading);
    if !found.is_empty() && !bases.names.is_empty() {
        let names = bases.names.find(reading);
        let is_part = |it: &Hit<'_>| {
            let around = |name: &Hit<'_>| name.start <= it.start && it.end <= name.end;
            names.iter().any(|name| around(name) && name.end - name.start > it.end - it.start)
        };
        found.retain(|it| !is_part(it));
    }
    found
}

/// The words to use, as a message lists them: the preferred ones, or the others where there is none.
/// `None` where there is no word.
pub(super) fn listed<'n>(words: impl Iterator<Item = &'n Named>) -> Option<String> {
    let words: Vec<&Named> = words.collect();
    let preferred: Vec<&&Named> = words.iter().filter(|it| it.term.status == Status::Preferred).collect();
    let shown = if preferred.is_empty() { words.iter().collect() } else { preferred };
    let names: Vec<String> = shown.iter().map(|it| format!("“{}”", it.term.text.trim_end_matches('*'))).collect();
    (!names.is_empty()).then(|| one_of(&names))
}

/// Some words, of which one is to be taken.
pub(super) fn one_of(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What the termbase says about a term to a person, and where.
pub(super) fn meant(base: &Termbase, hit: &Hit<'_>) -> Option<String> {
    let concept = base.concepts.get(hit.named.concept)?;
    let note = hit.named.term.note.as_ref().or(concept.note.as_ref())?;
    Some(format!("{}: {note}", concept.file))
}
