//! YAML with the span of every key and value. Front matter is read by events, so that aliases are
//! never expanded, and is never written back by re-emitting it.

use std::collections::BTreeMap;
use std::collections::btree_map;

use granit_parser::{Event, Parser, ScalarStyle as Style, Span as YamlSpan};

use super::{Entry, FrontMatter, Problem, ProblemKind, ScalarStyle};
use crate::text::Span;

/// More entries than this are no front matter and no help article; the rest is not read.
const MAX_ENTRIES: usize = 20_000;
/// Deeper than this is refused.
const MAX_DEPTH: usize = 32;
/// More aliases than this are refused: an article has none.
const MAX_ALIASES: usize = 64;

/// Finds the front matter at the top of `text` (after a byte order mark): the span with its
/// fences, and the YAML between them.
pub(super) fn locate(text: &str) -> Option<(Span, Span)> {
    let top = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let first = text[top..].split_inclusive('\n').next()?;
    if first.trim_end() != "---" || !first.ends_with('\n') {
        return None;
    }
    let body = top + first.len();
    let mut at = body;
    for line in text[body..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((Span::new(top, at + line.len()), Span::new(body, at)));
        }
        at += line.len();
    }
    None
}

/// The first line of front matter that is never closed: `---` at the top, and a key below it. A
/// thematic break at the top has prose below it.
pub(super) fn unclosed(text: &str) -> Option<Span> {
    let top = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[top..].lines();
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let (key, _) = lines.next()?.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    is_key.then(|| Span::new(top, top + first.trim_end().len()))
}

/// Reads the YAML under `body`; `span` is what the block covers in the article.
pub fn parse_yaml(text: &str, span: Span, body: Span, problems: &mut Vec<Problem>) -> FrontMatter {
    let yaml = &text[body.range()];
    let offset = body.start as usize;
    let first_problem = problems.len();
    odd_bytes(yaml, offset, problems);
    let mut reader = Reader { yaml, offset, entries: Vec::new(), problems, levels: Vec::new(), aliases: 0 };
    reader.run();
    let entries = reader.entries;
    // A parser says where it gave up; the odd byte before that place is the cause, and says it better.
    if problems.len() > first_problem + 1 && problems[first_problem].message.starts_with("a tab") {
        problems.truncate(first_problem + 1);
    }
    FrontMatter { span, body, entries }
}

/// Bytes that YAML reads otherwise than a person does: tabs in the indentation, a full-width
/// colon after a key.
fn odd_bytes(yaml: &str, offset: usize, problems: &mut Vec<Problem>) {
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let mut report = |from: usize, length: usize, message: &str| {
            let span = Span::new(offset + at + from, offset + at + from + length);
            problems.push(Problem { kind: ProblemKind::FrontMatter, span, other: None, message: message.into() });
        };
        if let Some(tab) = line[..indent].find('\t')
            && !line.trim().is_empty()
        {
            report(tab, 1, "a tab in the indentation, where YAML allows spaces only");
        }
        let key = line[indent..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')));
        if let Some(end) = key
            && end > 0
            && line[indent + end..].starts_with('：')
        {
            report(indent + end, 3, "a full-width colon after the key, which YAML does not read as one");
        }
        at += line.len();
    }
}

/// Where the reader stands in the YAML.
enum Level {
    /// In a mapping: the keys seen, and the key whose value comes next.
    Mapping { seen: BTreeMap<String, Span>, key: Option<(String, Span)>, prefix: String },
    /// In a sequence: the next item's number.
    Sequence { next: usize, prefix: String },
}

struct Reader<'a, 'p> {
    yaml: &'a str,
    offset: usize,
    entries: Vec<Entry>,
    problems: &'p mut Vec<Problem>,
    levels: Vec<Level>,
    aliases: usize,
}

impl Reader<'_, '_> {
    fn run(&mut self) {
        let yaml = self.yaml;
        for event in Parser::new_from_str(yaml) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = byte_of(yaml, error.marker().index());
                    let end = yaml[at..].find('\n').map_or(yaml.len(), |length| at + length);
                    let place = Span::new(self.offset + at, self.offset + end.max(at));
                    self.problem(
                        ProblemKind::FrontMatter,
                        place,
                        None,
                        format!("YAML that cannot be read: {}", error.info()),
                    );
                    return;
                }
            };
            match event {
                Event::Scalar(value, style, ..) => self.scalar(&value, style, span),
                Event::MappingStart(..) => {
                    let prefix = self.descend();
                    self.levels.push(Level::Mapping { seen: BTreeMap::new(), key: None, prefix });
                }
                Event::SequenceStart(..) => {
                    let prefix = self.descend();
                    self.levels.push(Level::Sequence { next: 0, prefix });
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    self.levels.pop();
                }
                Event::Alias(..) => {
                    self.aliases += 1;
                    self.descend();
                    if self.aliases > MAX_ALIASES {
                        let place = self.place(&span);
                        self.problem(
                            ProblemKind::Limit,
                            place,
                            None,
                            "too many aliases; the rest of the YAML is not read".into(),
                        );
                        return;
                    }
                }
                _ => {}
            }
            if self.levels.len() > MAX_DEPTH || self.entries.len() > MAX_ENTRIES {
                let place = self.place(&span);
                self.problem(ProblemKind::Limit, place, None, "YAML too deep or too long; the rest is not read".into());
                return;
            }
        }
    }

    /// The path of the value that begins here; the level it lies in moves on.
    fn descend(&mut self) -> String {
        match self.levels.last_mut() {
            None => String::new(),
            Some(Level::Mapping { key, prefix, .. }) => {
                join(prefix, &key.take().map_or_else(String::new, |(key, _)| key))
            }
            Some(Level::Sequence { next, prefix }) => {
                *next += 1;
                join(prefix, &(*next - 1).to_string())
            }
        }
    }

    fn scalar(&mut self, value: &str, style: Style, span: YamlSpan) {
        let place = self.value_place(&span, style);
        let mut duplicate = None;
        let mut key_place = place;
        match self.levels.last_mut() {
            Some(Level::Mapping { seen, key, .. }) if key.is_none() => {
                match seen.entry(value.to_owned()) {
                    btree_map::Entry::Occupied(first) => duplicate = Some((place, *first.get())),
                    btree_map::Entry::Vacant(free) => {
                        free.insert(place);
                    }
                }
                *key = Some((value.to_owned(), place));
                if let Some((place, first)) = duplicate {
                    self.problem(
                        ProblemKind::DuplicateKey,
                        place,
                        Some(first),
                        format!("the key `{value}` is written twice"),
                    );
                }
                return;
            }
            Some(Level::Mapping { key: Some((_, place)), .. }) => key_place = *place,
            _ => {}
        }
        let style = match style {
            Style::SingleQuoted => ScalarStyle::SingleQuoted,
            Style::DoubleQuoted => ScalarStyle::DoubleQuoted,
            Style::Literal | Style::Folded => ScalarStyle::Block,
            _ => ScalarStyle::Plain,
        };
        let path = self.descend();
        self.entries.push(Entry { path: path.into(), key: key_place, span: place, value: value.into(), style });
    }

    fn place(&self, span: &YamlSpan) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let end = range.end.min(self.yaml.len());
        Span::new(self.offset + range.start.min(end), self.offset + end)
    }

    /// The value without its quotes; for a block scalar, its lines.
    fn value_place(&self, span: &YamlSpan, style: Style) -> Span {
        let place = self.place(span);
        let raw = &self.yaml[place.start as usize - self.offset..place.end as usize - self.offset];
        match style {
            Style::SingleQuoted | Style::DoubleQuoted if raw.len() >= 2 => {
                Span::new(place.start as usize + 1, place.end as usize - 1)
            }
            Style::Literal | Style::Folded => {
                let header =
                    if raw.starts_with(['|', '>']) { raw.find('\n').map_or(raw.len(), |at| at + 1) } else { 0 };
                Span::new(place.start as usize + header, place.end as usize)
            }
            _ => {
                let start = place.start as usize;
                Span::new(start, start + raw.trim_end().len())
            }
        }
    }

    fn problem(&mut self, kind: ProblemKind, span: Span, other: Option<Span>, message: String) {
        self.problems.push(Problem { kind, span, other, message });
    }
}

fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

/// The byte where the character with this number begins.
fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}
