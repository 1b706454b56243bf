//! Names for findings that survive line shifts: made of the rule, the article and the text, never
//! of a line number.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

/// Gives every finding its fingerprint. Equal findings in one article are told apart by their
/// order. The findings are sorted by place.
pub(super) fn assign(findings: &mut [Diagnostic]) {
    let bases: Vec<String> = findings.par_iter().map_init(String::new, base).collect();
    let mut seen: HashMap<&str, u32> = HashMap::with_capacity(bases.len());
    for (finding, base) in findings.iter_mut().zip(&bases) {
        let again = seen.entry(base).or_default();
        *again += 1;
        finding.fingerprint = match again {
            1 => base.clone(),
            again => blake3::hash(format!("{base} {again}").as_bytes()).to_hex()[..16].to_owned(),
        };
    }
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
