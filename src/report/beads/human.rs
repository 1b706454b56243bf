//! For a person: the source on the left, the target on the right, and between them how sure it is
//! that the two belong together. The layout may change at any time; programs read `jsonl`.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Bead, BeadStyle};
use crate::bitext::{Bitext, Origin};
use crate::document::Side;
use crate::text::one_line;

/// Columns where the terminal's are unknown.
const WIDTH: usize = 100;
/// The narrowest terminal that two columns are fitted to.
const NARROWEST: usize = 30;
/// Between the two sides: `  98 %  `, `   =    `.
const MIDDLE: usize = 8;

pub(super) fn write<'a>(bitext: &Bitext<'a>, beads: &[Bead<'_, 'a>], style: BeadStyle) -> String {
    let width = if style.width == 0 { WIDTH } else { style.width.max(NARROWEST) };
    let columns = (width - MIDDLE) / 2;
    let bold = if style.color { Style::new().bold() } else { Style::new() };
    let source = beads.iter().find(|bead| bead.unit.source.is_some()).map_or(&*bitext.source.path, Bead::source_path);
    let mut out = format!("{bold}{} → {}{bold:#}\n", one_line(source), one_line(&bitext.target.path));
    for bead in beads {
        let (left, right) = (lines(bead.unit.source, columns), lines(bead.unit.target, columns));
        let (sign, color) = sign(bead);
        let color = if style.color { color } else { Style::new() };
        for at in 0..left.len().max(right.len()) {
            let left = left.get(at).map_or("", String::as_str);
            let right = right.get(at).map_or("", String::as_str);
            let sign = if at == 0 { sign.as_str() } else { "" };
            let blank = " ".repeat(columns - left.width());
            let line = format!("{left}{blank} {color}{sign:^6}{color:#} {right}");
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out.push('\n');
    out
}

/// What stands between the two sides, and in which colour.
fn sign(bead: &Bead<'_, '_>) -> (String, Style) {
    let percent = (bead.confidence() * 100.0).floor();
    let color = match percent {
        99.0.. => AnsiColor::Green,
        90.0.. => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    let sign = match (bead.unit.source, bead.unit.target) {
        (Some(_), None) => "<".to_owned(),
        (None, _) => ">".to_owned(),
        _ if bead.unit.origin == Origin::Embedded => "=".to_owned(),
        _ => format!("{percent} %"),
    };
    (sign, Style::new().fg_color(Some(color.into())))
}

/// The text of a side in lines of so many columns.
fn lines(side: Option<Side<'_>>, columns: usize) -> Vec<String> {
    let Some(side) = side else { return Vec::new() };
    let text = side.text();
    let text = one_line(text.trim());
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut rest = &*text;
    while !rest.is_empty() {
        let word = word(rest);
        rest = &rest[word.len()..];
        let mut word = word;
        // A line does not begin with white space, and may end in some.
        if used > 0 && used + word.trim_end().width() > columns {
            lines.push(String::new());
            used = 0;
            word = word.trim_start();
        }
        for it in word.chars() {
            let wide = it.width().unwrap_or(0);
            if used + wide > columns {
                if it.is_whitespace() {
                    continue;
                }
                lines.push(String::new());
                used = 0;
            }
            used += wide;
            lines.last_mut().into_iter().for_each(|line| line.push(it));
        }
    }
    lines
}

/// What may not be parted: a wide character, or all up to the next blank or wide character.
fn word(text: &str) -> &str {
    let wide = |it: char| it.width().unwrap_or(0) > 1;
    let mut characters = text.char_indices();
    let Some((_, first)) = characters.next() else { return text };
    if wide(first) {
        let end = characters.find(|(_, it)| it.width().unwrap_or(0) > 0);
        return &text[..end.map_or(text.len(), |(at, _)| at)];
    }
    let mut blank = first.is_whitespace();
    for (at, it) in characters {
        if wide(it) || (blank && !it.is_whitespace()) {
            return &text[..at];
        }
        blank = it.is_whitespace();
    }
    text
}
