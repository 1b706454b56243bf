use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Severity, UnitRef};
use crate::lint::label_case;
use crate::lint::label_names::{Names, Use, judge};
use crate::lint::{Check, Conflicts, Fact, FactValue, Facts, Family, Group, NamedLabel, Rule};
use crate::locale::Locale;
use crate::termbase::{Class, LabelUse, Name, classes, uses};

pub(super) const RULE: Rule = Rule {
    name: "inconsistent-ui-label",
    summary: "one button, menu or page has two names in one language",
    family: Family::Labels,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("inconsistent-ui-label"),
    check: Check::Project { gather, compare },
};

fn gather(group: &Group<'_>, facts: &mut Facts<'_, '_>) {
    for bitext in group.bitexts {
        let mut last: Option<Arc<UnitRef>> = None;
        for it in uses(bitext, group.source_locale) {
            let same = last.take().filter(|known| known.id == it.unit.id);
            let Some(unit) = same.or_else(|| it.unit.reference().map(Arc::new)) else { continue };
            last = Some(unit.clone());
            let LabelUse { label, rendering, glossed, ordered, weak, .. } = it;
            let named = NamedLabel { label, rendering, glossed, ordered, weak, unit };
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
        let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (label, uses) in labels.iter().filter(|(_, uses)| uses.len() > 1) {
            let first = uses[0].1;
            let differs = |it: &Use<'_>| it.1.rendering != first.rendering || it.1.glossed != first.glossed;
            if !uses.iter().any(differs) {
                owners.entry(Name::of(&first.rendering, data).key().to_owned()).or_default().insert(label);
                continue;
            }
            let classes = classes(label, uses.iter().map(|it| (it.1.rendering.as_str(), *it)), data);
            if let Some(first) = classes.first() {
                owners.entry(first.name.key().to_owned()).or_default().insert(label);
            }
            all.insert(label, classes);
        }
        for (label, classes) in &all {
            let doubt = |this: &Class<'_, Use<'_>>, it: &Use<'_>| {
                if classes.len() == 1 {
                    return false;
                }
                let text = Name::of(&it.1.unit.target, data);
                let source = it.1.unit.source.to_lowercase();
                // The bold slid off the label, which stands beside it; or two labels changed places.
                let beside =
                    |other: &&Class<'_, Use<'_>>| other.name.key() != this.name.key() && other.name.is_in(&text);
                let slid = classes.iter().filter(beside).any(|other| !other.name.shares(&this.name));
                let other = owners.get(Name::of(&it.1.rendering, data).key());
                slid || other.is_some_and(|other| other.iter().any(|it| it != label && source.contains(*it)))
            };
            // What the words of a language run into one another needs a second witness.
            let spaced = data.is_none_or(|data| data.words_are_spaced);
            let seconded = |index: usize| {
                let class = &classes[index];
                spaced
                    || class.untranslated
                    || class.uses.len() > 1
                    || classes.iter().enumerate().any(|(at, other)| at != index && class.name.shares(&other.name))
            };
            let names: Vec<Names<'_, '_>> = (0..classes.len())
                .map(|index| (&classes[index], seconded(index)))
                .filter(|(class, seconded)| class.credible && (*seconded || class.name.is_solid()))
                .map(|(class, seconded)| {
                    let sure = class.uses.iter().filter(|it| !doubt(class, it)).copied().collect();
                    Names { class, seconded, sure }
                })
                .collect();
            judge(&names, data, conflicts);
        }
        let all: Vec<Use<'_>> = labels.into_values().flatten().collect();
        label_case::judge(&all, data, conflicts);
    }
}
