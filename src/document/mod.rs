//! One article in one locale (or bilingual): its blocks, its segments, its inline placeholders.
//! A document knows nothing of any other.

mod alike;
mod build;
mod comments;
mod html;
mod view;

pub use alike::{Words, essential};
pub use build::read;
pub use comments::commented_source;
pub use view::{Side, visible_text};

use std::ops::Range;
use std::sync::Arc;

use crate::locale::Locale;
use crate::markdown::{FrontMatter, Inline, Tree};
use crate::text::{Source, Span};

/// What kind of file a document was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown or MDX.
    Markdown,
    /// A YAML article or table of contents.
    Yaml,
    /// A published page.
    Html,
}

impl Format {
    /// By the file's extension; `None` for a file that is no article.
    pub fn of_path(path: &str) -> Option<Self> {
        let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdx" => Some(Format::Markdown),
            "yml" | "yaml" => Some(Format::Yaml),
            "html" | "htm" => Some(Format::Html),
            _ => None,
        }
    }
}

/// One parsed article.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path, relative to the current folder, with `/`.
    pub path: Arc<str>,
    /// The locale it is written in (of its targets, where bilingual).
    pub locale: Locale,
    /// What it was read from.
    pub format: Format,
    /// Its text.
    pub source: Source,
    /// Its blocks and inlines.
    pub tree: Tree,
    /// Its segments, in order of place, not overlapping.
    pub segments: Vec<Segment>,
}

/// Which side of a translation a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The only text there is: the document is monolingual here.
    Only,
    /// The translated side of a bilingual span.
    Target,
    /// The source side of a bilingual span.
    Source,
}

/// The smallest translated stretch of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its bytes.
    pub span: Span,
    /// Which side it is.
    pub role: Role,
    /// The block it lies in, an index into `tree.nodes`; `None` for front matter.
    pub node: Option<u32>,
    /// For a front matter value, its entry.
    pub entry: Option<u32>,
    /// For a side of a bilingual span, the index into `tree.bilingual`.
    pub pair: Option<u32>,
    /// Its inlines, as a range of `tree.inlines`. Marks that open or close outside are not in it.
    pub inlines: (u32, u32),
}

impl Document {
    /// The front matter, if any.
    pub fn front_matter(&self) -> Option<&FrontMatter> {
        self.tree.front_matter.as_ref()
    }

    /// A front matter value; empty when there is none.
    pub fn meta(&self, key: &str) -> &str {
        self.front_matter().map_or("", |front| front.value(key))
    }

    /// Its segments but those of one side of its bilingual spans, front matter left out: what stands
    /// outside of the spans is equal in both languages.
    pub fn body_without(&self, role: Role) -> impl Iterator<Item = Side<'_>> {
        let wanted = move |(_, segment): &(usize, &Segment)| segment.role != role && segment.entry.is_none();
        self.segments.iter().enumerate().filter(wanted).map(|(index, _)| self.side(index))
    }

    /// Whether it holds bilingual spans.
    pub fn is_bilingual(&self) -> bool {
        !self.tree.bilingual.is_empty()
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// The inlines of a segment.
    pub fn inlines_of(&self, segment: &Segment) -> &[Inline] {
        &self.tree.inlines[segment.inlines.0 as usize..segment.inlines.1 as usize]
    }

    /// A segment with what is needed to look into it.
    pub fn side(&self, segment: usize) -> Side<'_> {
        let it = &self.segments[segment];
        Side { document: self, span: it.span, inlines: self.inlines_of(it), node: it.node }
    }

    /// Segments of one block that follow each other, as if they were one; the text between them is
    /// white space.
    pub fn joined(&self, segments: Range<usize>) -> Side<'_> {
        let (first, last) = (&self.segments[segments.start], &self.segments[segments.end - 1]);
        let inlines = self.tree.inlines.get(first.inlines.0 as usize..last.inlines.1 as usize).unwrap_or_default();
        Side { document: self, span: first.span.cover(last.span), inlines, node: first.node }
    }

    /// The file cut into segments and the gaps between them: laid end to end they are the file.
    pub fn pieces(&self) -> impl Iterator<Item = (Span, Option<&Segment>)> + '_ {
        let length = self.source.text().len();
        let mut at = 0;
        let mut segments = self.segments.iter().peekable();
        std::iter::from_fn(move || {
            if let Some(segment) = segments.peek() {
                let start = segment.span.start as usize;
                if start > at {
                    let gap = Span::new(at, start);
                    at = start;
                    return Some((gap, None));
                }
                at = segment.span.end as usize;
                return segments.next().map(|segment| (segment.span, Some(segment)));
            }
            (at < length).then(|| {
                let gap = Span::new(at, length);
                at = length;
                (gap, None)
            })
        })
    }
}
