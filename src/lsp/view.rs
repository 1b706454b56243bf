//! What a request is answered from: the text as it is, and what was last found out about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{Location, Position, Range, Uri};

use super::address::address_of;
use super::client::Client;
use super::positions::Lines;
use super::world::{Dated, Opened, Shared};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Side};
use crate::locale::Locale;
use crate::project::{Desk, Look, Overview, Pair};
use crate::text::Span;

/// One open text with all that is known of it.
pub(super) struct View {
    /// The client.
    pub client: Client,
    /// The text.
    pub opened: Opened,
    /// Its lines.
    pub lines: Lines,
    /// The project.
    pub desk: Option<Arc<Desk>>,
    /// What was last seen of it.
    pub look: Option<Arc<Dated<Look>>>,
    /// What was last seen of all articles.
    pub overview: Option<Arc<Dated<Overview>>>,
    /// Whether more will be known in a moment.
    pub waiting: bool,
    /// All open texts of the project, by name.
    others: BTreeMap<Arc<str>, Opened>,
}

/// A unit that a place lies in.
pub(super) struct Hit<'v> {
    /// The unit.
    pub pair: &'v Pair,
    /// Its source.
    pub source: Option<Side<'v>>,
    /// Its target.
    pub target: Option<Side<'v>>,
    /// Whether the place is in its target.
    pub in_target: bool,
}

impl View {
    /// Takes a view of an open text.
    pub(super) fn of(shared: &Shared, address: &str) -> Option<View> {
        let world = shared.lock();
        let opened = world.texts.get(address)?.clone();
        let project = world.projects.get(&opened.root);
        let desk = project.and_then(|it| it.desk.clone());
        let look = project.and_then(|it| it.looks.get(&opened.name).cloned());
        let is_settled = project.is_some_and(|it| it.settled);
        let failed = project.is_some_and(|it| it.failed.contains(&opened.name));
        let is_article = desk.as_ref().is_none_or(|it| it.holds(&opened.name));
        let overview = project.and_then(|it| it.overview.clone());
        let others = world.texts.values().filter(|it| it.root == opened.root);
        let others = others.map(|it| (it.name.clone(), it.clone())).collect();
        let client = world.client.clone();
        drop(world);
        let waiting = look.is_none() && !failed && !(is_settled && (desk.is_none() || !is_article));
        let lines = Lines::new(opened.text.clone(), client.encoding);
        Some(View { client, opened, lines, desk, look, overview, waiting, others })
    }

    /// Its document, as it was last read, with its number.
    pub(super) fn document(&self) -> Option<(usize, &Document)> {
        let look = &self.look.as_ref()?.it;
        let index = look.document(&self.opened.name)?;
        Some((index, &look.documents[index]))
    }

    /// Where a position was when the text was last read.
    pub(super) fn back(&self, position: Position) -> Option<u32> {
        let state = self.look.as_ref()?.state(&self.opened);
        self.opened.edits.back(state, self.lines.byte(position))
    }

    /// Where a stretch of the document is now, with what was typed in it since.
    pub(super) fn range(&self, span: Span) -> Option<Range> {
        let state = self.look.as_ref()?.state(&self.opened);
        Some(self.lines.range(self.opened.edits.stretched(state, span)?))
    }

    /// Where a stretch of one of the documents that were read with it is now.
    pub(super) fn location(&self, document: &Document, span: Span) -> Option<Location> {
        let look = self.look.as_ref()?;
        if document.path == self.opened.name {
            return Some(Location::new(Uri(self.opened.address.to_string()), self.range(span)?));
        }
        if let Some(other) = self.others.get(&document.path) {
            let span = other.edits.stretched(look.state(other), span)?;
            let lines = Lines::new(other.text.clone(), self.client.encoding);
            return Some(Location::new(Uri(other.address.to_string()), lines.range(span)));
        }
        let lines = Lines::new(document.source.text().into(), self.client.encoding);
        Some(Location::new(Uri(self.address(&document.path)), lines.range(span)))
    }

    /// The address of an article of the project.
    pub(super) fn address(&self, name: &str) -> String {
        match self.others.get(name) {
            Some(open) => open.address.to_string(),
            None => address_of(&self.opened.root.join(name)),
        }
    }

    /// The other open text with a name.
    pub(super) fn other(&self, name: &str) -> Option<&Opened> {
        self.others.get(name)
    }

    /// The units that a place of the document lies in: of each translation one at most.
    pub(super) fn hits(&self, at: u32) -> Vec<Hit<'_>> {
        let (Some((own, _)), Some(look)) = (self.document(), self.look.as_ref()) else { return Vec::new() };
        let look = &look.it;
        let mut found = Vec::new();
        for pairing in &look.pairings {
            let hit = pairing.units.iter().find_map(|pair| {
                let (source, target) = (look.side(&pair.source), look.side(&pair.target));
                let of = |place: &Option<(usize, _)>| place.as_ref().is_some_and(|(document, _)| *document == own);
                // The end of a segment is still the segment.
                let holds = |side: &Option<Side<'_>>| side.is_some_and(|it| it.span.start <= at && at <= it.span.end);
                let in_target = of(&pair.target) && holds(&target);
                let in_source = of(&pair.source) && holds(&source);
                (in_target || in_source).then_some(Hit { pair, source, target, in_target })
            });
            found.extend(hit);
        }
        found
    }

    /// The locale that a side of a unit is in.
    pub(super) fn locale<'v>(&'v self, side: &Side<'v>, is_source: bool) -> &'v Locale {
        match &self.desk {
            Some(desk) if is_source && side.document.is_bilingual() => &desk.settings.source_locale,
            _ => &side.document.locale,
        }
    }

    /// All findings in the text, with where they are now. What was typed in is dropped.
    pub(super) fn findings(&self) -> Vec<Placed> {
        let name = &self.opened.name;
        let mut placed = Vec::new();
        let known = |findings: &mut Vec<Diagnostic>| {
            if let Some(desk) = &self.desk {
                desk.subtract_known(findings);
            }
        };
        if let Some(look) = &self.look {
            let mut own: Vec<Diagnostic> =
                look.it.findings.iter().filter(|it| it.primary.path == *name).cloned().collect();
            known(&mut own);
            let state = look.state(&self.opened);
            placed.extend(own.into_iter().filter_map(|finding| {
                let span = self.opened.edits.forward(state, span_of(&finding))?;
                Some(Placed { finding, span, state, is_across: false })
            }));
        }
        if let Some(overview) = &self.overview {
            let mut across = overview.it.findings.get(name).cloned().unwrap_or_default();
            known(&mut across);
            let state = overview.state(&self.opened);
            placed.extend(across.into_iter().filter_map(|finding| {
                self.opened.edits.forward_lines(state, lines_of(&finding))?;
                let span = self.opened.edits.forward(state, span_of(&finding))?;
                Some(Placed { finding, span, state, is_across: true })
            }));
        }
        placed.sort_by(|a, b| {
            (a.span, a.finding.rule, &a.finding.message).cmp(&(b.span, b.finding.rule, &b.finding.message))
        });
        placed
    }
}

/// A finding in the text of a view.
pub(super) struct Placed {
    /// The finding.
    pub finding: Diagnostic,
    /// Where it is now.
    pub span: Span,
    /// The state of the text that it was found in.
    pub state: u64,
    /// Whether it was found by comparing articles with each other.
    pub is_across: bool,
}

impl Placed {
    /// Where a stretch of the text that it was found in is now.
    pub(super) fn moved(&self, view: &View, span: Span) -> Option<Span> {
        view.opened.edits.forward(self.state, span)
    }
}

/// The bytes of a finding.
fn span_of(finding: &Diagnostic) -> Span {
    let range = &finding.primary.range;
    Span::new(range.start.byte as usize, range.end.byte as usize)
}

/// The lines of a finding, as far as it shows them.
fn lines_of(finding: &Diagnostic) -> Span {
    let (span, excerpt) = (span_of(finding), &finding.primary.excerpt);
    let start = span.range().start.saturating_sub(excerpt.start);
    Span::new(start, span.range().end + excerpt.text.len().saturating_sub(excerpt.end))
}
