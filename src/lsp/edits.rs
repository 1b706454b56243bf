//! What was typed since a text was read: by it, a place in the old text is found in the new one, and
//! the other way round. Nothing is searched for.

use crate::text::Span;

/// Older changes than these are forgotten, and what was read before them with them.
const MOST: usize = 2000;

/// One change: the bytes that went, and how many came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The bytes replaced, as they were counted before.
    pub old: Span,
    /// How many bytes stand there now.
    pub new: u32,
}

/// The changes of a text, and the number of its state: it grows by one with each.
#[derive(Clone, Debug, Default)]
pub(super) struct Edits {
    first: u64,
    log: Vec<Change>,
}

impl Edits {
    /// No change yet; the text is in this state.
    pub(super) fn from(state: u64) -> Self {
        Edits { first: state, log: Vec::new() }
    }

    /// The oldest state that is remembered.
    pub(super) fn first(&self) -> u64 {
        self.first
    }

    /// The state of the text now.
    pub(super) fn state(&self) -> u64 {
        self.first + self.log.len() as u64
    }

    /// Adds a change.
    pub(super) fn push(&mut self, change: Change) {
        if self.log.len() >= MOST {
            self.log.drain(..MOST / 2);
            self.first += MOST as u64 / 2;
        }
        self.log.push(change);
    }

    fn since(&self, state: u64) -> Option<&[Change]> {
        let at = state.checked_sub(self.first)?;
        self.log.get(at as usize..)
    }

    /// Where a stretch of an older state stands now; `None` where something in it was changed.
    pub(super) fn forward(&self, state: u64, mut span: Span) -> Option<Span> {
        for change in self.since(state)? {
            let Change { old, new } = *change;
            // What is typed right before a stretch pushes it on.
            if old.end <= span.start {
                span.start = span.start - old.len() as u32 + new;
                span.end = span.end - old.len() as u32 + new;
            } else if old.start < span.end {
                return None;
            }
        }
        Some(span)
    }

    /// Where a stretch of an older state stands now, with what was typed in it.
    pub(super) fn stretched(&self, state: u64, mut span: Span) -> Option<Span> {
        for &Change { old, new } in self.since(state)? {
            let moved = |at: u32| at - old.len() as u32 + new;
            let end = match span.end {
                end if old.start >= end && !(span.is_empty() && old.end <= span.start) => end,
                end if old.end <= end => moved(end),
                _ => old.start + new,
            };
            let start = match span.start {
                start if old.end <= start => moved(start),
                start => start.min(old.start),
            };
            span = Span { start, end: end.max(start) };
        }
        Some(span)
    }

    /// The same for whole lines: what is typed at their edge changes them, too.
    pub(super) fn forward_lines(&self, state: u64, mut span: Span) -> Option<Span> {
        for Change { old, new } in self.since(state)? {
            if old.end < span.start {
                span.start = span.start - old.len() as u32 + new;
                span.end = span.end - old.len() as u32 + new;
            } else if old.start <= span.end {
                return None;
            }
        }
        Some(span)
    }

    /// Where a place of the text now was in an older state; the nearest one, where it is new.
    pub(super) fn back(&self, state: u64, mut at: u32) -> Option<u32> {
        for Change { old, new } in self.since(state)?.iter().rev() {
            if at >= old.start + new {
                at = at - new + old.len() as u32;
            } else if at > old.start {
                at = at.min(old.end);
            }
        }
        Some(at)
    }
}

/// The change that turns one text into another: all between what they begin and end with alike.
pub(super) fn difference(old: &str, new: &str) -> Change {
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - before;
    let behind = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    Change { old: Span::new(before, a.len() - behind), new: (b.len() - behind - before) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(start: usize, end: usize, new: u32) -> Change {
        Change { old: Span::new(start, end), new }
    }

    #[test]
    fn a_place_is_pushed_on_and_found_back() {
        let mut edits = Edits::from(7);
        edits.push(change(2, 4, 5));
        edits.push(change(20, 20, 1));
        assert_eq!(edits.state(), 9);
        assert_eq!(edits.forward(7, Span::new(10, 14)), Some(Span::new(13, 17)));
        assert_eq!(edits.back(7, 13), Some(10));
        assert_eq!(edits.forward(8, Span::new(18, 22)), None, "something was typed in it");
        assert_eq!(edits.forward(8, Span::new(20, 22)), Some(Span::new(21, 23)), "or right before it");
        assert_eq!(edits.forward_lines(8, Span::new(20, 22)), None, "which changes its line");
        assert_eq!(edits.forward(8, Span::new(18, 20)), Some(Span::new(18, 20)), "or right behind it");
        assert_eq!(edits.forward(6, Span::new(0, 1)), None, "of what came before nothing is known");
    }

    #[test]
    fn a_stretch_holds_what_is_typed_in_it() {
        let stretched = |change, start, end| {
            let mut edits = Edits::default();
            edits.push(change);
            edits.stretched(0, Span::new(start, end))
        };
        assert_eq!(stretched(change(4, 5, 3), 2, 8), Some(Span::new(2, 10)));
        assert_eq!(stretched(change(0, 1, 0), 2, 8), Some(Span::new(1, 7)));
        assert_eq!(stretched(change(9, 9, 4), 2, 8), Some(Span::new(2, 8)));
        assert_eq!(stretched(change(1, 4, 1), 2, 8), Some(Span::new(1, 6)), "its beginning is gone");
        assert_eq!(stretched(change(6, 12, 1), 2, 8), Some(Span::new(2, 7)), "its end is gone");
        assert_eq!(stretched(change(0, 20, 2), 2, 8), Some(Span::new(0, 2)), "all of it is gone");
        assert_eq!(stretched(change(2, 2, 3), 2, 2), Some(Span::new(5, 5)), "it is empty");
    }

    #[test]
    fn a_new_text_is_one_change() {
        assert_eq!(difference("abcd", "abXd"), change(2, 3, 1));
        assert_eq!(difference("aa", "aaa"), change(2, 2, 1));
        assert_eq!(difference("é", "è"), change(1, 2, 1));
        assert_eq!(difference("", "x"), change(0, 0, 1));
    }
}
