//! Text and codes → bytes of an article. What did not change keeps its bytes; new characters are
//! written as the article writes them, and marked as text where they would be markup.

use std::collections::{BTreeMap, BTreeSet};

use super::atoms::{Atom, Inside, What};
use super::text::{Numbers, Shape};
use super::{NewPart, Refusal};
use crate::markdown::ScalarStyle;

/// A character or code that is to stand in the article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// A character, or a code with its number on both sides.
    pub what: What,
    /// The bytes of a code; of a character, where they are to stay.
    pub raw: Option<&'a str>,
}

/// How careful characters are written, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// As the article writes them.
    Habit,
    /// Behind a backslash where they may be markup.
    Backslash,
    /// As entities where they may be markup.
    Entity,
    /// As a YAML value in double quotes; what stands in quotes already is escaped for them.
    Quotes(Option<ScalarStyle>),
}

/// The atoms of a side with the numbers that its codes have on both sides.
pub(super) fn numbered<'a>(inside: &Inside<'a>, numbers: &Numbers) -> Vec<Atom<'a>> {
    let renumber = |atom: &Atom<'a>| match atom.what {
        What::Code { number, shape, kind } => {
            let number = numbers.0.get(number as usize).copied().unwrap_or_default();
            Atom { what: What::Code { number, shape, kind }, ..*atom }
        }
        What::Char(_) => *atom,
    };
    inside.atoms.iter().map(renumber).collect()
}

/// What is to stand in the article: the characters and codes that came back, with the bytes of
/// the codes, and of all that is equal at both ends.
///
/// # Errors
/// When codes are unknown, twice there, missing or crossed, or a character cannot stand in a segment.
pub(super) fn wanted<'a>(
    parts: &[NewPart],
    current: &[Atom<'a>],
    source: &[Atom<'a>],
) -> Result<Vec<Wanted<'a>>, Refusal> {
    let codes = check_codes(parts, current, source)?;
    let mut goal: Vec<Wanted<'a>> = Vec::new();
    for part in parts {
        match part {
            NewPart::Text(text) => {
                for it in text.chars() {
                    if matches!(it, '\n' | '\r') {
                        return Err(Refusal::LineBreak);
                    }
                    if it.is_control() && it != '\t' {
                        return Err(Refusal::Control(it));
                    }
                    goal.push(Wanted { what: What::Char(it), raw: None });
                }
            }
            NewPart::Code { number, shape } => {
                let atom = codes[&(*number, *shape)];
                goal.push(Wanted { what: atom.what, raw: Some(atom.raw) });
            }
        }
    }
    trim(&mut goal);
    let same = |wanted: &Wanted<'_>, atom: &Atom<'_>| wanted.what == atom.what;
    let before = goal.iter().zip(current).take_while(|(wanted, atom)| same(wanted, atom)).count();
    let left = goal.len().min(current.len()) - before;
    let backwards = goal.iter().rev().zip(current.iter().rev()).take(left);
    let after = backwards.take_while(|(wanted, atom)| same(wanted, atom)).count();
    let length = goal.len();
    for (wanted, atom) in goal[..before].iter_mut().zip(current) {
        wanted.raw = Some(atom.raw);
    }
    for (wanted, atom) in goal[length - after..].iter_mut().zip(&current[current.len() - after..]) {
        wanted.raw = Some(atom.raw);
    }
    Ok(goal)
}

/// White space at the ends belongs to the article.
fn trim(goal: &mut Vec<Wanted<'_>>) {
    let is_space = |wanted: &Wanted<'_>| matches!(wanted.what, What::Char(it) if it.is_whitespace());
    let last = goal.iter().rposition(|it| !is_space(it)).map_or(0, |at| at + 1);
    goal.truncate(last);
    let first = goal.iter().position(|it| !is_space(it)).unwrap_or(0);
    goal.drain(..first);
}

/// The codes that may stand in a target, by number and half; those that came back fit them.
fn check_codes<'s, 'a>(
    parts: &[NewPart],
    current: &'s [Atom<'a>],
    source: &'s [Atom<'a>],
) -> Result<BTreeMap<(u32, Shape), &'s Atom<'a>>, Refusal> {
    let mut known: BTreeMap<(u32, Shape), &Atom<'a>> = BTreeMap::new();
    let (mut here, mut there) = (BTreeSet::new(), BTreeSet::new());
    for (atoms, numbers) in [(source, &mut there), (current, &mut here)] {
        for atom in atoms {
            if let What::Code { number, shape, .. } = atom.what {
                numbers.insert(number);
                known.insert((number, shape), atom);
            }
        }
    }
    // A code of the target that the source has, too, but in another shape, is the target's.
    known.retain(|(number, _), atom| !here.contains(number) || current.iter().any(|it| std::ptr::eq(it, *atom)));
    let mut met = BTreeSet::new();
    let mut open = Vec::new();
    for part in parts {
        let NewPart::Code { number, shape } = part else { continue };
        if !known.contains_key(&(*number, *shape)) {
            return Err(Refusal::UnknownCode(*number));
        }
        if !met.insert((*number, *shape)) {
            return Err(Refusal::CodeTwice(*number));
        }
        match shape {
            Shape::Open => open.push(*number),
            Shape::Close if open.pop() != Some(*number) => return Err(Refusal::CrossedCodes(*number)),
            Shape::Close | Shape::Alone => {}
        }
    }
    if let Some(number) = open.pop() {
        return Err(Refusal::CrossedCodes(number));
    }
    let met: BTreeSet<u32> = met.into_iter().map(|(number, _)| number).collect();
    match here.iter().find(|number| there.contains(number) && !met.contains(number)) {
        Some(number) => Err(Refusal::MissingCode {
            number: *number,
            raw: current
                .iter()
                .find(|it| matches!(it.what, What::Code { number: other, .. } if other == *number))
                .map_or_else(String::new, |it| it.raw.to_owned()),
        }),
        None => Ok(known),
    }
}

/// The bytes of what is wanted.
pub(super) fn write(goal: &[Wanted<'_>], current: &[Atom<'_>], source: &[Atom<'_>], care: Care) -> String {
    let habits = [habits(current), habits(source)];
    let habit = |it: char| habits.iter().find_map(|of| of.get(&it).copied().flatten());
    let mut out = String::new();
    for (at, wanted) in goal.iter().enumerate() {
        match (wanted.what, wanted.raw) {
            (What::Char(it), _) if matches!(care, Care::Quotes(_)) => quoted(it, care, &mut out),
            (_, Some(raw)) => out.push_str(raw),
            (What::Char(it), None) => match habit(it) {
                Some(raw) => out.push_str(raw),
                None => careful(it, is_first(goal, at), care, &mut out),
            },
            (What::Code { .. }, None) => {}
        }
    }
    match care {
        Care::Quotes(None) => format!("\"{out}\""),
        _ => out,
    }
}

/// Characters that the article always writes in another way: `\[`, `&nbsp;`.
fn habits<'a>(atoms: &[Atom<'a>]) -> BTreeMap<char, Option<&'a str>> {
    let mut found: BTreeMap<char, Option<&str>> = BTreeMap::new();
    for atom in atoms {
        let What::Char(it) = atom.what else { continue };
        if it == ' ' {
            continue;
        }
        let is_plain = atom.raw.chars().eq([it]);
        if is_plain {
            found.insert(it, None);
        } else {
            found.entry(it).or_insert(Some(atom.raw));
        }
    }
    found
}

/// Whether a character stands where a line begins, or where the marker of a list may end.
fn is_first(goal: &[Wanted<'_>], at: usize) -> bool {
    goal[..at].iter().all(|it| matches!(it.what, What::Char(it) if it.is_ascii_digit()))
}

/// A new character, so that it is text.
fn careful(it: char, first: bool, care: Care, out: &mut String) {
    let is_markup =
        matches!(it, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '{' | '}' | '$' | '!')
            || first && matches!(it, '#' | '-' | '+' | '.' | ')' | '=' | ':');
    match (care, it) {
        // Other tools read the tags of bilingual spans out of the bytes, behind a backslash, too.
        (Care::Backslash, '<') => out.push_str("&lt;"),
        (Care::Backslash, _) if is_markup => out.extend(['\\', it]),
        (Care::Entity, '<') => out.push_str("&lt;"),
        (Care::Entity, '>') => out.push_str("&gt;"),
        (Care::Entity, '&') => out.push_str("&amp;"),
        (Care::Entity, _) if is_markup => {
            out.push_str("&#");
            out.push_str(&u32::from(it).to_string());
            out.push(';');
        }
        _ => out.push(it),
    }
}

/// A character of a quoted YAML value.
fn quoted(it: char, care: Care, out: &mut String) {
    match (care, it) {
        (Care::Quotes(Some(ScalarStyle::SingleQuoted)), '\'') => out.push_str("''"),
        (Care::Quotes(Some(ScalarStyle::SingleQuoted)), _) => out.push(it),
        (_, '"' | '\\') => out.extend(['\\', it]),
        _ => out.push(it),
    }
}
