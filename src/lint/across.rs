//! What rules see across articles. Stage one runs over each article and leaves small owned facts,
//! each with its place; stage two holds the facts of all articles against each other, and reports
//! with both places. No document is held in between.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::{Check, Findings, Group, RULES, Rule, fingerprint};
use crate::bitext::Bitext;
use crate::config::Settings;
use crate::diagnostic::{self, Diagnostic, Label, Severity, UnitRef};
use crate::document::Document;
use crate::procedure::{Stated, TaskPath};
use crate::termbase::{Place, Translation, Wording};
use crate::text::Span;

/// What one article states, kept for stage two.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// The rule that will compare it.
    pub rule: &'static str,
    /// The key of its article.
    pub article: Arc<str>,
    /// The locale of the document it stands in.
    pub locale: String,
    /// Where it stands.
    pub place: Label,
    /// What it states.
    pub value: FactValue,
}

impl Fact {
    /// Its rule, and the locale, where only facts of that can contradict it; else nothing.
    pub fn strand(&self) -> (&'static str, &str) {
        let locale = if let FactValue::Label(_) = self.value { &*self.locale } else { "" };
        (self.rule, locale)
    }
}

/// The kinds of facts: one for each rule that compares across articles.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FactValue {
    /// The way through menus to a task.
    Path(TaskPath),
    /// A policy, and where translations of the article say it.
    Policy(Arc<Stated>, Vec<Label>),
    /// Where a translation that is kept apart from its source says the policy at these bytes of it.
    Elsewhere(Arc<str>, Span),
    /// A translation of an older version, with the policy it does not know yet and the finding.
    Behind(Label, String),
    /// What a label is called.
    Label(Box<NamedLabel>),
}

/// A label of the source with what a translation calls it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NamedLabel {
    /// What the source calls it.
    pub label: String,
    /// What the translation calls it.
    pub rendering: String,
    /// Whether the translation gives the label beside it.
    pub glossed: bool,
    /// Whether the reader is to do something with it.
    pub ordered: bool,
    /// Whether it is written as no label mostly is.
    pub weak: bool,
    /// The unit it stands in; the labels of a unit share it.
    pub unit: Arc<UnitRef>,
}

/// Collects the facts of one article for one rule.
pub struct Facts<'a, 'd> {
    rule: &'static Rule,
    article: Arc<str>,
    settings: &'a Settings,
    places: &'a Findings<'d>,
    found: &'a mut Vec<Fact>,
}

impl Facts<'_, '_> {
    /// A place in an article of the group, with a word about it.
    pub fn label(&self, document: &Document, span: Span, message: impl Into<String>) -> Option<Label> {
        Some(self.places.labeler(&document.path)?.label(span, message))
    }

    /// Keeps a fact, unless the rule is off where it stands.
    pub fn keep(&mut self, document: &Document, span: Span, value: FactValue) {
        let (rule, locale) = (self.rule, document.locale.tag());
        let is_off = severity(rule, rule.severity, &document.path, locale, self.settings).is_none();
        let Some(labeler) = self.places.labeler(&document.path).filter(|_| !is_off) else { return };
        let (article, locale, place) = (self.article.clone(), locale.to_owned(), labeler.label(span, ""));
        self.found.push(Fact { rule: rule.name, article, locale, place, value });
    }
}

/// Stage one: the facts of an article, for all rules that compare across articles.
pub(super) fn gather(group: &Group<'_>, findings: &Findings<'_>) -> Vec<Fact> {
    let mut found = Vec::new();
    for rule in RULES {
        let Check::Project { gather, .. } = rule.check else { continue };
        if findings.is_off(rule, group.documents) {
            continue;
        }
        let (article, settings) = (group.key.into(), group.settings);
        gather(group, &mut Facts { rule, article, settings, places: findings, found: &mut found });
    }
    found
}

/// Collects what stage two finds.
pub struct Conflicts<'a> {
    rule: &'static Rule,
    settings: &'a Settings,
    found: Vec<Diagnostic>,
}

impl<'a> Conflicts<'a> {
    /// For a rule, with what others found.
    pub(super) fn new(rule: &'static Rule, settings: &'a Settings, found: Vec<Diagnostic>) -> Self {
        Conflicts { rule, settings, found }
    }

    /// All that was found.
    pub(super) fn found(mut self) -> Vec<Diagnostic> {
        fingerprint::begin(&mut self.found);
        self.found
    }

    /// Reports a fact that another one contradicts: `there` says what stands at the other place.
    pub fn report(&mut self, fact: &Fact, message: impl Into<String>, other: &Fact, there: impl Into<String>) {
        self.report_as(self.rule.severity, fact, message, other, there);
    }

    /// The same, where findings of the rule differ in how grave they are.
    pub fn report_as(
        &mut self,
        default: Severity,
        fact: &Fact,
        message: impl Into<String>,
        other: &Fact,
        there: impl Into<String>,
    ) {
        if self.place(default, &fact.locale, fact.place.clone(), message) {
            self.also([Label { message: there.into(), ..other.place.clone() }]);
        }
    }

    /// Reports a fact that a place which is no fact itself contradicts.
    pub fn report_at(&mut self, default: Severity, fact: &Fact, message: impl Into<String>, label: Label) {
        let there = label.message.clone();
        let other = Fact { place: label, ..fact.clone() };
        self.report_as(default, fact, message, &other, there);
    }

    /// Reports a place that is no fact; what explains it is said with [`Self::also`].
    pub fn place(&mut self, default: Severity, locale: &str, place: Label, message: impl Into<String>) -> bool {
        let rule = self.rule;
        let Some(severity) = severity(rule, default, &place.path, locale, self.settings) else { return false };
        self.found.push(Diagnostic {
            rule: rule.name,
            severity,
            message: message.into(),
            help: None,
            primary: place,
            labels: Vec::new(),
            unit: None,
            fix: None,
            fingerprint: String::new(),
        });
        true
    }

    /// Reports a stretch of a translation, with its unit, unless a comment of the article keeps the
    /// rule quiet there.
    pub fn stretch(
        &mut self,
        default: Severity,
        locale: &str,
        wording: &Wording<'_>,
        place: Place,
        message: impl Into<String>,
    ) -> bool {
        let (translation, passage) = wording.passage(place);
        let label = wording.label(place, "");
        let told = !translation.is_muted(self.rule.name, label.range.start.line)
            && self.place(default, locale, label, message);
        if told {
            self.unit(passage.reference(translation));
        }
        told
    }

    /// The places that are reported already.
    pub fn places(&self) -> impl Iterator<Item = &Label> {
        self.found.iter().map(|it| &it.primary)
    }

    /// The unit that the last one reported stands in.
    pub fn unit(&mut self, unit: impl Into<Arc<UnitRef>>) {
        if let Some(last) = self.found.last_mut() {
            last.unit = Some(unit.into());
        }
    }

    /// Other places that say what the last one reported says.
    pub fn also(&mut self, labels: impl IntoIterator<Item = Label>) {
        if let Some(last) = self.found.last_mut() {
            let labels = labels.into_iter();
            last.labels.reserve_exact(labels.size_hint().0);
            last.labels.extend(labels);
        }
    }

    /// What to do about the last one reported.
    pub fn help(&mut self, help: impl Into<Cow<'static, str>>) {
        if let Some(last) = self.found.last_mut() {
            last.help = Some(help.into());
        }
    }
}

/// Stage one, for the rules that ask what things are called: the units of an article's translations.
pub(super) fn translations(group: &Group<'_>, findings: &Findings<'_>) -> Vec<Translation> {
    let mut asks = RULES.iter().filter(|rule| rule.check.wording().is_some());
    if asks.all(|rule| findings.is_off(rule, group.documents)) {
        return Vec::new();
    }
    let mut sources = HashSet::new();
    let mut each = |it: &Bitext<'_>| Translation::of(it, findings.labeler(&it.target.path)?.lines(), &mut sources);
    group.bitexts.iter().filter_map(&mut each).collect()
}

/// Stage two: what the facts of all articles say against each other, and what their translations
/// call things.
pub fn compare(facts: Vec<Fact>, translations: Vec<Translation>, settings: &Settings) -> Vec<Diagnostic> {
    let mut all = compare_facts(&facts.iter().collect::<Vec<_>>(), settings);
    drop(facts);
    let asking = Asking::of(translations.iter().map(|it| (&*it.path, &*it.locale)), settings);
    all.extend(asking.learn(&translations));
    in_order(all)
}

/// What these facts say against each other: those of all articles, or of one strand of them.
pub fn compare_facts(facts: &[&Fact], settings: &Settings) -> Vec<Diagnostic> {
    let compared = |rule: &&'static Rule| {
        let Check::Project { compare, .. } = rule.check else { return Vec::new() };
        let mut conflicts = Conflicts::new(rule, settings, Vec::new());
        let own: Vec<&Fact> = facts.iter().copied().filter(|fact| fact.rule == rule.name).collect();
        compare(&own, &mut conflicts);
        conflicts.found()
    };
    let found: Vec<Vec<Diagnostic>> = RULES.par_iter().map(compared).collect();
    found.into_iter().flatten().collect()
}

/// Findings: each once, in order, with its fingerprint.
pub fn in_order(mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostic::sort(&mut all);
    all.dedup_by(|a, b| a.sort_key() == b.sort_key());
    fingerprint::assign(&mut all);
    all
}

pub(super) fn severity(
    rule: &Rule,
    default: Severity,
    path: &str,
    locale: &str,
    settings: &Settings,
) -> Option<Severity> {
    settings.severity_for(rule.name, rule.family.name(), default, path, locale)
}
