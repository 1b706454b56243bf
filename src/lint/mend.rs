//! Safe fixes, applied to the text of an article.

use std::mem::discriminant;

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::document::{self, Document};
use crate::text::{Source, Span, splice};

/// The text of an article after its safe fixes, and how many were applied; `None` where there is
/// none. Of fixes that overlap the first is taken. One that would change the structure of the
/// article is left out.
pub fn mend<'d>(document: &Document, findings: impl IntoIterator<Item = &'d Diagnostic>) -> Option<(String, usize)> {
    let safe = |it: &&Diagnostic| it.primary.path == document.path;
    let fixes = findings.into_iter().filter(safe).filter_map(|it| it.fix.as_ref());
    let mut taken: Vec<&[Edit]> = Vec::new();
    for fix in fixes.filter(|fix| fix.applicability == Applicability::Safe && !fix.edits.is_empty()) {
        if !taken.iter().any(|other| clash(other, &fix.edits)) {
            taken.push(&fix.edits);
        }
    }
    let mut fixed = applied(document, &taken);
    if !alike(document, &fixed) {
        let all = std::mem::take(&mut taken);
        for fix in all {
            taken.push(fix);
            if !alike(document, &applied(document, &taken)) {
                taken.pop();
            }
        }
        fixed = applied(document, &taken);
    }
    (!taken.is_empty()).then_some((fixed, taken.len()))
}

/// Whether two fixes touch the same bytes, or the same place between two.
fn clash(one: &[Edit], other: &[Edit]) -> bool {
    let touch = |a: Span, b: Span| a.overlaps(b) || a.start == b.start || a.end == b.end;
    one.iter().any(|a| other.iter().any(|b| touch(a.span, b.span)))
}

fn applied(document: &Document, fixes: &[&[Edit]]) -> String {
    let mut edits: Vec<(Span, &str)> = fixes.iter().flat_map(|fix| fix.iter()).map(|it| (it.span, &*it.text)).collect();
    edits.sort_by_key(|(span, _)| *span);
    String::from_utf8_lossy(&splice(document.source.text().as_bytes(), &edits)).into_owned()
}

/// Whether a text has the blocks, the segments and the marks of a document.
fn alike(document: &Document, text: &str) -> bool {
    let source = Source::from(text);
    let other = document::read(document.path.clone(), document.locale.clone(), document.format, source);
    let nodes = |it: &Document| it.tree.nodes.iter().map(|node| discriminant(&node.kind)).collect::<Vec<_>>();
    let inlines = |it: &Document| it.tree.inlines.iter().map(|inline| discriminant(&inline.kind)).collect::<Vec<_>>();
    document.segments.len() == other.segments.len()
        && document.tree.problems.len() == other.tree.problems.len()
        && nodes(document) == nodes(&other)
        && inlines(document) == inlines(&other)
}
