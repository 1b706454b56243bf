//! Findings as they are kept, and facts read back from where they were kept. What a rule reported is
//! of no use when there is no such rule.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Fact, FactValue};
use crate::diagnostic::{Diagnostic, Excerpt, Fix, Label, Range, Severity, UnitRef};

/// Findings as they are kept: what many of them share, the paths and the units, is written once.
pub mod findings {
    use super::*;

    /// Writes them.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(findings: &[Diagnostic], serializer: S) -> Result<S::Ok, S::Error> {
        let mut shared = Shared::default();
        let rows: Vec<Row<'_>> = findings.iter().map(|it| shared.row(it)).collect();
        (shared.paths, shared.units, rows).serialize(serializer)
    }

    /// Reads them back.
    ///
    /// # Errors
    /// Where a rule or something that is shared is unknown, and those of the deserializer.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Diagnostic>, D::Error> {
        type All<'a> = (Vec<Arc<str>>, Vec<Arc<UnitRef>>, Vec<Row<'a>>);
        let (paths, units, rows) = All::deserialize(deserializer)?;
        let finding = |row: Row<'_>| row.finding(&paths, &units);
        let all: Option<Vec<Diagnostic>> = rows.into_iter().map(finding).collect();
        all.ok_or_else(|| Error::custom("no such rule, path or unit"))
    }
}

/// What findings share.
#[derive(Default)]
struct Shared<'a> {
    paths: Vec<&'a str>,
    path_numbers: HashMap<&'a str, u32>,
    units: Vec<&'a UnitRef>,
    /// By their addresses.
    unit_numbers: HashMap<usize, u32>,
}

/// The fields of a [`Diagnostic`].
#[derive(Serialize, Deserialize)]
struct Row<'a> {
    rule: &'a str,
    severity: Severity,
    message: Cow<'a, str>,
    help: Option<Cow<'a, str>>,
    primary: Spot<'a>,
    labels: Vec<Spot<'a>>,
    unit: Option<u32>,
    fix: Option<Cow<'a, Fix>>,
    fingerprint: Cow<'a, str>,
}

/// The fields of a [`Label`].
#[derive(Serialize, Deserialize)]
struct Spot<'a> {
    path: u32,
    range: Range,
    message: Cow<'a, str>,
    excerpt: Cow<'a, Excerpt>,
}

impl<'a> Shared<'a> {
    fn row(&mut self, it: &'a Diagnostic) -> Row<'a> {
        let unit = it.unit.as_ref().map(|unit| {
            let next = self.units.len() as u32;
            let number = *self.unit_numbers.entry(Arc::as_ptr(unit).addr()).or_insert(next);
            if number == next {
                self.units.push(unit);
            }
            number
        });
        Row {
            rule: it.rule,
            severity: it.severity,
            message: Cow::Borrowed(&it.message),
            help: it.help.as_deref().map(Cow::Borrowed),
            primary: self.spot(&it.primary),
            labels: it.labels.iter().map(|it| self.spot(it)).collect(),
            unit,
            fix: it.fix.as_ref().map(Cow::Borrowed),
            fingerprint: Cow::Borrowed(&it.fingerprint),
        }
    }

    fn spot(&mut self, it: &'a Label) -> Spot<'a> {
        let next = self.paths.len() as u32;
        let path = *self.path_numbers.entry(&it.path).or_insert(next);
        if path == next {
            self.paths.push(&it.path);
        }
        let (message, excerpt) = (Cow::Borrowed(&*it.message), Cow::Borrowed(&it.excerpt));
        Spot { path, range: it.range, message, excerpt }
    }
}

impl Row<'_> {
    /// The finding; `None` where there is no such rule, path or unit.
    fn finding(self, paths: &[Arc<str>], units: &[Arc<UnitRef>]) -> Option<Diagnostic> {
        let label = |it: Spot<'_>| {
            let path = paths.get(it.path as usize)?.clone();
            let (message, excerpt) = (it.message.into_owned(), it.excerpt.into_owned());
            Some(Label { path, range: it.range, message, excerpt })
        };
        Some(Diagnostic {
            rule: name(self.rule)?,
            severity: self.severity,
            message: self.message.into_owned(),
            help: self.help.map(|it| Cow::Owned(it.into_owned())),
            primary: label(self.primary)?,
            labels: self.labels.into_iter().map(label).collect::<Option<_>>()?,
            unit: match self.unit {
                Some(unit) => Some(units.get(unit as usize)?.clone()),
                None => None,
            },
            fix: self.fix.map(Cow::into_owned),
            fingerprint: self.fingerprint.into_owned(),
        })
    }
}

/// The fields of a [`Fact`], in order.
#[derive(Deserialize)]
struct Stated<'a> {
    rule: &'a str,
    article: Arc<str>,
    locale: String,
    place: Label,
    value: FactValue,
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Stated { rule, article, locale, place, value } = Stated::deserialize(deserializer)?;
        let rule = name(rule).ok_or_else(|| Error::custom("no such rule"))?;
        Ok(Fact { rule, article, locale, place, value })
    }
}

fn name(rule: &str) -> Option<&'static str> {
    super::rule(rule).map(|rule| rule.name)
}
