//! One bead a line, tab-separated. A tab, a line end or a backslash in a text is written `\t`, `\n`,
//! `\r`, `\\`. Spans are half-open bytes, `12-40`, several of one side parted by a space.

use super::Bead;
use crate::document::Side;

pub(super) const HEAD: &str =
    "source_path\ttarget_path\torigin\tconfidence\tsource_spans\ttarget_spans\tsource_text\ttarget_text\n";

pub(super) fn line(bead: &Bead<'_, '_>) -> String {
    let (source, target) = (bead.unit.source, bead.unit.target);
    let cells = [
        escaped(bead.source_path()),
        escaped(bead.target_path()),
        bead.origin().to_owned(),
        bead.confidence().to_string(),
        spans(source),
        spans(target),
        escaped(source.map_or("", |side| side.raw())),
        escaped(target.map_or("", |side| side.raw())),
    ];
    cells.join("\t") + "\n"
}

fn spans(side: Option<Side<'_>>) -> String {
    let spans = Bead::spans(side).into_iter().map(|[start, end]| format!("{start}-{end}"));
    spans.collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' => escaped.push_str("\\\\"),
            _ => escaped.push(it),
        }
    }
    escaped
}
