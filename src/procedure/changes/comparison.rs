//! Two versions of one article: what their segments say, and which translations still say the older.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::{Change, ChangeKind};
use crate::document::{Words, essential};
use crate::procedure::matching::is_long;
use crate::procedure::model::{ArticleModel, Procedure, Seen, SegmentId};

/// A step or note and what the other version says in another place have so many words in common of a
/// thousand.
const NEARLY_SAID: u32 = 700;
/// The same, of one sentence of several.
const SENTENCE_SAID: u32 = 800;

/// Two versions of one article.
pub(super) struct Comparison<'a> {
    pub old: &'a ArticleModel,
    pub new: &'a ArticleModel,
    pub found: Vec<Change>,
    /// What the source says in all: the older version, and the newer.
    prose: [OnceCell<Vec<Said<'a>>>; 2],
}

/// A segment of the source.
struct Said<'a> {
    written: &'a str,
    essence: String,
    words: Words,
}

/// Which of two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    Old,
    New,
}

impl Version {
    pub(super) fn other(self) -> Self {
        match self {
            Version::Old => Version::New,
            Version::New => Version::Old,
        }
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a ArticleModel, new: &'a ArticleModel) -> Self {
        Comparison { old, new, found: Vec::new(), prose: Default::default() }
    }

    pub(super) fn run(mut self) -> Vec<Change> {
        let places = self.procedures();
        self.alerts(&places);
        self.policies();
        // A sentence that states two things changes once.
        let mut told: BTreeSet<(ChangeKind, Option<String>, Option<String>, String)> = BTreeSet::new();
        self.found.retain(|it| {
            let section = it.place.rsplit_once('/').map_or(&*it.place, |(section, _)| section).to_owned();
            let is_policy =
                matches!(it.kind, ChangeKind::PolicyAdded | ChangeKind::PolicyRemoved | ChangeKind::PolicyChanged);
            !is_policy || told.insert((it.kind, it.was.clone(), it.is.clone(), section))
        });
        self.found
    }

    pub(super) fn article(&self, version: Version) -> &'a ArticleModel {
        match version {
            Version::Old => self.old,
            Version::New => self.new,
        }
    }

    /// Segments as written, in the language of the source.
    pub(super) fn text(&self, segments: &[SegmentId], version: Version) -> String {
        let article = self.article(version);
        let texts = |id: &SegmentId| {
            let at = article.segments.iter().find(|(own, _)| own == id)?;
            at.1.get(&article.source_locale)
        };
        segments.iter().filter_map(texts).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Segments as a reader sees them, in the language of the source.
    pub(super) fn seen(&self, segments: &[SegmentId], version: Version) -> String {
        let locale = &self.article(version).source_locale;
        let seen = segments.iter().filter_map(|id| self.one(id, locale, version));
        seen.map(|it| &*it.text).collect::<Vec<_>>().join(" ")
    }

    fn prose(&self, version: Version) -> &[Said<'a>] {
        let said =
            |(written, seen): &'a (String, String)| Said { written, essence: essential(seen), words: Words::of(seen) };
        self.prose[version as usize].get_or_init(|| self.article(version).prose.iter().map(said).collect())
    }

    /// Whether a version says all of these segments of the other one as often, wherever.
    pub(super) fn says(&self, segments: &[SegmentId], version: Version) -> bool {
        let locale = &self.article(version.other()).source_locale;
        let mut all = segments.iter().filter_map(|id| self.one(id, locale, version.other()));
        let says = |seen: &Seen| {
            let essence = essential(&seen.text);
            let count = |version| self.prose(version).iter().filter(|it| it.essence == essence).count();
            count(version) >= count(version.other())
        };
        is_long(&essential(&self.seen(segments, version.other()))) && all.all(says)
    }

    /// What a version says in the place of segments of the other one, where it says something like
    /// them.
    pub(super) fn likest(&self, segments: &[SegmentId], version: Version, least: u32) -> Option<String> {
        let words = Words::of(&self.seen(segments, version.other()));
        // What both versions say has not become anything else.
        let kept = |it: &Said<'_>| self.prose(version.other()).iter().any(|other| other.essence == it.essence);
        let all = self.prose(version).iter().map(|it| (it.words.likeness(&words), it));
        let mut alike: Vec<(u32, &Said<'_>)> = all.filter(|(likeness, _)| *likeness >= least).collect();
        alike.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        alike.into_iter().find(|(_, it)| is_long(&it.essence) && !kept(it)).map(|(_, it)| it.written.to_owned())
    }

    /// What a version says of a step or note of the other one in another place: all of it, or a sentence.
    pub(super) fn said_beside(&self, segments: &[SegmentId], version: Version) -> Option<String> {
        let one = || {
            let alone = segments.iter().map(std::slice::from_ref).filter(|_| segments.len() > 1);
            let mut said = alone.filter_map(|it| {
                let same = self.says(it, version).then(|| self.text(it, version.other()));
                same.or_else(|| self.likest(it, version, SENTENCE_SAID))
            });
            said.next()
        };
        self.likest(segments, version, NEARLY_SAID).or_else(one)
    }

    /// A segment in a locale.
    fn one(&self, id: &SegmentId, locale: &str, version: Version) -> Option<&'a Seen> {
        self.article(version).seen.get(id)?.get(locale)
    }

    pub(super) fn title(&self, procedure: &Procedure, version: Version) -> String {
        self.text(procedure.title.as_slice(), version)
    }

    pub(super) fn push(
        &mut self,
        kind: ChangeKind,
        place: &str,
        (was, is): (Option<String>, Option<String>),
        (old, new): (&[SegmentId], &[SegmentId]),
    ) {
        let needed_in = self.needed_in(old, new);
        self.push_needed(kind, place, (was, is), needed_in);
    }

    pub(super) fn push_needed(
        &mut self,
        kind: ChangeKind,
        place: &str,
        (was, is): (Option<String>, Option<String>),
        needed_in: Vec<String>,
    ) {
        let (article, place) = (self.new.key.clone(), place.to_owned());
        self.found.push(Change { kind, article, place, was, is, needed_in });
    }

    /// The locales that the newer version is translated into.
    pub(super) fn locales(&self) -> impl Iterator<Item = &'a String> + use<'a> {
        let source = &self.new.source_locale;
        self.new.variants.iter().map(|it| &it.locale).filter(move |it| *it != source)
    }

    /// The locales whose translation of these segments is missing, or still says the old where the
    /// source does not.
    fn needed_in(&self, old: &[SegmentId], new: &[SegmentId]) -> Vec<String> {
        let all = |ids: &[SegmentId], locale: &str, version| -> Option<Vec<String>> {
            ids.iter().map(|id| self.one(id, locale, version).map(|it| it.text.clone())).collect()
        };
        let needs = |locale: &&String| {
            if new.is_empty() {
                return self.still_says(old, locale);
            }
            // What is said together with a neighbour is there too.
            let has = |id: &SegmentId| {
                let texts = self.new.segments.iter().find(|(own, _)| own == id);
                texts.is_some_and(|(_, texts)| texts.contains_key(*locale))
            };
            if !new.iter().all(has) {
                return true;
            }
            let source = &self.new.source_locale;
            let same = |locale: &str| {
                all(old, locale, Version::Old).is_some_and(|was| all(new, locale, Version::New) == Some(was))
            };
            !same(source) && same(locale)
        };
        self.locales().filter(needs).cloned().collect()
    }

    /// Whether a translation still has what it had for segments that are gone from the source.
    fn still_says(&self, old: &[SegmentId], locale: &str) -> bool {
        let Some(said) = self.new.said.get(locale) else { return false };
        let was = old.iter().filter_map(|id| self.one(id, locale, Version::Old)).map(|it| essential(&it.text));
        was.filter(|it| !it.is_empty()).any(|it| said.contains_key(&it))
    }

    /// Where a translation of the newer version says what it said for a segment of the older one. By
    /// its text: what was moved on one side only may be aligned with something else now.
    pub(super) fn place(&self, old: &SegmentId, new: &SegmentId, locale: &str) -> Option<u32> {
        let was = self.one(old, locale, Version::Old).map(|it| essential(&it.text));
        let stays = was.and_then(|was| self.new.said.get(locale)?.get(&was).copied());
        stays.or_else(|| self.one(new, locale, Version::New).map(|it| it.at))
    }
}
