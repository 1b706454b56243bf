//! `textDocument/publishDiagnostics`: the findings of a text, each with the places that explain it, on
//! the other side too.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{
    Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Message, Uri,
};
use serde_json::{Value, json};

use super::positions::Lines;
use super::transport::notification;
use super::view::{Placed, View};
use crate::diagnostic::{Label, Severity};
use crate::text::Span;

/// What is told of the findings of a text.
pub(super) fn published(view: &View) -> Value {
    let mut places = Places::default();
    let findings: Vec<Diagnostic> = view.findings().iter().map(|it| presented(view, it, &mut places)).collect();
    let (uri, version) = (&*view.opened.address, view.opened.version);
    let params = json!({"uri": uri, "version": version, "diagnostics": findings});
    notification("textDocument/publishDiagnostics", params)
}

/// That a text has no findings.
pub(super) fn none(address: &str) -> Value {
    notification("textDocument/publishDiagnostics", json!({"uri": address, "diagnostics": []}))
}

/// The lines of other articles, each counted once.
#[derive(Default)]
pub(super) struct Places(BTreeMap<Arc<str>, Option<Lines>>);

/// A finding as the protocol has it.
pub(super) fn presented(view: &View, placed: &Placed, places: &mut Places) -> Diagnostic {
    let finding = &placed.finding;
    let related = |label: &Label| {
        let message = if label.message.is_empty() { "here" } else { &label.message }.to_owned();
        Some(DiagnosticRelatedInformation { location: location(view, placed, label, places)?, message })
    };
    let related: Vec<DiagnosticRelatedInformation> = finding.labels.iter().filter_map(related).collect();
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    Diagnostic {
        range: view.lines.range(placed.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Info => DiagnosticSeverity::Information,
        }),
        code: Some(Code::String(finding.rule.to_owned())),
        // The pages of the rules have no address yet.
        code_description: None,
        source: Some("hexapla".to_owned()),
        message: Message::String(message),
        // An editor greys out what serves no purpose.
        tags: (finding.rule == "unused-suppression").then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: Some(json!({"fingerprint": finding.fingerprint})),
    }
}

/// Where a place that explains a finding is: in the text itself, in what was read with it, or in any
/// other article.
fn location(view: &View, placed: &Placed, label: &Label, places: &mut Places) -> Option<Location> {
    let span = Span::new(label.range.start.byte as usize, label.range.end.byte as usize);
    if label.path == view.opened.name {
        let span = placed.moved(view, span)?;
        return Some(Location::new(Uri(view.opened.address.to_string()), view.lines.range(span)));
    }
    let other = view.other(&label.path);
    let span = match other {
        Some(other) if placed.is_across => other.edits.forward(view.overview.as_ref()?.state(other), span)?,
        Some(other) => other.edits.forward(view.look.as_ref()?.state(other), span)?,
        None => span,
    };
    let lines = places.0.entry(label.path.clone()).or_insert_with(|| {
        let read = view.look.as_ref().and_then(|look| {
            let document = look.it.documents.iter().find(|it| it.path == label.path)?;
            Some(Arc::from(document.source.text()))
        });
        let text = other.map(|it| it.text.clone()).or(read);
        let text = text.or_else(|| Some(view.desk.as_ref()?.text(&label.path)?.into()))?;
        Some(Lines::new(text, view.client.encoding))
    });
    Some(Location::new(Uri(view.address(&label.path)), lines.as_ref()?.range(span)))
}
