//! What the search is to know of an article and of its questions.

use super::article::Maker;
use super::html::fragment_of;
use super::search::Found;
use super::split::Piece;
use super::view::{Label, Way};
use crate::render::prose;
use crate::render::topic::{Slot, State, joined};

impl Maker<'_> {
    pub(super) fn found_topic(&self, name: &str, label: &Label, crumbs: &[Way]) -> Found {
        let way: Vec<&str> = crumbs.iter().skip(1).take(crumbs.len().saturating_sub(2)).map(|it| &*it.text).collect();
        let sections = self.article.sections.iter().zip(&self.parts.sections);
        let mut slots: Vec<&Slot> = Vec::new();
        let mut headings = Vec::new();
        for (section, pieces) in sections.filter(|(it, _)| !it.is_question) {
            headings.push(joined(&section.title, |it| it.text.clone()));
            for piece in pieces {
                if let Piece::Block(block) = piece {
                    slots.extend(prose::slots(std::slice::from_ref(&**block)));
                }
            }
        }
        Found {
            href: name.to_owned(),
            title: label.text.clone(),
            lang: label.lang.clone(),
            way: way.join(" › "),
            headings: headings.join("\n"),
            text: read(slots),
        }
    }

    pub(super) fn found_questions(&self, name: &str, label: &Label) -> Vec<Found> {
        let found = self.article.questions.iter().map(|it| {
            let own = Label::of(&it.question);
            Found {
                href: format!("{name}#{}", fragment_of(&it.head.section)),
                title: own.text,
                lang: own.lang,
                way: label.text.clone(),
                headings: String::new(),
                text: read(it.answer.iter().flatten()),
            }
        });
        found.collect()
    }
}

/// Stands before what fell back to the source: the search shows it with a mark.
const FALLBACK: char = '\u{E000}';

/// Texts as the search has them: what is no sentence keeps apart from the next.
pub(super) fn read<'s>(slots: impl IntoIterator<Item = &'s Slot>) -> String {
    let mut text = String::new();
    for slot in slots.into_iter().filter(|it| !it.text.is_empty()) {
        if !text.is_empty() && (slot.is_spaced || text.ends_with(char::is_alphanumeric)) {
            text.push(' ');
        }
        if slot.state == State::Fallback {
            text.push(FALLBACK);
        }
        text.push_str(&slot.text);
    }
    text
}
