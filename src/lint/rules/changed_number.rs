use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};

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
