use crate::bitext::{Bitext, Stale};
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::compared::quote;
use crate::lint::difference::{common, difference};
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::signal::Statement;

pub(super) const RULE: Rule = Rule {
    name: "stale-segment",
    summary: "the source of a segment changed after it was translated",
    family: Family::Freshness,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("stale-segment"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    if bitext.basis.is_none() && bitext.beside.is_none() {
        return;
    }
    let drift = bitext.drift();
    // Where most is behind, `stale-translation` says so, and only what misleads is said twice.
    let mostly = (drift.behind() + drift.missing) * 3 > drift.segments;
    for stale in &drift.stale {
        let unit = &bitext.units[stale.unit];
        let help = if stale.now.is_some() { "translate it anew" } else { "remove it" };
        let finding = findings.unit(unit, message(stale)).help(help);
        let finding = finding.severity(severity(stale, mostly, context));
        if let Some(now) = stale.now.filter(|now| bitext.beside.is_some_and(|it| it.path == now.document.path)) {
            finding.label(now.document, now.span, "the source now");
        }
    }
}

fn message(stale: &Stale<'_>) -> String {
    match (stale.then, stale.now) {
        (Some(then), Some(now)) => {
            let (then, now) = (text(&then), text(&now));
            let (then, now) = difference(&then, &now);
            format!("the source said {} when this was translated, and says {} now", quote(&then), quote(&now))
        }
        (Some(_), None) => "the source has nothing like this any more".to_owned(),
        (None, _) => "the source changed after this was translated".to_owned(),
    }
}

/// What a reader sees, white space made even.
fn text(side: &Side<'_>) -> String {
    side.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What changes a statement misleads, and so do many words, unless most is behind; a word here and
/// there does not.
fn severity(stale: &Stale<'_>, mostly: bool, context: &Context<'_>) -> Severity {
    let many = if mostly { Severity::Info } else { Severity::Warning };
    let (Some(then), Some(now)) = (stale.then, stale.now) else { return many };
    let states = |side: &Side<'_>| Statement::of(side, context.source_words()).to_string();
    let (a, b) = (text(&then), text(&now));
    let (start, end) = common(&a, &b);
    let changed = |text: &str| text[start..text.len() - end].split_whitespace().count();
    match states(&then) != states(&now) {
        true => Severity::Warning,
        false if changed(&a).max(changed(&b)) > 3 => many,
        false => Severity::Info,
    }
}
