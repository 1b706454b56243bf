//! The thread that reads whole projects: when one is opened, when an article is saved, and when files
//! change on disk. It waits until nothing more happens, and begins anew when something does.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::analyst::Analyst;
use super::clerk::Clerk;
use super::world::{Dated, Shared};
use crate::config::Overrides;
use crate::project::{Desk, DeskError};

/// After something happened, so long nothing has to.
const QUIET: Duration = Duration::from_millis(200);

#[derive(Default)]
struct Due {
    /// When each project is to be read.
    projects: BTreeMap<Arc<Path>, Instant>,
    /// How often each was asked for.
    asked: BTreeMap<Arc<Path>, u64>,
}

/// Where surveys are asked for.
#[derive(Clone, Default)]
pub(super) struct Surveyor(Arc<(Mutex<Due>, Condvar)>);

impl Surveyor {
    /// Asks for a survey of a project: at once, or when it is quiet.
    pub(super) fn survey(&self, root: Arc<Path>, at_once: bool) {
        let (due, bell) = &*self.0;
        let mut due = due.lock().unwrap_or_else(PoisonError::into_inner);
        let quiet = if at_once { Duration::ZERO } else { QUIET };
        due.projects.insert(root.clone(), Instant::now() + quiet);
        *due.asked.entry(root).or_default() += 1;
        bell.notify_one();
    }

    /// Works for ever. It leaves at least half of the machine to those who wait for an answer.
    pub(super) fn work(&self, shared: &Shared, analyst: &Analyst, clerk: &Clerk) {
        let cores = std::thread::available_parallelism().map_or(1, |it| it.get());
        let pool = rayon::ThreadPoolBuilder::new().num_threads((cores / 2).max(1)).build();
        loop {
            let (root, asked) = self.next();
            let go_on = || self.0.0.lock().unwrap_or_else(PoisonError::into_inner).asked.get(&root) == Some(&asked);
            let work = || run(&root, shared, analyst, clerk, &go_on);
            let done = catch_unwind(AssertUnwindSafe(|| match &pool {
                Ok(pool) => pool.install(work),
                Err(_) => work(),
            }));
            if done.is_err() {
                clerk.say_error("hexapla failed while it read the articles; please report it");
            }
        }
    }

    fn next(&self) -> (Arc<Path>, u64) {
        let (due, bell) = &*self.0;
        let mut due = due.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let now = Instant::now();
            let first = due.projects.iter().min_by_key(|(_, at)| **at).map(|(root, at)| (root.clone(), *at));
            due = match first {
                Some((root, at)) if at <= now => {
                    due.projects.remove(&root);
                    let asked = due.asked.get(&root).copied().unwrap_or_default();
                    return (root, asked);
                }
                Some((_, at)) => bell.wait_timeout(due, at - now).unwrap_or_else(PoisonError::into_inner).0,
                None => bell.wait(due).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

fn run(root: &Arc<Path>, shared: &Shared, analyst: &Analyst, clerk: &Clerk, go_on: &(dyn Fn() -> bool + Sync)) {
    clerk.begin_progress();
    survey(root, shared, analyst, clerk, go_on);
    clerk.end_progress();
}

fn survey(root: &Arc<Path>, shared: &Shared, analyst: &Analyst, clerk: &Clerk, go_on: &(dyn Fn() -> bool + Sync)) {
    let (unsaved, states) = shared.lock().unsaved(root);
    let desk = match open(root, shared, &unsaved) {
        Ok(desk) => Arc::new(desk),
        Err(error) => return complain(root, shared, clerk, &error),
    };
    // The articles are shown before the words are learned: at first, without them.
    let is_first = put(root, shared, &desk);
    if is_first {
        look_again(root, shared, analyst);
    }
    if !go_on() {
        return;
    }
    desk.learn(&unsaved);
    look_again(root, shared, analyst);
    let Some(overview) = desk.overview(&unsaved, go_on) else { return };
    overview.faults.iter().for_each(|fault| clerk.say_error(fault));
    let mut world = shared.lock();
    let Some(project) = world.projects.get_mut(root) else { return };
    project.overview = Some(Arc::new(Dated { it: overview, states }));
    let open: Vec<Arc<str>> = world.texts.values().filter(|it| it.root == *root).map(|it| it.name.clone()).collect();
    drop(world);
    open.iter().for_each(|name| clerk.publish(root, name));
    clerk.refresh_hints();
}

fn open(root: &Path, shared: &Shared, unsaved: &crate::project::Unsaved) -> Result<Desk, DeskError> {
    let desk = Desk::open(root, &Overrides::default(), unsaved)?;
    // Till they are learned anew, the words of the last time serve.
    if let Some(before) = shared.lock().projects.get(root).and_then(|it| it.desk.clone()) {
        desk.learn_from(&before);
    }
    Ok(desk)
}

/// Puts a desk in its place; true where there was none.
fn put(root: &Arc<Path>, shared: &Shared, desk: &Arc<Desk>) -> bool {
    let mut world = shared.lock();
    let project = world.projects.entry(root.clone()).or_default();
    (project.settled, project.complaint) = (true, None);
    project.desk.replace(desk.clone()).is_none()
}

fn look_again(root: &Arc<Path>, shared: &Shared, analyst: &Analyst) {
    let world = shared.lock();
    let open = world.texts.values().filter(|it| it.root == *root).map(|it| (it.root.clone(), it.name.clone()));
    open.for_each(|article| analyst.look_at(article));
}

/// What is wrong is said once; what was known of the project stays.
fn complain(root: &Arc<Path>, shared: &Shared, clerk: &Clerk, error: &DeskError) {
    let words = error.to_string();
    let mut world = shared.lock();
    let project = world.projects.entry(root.clone()).or_default();
    project.settled = true;
    let is_new = project.complaint.replace(words.clone()).as_ref() != Some(&words);
    let open: Vec<Arc<str>> = world.texts.values().filter(|it| it.root == *root).map(|it| it.name.clone()).collect();
    drop(world);
    if is_new {
        clerk.say_error(words.trim_end());
    }
    open.iter().for_each(|name| clerk.publish(root, name));
}
