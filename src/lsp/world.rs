//! What the threads of the server share: open texts, projects, and what was last found out about them.
//! It is held for moments only; whoever works takes a view and works on that.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::client::Client;
use super::edits::Edits;
use crate::config;
use crate::project::{Desk, Look, Overview, Unsaved};

/// A text in the editor.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    /// Its address as the client writes it.
    pub address: Arc<str>,
    /// The folder of its project.
    pub root: Arc<Path>,
    /// Its path in the project, with `/`: what articles are called everywhere else.
    pub name: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
    /// The number that the client gives to this text.
    pub version: i32,
    /// What was typed since it was opened.
    pub edits: Edits,
}

/// Something that was found out, with the states of the open texts it was found out from.
#[derive(Debug)]
pub(super) struct Dated<T> {
    /// What it is.
    pub it: T,
    /// The states, by name.
    pub states: BTreeMap<Arc<str>, u64>,
}

impl<T> Dated<T> {
    /// The state of a text that it was made from. One that was opened later was read from disk, as it
    /// was when it was opened.
    pub(super) fn state(&self, opened: &Opened) -> u64 {
        self.states.get(&opened.name).copied().unwrap_or_else(|| opened.edits.first())
    }
}

/// A folder with articles.
#[derive(Default)]
pub(super) struct Project {
    /// Its articles; `None` while they are looked for.
    pub desk: Option<Arc<Desk>>,
    /// What was last seen of the articles that are open.
    pub looks: BTreeMap<Arc<str>, Arc<Dated<Look>>>,
    /// Articles that could not be looked at.
    pub failed: BTreeSet<Arc<str>>,
    /// What was last seen of all articles together.
    pub overview: Option<Arc<Dated<Overview>>>,
    /// Whether its articles were looked for, with success or without.
    pub settled: bool,
    /// What was last said to be wrong with it.
    pub complaint: Option<String>,
}

#[derive(Default)]
pub(super) struct World {
    /// The client.
    pub client: Client,
    /// The folders that are open in the editor.
    pub folders: Vec<PathBuf>,
    /// The open texts, by address.
    pub texts: BTreeMap<Arc<str>, Opened>,
    /// The projects, by folder.
    pub projects: BTreeMap<Arc<Path>, Project>,
    /// The state that the next text begins with: no two texts share one.
    pub next_state: u64,
}

/// The world, for all threads.
#[derive(Clone, Default)]
pub(super) struct Shared(Arc<Mutex<World>>);

impl Shared {
    /// Takes hold of it. What a thread that failed had of it is whole: nothing fails while it holds it.
    pub(super) fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    /// The texts of a project as the editor has them, and their states.
    pub(super) fn unsaved(&self, root: &Path) -> (Unsaved, BTreeMap<Arc<str>, u64>) {
        let own = self.texts.values().filter(|it| &*it.root == root);
        let texts = own.clone().map(|it| (it.name.to_string(), it.text.to_string())).collect();
        (texts, own.map(|it| (it.name.clone(), it.edits.state())).collect())
    }

    /// The open text with a name.
    pub(super) fn named(&self, root: &Path, name: &str) -> Option<&Opened> {
        self.texts.values().find(|it| &*it.root == root && &*it.name == name)
    }

    /// The folder that `hexapla check` would be run in for an article. The folder that is open in the
    /// editor has the first word: with its settings, or those above it. Then those above the article.
    pub(super) fn root_of(&self, article: &Path) -> PathBuf {
        let home = article.parent().unwrap_or(article);
        let open = self.folders.iter().filter(|it| article.starts_with(it)).max_by_key(|it| it.as_os_str().len());
        let settled = |folder: &Path| {
            let (file, _) = config::find(folder)?;
            let parent = file.parent()?;
            let inner = parent.ends_with(".config");
            Some(if inner { parent.parent()? } else { parent }.to_owned())
        };
        let repository = || home.ancestors().find(|it| it.join(".git").exists()).map(Path::to_owned);
        open.and_then(|it| settled(it))
            .or_else(|| settled(home))
            .or_else(|| open.cloned())
            .or_else(repository)
            .unwrap_or_else(|| home.to_owned())
    }
}
