//! The thread that looks at what is typed. A newer state of a text takes the place of an older one
//! that waits; one that is being looked at is given up between two stages.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::clerk::Clerk;
use super::world::{Dated, Shared};

/// An article with its siblings that takes longer is first looked at alone, while somebody types.
const PATIENCE: Duration = Duration::from_millis(25);
/// So often a look is given up for a newer text; then one is finished, for something to be shown.
const GIVEN_UP: u32 = 4;

/// An article: the folder of its project, and its name.
pub(super) type Article = (Arc<Path>, Arc<str>);

#[derive(Default)]
struct Queue {
    /// What was typed in.
    now: BTreeSet<Article>,
    /// What is to be looked at with its siblings, when nobody types.
    later: BTreeSet<Article>,
}

/// Where looks are asked for.
#[derive(Clone, Default)]
pub(super) struct Analyst(Arc<(Mutex<Queue>, Condvar)>);

impl Analyst {
    /// Asks for a look at an article.
    pub(super) fn look_at(&self, article: Article) {
        let (queue, bell) = &*self.0;
        queue.lock().unwrap_or_else(PoisonError::into_inner).now.insert(article);
        bell.notify_one();
    }

    /// Works for ever.
    pub(super) fn work(&self, shared: &Shared, clerk: &Clerk) {
        let mut desk = Bench { shared, clerk, slow: BTreeSet::new(), given_up: BTreeMap::new() };
        loop {
            let (article, is_idle) = self.next();
            if !is_idle && desk.slow.contains(&article) {
                self.later(article.clone());
                desk.look(&article, true, &|| true);
            } else {
                let newer = || is_idle && self.is_busy();
                if !desk.look(&article, false, &|| !newer()) && is_idle {
                    self.later(article);
                }
            }
        }
    }

    fn next(&self) -> (Article, bool) {
        let (queue, bell) = &*self.0;
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(article) = queue.now.pop_first() {
                queue.later.remove(&article);
                return (article, false);
            }
            if let Some(article) = queue.later.pop_first() {
                return (article, true);
            }
            queue = bell.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn later(&self, article: Article) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).later.insert(article);
    }

    fn is_busy(&self) -> bool {
        !self.0.0.lock().unwrap_or_else(PoisonError::into_inner).now.is_empty()
    }
}

struct Bench<'a> {
    shared: &'a Shared,
    clerk: &'a Clerk,
    /// Articles that take long with their siblings.
    slow: BTreeSet<Article>,
    /// How often the look at an article was given up since one was finished.
    given_up: BTreeMap<Article, u32>,
}

impl Bench<'_> {
    /// Looks at an article; false where the look was given up.
    fn look(&mut self, article: &Article, alone: bool, go_on: &dyn Fn() -> bool) -> bool {
        let (root, name) = article;
        let world = self.shared.lock();
        let Some(state) = world.named(root, name).map(|it| it.edits.state()) else { return true };
        let Some(desk) = world.projects.get(root).and_then(|it| it.desk.clone()) else { return true };
        let (unsaved, states) = world.unsaved(root);
        drop(world);
        let given_up = self.given_up.get(article).copied().unwrap_or_default();
        let is_current =
            || self.shared.lock().named(root, name).is_some_and(|it| it.edits.state() == state) || given_up >= GIVEN_UP;
        let both = || go_on() && is_current();
        let begun = Instant::now();
        let seen = catch_unwind(AssertUnwindSafe(|| desk.look(name, alone, &unsaved, &both)));
        let mut world = self.shared.lock();
        let open: Vec<Arc<str>> =
            world.texts.values().filter(|it| it.root == *root).map(|it| it.name.clone()).collect();
        let Some(project) = world.projects.get_mut(root) else { return true };
        match seen {
            Ok(Some(look)) => {
                self.given_up.remove(article);
                if !alone {
                    let is_slow = begun.elapsed() > PATIENCE && desk.can_be_alone(name);
                    if is_slow {
                        self.slow.insert(article.clone())
                    } else {
                        self.slow.remove(article)
                    };
                }
                let read: BTreeSet<Arc<str>> = look.documents[..look.own].iter().map(|it| it.path.clone()).collect();
                let dated = Arc::new(Dated { it: look, states });
                project.failed.remove(name);
                let seen = open.into_iter().filter(|it| read.contains(it) || *it == *name);
                let seen: Vec<Arc<str>> = seen.collect();
                for name in &seen {
                    project.looks.insert(name.clone(), dated.clone());
                }
                drop(world);
                seen.into_iter().for_each(|name| self.clerk.publish(root, &name));
                true
            }
            Ok(None) if desk.holds(name) => {
                *self.given_up.entry(article.clone()).or_default() += 1;
                false
            }
            Ok(None) => {
                drop(world);
                self.clerk.publish(root, name);
                true
            }
            Err(_) => {
                project.failed.insert(name.clone());
                drop(world);
                self.clerk.say_error(&format!("hexapla failed on {name}; please report it"));
                self.clerk.publish(root, name);
                true
            }
        }
    }
}
