//! The baseline: findings that were there before, so that only new ones fail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// Known findings by fingerprint. Written sorted, one a line, so that merges are easy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    findings: Vec<Known>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    path: String,
    rule: String,
    fingerprint: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    message: String,
    /// Why a reviewer keeps it quiet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
}

/// A baseline that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("this is no baseline of hexapla: {0}")]
pub struct BaselineError(#[from] serde_json::Error);

impl Baseline {
    /// The baseline that holds these findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut known: Vec<Known> = findings
            .iter()
            .map(|finding| Known {
                path: finding.primary.path.to_string(),
                rule: finding.rule.to_owned(),
                fingerprint: finding.fingerprint.clone(),
                message: finding.message.clone(),
                reason: String::new(),
            })
            .collect();
        known.sort();
        Baseline { version: 1, findings: known }
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Adds a finding that a reviewer keeps quiet; one that is known gets the reason.
    pub fn ignore(&mut self, path: &str, rule: &str, fingerprint: &str, reason: &str) {
        let reason = reason.trim().to_owned();
        if let Some(known) = self.findings.iter_mut().find(|it| it.fingerprint == fingerprint) {
            known.reason = reason;
            return;
        }
        let (path, rule, fingerprint) = (path.to_owned(), rule.to_owned(), fingerprint.to_owned());
        self.findings.push(Known { path, rule, fingerprint, message: String::new(), reason });
        self.findings.sort();
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// When it is not JSON of the right form.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        Ok(serde_json::from_str(text)?)
    }

    /// As a file: one finding a line.
    pub fn to_json(&self) -> String {
        let lines: Vec<String> =
            self.findings.iter().map(|known| serde_json::to_string(known).unwrap_or_default()).collect();
        let body = lines.join(",\n");
        if body.is_empty() {
            return "{\"version\": 1, \"findings\": []}\n".into();
        }
        format!("{{\"version\": 1, \"findings\": [\n{body}\n]}}\n")
    }

    /// Takes the known findings out, and answers how many entries of the baseline no longer apply.
    pub fn subtract(&self, findings: &mut Vec<Diagnostic>) -> usize {
        let mut left: BTreeMap<&str, bool> =
            self.findings.iter().map(|known| (known.fingerprint.as_str(), false)).collect();
        findings.retain(|finding| match left.get_mut(finding.fingerprint.as_str()) {
            Some(met) => {
                *met = true;
                false
            }
            None => true,
        });
        left.values().filter(|met| !**met).count()
    }
}
