//! Recorded sessions of the language server, which is driven over its standard input and output as an editor drives it.
//!
//! A page of `fixtures/lsp/` is a recorded session: the files of a project, what the client sends, and
//! what it gets. `UPDATE=1 cargo test` records the answers anew.
//!
//! * `client`: parameters of `initialize` beside the usual ones.
//! * `file PATH`: a file on disk.
//! * `send`: a message. `open PATH`, `save PATH`, `close PATH`; `change PATH` with lines `- old`, `+ new`;
//!   `write PATH`, which is no message: the text below is written to disk; `settle`, which waits till the
//!   project is read; or a method with a path and
//!   `@words`, the place in the text that is meant, and more parameters below it.
//! * `answer`: what comes: the result, or the findings of the text that was opened, changed or saved.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::folder::Folder;

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// When a session is recorded, what comes last before such a silence is the answer.
const SILENCE: Duration = Duration::from_millis(1500);

pub struct Server {
    process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// All that came and was not waited for.
    seen: Vec<Value>,
    number: i64,
}

impl Server {
    pub fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_hexapla"))
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (give, messages) = channel();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || {
            while let Some(message) = receive(&mut output) {
                if give.send(message).is_err() {
                    break;
                }
            }
        });
        let input = process.stdin.take();
        Server { process, input, messages, seen: Vec::new(), number: 0 }
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Goes away without a word.
    pub fn close(&mut self) {
        self.input = None;
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and waits for what is answered: the result, or the error.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let id = self.number;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let answer = self.wait(&format!("an answer to {method}"), |it| it["id"] == id && it.get("method").is_none());
        answer.get("error").map_or_else(|| answer["result"].clone(), |error| json!({"error": error}))
    }

    /// Begins the session; gives what the server can do.
    pub fn begin(&mut self, folder: &Path, more: &Value) -> Value {
        let root = address(folder);
        let mut params = json!({
            "processId": null,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "docs"}],
            "capabilities": {
                "window": {"workDoneProgress": true},
                "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}},
                "workspace": {"workspaceEdit": {"documentChanges": true}},
            },
        });
        merge(&mut params, more);
        let result = self.ask("initialize", params);
        self.tell("initialized", json!({}));
        result
    }

    /// Waits for a message.
    pub fn wait(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.seen.iter().position(&is_it) {
            return self.seen.remove(at);
        }
        let until = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(message) if is_it(&message) => return message,
                Ok(message) => self.seen.push(message),
                Err(RecvTimeoutError::Timeout) => panic!("{what} did not come; what came: {}", last(&self.seen)),
                Err(RecvTimeoutError::Disconnected) => panic!("{what} did not come: the server is gone"),
            }
        }
    }

    /// The findings of a text, when they are `expected`, or the last ones before a silence.
    fn findings(&mut self, uri: &str, expected: Option<&Value>, tidy: &dyn Fn(&Value) -> Value) -> Value {
        let mut latest = Value::Null;
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let wait = if expected.is_some() { left } else { SILENCE.max(Duration::from_millis(1)) };
            match self.messages.recv_timeout(wait) {
                Ok(message) => {
                    let is_it =
                        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri;
                    if !is_it {
                        self.seen.push(message);
                        continue;
                    }
                    latest = tidy(&message["params"]["diagnostics"]);
                    if expected == Some(&latest) {
                        return latest;
                    }
                }
                Err(_) => return latest,
            }
        }
    }

    /// Waits until the project is read, at least once.
    fn settle(&mut self) {
        let is_end = |it: &Value| it["method"] == "$/progress" && it["params"]["value"]["kind"] == "end";
        self.wait("the end of the reading", is_end);
    }

    /// Takes leave, and gives the exit code.
    pub fn end(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.wait_for_end()
    }

    pub fn wait_for_end(&mut self) -> i32 {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.process.try_wait().unwrap() {
                let mut said = String::new();
                self.process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                assert_eq!(said, "", "nothing is said on standard error");
                return status.code().unwrap();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server does not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn last(messages: &[Value]) -> String {
    let shown = messages.iter().rev().take(3).map(|it| it.to_string().chars().take(1500).collect::<String>());
    shown.collect::<Vec<_>>().join("\n")
}

fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (into, more) => *into = more.clone(),
    }
}

pub fn uri_in(folder: &Folder, path: &str) -> String {
    address(&folder.0.join(path))
}

pub fn address(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A block of a page: its info, its text, and its lines in the page.
struct Block {
    info: String,
    text: String,
    from: usize,
    to: usize,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(String, String, usize, Vec<&str>)> = None;
    for (number, line) in page.lines().enumerate() {
        match &mut open {
            None if line.starts_with("```") => {
                let fence: String = line.chars().take_while(|it| *it == '`').collect();
                let info = line[fence.len()..].to_owned();
                open = Some((fence, info, number + 1, Vec::new()));
            }
            None => {}
            Some((fence, info, from, lines)) if line == fence => {
                let text = lines.iter().map(|line| format!("{line}\n")).collect();
                found.push(Block { info: info.clone(), text, from: *from, to: number });
                open = None;
            }
            Some((.., lines)) => lines.push(line),
        }
    }
    found
}

/// A text as the client has it, which counts for itself.
struct Text {
    text: String,
    version: i32,
    encoding: String,
}

impl Text {
    fn position(&self, byte: usize) -> Value {
        let before = &self.text[..byte];
        let line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = match self.encoding.as_str() {
            "utf-8" => before[start..].len(),
            "utf-32" => before[start..].chars().count(),
            _ => before[start..].encode_utf16().count(),
        };
        json!({"line": line, "character": column})
    }

    fn range(&self, words: &str) -> Value {
        let at = self.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in the text"));
        json!({"start": self.position(at), "end": self.position(at + words.len())})
    }
}

/// Runs the session of a page; gives the page with the answers that came.
fn run(name: &str, page: &str, record: bool) -> String {
    let folder = Folder::new(&format!("lsp-{name}"), &[]);
    let blocks = blocks(page);
    for block in &blocks {
        if let Some(path) = block.info.strip_prefix("file ") {
            folder.write(path, &block.text);
        }
    }
    let more = blocks.iter().find(|it| it.info == "client").map(|it| serde_json::from_str(&it.text).unwrap());
    let mut server = Server::start(&folder.0);
    let begun = server.begin(&folder.0, &more.unwrap_or(Value::Null));
    let encoding = begun["capabilities"]["positionEncoding"].as_str().unwrap().to_owned();
    let root = address(&folder.0);
    let tidy = |value: &Value| -> Value {
        let text = value.to_string().replace(&root, "ROOT");
        let mut value: Value = serde_json::from_str(&text).unwrap();
        without_fingerprints(&mut value);
        value
    };
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let mut answers: Vec<(usize, usize, Value)> = Vec::new();
    let mut sent = blocks.iter().filter(|it| it.info == "send" || it.info == "answer").peekable();
    if let Some(first) = sent.next_if(|it| it.info == "answer") {
        answers.push((first.from, first.to, tidy(&begun["capabilities"])));
    }
    while let Some(block) = sent.next() {
        let expected = sent.next_if(|it| it.info == "answer");
        let wanted: Option<Value> = expected.filter(|_| !record).map(|it| serde_json::from_str(&it.text).unwrap());
        let (head, rest) = block.text.split_once('\n').unwrap();
        let (command, path) = head.split_once(' ').unwrap_or((head, ""));
        let (path, words) = path.split_once(" @").unwrap_or((path, ""));
        let uri = uri_in(&folder, path);
        let mut is_request = false;
        let mut result = Value::Null;
        match command {
            "open" => {
                let text = match rest {
                    "" => std::fs::read_to_string(folder.0.join(path)).unwrap(),
                    rest => rest.to_owned(),
                };
                let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
                server.tell("textDocument/didOpen", json!({"textDocument": item}));
                texts.insert(path.to_owned(), Text { text, version: 1, encoding: encoding.clone() });
            }
            "change" => {
                let text = texts.get_mut(path).unwrap();
                let mut changes = Vec::new();
                let lines: Vec<&str> = rest.lines().collect();
                for pair in lines.chunks(2) {
                    let (old, new) = (pair[0].strip_prefix("- ").unwrap(), pair[1].strip_prefix("+ ").unwrap());
                    changes.push(json!({"range": text.range(old), "text": new}));
                    text.text = text.text.replacen(old, new, 1);
                }
                text.version += 1;
                let document = json!({"uri": uri, "version": text.version});
                server.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
            }
            "save" => {
                folder.write(path, &texts[path].text);
                server.tell("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
            }
            "settle" => server.settle(),
            "close" => {
                texts.remove(path);
                server.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
            }
            "write" => {
                folder.write(path, rest);
                let changes = json!([{"uri": uri, "type": 2}]);
                server.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
            }
            method => {
                is_request = !method.contains("/did");
                let mut params = if path.is_empty() { json!({}) } else { json!({"textDocument": {"uri": uri}}) };
                if !words.is_empty() {
                    let range = texts[path].range(words);
                    params["position"] = range["start"].clone();
                    params["range"] = range;
                }
                if !rest.trim().is_empty() {
                    merge(&mut params, &serde_json::from_str(rest).unwrap());
                }
                match is_request {
                    true => result = tidy(&server.ask(method, params)),
                    false => server.tell(method, params),
                }
            }
        }
        let Some(expected) = expected else { continue };
        if !is_request {
            // What is written to disk changes the texts that are open.
            let shown = if command == "write" { texts.keys().next().unwrap().as_str() } else { path };
            result = server.findings(&uri_in(&folder, shown), wanted.as_ref(), &tidy);
        }
        answers.push((expected.from, expected.to, result));
    }
    assert_eq!(server.end(), 0, "the server ends in due form");
    let lines: Vec<&str> = page.lines().collect();
    let (mut out, mut at) = (String::new(), 0);
    for (from, to, answer) in answers {
        lines[at..from].iter().for_each(|line| out += &format!("{line}\n"));
        out += &format!("{}\n", pretty(&answer, 0));
        at = to;
    }
    lines[at..].iter().for_each(|line| out += &format!("{line}\n"));
    out
}

fn without_fingerprints(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.get("data").is_some_and(|it| it.get("fingerprint").is_some()) {
                fields.remove("data");
            }
            fields.values_mut().for_each(without_fingerprints);
        }
        Value::Array(items) => items.iter_mut().for_each(without_fingerprints),
        _ => {}
    }
}

/// JSON with short things on one line.
fn pretty(value: &Value, depth: usize) -> String {
    let flat = value.to_string();
    let is_place = value.get("line").is_some() || value.get("start").is_some();
    if flat.len() + 2 * depth <= 100 || is_place {
        return flat;
    }
    let pad = "  ".repeat(depth + 1);
    let end = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, it)| format!("{pad}{}: {}", json!(key), pretty(it, depth + 1)));
            format!("{{\n{}\n{end}}}", fields.collect::<Vec<_>>().join(",\n"))
        }
        Value::Array(items) => {
            let items = items.iter().map(|it| format!("{pad}{}", pretty(it, depth + 1)));
            format!("[\n{}\n{end}]", items.collect::<Vec<_>>().join(",\n"))
        }
        _ => flat,
    }
}

#[test]
fn recorded_sessions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lsp");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    pages.sort();
    let record = std::env::var_os("UPDATE").is_some_and(|it| it == "1");
    let only = std::env::var("SESSION").unwrap_or_default();
    for page in pages.iter().filter(|it| it.to_string_lossy().contains(&only)) {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(page).unwrap().replace("\r\n", "\n");
        let actual = run(&name, &text, record);
        crate::snapshot::check(&format!("fixtures/lsp/{name}.md"), &actual);
    }
}
