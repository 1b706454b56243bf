//! What a translation was made from, by the revision of the source that its front matter names, in
//! the history of git.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use super::git::{self, Objects};
use crate::bitext::{Basis, Versions, essence};
use crate::config::Settings;
use crate::document::{self, Document, Role};
use crate::text::Source;

/// So many versions of a translation are looked at, the newest first.
const VERSIONS: usize = 20;

/// The history of the articles, asked only when an article names a revision.
#[derive(Debug)]
pub(super) struct Revisions {
    keys: Vec<String>,
    folder: PathBuf,
    repository: OnceLock<Option<Repository>>,
}

#[derive(Debug)]
struct Repository {
    top: PathBuf,
    objects: Mutex<Objects>,
    /// For each path below the top, the commits that changed it, the newest first.
    commits: OnceLock<HashMap<String, Vec<String>>>,
}

impl Revisions {
    pub(super) fn new(settings: &Settings) -> Self {
        let (keys, folder) = (settings.revision_keys.clone(), settings.cwd().to_owned());
        Revisions { keys, folder, repository: OnceLock::new() }
    }

    /// What `target` was made from, where it names a revision of `source` that git knows. The paths
    /// are those on disk.
    pub(super) fn basis(&self, source: (&Document, &Path), target: (&Document, &Path)) -> Option<Basis> {
        let named = self.named(target.0)?;
        let repository = self.repository.get_or_init(|| Repository::open(&self.folder)).as_ref()?;
        let source_path = repository.below_top(source.1)?;
        let read = |revision: &str| {
            let text = repository.object(revision, &source_path)?;
            let Document { path, locale, format, .. } = source.0;
            Some(document::read(path.clone(), locale.clone(), *format, Source::from_bytes(text)))
        };
        let mut versions = Versions::new(read(&named)?);
        // Text that was there already when an older revision was named was made from that one, even
        // if the name was changed since.
        for (older, targets) in self.older(repository, &named, target) {
            if let Some(article) = read(&older) {
                versions.add_older(article, targets);
            }
        }
        Some(Basis::Versions(versions))
    }

    /// Whether an article names a revision.
    pub(super) fn is_named(&self, article: &Document) -> bool {
        self.named(article).is_some()
    }

    /// What the answers of git depend on; `None` where that cannot be told.
    pub(super) fn state(&self) -> Option<[u8; 32]> {
        git::state(&self.folder)
    }

    /// The revision that an article names.
    fn named(&self, article: &Document) -> Option<String> {
        let front = article.front_matter()?;
        let values = self.keys.iter().map(|key| front.value(key).trim());
        let is_hash = |it: &&str| (7..=64).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_hexdigit());
        values.filter(is_hash).map(str::to_ascii_lowercase).next()
    }

    /// The segments of a translation that are older than the revision it names, by the revision it
    /// named when they were new.
    fn older(
        &self,
        repository: &Repository,
        named: &str,
        (target, on_disk): (&Document, &Path),
    ) -> BTreeMap<String, Vec<u64>> {
        let mut revisions: BTreeMap<u64, String> = BTreeMap::new();
        let mut left = targets(target);
        let mut last = named.to_owned();
        let path = repository.below_top(on_disk);
        let commits = path.as_ref().and_then(|path| repository.commits().get(path));
        for commit in commits.into_iter().flatten().take(VERSIONS) {
            let text = path.as_ref().and_then(|path| repository.object(commit, path));
            let Some(text) = text else { break };
            // Most versions name the revision that the next one names: nothing to be read off.
            if memchr::memmem::find(&text, last.as_bytes()).is_some() {
                continue;
            }
            let Document { path, locale, format, .. } = target;
            let version = document::read(path.clone(), locale.clone(), *format, Source::from_bytes(text));
            let Some(revision) = self.named(&version) else { break };
            let there = targets(&version);
            left.retain(|it| there.contains(it));
            if left.is_empty() {
                break;
            }
            revisions.extend(left.iter().map(|&it| (it, revision.clone())));
            last = revision;
        }
        let mut by_revision: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (target, revision) in revisions {
            by_revision.entry(revision).or_default().push(target);
        }
        by_revision
    }
}

/// The essences of a translation's own segments.
fn targets(article: &Document) -> HashSet<u64> {
    article.body_without(Role::Source).map(|side| essence(&side)).collect()
}

impl Repository {
    fn open(folder: &Path) -> Option<Self> {
        let top = git::top(folder).ok()?;
        let objects = Mutex::new(Objects::open(&top).ok()?);
        Some(Repository { top: top.canonicalize().unwrap_or(top), objects, commits: OnceLock::new() })
    }

    /// A path on disk, from the top of the repository, with `/`.
    fn below_top(&self, path: &Path) -> Option<String> {
        let path = path.canonicalize().ok()?;
        let way = path.strip_prefix(&self.top).ok()?.to_str()?;
        Some(way.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// A file as it was in a commit; where the revision is a file itself, that.
    fn object(&self, revision: &str, path: &str) -> Option<Vec<u8>> {
        let mut objects = self.objects.lock().ok()?;
        objects.blob(&format!("{revision}:{path}")).or_else(|| objects.blob(revision))
    }

    fn commits(&self) -> &HashMap<String, Vec<String>> {
        self.commits.get_or_init(|| git::commits_by_path(&self.top).unwrap_or_default())
    }
}
