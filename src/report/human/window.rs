//! Cuts an excerpt to the columns of the screen, with the marked text kept in sight.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::Excerpt;
use crate::text::one_line;

/// Stands where text was left out.
const CUT: char = '…';
/// Columns the renderer takes for the bracket beside a mark of several lines.
const BRACKET: usize = 3;

/// The excerpt as it is shown, and the marked bytes of it. The mark given may be anything: it
/// is clamped here, because the renderer panics on one that does not fit.
pub(super) fn cut(excerpt: &Excerpt, columns: usize) -> (String, Range<usize>) {
    let text = &excerpt.text;
    let start = text.floor_char_boundary(excerpt.start);
    let end = text.floor_char_boundary(excerpt.end).max(start);
    let several = text[start..end].contains('\n');
    let columns = if several { columns.saturating_sub(BRACKET) } else { columns };

    let mut shown = String::new();
    let mut marked = 0..0;
    let mut at = 0;
    let lines: Vec<&str> = text.split('\n').collect();
    for (number, line) in lines.iter().enumerate() {
        let next = at + line.len() + 1;
        let is_last = number + 1 == lines.len();
        let body = line.strip_suffix('\r').unwrap_or(line);
        let within = |byte: usize| byte.saturating_sub(at).min(body.len());
        let cuts = (excerpt.cut_before && number == 0, excerpt.cut_after && is_last);
        let (line, mark) = cut_line(body, within(start)..within(end), columns, cuts);
        if (at..next).contains(&start) {
            marked.start = shown.len() + mark.start;
        }
        if (at..next).contains(&end) {
            marked.end = shown.len() + mark.end;
        }
        shown.push_str(&line);
        if !is_last {
            shown.push('\n');
        }
        at = next;
    }
    marked.end = marked.end.max(marked.start);
    (shown, marked)
}

/// One line in at most `columns`: of a mark that does not fit the beginning is shown, else what
/// stands around it, on both sides alike as far as there is text.
fn cut_line(line: &str, mark: Range<usize>, columns: usize, cuts: (bool, bool)) -> (String, Range<usize>) {
    let before = one_line(&line[..mark.start]);
    let inside = one_line(&line[mark.clone()]);
    let after = one_line(&line[mark.end..]);
    let total = before.width() + inside.width() + after.width() + cuts.0 as usize + cuts.1 as usize;
    let room = if total <= columns { total } else { columns.saturating_sub(2) };

    let kept = head(&inside, room);
    let whole = kept.len() == inside.len();
    let room = room - kept.width();
    let (left, right) = match whole {
        true => {
            let left = before.width().min((room / 2).max(room.saturating_sub(after.width())));
            (tail(&before, left), head(&after, room - left))
        }
        false => ("", ""),
    };
    let mut shown = String::new();
    if cuts.0 || left.len() < before.len() {
        shown.push(CUT);
    }
    shown.push_str(left);
    let start = shown.len();
    shown.push_str(kept);
    let end = shown.len();
    shown.push_str(right);
    if cuts.1 || !whole || right.len() < after.len() {
        shown.push(CUT);
    }
    (shown, start..end)
}

/// The longest beginning of at most so many columns.
fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > columns
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The longest end of at most so many columns.
fn tail(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let start = text.char_indices().rev().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > columns
    });
    &text[start.map_or(0, |(at, c)| at + c.len_utf8())..]
}
