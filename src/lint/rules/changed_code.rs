use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::facts::Kind;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::signal::{Statement, Value};

pub(super) const RULE: Rule = Rule {
    name: "changed-code",
    summary: "a code of letters and digits differs from the source",
    family: Family::Facts,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-code"),
    check: Check::Statements(check),
};

/// Whether a code is what it looks like: a few capitals with digits, `MB-500`, and no name that a
/// language may write in its own way (`COVID-19`).
fn is_code(code: &str) -> bool {
    let mut longest = 0;
    let mut run = 0;
    for byte in code.bytes() {
        run = if byte.is_ascii_alphabetic() { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    (1..=4).contains(&longest) && code.len() >= 3
}

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    let code = |statement: &Statement, at: Option<usize>| {
        let quantity = statement.quantities.get(at?)?;
        let written = statement.text(quantity.place());
        let own = !written.bytes().any(|it| it.is_ascii_lowercase());
        matches!(&quantity.value, Value::Code(code) if own && is_code(code)).then(|| quantity.place())
    };
    for difference in it.facts().iter().filter(|it| it.kind == Kind::Code) {
        match (code(&it.source, difference.source), code(&it.target, difference.target)) {
            (Some(said), read) => {
                it.report_readings(findings, said, read, "the target does not say it")
                    .help("codes are the same in every language");
            }
            (None, Some(read)) if difference.source.is_none() => {
                let message = format!("{} is not in the source", quote(it.target.text(read)));
                it.report(findings, None, Some(read), message).severity(Severity::Info);
            }
            _ => {}
        }
    }
}
