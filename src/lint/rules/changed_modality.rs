use crate::diagnostic::Severity;
use crate::lint::compared::quote;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::{Cue, Notion, Relation};
use crate::signal::{Quantity, Said, Statement, Value};

pub(super) const RULE: Rule = Rule {
    name: "changed-modality",
    summary: "a duty, a permission or a possibility became another",
    family: Family::Meaning,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-modality"),
    check: Check::Statements(check),
};

/// What may stand for a duty.
const DUTY: [Cue; 9] = [
    Cue::Must,
    Cue::Obligation,
    Cue::Recommendation,
    Cue::Contingent,
    Cue::Prohibition,
    Cue::Exemption,
    Cue::Only,
    Cue::NotUntil,
    Cue::Ensure,
];
/// What obliges, or frees from it.
const OBLIGES: [Cue; 6] =
    [Cue::Must, Cue::Obligation, Cue::Recommendation, Cue::Contingent, Cue::Prohibition, Cue::Exemption];
/// What leaves open whether something is so.
const OPEN: [Cue; 3] = [Cue::Possibility, Cue::Permission, Cue::Contingent];

/// What says that something may be so.
const MAYBE: [Cue; 2] = [Cue::Possibility, Cue::Contingent];

/// A place on one side.
type Place = (usize, usize);

fn check(it: &Compared<'_, '_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    if !it.is_known() {
        return;
    }
    let (source, target) = (&it.source, &it.target);
    let mut report = |said: Place, read: Option<Place>, lost: &str, severity: Severity| {
        it.report_readings(findings, said, read, lost)
            .severity(severity)
            .help("oblige and allow the reader as the source does");
    };
    if let Some((said, read)) = contrary_duty(source, target) {
        return report(said, Some(read), "", Severity::Error);
    }
    if let Some((said, read)) = changed(source, target) {
        return report(said, Some(read), "", Severity::Warning);
    }
    let verb_first = context.locale.words().lexicon.verb_first_conditions;
    if let Some((said, lost)) = lost(source, target, verb_first) {
        return report(said, None, lost, Severity::Warning);
    }
    if let Some(read) = target.first(&[Cue::Must])
        && !source.has(&DUTY)
    {
        let message = format!("{} is a duty that the source does not state", quote(target.text(read.place())));
        let firm = target.notion(Notion::Duty).is_some();
        let severity = if firm { Severity::Warning } else { Severity::Info };
        it.report(findings, None, Some(read.place()), message).severity(severity);
    }
}

/// Need not became must not, or the other way round.
fn contrary_duty(source: &Statement, target: &Statement) -> Option<(Place, Place)> {
    let became = |from: Cue, to: Cue| {
        let said = source.first(&[from]).filter(|_| !target.has(&[from]))?;
        Some((said.place(), target.first(&[to])?.place()))
    };
    became(Cue::Exemption, Cue::Prohibition).or_else(|| became(Cue::Prohibition, Cue::Exemption))
}

/// What the source says, and what the target says instead.
fn changed(source: &Statement, target: &Statement) -> Option<(Place, Place)> {
    let found = |cues: &[Cue]| target.first(cues).map(|it| it.place());
    if let Some(said) = source.first(&[Cue::Contingent])
        && !target.has(&MAYBE)
        && let Some(read) = found(&[Cue::Must, Cue::Obligation, Cue::Permission])
    {
        return Some((said.place(), read));
    }
    if let Some(said) = source.first(&[Cue::Possibility]).filter(|it| !is_month(it.place(), source, target))
        && !source.has(&DUTY)
        && !target.has(&OPEN)
        && let Some(read) = found(&[Cue::Must])
    {
        return Some((said.place(), read));
    }
    // What may not be so cannot be so.
    if let Some(said) = source.notion(Notion::MaybeNot)
        && let Some(read) = target.notion(Notion::Cannot)
        && source.cues.iter().filter(|it| it.cue == Cue::Negation).count() == 1
        && !target.may_mean(Notion::MaybeNot)
        && !target.cues.iter().any(|it| MAYBE.contains(&it.cue) && is_apart(it.place(), read))
    {
        return Some((said, read));
    }
    // What somebody wants is a duty.
    if let Some(said) = source.notion(Notion::Want)
        && !source.has(&DUTY)
        && !target.may_mean(Notion::Want)
        && let Some(read) = found(&[Cue::Must])
    {
        return Some((said, read));
    }
    // What need not be done is not done.
    if let Some(said) = source.notion(Notion::NeedNot)
        && !target.has(&OBLIGES)
        && !target.has(&[Cue::Permission, Cue::Possibility])
        && count(target, Cue::Lack) <= count(source, Cue::Lack)
        && let Some(read) = found(&[Cue::Negation])
    {
        return Some((said, read));
    }
    // What must not be done is not done.
    if let Some(said) = source.first(&[Cue::Prohibition])
        && !target.has(&DUTY)
        && !target.has(&OPEN)
        && target.notion(Notion::Cannot).is_none()
        && count(target, Cue::Lack) <= count(source, Cue::Lack)
        && let Some(read) = found(&[Cue::Negation])
    {
        return Some((said.place(), read));
    }
    None
}

/// Whether a condition is a clause, by the commas around it, and not of a few words only.
fn is_clause(text: &str, said: Place) -> bool {
    let (before, clause) = (text[..said.0].trim_end(), &text[said.0..]);
    let leads = before.is_empty() && clause.contains(',');
    let clause = clause.split(',').next().unwrap_or_default();
    (leads || before.ends_with(',')) && clause.split_whitespace().count() > 3
}

/// Whether the target leaves open what it states. What is available there is no permission where
/// the source speaks of what is available.
fn is_open(source: &Statement, target: &Statement) -> bool {
    let available = |said: &Said| {
        source.may_mean(Notion::Available)
            && target
                .notions
                .iter()
                .any(|it| it.notion == Notion::Available && it.start < said.end && said.start < it.end)
    };
    target.cues.iter().any(|it| OPEN.contains(&it.cue) && !(it.cue == Cue::Permission && available(it)))
}

/// Whether a word is the name of a month that the target states too: `May update`.
fn is_month(word: Place, source: &Statement, target: &Statement) -> bool {
    let month = |it: &Quantity| matches!(it.value, Value::Date(date) if date.month.is_some());
    let covers = |it: &&Quantity| it.start <= word.0 && word.1 <= it.end;
    source.quantities.iter().find(covers).is_some_and(month) && target.quantities.iter().any(month)
}

fn count(statement: &Statement, cue: Cue) -> usize {
    statement.cues.iter().filter(|it| it.cue == cue).count()
}

/// Whether a word is no part of another: outside it, or in its gap.
fn is_apart(word: Place, other: Place) -> bool {
    word.1 <= other.0 || other.1 <= word.0 || other.0 < word.0 && word.1 < other.1
}

/// What the source says and nothing in the target does.
fn lost(source: &Statement, target: &Statement, verb_first: bool) -> Option<(Place, &'static str)> {
    let commands = target.may_mean(Notion::Command) && !target.has(&OPEN);
    if let Some(said) = source.first(&[Cue::Must])
        && !target.has(&DUTY)
        && !commands
    {
        return Some((said.place(), "the target states no duty"));
    }
    let bounds = |it: &Quantity| matches!(it.bound(), Some(Relation::AtLeast | Relation::AtMost));
    if let Some(said) = source.notion(Notion::Should)
        && !target.has(&DUTY)
        && !commands
        && !target.quantities.iter().any(bounds)
    {
        return Some((said, "the target advises nothing"));
    }
    // What leads a list in may leave it to the items.
    let leads_in = source.plain.text.trim_end().ends_with(':');
    if let Some(said) = source.first(&[Cue::Possibility])
        && !leads_in
        && !is_month(said.place(), source, target)
        && !is_open(source, target)
        && !target.has(&[Cue::If, Cue::Recommendation])
    {
        return Some((said.place(), "the target states it as certain"));
    }
    // A clause of its own, at the start or behind a comma, and no mere `if you agree`: a noun would
    // say as much.
    const CONDITIONS: [Cue; 6] = [Cue::If, Cue::Unless, Cue::AsLongAs, Cue::NotUntil, Cue::Only, Cue::After];
    let asks = |of: &Statement| of.plain.text.contains(['?', '？']);
    if let Some(said) = source.notion(Notion::IfClause)
        && is_clause(&source.plain.text, said)
        && !target.has(&CONDITIONS)
        && !target.may_mean(Notion::IfClause)
        && !verb_first
        && asks(source) == asks(target)
    {
        return Some((said, "the target states no condition"));
    }
    None
}
