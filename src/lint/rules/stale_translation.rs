use crate::bitext::{Bitext, Drift, Relation};
use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "stale-translation",
    summary: "a translation is behind its source",
    family: Family::Freshness,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("stale-translation"),
    check: Check::Bitext(check),
};

/// Equal in all translations of one version of the source.
const SOURCE_HASH: &str = "ms.openlocfilehash";
/// Where only the content tells, so many segments at least, and one of so many, are missing.
const FEW: usize = 3;
const ONE_OF: usize = 10;

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if bitext.relation == Relation::OtherVersion && bitext.basis.is_none() {
        return other_version(bitext, findings);
    }
    let drift = bitext.drift();
    let lost = drift.missing + drift.extra;
    let behind = match drift.known {
        true => drift.behind() + lost > 0,
        false => drift.missing >= FEW && lost * ONE_OF >= drift.segments,
    };
    if !behind {
        return;
    }
    let text = bitext.target.source.text();
    let span = Span::new(0, text.find('\n').unwrap_or(text.len()));
    let found = findings.document(bitext.target, span, message(drift));
    // One segment in a long article is said where it stands.
    let little = (drift.behind() + drift.missing) * 2 * ONE_OF < drift.segments;
    found.severity(if little { Severity::Info } else { Severity::Warning }).help("update the translation");
}

/// The translation says itself that it was made from another version than its siblings.
fn other_version(bitext: &Bitext<'_>, findings: &mut Findings<'_>) {
    // A source that was found elsewhere is not the article's own: `version-skew` says that.
    let Some(entry) = bitext.target.front_matter().and_then(|front| front.get(SOURCE_HASH)) else { return };
    if !bitext.source.is_bilingual() {
        let message = "the other translations were made from another version of the source, and this one was not";
        findings.document(bitext.target, entry.span, message).help("update the translation");
    }
}

fn message(drift: &Drift<'_>) -> String {
    let parts = [
        (drift.behind(), "changed in the source since it was translated"),
        (drift.missing, "missing in the translation"),
        (drift.extra, "gone from the source"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    format!("of {} segments, {}", drift.segments, parts.join(", "))
}
