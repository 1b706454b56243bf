use crate::bitext::{Bitext, Unit};
use crate::diagnostic::Severity;
use crate::lint::leftover::is_unchanged;
use crate::lint::marks::compared;
use crate::lint::terms::{found, listed, meant};
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::termbase::base::{Glossary, Hit, Reading, Status, Termbase};

pub(super) const RULE: Rule = Rule {
    name: "term-mismatch",
    summary: "a term of the source is not what the termbase calls it in the target",
    family: Family::Labels,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("term-mismatch"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let bases = &*context.settings.bases;
    let base = &bases.terms;
    if base.is_empty() || !context.same_version {
        return;
    }
    let (of_source, of_target) = (base.of_source(context.source_locale), base.of_target(context.locale));
    if of_source.is_empty() || of_target.is_empty() {
        return;
    }
    let terms = Terms { base, of_source: &of_source, of_target: &of_target };
    for unit in &bitext.units {
        let Some((source, target)) = compared(unit, context) else { continue };
        if target.raw().trim().is_empty() || is_unchanged(source, target) {
            continue;
        }
        let source = Reading::of(&source);
        let hits = found(bases, terms.of_source, &source);
        if hits.is_empty() {
            continue;
        }
        let reading = Reading::of(&target);
        for missing in terms.missing(&hits, &reading) {
            let twins = hits.iter().filter(|it| (it.start, it.end) == (missing.start, missing.end));
            let words = twins.flat_map(|it| terms.of_target.allowed(it.named.concept));
            let Some(names) = listed(words) else { continue };
            let term = source.text(missing.start, missing.end);
            let instead = terms.instead(&missing, term, &hits, &reading);
            let text = |it: &Instead| reading.text(it.start, it.end);
            let (place, message) = match &instead {
                Some(it) if it.kind == Kind::Source => (
                    reading.span(it.start, it.end),
                    format!("“{term}” stays as it is here; the termbase calls it {names}"),
                ),
                Some(it) if it.kind == Kind::Forbidden => (
                    reading.span(it.start, it.end),
                    format!("“{term}” is “{}” here; the termbase calls it {names}", text(it)),
                ),
                Some(it) => (
                    target.span,
                    format!(
                        "the termbase calls “{term}” {names}, which is not here; “{}” is, for something else",
                        text(it)
                    ),
                ),
                None => (target.span, format!("the termbase calls “{term}” {names}, which is not here")),
            };
            // Where no form is listed and stems change, a form may be there all the same.
            let vague = instead.as_ref().is_none_or(|it| it.kind == Kind::Other)
                && terms.of_target.may_miss(context.locale)
                && terms.of_target.allowed(missing.named.concept).all(|it| !it.has_forms());
            // A pronoun may stand for what the sentence before it names.
            let named = || {
                let beside = |it: &&Unit<'_>| it.target.is_some_and(|it| it.node.is_some() && it.node == target.node);
                let mut beside = bitext.units.iter().filter(beside).filter(|it| !std::ptr::eq(*it, unit));
                beside.any(|it| it.target.is_some_and(|it| of_target.renders(missing.named.concept, &Reading::of(&it))))
            };
            // A name or a label may be meant to stay.
            let stays = |it: &Instead| {
                let mut names = source.names_around(missing.start, missing.end);
                it.kind == Kind::Source && (reading.is_marked(it.start, it.end) || names.any(|it| reading.says(it)))
            };
            let vague = vague || instead.as_ref().map_or_else(named, stays);
            let severity = if vague { Severity::Info } else { Severity::Warning };
            let span = source.span(missing.start, missing.end);
            let finding = findings.in_unit(unit, place, message).source(span, "the term in the source");
            let finding = finding.severity(severity);
            match meant(base, &missing) {
                Some(note) => finding.help(note),
                None => finding.help("use the term of the termbase, or list this one or its form there"),
            };
        }
    }
}

struct Terms<'t> {
    base: &'t Termbase,
    of_source: &'t Glossary,
    of_target: &'t Glossary,
}

/// What stands in the target instead of a term.
struct Instead {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A word that must not be used for it.
    Forbidden,
    /// The word of the source.
    Source,
    /// A word for something that the source does not speak of.
    Other,
}

impl Terms<'_> {
    /// The terms of a source that no word of the target renders, each once. Of several concepts that
    /// have one word, one is enough.
    fn missing<'h>(&self, hits: &[Hit<'h>], target: &Reading) -> Vec<Hit<'h>> {
        let mut missing: Vec<Hit<'h>> = Vec::new();
        for hit in hits {
            let twins = || hits.iter().filter(|it| (it.start, it.end) == (hit.start, hit.end));
            let is_open = |it: &Hit<'_>| {
                let concept = it.named.concept;
                let known = self.of_target.allowed(concept).next().is_some();
                known && !self.base.concepts[concept].do_not_translate && !self.of_target.renders(concept, target)
            };
            let is_new = !missing.iter().any(|it| it.named.concept == hit.named.concept || it.start == hit.start);
            if is_new && twins().all(is_open) {
                missing.push(*hit);
            }
        }
        missing
    }

    /// What stands there instead: a word that must not be used for it, the word of the source, or, if
    /// there is only one, a word for something that the source does not speak of.
    fn instead(&self, missing: &Hit<'_>, term: &str, source: &[Hit<'_>], target: &Reading) -> Option<Instead> {
        let own = |it: &Hit<'_>| it.named.concept == missing.named.concept;
        let hits = self.of_target.find(target);
        let place = |it: &Hit<'_>, kind| Instead { start: it.start, end: it.end, kind };
        if let Some(forbidden) = hits.iter().find(|it| own(it) && it.named.term.status == Status::Forbidden) {
            return Some(place(forbidden, Kind::Forbidden));
        }
        if let Some(start) = target.find_word(term) {
            return Some(Instead { start, end: start + term.len(), kind: Kind::Source });
        }
        let spoken = |it: &Hit<'_>| source.iter().any(|source| source.named.concept == it.named.concept);
        let mut others = hits.iter().filter(|it| !spoken(it));
        match (others.next(), others.next()) {
            (Some(other), None) => Some(place(other, Kind::Other)),
            _ => None,
        }
    }
}
