//! Names for findings that survive line shifts: made of the rule, the article and the text, never
//! of a line number.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

/// Gives every finding its fingerprint. Equal findings in one article are told apart by their
/// order. The findings are sorted by place.
pub(super) fn assign(findings: &mut [Diagnostic]) {
    let bases: Vec<String> = findings.par_iter().map(base).collect();
    let mut seen: HashMap<String, u32> = HashMap::new();
    for (finding, base) in findings.iter_mut().zip(bases) {
        let again = seen.entry(base.clone()).or_default();
        *again += 1;
        finding.fingerprint = match again {
            1 => base,
            again => blake3::hash(format!("{base} {again}").as_bytes()).to_hex()[..16].to_owned(),
        };
    }
}

/// The fingerprint of a finding that has no equal.
fn base(finding: &Diagnostic) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut field = |text: &str| {
        for word in text.split_whitespace() {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        hasher.update(b"\0");
    };
    field(finding.rule);
    field(&finding.primary.path);
    match &finding.unit {
        Some(unit) => [&unit.source, &unit.target].into_iter().for_each(|text| field(text)),
        None => {
            let excerpt = &finding.primary.excerpt;
            field(excerpt.text.get(excerpt.start..excerpt.end).unwrap_or_default());
        }
    }
    field(&finding.message);
    hasher.finalize().to_hex()[..16].to_owned()
}
