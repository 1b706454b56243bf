//! Where each translated article stands, for the commands that say so.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Severity;
use crate::locale::Locale;
use crate::project::{Checked, Group, Relation};
use crate::report::{ArticleStatus, Counts, State};

/// The translated articles, and those that are not there.
pub(super) fn articles(groups: &[Group], checked: &Checked) -> Vec<ArticleStatus> {
    let mut found: BTreeMap<&str, Counts> = BTreeMap::new();
    for finding in &checked.findings {
        let counts = found.entry(&finding.primary.path).or_default();
        match finding.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Info => counts.infos += 1,
        }
        counts.untranslated += usize::from(finding.rule == "untranslated-segment");
    }
    let members = groups.iter().flat_map(|group| &group.members);
    let locales: BTreeSet<&Locale> = members.filter(|it| it.is_translation()).map(|it| &it.locale).collect();
    let mut articles = Vec::new();
    for group in groups {
        for member in group.members.iter().filter(|it| it.relation != Relation::Source) {
            let mut counts = found.get(&*member.found.path).copied().unwrap_or_default();
            let progress = checked.progress.get(&member.found.path).copied();
            if let Some(it) = progress {
                counts.untranslated = counts.untranslated.min(it.translated);
                counts.segments = it.segments;
                counts.translated = it.translated - counts.untranslated;
                (counts.missing, counts.orphaned, counts.behind) = (it.missing, it.extra, it.stale);
            }
            articles.push(ArticleStatus {
                path: member.found.path.to_string(),
                locale: member.locale.to_string(),
                state: if progress.is_some() { State::Translated } else { State::Orphan },
                translation_type: member.probe.translation_type.clone().unwrap_or_default(),
                counts,
                up_to_date: 0.0,
            });
        }
        let Some(source) = group.source() else { continue };
        let is_there = |locale: &Locale| group.members.iter().any(|it| it.locale == *locale);
        for locale in locales.iter().filter(|locale| !is_there(locale)) {
            let segments = checked.segments.get(&source.found.path).copied().unwrap_or_default();
            articles.push(ArticleStatus {
                path: source.found.path.to_string(),
                locale: locale.to_string(),
                state: State::Missing,
                counts: Counts { segments, missing: segments, ..Counts::default() },
                ..ArticleStatus::default()
            });
        }
    }
    articles
}
