//! What rules leave: places and words are turned into diagnostics here, once.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Rule;
use crate::bitext::Unit;
use crate::config::Settings;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Labeler, Severity, UnitRef};
use crate::document::{Document, Side};
use crate::text::Span;

/// Collects findings. A rule that is switched off for an article leaves nothing in it.
pub struct Findings<'a> {
    settings: &'a Settings,
    documents: BTreeMap<Arc<str>, Labeler<'a>>,
    locales: BTreeMap<Arc<str>, &'a str>,
    rule: &'static Rule,
    /// The units that findings are in, by article and place.
    units: HashMap<(Arc<str>, u32), Arc<UnitRef>>,
    found: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// For the rules that will look at these documents.
    pub fn new(settings: &'a Settings, documents: impl IntoIterator<Item = &'a Document>) -> Self {
        let (mut labelers, mut locales) = (BTreeMap::new(), BTreeMap::new());
        for document in documents {
            // The source that stands in an article's comments has the path of the article.
            let path = &document.path;
            labelers.entry(path.clone()).or_insert_with(|| Labeler::new(path.clone(), &document.source));
            locales.entry(path.clone()).or_insert(document.locale.tag());
        }
        Self { settings, documents: labelers, locales, rule: super::RULES[0], units: HashMap::new(), found: Vec::new() }
    }

    /// The rule that reports from now on.
    pub(super) fn begin(&mut self, rule: &'static Rule) {
        self.rule = rule;
    }

    /// How a finding of the current rule counts in an article; `None` where the rule is off.
    pub(super) fn severity(&self, default: Severity, path: &str) -> Option<Severity> {
        let locale = self.locales.get(path).copied().unwrap_or_default();
        self.settings.severity_for(self.rule.name, self.rule.family.name(), default, path, locale)
    }

    /// Whether a rule is off in all of these articles.
    pub(super) fn is_off(&self, rule: &Rule, documents: &[Document]) -> bool {
        documents.iter().all(|it| {
            let (name, family, locale) = (rule.name, rule.family.name(), it.locale.tag());
            self.settings.severity_for(name, family, rule.severity, &it.path, locale).is_none()
        })
    }

    /// What was found so far; the collector is empty after it.
    pub(super) fn take(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.found)
    }

    /// What was found.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.found
    }

    /// The lines of an article.
    pub(super) fn labeler(&self, path: &str) -> Option<&Labeler<'a>> {
        self.documents.get(path)
    }

    /// Reports a place in an article.
    pub fn document(&mut self, document: &Document, span: Span, message: impl Into<String>) -> Finding<'_, 'a> {
        let severity = self.severity(self.rule.severity, &document.path);
        let index = severity.zip(self.documents.get(&document.path)).map(|(severity, labeler)| {
            self.found.push(Diagnostic {
                rule: self.rule.name,
                severity,
                message: message.into(),
                help: None,
                primary: labeler.label(span, ""),
                labels: Vec::new(),
                unit: None,
                fix: None,
                fingerprint: String::new(),
            });
            self.found.len() - 1
        });
        Finding { findings: self, index }
    }

    /// Reports the whole target of a unit (its source, where it has no target), with the source
    /// beside it.
    pub fn unit(&mut self, unit: &Unit<'_>, message: impl Into<String>) -> Finding<'_, 'a> {
        let span = unit.target.or(unit.source).map(|side| side.span).unwrap_or_default();
        self.in_unit(unit, span, message)
    }

    /// Reports a unit that has no target, at the place in `target` where one was to be expected.
    pub fn missing(
        &mut self,
        unit: &Unit<'_>,
        target: &Document,
        at: Span,
        message: impl Into<String>,
    ) -> Finding<'_, 'a> {
        let Finding { index, .. } = self.document(target, at, message);
        if let (Some(index), Some(source)) = (index, unit.source) {
            let (id, locale) = (unit.id.clone().into_owned(), target.locale.tag().to_owned());
            let text = source.raw().to_owned();
            self.found[index].unit = Some(UnitRef { id, source: text, target: String::new(), locale }.into());
            if let Some(labeler) = self.documents.get(&source.document.path) {
                self.found[index].labels = vec![labeler.label(source.span, "the source")];
            }
        }
        Finding { findings: self, index }
    }

    /// Reports a place in the target of a unit, with the source beside it.
    pub fn in_unit(&mut self, unit: &Unit<'_>, span: Span, message: impl Into<String>) -> Finding<'_, 'a> {
        let Some(primary) = unit.target.or(unit.source) else { return Finding { findings: self, index: None } };
        let Finding { index, .. } = self.document(primary.document, span, message);
        if let Some(index) = index {
            self.found[index].unit = Some(self.reference(unit, primary));
            if let (Some(source), Some(_)) = (unit.source, unit.target)
                && let Some(labeler) = self.documents.get(&source.document.path)
            {
                self.found[index].labels = vec![labeler.label(source.span, "the source")];
            }
        }
        Finding { findings: self, index }
    }

    /// What findings tell of a unit, `primary` being the side that they are in.
    fn reference(&mut self, unit: &Unit<'_>, primary: Side<'_>) -> Arc<UnitRef> {
        let (source, target) = (unit.source.map_or("", |side| side.raw()), unit.target.map_or("", |side| side.raw()));
        let make = || {
            let (id, locale) = (unit.id.clone().into_owned(), primary.document.locale.tag().to_owned());
            Arc::new(UnitRef { id, source: source.to_owned(), target: target.to_owned(), locale })
        };
        let known = self.units.entry((primary.document.path.clone(), primary.span.start)).or_insert_with(make);
        // A source that several translations lack is another unit in each.
        let same = known.id == unit.id && known.source == source && known.target == target;
        if same { known.clone() } else { make() }
    }
}

/// A finding just reported, to which more can be said. Where the rule is off it says nothing.
pub struct Finding<'f, 'a> {
    findings: &'f mut Findings<'a>,
    index: Option<usize>,
}

impl Finding<'_, '_> {
    fn with(self, change: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(index) = self.index {
            change(&mut self.findings.found[index]);
        }
        self
    }

    /// How grave this one is, where the rule's findings differ. The settings have the last word.
    pub fn severity(mut self, severity: Severity) -> Self {
        let Some(index) = self.index else { return self };
        let path = self.findings.found[index].primary.path.clone();
        match self.findings.severity(severity, &path) {
            Some(severity) => self.findings.found[index].severity = severity,
            None => {
                self.findings.found.remove(index);
                self.index = None;
            }
        }
        self
    }

    /// What to do about it.
    pub fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        self.with(|it| it.help = Some(help.into()))
    }

    /// Marks the place in the source that explains it, instead of the whole source.
    pub fn source(self, span: Span, message: impl Into<String>) -> Self {
        let Some(index) = self.index else { return self };
        let Some(path) = self.findings.found[index].labels.first().map(|label| label.path.clone()) else { return self };
        if let Some(labeler) = self.findings.documents.get(&path) {
            let label = labeler.label(span, message);
            self.findings.found[index].labels[0] = label;
        }
        self
    }

    /// Marks another place.
    pub fn label(self, document: &Document, span: Span, message: impl Into<String>) -> Self {
        let Some(index) = self.index else { return self };
        if let Some(labeler) = self.findings.documents.get(&document.path) {
            let label = labeler.label(span, message);
            self.findings.found[index].labels.push(label);
        }
        self
    }

    /// Offers a mend.
    pub fn fix(self, message: impl Into<String>, applicability: Applicability, edits: Vec<Edit>) -> Self {
        self.with(|it| it.fix = Some(Fix { message: message.into(), applicability, edits }))
    }
}
