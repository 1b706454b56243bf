//! The loop of the protocol. It takes a message, changes a text or hands the work on, and takes the
//! next one.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use serde_json::{Value, json};

use super::address::path_of;
use super::analyst::Analyst;
use super::clerk::{Clerk, Job};
use super::client::Client;
use super::surveyor::Surveyor;
use super::texts::{self, Told};
use super::transport::{
    INVALID_REQUEST, Incoming, METHOD_NOT_FOUND, NOT_INITIALIZED, answer, notification, read, refusal, write,
};
use super::world::{Opened, Shared};
use super::{REQUESTS, capabilities};

/// Serves one client on two streams, until it leaves; whether it took its leave in due form.
pub fn serve(input: &mut dyn BufRead, mut output: impl Write + Send + 'static) -> bool {
    let (out, messages) = channel::<Value>();
    // An empty message ends the writer: others may still hold its other end.
    let writer = std::thread::spawn(move || {
        for message in messages.iter().take_while(|it| !it.is_null()) {
            if write(&mut output, message).is_err() {
                break;
            }
        }
    });
    let mut server = Server::start(out.clone());
    let read = read(input, &mut |message| server.take(message));
    let in_due_form = server.is_shut_down && server.is_left && read.is_ok();
    let _ = out.send(Value::Null);
    let _ = writer.join();
    in_due_form
}

struct Server {
    shared: Shared,
    analyst: Analyst,
    surveyor: Surveyor,
    clerk: Clerk,
    is_initialized: bool,
    is_shut_down: bool,
    is_left: bool,
}

impl Server {
    fn start(out: Sender<Value>) -> Self {
        let shared = Shared::default();
        let (give, jobs) = channel();
        let clerk = Clerk::new(shared.clone(), give, out);
        let (analyst, surveyor) = (Analyst::default(), Surveyor::default());
        {
            let clerk = clerk.clone();
            std::thread::spawn(move || clerk.work(&jobs));
        }
        {
            let (analyst, shared, clerk) = (analyst.clone(), shared.clone(), clerk.clone());
            std::thread::spawn(move || analyst.work(&shared, &clerk));
        }
        {
            let (surveyor, analyst) = (surveyor.clone(), analyst.clone());
            let (shared, clerk) = (shared.clone(), clerk.clone());
            std::thread::spawn(move || surveyor.work(&shared, &analyst, &clerk));
        }
        Server { shared, analyst, surveyor, clerk, is_initialized: false, is_shut_down: false, is_left: false }
    }

    /// Takes a message; false after the last one.
    fn take(&mut self, message: Incoming) -> bool {
        match message {
            Incoming::Malformed { id, code, message } => self.clerk.send(refusal(id, code, &message)),
            Incoming::Response { id, result } => self.answered(&id, &result),
            Incoming::Request { id, method, params } => self.request(id, method, params),
            Incoming::Notification { method, .. } if method == "exit" => {
                self.is_left = true;
                return false;
            }
            Incoming::Notification { method, params } => self.told(&method, params),
        }
        true
    }

    fn request(&mut self, id: Value, method: String, params: Value) {
        match method.as_str() {
            "initialize" if self.is_initialized => {
                self.clerk.send(refusal(id, INVALID_REQUEST, "the session has begun already"));
            }
            "initialize" => {
                let client = Client::of(&params);
                let capabilities = capabilities::of(&client);
                let mut world = self.shared.lock();
                (world.client, world.folders) = (client, folders(&params));
                drop(world);
                self.is_initialized = true;
                self.clerk.send(answer(id, capabilities));
            }
            _ if !self.is_initialized => {
                self.clerk.send(refusal(id, NOT_INITIALIZED, "the first message has to be `initialize`"));
            }
            "shutdown" => {
                self.is_shut_down = true;
                self.clerk.send(answer(id, Value::Null));
            }
            _ if self.is_shut_down => {
                self.clerk.send(refusal(id, INVALID_REQUEST, "after `shutdown` comes `exit`"));
            }
            known if REQUESTS.iter().any(|(name, _)| *name == known) => {
                self.clerk.give(Job::Answer { id, method, params });
            }
            _ => self.clerk.send(refusal(id, METHOD_NOT_FOUND, &format!("`{method}` is not answered"))),
        }
    }

    fn told(&mut self, method: &str, params: Value) {
        if !self.is_initialized || self.is_shut_down {
            return;
        }
        match method {
            "initialized" => self.begin(),
            "$/cancelRequest" => self.clerk.give(Job::Cancel { id: params["id"].clone() }),
            "workspace/didChangeConfiguration" => {
                self.set(&params["settings"]);
                self.ask_settings();
            }
            "workspace/didChangeWorkspaceFolders" => self.folders_changed(&params["event"]),
            "workspace/didChangeWatchedFiles" => self.files_changed(&params["changes"]),
            "textDocument/didOpen" | "textDocument/didChange" | "textDocument/didSave" | "textDocument/didClose" => {
                match serde_json::from_value::<Told>(params) {
                    Ok(told) => self.text(method, told),
                    Err(error) => {
                        let message = format!("{method}: {error}");
                        self.clerk.send(notification("window/logMessage", json!({"type": 1, "message": message})));
                    }
                }
            }
            // What nobody has to understand.
            _ => {}
        }
    }

    fn begin(&self) {
        let client = self.shared.lock().client.clone();
        if client.watches {
            self.clerk.ask("watch", "client/registerCapability", capabilities::watched());
        }
        self.ask_settings();
    }

    fn ask_settings(&self) {
        if self.shared.lock().client.settings {
            self.clerk.ask("settings", "workspace/configuration", json!({"items": [{"section": "hexapla"}]}));
        }
    }

    fn answered(&self, id: &Value, result: &Value) {
        if id.as_str().is_some_and(|it| it.starts_with("settings/")) {
            self.set(&result[0]);
        }
    }

    fn set(&self, said: &Value) {
        let mut world = self.shared.lock();
        let before = world.client.options;
        world.client.options.update(said);
        let changed = world.client.options.inlay_hints != before.inlay_hints;
        let refreshes = world.client.refreshes_hints;
        drop(world);
        if changed && refreshes {
            self.clerk.ask("hints", "workspace/inlayHint/refresh", Value::Null);
        }
    }

    fn text(&self, method: &str, told: Told) {
        let mut world = self.shared.lock();
        match method {
            "textDocument/didOpen" => {
                let Some(opened) = texts::open(&mut world, told) else { return };
                let project = world.projects.entry(opened.root.clone()).or_default();
                let is_known = project.desk.as_ref().is_some_and(|it| it.holds(&opened.name));
                drop(world);
                match is_known {
                    true => self.look_at(&opened),
                    false => self.surveyor.survey(opened.root, true),
                }
            }
            "textDocument/didChange" => {
                let Some(opened) = texts::change(&mut world, told) else { return };
                drop(world);
                self.look_at(&opened);
            }
            "textDocument/didSave" => {
                let Some(opened) = world.texts.get(told.address()).cloned() else { return };
                drop(world);
                self.surveyor.survey(opened.root, false);
            }
            _ => {
                let Some(closed) = texts::close(&mut world, &told) else { return };
                drop(world);
                self.clerk.give(Job::Closed { address: closed.address.to_string() });
                // Its siblings are now compared with what is on disk.
                self.surveyor.survey(closed.root, false);
            }
        }
    }

    fn look_at(&self, opened: &Opened) {
        self.analyst.look_at((opened.root.clone(), opened.name.clone()));
    }

    fn folders_changed(&self, event: &Value) {
        let paths = |key: &str| event[key].as_array().map(|it| addresses(it)).unwrap_or_default();
        let (added, removed) = (paths("added"), paths("removed"));
        let mut world = self.shared.lock();
        world.folders.retain(|it| !removed.contains(it));
        world.folders.extend(added);
    }

    fn files_changed(&self, changes: &Value) {
        let changed: Vec<PathBuf> = changes.as_array().map(|it| addresses(it)).unwrap_or_default();
        let world = self.shared.lock();
        let touched = world.projects.keys().filter(|root| changed.iter().any(|it| it.starts_with(root)));
        let roots: Vec<Arc<_>> = touched.cloned().collect();
        drop(world);
        roots.into_iter().for_each(|root| self.surveyor.survey(root, false));
    }
}

/// The folders that are open: all of them, or the one that older clients name.
fn folders(params: &Value) -> Vec<PathBuf> {
    let folders = params["workspaceFolders"].as_array().map(|it| addresses(it)).unwrap_or_default();
    if !folders.is_empty() {
        return folders;
    }
    let root = params["rootUri"].as_str().and_then(path_of);
    let root = root.or_else(|| params["rootPath"].as_str().map(PathBuf::from));
    root.into_iter().collect()
}

fn addresses(items: &[Value]) -> Vec<PathBuf> {
    // A folder's address may end with a slash, which is no part of its path.
    items.iter().filter_map(|it| path_of(it["uri"].as_str()?)).map(|it| it.components().collect()).collect()
}
