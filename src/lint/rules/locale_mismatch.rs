use crate::diagnostic::Severity;
use crate::document::{Document, Role, visible_text};
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::locale::{self, Locale};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "locale-mismatch",
    summary: "an article is not in the locale it is filed under",
    family: Family::Metadata,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("locale-mismatch"),
    check: Check::Document(check),
};

fn check(document: &Document, context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.locale.is_known() {
        return;
    }
    let entry = document.front_matter().and_then(|front| front.get("ms.contentlocale"));
    if let Some(entry) = entry
        && let Some(stated) = Locale::parse(entry.value.trim())
        && !locale::matches(&stated, context.locale)
    {
        let message =
            format!("the front matter says `{}`, the article is filed under `{}`", entry.value, context.locale);
        findings.document(document, entry.span, message).help("correct the locale, or move the article");
        return;
    }
    let mut sample = String::new();
    for segment in document.segments.iter().filter(|it| it.role != Role::Source && it.entry.is_none()) {
        sample.push_str(&visible_text(document, document.inlines_of(segment)));
        sample.push(' ');
        if sample.len() > 600 {
            break;
        }
    }
    if sample.len() < 200 {
        return;
    }
    if let Some(found) = locale::identify_other(&sample, &[context.locale])
        && context.locale.data().is_some()
    {
        let text = document.source.text();
        let span = entry.map_or(Span::new(0, text.find('\n').unwrap_or(text.len())), |entry| entry.span);
        let message = format!("the article is filed under `{}`, but its text is in `{}`", context.locale, found);
        findings.document(document, span, message).help("correct the locale, or translate the article");
    }
}
