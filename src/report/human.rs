//! For a person at a terminal: the finding, both sides of the translation with the place marked,
//! and what to do. The layout may change at any time; programs read `json`.

mod window;

use std::collections::BTreeMap;
use std::{io, iter};

use annotate_snippets::renderer::DEFAULT_LINE_NUM_STYLE;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::Style;
use rayon::prelude::*;

use super::Report;
use super::statistics::end_line;
use crate::diagnostic::{Applicability, Diagnostic, Label, Severity};
use crate::text::one_line;

/// Columns where the terminal's are unknown.
const WIDTH: usize = 100;
/// So many findings are drawn before they are written.
const AT_ONCE: usize = 1000;
/// The narrowest terminal that excerpts are still cut for.
const NARROWEST: usize = 40;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    // Excerpts are cut to the width before they are drawn, with the place in sight; the renderer
    // is told of room enough, so that it does not cut them a second time.
    let renderer = if report.color { Renderer::styled() } else { Renderer::plain() }.term_width(1 << 20);
    let width = if report.width == 0 { WIDTH } else { report.width.max(NARROWEST) };
    let most = report.max_per_rule.filter(|&most| most > 0).unwrap_or(usize::MAX);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown: Vec<&Diagnostic> = Vec::new();
    for finding in report.findings {
        let times = seen.entry(finding.rule).or_default();
        *times += 1;
        if *times <= most {
            shown.push(finding);
        }
    }
    for some in shown.chunks(AT_ONCE) {
        let drawn = some.par_iter().map(|finding| draw(finding, width, &renderer, report.color));
        for finding in drawn.collect::<Vec<String>>() {
            writeln!(out, "{finding}\n")?;
        }
    }
    let hidden: Vec<_> = seen.into_iter().filter(|&(_, times)| times > most).collect();
    for &(rule, times) in &hidden {
        let (hidden, s) = (times - most, if times - most == 1 { "" } else { "s" });
        writeln!(out, "… {hidden} more `{rule}` finding{s} (show all: --max-findings 0)")?;
    }
    for note in &report.summary.notes {
        writeln!(out, "note: {}", one_line(note))?;
    }
    if !hidden.is_empty() || !report.summary.notes.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", end_line(report))
}

/// One finding: header, excerpts, and what is known beside them.
///
/// The excerpts are drawn one by one, and the line above each is written here: the renderer would
/// count the column from the beginning of the window and not of the line.
fn draw(finding: &Diagnostic, width: usize, renderer: &Renderer, color: bool) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.clone().primary_title(one_line(&finding.message)).id(finding.rule);
    let mut drawing = vec![renderer.render(&[Group::with_title(title)])];

    let (frame, bold) = if color { (DEFAULT_LINE_NUM_STYLE, Style::new().bold()) } else { Default::default() };
    let digits = iter::once(&finding.primary).chain(&finding.labels).map(digits).max().unwrap_or(1);
    let gutter = " ".repeat(digits);
    for (number, label) in iter::once(&finding.primary).chain(&finding.labels).enumerate() {
        let (kind, arrow) = match number {
            0 => (AnnotationKind::Primary, "-->"),
            _ => (AnnotationKind::Context, ":::"),
        };
        let place = place(label);
        drawing.push(format!("{gutter}{frame}{arrow}{frame:#} {place}"));
        if label.excerpt.text.is_empty() {
            if !label.message.is_empty() {
                drawing.push(format!("{gutter} {frame}={frame:#} {}", one_line(&label.message)));
            }
            continue;
        }
        let group = Group::with_level(level.clone()).element(snippet(label, kind, width.saturating_sub(digits + 3)));
        let indent = " ".repeat(digits - self::digits(label));
        drawing.extend(renderer.render(&[group]).lines().map(|line| format!("{indent}{line}")));
    }
    for (name, text) in remarks(finding) {
        drawing.push(format!("{gutter} {frame}={frame:#} {bold}{name}{bold:#}: {}", one_line(&text)));
    }
    // The renderer leaves blanks at the ends of lines.
    let lines = drawing.iter().flat_map(|part| part.lines()).map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n")
}

/// The unit, the help and the mend, by name.
fn remarks(finding: &Diagnostic) -> Vec<(&'static str, String)> {
    let mut remarks = Vec::new();
    if let Some(unit) = &finding.unit {
        let locale = if unit.locale.is_empty() { String::new() } else { format!(" ({})", unit.locale) };
        remarks.push(("unit", format!("{}{locale}", unit.id)));
    }
    remarks.extend(finding.help.iter().map(|help| ("help", help.to_string())));
    if let Some(fix) = &finding.fix {
        let name = match fix.applicability {
            Applicability::Safe => "safe fix",
            Applicability::Ask => "possible fix",
        };
        remarks.push((name, fix.message.clone()));
    }
    remarks
}

/// `path:line:column`, or the path alone where the finding is about the whole article.
fn place(label: &Label) -> String {
    let (path, start) = (one_line(&label.path), label.range.start);
    match start.line {
        0 => path.into_owned(),
        line => format!("{path}:{line}:{}", start.column.max(1)),
    }
}

/// How many digits the last line number has that the renderer draws: that of the mark's end.
fn digits(label: &Label) -> usize {
    let text = &label.excerpt.text;
    let until = text.floor_char_boundary(label.excerpt.start.max(label.excerpt.end));
    let last = first_line(label) + text[..until].matches('\n').count();
    last.to_string().len()
}

fn first_line(label: &Label) -> usize {
    label.excerpt.line.max(1) as usize
}

fn snippet(label: &Label, kind: AnnotationKind, columns: usize) -> Snippet<'_, Annotation<'_>> {
    let (text, marked) = window::cut(&label.excerpt, columns);
    let mut annotation = kind.span(marked);
    if !label.message.is_empty() {
        annotation = annotation.label(one_line(&label.message));
    }
    Snippet::source(text).line_start(first_line(label)).annotation(annotation)
}
