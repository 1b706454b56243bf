//! Findings and facts read back from where they were kept. What a rule reported is of no use when
//! there is no such rule.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::{Fact, FactValue};
use crate::diagnostic::{Diagnostic, Fix, Label, Severity, UnitRef};

/// The fields of a [`Diagnostic`], in order.
#[derive(Deserialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    message: String,
    help: Option<Cow<'static, str>>,
    primary: Label,
    labels: Vec<Label>,
    unit: Option<Arc<UnitRef>>,
    fix: Option<Fix>,
    fingerprint: String,
}

impl<'de> Deserialize<'de> for Diagnostic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Finding { rule, severity, message, help, primary, labels, unit, fix, fingerprint } =
            Finding::deserialize(deserializer)?;
        let rule = name(rule).ok_or_else(|| Error::custom("no such rule"))?;
        Ok(Diagnostic { rule, severity, message, help, primary, labels, unit, fix, fingerprint })
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
