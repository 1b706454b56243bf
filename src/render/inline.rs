//! The inside of a segment: text and marks, without the line that it stood on.

use crate::document::Side;
use crate::markdown::{InlineKind, Tag};

/// A piece of a segment. Marks that open close again, in the order of nesting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Text as a reader sees it.
    Text(String),
    /// Inline code.
    Code(String),
    /// A mark begins.
    Open(Mark),
    /// The mark that was opened last ends.
    Close(Mark),
    /// A line break that is shown.
    Break,
    /// An image.
    Image {
        /// Its address.
        source: String,
        /// What is read in its place.
        alt: String,
    },
}

/// A mark around text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Mark {
    Strong,
    Emphasis,
    Strike,
    /// With its destination as written.
    Link(String),
}

/// A segment as runs. Raw HTML but images, and what is no prose, is left out; what opens or closes outside of the
/// segment is closed and opened at its ends.
pub(super) fn runs(side: &Side<'_>) -> Vec<Run> {
    let document = side.document;
    let mut writer = Writer::default();
    for inline in side.inlines {
        let raw = document.slice(inline.span);
        match &inline.kind {
            InlineKind::Text => writer.text(raw),
            InlineKind::Escape => writer.text(raw.get(1..).unwrap_or_default()),
            InlineKind::Entity { text } => writer.text(text),
            InlineKind::SoftBreak => writer.text(" "),
            InlineKind::Code { body } => writer.code(document.slice(*body)),
            InlineKind::StrongOpen => writer.open(Mark::Strong),
            InlineKind::EmphasisOpen => writer.open(Mark::Emphasis),
            InlineKind::StrikeOpen => writer.open(Mark::Strike),
            InlineKind::LinkOpen { target } => writer.open(Mark::Link(document.slice(*target).to_owned())),
            InlineKind::StrongClose => writer.close(|it| *it == Mark::Strong),
            InlineKind::EmphasisClose => writer.close(|it| *it == Mark::Emphasis),
            InlineKind::StrikeClose => writer.close(|it| *it == Mark::Strike),
            InlineKind::LinkClose { .. } => writer.close(|it| matches!(it, Mark::Link(_))),
            InlineKind::ImageOpen { target } => {
                writer.image = Some((document.slice(*target).to_owned(), String::new()));
            }
            InlineKind::ImageClose { .. } => writer.end_image(),
            InlineKind::Html if writer.image.is_none() => {
                writer.image = Tag::read(raw).and_then(|it| it.image());
                writer.end_image();
            }
            InlineKind::Autolink => {
                let address = raw.trim_start_matches('<').trim_end_matches('>');
                writer.open(Mark::Link(address.to_owned()));
                writer.text(address);
                writer.close(|it| matches!(it, Mark::Link(_)));
            }
            InlineKind::HardBreak if writer.image.is_none() => writer.runs.push(Run::Break),
            // `{name}` is text to a reader; a directive or a component is not.
            InlineKind::Placeholder if raw.starts_with('{') && !raw.starts_with("{{") => writer.text(raw),
            _ => {}
        }
    }
    writer.end_image();
    while let Some(mark) = writer.marks.pop() {
        writer.runs.push(Run::Close(mark));
    }
    writer.runs
}

#[derive(Default)]
struct Writer {
    runs: Vec<Run>,
    marks: Vec<Mark>,
    /// The image whose text is being read.
    image: Option<(String, String)>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if let Some((_, alt)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        match self.runs.last_mut() {
            Some(Run::Text(last)) => last.push_str(text),
            _ => self.runs.push(Run::Text(text.to_owned())),
        }
    }

    fn code(&mut self, text: &str) {
        match &mut self.image {
            Some((_, alt)) => alt.push_str(text),
            None => self.runs.push(Run::Code(text.to_owned())),
        }
    }

    fn open(&mut self, mark: Mark) {
        if self.image.is_none() {
            self.marks.push(mark.clone());
            self.runs.push(Run::Open(mark));
        }
    }

    /// Closes the nearest mark of a kind, and those that were opened in it.
    fn close(&mut self, is_wanted: impl Fn(&Mark) -> bool) {
        let Some(at) = self.marks.iter().rposition(is_wanted).filter(|_| self.image.is_none()) else { return };
        for mark in self.marks.drain(at..).rev() {
            self.runs.push(Run::Close(mark));
        }
    }

    fn end_image(&mut self) {
        if let Some((source, alt)) = self.image.take() {
            self.runs.push(Run::Image { source, alt });
        }
    }
}

/// A segment as Markdown on one line: as written, without the marks of the lines that it stood on.
pub(super) fn line(side: &Side<'_>) -> String {
    let (document, mut at) = (side.document, side.span.start);
    let mut line = String::with_capacity(side.span.len());
    for inline in side.inlines {
        if inline.span.start < at {
            continue;
        }
        between(&document.source.text()[at as usize..inline.span.start as usize], &mut line);
        match inline.kind {
            InlineKind::SoftBreak => line.push(' '),
            InlineKind::HardBreak => line.push_str("<br>"),
            _ => line.push_str(document.slice(inline.span)),
        }
        at = inline.span.end;
    }
    between(document.source.text().get(at as usize..side.span.end as usize).unwrap_or_default(), &mut line);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between two inlines: the marker of a quote that goes on, or something to be kept.
fn between(gap: &str, line: &mut String) {
    if gap.chars().all(|it| it.is_whitespace() || it == '>') {
        if !gap.is_empty() {
            line.push(' ');
        }
    } else {
        line.push_str(gap);
    }
}

/// What a reader sees of runs, on one line.
pub(super) fn plain(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match run {
            Run::Text(it) | Run::Code(it) => text.push_str(it),
            Run::Break => text.push(' '),
            Run::Image { alt, .. } => text.push_str(alt),
            Run::Open(_) | Run::Close(_) => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a run is this image.
pub(super) fn shows(run: &Run, image: &str) -> bool {
    matches!(run, Run::Image { source, .. } if source == image)
}
