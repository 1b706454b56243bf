use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Label, Severity};
use crate::lint::policies::{gather as keep, policies};
use crate::lint::{Check, Conflicts, Fact, Facts, Family, Group, Rule};
use crate::procedure::{Gravity, conflicts as conflict};

pub(super) const RULE: Rule = Rule {
    name: "conflicting-policy",
    summary: "two articles state policies that cannot both hold",
    family: Family::Policies,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("conflicting-policy"),
    check: Check::Project { gather, compare },
};

/// So many places are shown beside a finding.
const SHOWN: usize = 8;

fn gather(group: &Group<'_>, facts: &mut Facts<'_, '_>) {
    keep(group, facts, |it| !it.policy.example);
}

fn compare(facts: &[&Fact], found: &mut Conflicts<'_>) {
    let all = policies(facts);
    let mut kin: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, (_, stated, _)) in all.iter().enumerate() {
        kin.entry(&stated.kin).or_default().push(index);
    }
    for indices in kin.values() {
        // The last finding: its article, what it is about, and the articles that it names.
        let mut last: Option<(&Fact, String, BTreeSet<&Arc<str>>)> = None;
        for (at, &index) in indices.iter().enumerate() {
            let (fact, stated, places) = &all[index];
            // Once for each statement: the first other one that it contradicts, and where else.
            let mut others: Vec<Label> = Vec::new();
            let mut reported = false;
            let mut articles = BTreeSet::new();
            for &other in &indices[..at] {
                let (there, earlier, _) = &all[other];
                if there.article == fact.article || there.place.path == fact.place.path {
                    continue;
                }
                let Some(it) = conflict(stated, earlier, false) else { continue };
                if !articles.insert(&there.article) {
                    continue;
                }
                // Two sentences of one paragraph against one article are one conflict.
                let known = last.as_ref().is_some_and(|(of, about, with)| {
                    let beside =
                        of.place.path == fact.place.path && of.place.range.start.line == fact.place.range.start.line;
                    beside && *about == it.about && with.contains(&there.article)
                });
                if !reported && known {
                    others.push(Label { message: "here, too".into(), ..fact.place.clone() });
                    break;
                }
                if !reported {
                    reported = true;
                    last = Some((fact, it.about.clone(), BTreeSet::new()));
                    let severity = match it.gravity {
                        Gravity::Misleads => Severity::Error,
                        Gravity::Confuses => Severity::Warning,
                    };
                    let message = format!("{}: {} here, {} in {}", it.about, it.here, it.there, there.place.path);
                    found.report_as(severity, fact, message, there, "this says otherwise");
                    found.help("both cannot hold: correct the one that is wrong, or say what tells them apart");
                    others.extend(places.iter().cloned());
                } else {
                    others.push(Label { message: "and this".into(), ..there.place.clone() });
                }
            }
            if reported && let Some((_, _, with)) = &mut last {
                *with = articles;
            }
            others.truncate(SHOWN);
            found.also(others);
        }
    }
}
