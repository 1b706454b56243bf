use crate::diagnostic::Severity;
use crate::document::Format;
use crate::lint::{Check, Family, Findings, Group, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "missing-metadata",
    summary: "an article lacks a title or a description",
    family: Family::Metadata,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("missing-metadata"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    for document in group.documents.iter().filter(|it| it.format == Format::Markdown) {
        let Some(front) = document.front_matter() else { continue };
        let source = group.bitexts.iter().find(|it| it.target.path == document.path).map(|it| it.source);
        let own = front.entries.iter().any(|entry| entry.path.starts_with("ms."));
        let top = Span::new(front.span.start as usize, front.span.start as usize + 3);
        for key in ["title", "description"] {
            if !front.value(key).trim().is_empty() {
                continue;
            }
            let in_source =
                source.is_some_and(|it| it.path != document.path && !it.is_bilingual() && !it.meta(key).is_empty());
            let message = match in_source {
                true => format!("the {key} of the source is missing"),
                false if own && key == "title" => "the article has no title".to_owned(),
                false => continue,
            };
            let place = front.get(key).map_or(top, |entry| entry.key);
            findings.document(document, place, message).help(format!("add a `{key}`"));
        }
    }
}
