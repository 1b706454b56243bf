use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::lint::unpaired::unpaired;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "missing-segment",
    summary: "the translation lacks a segment of the source",
    family: Family::Completeness,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("missing-segment"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    for it in unpaired(bitext, |unit| unit.source.filter(|_| unit.target.is_none())) {
        let message = format!("the translation lacks this: {}", it.text);
        let found = findings.missing(it.unit, bitext.target, Span::at(it.after), message);
        found.severity(problems::doubt(it.grave)).help("translate it");
    }
}
