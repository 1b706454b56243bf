//! What came back from translation tools → edited articles: opens the groups that hold them, aligns
//! them as they are now, and says what became of each unit. It writes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::batches::in_batches;
use super::lexicons::lexicons;
use super::open::{Refused, open};
use super::{Group, Remarks, Unsaved};
use crate::config::Settings;
use crate::exchange::{Outcome, Received, Refusal, Returned, receive};
use crate::locale::Locale;
use crate::text::splice;

/// An article that something came back for.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The article, relative to the current folder.
    pub path: Arc<str>,
    /// The path to write it by; `None` where there is no such article.
    pub on_disk: Option<PathBuf>,
    /// Its bytes as they are.
    pub before: Vec<u8>,
    /// Its bytes with the edits; the same, where there are none.
    pub after: Vec<u8>,
    /// What became of each unit.
    pub outcomes: Vec<(String, Outcome)>,
}

/// Takes back what came for some articles. Articles are named as they were when they left; one that
/// is not in the groups is told of with all its units refused.
pub fn import(groups: &[Group], settings: &Settings, returned: Vec<Returned>) -> (Vec<Imported>, Remarks) {
    let mut by_path: BTreeMap<String, Returned> = BTreeMap::new();
    for it in returned {
        let path = it.path.trim_start_matches("./").to_owned();
        by_path.entry(path).or_default().units.extend(it.units);
    }
    let is_meant = |group: &Group| group.members.iter().any(|member| by_path.contains_key(&*member.found.path));
    let locales: BTreeSet<&Locale> = groups
        .iter()
        .flat_map(|group| &group.members)
        .filter(|member| by_path.contains_key(&*member.found.path))
        .map(|member| &member.locale)
        .collect();
    let unsaved = Unsaved::new();
    let lexicons = lexicons(groups, groups.iter().filter(|it| is_meant(it)), &|it| locales.contains(it), &unsaved);
    let work = |group: &Group| {
        if !is_meant(group) {
            return (Vec::new(), Remarks::default());
        }
        let opened = open(groups, group, settings, &unsaved, None);
        let mut found = Vec::new();
        for article in &opened.articles {
            let document = &opened.documents[article.document];
            let Some(returned) = by_path.get(&*document.path) else { continue };
            let member = group.members.iter().find(|it| it.found.path == document.path);
            let on_disk = member.map(|it| it.found.on_disk.clone());
            // The bytes, and not the text: what is no UTF-8 stays as it is.
            let bytes = on_disk.as_ref().and_then(|path| std::fs::read(path).ok());
            let before = bytes.filter(|bytes| bytes.len() == document.source.text().len());
            let (Some(before), Some(bitext)) = (before, article.bitext(&opened.documents, &lexicons)) else { continue };
            let Received { edits, outcomes } = receive(&bitext, returned);
            let edits: Vec<_> = edits.iter().map(|it| (it.span, &*it.text)).collect();
            let after = splice(&before, &edits);
            found.push(Imported { path: document.path.clone(), on_disk, before, after, outcomes });
        }
        (found, Remarks { notes: Vec::new(), faults: opened.refused.iter().map(Refused::fault).collect() })
    };
    let mut all: Vec<Imported> = Vec::new();
    let remarks = in_batches(groups, work, &mut |_, found| {
        all.extend(found);
        Ok::<(), std::convert::Infallible>(())
    });
    let remarks = remarks.unwrap_or_default();
    let known: BTreeSet<Arc<str>> = all.iter().map(|it| it.path.clone()).collect();
    for (path, returned) in by_path.iter().filter(|(path, _)| !known.contains(&***path)) {
        let refused = |id: String| (id, Outcome::Refused(Refusal::NoArticle));
        let outcomes = returned.units.iter().map(|unit| refused(unit.id.clone())).collect();
        let (before, after) = (Vec::new(), Vec::new());
        all.push(Imported { path: path.as_str().into(), on_disk: None, before, after, outcomes });
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    (all, remarks)
}
