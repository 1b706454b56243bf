use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::DateOrder;
use crate::signal::{Quantity, Statement, Value};

pub(super) const RULE: Rule = Rule {
    name: "changed-date",
    summary: "a date differs from the source",
    family: Family::Facts,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-date"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    facts::report(it, Kind::Date, findings);
    let order = context.words().lexicon.dates.order;
    if !it.is_known() || context.source_words().lexicon.dates.order != DateOrder::Mdy || order != DateOrder::Dmy {
        return;
    }
    // `12/2/2026` is December 2 to one reader and 12 February to the other.
    for (said, read) in it.pairs() {
        let (source, target) = (it.source.text(said.place()), it.target.text(read.place()));
        let (Value::Date(_), Value::Date(date)) = (&said.value, &read.value) else { continue };
        if !source.contains('/')
            || !target.contains('/')
            || numbers(source).is_none_or(|it| numbers(target) != Some(it))
            || is_sample(&it.target, read)
        {
            continue;
        }
        let message = format!("{} keeps the order of month and day of the source", quote(target));
        it.report(findings, Some(said.place()), Some(read.place()), message)
            .severity(if date.ambiguous { Severity::Warning } else { Severity::Info })
            .help("write the date as the readers of the target do, or with the name of the month");
    }
}

fn numbers(text: &str) -> Option<Vec<u16>> {
    text.split('/').map(|it| it.parse().ok()).collect()
}

/// Whether it is an example of what a system writes: in italics, or with a time of day.
fn is_sample(statement: &Statement, quantity: &Quantity) -> bool {
    statement.plain.emphasis.iter().any(|&(start, end)| start <= quantity.start && quantity.end <= end)
        || statement.quantities.iter().any(|it| matches!(it.value, Value::Time(_)))
}
