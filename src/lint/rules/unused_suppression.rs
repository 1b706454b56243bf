use crate::diagnostic::Severity;
use crate::lint::{Check, Family, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unused-suppression",
    summary: "a comment keeps a finding quiet that is not there",
    family: Family::Input,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("unused-suppression"),
    // The checker knows which suppressions were used when all rules are done.
    check: Check::Builtin,
};
