use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    name: "link-mismatch",
    summary: "the links of the target are not those of the source",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("link-mismatch"),
    check: Check::Unit(check),
};

fn check(_unit: &Unit<'_>, _context: &Context<'_>, _findings: &mut Findings<'_>) {}
