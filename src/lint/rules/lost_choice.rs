use crate::diagnostic::Severity;
use crate::lint::marks::excerpt;
use crate::lint::{Check, Family, Findings, Group, Rule};
use crate::procedure::{Counterpart, alternatives, counterparts};

pub(super) const RULE: Rule = Rule {
    name: "lost-choice",
    summary: "the source offers alternatives, the translation does not",
    family: Family::Procedure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("lost-choice"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let Some(article) = group.article() else { return };
    let offered = alternatives(article);
    if offered.is_empty() {
        return;
    }
    for bitext in group.bitexts.iter().filter(|it| it.same_version()) {
        let Some(data) = bitext.target.locale.data().filter(|data| !data.choices.0.is_empty()) else { continue };
        let found = counterparts(article, bitext);
        for choice in &offered {
            let all: Vec<usize> = choice.lead.into_iter().chain(choice.items.iter().copied()).collect();
            let sides: Vec<_> = all.iter().map(|&at| &found[at]).collect();
            // What is missing is the business of another rule.
            if sides.iter().any(|it| matches!(it, Counterpart::None)) {
                continue;
            }
            let texts = sides.iter().filter_map(|it| match it {
                Counterpart::Side(side) => Some(*side),
                _ => None,
            });
            let texts: Vec<_> = texts.collect();
            let says = |text: &str| data.offers_choice(text);
            if texts.iter().any(|side| says(&side.text())) {
                continue;
            }
            let (Some(first), Some(&at)) = (texts.first(), all.first()) else { continue };
            let (_, source) = &article.outline.passages[at];
            // A target that is still in the source language is the business of another rule.
            if first.text() == source.text() {
                continue;
            }
            let unit = bitext.units.iter().find(|unit| unit.target.is_some_and(|target| target.span == first.span));
            let Some(unit) = unit else { continue };
            let message = format!("the source offers a choice here: “{}”", excerpt(&source.text()));
            findings.unit(unit, message).help("say that one of these is meant, as the source does");
        }
    }
}
