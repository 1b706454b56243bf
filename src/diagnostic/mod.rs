//! Findings made presentable. This room knows places, severities and fixes, and no rule.

mod order;

pub use order::sort;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::{LineIndex, Position, Source, Span};

/// What a finding costs the reader of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Polish.
    Info,
    /// It may confuse.
    Warning,
    /// The reader is misled or the page breaks.
    Error,
}

impl Severity {
    /// The word used in settings and output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// From one position to another, the end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

/// The line or lines a place lies on, kept so that output needs no second look at the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The text shown: whole lines, or a window of a long one.
    pub text: String,
    /// The 1-based line the text begins on.
    pub line: u32,
    /// The marked bytes within `text`, on character boundaries.
    pub start: usize,
    /// End of the marked bytes, excluded.
    pub end: usize,
    /// Whether the window leaves text out before it.
    pub cut_before: bool,
    /// Whether the window leaves text out after it.
    pub cut_after: bool,
}

/// A marked place in an article, with a word about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The article, relative to the current folder.
    pub path: Arc<str>,
    /// The place.
    pub range: Range,
    /// What is to be seen there; may be empty for the primary place.
    pub message: String,
    /// The text around it.
    pub excerpt: Excerpt,
}

/// One replacement of bytes in the finding's own article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes replaced.
    pub span: Span,
    /// What takes their place.
    pub text: String,
}

/// Who may apply a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Nobody would want it undone.
    Safe,
    /// A person has to agree.
    Ask,
}

/// A mend that a finding offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as a command: "remove the space".
    pub message: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// Its edits, in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// The translation unit that a finding speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRef {
    /// The written ttu id, `front-matter:KEY`, or hexapla's own stable id.
    pub id: String,
    /// The source text as written.
    pub source: String,
    /// The target text as written.
    pub target: String,
    /// The target locale; empty when unknown.
    pub locale: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// What it costs the reader.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, quoting the text it means.
    pub message: String,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// Where it is.
    pub primary: Label,
    /// Other places that explain it; the source side first.
    pub labels: Vec<Label>,
    /// The unit it was found in, if it was found in one; findings of one unit share it.
    pub unit: Option<Arc<UnitRef>>,
    /// A mend, if there is one.
    pub fix: Option<Fix>,
    /// Equal for the same finding after lines have shifted (hex, 16 digits).
    pub fingerprint: String,
}

impl Diagnostic {
    /// The order findings are printed in: by article, then by place, then by rule.
    pub fn sort_key(&self) -> (&str, u32, u32, &str, &str) {
        let range = &self.primary.range;
        (&self.primary.path, range.start.byte, range.end.byte, self.rule, &self.message)
    }
}

/// How many bytes a window keeps on either side of the marked text.
const WINDOW: usize = 160;
/// The longest marked stretch that is shown whole.
const MARKED: usize = 400;

/// Makes labels for one article; counts its lines when first asked.
pub struct Labeler<'a> {
    path: Arc<str>,
    source: &'a Source,
    lines: std::cell::OnceCell<LineIndex>,
}

impl<'a> Labeler<'a> {
    /// A labeler for the article at `path`.
    pub fn new(path: Arc<str>, source: &'a Source) -> Self {
        Self { path, source, lines: std::cell::OnceCell::new() }
    }

    /// The article's path.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The article's lines.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.source.text()))
    }

    /// A label on `span`, which is clamped to the text and to character boundaries.
    pub fn label(&self, span: Span, message: impl Into<String>) -> Label {
        let text = self.source.text();
        let lines = self.lines();
        let start = lines.position(text, span.start);
        let end = lines.position(text, span.end.max(span.start));
        let range = Range { start, end };
        Label { path: self.path.clone(), range, message: message.into(), excerpt: self.excerpt(range) }
    }

    fn excerpt(&self, range: Range) -> Excerpt {
        let text = self.source.text();
        let first = self.lines().line_start(range.start.line as usize - 1).unwrap_or(0);
        let (start, mut end) = (range.start.byte as usize, range.end.byte as usize);
        end = floor(text, end.min(start + MARKED));
        // The end of the line, if it is near enough to matter.
        let near = text.len().min(end + WINDOW + 4);
        let last = memchr::memchr(b'\n', &text.as_bytes()[end..near]).map_or(near, |at| end + at);
        let from = floor(text, first.max(start.saturating_sub(WINDOW)));
        let to = floor(text, last.min(end + WINDOW));
        Excerpt {
            text: text[from..to].trim_end_matches('\r').to_owned(),
            line: range.start.line,
            start: start - from,
            end: (end - from).min(text[from..to].trim_end_matches('\r').len()).max(start - from),
            cut_before: from > first,
            cut_after: to < last,
        }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
