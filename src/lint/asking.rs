//! The rules that ask what things are called, and what is learned for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::across::severity;
use super::{Ask, Conflicts, RULES, Rule};
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::termbase::{Course, Kept, Language, Lesson, Memory, Shares, SourceTexts, Syllabus, Text, Translation};

/// The rules that ask.
pub struct Asking<'a> {
    rules: Vec<(&'static Rule, Lesson, Ask)>,
    settings: &'a Settings,
}

impl<'a> Asking<'a> {
    /// Those that are on in one of these articles: paths and locales.
    pub fn of<'t>(articles: impl Iterator<Item = (&'t str, &'t str)> + Clone, settings: &'a Settings) -> Self {
        let is_on = |rule: &Rule| {
            let mut all = articles.clone();
            all.any(|(path, locale)| severity(rule, rule.severity, path, locale, settings).is_some())
        };
        let asks = RULES.iter().filter_map(|rule| rule.check.wording().map(|(lesson, ask)| (*rule, lesson, ask)));
        Asking { rules: asks.filter(|it| is_on(it.0)).collect(), settings }
    }

    /// Their names.
    pub fn names(&self) -> Vec<&'static str> {
        self.rules.iter().map(|it| it.0.name).collect()
    }

    /// What all languages share for them, of these source texts; `known` is what was read of the same
    /// texts before.
    pub fn course<'t>(&self, sources: &'t [Arc<Text>], known: Option<Syllabus>) -> Course<'t> {
        let lessons: Vec<Lesson> = self.rules.iter().map(|it| it.1).collect();
        Course::new(sources, &self.settings.source_locale, &lessons, known)
    }

    /// What they find in a language; of `known` and `keep` [`Course::learn`] tells.
    pub fn ask<'t>(
        &self,
        course: &Course<'t>,
        tag: &str,
        language: Language<'t>,
        kept: &Kept,
        known: Option<Memory>,
        keep: Option<&(dyn Fn(&Memory) + Sync)>,
    ) -> Vec<Diagnostic> {
        let wording = course.learn(tag, language, kept, known, keep);
        let mut found = Vec::new();
        for &(rule, _, ask) in &self.rules {
            let mut conflicts = Conflicts::new(rule, self.settings, found);
            ask(tag, &wording, &mut conflicts);
            found = conflicts.found();
        }
        found
    }

    /// What they find in all of these: by the tags of the languages.
    pub(super) fn learn(&self, translations: &[Translation]) -> Vec<Diagnostic> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let mut locales: BTreeMap<&str, Vec<&Translation>> = BTreeMap::new();
        for it in translations {
            locales.entry(&it.locale).or_default().push(it);
        }
        let sources = SourceTexts::of(translations).texts;
        let course = self.course(&sources, None);
        let languages: Vec<(&str, Language<'_>)> =
            locales.into_par_iter().map(|(tag, own)| (tag, course.read(own))).collect();
        let shares: Vec<Shares> = languages.par_iter().map(|(_, it)| course.shares(it)).collect();
        let kept = course.kept(&shares);
        let found =
            languages.into_par_iter().map(|(tag, language)| self.ask(&course, tag, language, &kept, None, None));
        found.collect::<Vec<_>>().into_iter().flatten().collect()
    }
}
