//! Groups of articles → what a reviewer is shown of each. All articles are checked first, since what
//! is found in one may be about another; then each group is opened again, with its findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::batches::in_batches;
use super::check::{Checked, check_with};
use super::fields::Fields;
use super::lexicons::lexicons;
use super::open::{Refused, open};
use super::{Group, History, Remarks, Unsaved};
use crate::bitext::{Bitext, Lexicons};
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::locale::Locale;

/// A project that was checked, and whose articles can be looked at.
pub struct Survey<'g> {
    groups: &'g [Group],
    settings: &'g Settings,
    history: &'g History,
    unsaved: Unsaved,
    lexicons: Lexicons,
    /// What the check gave. What is taken out of the findings is not shown.
    pub checked: Checked,
}

/// A group as it is shown.
pub struct Reviewed<'a> {
    /// The group.
    pub group: &'a Group,
    /// The documents of the group that could be read.
    pub documents: &'a [Document],
    /// The translations that are wanted, with their sources, by locale and path.
    pub bitexts: Vec<Bitext<'a>>,
    /// The findings in its articles, by article and place.
    pub findings: Vec<&'a Diagnostic>,
}

impl<'g> Survey<'g> {
    /// Checks all groups. `done` is told how many articles are behind.
    pub fn new(
        groups: &'g [Group],
        settings: &'g Settings,
        history: &'g History,
        done: &(dyn Fn(usize) + Sync),
    ) -> Self {
        let unsaved = Unsaved::new();
        let lexicons = lexicons(groups, groups, &|_| true, &unsaved);
        let all: Vec<usize> = (0..groups.len()).collect();
        let checked = check_with(groups, &all, settings, &unsaved, history, &lexicons, done);
        Survey { groups, settings, history, unsaved, lexicons, checked }
    }

    /// A hash of all that was read: paths, bytes and the findings.
    pub fn hash(&self) -> String {
        let mut fields = Fields::default();
        fields.put_articles(self.groups);
        for finding in &self.checked.findings {
            fields.put(finding.fingerprint.as_bytes());
            fields.put(finding.severity.name().as_bytes());
        }
        fields.sum().to_hex()[..16].to_owned()
    }

    /// Opens the groups. `view` sees each once, in parallel, and says what to keep of it; `emit` gets
    /// that in the order of the groups, until it fails.
    pub fn each<T: Send, E>(
        &self,
        is_wanted: &(dyn Fn(&Locale) -> bool + Sync),
        view: &(dyn Fn(Reviewed<'_>) -> T + Sync),
        emit: &mut dyn FnMut(usize, Option<T>) -> Result<(), E>,
    ) -> Result<Remarks, E> {
        let mut findings: BTreeMap<&Arc<str>, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in &self.checked.findings {
            findings.entry(&finding.primary.path).or_default().push(finding);
        }
        let work = |group: &Group| {
            let opened = open(self.groups, group, self.settings, &self.unsaved, Some(self.history));
            let (documents, articles) = (&opened.documents, &opened.articles);
            let mut bitexts: Vec<Bitext<'_>> =
                articles.iter().filter_map(|it| it.bitext(documents, &self.lexicons)).collect();
            bitexts.retain(|it| is_wanted(&it.target.locale));
            bitexts.sort_by_key(|it| (it.target.locale.clone(), it.target.path.clone()));
            let own = group.members.iter().filter_map(|it| findings.get(&it.found.path));
            let findings = own.flatten().copied().collect();
            let own = articles.iter().map(|it| it.document + 1).max().unwrap_or(0);
            let kept = view(Reviewed { group, documents: &documents[..own], bitexts, findings });
            (Some(kept), Remarks { notes: opened.notes, faults: opened.refused.iter().map(Refused::fault).collect() })
        };
        in_batches(self.groups, work, emit)
    }
}
