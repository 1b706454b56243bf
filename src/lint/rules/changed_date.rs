use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::DateOrder;
use crate::signal::{ONE, Quantity, Statement, Value};

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
    report_bare_days(it, context, findings);
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

/// `6 月 23` for June 23, where a language says with a sign which number is the day.
fn report_bare_days(it: &Compared<'_, '_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let signs = &context.words().lexicon.dates.day_signs.0;
    let Some(sign) = signs.first() else { return };
    for (said, read) in it.pairs() {
        let (Value::Date(date), Value::Date(month)) = (&said.value, &read.value) else { continue };
        let (Some(day), None) = (date.day, month.day) else { continue };
        let text = |from: usize, to: usize| it.target.plain.folded.get(from..to).unwrap_or_default().trim();
        let end = it.target.plain.folded.len();
        let is_day = |next: &&Quantity| {
            next.value == Value::Number(i64::from(day) * ONE, None)
                && next.start >= read.end
                && text(read.end, next.start).is_empty()
                && !signs.iter().any(|it| text(next.end, end).starts_with(&**it))
        };
        let Some(number) = it.target.quantities.iter().find(is_day) else { continue };
        let place = (read.start, number.end);
        let message = format!("{} is no date: its day has no sign", quote(it.target.text(place)));
        it.report(findings, Some(said.place()), Some(place), message)
            .severity(Severity::Info)
            .help(format!("write {} behind the day", quote(sign)));
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
