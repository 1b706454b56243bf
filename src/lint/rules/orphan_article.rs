use crate::diagnostic::Severity;
use crate::lint::{Check, Family, Findings, Group, Rule};
use crate::locale::{self, Locale};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "orphan-article",
    summary: "a translated article has no source",
    family: Family::Completeness,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("orphan-article"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let is_source = |locale: &Locale| locale::matches(locale, group.source_locale);
    // Without the source's locale in the project there is nothing to compare with.
    if !group.locales.iter().any(is_source) || group.documents.iter().any(|it| is_source(&it.locale)) {
        return;
    }
    for document in group.documents.iter().filter(|it| it.locale.is_known() && !it.is_bilingual()) {
        let text = document.source.text();
        let span = Span::new(0, text.find('\n').unwrap_or(text.len()));
        let message = format!("there is no article in {} that this translates", group.source_locale);
        findings.document(document, span, message).help("remove it, or restore its source");
    }
}
