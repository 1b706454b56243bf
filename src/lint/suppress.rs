//! Suppressions: a written reason to keep a finding quiet.
//!
//! `<!-- hexapla-disable-next-line RULE: reason -->`, `-disable-line`, `-disable-file`, and
//! `-disable RULE: reason` … `-enable RULE` around a stretch. In YAML the same words stand in a
//! comment, `# hexapla-disable-next-line RULE: reason`; in front matter also
//! `hexapla: {disable: [RULE]}`.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::text::{LineIndex, Span};

/// One suppression.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Suppression {
    /// The rules it names.
    pub rules: Vec<String>,
    /// Why; empty when not said.
    pub reason: String,
    /// Its own place.
    pub span: Span,
    /// The 1-based lines it covers, both included.
    pub lines: (u32, u32),
    /// Whether a finding was silenced.
    pub used: bool,
}

const WORD: &str = "hexapla-";

/// The suppressions written in a document, in order of place.
pub(super) fn read(document: &Document, lines: &LineIndex) -> Vec<Suppression> {
    let text = document.source.text();
    let mut found: Vec<Suppression> = Vec::new();
    // Those that wait for their `enable`, and where the last comment ended.
    let mut open: Vec<usize> = Vec::new();
    let mut behind = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), WORD.as_bytes()) {
        if at < behind {
            continue;
        }
        let before = text[..at].trim_end_matches([' ', '\t']);
        let end = match () {
            () if before.ends_with("<!--") => match text[at..].find("-->") {
                Some(length) => Some(at + length),
                None => break, // No comment ends after this.
            },
            () if before.ends_with('#') => Some(text[at..].find('\n').map_or(text.len(), |length| at + length)),
            () => None,
        };
        let Some(end) = end else { continue };
        behind = end;
        let Some((command, rest)) = text[at + WORD.len()..end].trim().split_once(char::is_whitespace) else { continue };
        let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let rules: Vec<String> =
            names.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let (first, last) = (lines.line_of(at as u32) as u32 + 1, lines.line_of(end as u32) as u32 + 1);
        let covered = match command {
            "disable-line" => (first, last),
            "disable-next-line" => (last + 1, next_text_line(text, lines, last)),
            "disable-file" => (1, u32::MAX),
            "disable" => (first, u32::MAX),
            "enable" => {
                open.retain(|&index| {
                    let it: &mut Suppression = &mut found[index];
                    let ends = it.rules.iter().any(|rule| rules.contains(rule));
                    if ends {
                        it.lines.1 = first;
                    }
                    !ends
                });
                continue;
            }
            _ => continue,
        };
        if command == "disable" {
            open.push(found.len());
        }
        let span = Span::new(at, end).trimmed(text);
        found.push(Suppression { rules, reason: reason.trim().to_owned(), span, lines: covered, used: false });
    }
    for entry in document.front_matter().into_iter().flat_map(|front| &front.entries) {
        if entry.path.starts_with("hexapla.disable") {
            let (rules, span) = (vec![entry.value.to_string()], entry.span);
            found.push(Suppression { rules, reason: String::new(), span, lines: (1, u32::MAX), used: false });
        }
    }
    found
}

/// The first line with text after `line`; a comment is often followed by an empty one.
fn next_text_line(text: &str, lines: &LineIndex, line: u32) -> u32 {
    let mut next = line + 1;
    while let Some(start) = lines.line_start(next as usize - 1) {
        if text[start..].lines().next().is_none_or(|line| !line.trim().is_empty()) {
            break;
        }
        next += 1;
    }
    next
}

/// Takes out the findings that a suppression covers.
pub(super) fn apply(suppressions: &mut [Suppression], path: &str, findings: &mut Vec<Diagnostic>) {
    let is_covered = |it: &Diagnostic, all: &mut [Suppression]| covers(all, it.rule, it.primary.range.start.line);
    findings.retain(|finding| &*finding.primary.path != path || !is_covered(finding, suppressions));
}

/// Whether a suppression covers a fact of a rule on a line; it counts as used.
pub(super) fn covers(suppressions: &mut [Suppression], rule: &str, line: u32) -> bool {
    let covers = |it: &&mut Suppression| {
        it.lines.0 <= line && line <= it.lines.1 && it.rules.iter().any(|name| name == rule || name == "all")
    };
    suppressions.iter_mut().find(covers).map(|it| it.used = true).is_some()
}
