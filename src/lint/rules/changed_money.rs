use crate::diagnostic::Severity;
use crate::lint::facts::{self, Kind};
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::signal::Statement;

pub(super) const RULE: Rule = Rule {
    name: "changed-money",
    summary: "an amount or currency differs from the source",
    family: Family::Facts,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-money"),
    check: Check::Statements(check),
};

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    facts::report(it, Kind::Money, findings);
    if it.facts().iter().any(|it| it.kind == Kind::Money) || !it.is_known() {
        return;
    }
    // A currency named without an amount. Codes in capitals are the same in every language; a word
    // for one may be left out where it goes without saying.
    let (source, target) = (&it.source.currencies, &it.target.currencies);
    let count =
        |all: &[([u8; 3], usize, usize)], code: [u8; 3]| all.iter().filter(|(other, ..)| *other == code).count();
    let lost = source.iter().find(|(code, ..)| count(target, *code) == 0);
    let added = target.iter().find(|(code, ..)| count(source, *code) == 0);
    // A code in brackets beside the name is what the reader looks for.
    let bracketed = source.iter().find(|&&(code, start, end)| {
        it.source.text((start, end)).as_bytes() == code
            && in_brackets(&it.source, (code, start, end))
            && !it.target.text_has(std::str::from_utf8(&code).unwrap_or_default())
            // `Revenue (USD)` may name the currency in words, where nothing else names it.
            && !(count(source, code) == 1 && count(target, code) == 1 && target.iter().any(|&at| at.0 == code && in_brackets(&it.target, at)))
    });
    if let Some(&(_, start, end)) = bracketed {
        it.report_readings(findings, (start, end), None, "the target does not name it")
            .help("keep the code of the currency");
        return;
    }
    // As many mentions of each: `DKK and EUR` became `DKK and DKK`.
    let fewer = source.iter().find(|(code, ..)| count(target, *code) < count(source, *code));
    let more = target.iter().find(|(code, ..)| count(target, *code) > count(source, *code));
    if let (None, None, Some(&(_, start, end)), Some(&(_, from, to))) = (lost, added, fewer, more)
        && source.len() == target.len()
    {
        it.report_readings(findings, (start, end), Some((from, to)), "").help("name the same currency");
        return;
    }
    match (lost, added) {
        (Some(&(_, start, end)), Some(&(_, from, to))) => {
            it.report_readings(findings, (start, end), Some((from, to)), "").help("name the same currency");
        }
        (Some(&(code, start, end)), None)
            if it.source.text((start, end)).as_bytes() == code
                && !it.target.text_has(std::str::from_utf8(&code).unwrap_or_default()) =>
        {
            it.report_readings(findings, (start, end), None, "the target does not name it")
                .help("name the same currency");
        }
        _ => {}
    }
}

/// Whether a currency stands in brackets, alone.
fn in_brackets(statement: &Statement, (_, start, end): ([u8; 3], usize, usize)) -> bool {
    let text = &statement.plain.text;
    text[..start].trim_end().ends_with('(') && text[end..].trim_start().starts_with(')')
}
