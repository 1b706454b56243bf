use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::lint::policies::{gather as keep, policies};
use crate::lint::{Check, Conflicts, Fact, FactValue, Facts, Family, Group, Rule};
use crate::procedure::{Kept, outdated};
use crate::signal::{Statement, Value, measure};

pub(super) const RULE: Rule = Rule {
    name: "stale-policy",
    summary: "a statement keeps a value that another article says has changed",
    family: Family::Policies,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("stale-policy"),
    check: Check::Project { gather, compare },
};

fn gather(group: &Group<'_>, facts: &mut Facts<'_, '_>) {
    keep(group, facts, |it| it.policy.time.is_some() && it.kept != Kept::Procedure);
    behind(group, facts);
}

fn compare(facts: &[&Fact], found: &mut Conflicts<'_>) {
    let all = policies(facts);
    let changes: Vec<_> = all.iter().filter(|(_, it, _)| it.kept == Kept::Former).collect();
    for (fact, stated, places) in &all {
        let change =
            changes.iter().find(|(change, former, _)| change.article != fact.article && outdated(stated, former));
        let Some((change, former, _)) = change else { continue };
        let since = former.policy.validity.as_ref().and_then(|it| it.until.as_ref());
        let since = since.map_or(String::new(), |it| format!(" on {it}"));
        let message = format!("“{}” keeps a value that changed{since}, says {}", stated.text, change.place.path);
        found.report(fact, message, change, "what changed");
        found.help("bring it up to date, or say for whom the old value still holds");
        found.also(places.iter().cloned());
    }
    let mut seen = BTreeSet::new();
    for fact in facts {
        if let FactValue::Behind(source, message) = &fact.value
            && seen.insert((&fact.place.path, fact.place.range.start.byte))
        {
            found.report_at(Severity::Warning, fact, message.clone(), source.clone());
            found.help("the article is made from an older version of its source: bring it up to date");
        }
    }
}

/// Translations of an older version that state another length of time than the source states now.
fn behind(group: &Group<'_>, facts: &mut Facts<'_, '_>) {
    let Some((document, policies)) = group.policies() else { return };
    for bitext in group.bitexts.iter().filter(|it| !it.same_version()) {
        for stated in
            policies.iter().filter(|it| it.policy.time.is_some() && !it.policy.example && it.kept == Kept::Policy)
        {
            let unit = bitext.unit_of(document, stated.place);
            let Some((source, target)) = unit.and_then(|unit| Some((unit.source?, unit.target?))) else { continue };
            let here = Statement::of(&source, group.settings.words(&document.locale));
            let there = Statement::of(&target, group.settings.words(&bitext.target.locale));
            let lengths = |it: &Statement| -> Vec<(u8, i64)> {
                let lengths = it.quantities.iter().filter_map(|it| match it.value {
                    Value::Duration(amount, unit) => Some(measure(amount, unit)),
                    _ => None,
                });
                lengths.collect()
            };
            let (now, then) = (lengths(&here), lengths(&there));
            let differs = !now.is_empty() && !then.is_empty() && !now.iter().any(|it| then.contains(it));
            if !differs {
                continue;
            }
            let Some(label) = facts.label(document, stated.place, "what the source says now") else { continue };
            let message = format!("the source says “{}” now, this is what an older version said", stated.text);
            facts.keep(target.document, target.span, FactValue::Behind(label, message));
        }
    }
}
