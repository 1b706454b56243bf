//! Which names of one label stand against each other, in an article and across articles, and what
//! is said about it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Conflicts, Fact, NamedLabel};
use crate::diagnostic::{Label, Severity};
use crate::locale::LocaleData;
use crate::termbase::{Class, Likeness, Name};

/// A use of a label, as stage two sees it.
pub type Use<'f> = (&'f Fact, &'f NamedLabel);

/// So much more often than another a name has to stand to be the one that is meant.
const CLEAR: usize = 3;

/// A name of a label, with the places where it is certain that it stands for it.
pub struct Names<'c, 'f> {
    /// The name.
    pub class: &'c Class<'c, Use<'f>>,
    /// Whether more than this one place makes it likely.
    pub seconded: bool,
    /// The places.
    pub sure: Vec<Use<'f>>,
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

    /// Whether both are the label as the source has it, with more or less around it.
    fn holds_label(&self, other: &Self) -> bool {
        let holds = |one: &Self, other: &Self| one.class.untranslated && one.class.name.is_in(&other.class.name);
        holds(self, other) || holds(other, self)
    }

    /// Whether it stands so much more often than another that it is the one that is meant.
    fn outweighs(&self, other: &Self) -> bool {
        self.class.uses.len() >= CLEAR * other.class.uses.len() && self.is_widespread()
    }
}

/// Reports the names of a label in one locale, article by article.
pub fn judge(names: &[Names<'_, '_>], data: Option<&LocaleData>, conflicts: &mut Conflicts<'_>) {
    let paths: BTreeSet<&str> = names.iter().flat_map(|it| &it.sure).map(|it| &*it.0.place.path).collect();
    for path in paths {
        let told = inside(names, path, conflicts);
        if told.is_none() {
            across(names, path, conflicts);
        }
        let told = told.unwrap_or_default();
        for name in names.iter().filter(|it| !told.iter().any(|other| std::ptr::eq(*it, *other))) {
            forms(name, path, data, conflicts);
        }
    }
}

/// Judges the names that one article gives a label: those that are reported, or `None` where it has
/// but one.
fn inside<'n, 'c, 'f>(
    names: &'n [Names<'c, 'f>],
    path: &str,
    conflicts: &mut Conflicts<'_>,
) -> Option<Vec<&'n Names<'c, 'f>>> {
    let mut own: Vec<(&Names<'c, 'f>, Vec<Use<'f>>)> = names.iter().map(|it| (it, it.in_article(path))).collect();
    own.retain(|(_, uses)| !uses.is_empty());
    own.sort_by_key(|(name, uses)| (Reverse(uses.len()), name.class.untranslated, Reverse(name.class.uses.len())));
    // Where the article leaves a label as it is, and translates it once, that one stands out.
    if let Some(at) = own.iter().position(|it| !it.0.class.untranslated)
        && own[0].0.class.untranslated
        && own[0].1.len() < CLEAR * own[at].1.len()
    {
        own.swap(0, at);
    }
    let ((lead, there), others) = own.split_first().filter(|(_, others)| !others.is_empty())?;
    let is_clear = |(name, uses): &(&Names<'_, '_>, Vec<Use<'_>>)| {
        name.class.untranslated || there.len() >= CLEAR * uses.len() || lead.outweighs(name)
    };
    let others: Vec<_> = others.iter().filter(|it| !lead.holds_label(it.0)).collect();
    let open = others.iter().find(|it| !is_clear(it));
    for (name, uses) in &others {
        for (index, it) in uses.iter().enumerate() {
            told(name, it, lead, there, conflicts);
            // Where this is the one that stands out, the first finding shows all that say otherwise.
            if open.is_none() && index == 0 {
                let label =
                    |it: &Use<'_>| Label { message: format!("“{}” here", it.1.rendering), ..it.0.place.clone() };
                conflicts.also(there.iter().filter(|it| !std::ptr::eq(it.0, shown(there).0)).map(label));
            }
        }
    }
    if let Some((name, uses)) = open {
        for it in there {
            told(lead, it, name, uses, conflicts);
        }
    }
    Some(others.iter().map(|it| it.0).chain(open.map(|_| *lead)).collect())
}

/// Judges the name of a label in an article that has but one.
fn across(names: &[Names<'_, '_>], path: &str, conflicts: &mut Conflicts<'_>) {
    let Some(usual) = names.first() else { return };
    let other = |it: &&Names<'_, '_>| !std::ptr::eq(*it, usual) && it.seconded && !usual.holds_label(it);
    for name in names.iter().filter(other) {
        let mut told_once = false;
        for it in name.in_article(path) {
            let Some(there) = usual.sure.first().filter(|_| is_sure(&it)) else { continue };
            let severity = match usual.outweighs(name) && is_sure(there) {
                true => Severity::Warning,
                false => Severity::Info,
            };
            let native = name.class.untranslated && name.class.name.could_be_native();
            if severity == Severity::Info && (native || std::mem::replace(&mut told_once, true)) {
                continue;
            }
            report(severity, name, &it, usual, there, "in other articles", conflicts);
        }
    }
}

/// The place to show of several: one where the reader has to find the label, if there is one.
fn shown<'u, 'f>(uses: &'u [Use<'f>]) -> &'u Use<'f> {
    uses.iter().find(|it| is_sure(it)).unwrap_or(&uses[0])
}

/// Whether the reader has to find the label on a screen.
fn is_sure(it: &Use<'_>) -> bool {
    it.1.ordered && !it.1.weak
}

/// Says of a name at one place of an article that another stands in the article, too.
fn told(name: &Names<'_, '_>, it: &Use<'_>, other: &Names<'_, '_>, there: &[Use<'_>], conflicts: &mut Conflicts<'_>) {
    let first = shown(there);
    let clear = is_sure(it) && is_sure(first) && name.seconded && other.seconded;
    let severity = if clear { Severity::Warning } else { Severity::Info };
    report(severity, name, it, other, first, "elsewhere in this article", conflicts);
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
    conflicts.unit(named.unit.clone());
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
    let mut open: Option<(&Use<'_>, Likeness)> = None;
    for (gloss, form, uses) in others {
        let likeness = lead.likeness(form);
        let beside = likeness == Likeness::Same && gloss != glossed;
        let differs = match likeness {
            Likeness::Same => beside,
            Likeness::Form => lead.differs_by_choice(form),
            Likeness::Part => {
                let (part, whole) = if lead.key().len() < form.key().len() { (there, form) } else { (uses, lead) };
                lead.lacks_words(form, &Name::of(&there[0].1.label, None)) && !is_cut(part, whole, data)
            }
            Likeness::Other => false,
        };
        if !differs {
            continue;
        }
        if there.len() < CLEAR * uses.len() && !beside {
            open = open.or(uses.first().map(|it| (it, likeness)));
        }
        for it in uses {
            form_of(it, &there[0], likeness, conflicts);
        }
    }
    if let Some(other) = open {
        for it in there {
            form_of(it, other.0, other.1, conflicts);
        }
    }
}

/// Whether a place says all of another form, and only the marks leave out a part of it.
fn is_cut(uses: &[Use<'_>], whole: &Name<'_>, data: Option<&LocaleData>) -> bool {
    uses.iter().any(|it| whole.is_in(&Name::of(&it.1.unit.target, data)))
}

fn form_of(it: &Use<'_>, there: &Use<'_>, likeness: Likeness, conflicts: &mut Conflicts<'_>) {
    let said = |it: &Use<'_>| match it.1.glossed {
        true => format!("{} ({})", it.1.label, it.1.rendering),
        false => it.1.rendering.clone(),
    };
    let (label, here, other) = (&it.1.label, said(it), said(there));
    let message = format!("“{label}” is “{here}” here and “{other}” elsewhere in this article");
    conflicts.report_as(Severity::Info, it.0, message, there.0, format!("“{other}” here"));
    conflicts.unit(it.1.unit.clone());
    conflicts.help(match likeness {
        Likeness::Same => "one gives the name of the source with its translation: use what is on the screen",
        Likeness::Part => "one has words that the other has not: use what is on the screen",
        _ => "the two differ in grammar only, but a screen has one of them: use that",
    });
}
