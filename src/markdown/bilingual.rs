//! Bilingual spans: source and target of the same text, side by side in one article.
//!
//! They are found in the bytes and not in the tree, because they occur everywhere: in headings,
//! links, cells, raw HTML. Writers may write attributes in any order and with any white space.

use memchr::memmem;

use super::{BilingualSpan, Problem, ProblemKind};
use crate::text::Span;

/// A side of a bilingual span is no longer than this.
const MAX_CONTENT: usize = 16 << 10;

/// Finds the bilingual spans of `text`, and what is broken about them.
pub fn scan(text: &str) -> (Vec<BilingualSpan>, Vec<Problem>) {
    let mut scan = Scan { text, pairs: Vec::new(), problems: Vec::new() };
    if memmem::find(text.as_bytes(), b"data-ttu-id").is_some()
        || memmem::find(text.as_bytes(), b"data-stu-id").is_some()
    {
        scan.run();
    }
    (scan.pairs, scan.problems)
}

struct Scan<'a> {
    text: &'a str,
    pairs: Vec<BilingualSpan>,
    problems: Vec<Problem>,
}

/// A tag of interest: where it is, and the id it carries.
#[derive(Clone, Copy)]
struct Mark {
    tag: Span,
    id: Span,
}

impl<'a> Scan<'a> {
    fn run(&mut self) {
        let text = self.text;
        let mut at = 0;
        // The last source span that stood alone is reported where it begins, so nothing is said twice.
        while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
            let start = at + found;
            let Some((mark, attribute)) = self.open_tag(start) else {
                at = start + 1;
                continue;
            };
            at = match attribute {
                Attribute::Target => self.pair(mark),
                Attribute::Source => {
                    self.problem(mark.tag, None, "this source span has no target span before it".into());
                    mark.tag.end as usize
                }
            };
        }
    }

    /// Reads a pair from its opening tag on, and answers where to go on.
    fn pair(&mut self, open: Mark) -> usize {
        let text = self.text;
        let next = open.tag.end as usize;
        let id = &text[open.id.range()];
        let Some((target, after)) = self.content(next) else {
            self.problem(open.tag, None, format!("the target span `{id}` is not closed"));
            return next;
        };
        let Some(wrapper) = self.span_tag(after) else {
            self.problem(open.tag, None, format!("the target span `{id}` is not followed by its source"));
            return after;
        };
        let inner = wrapper.end as usize;
        let Some((source_open, Attribute::Source)) = self.open_tag(inner) else {
            self.problem(open.tag, None, format!("the target span `{id}` is not followed by its source"));
            return after;
        };
        let source_id = &text[source_open.id.range()];
        if source_id != id {
            let message = format!("the target span `{id}` is followed by the source of `{source_id}`");
            self.problem(open.tag, Some(source_open.tag), message);
        }
        let Some((source, after_source)) = self.content(source_open.tag.end as usize) else {
            self.problem(source_open.tag, Some(open.tag), format!("the source span `{id}` is not closed"));
            return inner;
        };
        let Some(end) = self.close_tag(after_source) else {
            self.problem(wrapper, Some(open.tag), format!("the wrapper of the source span `{id}` is not closed"));
            return after_source;
        };
        let whole = Span::new(open.tag.start as usize, end);
        for side in [target, source] {
            let content = &text.as_bytes()[side.range()];
            if let Some(equals) = attribute(content, "data-ttu-id").or_else(|| attribute(content, "data-stu-id")) {
                let place = side.start as usize + equals - 11;
                self.problem(
                    Span::new(place, place + 11),
                    Some(open.tag),
                    format!("a bilingual span lies inside `{id}`"),
                );
            }
        }
        self.pairs.push(BilingualSpan { id: open.id, target, source, whole });
        end
    }

    /// The content of a span that was opened right before `from`, and the byte after its end tag.
    /// Spans inside are counted; a new bilingual span or a blank line inside means "not closed", and
    /// so does an end that is far away: one tag costs no more than a look at what is near.
    fn content(&self, from: usize) -> Option<(Span, usize)> {
        let bytes = &self.text.as_bytes()[..self.text.len().min(from + MAX_CONTENT)];
        let mut depth = 0usize;
        let mut at = from;
        loop {
            let lt = at + memchr::memchr(b'<', bytes.get(at..)?)?;
            if let Some(end) = self.close_tag(lt) {
                if depth == 0 {
                    let content = Span::new(from, lt);
                    return (!has_blank_line(&self.text[content.range()])).then_some((content, end));
                }
                depth -= 1;
                at = end;
            } else if let Some(tag) = self.span_tag(lt) {
                if memmem::find(&self.text.as_bytes()[tag.range()], b"data-ttu-id").is_some() && depth == 0 {
                    return None;
                }
                depth += 1;
                at = tag.end as usize;
            } else {
                at = lt + 1;
            }
        }
    }

    /// The end of `</span>` at `at`.
    fn close_tag(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?.strip_prefix("</span")?;
        let trimmed = rest.trim_start_matches([' ', '\t']);
        trimmed.starts_with('>').then(|| at + 6 + (rest.len() - trimmed.len()) + 1)
    }

    /// The `<span …>` tag at `at`.
    fn span_tag(&self, at: usize) -> Option<Span> {
        let rest = self.text.get(at..)?;
        let after = rest.strip_prefix("<span")?;
        if !after.starts_with(['>', ' ', '\t', '\n', '\r']) {
            return None;
        }
        // A tag that is not closed on its line, or within a few hundred bytes, is none.
        let window = &after.as_bytes()[..after.len().min(400)];
        let end = memchr::memchr2(b'>', b'<', window)?;
        (window[end] == b'>').then(|| Span::new(at, at + 5 + end + 1))
    }

    /// The tag at `at`, if it carries an id.
    fn open_tag(&self, at: usize) -> Option<(Mark, Attribute)> {
        let tag = self.span_tag(at)?;
        let raw = &self.text[tag.range()];
        let (equals, found) = match attribute(raw.as_bytes(), "data-ttu-id") {
            Some(equals) => (equals, Attribute::Target),
            None => (attribute(raw.as_bytes(), "data-stu-id")?, Attribute::Source),
        };
        let value = equals + 1;
        let (from, stop) = match raw.as_bytes().get(value) {
            Some(&quote @ (b'"' | b'\'')) => (value + 1, quote),
            _ => (value, b' '),
        };
        let length = memchr::memchr2(stop, b'>', &raw.as_bytes()[from..])?;
        let id = Span::new(at + from, at + from + length);
        Some((Mark { tag, id }, found))
    }

    fn problem(&mut self, span: Span, other: Option<Span>, message: String) {
        self.problems.push(Problem { kind: ProblemKind::BilingualSpan, span, other, message });
    }
}

/// Which id a tag carries.
#[derive(Clone, Copy)]
enum Attribute {
    Target,
    Source,
}

/// Where the `=` after the first attribute of this name stands. An equals sign is rare in a text and
/// near in a tag, so it is looked for, and not the name.
fn attribute(bytes: &[u8], name: &str) -> Option<usize> {
    memchr::memchr_iter(b'=', bytes).find(|&at| bytes[..at].ends_with(name.as_bytes()))
}

fn has_blank_line(text: &str) -> bool {
    memchr::memchr_iter(b'\n', text.as_bytes())
        .any(|at| text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
}
