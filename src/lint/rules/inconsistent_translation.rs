use std::collections::BTreeSet;

use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::lint::clauses::divided;
use crate::lint::{Check, Conflicts, Context, Family, Findings, Rule};
use crate::termbase::{LearnedRendering, LearnedTerm, Lesson, Place, Wording};

pub(super) const RULE: Rule = Rule {
    name: "inconsistent-translation",
    summary: "one term has two names in one language",
    family: Family::Labels,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("inconsistent-translation"),
    check: Check::Learned(check_clauses, Lesson::Renderings, check),
};

/// So much more often than another a name has to stand to be the one that is meant.
const CLEAR: usize = 3;
/// So much more often than another a verb or an adjective has to have a translation.
const USUAL: usize = 2;
/// Words whose Jaro–Winkler likeness (0 to 1) is above this may be forms of one.
const ALIKE: f64 = 0.74;
/// A name that only machines use is told from one that no person happened to need, if so many
/// different units have it.
const MACHINE_UNITS: usize = 5;
/// The chance that a person would have used it in none of their units, below which it is no chance.
const CHANCE: f64 = 0.1;
/// Of so many words on, one sentence has one translation in all articles.
const LONG: usize = 6;

fn check(locale: &str, wording: &Wording<'_>, conflicts: &mut Conflicts<'_>) {
    check_terms(locale, wording, conflicts);
    for repeat in &wording.repeats {
        check_repeat(locale, wording, repeat, conflicts);
    }
}

/// A sentence that ends in the words of another one, in an article.
fn check_clauses(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    for (long, short) in divided(bitext, context) {
        let (unit, other) = (&bitext.units[long], &bitext.units[short]);
        let (Some(target), Some(source), Some(there)) = (unit.target, other.source, other.target) else { continue };
        let message = format!("“{}” is translated otherwise elsewhere in this article", cut(&source.text()));
        let finding = findings.in_unit(unit, target.span, message).label(there.document, there.span, "otherwise here");
        finding.help("say the same in the same words");
    }
}

/// One sentence of the source with several translations.
fn check_repeat(locale: &str, wording: &Wording<'_>, repeat: &LearnedTerm, conflicts: &mut Conflicts<'_>) {
    for (index, this) in repeat.renderings.iter().enumerate() {
        let others = || repeat.renderings.iter().enumerate().filter(|&(at, _)| at != index).map(|(_, it)| it);
        let usual = others().filter(|it| {
            it.units >= CLEAR * this.units || repeat.words >= LONG && (it.units, it.human) >= (this.units, this.human)
        });
        let usual = usual.max_by_key(|it| it.units);
        let mut article = None;
        for &place in &this.places {
            let at = place.translation;
            // The places are in order: what is asked of an article is asked once.
            let near = match article {
                Some((known, near)) if known == at => near,
                _ => {
                    let own = this.in_article(at).len();
                    let near = others().filter(|it| it.in_article(at).len() >= own).max_by_key(|it| it.units);
                    article = Some((at, near));
                    near
                }
            };
            let (other, near) = match (near, usual) {
                (Some(near), _) => (near, near.in_article(at).first().copied()),
                (None, Some(usual)) => (usual, None),
                (None, None) => continue,
            };
            let shown = cut(&other.shown);
            let message = match near {
                Some(_) => format!("the same sentence is “{shown}” elsewhere in this article"),
                None => format!("the same sentence is “{shown}” in other articles"),
            };
            let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
            let help = format!("it stands {} so, and {} as here", times(other.units), times(this.units));
            report(locale, wording, place, (message, help), near.or(other.places.first().copied()), conflicts);
        }
    }
}

/// The beginning of a long text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{} …", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn check_terms(locale: &str, wording: &Wording<'_>, conflicts: &mut Conflicts<'_>) {
    let mut told: BTreeSet<(u32, u32, u32)> = BTreeSet::new();
    for term in &wording.terms {
        for (index, rendering) in term.renderings.iter().enumerate() {
            let others = term.renderings.iter().enumerate().filter(|&(at, it)| at != index && !alike(it, rendering));
            let others: Vec<&LearnedRendering> = others.map(|(_, it)| it).collect();
            let mut tell = |place: Place, other: &LearnedRendering, near: Option<Place>| {
                if told.insert((place.translation, place.passage, place.from)) {
                    let (message, help) = words(wording, (term, rendering, place), other, near.is_some());
                    report(locale, wording, place, (message, help), near.or(other.places.first().copied()), conflicts);
                }
            };
            if let Some(other) = others.iter().filter(|it| is_of_people(term, rendering, it)).max_by_key(|it| it.human)
            {
                rendering.places.iter().for_each(|&place| tell(place, other, None));
                continue;
            }
            let articles: BTreeSet<u32> = rendering.places.iter().map(|it| it.translation).collect();
            for article in articles {
                let places = rendering.in_article(article);
                // What stands beside the other name may be for something else.
                let sure =
                    |other: &LearnedRendering, it: &Place| !other.is_beside(it) || is_said_twice(wording, term, it);
                let own = |other: &LearnedRendering| {
                    other.in_article(article).iter().filter(|it| sure(rendering, it)).count()
                };
                let counted = others.iter().map(|it| (own(it), it));
                let Some((there, other)) = counted.max_by_key(|(own, it)| (*own, it.units)) else { continue };
                // Where both are as frequent, nothing tells which is meant; of what is no noun both may be.
                let least = if term.is_noun { places.len() } else { places.len() * USUAL };
                if there >= least {
                    let near = other.in_article(article).first().copied();
                    places.iter().filter(|it| sure(other, it)).for_each(|&it| tell(it, other, near));
                }
            }
        }
    }
}

/// Whether the source of a unit has the term more than once.
fn is_said_twice(wording: &Wording<'_>, term: &LearnedTerm, place: &Place) -> bool {
    let source = wording.passage(*place).1.source.plain().to_lowercase();
    source.matches(&term.source).count() > 1
}

/// Whether people call the term otherwise, and none of them ever so.
fn is_of_people(term: &LearnedTerm, rendering: &LearnedRendering, other: &LearnedRendering) -> bool {
    let share = term.human as f64 / term.units as f64;
    rendering.human == 0
        && rendering.units >= MACHINE_UNITS
        && other.human >= CLEAR
        && (1.0 - share).powi(rendering.units as i32) < CHANCE
}

/// Whether two names may be forms of one.
fn alike(one: &LearnedRendering, other: &LearnedRendering) -> bool {
    let fold = |it: &str| it.to_lowercase().replace([' ', '-', '’', '\''], "");
    let (one, other) = (fold(&one.shown), fold(&other.shown));
    if one.contains(&*other) || other.contains(&*one) {
        return true;
    }
    let is_unspaced = |it: &str| it.contains(crate::locale::is_unspaced);
    if is_unspaced(&one) || is_unspaced(&other) {
        return false;
    }
    // Words that change at their ends, and some inside: so short that nothing is sure, or alike.
    let short = one.chars().count().max(other.chars().count()) <= 5;
    let first = one.chars().next() == other.chars().next();
    short && first || strsim::jaro_winkler(&one, &other) > ALIKE
}

/// What is said of a name of a term, and of how often it stands.
fn words(
    wording: &Wording<'_>,
    (term, rendering, place): (&LearnedTerm, &LearnedRendering, Place),
    other: &LearnedRendering,
    near: bool,
) -> (String, String) {
    let (shown, usual) = (&rendering.shown, &other.shown);
    let plain = wording.passage(place).1.target.plain();
    let written = plain.get(place.from as usize..place.to as usize).unwrap_or(shown);
    let message = match near {
        true => format!("“{}” is “{written}” here and “{usual}” elsewhere in this article", term.source),
        false => format!("“{}” is “{written}” here, which no translation by a person calls it: “{usual}”", term.source),
    };
    let times = |it: &LearnedRendering| match it.human {
        0 => format!("in {} units", it.units),
        human => format!("in {} units, {human} of them translated by people", it.units),
    };
    (message, format!("“{usual}” stands {}, “{shown}” {}: use one name", times(other), times(rendering)))
}

fn report(
    locale: &str,
    wording: &Wording<'_>,
    place: Place,
    (message, help): (String, String),
    there: Option<Place>,
    conflicts: &mut Conflicts<'_>,
) {
    if conflicts.stretch(RULE.severity, locale, wording, place, message) {
        conflicts.also(there.map(|it| wording.label(it, "otherwise here")));
        conflicts.help(help);
    }
}
