use crate::diagnostic::Severity;
use crate::lint::numerals::{Numeral, Signs, numerals};
use crate::lint::slip::Slip;
use crate::lint::{Check, Context, Family, Findings, Rule, Written};
use crate::locale::is_currency;

pub(super) const RULE: Rule = Rule {
    name: "number-format",
    summary: "a number is written with the signs of another locale",
    family: Family::Language,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("number-format"),
    check: Check::Written(check),
};

fn check(all: &[Written<'_, '_>], context: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(foreign), Some(own)) = (Signs::of(context.source_locale, context), Signs::of(context.locale, context))
    else {
        return;
    };
    for written in all {
        for numeral in numerals(&written.text) {
            let text = &written.text[numeral.start..numeral.end];
            let as_in_source = || is_in(&written.source(), text);
            let another = || foreign.differs(text, &own) && (foreign.has_group(text) || is_amount(written, numeral));
            if own.cannot_be(text, &foreign)
                || own.has_odd_group(text) && !written.source().contains(text)
                || another() && as_in_source()
            {
                slip(numeral, text, &foreign, &own).tell(written, findings);
            }
        }
    }
}

fn slip(numeral: Numeral, text: &str, foreign: &Signs, own: &Signs) -> Slip {
    let help = "write it with the signs of the locale";
    let slip = Slip::new(numeral.start, numeral.end, format!("`{text}` has the signs of another locale"), help);
    match foreign.reads_all(text) && !own.has_odd_group(text) {
        true => slip.perhaps(&foreign.rewritten(text, own)),
        false => Slip { message: format!("`{text}` has a group of digits that is too long or too short"), ..slip },
    }
}

/// Whether a text has the same numeral.
fn is_in(source: &str, text: &str) -> bool {
    numerals(source).any(|it| source[it.start..it.end] == *text)
}

/// Whether a numeral is no version for certain: it has a sign of money or of a share beside it, or
/// more digits than a version or a build has.
fn is_amount(written: &Written<'_, '_>, numeral: Numeral) -> bool {
    let space = |it: char| matches!(it, ' ' | '\u{a0}' | '\u{202f}');
    let before = written.text[..numeral.start].trim_end_matches(space);
    let after = written.text[numeral.end..].trim_start_matches(space);
    let fraction = written.text[numeral.start..numeral.end].rsplit(['.', ',']).next().unwrap_or_default();
    let sign = |it: char| "$€£¥%‰".contains(it);
    let other = |it: char| !it.is_ascii_alphabetic();
    let money = |word: &str| <[u8; 3]>::try_from(word.as_bytes()).is_ok_and(|code| is_currency(&code));
    fraction.len() >= 6
        || after.starts_with(sign)
        || before.ends_with(sign)
        || after.split(other).next().is_some_and(money)
        || before.rsplit(other).next().is_some_and(money)
}
