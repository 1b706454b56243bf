//! For a person at a terminal: the finding, both sides of the translation with the place marked,
//! and what to do. The layout may change at any time; programs read `json`.

mod window;

use std::collections::BTreeMap;
use std::io;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::Report;
use super::plain::one_line;
use super::statistics::end_line;
use crate::diagnostic::{Applicability, Diagnostic, Label, Severity};

/// Columns where the terminal's are unknown.
const WIDTH: usize = 100;
/// The narrowest terminal that excerpts are still cut for.
const NARROWEST: usize = 40;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    // Excerpts are cut to the width before they are drawn, with the place in sight; the renderer
    // is told of room enough, so that it does not cut them a second time.
    let renderer = if report.color { Renderer::styled() } else { Renderer::plain() }.term_width(1 << 20);
    let width = if report.width == 0 { WIDTH } else { report.width.max(NARROWEST) };
    let most = report.max_per_rule.filter(|&most| most > 0).unwrap_or(usize::MAX);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in report.findings {
        let times = seen.entry(finding.rule).or_default();
        *times += 1;
        if *times <= most {
            writeln!(out, "{}\n", draw(finding, width, &renderer))?;
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

fn draw(finding: &Diagnostic, width: usize, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = level.primary_title(one_line(&finding.message)).id(finding.rule).elements(place(
        &finding.primary,
        AnnotationKind::Primary,
        width,
    ));
    for label in &finding.labels {
        group = group.elements(place(label, AnnotationKind::Context, width));
    }
    if let Some(unit) = &finding.unit {
        let locale = if unit.locale.is_empty() { String::new() } else { format!(" ({})", unit.locale) };
        let text = one_line(&format!("{}{locale}", unit.id)).into_owned();
        group = group.element(Level::NOTE.with_name("unit").message(text));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    if let Some(fix) = &finding.fix {
        let name = match fix.applicability {
            Applicability::Safe => "safe fix",
            Applicability::Ask => "possible fix",
        };
        group = group.element(Level::HELP.with_name(name).message(one_line(&fix.message)));
    }
    // The renderer leaves blanks at line ends where a label has no text.
    renderer.render(&[group]).lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// A label as the renderer draws it. The place is stated and not left to the renderer, which
/// would count from the beginning of the window.
fn place(label: &Label, kind: AnnotationKind, width: usize) -> Vec<Element<'_>> {
    let start = label.range.start;
    let mut origin = Origin::path(one_line(&label.path));
    if start.line > 0 {
        origin = origin.line(start.line as usize).char_column(start.column.max(1) as usize);
    }
    let mut elements = vec![origin.into()];
    if label.excerpt.text.is_empty() {
        if !label.message.is_empty() {
            elements.push(Level::NOTE.message(one_line(&label.message)).into());
        }
        return elements;
    }
    let line = label.excerpt.line.max(1) as usize;
    let last = line + label.excerpt.text.matches('\n').count();
    let gutter = last.to_string().len() + 3;
    let (text, marked) = window::cut(&label.excerpt, width.saturating_sub(gutter));
    let mut annotation = kind.span(marked);
    if !label.message.is_empty() {
        annotation = annotation.label(one_line(&label.message));
    }
    elements.push(Snippet::source(text).line_start(line).annotation(annotation).into());
    elements
}
