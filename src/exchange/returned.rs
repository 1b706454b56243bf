//! What comes back from a translation tool, and what is to be done with it.

use super::atoms::Inside;
use super::merge::Refusal;
use super::text::{Part, Shape, Text, numbers};
use super::{File, Unit};
use crate::bitext;
use crate::document::Side;
use crate::text::Span;

/// What came back for one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// The translated article, as it was named when it left.
    pub path: String,
    /// Its units, in any order; a unit that did not come back is left as it is.
    pub units: Vec<ReturnedUnit>,
}

/// A unit that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedUnit {
    /// Its id.
    pub id: String,
    /// The lock that left with it: 32 hex digits, or 16 where only the bytes of the target are
    /// locked. `None` where the tool lost it.
    pub lock: Option<String>,
    /// The source as it left, where the format has it.
    pub source: Option<NewText>,
    /// The target.
    pub target: NewText,
}

/// A target or source that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewText {
    /// Text and codes.
    Tagged(Vec<NewPart>),
    /// Text with its markup, as it is to be written in the article.
    Literal(String),
    /// What its format has no one text for, and why.
    Unreadable(String),
}

/// A piece of what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewPart {
    /// Text.
    Text(String),
    /// A code, or half of a pair.
    Code {
        /// Its number.
        number: u32,
        /// Which half.
        shape: Shape,
    },
}

/// How a format writes markup: each has a lock of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As inline codes.
    Tagged,
    /// As it is written in the article.
    Literal,
}

impl NewText {
    /// The text that leaves, as it would come back untouched.
    pub fn of(text: &Text, form: Form) -> Self {
        let part = |part: &Part| match part {
            Part::Text(text) => NewPart::Text(text.clone()),
            Part::Code(code) => NewPart::Code { number: code.number, shape: code.shape },
        };
        match form {
            Form::Tagged => NewText::Tagged(text.parts.iter().map(part).collect()),
            Form::Literal => NewText::Literal(text.literal.clone()),
        }
    }

    /// Codes and characters in one line, so that equal texts are equal: text is joined, and white
    /// space at the ends left out.
    fn key(&self) -> String {
        match self {
            NewText::Literal(text) => text.trim().to_owned(),
            NewText::Unreadable(reason) => format!("\u{2}{reason}"),
            NewText::Tagged(parts) => {
                let mut key = String::new();
                for part in parts {
                    match part {
                        NewPart::Text(text) => key.push_str(text),
                        NewPart::Code { number, shape } => {
                            let shape = match shape {
                                Shape::Open => '(',
                                Shape::Close => ')',
                                Shape::Alone => '.',
                            };
                            key.push('\u{1}');
                            key.push_str(&number.to_string());
                            key.push(shape);
                        }
                    }
                }
                key.trim().to_owned()
            }
        }
    }

    /// Its letters alone: tools may fold white space of a source.
    fn letters(&self) -> String {
        self.key().split_whitespace().collect()
    }

    /// Whether it is the same text.
    pub fn same(&self, other: &NewText) -> bool {
        self.key() == other.key()
    }

    fn form(&self) -> Form {
        match self {
            NewText::Tagged(_) => Form::Tagged,
            NewText::Literal(_) | NewText::Unreadable(_) => Form::Literal,
        }
    }

    /// Whether nothing came back.
    pub fn is_empty(&self) -> bool {
        self.key().is_empty()
    }
}

impl Unit {
    /// What a format writes beside a unit, so that it can be told later whether the article, the
    /// translation or both have changed: 32 hex digits, half of them for the bytes of the target and
    /// half for its text in this form. Empty where there is no target.
    pub fn lock(&self, form: Form) -> String {
        match &self.target {
            Some(target) => format!("{}{}", self.side_lock, digest(&NewText::of(target, form))),
            None => String::new(),
        }
    }
}

fn digest(text: &NewText) -> String {
    let mut hex = blake3::hash(text.key().as_bytes()).to_hex().to_string();
    hex.truncate(16);
    hex
}

/// What is to be done with a unit that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The article says so already.
    Unchanged,
    /// The article has changed since the export, and what came back has not: the article is kept.
    Kept,
    /// The target is to be rewritten.
    Edit(NewText),
    /// It is not used.
    Refused(Refusal),
}

/// Holds what came back against the unit as it is in the article now.
pub fn judge(unit: &bitext::Unit<'_>, returned: &ReturnedUnit) -> Verdict {
    let Some(target) = &unit.target else { return Verdict::Refused(Refusal::NoPlace) };
    if let NewText::Unreadable(reason) = &returned.target {
        return Verdict::Refused(Refusal::Unreadable(reason.clone()));
    }
    let form = returned.target.form();
    let (source, now) = texts(unit);
    let current = NewText::of(&now, form);
    if current.same(&returned.target) {
        return Verdict::Unchanged;
    }
    // What left without a translation and came back so.
    if returned.target.is_empty() && now.is_empty() {
        return Verdict::Unchanged;
    }
    let Some(lock) = returned.lock.as_deref().filter(|lock| lock.len() >= 16 && lock.is_ascii()) else {
        return Verdict::Refused(Refusal::NoLock);
    };
    let (bytes, text) = lock.split_at(16);
    if !text.is_empty() && text == digest(&returned.target) {
        return Verdict::Kept;
    }
    if bytes != target.lock() {
        return Verdict::Refused(Refusal::Conflict { current: now.literal });
    }
    if let Some(was) = &returned.source {
        let is = NewText::of(&source, was.form());
        if is.letters() != was.letters() {
            return Verdict::Refused(Refusal::SourceChanged);
        }
    }
    if returned.target.is_empty() {
        return Verdict::Refused(Refusal::Empty);
    }
    Verdict::Edit(returned.target.clone())
}

/// Both sides of a unit, with their codes numbered alike.
pub(super) fn texts(unit: &bitext::Unit<'_>) -> (Text, Text) {
    let (source, target) = (Reading::of(unit.source.as_ref()), Reading::of(unit.target.as_ref()));
    let (of_source, of_target) = numbers(&source.tagged.atoms, &target.tagged.atoms);
    let text = |side: &Reading<'_>, numbers| Text::of(&side.tagged, &side.literal, numbers);
    (text(&source, &of_source), text(&target, &of_target))
}

/// A side in both forms; nothing, where there is none.
struct Reading<'a> {
    tagged: Inside<'a>,
    literal: Inside<'a>,
}

impl<'a> Reading<'a> {
    fn of(side: Option<&Side<'a>>) -> Self {
        let none = || Inside { span: Span::default(), atoms: Vec::new() };
        Reading { tagged: side.map_or_else(none, Inside::tagged), literal: side.map_or_else(none, Inside::literal) }
    }
}

impl Returned {
    /// What an export would bring back untouched.
    pub fn untouched(file: &File, form: Form) -> Self {
        let unit = |unit: &Unit| {
            Some(ReturnedUnit {
                id: unit.id.clone(),
                lock: Some(unit.lock(form)),
                source: Some(NewText::of(&unit.source, form)),
                target: NewText::of(unit.target.as_ref()?, form),
            })
        };
        Returned { path: file.path.clone(), units: file.units.iter().filter_map(unit).collect() }
    }
}
