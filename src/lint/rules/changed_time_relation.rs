use crate::diagnostic::Severity;
use crate::lint::{Check, Compared, Context, Family, Findings, Rule};
use crate::locale::{Cue, Relation, Words, is_unspaced};
use crate::signal::{Quantity, Said, Statement, Value};

pub(super) const RULE: Rule = Rule {
    name: "changed-time-relation",
    summary: "before, after or within a time became another",
    family: Family::Meaning,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-time-relation"),
    check: Check::Statements(check),
};

/// What denies.
const DENIES: [Cue; 2] = [Cue::Negation, Cue::Prohibition];

/// Whether it limits a length of time, on whichever side of its event: at least 30 days before.
fn is_limit(relation: Relation) -> bool {
    matches!(relation, Relation::AtLeast | Relation::AtMost | Relation::MoreThan | Relation::LessThan)
}

/// Which side of a time a relation is on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Earlier,
    Later,
    Throughout,
}

fn side(relation: Relation, date: bool) -> Option<Side> {
    Some(match relation {
        Relation::Within => Side::Inside,
        Relation::AtMost | Relation::LessThan if !date => Side::Inside,
        Relation::By | Relation::Until | Relation::AtMost if date => Side::Earlier,
        Relation::By | Relation::Until => Side::Inside,
        Relation::Before => Side::Earlier,
        Relation::After | Relation::From => Side::Later,
        Relation::MoreThan if !date => Side::Later,
        Relation::For => Side::Throughout,
        _ => return None,
    })
}

fn check(it: &Compared<'_, '_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    if !it.is_known() {
        return;
    }
    let (source, target) = (&it.source, &it.target);
    for (said, read) in it.pairs() {
        // Some languages write a day of the month as they do a number of days.
        let place = |it: &Value| matches!(it, Value::Date(_) | Value::Ordinal(_) | Value::Time(_));
        let day = |one: &Value, other: &Value| matches!((one, other), (Value::Number(..), Value::Duration(..)));
        let date =
            place(&said.value) || place(&read.value) || day(&said.value, &read.value) || day(&read.value, &said.value);
        if !date && !matches!(said.value, Value::Duration(..)) {
            continue;
        }
        // `30 days from the order` is 30 days after it.
        let is_behind = |it: &Quantity| it.relation.is_some_and(|(.., end)| end > it.end);
        let after = |it: &Quantity| match it.bound() {
            Some(Relation::After) => true,
            Some(Relation::From) => is_behind(it),
            _ => false,
        };
        if after(said) && read.bound().is_none() && !date && !it.target.quantities.iter().any(after) {
            it.report_readings(findings, said.extent(), Some(read.extent()), "").help(HELP);
            return;
        }
        let (Some(one), Some(other)) = (said.bound(), read.bound()) else { continue };
        let stands = |it| matches!(it, Relation::Before | Relation::After);
        if !date && (is_limit(one) || one == Relation::Within) && (one == other || stands(other)) {
            let turned = |statement: &Statement, words: &Words, it: &Quantity| {
                words.matcher.relation_among(&statement.plain.folded, it.from, it.end, &stands).map(|(it, ..)| it)
            };
            let here = turned(source, context.source_locale.words(), said);
            let there = turned(target, context.locale.words(), read);
            if here.is_some() && there.is_some() && here != there {
                it.report_readings(findings, said.extent(), Some(read.extent()), "").help(HELP);
                return;
            }
        }
        // `30 Tage ab heute` is a window that opens today.
        if !date && one == Relation::Within && other == Relation::From && is_behind(read) {
            continue;
        }
        // The end of a range: from its first day, or until its last.
        let ends = |it| matches!(it, Relation::From | Relation::Until | Relation::By);
        if (said.from < said.start || read.from < read.start) && ends(one) && ends(other) {
            continue;
        }
        let (Some(here), Some(there)) = (side(one, date), side(other, date)) else { continue };
        let against = match (here, there) {
            (Side::Inside | Side::Earlier, Side::Later) | (Side::Later, Side::Inside | Side::Earlier) => true,
            (Side::Later, Side::Throughout) => one == Relation::After,
            (Side::Earlier, Side::Inside) => !date,
            _ => false,
        };
        // Until a day is: no longer after it; up to 30 days after: until 30 days after.
        let denied = date && source.has(&DENIES) != target.has(&DENIES);
        let matcher = &context.words().matcher;
        let bounded = || one == Relation::AtMost && matcher.mentions(&target.plain.folded, Relation::Until);
        if against && !denied && !bounded() {
            it.report_readings(findings, said.extent(), Some(read.extent()), "").help(HELP);
            return;
        }
    }
    events(it, findings);
}

/// Events, without a quantity: what comes after came before, or “not before” became “not after”.
fn events(it: &Compared<'_, '_>, findings: &mut Findings<'_>) {
    let (source, target) = (&it.source, &it.target);
    let until = |it: &Quantity| {
        matches!(it.bound(), Some(Relation::Before | Relation::By | Relation::Until | Relation::Within))
    };
    // Words that bound a quantity were compared with it.
    let free = |statement: &Statement, said: &Said| {
        !statement.quantities.iter().map(Quantity::extent).any(|(start, end)| start <= said.start && said.start < end)
    };
    let first = |statement: &Statement, cue: Cue| {
        statement.cues.iter().find(|said| said.cue == cue && free(statement, said)).copied()
    };
    let earlier = [
        Cue::Before,
        Cue::Early,
        Cue::Negation,
        Cue::NotUntil,
        Cue::Unless,
        Cue::Lack,
        Cue::Prohibition,
        Cue::Exemption,
    ];
    // What comes after came before.
    let moved_up = first(source, Cue::After)
        .filter(|_| !source.has(&earlier) && !source.quantities.iter().any(until))
        .zip(first(target, Cue::Before));
    // Not before became not after.
    let moved_back = source
        .first(&[Cue::NotUntil])
        .or_else(|| first(source, Cue::Before).filter(|_| source.has(&DENIES)))
        .filter(|_| target.has(&DENIES) && !target.has(&[Cue::Before, Cue::NotUntil, Cue::Unless, Cue::Only]))
        .filter(|_| !source.has(&[Cue::After, Cue::Early]) && !target.quantities.iter().any(until))
        .zip(first(target, Cue::After));
    // What comes before, in the clause that begins the sentence, comes after in the one that begins
    // the other. Anywhere else the two events may have changed places.
    let leads = |statement: &Statement, said: &Said| {
        let (before, after) = (&statement.plain.text[..said.start], &statement.plain.text[said.end..]);
        if !statement.plain.text[said.start..].starts_with(is_unspaced) {
            return !before.contains(char::is_alphanumeric);
        }
        // A clause that ends in the word, and is the first and the shorter.
        !before.contains([',', '、', '，', '.', '。', '(', '（', ':', '：']) && before.len() < after.len()
    };
    let moved_down = first(source, Cue::Before)
        .filter(|said| leads(source, said))
        .filter(|_| !source.has(&[Cue::After, Cue::Early, Cue::NotUntil]))
        .filter(|_| !target.has(&[Cue::Before, Cue::Early, Cue::NotUntil, Cue::Unless]))
        .zip(first(target, Cue::After).filter(|read| leads(target, read)));
    if let Some((said, read)) = moved_up.or(moved_back).or(moved_down) {
        it.report_readings(findings, said.place(), Some(read.place()), "").help(HELP);
    }
}

const HELP: &str = "put it on the same side of the time as the source does";
