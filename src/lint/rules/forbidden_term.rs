use crate::diagnostic::{Applicability, Edit, Severity};
use crate::document::{Document, Role, Side};
use crate::lint::terms::{found, listed, meant};
use crate::lint::{Check, Family, Findings, Group, Rule};
use crate::termbase::Bases;
use crate::termbase::base::{Glossary, Hit, Named, Reading, Status};

pub(super) const RULE: Rule = Rule {
    name: "forbidden-term",
    summary: "a word stands here that the termbase forbids",
    family: Family::Labels,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("forbidden-term"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let bases = &*group.settings.bases;
    let base = &bases.terms;
    if base.is_empty() {
        return;
    }
    for document in group.documents {
        let words = base.of_target(&document.locale);
        if words.forbids() {
            in_document(group, document, bases, &words, findings);
        }
    }
}

fn in_document(group: &Group<'_>, document: &Document, bases: &Bases, words: &Glossary, findings: &mut Findings<'_>) {
    let bitext = group.bitexts.iter().find(|it| it.target.path == document.path);
    for side in document.segments.iter().enumerate().filter(|(_, it)| it.role != Role::Source) {
        let side = document.side(side.0);
        let reading = Reading::of(&side);
        let hits = found(bases, words, &reading);
        for hit in &hits {
            if hit.named.term.status != Status::Forbidden || hits.iter().any(|it| allows(it, hit)) {
                continue;
            }
            let place = reading.span(hit.start, hit.end);
            let text = reading.text(hit.start, hit.end);
            let message = match listed(words.allowed(hit.named.concept)) {
                Some(names) => format!("“{text}” is a word that the termbase forbids; it has {names}"),
                None => format!("“{text}” is a word that the termbase forbids"),
            };
            let unit = bitext.and_then(|it| {
                it.units.iter().find(|it| it.target.is_some_and(|target| target.span.contains(side.span)))
            });
            let finding = match unit {
                Some(unit) => findings.in_unit(unit, place, message),
                None => findings.document(document, place, message),
            };
            let finding = match meant(&bases.terms, hit) {
                Some(note) => finding.help(note),
                None => finding.help("use a word that the termbase allows"),
            };
            if let Some(edit) = edit(words, hit, &side, &reading) {
                finding.fix(format!("write “{}”", edit.text), Applicability::Ask, vec![edit]);
            }
        }
    }
}

/// Whether one of two words may be used, for another concept, where the other one must not.
fn allows(one: &Hit<'_>, other: &Hit<'_>) -> bool {
    (one.start, one.end) == (other.start, other.end) && one.named.term.status != Status::Forbidden
}

/// The one word to use, where the forbidden one stands in the form that the termbase has.
fn edit(words: &Glossary, hit: &Hit<'_>, side: &Side<'_>, reading: &Reading) -> Option<Edit> {
    let mut preferred = words.words(hit.named.concept).filter(|it| it.term.status == Status::Preferred);
    let (only, None) = (preferred.next()?, preferred.next()) else { return None };
    let span = reading.span(hit.start, hit.end);
    let written = side.document.slice(span);
    let is_form = |named: &Named| named.term.text.to_lowercase() == written.to_lowercase();
    // In front matter a mark may mean something to YAML.
    if side.node.is_none() || !hit.is_plain || !is_form(hit.named) || only.term.text.contains('*') {
        return None;
    }
    let text = &only.term.text;
    let is_capital = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
    let mut letters = text.chars();
    let text = match letters.next() {
        // The beginning of a sentence.
        Some(first) if is_capital(written) && !is_capital(text) && !is_capital(&hit.named.term.text) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.clone(),
    };
    Some(Edit { span, text })
}
