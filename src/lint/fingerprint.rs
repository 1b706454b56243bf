//! Names for findings that survive line shifts: made of the rule, the article and the text, never
//! of a line number.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

/// Gives every finding its fingerprint. Equal findings in one article are told apart by their
/// order. The findings are sorted by place.
pub(super) fn assign(findings: &mut [Diagnostic]) {
    begin(findings);
    let mut seen: HashMap<String, u32> = HashMap::with_capacity(findings.len());
    for finding in findings {
        let base = &mut finding.fingerprint;
        let again = seen.entry(base.clone()).or_default();
        *again += 1;
        if *again > 1 {
            *base = blake3::hash(format!("{base} {again}").as_bytes()).to_hex()[..16].to_owned();
        }
    }
}

/// Gives those that have none the fingerprint that they have where nothing is equal to them.
pub(super) fn begin(findings: &mut [Diagnostic]) {
    let new = findings.par_iter_mut().filter(|it| it.fingerprint.is_empty());
    new.for_each_init(String::new, |fields, it| it.fingerprint = base(fields, it));
}

/// The fingerprint of a finding that has no equal. What it is made of is written to `fields`.
fn base(fields: &mut String, finding: &Diagnostic) -> String {
    fields.clear();
    let mut field = |text: &str| {
        for word in text.split_whitespace() {
            fields.push_str(word);
            fields.push(' ');
        }
        fields.push('\0');
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
    blake3::hash(fields.as_bytes()).to_hex()[..16].to_owned()
}
