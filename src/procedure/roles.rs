//! Lines that say who an article or a section is for: `**Appropriate roles**: Admin | Agent`.

use super::outline::{Block, Passage};
use super::reading::{Reading, own_passages};

/// The roles that a section names; empty where it names none.
pub(super) fn of(reading: &Reading<'_>, section: usize) -> Vec<String> {
    let Some(words) = reading.words else { return Vec::new() };
    let blocks = &reading.outline.sections[section].blocks;
    for (at, block) in blocks.iter().enumerate() {
        let Block::Paragraph(own) = block else { continue };
        let text = text(reading, own.iter());
        let lower = text.to_lowercase();
        let phrase = |it: &str| {
            let rest = lower.strip_prefix(it)?;
            (rest.trim_start().is_empty() || rest.starts_with([':', ' '])).then_some(it.len())
        };
        let Some(length) = words.frames.roles.0.iter().filter_map(|it| phrase(it)).max() else { continue };
        let rest = text[length..].trim_start();
        if rest.is_empty() || rest == ":" {
            // The roles are the items of the list below.
            let Some(Block::List(list)) = blocks.get(at + 1) else { continue };
            let items = list.items.iter().map(|item| self::text(reading, own_passages(item)));
            return items.filter(|it| !it.is_empty()).collect();
        }
        let Some(rest) = rest.strip_prefix(':') else { continue };
        let sign = if rest.contains('|') { '|' } else { ',' };
        return rest.split(sign).map(bare).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    }
    Vec::new()
}

/// The roles that hold in a section: its own, or those of the nearest one around it.
pub(super) fn in_force(reading: &Reading<'_>, section: usize) -> Vec<String> {
    let mut at = Some(section);
    while let Some(index) = at {
        let own = &reading.sections[index].scope.roles;
        if !own.is_empty() {
            return own.clone();
        }
        at = reading.outline.sections[index].parent;
    }
    reading.sections.first().map(|first| first.scope.roles.clone()).unwrap_or_default()
}

fn text<'b, 'a: 'b>(reading: &Reading<'_>, passages: impl Iterator<Item = &'b Passage<'a>>) -> String {
    let texts: Vec<&str> = passages.map(|it| reading.sentence(it).text.trim()).collect();
    bare(&texts.join(" ")).to_owned()
}

fn bare(text: &str) -> &str {
    text.trim_matches(|it: char| it.is_whitespace() || matches!(it, '.' | ';'))
}
