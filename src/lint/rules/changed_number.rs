use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::signal::Value;

pub(super) const RULE: Rule = Rule {
    name: "changed-number",
    summary: "a number differs from the source",
    family: Family::Facts,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-number"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    facts::report(it, Kind::Number, findings);
    if !it.is_known() || !it.own_decimals {
        return;
    }
    // `21.39` in a language that writes `21,39` is another number, or none.
    let Some(decimal) = context.locale.words().lexicon.numbers.decimal else { return };
    for (said, read) in it.pairs() {
        let (source, target) = (it.source.text(said.start, said.end), it.target.text(read.start, read.end));
        let alone = it.target.plain.text.trim() == target;
        let fraction = matches!(said.value, Value::Number(value, _) if value % 1_000_000 != 0);
        if alone && fraction && source == target && !target.contains(decimal) {
            let message = format!("{} keeps the decimal sign of the source", quote(target));
            it.report(findings, Some((said.start, said.end)), Some((read.start, read.end)), message)
                .help(format!("write it with `{decimal}`, as the rest of the article does"));
        }
    }
}
