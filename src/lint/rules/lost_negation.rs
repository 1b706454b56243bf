use crate::diagnostic::Severity;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::{Cue, Notion};
use crate::signal::{Said, Statement};

pub(super) const RULE: Rule = Rule {
    name: "lost-negation",
    summary: "what the source denies the target affirms, or the other way round",
    family: Family::Meaning,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("lost-negation"),
    check: Check::Statements(check),
};

/// What denies.
const NEGATIVE: [Cue; 4] = [Cue::Negation, Cue::Prohibition, Cue::Exemption, Cue::NotUntil];
/// What may stand for a denial on the other side.
const NEGATIVE_IN_SENSE: [Cue; 6] =
    [Cue::Negation, Cue::Prohibition, Cue::Exemption, Cue::NotUntil, Cue::Unless, Cue::NotOnly];

fn check(it: &Compared<'_, '_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    if !it.is_known() {
        return;
    }
    let (source, target) = (&it.source, &it.target);
    // “Only” may stand for a denial where it does not stand for the “only” of the source.
    let limits = target.has(&[Cue::Only]) && !source.has(&[Cue::Only]);
    if let Some(said) = source.first(&NEGATIVE)
        && !limits
        && !target.has(&NEGATIVE_IN_SENSE)
        && !it.is_kept(said)
        && (said.cue != Cue::Exemption || !target.has(&[Cue::Lack]))
        && count(target, &[Cue::Lack]) <= count(source, &[Cue::Lack])
    {
        report(it, said, None, "nothing in the target denies it", findings);
        return;
    }
    if let Some(said) = source.first(&[Cue::Unless])
        && let Some(plain) = target.first(&[Cue::If])
        && !target.has(&[Cue::Unless, Cue::Only, Cue::NotUntil])
        && count(target, &NEGATIVE) <= count(source, &NEGATIVE)
    {
        report(it, said, Some(plain), "", findings);
        return;
    }
    if let Some(said) = source.first(&[Cue::AsLongAs])
        && !source.has(&NEGATIVE)
        && let Some(denied) = target.first(&[Cue::Unless, Cue::Negation])
    {
        report(it, said, Some(denied), "", findings);
        return;
    }
    // Not until then became until then.
    if let Some(said) = source.first(&[Cue::NotUntil])
        && let Some(read) = target.notion(Notion::Until)
        && !limits
        && !target.has(&NEGATIVE_IN_SENSE)
    {
        it.report_readings(findings, said.place(), Some(read), "").help(HELP);
        return;
    }
    if let Some((said, read)) = contrary(source, target) {
        it.report_readings(findings, said, Some(read), "").help(HELP);
        return;
    }
    // A source that denies or fails may be told as an error.
    if let Some(read) = target.notion(Notion::Error)
        && ![Notion::Error, Notion::Fail].iter().any(|it| source.may_mean(*it))
        && !source.has(&NEGATIVE_IN_SENSE)
    {
        let message = format!("“{}” in the target: the source speaks of no error", target.text(read));
        it.report(findings, None, Some(read), message).help("say what the source says: nothing goes wrong there");
    }
}

/// A word of the source and its contrary in the target, where both sides deny as much. Floors and
/// ceilings are compared as bounds.
fn contrary(source: &Statement, target: &Statement) -> Option<((usize, usize), (usize, usize))> {
    if count(source, &NEGATIVE_IN_SENSE) != count(target, &NEGATIVE_IN_SENSE) {
        return None;
    }
    source.contrary(target, |it| !matches!(it, Notion::Maximum | Notion::Minimum))
}

/// How often one of these is said. What the source lacks or denies itself is lacking or denied in
/// the target too, and stands for nothing else there.
fn count(statement: &Statement, cues: &[Cue]) -> usize {
    statement.cues.iter().filter(|it| cues.contains(&it.cue)).count()
}

fn report(it: &Compared<'_, '_>, said: Said, read: Option<Said>, lost: &str, findings: &mut Findings<'_>) {
    it.report_readings(findings, said.place(), read.map(|it| it.place()), lost).help(HELP);
}

const HELP: &str = "say the same as the source: a reader of the target is told the opposite";
