use crate::diagnostic::Severity;
use crate::lint::compared::{Compared, quote};
use crate::lint::{Check, Context, Family, Findings, Group, Rule};
use crate::locale::Relation;
use crate::procedure::{Gravity, conflicts};
use crate::signal::{Quantity, Statement, Value, measure};

pub(super) const RULE: Rule = Rule {
    name: "self-contradiction",
    summary: "a segment or an article states two things that cannot both be true",
    family: Family::Policies,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("self-contradiction"),
    check: Check::Both(check, across),
};

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    // What contradicts itself in the source too is the source's fault, and is said there.
    if contradiction(&it.source).is_some() {
        return;
    }
    if let Some((one, other, why)) = contradiction(&it.target) {
        let text = |at: &Quantity| quote(it.target.text(at.extent()));
        let message = format!("{} and {} {why}", text(one), text(other));
        it.report(findings, None, Some(other.extent()), message).help("state it once, as the source does");
    }
}

/// Two policies of one article that cannot both hold.
fn across(group: &Group<'_>, findings: &mut Findings<'_>) {
    let Some((document, policies)) = group.policies() else { return };
    if !group.documents.iter().any(|it| it.path == document.path) {
        return;
    }
    for (at, later) in policies.iter().enumerate() {
        let earlier = policies[..at].iter().find_map(|it| Some((it, conflicts(later, it, true)?)));
        let Some((earlier, conflict)) = earlier else { continue };
        let severity = match conflict.gravity {
            Gravity::Misleads => Severity::Error,
            Gravity::Confuses => Severity::Warning,
        };
        let message = format!("{}: {} here, {} above", conflict.about, conflict.here, conflict.there);
        let finding = findings.document(document, later.place, message).severity(severity);
        finding.label(document, earlier.place, "this says otherwise").help("correct the one that is wrong");
    }
}

/// Two quantities of one segment that cannot both hold.
fn contradiction(statement: &Statement) -> Option<(&Quantity, &Quantity, &'static str)> {
    let size = |it: &Quantity| match it.value {
        Value::Duration(value, unit) => Some((1 + measure(value, unit).0, measure(value, unit).1)),
        Value::Percent(value) => Some((10, value)),
        Value::Money(value, _) => Some((11, value)),
        _ => None,
    };
    for two in statement.quantities.windows(2) {
        let (one, other) = (&two[0], &two[1]);
        let between = statement.plain.text.get(one.end..other.start)?.trim();
        // `two (3) days`
        if let (Value::Number(said, _), Value::Duration(written, _) | Value::Number(written, _)) =
            (&one.value, &other.value)
            && !one.digits
            && other.digits
            && between == "("
            && said != written
        {
            return Some((one, other, "are two numbers for one thing"));
        }
        // `at least 30 days and at most 20 days`
        if let (Some((kind, least)), Some((same, most))) = (size(one), size(other))
            && kind == same
            && one.bound() == Some(Relation::AtLeast)
            && matches!(other.bound(), Some(Relation::AtMost | Relation::LessThan))
            && least > most
            && between.chars().count() < 12
        {
            return Some((one, other, "leave nothing between them"));
        }
        // `from 14 August to 14 August`
        if let (Value::Date(from), Value::Date(to)) = (&one.value, &other.value)
            && other.from == one.start
            && from.day.is_some()
            && to.day.is_some()
            && !from.ambiguous
            && !to.ambiguous
            && (from.year, from.month, from.day) == (to.year, to.month, to.day)
        {
            return Some((one, other, "are the two ends of one period"));
        }
    }
    None
}
