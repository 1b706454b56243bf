use crate::diagnostic::Severity;
use crate::lint::{Check, Family, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unreadable-article",
    summary: "the system does not let an article be read",
    family: Family::Input,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("unreadable-article"),
    // What cannot be read never comes as far as the rules; the checker reports it.
    check: Check::Builtin,
};
