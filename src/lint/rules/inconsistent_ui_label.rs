use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Severity;
use crate::lint::{Check, Conflicts, Fact, FactValue, Facts, Family, Group, NamedLabel, Rule};
use crate::locale::Locale;
use crate::termbase::{Class, Name, classes, uses};

pub(super) const RULE: Rule = Rule {
    name: "inconsistent-ui-label",
    summary: "one button, menu or page has two names in one language",
    family: Family::Labels,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("inconsistent-ui-label"),
    check: Check::Project { gather, compare },
};

/// A use of a label, as stage two sees it.
type Use<'f> = (&'f Fact, &'f NamedLabel);

/// So much more often than another a name has to stand to be the one that is meant.
const CLEAR: usize = 3;

fn gather(group: &Group<'_>, facts: &mut Facts<'_, '_>) {
    for bitext in group.bitexts {
        for it in uses(bitext, group.source_locale) {
            let Some(unit) = it.unit.reference() else { continue };
            let named = NamedLabel { label: it.label, rendering: it.rendering, ordered: it.ordered, unit };
            facts.keep(bitext.target, it.place, FactValue::Label(Box::new(named)));
        }
    }
}

fn compare(facts: &[&Fact], conflicts: &mut Conflicts<'_>) {
    let mut locales: BTreeMap<&str, BTreeMap<String, Vec<Use<'_>>>> = BTreeMap::new();
    for fact in facts {
        let FactValue::Label(named) = &fact.value else { continue };
        let labels = locales.entry(&fact.locale).or_default();
        labels.entry(named.label.to_lowercase()).or_default().push((fact, named));
    }
    for (tag, labels) in locales {
        let locale = Locale::parse(tag);
        let data = locale.as_ref().and_then(Locale::data);
        let mut all: BTreeMap<&str, Vec<Class<'_, Use<'_>>>> = BTreeMap::new();
        for (label, uses) in labels.iter().filter(|(_, uses)| uses.len() > 1) {
            let renderings = uses.iter().map(|it| (it.1.rendering.clone(), *it));
            all.insert(label, classes(label, renderings, data));
        }
        let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (label, classes) in &all {
            if let Some(first) = classes.first() {
                owners.entry(first.name.key()).or_default().insert(label);
            }
        }
        for (label, classes) in all.iter().filter(|(_, classes)| classes.len() > 1) {
            let doubt = |this: &Class<'_, Use<'_>>, it: &Use<'_>| {
                let text = Name::of(&it.1.unit.target, data);
                let source = it.1.unit.source.to_lowercase();
                // The bold slid off the label, which stands beside it; or two labels changed places.
                let slid = classes.iter().any(|other| other.name.key() != this.name.key() && other.name.is_in(&text));
                let other = owners.get(Name::of(&it.1.rendering, data).key());
                slid || other.is_some_and(|other| other.iter().any(|it| it != label && source.contains(*it)))
            };
            // What the words of a language run into one another needs a second witness.
            let spaced = data.is_none_or(|data| data.words_are_spaced);
            let meant = |index: usize| {
                let class = &classes[index];
                let seconded = spaced
                    || class.untranslated
                    || class.uses.len() > 1
                    || classes.iter().enumerate().any(|(at, other)| at != index && class.name.shares(&other.name));
                class.credible && seconded
            };
            let names: Vec<Names<'_, '_>> = (0..classes.len())
                .filter(|&index| meant(index))
                .map(|index| {
                    let class = &classes[index];
                    let sure = class.uses.iter().filter(|it| !doubt(class, it)).copied().collect();
                    Names { class, sure }
                })
                .collect();
            judge(&names, conflicts);
        }
    }
}

/// A name of a label, with the places where it is certain that it stands for it.
struct Names<'c, 'f> {
    class: &'c Class<'c, Use<'f>>,
    sure: Vec<Use<'f>>,
}

fn judge(names: &[Names<'_, '_>], conflicts: &mut Conflicts<'_>) {
    let Some(usual) = names.first() else { return };
    for name in names {
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for it in &name.sure {
            let (fact, named) = *it;
            let path = &*fact.place.path;
            // In its own article: the name that stands there more often, or is usual elsewhere.
            let here = |it: &Names<'_, '_>| it.sure.iter().filter(|it| *it.0.place.path == *path).count();
            let first = |it: &Names<'_, '_>| {
                let own = it.sure.iter().filter(|it| *it.0.place.path == *path);
                std::cmp::Reverse(own.map(|it| (it.0.place.range.start.line, it.0.place.range.start.column)).min())
            };
            let rank = |it: &&Names<'_, '_>| (here(it), !it.class.untranslated, it.class.uses.len(), first(it));
            let own = names.iter().filter(|it| here(it) > 0).max_by_key(rank);
            let own = own.filter(|it| !std::ptr::eq(*it, name));
            let (other, severity) = match own {
                Some(other) => (other, Severity::Warning),
                None if std::ptr::eq(name, usual) => continue,
                None if usual.class.uses.len() >= CLEAR * name.class.uses.len() && is_widespread(usual) => {
                    (usual, Severity::Warning)
                }
                // The article uses the usual name, too, and was judged by its own.
                None if here(usual) > 0 => continue,
                None => (usual, Severity::Info),
            };
            let near = other.sure.iter().find(|it| *it.0.place.path == *path);
            let Some(there) = near.or(other.sure.first()) else { continue };
            let severity = if named.ordered && there.1.ordered { severity } else { Severity::Info };
            if severity == Severity::Info && (!named.ordered || !told.insert(path)) {
                continue;
            }
            let elsewhere =
                if *there.0.place.path == *path { "elsewhere in this article" } else { "in other articles" };
            let (label, shown) = (&named.label, &other.class.shown);
            let message = match name.class.untranslated {
                true => format!("“{label}” is left in the source language here, and is “{shown}” {elsewhere}"),
                false => format!("“{label}” is “{}” here and “{shown}” {elsewhere}", named.rendering),
            };
            conflicts.report_as(severity, fact, message, there.0, format!("“{}” here", there.1.rendering));
            conflicts.unit(named.unit.clone());
            let times = |it: &Names<'_, '_>| match it.class.uses.len() {
                1 => "once".to_owned(),
                count => format!("{count} times"),
            };
            conflicts.help(format!(
                "“{shown}” stands {} in this language, “{}” {}: use the name that is on the screen",
                times(other),
                name.class.shown,
                times(name)
            ));
        }
    }
}

/// Whether a name stands in several articles: what one article says ten times is one writer's word.
fn is_widespread(names: &Names<'_, '_>) -> bool {
    let paths: BTreeSet<&str> = names.class.uses.iter().map(|it| &*it.0.place.path).collect();
    names.class.uses.len() >= CLEAR && paths.len() > 1
}
