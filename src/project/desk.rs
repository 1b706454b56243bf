//! A project on the desk of somebody who edits it: one article is looked at again and again, with the
//! text of the editor in the place of its file, and all articles from time to time.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use rayon::prelude::*;

use super::check::translated_locales;
use super::lexicons::lexicons;
use super::open::open;
use super::pairing::groups_with;
use super::{Found, Group, History, MemberId, ProjectError, RecordError, Relation, Unsaved, discover, read_bases};
use crate::bitext::{Bitext, Lexicons, Origin, Unit};
use crate::config::{ConfigError, Overrides, Settings};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Format, Side};
use crate::lint::{self, Article, Baseline, Fact, Reach};
use crate::locale::{self, Locale};
use crate::termbase::{Entry, Terms, Translation, uses};
use crate::text::LineIndex;

/// The articles of a project, and what is known of all of them.
pub struct Desk {
    /// The settings in force.
    pub settings: Settings,
    groups: Vec<Group>,
    /// Where each article is, by path.
    places: HashMap<Arc<str>, MemberId>,
    locales: Vec<Locale>,
    lexicons: RwLock<Arc<Lexicons>>,
    history: History,
    baseline: Baseline,
}

/// A project that cannot be worked at.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Its settings are no settings.
    #[error(transparent)]
    Settings(#[from] ConfigError),
    /// Its folder cannot be walked.
    #[error(transparent)]
    Folder(#[from] ProjectError),
    /// The record of its translations is no record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The file of its known findings cannot be read.
    #[error("{path}: {why}")]
    Baseline {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
}

/// One article in all its locales, read and checked.
#[derive(Debug, Default)]
pub struct Look {
    /// The documents: of the group first, then what they are only compared with.
    pub documents: Vec<Document>,
    /// How many of them are of the group.
    pub own: usize,
    /// The translations among them.
    pub pairings: Vec<Pairing>,
    /// What was found in the article itself; what the baseline knows is still in it.
    pub findings: Vec<Diagnostic>,
}

/// A translation, and which of its segments stand for which of the source.
#[derive(Debug)]
pub struct Pairing {
    /// The index of the document that holds the source.
    pub source: usize,
    /// The index of the translation; the same one, where that is bilingual.
    pub target: usize,
    /// Its units, in the order of the target.
    pub units: Vec<Pair>,
}

/// A unit, kept beside the documents that it is made of.
#[derive(Debug)]
pub struct Pair {
    /// Its id.
    pub id: String,
    /// The document and the segments of the source.
    pub source: Option<(usize, Range<usize>)>,
    /// The document and the segments of the target.
    pub target: Option<(usize, Range<usize>)>,
    /// How the two were paired.
    pub origin: Origin,
}

impl Look {
    /// The source side of a unit, or the target side.
    pub fn side(&self, place: &Option<(usize, Range<usize>)>) -> Option<Side<'_>> {
        let (document, segments) = place.as_ref()?;
        Some(self.documents[*document].joined(segments.clone()))
    }

    /// The index of the document with a path.
    pub fn document(&self, path: &str) -> Option<usize> {
        self.documents.iter().position(|it| &*it.path == path)
    }
}

/// What is known of all articles together.
#[derive(Debug, Default)]
pub struct Overview {
    /// What articles say against each other, by the article it is found in.
    pub findings: BTreeMap<Arc<str>, Vec<Diagnostic>>,
    /// What labels are called in each locale.
    pub terms: Option<Terms>,
    /// Faults of hexapla itself.
    pub faults: Vec<String>,
}

/// What one article says in all its locales.
#[derive(Default)]
struct Said {
    facts: Vec<Fact>,
    translations: Vec<Translation>,
    /// What its labels are called.
    labels: Vec<Entry>,
    fault: Option<String>,
}

impl Desk {
    /// Finds and pairs the articles of a project. `root` is the folder that the command line would be
    /// run in; an unsaved article that is not on disk yet is one all the same.
    pub fn open(root: &Path, overrides: &Overrides, unsaved: &Unsaved) -> Result<Desk, DeskError> {
        let mut settings = Settings::load(None, root, overrides)?;
        lint::refuse_unknown(&settings)?;
        read_bases(&mut settings)?;
        let mut found = discover(&[], &settings)?;
        let new = |path: &&String| !root.join(path).exists() && !found.iter().any(|it| *it.path == ***path);
        let new: Vec<Found> = unsaved.keys().filter(new).filter_map(|path| unwritten(root, path, unsaved)).collect();
        found.extend(new.into_iter().filter(|it| settings.includes(&it.path)));
        found.sort_by(|a, b| a.path.cmp(&b.path));
        let identify = |text: &str| locale::identify(text).filter(|it| it.reliable).map(|it| it.locale);
        let groups = groups_with(found, &settings, &identify, unsaved);
        let mut places = HashMap::new();
        for (group, it) in groups.iter().enumerate() {
            for (member, it) in it.members.iter().enumerate() {
                places.insert(it.found.path.clone(), MemberId { group, member });
            }
        }
        let locales = translated_locales(&groups);
        let history = History::open(&settings)?;
        let baseline = baseline(&settings)?;
        Ok(Desk { settings, groups, places, locales, lexicons: RwLock::default(), history, baseline })
    }

    /// Learns which words translate which, as a run over the project does.
    pub fn learn(&self, unsaved: &Unsaved) {
        self.put(Arc::new(lexicons(&self.groups, &self.groups, &|_| true, unsaved)));
    }

    /// Takes over what another desk has learned.
    pub fn learn_from(&self, other: &Desk) {
        self.put(other.lexicons());
    }

    fn put(&self, lexicons: Arc<Lexicons>) {
        *self.lexicons.write().unwrap_or_else(PoisonError::into_inner) = lexicons;
    }

    fn lexicons(&self) -> Arc<Lexicons> {
        self.lexicons.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a path is that of an article of the project.
    pub fn holds(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    /// Whether an article holds its own source, and has siblings: it can be looked at alone.
    pub fn can_be_alone(&self, path: &str) -> bool {
        let Some(id) = self.places.get(path) else { return false };
        let group = &self.groups[id.group];
        group.members.len() > 1 && group.members[id.member].relation == Relation::Own
    }

    /// The text of an article as it is on disk.
    pub fn text(&self, path: &str) -> Option<String> {
        let id = self.places.get(path)?;
        let found = &self.groups[id.group].members[id.member].found;
        super::load(&found.on_disk).ok().map(|source| source.text().to_owned())
    }

    /// Takes out the findings of an article that the baseline knows.
    pub fn subtract_known(&self, findings: &mut Vec<Diagnostic>) {
        self.baseline.subtract(findings);
    }

    /// Reads and checks an article with all that belong to it, or alone where its source stands in it.
    /// `None` where it is no article, or where `go_on` says between two stages that nobody wants to
    /// know any more.
    pub fn look(&self, path: &str, alone: bool, unsaved: &Unsaved, go_on: &dyn Fn() -> bool) -> Option<Look> {
        let id = *self.places.get(path)?;
        let whole = &self.groups[id.group];
        let member = &whole.members[id.member];
        let narrow = (alone && member.relation == Relation::Own)
            .then(|| Group { key: whole.key.clone(), members: vec![member.clone()] });
        let group = narrow.as_ref().unwrap_or(whole);
        let opened = open(&self.groups, group, &self.settings, unsaved, Some(&self.history));
        if !go_on() {
            return None;
        }
        let (documents, articles) = (opened.documents, opened.articles);
        let mut look = Look::default();
        for it in opened.refused {
            look.findings.extend(lint::unreadable(&it.path, it.too_large, it.why, &self.settings));
        }
        {
            let bitexts = self.bitexts(&documents, &articles);
            if !go_on() {
                return None;
            }
            let (key, settings) = (&group.key, &self.settings);
            let locales = &self.locales;
            let source_locale = &settings.source_locale;
            let outcome = lint::check_bitexts(
                key,
                &documents,
                &articles,
                &bitexts,
                source_locale,
                locales,
                settings,
                Reach::Article,
            );
            look.findings.extend(outcome.findings);
            look.pairings = bitexts.iter().map(|it| pairing(it, &documents)).collect();
        }
        look.own = articles.len();
        look.documents = documents;
        Some(look)
    }

    fn bitexts<'d>(&self, documents: &'d [Document], articles: &'d [Article]) -> Vec<Bitext<'d>> {
        let lexicons = self.lexicons();
        articles.iter().filter_map(|it| it.bitext(documents, &lexicons)).collect()
    }

    /// Reads all articles, and holds them against each other; `None` where `go_on` says that nobody
    /// wants to know any more.
    pub fn overview(&self, unsaved: &Unsaved, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Overview> {
        let all: Vec<Said> = self
            .groups
            .par_iter()
            .map(|group| {
                if !go_on() {
                    return Said::default();
                }
                let stated = catch_unwind(AssertUnwindSafe(|| self.stated(group, unsaved)));
                let fault = |_| Said { fault: Some(super::fault(group)), ..Said::default() };
                stated.unwrap_or_else(fault)
            })
            .collect();
        if !go_on() {
            return None;
        }
        let mut overview = Overview::default();
        let (mut facts, mut translations, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        for said in all {
            facts.extend(said.facts);
            translations.extend(said.translations);
            entries.extend(said.labels);
            overview.faults.extend(said.fault);
        }
        overview.terms = Some(Terms::of(&self.settings.source_locale, entries));
        match catch_unwind(AssertUnwindSafe(|| lint::compare(facts, translations, &self.settings))) {
            Ok(found) => {
                for finding in found {
                    overview.findings.entry(finding.primary.path.clone()).or_default().push(finding);
                }
            }
            Err(_) => overview.faults.push("hexapla failed where it compares articles; please report it".into()),
        }
        Some(overview)
    }

    /// What one group states, and what its labels are called.
    fn stated(&self, group: &Group, unsaved: &Unsaved) -> Said {
        let opened = open(&self.groups, group, &self.settings, unsaved, Some(&self.history));
        let (documents, articles) = (&opened.documents, &opened.articles);
        let bitexts = self.bitexts(documents, articles);
        let (settings, locale) = (&self.settings, &self.settings.source_locale);
        let outcome = lint::check_bitexts(
            &group.key,
            documents,
            articles,
            &bitexts,
            locale,
            &self.locales,
            settings,
            Reach::Project,
        );
        let mut entries = Vec::new();
        for bitext in &bitexts {
            let lines = LineIndex::new(bitext.target.source.text());
            let (tag, path) = (bitext.target.locale.to_string(), bitext.target.path.to_string());
            entries.extend(uses(bitext, locale).into_iter().filter(|it| !it.weak).map(|it| Entry {
                label: it.label,
                rendering: it.rendering,
                locale: tag.clone(),
                path: path.clone(),
                line: lines.line_of(it.place.start) as u32 + 1,
            }));
        }
        Said { facts: outcome.facts, translations: outcome.translations, labels: entries, fault: None }
    }
}

/// An article that is in an editor and not on disk.
fn unwritten(root: &Path, path: &str, unsaved: &Unsaved) -> Option<Found> {
    let (format, text) = (Format::of_path(path)?, unsaved.get(path)?);
    let is_article = match format {
        Format::Markdown => true,
        Format::Yaml => text.starts_with("### YamlMime:"),
        Format::Html => text.contains("data-ttu-id"),
    };
    let (on_disk, size) = (root.join(path), text.len() as u64);
    is_article.then(|| Found { path: path.into(), on_disk, format, size, by_name: true, problem: None })
}

fn baseline(settings: &Settings) -> Result<Baseline, DeskError> {
    let Some(file) = &settings.baseline else { return Ok(Baseline::default()) };
    let fault = |why: String| DeskError::Baseline { path: file.display().to_string(), why };
    let text = std::fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    Baseline::parse(&text).map_err(|error| fault(error.to_string()))
}

fn pairing(bitext: &Bitext<'_>, documents: &[Document]) -> Pairing {
    let index = |wanted: &Document| documents.iter().position(|it| std::ptr::eq(it, wanted)).unwrap_or_default();
    let place = |side: &Side<'_>| {
        let (segments, span) = (&side.document.segments, side.span);
        let first = segments.partition_point(|it| it.span.start < span.start);
        let last = segments[first..].iter().take_while(|it| it.span.end <= span.end).count();
        (last > 0).then(|| (index(side.document), first..first + last))
    };
    let pair = |unit: &Unit<'_>| Pair {
        id: unit.id.clone().into_owned(),
        source: unit.source.as_ref().and_then(place),
        target: unit.target.as_ref().and_then(place),
        origin: unit.origin,
    };
    let units = bitext.units.iter().map(pair).collect();
    Pairing { source: index(bitext.source), target: index(bitext.target), units }
}
