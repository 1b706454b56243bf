//! What changed between two versions of articles: steps, labels, paths, notes and policies; and which
//! translations still say what the older version said.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::matching::{Flat, flat, likeness, pairs};
use super::model::{Action, ArticleModel, Policy, Procedure, SegmentId, Step, StepAlert, UiTarget};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ChangeKind {
    ArticleAdded,
    ArticleRemoved,
    ProcedureAdded,
    ProcedureRemoved,
    ProcedureRenamed,
    StepAdded,
    StepRemoved,
    StepMoved,
    StepReworded,
    LabelRenamed,
    PathChanged,
    AlertAdded,
    AlertRemoved,
    AlertChanged,
    PolicyAdded,
    PolicyRemoved,
    PolicyChanged,
}

impl ChangeKind {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            ChangeKind::ArticleAdded => "article added",
            ChangeKind::ArticleRemoved => "article removed",
            ChangeKind::ProcedureAdded => "procedure added",
            ChangeKind::ProcedureRemoved => "procedure removed",
            ChangeKind::ProcedureRenamed => "procedure renamed",
            ChangeKind::StepAdded => "step added",
            ChangeKind::StepRemoved => "step removed",
            ChangeKind::StepMoved => "step moved",
            ChangeKind::StepReworded => "step reworded",
            ChangeKind::LabelRenamed => "label renamed",
            ChangeKind::PathChanged => "path changed",
            ChangeKind::AlertAdded => "note added",
            ChangeKind::AlertRemoved => "note removed",
            ChangeKind::AlertChanged => "note changed",
            ChangeKind::PolicyAdded => "policy added",
            ChangeKind::PolicyRemoved => "policy removed",
            ChangeKind::PolicyChanged => "policy changed",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The key of the article.
    pub article: String,
    /// Where: a procedure, a step of it (`KEY#ANCHOR/s2`) or a policy, of the newer version where it
    /// is there. Empty for a whole article.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What the older version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What the newer version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The locales whose translation has to follow: it says what the older version said, or nothing.
    pub needed_in: Vec<String>,
}

/// All that changed.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Changes {
    /// The version of this contract.
    pub version: u32,
    /// The changes, by article and place.
    pub changes: Vec<Change>,
    /// For each locale, how many of them its translations have to follow.
    pub needed: BTreeMap<String, usize>,
}

/// Compares two versions of articles. Both are sorted by key.
pub fn changes(old: &[ArticleModel], new: &[ArticleModel]) -> Changes {
    let keys: BTreeSet<&str> = old.iter().chain(new).map(|it| it.key.as_str()).collect();
    let find = |all: &'_ [ArticleModel], key: &str| all.iter().position(|it| it.key == key);
    let mut found = Vec::new();
    for key in keys {
        match (find(old, key), find(new, key)) {
            (Some(before), Some(after)) => Comparison::new(&old[before], &new[after]).run(&mut found),
            (before, after) => {
                let article = before.map(|at| &old[at]).or(after.map(|at| &new[at])).expect("the key is of one");
                let kind = if after.is_some() { ChangeKind::ArticleAdded } else { ChangeKind::ArticleRemoved };
                let there: BTreeSet<&str> = article.variants.iter().map(|it| it.locale.as_str()).collect();
                let known = old.iter().chain(new).flat_map(|it| &it.variants).map(|it| it.locale.as_str());
                let needed: BTreeSet<&str> = match kind {
                    ChangeKind::ArticleAdded => known.filter(|it| !there.contains(it)).collect(),
                    _ => BTreeSet::new(),
                };
                let needed_in = needed.into_iter().map(str::to_owned).collect();
                found.push(Change {
                    kind,
                    article: key.to_owned(),
                    place: String::new(),
                    was: None,
                    is: None,
                    needed_in,
                });
            }
        }
    }
    let mut needed: BTreeMap<String, usize> = BTreeMap::new();
    for locale in found.iter().flat_map(|it| &it.needed_in) {
        *needed.entry(locale.clone()).or_default() += 1;
    }
    Changes { version: 1, changes: found, needed }
}

/// Two versions of one article.
struct Comparison<'a> {
    old: &'a ArticleModel,
    new: &'a ArticleModel,
    old_texts: BTreeMap<&'a str, &'a BTreeMap<String, String>>,
    new_texts: BTreeMap<&'a str, &'a BTreeMap<String, String>>,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a ArticleModel, new: &'a ArticleModel) -> Self {
        let texts =
            |article: &'a ArticleModel| article.segments.iter().map(|(id, texts)| (id.as_str(), texts)).collect();
        Comparison { old, new, old_texts: texts(old), new_texts: texts(new) }
    }

    fn run(&self, found: &mut Vec<Change>) {
        let mut mates: Vec<(&Procedure, &Procedure)> = Vec::new();
        let mut added: Vec<&Procedure> = Vec::new();
        for after in &self.new.procedures {
            match self.old.procedures.iter().find(|before| before.id == after.id) {
                Some(before) => mates.push((before, after)),
                None => added.push(after),
            }
        }
        let kept = |id: &str, mates: &[(&Procedure, &Procedure)]| mates.iter().any(|(before, _)| before.id == id);
        // One with another anchor is the same if it says the same.
        added.retain(|after| {
            let text = self.steps_text(after, true);
            let gone = self.old.procedures.iter().filter(|before| !kept(&before.id, &mates));
            let alike = gone.map(|before| (likeness(&self.steps_text(before, false), &text), before));
            let best = alike.filter(|(likeness, _)| *likeness >= 600).max_by_key(|(likeness, _)| *likeness);
            best.is_none_or(|(_, before)| {
                mates.push((before, after));
                false
            })
        });
        for after in added {
            let segments = self.all_segments(after);
            self.push(
                found,
                ChangeKind::ProcedureAdded,
                &after.id,
                None,
                Some(self.title(after, true)),
                (&[], &segments),
            );
        }
        for before in self.old.procedures.iter().filter(|before| !kept(&before.id, &mates)) {
            let segments = self.all_segments(before);
            let title = self.title(before, false);
            self.push(found, ChangeKind::ProcedureRemoved, &before.id, Some(title), None, (&segments, &[]));
        }
        mates.sort_by_key(|(_, after)| self.new.procedures.iter().position(|it| it.id == after.id));
        for (before, after) in mates {
            self.procedure(before, after, found);
        }
        self.policies(found);
    }

    fn procedure(&self, before: &Procedure, after: &Procedure, found: &mut Vec<Change>) {
        let (was, is) = (self.title(before, false), self.title(after, true));
        if plain(&was) != plain(&is) {
            let segments = (before.title.clone(), after.title.clone());
            let segments = (segments.0.as_slice(), segments.1.as_slice());
            self.push(found, ChangeKind::ProcedureRenamed, &after.id, Some(was), Some(is), segments);
        }
        let (old, new) = (flat(before), flat(after));
        let texts = |all: &[Flat<'_>], newer: bool| -> Vec<String> {
            all.iter().map(|it| self.text(&it.step.segments, newer)).collect()
        };
        let (was, is) = (texts(&old, false), texts(&new, true));
        // A step is known by what stands under it, too.
        let with_below = |all: &[Flat<'_>], newer: bool| -> Vec<String> {
            all.iter().map(|it| self.text(&below(it.step), newer)).collect()
        };
        let (all_was, all_is) = (with_below(&old, false), with_below(&new, true));
        let pairs = pairs(&old, &new, (&all_was, &all_is));
        let place = |id: &str| format!("{}/{id}", after.id);
        for (at, it) in new.iter().enumerate() {
            match pairs.iter().find(|pair| pair.new == at) {
                None => {
                    // What lies in a step that is new is new with it.
                    let with_parent = it.parent.is_some_and(|parent| !pairs.iter().any(|pair| pair.new == parent));
                    if !with_parent {
                        let segments = (&[][..], &it.step.segments[..]);
                        self.push(
                            found,
                            ChangeKind::StepAdded,
                            &place(&it.step.id),
                            None,
                            Some(is[at].clone()),
                            segments,
                        );
                    }
                }
                Some(pair) => {
                    let other = &old[pair.old];
                    if pair.moved {
                        let from = Some(format!("{} {}", other.step.id, was[pair.old]));
                        let to = Some(format!("{} {}", it.step.id, is[at]));
                        let segments = (&other.step.segments[..], &it.step.segments[..]);
                        self.push(found, ChangeKind::StepMoved, &place(&it.step.id), from, to, segments);
                    }
                    self.step(other, it, (&was[pair.old], &is[at]), &place(&it.step.id), found);
                }
            }
        }
        for (at, it) in old.iter().enumerate().filter(|(at, _)| !pairs.iter().any(|pair| pair.old == *at)) {
            let with_parent = it.parent.is_some_and(|parent| !pairs.iter().any(|pair| pair.old == parent));
            if !with_parent {
                let place = format!("{}/{}", before.id, it.step.id);
                let segments = (&it.step.segments[..], &[][..]);
                self.push(found, ChangeKind::StepRemoved, &place, Some(was[at].clone()), None, segments);
            }
        }
    }

    fn step(&self, old: &Flat<'_>, new: &Flat<'_>, texts: (&str, &str), place: &str, found: &mut Vec<Change>) {
        let segments = (&old.step.segments[..], &new.step.segments[..]);
        let (was, is) = (actions(old.step), actions(new.step));
        let mut said = false;
        if was.len() == is.len() {
            for (one, other) in was.iter().zip(&is) {
                let (Some(one), Some(other)) = (&one.target, &other.target) else { continue };
                let (own, new_own) = (self.label(one, false), self.label(other, true));
                if own != new_own {
                    self.push(found, ChangeKind::LabelRenamed, place, Some(own), Some(new_own), segments);
                    said = true;
                }
                let (way, new_way) = (self.way(one, false), self.way(other, true));
                if way != new_way {
                    self.push(found, ChangeKind::PathChanged, place, Some(way), Some(new_way), segments);
                    said = true;
                }
            }
        }
        if !said && plain(texts.0) != plain(texts.1) {
            let (was, is) = (Some(texts.0.to_owned()), Some(texts.1.to_owned()));
            self.push(found, ChangeKind::StepReworded, place, was, is, segments);
        }
        self.alerts(&old.step.alerts, &new.step.alerts, place, found);
    }

    fn alerts(&self, old: &[StepAlert], new: &[StepAlert], place: &str, found: &mut Vec<Change>) {
        let mut free: Vec<&StepAlert> = old.iter().collect();
        let shown = |alert: &StepAlert, newer| format!("{}: {}", alert.kind, self.text(&alert.segments, newer));
        for alert in new {
            let text = shown(alert, true);
            let likest = (0..free.len()).max_by_key(|&at| likeness(&shown(free[at], false), &text));
            match likest.filter(|&at| likeness(&shown(free[at], false), &text) >= 400) {
                Some(at) => {
                    let before = free.remove(at);
                    let was = shown(before, false);
                    if plain(&was) != plain(&text) {
                        let segments = (&before.segments[..], &alert.segments[..]);
                        self.push(found, ChangeKind::AlertChanged, place, Some(was), Some(text), segments);
                    }
                }
                None => self.push(found, ChangeKind::AlertAdded, place, None, Some(text), (&[], &alert.segments)),
            }
        }
        for alert in free {
            let was = Some(shown(alert, false));
            self.push(found, ChangeKind::AlertRemoved, place, was, None, (&alert.segments, &[]));
        }
    }

    /// Policies of one kind, subject and action in one section are the same, in order.
    fn policies(&self, found: &mut Vec<Change>) {
        let key = |policy: &Policy| {
            let section = policy.id.rsplit_once('/').map_or("", |(section, _)| section).to_owned();
            (section, policy.kind.clone(), policy.subject.clone(), policy.action.clone())
        };
        let mut free: Vec<&Policy> = self.old.policies.iter().collect();
        let mut left: Vec<&Policy> = Vec::new();
        // What says the same is the same; the others are paired in order.
        for policy in &self.new.policies {
            let same = |before: &&&Policy| key(before) == key(policy) && substance(before) == substance(policy);
            match free.iter().find(same).copied() {
                Some(before) => free.retain(|it| !std::ptr::eq(*it, before)),
                None => left.push(policy),
            }
        }
        for policy in left {
            let segments: Vec<SegmentId> = policy.evidence.iter().map(|it| it.segment.clone()).collect();
            match free.iter().position(|before| key(before) == key(policy)) {
                Some(at) => {
                    let before = free.remove(at);
                    let old: Vec<SegmentId> = before.evidence.iter().map(|it| it.segment.clone()).collect();
                    let (was, is) = (Some(self.text(&old, false)), Some(self.text(&segments, true)));
                    self.push(found, ChangeKind::PolicyChanged, &policy.id, was, is, (&old, &segments));
                }
                None => {
                    let is = Some(self.text(&segments, true));
                    self.push(found, ChangeKind::PolicyAdded, &policy.id, None, is, (&[], &segments));
                }
            }
        }
        for policy in free {
            let segments: Vec<SegmentId> = policy.evidence.iter().map(|it| it.segment.clone()).collect();
            let was = Some(self.text(&segments, false));
            self.push(found, ChangeKind::PolicyRemoved, &policy.id, was, None, (&segments, &[]));
        }
    }

    fn push(
        &self,
        found: &mut Vec<Change>,
        kind: ChangeKind,
        place: &str,
        was: Option<String>,
        is: Option<String>,
        (old, new): (&[SegmentId], &[SegmentId]),
    ) {
        let needed_in = self.needed_in(old, new);
        found.push(Change { kind, article: self.new.key.clone(), place: place.to_owned(), was, is, needed_in });
    }

    /// The locales whose translation of these segments is missing, or is still the old one where the
    /// source is not.
    fn needed_in(&self, old: &[SegmentId], new: &[SegmentId]) -> Vec<String> {
        let source = &self.new.source_locale;
        let all = |texts: &BTreeMap<&str, &'a BTreeMap<String, String>>, ids: &[SegmentId], locale: &str| {
            let all = ids.iter().map(|id| texts.get(id.as_str()).and_then(|it| it.get(locale)).map(|it| plain(it)));
            all.collect::<Option<Vec<String>>>()
        };
        let locales = self.new.variants.iter().map(|it| &it.locale).filter(|it| *it != source);
        let needs = |locale: &&String| {
            let (was, is) = (all(&self.old_texts, old, locale), all(&self.new_texts, new, locale));
            let (source_was, source_is) = (all(&self.old_texts, old, source), all(&self.new_texts, new, source));
            match (new.is_empty(), is) {
                // Gone from the source: whoever had it.
                (true, _) => was.is_some_and(|was| !was.is_empty()),
                (false, None) => true,
                (false, Some(is)) => source_was != source_is && was.as_ref() == Some(&is),
            }
        };
        locales.filter(needs).cloned().collect()
    }

    fn text(&self, segments: &[SegmentId], newer: bool) -> String {
        let (texts, locale) = match newer {
            true => (&self.new_texts, &self.new.source_locale),
            false => (&self.old_texts, &self.old.source_locale),
        };
        let all = segments.iter().filter_map(|id| texts.get(id.as_str())?.get(locale));
        all.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    fn title(&self, procedure: &Procedure, newer: bool) -> String {
        self.text(procedure.title.as_slice(), newer)
    }

    fn steps_text(&self, procedure: &Procedure, newer: bool) -> String {
        flat(procedure).iter().map(|it| self.text(&it.step.segments, newer)).collect::<Vec<_>>().join(" ")
    }

    fn all_segments(&self, procedure: &Procedure) -> Vec<SegmentId> {
        let steps = flat(procedure);
        procedure.title.iter().chain(steps.iter().flat_map(|it| &it.step.segments)).cloned().collect()
    }

    fn label(&self, target: &UiTarget, newer: bool) -> String {
        let locale = if newer { &self.new.source_locale } else { &self.old.source_locale };
        target.label.get(locale).cloned().unwrap_or_default()
    }

    fn way(&self, target: &UiTarget, newer: bool) -> String {
        let locale = if newer { &self.new.source_locale } else { &self.old.source_locale };
        let labels: Vec<&str> = target.path.iter().filter_map(|it| it.get(locale)).map(String::as_str).collect();
        labels.join(" > ")
    }
}

/// The segments of a step and of all that stands under it.
fn below(step: &Step) -> Vec<SegmentId> {
    let arms = step.arms().iter().flat_map(|arm| arm.segments.clone());
    step.segments.iter().cloned().chain(arms).chain(step.inner().iter().flat_map(below)).collect()
}

/// All that a step tells to do, its arms included.
fn actions(step: &Step) -> Vec<&Action> {
    step.actions.iter().chain(step.arms().iter().flat_map(|arm| &arm.actions)).collect()
}

/// What a policy says, without where it stands.
fn substance(policy: &Policy) -> impl PartialEq {
    let quantities: Vec<_> =
        policy.quantities.iter().map(|it| (it.value.clone(), it.bound.clone(), it.of.clone())).collect();
    let time = policy.time.as_ref().map(|it| format!("{it:?}"));
    (
        (policy.modality, policy.negated, policy.exclusive, policy.automatic),
        (time, quantities, policy.frequency.clone()),
        (policy.channel.clone(), policy.consequence.clone()),
    )
}

/// The letters and digits of a text: marks, punctuation and case are no change.
fn plain(text: &str) -> String {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
