use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::locale::{self, Script};

pub(super) const RULE: Rule = Rule {
    name: "wrong-language",
    summary: "a target is in a third language",
    family: Family::Language,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("wrong-language"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(target), Some(data)) = (unit.target, context.locale.data()) else { return };
    let raw = target.raw();
    if raw.len() < 24 || unit.source.is_some_and(|source| source.raw() == raw) {
        return;
    }
    if data.scripts.contains(&Script::Latin) {
        // A sentence without a single small word of its language.
        let mut words = 0;
        for word in raw.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()) {
            words += 1;
            if data.function_words.contains(word) || data.ambiguous_function_words.contains(word) {
                return;
            }
        }
        if words < 8 {
            return;
        }
    } else {
        let letters = locale::profile(raw);
        let own: u32 = match data.scripts.contains(&Script::Hiragana) {
            true => letters.han + letters.kana,
            false => data.scripts.iter().map(|script| letters.of(*script)).sum(),
        };
        if letters.letters() - letters.latin < own + 8 && letters.latin < 24 + own * 4 {
            return;
        }
    }
    let text = target.text();
    let Some(found) = locale::identify_other(&text, &[context.locale, context.source_locale]) else { return };
    // Of one language in two scripts, `mixed-script` speaks.
    if found.language() == context.locale.language() {
        return;
    }
    let message = format!("this is in `{found}`, not in `{}`", context.locale);
    findings.unit(unit, message).help("translate it anew");
}
