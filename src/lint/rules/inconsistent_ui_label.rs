use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Severity, UnitRef};
use crate::lint::{Check, Conflicts, Fact, FactValue, Facts, Family, Group, NamedLabel, Rule};
use crate::locale::{Locale, LocaleData};
use crate::termbase::{Class, LabelUse, Likeness, Name, classes, uses};

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
            let meant = |index: usize| {
                let class = &classes[index];
                let seconded = spaced
                    || class.untranslated
                    || class.uses.len() > 1
                    || class.name.is_solid()
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
            judge(&names, data, conflicts);
        }
    }
}

/// A name of a label, with the places where it is certain that it stands for it.
struct Names<'c, 'f> {
    class: &'c Class<'c, Use<'f>>,
    sure: Vec<Use<'f>>,
}

impl<'f> Names<'_, 'f> {
    /// Its places in an article.
    fn in_article(&self, path: &str) -> Vec<Use<'f>> {
        self.sure.iter().filter(|it| *it.0.place.path == *path).copied().collect()
    }

    /// Whether it stands in several articles: what one article says ten times is one writer's word.
    fn is_widespread(&self) -> bool {
        let paths: BTreeSet<&str> = self.class.uses.iter().map(|it| &*it.0.place.path).collect();
        self.class.uses.len() >= CLEAR && paths.len() > 1
    }

    /// Whether it stands so much more often than another that it is the one that is meant.
    fn outweighs(&self, other: &Self) -> bool {
        self.class.uses.len() >= CLEAR * other.class.uses.len() && self.is_widespread()
    }
}

fn judge(names: &[Names<'_, '_>], data: Option<&LocaleData>, conflicts: &mut Conflicts<'_>) {
    let paths: BTreeSet<&str> = names.iter().flat_map(|it| &it.sure).map(|it| &*it.0.place.path).collect();
    for path in paths {
        if !inside(names, path, conflicts) {
            across(names, path, conflicts);
        }
        for name in names {
            forms(name, path, data, conflicts);
        }
    }
}

/// Judges the names that one article gives a label; says whether there are several.
fn inside(names: &[Names<'_, '_>], path: &str, conflicts: &mut Conflicts<'_>) -> bool {
    let mut own: Vec<(&Names<'_, '_>, Vec<Use<'_>>)> = names.iter().map(|it| (it, it.in_article(path))).collect();
    own.retain(|(_, uses)| !uses.is_empty());
    own.sort_by_key(|(name, uses)| (Reverse(uses.len()), name.class.untranslated, Reverse(name.class.uses.len())));
    // Where the article leaves a label as it is, and translates it once, that one stands out.
    if let Some(at) = own.iter().position(|it| !it.0.class.untranslated)
        && own[0].0.class.untranslated
        && own[0].1.len() < CLEAR * own[at].1.len()
    {
        own.swap(0, at);
    }
    let Some(((lead, there), others)) = own.split_first().filter(|(_, others)| !others.is_empty()) else {
        return false;
    };
    let is_clear = |(name, uses): &(&Names<'_, '_>, Vec<Use<'_>>)| {
        name.class.untranslated || there.len() >= CLEAR * uses.len() || lead.outweighs(name)
    };
    for (name, uses) in others {
        for it in uses {
            told(name, it, lead, there, "elsewhere in this article", conflicts);
        }
    }
    if let Some((name, uses)) = others.iter().find(|it| !is_clear(it)) {
        for it in there {
            told(lead, it, name, uses, "elsewhere in this article", conflicts);
        }
    }
    true
}

/// Judges the name of a label in an article that has but one.
fn across(names: &[Names<'_, '_>], path: &str, conflicts: &mut Conflicts<'_>) {
    let Some(usual) = names.first() else { return };
    for name in names.iter().filter(|it| !std::ptr::eq(*it, usual)) {
        let mut told_once = false;
        for it in name.in_article(path) {
            let severity = match usual.outweighs(name) {
                true => Severity::Warning,
                false => Severity::Info,
            };
            let Some(there) = usual.sure.first() else { continue };
            let severity = if it.1.ordered && there.1.ordered { severity } else { Severity::Info };
            if severity == Severity::Info && (!it.1.ordered || it.1.weak || std::mem::replace(&mut told_once, true)) {
                continue;
            }
            report(severity, name, &it, usual, there, "in other articles", conflicts);
        }
    }
}

/// Says of a name at one place of an article that another stands in the article, too.
fn told(
    name: &Names<'_, '_>,
    it: &Use<'_>,
    other: &Names<'_, '_>,
    there: &[Use<'_>],
    elsewhere: &str,
    conflicts: &mut Conflicts<'_>,
) {
    let Some(first) = there.iter().find(|it| it.1.ordered).or(there.first()) else { return };
    let is_sure = |it: &Use<'_>| it.1.ordered && !it.1.weak;
    let severity = if is_sure(it) && is_sure(first) { Severity::Warning } else { Severity::Info };
    report(severity, name, it, other, first, elsewhere, conflicts);
}

fn report(
    severity: Severity,
    name: &Names<'_, '_>,
    it: &Use<'_>,
    other: &Names<'_, '_>,
    there: &Use<'_>,
    elsewhere: &str,
    conflicts: &mut Conflicts<'_>,
) {
    let (fact, named) = it;
    let (label, shown) = (&named.label, &there.1.rendering);
    let message = match name.class.untranslated {
        _ if other.class.untranslated => {
            format!("“{label}” is “{}” here and is left in the source language {elsewhere}", named.rendering)
        }
        true => format!("“{label}” is left in the source language here, and is “{shown}” {elsewhere}"),
        false => format!("“{label}” is “{}” here and “{shown}” {elsewhere}", named.rendering),
    };
    conflicts.report_as(severity, fact, message, there.0, format!("“{shown}” here"));
    conflicts.unit((*named.unit).clone());
    let times = |it: &Names<'_, '_>| match it.class.uses.len() {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    conflicts.help(format!(
        "“{}” stands {} in this language, “{}” {}: use the name that is on the screen",
        other.class.shown,
        times(other),
        name.class.shown,
        times(name)
    ));
}

/// Judges the forms of one name in an article.
fn forms(name: &Names<'_, '_>, path: &str, data: Option<&LocaleData>, conflicts: &mut Conflicts<'_>) {
    let mut forms: BTreeMap<(String, bool), (Name<'_>, Vec<Use<'_>>)> = BTreeMap::new();
    for it in name.in_article(path) {
        let form = Name::of(&it.1.rendering, data);
        let form = if it.1.glossed { form.alone() } else { form };
        let key = (form.key().to_owned(), it.1.glossed);
        forms.entry(key).or_insert_with(|| (form, Vec::new())).1.push(it);
    }
    let mut forms: Vec<(bool, Name<'_>, Vec<Use<'_>>)> =
        forms.into_iter().map(|((_, glossed), (form, uses))| (glossed, form, uses)).collect();
    forms.sort_by_key(|(glossed, _, uses)| (*glossed, Reverse(uses.len())));
    let Some(((glossed, lead, there), others)) = forms.split_first() else { return };
    let mut open: Option<&Use<'_>> = None;
    for (gloss, form, uses) in others {
        let beside = lead.likeness(form) == Likeness::Same && gloss != glossed;
        let differs = match lead.likeness(form) {
            Likeness::Same => beside,
            Likeness::Form => lead.differs_by_choice(form),
            Likeness::Part => lead.lacks_words(form, &Name::of(&there[0].1.label, None)),
            Likeness::Other => false,
        };
        if !differs {
            continue;
        }
        if there.len() < CLEAR * uses.len() && !beside {
            open = open.or(uses.first());
        }
        for it in uses {
            form_of(it, &there[0], conflicts);
        }
    }
    if let Some(other) = open {
        for it in there {
            form_of(it, other, conflicts);
        }
    }
}

fn form_of(it: &Use<'_>, there: &Use<'_>, conflicts: &mut Conflicts<'_>) {
    let said = |it: &Use<'_>| match it.1.glossed {
        true => format!("{} ({})", it.1.label, it.1.rendering),
        false => it.1.rendering.clone(),
    };
    let (label, here, other) = (&it.1.label, said(it), said(there));
    let message = format!("“{label}” is “{here}” here and “{other}” elsewhere in this article");
    conflicts.report_as(Severity::Info, it.0, message, there.0, format!("“{other}” here"));
    conflicts.unit((*it.1.unit).clone());
    conflicts.help("the two differ in grammar only, but a screen has one of them: use that");
}
