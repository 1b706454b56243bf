use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lint::{Check, Conflicts, Fact, FactValue, Facts, Family, Group, Rule};
use crate::procedure::{TaskPath, scope, scopes, tasks};

pub(super) const RULE: Rule = Rule {
    name: "conflicting-path",
    summary: "two articles lead to the same task through different menus",
    family: Family::Policies,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("conflicting-path"),
    check: Check::Project { gather, compare },
};

fn gather(group: &Group<'_>, facts: &mut Facts<'_, '_>) {
    let Some(article) = group.article() else { return };
    let locale = article.locale(group.source_locale);
    let scope = scope(&article.outline, locale, group.settings.words(locale));
    for (place, mut path) in tasks(article) {
        path.scope = scope.clone();
        facts.keep(article.document, place, FactValue::Path(path));
    }
}

fn compare(facts: &[&Fact], conflicts: &mut Conflicts<'_>) {
    let mut tasks: BTreeMap<&str, Vec<(&Fact, &TaskPath)>> = BTreeMap::new();
    for fact in facts {
        let FactValue::Path(path) = &fact.value else { continue };
        tasks.entry(&path.task).or_default().push((fact, path));
    }
    for ways in tasks.values() {
        for (index, (fact, path)) in ways.iter().enumerate() {
            // Once for each article: the first other one that it contradicts.
            // Another market or system has menus of its own.
            let one_system = |it: &TaskPath| scopes(&path.scope, &it.scope).is_some();
            let parts = |it: &TaskPath| one_system(it) && path.parts_from(it).is_some();
            let other = ways[..index].iter().find(|(other, it)| other.article != fact.article && parts(it));
            let Some((other, way)) = other else { continue };
            let Some((label, here, there)) = path.parts_from(way) else { continue };
            let message = format!("“{label}” is under “{here}” here and under “{there}” in {}", other.place.path);
            conflicts.report(fact, message, other, format!("{} here", way.shown()));
            conflicts
                .help(format!("both articles say how to “{}”: one of the paths is wrong or out of date", path.said));
        }
    }
}
