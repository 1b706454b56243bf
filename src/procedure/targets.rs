//! The UI elements of an order: labels, the paths that lead to them, what kind of control they are.

use std::ops::Range;

use super::model::{Action, LabelPlace, Texts, UiTarget};
use super::orders::Reader;
use crate::termbase::{Marked, TokenKind, is_path_sign};

/// Where something is to be done: labels, outermost first.
#[derive(Clone, Debug, Default)]
pub struct Place {
    labels: Vec<Named>,
    control: Option<String>,
    /// Whether it stands as a title before the order: `**Name**: enter …`.
    is_title: bool,
}

impl Place {
    /// The same, as a title.
    pub fn titled(self) -> Place {
        Place { is_title: true, ..self }
    }

    /// This place, and another one in it.
    pub fn then(mut self, inner: Place) -> Place {
        self.labels.extend(inner.labels);
        self.control = inner.control.or(self.control);
        self.is_title |= inner.is_title;
        self
    }
}

/// A label with its place.
#[derive(Clone, Debug)]
struct Named {
    text: String,
    at: LabelPlace,
    href: Option<String>,
}

/// A target as it is read: its labels, outermost first, and what leads to them.
#[derive(Debug, Default)]
struct Draft {
    labels: Vec<Named>,
    parents: Vec<Named>,
    control: Option<String>,
}

/// The place that some tokens name.
pub fn place(reader: &Reader<'_>, range: Range<usize>) -> Place {
    let drafts = drafts(reader, range);
    let control = drafts.last().and_then(|draft| draft.control.clone());
    let labels = drafts.into_iter().flat_map(|draft| draft.parents.into_iter().chain(draft.labels)).collect();
    Place { labels, control, is_title: false }
}

/// The actions of a verb with this object.
pub fn actions(reader: &Reader<'_>, verb: &str, range: Range<usize>, place: Place) -> Vec<Action> {
    let action = || Action { verb: verb.to_owned(), segment: reader.segment.clone(), ..Action::default() };
    let sentence = reader.sentence;
    let first = range.clone().find(|&at| sentence.label(at).is_some());
    let mut drafts = drafts(reader, range.clone());
    if reader.words.off_screen.has(verb) {
        // "use **Product Support** incidents" names no button, "use **Add another**" may.
        let alone = first.is_some_and(|at| {
            let slanted = sentence.label(at).is_some_and(|label| label.slanted);
            at == range.start && at + 1 == range.end && !slanted
        });
        drafts.retain(|draft| draft.control.is_some() || alone);
    }
    if drafts.is_empty() {
        let object = object(reader, range.clone());
        let follows = reader.words.leading.has(verb) || reader.words.linked.has(verb);
        if follows && let Some((text, href)) = sentence.link(range.clone()).filter(|(text, _)| !text.is_empty()) {
            let behind = range.clone().find(|&at| sentence.tokens[at].range.start >= link_end(reader, &range));
            let control = behind.and_then(|at| control_at(reader, at)).unwrap_or_else(|| "link".into());
            let label = Texts::from([(String::new(), text.to_owned())]);
            let path = place.labels.iter().map(Named::texts).collect();
            let target = UiTarget { label, path, control: Some(control), href: Some(href.to_owned()), at: Vec::new() };
            return vec![Action { target: Some(target), ..action() }];
        }
        // "**Customer action:** ensure that": a title, and no field.
        let is_field = reader.words.giving.has(verb) || reader.words.choosing.has(verb);
        let place = if place.is_title && !is_field { Place::default() } else { place };
        // "In **Name**, enter a name": the place is what it is done to.
        let target = target(Draft { labels: place.labels, control: place.control, ..Draft::default() }, Vec::new());
        return vec![Action { target, object, ..action() }];
    }
    // "Enter the name in the **Name** field"
    let before = first.map_or("", |first| object_before(reader, range.start..first));
    let object = (!before.is_empty()).then(|| before.to_owned());
    let lead = place.labels;
    let mut all = Vec::new();
    for draft in drafts {
        let target = target(draft, lead.clone());
        let object = object.clone().filter(|_| all.is_empty());
        all.push(Action { target, object, ..action() });
    }
    all
}

/// The labels in some tokens.
fn drafts(reader: &Reader<'_>, range: Range<usize>) -> Vec<Draft> {
    let sentence = reader.sentence;
    let mut drafts: Vec<Draft> = Vec::new();
    // The first draft that a following "from **X**" speaks of, and whether we stand behind it.
    let (mut group, mut behind) = (0, false);
    let mut joined = false;
    let is_aside = |at: usize| sentence.phrase(&reader.words.beside, at).is_some();
    for at in range.clone() {
        match &sentence.tokens[at].kind {
            TokenKind::Label(marked)
                if marked.weak && at > range.start && control(reader, at, range.start).is_none() => {}
            TokenKind::Label(marked) => {
                let named = names(reader, marked);
                let control = control(reader, at, range.start);
                let path = at > range.start && sentence.sign(at - 1).is_some_and(is_path_sign);
                match drafts.last_mut() {
                    Some(draft) if path && behind => draft.parents.extend(named),
                    Some(draft) if path => {
                        draft.labels.extend(named);
                        draft.control = control.or(draft.control.take());
                    }
                    Some(_) if behind && !joined => {
                        for draft in &mut drafts[group..] {
                            draft.parents.extend(named.clone());
                        }
                    }
                    _ => {
                        if behind {
                            (group, behind) = (drafts.len(), false);
                        }
                        drafts.push(Draft { labels: named, parents: Vec::new(), control });
                    }
                }
                joined = false;
            }
            TokenKind::Sign => joined |= sentence.sign(at) == Some(','),
            TokenKind::Word => {
                // "Sign in to **Portal** using the **New** account"
                if !drafts.is_empty() && is_aside(at) {
                    break;
                }
                if sentence.phrase(&reader.words.joints, at).is_some() {
                    joined = true;
                } else if !drafts.is_empty() && sentence.phrase(&reader.words.under, at).is_some() {
                    (behind, joined) = (true, false);
                }
            }
        }
    }
    drafts
}

fn names(reader: &Reader<'_>, marked: &Marked) -> Vec<Named> {
    let at = |part| LabelPlace { passage: reader.passage, span: marked.span, part };
    let named = |(part, text): (usize, &String)| Named { text: text.clone(), at: at(part), href: marked.href.clone() };
    marked.parts.iter().enumerate().map(named).collect()
}

impl Named {
    fn texts(&self) -> Texts {
        Texts::from([(String::new(), self.text.clone())])
    }
}

/// The last label is what is meant, those before it lead there.
fn target(draft: Draft, lead: Vec<Named>) -> Option<UiTarget> {
    let mut all: Vec<Named> = lead.into_iter().chain(draft.parents).chain(draft.labels).collect();
    let own = all.pop()?;
    let mut at: Vec<LabelPlace> = all.iter().map(|it| it.at).collect();
    at.push(own.at);
    let path = all.iter().map(Named::texts).collect();
    Some(UiTarget { label: own.texts(), path, control: draft.control, href: own.href, at })
}

/// What kind of control the words beside the label at a token name.
pub(super) fn control(reader: &Reader<'_>, at: usize, from: usize) -> Option<String> {
    control_at(reader, at + 1).or_else(|| control_before(reader, at, from))
}

/// What kind of control the words at a token name.
fn control_at(reader: &Reader<'_>, at: usize) -> Option<String> {
    let find = |at| reader.words.controls.at(reader.sentence.words(at)).map(|(_, name)| name.to_owned());
    find(at).filter(|_| at < reader.end)
}

/// "the tab **Users**"
fn control_before(reader: &Reader<'_>, at: usize, from: usize) -> Option<String> {
    let before = (from.max(at.saturating_sub(2))..at).find(|&before| {
        let length = reader.words.controls.at(reader.sentence.words(before)).map(|(length, _)| length);
        let comma = usize::from(reader.sentence.sign(at - 1) == Some(','));
        length == Some(at - before - comma)
    })?;
    control_at(reader, before)
}

/// Where the first link in some tokens ends, in the text.
fn link_end(reader: &Reader<'_>, range: &Range<usize>) -> usize {
    let from = reader.sentence.tokens.get(range.start).map_or(0, |token| token.range.start);
    let ends = reader.sentence.links.iter().map(|(link, _)| link.end);
    ends.filter(|&end| end > from).min().unwrap_or(usize::MAX)
}

/// What stands before a label, without the words that only lead to it.
fn object_before<'a>(reader: &Reader<'a>, range: Range<usize>) -> &'a str {
    let is_place = |at: usize| reader.sentence.phrase(&reader.words.under, at).is_some();
    let Some(last) = range.clone().rev().find(|&at| is_place(at)) else { return "" };
    reader.bare(range.start..last)
}

fn object(reader: &Reader<'_>, mut range: Range<usize>) -> Option<String> {
    let (words, sentence) = (reader.words, reader.sentence);
    let first = range.start;
    let hangs = |at: usize| {
        let sign = sentence.sign(at).is_some_and(|it| matches!(it, ',' | ':' | ';' | '-' | '–' | '—'));
        let alone = at == first && sentence.phrase(&words.under, at) == Some(1);
        sign || alone || [&words.joints, &words.purposes].iter().any(|it| sentence.phrase(it, at) == Some(1))
    };
    while range.end > range.start && hangs(range.end - 1) {
        range.end -= 1;
    }
    let text = reader.bare(range);
    (!text.is_empty()).then(|| text.to_owned())
}
