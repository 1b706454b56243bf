use crate::diagnostic::Severity;
use crate::lint::{Check, Family, Findings, Group, Rule};
use crate::locale;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "missing-article",
    summary: "a locale of the project lacks the article",
    family: Family::Completeness,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("missing-article"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let Some(source) = group.documents.iter().find(|it| locale::matches(&it.locale, group.source_locale)) else {
        return;
    };
    let missing: Vec<&str> = group
        .locales
        .iter()
        .filter(|locale| *locale != group.source_locale && !group.documents.iter().any(|it| it.locale == **locale))
        .map(|locale| locale.tag())
        .collect();
    if missing.is_empty() {
        return;
    }
    let text = source.source.text();
    let span = Span::new(0, text.find('\n').unwrap_or(text.len()));
    let message = format!("there is no translation in {}", missing.join(", "));
    findings.document(source, span, message).help("translate the article, or leave it out of these locales on purpose");
}
