use crate::bitext::{Bitext, Relation};
use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "version-skew",
    summary: "the source is of another version than the translation",
    family: Family::Freshness,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("version-skew"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    // An article that names its version beside its siblings is behind them: `stale-translation`.
    let named = !bitext.source.is_bilingual() && !bitext.target.meta("ms.openlocfilehash").is_empty();
    if bitext.relation != Relation::OtherVersion || named {
        return;
    }
    let text = bitext.target.source.text();
    let end = text.find('\n').unwrap_or(text.len());
    let commit = bitext.target.meta("ms.sourcegitcommit");
    let message = match commit.get(..7) {
        Some(short) => format!("the source is another version than the one translated (`{short}`)"),
        None => "the source is another version than the one translated".to_owned(),
    };
    let found = findings.document(bitext.target, Span::new(0, end), message);
    found.help("what differs may be no fault; update the translation");
}
