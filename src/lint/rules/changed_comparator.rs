use crate::diagnostic::Severity;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::{Cue, Notion, Relation};
use crate::signal::{Quantity, Statement, Value};

pub(super) const RULE: Rule = Rule {
    name: "changed-comparator",
    summary: "at least, at most, more than or less than became another",
    family: Family::Meaning,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-comparator"),
    check: Check::Statements(check),
};

/// Which way a bound goes, and whether it holds the value itself.
fn bound(relation: Relation) -> Option<(bool, bool)> {
    Some(match relation {
        Relation::AtLeast => (true, true),
        Relation::MoreThan => (true, false),
        Relation::AtMost => (false, true),
        Relation::LessThan => (false, false),
        _ => return None,
    })
}

fn check(it: &Compared<'_, '_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    if !it.is_known() {
        return;
    }
    // A floor became a ceiling, in words that stand apart from the value.
    let bounds = |it| matches!(it, Notion::Maximum | Notion::Minimum);
    if let Some((said, read)) = it.source.contrary(&it.target, bounds) {
        it.report_readings(findings, said, Some(read), "").help(HELP);
        return;
    }
    if let Some(said) = it.source.notion(Notion::Ceiling)
        && !it.source.quantities.iter().map(Quantity::extent).any(|(start, end)| start <= said.0 && said.0 < end)
        && !it.target.may_mean(Notion::Until)
        && !mentions(it, context)
    {
        it.report_readings(findings, said, None, "the target states no limit").help(HELP);
        return;
    }
    for (said, read) in it.pairs() {
        // All of the time, or at least as much of it.
        let lasts = matches!(said.value, Value::Duration(..)) && said.bound() == Some(Relation::For);
        if lasts && matches!(read.bound(), Some(Relation::AtLeast)) {
            it.report_readings(findings, said.extent(), Some(read.extent()), "").help(HELP);
            return;
        }
        let (Some(one), other) = (said.bound().and_then(bound), read.bound()) else { continue };
        if said.bound() == Some(Relation::AtLeast)
            && other == Some(Relation::Within)
            && matches!(said.value, Value::Duration(..))
        {
            it.report_readings(findings, said.extent(), Some(read.extent()), "").help(HELP);
            return;
        }
        // Not more than is at most, however far the words are apart.
        let denied = |of: &Statement| of.has(&[Cue::Negation, Cue::Prohibition]);
        if denied(&it.target) && !denied(&it.source) && other.and_then(bound).is_some_and(|it| !it.1) {
            continue;
        }
        let severity = match other.map(bound) {
            Some(Some(other)) if other.0 != one.0 => Severity::Warning,
            Some(Some(other)) if other != one && !one.0 => Severity::Warning,
            None if one == (false, true) && is_counted(said) && !mentions(it, context) => Severity::Warning,
            _ => continue,
        };
        it.report_readings(findings, said.extent(), Some(read.extent()), "").severity(severity).help(HELP);
        return;
    }
}

const HELP: &str = "bound the value as the source does";

/// Whether a bound that is gone is missed: one of a thing comes and goes with its article.
fn is_counted(said: &Quantity) -> bool {
    said.digits || matches!(said.value, Value::Duration(..))
}

/// Whether the target says “at most” somewhere, if not beside the value.
fn mentions(it: &Compared<'_, '_>, context: &Context<'_>) -> bool {
    let target = &it.target;
    target.may_mean(Notion::Maximum)
        || target.has(&[Cue::Only])
        || context.words().matcher.mentions(&it.target.plain.folded, Relation::AtMost)
}
