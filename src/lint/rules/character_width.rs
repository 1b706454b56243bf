use crate::diagnostic::Severity;
use crate::lint::glue::Habits;
use crate::lint::slip::Slip;
use crate::lint::widths::{self, Form, Mark, Run};
use crate::lint::written::is_cjk;
use crate::lint::{Check, Context, Family, Findings, Rule, Written};
use crate::locale::{LocaleData, Typography};

pub(super) const RULE: Rule = Rule {
    name: "character-width",
    summary: "full-width and half-width forms are mixed in an article",
    family: Family::Language,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("character-width"),
    check: Check::Written(check),
};

fn check(all: &[Written<'_, '_>], _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(data) = all.first().and_then(|written| written.data) else { return };
    letters(all, data, findings);
    if data.full_width {
        marks(all, &data.typography, findings);
    }
}

/// Full-width digits and letters, and narrow letters, where the article has the usual ones.
fn letters(all: &[Written<'_, '_>], data: &LocaleData, findings: &mut Findings<'_>) {
    let own = &data.typography;
    let may_hold = |written: &&Written<'_, '_>| widths::may_hold(&written.text);
    let runs: Vec<(&Written<'_, '_>, Run)> = all
        .iter()
        .filter(may_hold)
        .flat_map(|written| widths::runs(&written.text, own).into_iter().map(move |run| (written, run)))
        // A text about full-width forms has them in the source, too.
        .filter(|(written, run)| !written.source().contains(&written.text[run.start..run.end]))
        .collect();
    if runs.is_empty() {
        return;
    }
    let spacing = Habits::of(all);
    for form in Form::ALL {
        let odd = runs.iter().filter(|(_, run)| run.form == form).count();
        let usual = || all.iter().map(|written| widths::usual(&written.text, form, own)).sum::<usize>();
        if odd > 0 && usual() >= 3 * odd {
            for (written, run) in runs.iter().filter(|(_, run)| run.form == form) {
                slip(written, *run, own, &spacing).tell(written, findings);
            }
        }
    }
}

fn slip(written: &Written<'_, '_>, run: Run, own: &Typography, spacing: &Habits) -> Slip {
    let text = &written.text[run.start..run.end];
    let instead = widths::usual_form(text, own);
    if run.form == Form::Narrow {
        return Slip::new(run.start, run.end, format!("half-width `{text}`"), "write it full-width").perhaps(&instead);
    }
    let help = "write it half-width, as in the rest of the article";
    let slip = Slip::new(run.start, run.end, format!("full-width `{text}`"), help);
    // What is half-width takes the spaces that the article sets around it.
    let digit = matches!(run.form, Form::Digit | Form::Digits);
    let (before, after) = (written.before(run.start), written.at(run.end));
    let meets = |it: Option<char>| own.spaced_from_latin && it.is_some_and(is_cjk);
    let space = |it: Option<char>| if meets(it) { " " } else { "" };
    // `２．` would begin a list.
    let begins = written.text[..run.start].trim().is_empty();
    match spacing.spaces(digit) {
        _ if begins => slip.perhaps(&instead),
        Some(true) => slip.safely(&format!("{}{instead}{}", space(before), space(after))),
        None if meets(before) || meets(after) => slip.perhaps(&instead),
        _ => slip.safely(&instead),
    }
}

/// Half-width marks and brackets among full-width letters.
fn marks(all: &[Written<'_, '_>], own: &Typography, findings: &mut Findings<'_>) {
    let mut found: Vec<(&Written<'_, '_>, Mark)> = Vec::new();
    for written in all {
        widths::marks(written, |mark| found.push((written, mark)));
    }
    for &(half, full) in &own.widths {
        let odd = found.iter().filter(|(_, mark)| mark.half == half).count();
        let always = own.never_half_width.contains(half);
        let usual = || all.iter().map(|written| written.text.matches(full).count()).sum::<usize>();
        if odd == 0 || !always && usual() < 4 * odd {
            continue;
        }
        for (written, mark) in found.iter().filter(|(_, mark)| mark.half == half) {
            let text = written.text[mark.start..mark.end].trim();
            let (message, instead) = match text.strip_prefix('(') {
                Some(inner) => ("half-width brackets".to_owned(), format!("（{}）", inner.trim_end_matches(')'))),
                None => (format!("a half-width `{half}`"), full.to_string()),
            };
            // `a,b` may be a row of values, as in the source.
            let kept = text.len() == 1 && glued(&written.source(), half);
            if !kept {
                let help = "write it full-width, as in the rest of the article";
                let slip = Slip::new(mark.start, mark.end, message, help);
                let slip = if always { slip.safely(&instead) } else { slip.perhaps(&instead) };
                slip.tell(written, findings);
            }
        }
    }
}

/// Whether a mark of a text has a letter on either side.
fn glued(text: &str, mark: char) -> bool {
    let letter = |it: Option<char>| it.is_some_and(char::is_alphabetic);
    let mut places = text.match_indices(mark);
    places.any(|(at, it)| letter(text[..at].chars().next_back()) && letter(text[at + it.len()..].chars().next()))
}
