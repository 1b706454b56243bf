//! The thread that answers: requests in the order they came, and findings when there are new ones. It
//! works on views, and waits for nobody. What is asked before the first look at a text waits for that
//! look, aside.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::transport::{CANCELLED, INTERNAL_ERROR, answer, notification, refusal, request};
use super::view::View;
use super::world::Shared;
use super::{REQUESTS, diagnostics};

/// Something to be done.
pub(super) enum Job {
    /// A request is to be answered.
    Answer { id: Value, method: String, params: Value },
    /// A request is not to be answered any more.
    Cancel { id: Value },
    /// There may be new findings in a text.
    Publish { root: Arc<Path>, name: Arc<str> },
    /// A text was closed: it has no findings.
    Closed { address: String },
}

/// Where work is handed in, and from where messages go out.
#[derive(Clone)]
pub(super) struct Clerk {
    shared: Shared,
    jobs: Sender<Job>,
    out: Sender<Value>,
    /// The requests that are not to be answered any more.
    cancelled: Arc<Mutex<HashSet<String>>>,
    /// The numbers of our own requests.
    numbers: Arc<AtomicU64>,
    progress: Arc<Mutex<Option<String>>>,
}

impl Clerk {
    /// A clerk whose messages go to `out`.
    pub(super) fn new(shared: Shared, jobs: Sender<Job>, out: Sender<Value>) -> Self {
        let (cancelled, numbers, progress) = Default::default();
        Clerk { shared, jobs, out, cancelled, numbers, progress }
    }

    /// Hands in some work.
    pub(super) fn give(&self, job: Job) {
        if let Job::Cancel { id } = &job {
            self.cancelled.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_string());
        }
        // Nobody works any more when the session ends.
        let _ = self.jobs.send(job);
    }

    /// Asks for the findings of a text to be published.
    pub(super) fn publish(&self, root: &Arc<Path>, name: &Arc<str>) {
        self.give(Job::Publish { root: root.clone(), name: name.clone() });
    }

    /// Sends a message.
    pub(super) fn send(&self, message: Value) {
        let _ = self.out.send(message);
    }

    /// Asks something of the client; what it answers is known by the beginning of the id.
    pub(super) fn ask(&self, kind: &str, method: &str, params: Value) {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        self.send(request(&format!("{kind}/{number}"), method, params));
    }

    /// Shows a message to the user.
    pub(super) fn say_error(&self, words: &str) {
        self.send(notification("window/showMessage", json!({"type": 1, "message": words})));
    }

    /// Says that the articles are being read.
    pub(super) fn begin_progress(&self) {
        if !self.shared.lock().client.progress {
            return;
        }
        let token = format!("hexapla/{}", self.numbers.fetch_add(1, Ordering::Relaxed));
        self.ask("progress", "window/workDoneProgress/create", json!({"token": token}));
        let value = json!({"kind": "begin", "title": "hexapla", "message": "reading the articles"});
        self.send(notification("$/progress", json!({"token": token, "value": value})));
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }

    /// Says that they are read.
    pub(super) fn end_progress(&self) {
        if let Some(token) = self.progress.lock().unwrap_or_else(PoisonError::into_inner).take() {
            self.send(notification("$/progress", json!({"token": token, "value": {"kind": "end"}})));
        }
    }

    /// Lets the client ask for hints anew.
    pub(super) fn refresh_hints(&self) {
        let client = self.shared.lock().client.clone();
        if client.refreshes_hints && client.options.inlay_hints {
            self.ask("hints", "workspace/inlayHint/refresh", Value::Null);
        }
    }

    fn is_cancelled(&self, id: &Value) -> bool {
        self.cancelled.lock().unwrap_or_else(PoisonError::into_inner).remove(&id.to_string())
    }

    /// Works until nobody hands in any more.
    pub(super) fn work(&self, jobs: &Receiver<Job>) {
        let mut waiting: Vec<(Value, String, Value)> = Vec::new();
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Answer { id, method, params } => waiting.extend(self.try_answer(id, method, params)),
                Job::Cancel { id } => {
                    let at = waiting.iter().position(|(it, ..)| *it == id);
                    if let Some(at) = at {
                        let (id, ..) = waiting.remove(at);
                        self.refuse_cancelled(id);
                    }
                    // What is answered already can be cancelled no more.
                    self.is_cancelled(&id);
                }
                Job::Publish { root, name } => {
                    self.publish_now(&root, &name);
                    let again = std::mem::take(&mut waiting);
                    waiting.extend(
                        again.into_iter().filter_map(|(id, method, params)| self.try_answer(id, method, params)),
                    );
                }
                Job::Closed { address } => {
                    self.send(diagnostics::none(&address));
                    let again = std::mem::take(&mut waiting);
                    waiting.extend(
                        again.into_iter().filter_map(|(id, method, params)| self.try_answer(id, method, params)),
                    );
                }
            }
        }
    }

    fn refuse_cancelled(&self, id: Value) {
        self.send(refusal(id, CANCELLED, "the request was cancelled"));
    }

    /// Answers a request; gives it back where the first look at its text is still to come.
    fn try_answer(&self, id: Value, method: String, params: Value) -> Option<(Value, String, Value)> {
        if self.is_cancelled(&id) {
            self.refuse_cancelled(id);
            return None;
        }
        let (_, handle) = REQUESTS.iter().find(|(name, _)| *name == method)?;
        let address = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let view = address.and_then(|address| View::of(&self.shared, address));
        if view.as_ref().is_some_and(|it| it.waiting) {
            return Some((id, method, params));
        }
        let answered = catch_unwind(AssertUnwindSafe(|| handle(view.as_ref(), params, self)));
        self.send(match answered {
            Ok(Ok(result)) => answer(id, result),
            Ok(Err(refused)) => refusal(id, refused.code, &refused.message),
            Err(_) => refusal(id, INTERNAL_ERROR, "hexapla failed; please report it"),
        });
        None
    }

    fn publish_now(&self, root: &Arc<Path>, name: &Arc<str>) {
        let address = self.shared.lock().named(root, name).map(|it| it.address.clone());
        let Some(view) = address.and_then(|address| View::of(&self.shared, &address)) else { return };
        if view.waiting {
            return;
        }
        if let Ok(message) = catch_unwind(AssertUnwindSafe(|| diagnostics::published(&view))) {
            self.send(message);
        }
    }

    /// Whether the client shows the page of a rule itself.
    pub(super) fn shows_pages(&self) -> bool {
        self.shared.lock().client.options.shows_pages
    }
}
