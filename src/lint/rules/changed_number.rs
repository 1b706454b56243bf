use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::signal::{Quantity, Value};

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
    if !it.is_known() {
        return;
    }
    malformed(it, findings);
    if !it.own_decimals {
        return;
    }
    // `21.39` in a language that writes `21,39` is another number, or none.
    let Some(decimal) = context.words().lexicon.numbers.decimal else { return };
    for (said, read) in it.pairs() {
        let (source, target) = (it.source.text(said.place()), it.target.text(read.place()));
        let alone = it.target.plain.text.trim() == target;
        if alone && said.value.is_fraction() && source == target && !target.contains(decimal) {
            let message = format!("{} keeps the decimal sign of the source", quote(target));
            it.report(findings, Some(said.place()), Some(read.place()), message)
                .help(format!("write it with `{decimal}`, as the rest of the article does"));
        }
    }
}

/// `1.000.0000`: groups that no language writes, where the source has a number.
fn malformed(it: &Compared<'_, '_>, findings: &mut Findings<'_>) {
    let numeric = |it: &&Quantity| matches!(it.value, Value::Number(..) | Value::Money(..) | Value::Percent(_));
    for read in it.target.quantities.iter().filter(|it| matches!(it.value, Value::Code(_))) {
        let text = it.target.text(read.place());
        let mut groups = text.split(['.', ',']);
        let sound =
            groups.next().is_some_and(|first| matches!(first.len(), 1..=3)) && text.matches(['.', ',']).count() == 2;
        let digits = text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b','));
        let split = groups.next().is_some_and(|it| it.len() == 3) && groups.next().is_some_and(|it| it.len() > 3);
        let unsaid = !it.source.plain.text.contains(text);
        if sound
            && digits
            && split
            && unsaid
            && let Some(said) = it.source.quantities.iter().find(numeric)
        {
            let message = format!("{} is no number", quote(text));
            it.report(findings, Some(said.place()), Some(read.place()), message)
                .help("write the number of the source with the signs of the language");
        }
    }
}
