//! `textDocument/codeAction`: the fixes of findings, all safe fixes at once, a comment that keeps a
//! finding quiet, and the page of its rule.

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, Command, Diagnostic, DocumentChange, Edit,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use serde_json::Value;

use super::clerk::Clerk;
use super::diagnostics::{Places, presented};
use super::explain::EXPLAIN;
use super::view::{Placed, View};
use super::{Refused, params, result};
use crate::diagnostic::Applicability;
use crate::document;
use crate::lint;
use crate::text::{LineIndex, Source, Span};

/// The kind of the action that applies all safe fixes.
pub(super) const FIX_ALL: &str = "source.fixAll.hexapla";
/// Of so many findings each can be kept quiet.
const FEW: usize = 12;
/// What stands where the reason of a suppression belongs.
const REASON: &str = "REASON";

pub(super) fn answer(view: Option<&View>, asked: Value, _: &Clerk) -> Result<Value, Refused> {
    let CodeActionParams { range, context, .. } = params(asked)?;
    let Some(view) = view else { return Ok(Value::Null) };
    let wanted = |kind: &str| match &context.only {
        None => true,
        Some(only) => only
            .iter()
            .map(CodeActionKind::to_string)
            .any(|it| kind == it || it.is_empty() || kind.strip_prefix(&*it).is_some_and(|rest| rest.starts_with('.'))),
    };
    let asked = view.lines.span(range);
    let findings = view.findings();
    let mut actions = Vec::new();
    if wanted("quickfix") {
        let touched = |it: &&Placed| it.span.start <= asked.end && asked.start <= it.span.end;
        let mut places = Places::default();
        // Where a comment goes is tried out, which takes time: nobody picks one of many.
        let are_few = findings.iter().filter(touched).count() <= FEW;
        for placed in findings.iter().filter(touched) {
            let diagnostic = presented(view, placed, &mut places);
            actions.extend(fix(view, placed, &diagnostic));
            if are_few {
                actions.extend(quiet(view, placed, &diagnostic));
            }
            actions.push(explain(placed, &diagnostic));
        }
        // Fixes first, pages last.
        actions.sort_by_key(|it| (it.edit.is_none(), it.title.starts_with("Keep")));
    }
    if wanted(FIX_ALL) {
        actions.extend(fix_all(view, &findings));
    }
    result(actions)
}

fn fix(view: &View, placed: &Placed, diagnostic: &Diagnostic) -> Option<CodeAction> {
    let fix = placed.finding.fix.as_ref()?;
    let edits: Option<Vec<(Span, String)>> =
        fix.edits.iter().map(|edit| Some((placed.moved(view, edit.span)?, edit.text.clone()))).collect();
    let title = sentence(&fix.message);
    let is_safe = fix.applicability == Applicability::Safe;
    Some(CodeAction {
        is_preferred: is_safe.then_some(true),
        edit: Some(edit(view, edits?)),
        ..action(title, Some(diagnostic), CodeActionKind::QuickFix)
    })
}

/// The comment is put into the text as it is now.
fn quiet(view: &View, placed: &Placed, diagnostic: &Diagnostic) -> Option<CodeAction> {
    let (_, read) = view.document()?;
    let text = &view.opened.text;
    let document = match read.source.text() == &**text {
        true => read,
        false => &document::read(read.path.clone(), read.locale.clone(), read.format, Source::from(&**text)),
    };
    let line = LineIndex::new(text).line_of(placed.span.start) as u32 + 1;
    let rule = placed.finding.rule;
    let comment = lint::quiet(document, line, rule, REASON)?;
    let title = match comment.text.contains("-disable-file") {
        true => format!("Keep {rule} quiet in this article, with a reason"),
        false => format!("Keep {rule} quiet on this line, with a reason"),
    };
    let edit = Some(edit(view, vec![(comment.span, comment.text)]));
    Some(CodeAction { edit, ..action(title, Some(diagnostic), CodeActionKind::QuickFix) })
}

fn explain(placed: &Placed, diagnostic: &Diagnostic) -> CodeAction {
    let rule = placed.finding.rule;
    let title = format!("Explain {rule}");
    let command =
        Command { title: title.clone(), tooltip: None, command: EXPLAIN.into(), arguments: Some(vec![rule.into()]) };
    CodeAction { command: Some(command), ..action(title, Some(diagnostic), CodeActionKind::QuickFix) }
}

/// What `hexapla check --fix` would do to this text, in one round.
fn fix_all(view: &View, findings: &[Placed]) -> Option<CodeAction> {
    let (_, read) = view.document()?;
    // Fixes are for the text that they were found in.
    if read.source.text() != &*view.opened.text {
        return None;
    }
    let (text, count) = lint::mend(read, findings.iter().filter(|it| !it.is_across).map(|it| &it.finding))?;
    let change = super::edits::difference(&view.opened.text, &text);
    let (start, end) = (change.old.range().start, change.old.range().end);
    // The difference is one of bytes, and an edit is one of characters.
    let start = (0..=start).rev().find(|&at| view.opened.text.is_char_boundary(at)).unwrap_or(0);
    let end = (end..=view.opened.text.len()).find(|&at| view.opened.text.is_char_boundary(at))?;
    let new = text.get(start..text.len() - (view.opened.text.len() - end))?.to_owned();
    let title = if count == 1 { "Apply the safe fix".to_owned() } else { format!("Apply all {count} safe fixes") };
    let edit = Some(edit(view, vec![(Span::new(start, end), new)]));
    Some(CodeAction { edit, ..action(title, None, CodeActionKind::from(FIX_ALL.to_owned())) })
}

fn action(title: String, diagnostic: Option<&Diagnostic>, kind: CodeActionKind) -> CodeAction {
    CodeAction { title, kind: Some(kind), diagnostics: diagnostic.map(|it| vec![it.clone()]), ..CodeAction::default() }
}

/// Edits of the text, for the version that the client has.
fn edit(view: &View, edits: Vec<(Span, String)>) -> WorkspaceEdit {
    let uri = Uri(view.opened.address.to_string());
    let edits = edits.into_iter().map(|(span, text)| TextEdit { range: view.lines.range(span), new_text: text });
    if !view.client.versioned_edits {
        let changes = Some([(uri, edits.collect())].into_iter().collect());
        return WorkspaceEdit { changes, ..WorkspaceEdit::default() };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version: Some(view.opened.version),
        text_document_identifier: TextDocumentIdentifier { uri },
    };
    let edits = edits.map(Edit::TextEdit).collect();
    let change = DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits });
    WorkspaceEdit { document_changes: Some(vec![change]), ..WorkspaceEdit::default() }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
