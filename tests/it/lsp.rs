//! The language server where clients are odd, hasty or hostile; and whether it says what `hexapla check`
//! says. What it answers in ordinary life is in the recorded sessions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::session::{Server, uri_in};

const SOURCE: &str = "# Move a seat\n\nYou can move a seat within 14 days.\n";
const TARGET: &str = "# Einen Platz verschieben\n\nSie können einen Platz innerhalb von 41 Tagen verschieben.\n";

fn project(name: &str) -> (Folder, Server) {
    let folder = Folder::new(&format!("lsp-{name}"), &[("en-us/a.md", SOURCE), ("de-de/a.md", TARGET)]);
    let mut server = Server::start(&folder.0);
    server.begin(&folder.0, &Value::Null);
    (folder, server)
}

fn open(server: &mut Server, uri: &str, text: &str) {
    let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
    server.tell("textDocument/didOpen", json!({"textDocument": item}));
}

fn change(server: &mut Server, uri: &str, version: i32, changes: Value) {
    let document = json!({"uri": uri, "version": version});
    server.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
}

/// Waits for the findings of a version of a text: their rules.
fn rules(server: &mut Server, uri: &str, version: i32) -> Vec<String> {
    let is_it = |it: &Value| {
        let params = &it["params"];
        it["method"] == "textDocument/publishDiagnostics" && params["uri"] == uri && params["version"] == version
    };
    let message = server.wait(&format!("findings of version {version}"), is_it);
    let findings = message["params"]["diagnostics"].as_array().unwrap();
    findings.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("no refusal: {answer}"))
}

/// The server still works: a hover is answered.
fn still_works(server: &mut Server, folder: &Folder) {
    let uri = uri_in(folder, "de-de/a.md");
    open(server, &uri, TARGET);
    assert_eq!(rules(server, &uri, 1), ["changed-duration"]);
    let position = json!({"line": 2, "character": 3});
    let hover = server.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("P41D within"), "{hover}");
}

#[test]
fn what_is_no_message_is_refused_and_the_session_goes_on() {
    let (folder, mut server) = project("malformed");
    let mut refused = |bytes: &[u8], expected: i64| {
        server.send_bytes(bytes);
        let is_refusal = |it: &Value| it.get("error").is_some();
        let answer = server.wait("a refusal", is_refusal);
        assert_eq!(code(&answer), expected, "{}", String::from_utf8_lossy(bytes));
        assert_eq!(answer["id"], Value::Null);
    };
    refused(b"this is no header\r\n", -32700);
    refused(b"\xff\xfe\x00\r\n", -32700);
    refused(b"Content-Length: many\r\n", -32700);
    refused(b"Content-Length: 99999999999999999999999\r\n", -32700);
    refused(b"Content-Length: 5\r\n\r\n{\"a\":", -32700);
    refused(b"Content-Length: 4\r\n\r\n\xff\xff\xff\xff", -32700);
    refused(b"Content-Length: 2\r\n\r\n[]", -32600);
    refused(b"Content-Length: 4\r\n\r\nnull", -32600);
    refused(b"content-length: 22\r\nContent-Type: x\r\n\r\n{\"id\":{},\"method\":\"x\"}", -32600);
    let deep = "[".repeat(100_000);
    refused(format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).as_bytes(), -32700);
    still_works(&mut server, &folder);
    assert_eq!(server.end(), 0);
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let (folder, mut server) = project("nonsense");
    let uri = uri_in(&folder, "de-de/a.md");
    assert_eq!(code(&server.ask("textDocument/rename", json!({}))), -32601);
    assert_eq!(code(&server.ask("initialize", json!({}))), -32600);
    assert_eq!(code(&server.ask("textDocument/hover", json!({"position": "here"}))), -32602);
    assert_eq!(code(&server.ask("textDocument/hover", json!([1, 2]))), -32602);
    assert_eq!(code(&server.ask("workspace/executeCommand", json!({"command": "rm"}))), -32602);
    // A text that was never opened has no segments.
    let position = json!({"line": 0, "character": 0});
    let params = json!({"textDocument": {"uri": uri}, "position": position});
    assert_eq!(server.ask("textDocument/hover", params), Value::Null);
    // And notifications are let pass.
    server.tell("textDocument/didOpen", json!({"textDocument": 7}));
    server.tell("$/setTrace", json!({"value": "verbose"}));
    server.tell("no/such/notification", Value::Null);
    change(&mut server, &uri, 5, json!([{"text": "never opened"}]));
    server.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    server.tell("textDocument/didSave", json!({"textDocument": {"uri": "untitled:1"}}));
    server.tell("$/cancelRequest", json!({"id": 12345}));
    for odd in [
        "untitled:Untitled-1",
        "file:///",
        "file://",
        "",
        "http://example.com/a.md",
        "file:///%FF.md",
        "file:///x%00.md",
    ] {
        open(&mut server, odd, TARGET);
        change(&mut server, odd, 2, json!([{"text": SOURCE}]));
    }
    still_works(&mut server, &folder);
    assert_eq!(server.end(), 0);
}

#[test]
fn before_the_beginning_and_after_the_end_nothing_is_answered() {
    let folder = Folder::new("lsp-order", &[("en-us/a.md", SOURCE)]);
    let mut server = Server::start(&folder.0);
    assert_eq!(code(&server.ask("textDocument/hover", json!({}))), -32002);
    server.begin(&folder.0, &Value::Null);
    assert_eq!(server.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(code(&server.ask("textDocument/hover", json!({}))), -32600);
    server.tell("exit", Value::Null);
    assert_eq!(server.wait_for_end(), 0);
    let mut server = Server::start(&folder.0);
    server.begin(&folder.0, &Value::Null);
    server.tell("exit", Value::Null);
    assert_eq!(server.wait_for_end(), 1, "without a `shutdown`");
    let mut server = Server::start(&folder.0);
    server.close();
    assert_eq!(server.wait_for_end(), 1, "without a word");
}

#[test]
fn ranges_out_of_bounds_and_turned_round_are_taken_for_the_nearest_place() {
    let (folder, mut server) = project("bounds");
    let uri = uri_in(&folder, "de-de/a.md");
    open(&mut server, &uri, TARGET);
    assert_eq!(rules(&mut server, &uri, 1), ["changed-duration"]);
    let far = json!({"start": {"line": 900, "character": 900}, "end": {"line": 901, "character": 4_294_967_295_u32}});
    let round = json!({"start": {"line": 2, "character": 9}, "end": {"line": 0, "character": 0}});
    change(&mut server, &uri, 2, json!([{"range": far, "text": "\nNoch etwas.\n"}, {"range": round, "text": ""}]));
    assert!(rules(&mut server, &uri, 2).contains(&"changed-duration".to_owned()));
    for method in ["textDocument/inlayHint", "textDocument/codeAction"] {
        let params = json!({"textDocument": {"uri": uri}, "range": far, "context": {"diagnostics": []}});
        assert!(server.ask(method, params).get("error").is_none());
    }
    let position = json!({"line": 4_000_000_000_u32, "character": 4_000_000_000_u32});
    for method in ["textDocument/hover", "textDocument/definition", "textDocument/completion"] {
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        assert!(server.ask(method, params).get("error").is_none());
    }
    let negative = json!({"textDocument": {"uri": uri}, "position": {"line": -1, "character": 0}});
    assert_eq!(code(&server.ask("textDocument/hover", negative)), -32602);
    assert_eq!(server.end(), 0);
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    let (folder, mut server) = project("long");
    let uri = uri_in(&folder, "de-de/a.md");
    let long = "Öffnen Sie die 😀 Seite und ".repeat(40_000);
    assert!(long.len() > 1 << 20);
    open(&mut server, &uri, &format!("{TARGET}\n{long}\n"));
    assert!(rules(&mut server, &uri, 1).contains(&"changed-duration".to_owned()));
    let at = json!({"line": 4, "character": 800_000});
    change(&mut server, &uri, 2, json!([{"range": {"start": at, "end": at}, "text": "é"}]));
    assert!(rules(&mut server, &uri, 2).contains(&"changed-duration".to_owned()));
    let hover = server.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": at}));
    assert!(hover.get("error").is_none());
    assert_eq!(server.end(), 0);
}

#[test]
fn any_text_may_be_typed() {
    let (folder, mut server) = project("typed");
    let uri = uri_in(&folder, "de-de/a.md");
    open(&mut server, &uri, "");
    let pieces = [
        "**",
        "<span data-ttu-id=\"a-1\">",
        "---\n",
        "\r",
        "😀",
        "\0",
        "[x](",
        "| a |\n|-|\n",
        "<!-- hexapla-disable",
        "\u{2028}",
    ];
    for (number, piece) in pieces.into_iter().cycle().take(60).enumerate() {
        let at = json!({"line": number % 5, "character": number * 7 % 11});
        let end = json!({"line": number % 5, "character": number * 7 % 11 + number % 3});
        change(&mut server, &uri, number as i32 + 2, json!([{"range": {"start": at, "end": end}, "text": piece}]));
        for method in ["textDocument/hover", "textDocument/completion", "textDocument/documentSymbol"] {
            let answer = server.ask(method, json!({"textDocument": {"uri": uri}, "position": at}));
            assert!(answer.get("error").is_none(), "{method}: {answer}");
        }
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
        assert!(server.ask("textDocument/codeAction", params).get("error").is_none());
    }
    rules(&mut server, &uri, 61);
    assert_eq!(server.end(), 0);
}

#[test]
fn who_types_fast_gets_the_findings_of_the_last_version() {
    let (folder, mut server) = project("fast");
    let uri = uri_in(&folder, "de-de/a.md");
    open(&mut server, &uri, TARGET);
    for version in 2..300 {
        let text = if version % 2 == 0 { "14" } else { "41" };
        let line = TARGET.lines().nth(2).unwrap();
        let column = line.find("41").map(|at| line[..at].encode_utf16().count()).unwrap();
        let range = json!({"start": {"line": 2, "character": column}, "end": {"line": 2, "character": column + 2}});
        change(&mut server, &uri, version, json!([{"range": range, "text": text}]));
    }
    assert_eq!(rules(&mut server, &uri, 299), ["changed-duration"]);
    assert_eq!(server.end(), 0);
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let (folder, mut server) = project("cancel");
    // The first look at a long text takes a while, and what is asked till then waits.
    let uri = uri_in(&folder, "de-de/a.md");
    open(&mut server, &uri, &format!("{TARGET}\n{}", "Öffnen Sie die Seite innerhalb von 3 Tagen.\n\n".repeat(3000)));
    let position = json!({"line": 2, "character": 3});
    let params = json!({"textDocument": {"uri": uri}, "position": position});
    server.send(&json!({"id": "slow", "method": "textDocument/hover", "params": params}));
    server.tell("$/cancelRequest", json!({"id": "slow"}));
    let answer = server.wait("an answer", |it| it["id"] == "slow");
    assert_eq!(code(&answer), -32800);
    // Other requests are answered meanwhile.
    assert!(
        server
            .ask("workspace/executeCommand", json!({"command": "hexapla.explain", "arguments": ["spacing"]}))
            .is_string()
    );
    assert_eq!(
        server.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}))["range"]["start"]
            ["line"],
        2
    );
    assert_eq!(server.end(), 0);
}

#[test]
fn settings_that_are_none_are_said_once_and_mended() {
    let (folder, mut server) = project("settings");
    folder.write("hexapla.toml", "ignore = [\"no-such-rule\"]\n");
    let uri = uri_in(&folder, "de-de/a.md");
    open(&mut server, &uri, TARGET);
    let said = server.wait("a message", |it| it["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("no-such-rule"), "{said}");
    folder.write("hexapla.toml", "[rules.changed-duration]\nseverity = \"error\"\n");
    let changes = json!([{"uri": uri_in(&folder, "hexapla.toml"), "type": 2}]);
    server.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    let is_it = |it: &Value| it["params"]["diagnostics"][0]["severity"] == 1;
    server.wait("an error", is_it);
    assert_eq!(server.end(), 0);
}

#[test]
fn an_article_that_is_not_on_disk_yet_is_one() {
    let (folder, mut server) = project("new");
    folder.write("en-us/new.md", SOURCE);
    let uri = uri_in(&folder, "de-de/new.md");
    open(&mut server, &uri, TARGET);
    assert_eq!(rules(&mut server, &uri, 1), ["changed-duration"]);
    assert_eq!(server.end(), 0);
}

type Found = BTreeSet<(u64, u64, String)>;

/// What is found in each article.
fn checked(folder: &Path) -> BTreeMap<String, Found> {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hexapla"))
        .args(["check", "--format", "json", "--fail-on", "never"])
        .current_dir(folder)
        .output()
        .unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for finding in json["findings"].as_array().unwrap() {
        let start = &finding["range"]["start"];
        let place = (start["line"].as_u64().unwrap() - 1, start["column"].as_u64().unwrap() - 1);
        let rule = finding["rule"].as_str().unwrap().to_owned();
        found.entry(finding["path"].as_str().unwrap().to_owned()).or_default().insert((place.0, place.1, rule));
    }
    found
}

#[test]
fn the_editor_shows_what_check_finds() {
    let content = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"));
    let expected = checked(content);
    assert!(expected.len() > 10);
    let mut server = Server::start(content);
    let encoding = json!({"capabilities": {"general": {"positionEncodings": ["utf-32"]}}});
    server.begin(content, &encoding);
    for name in expected.keys() {
        let path = content.join(name);
        open(&mut server, &crate::session::address(&path), &std::fs::read_to_string(&path).unwrap());
    }
    let mut left = expected;
    while !left.is_empty() {
        let what = format!("what is found in {:?}", left.keys().collect::<Vec<_>>());
        let message = server.wait(&what, |it| it["method"] == "textDocument/publishDiagnostics");
        let uri = message["params"]["uri"].as_str().unwrap();
        let name = uri.rsplit_once("/content/").unwrap().1.to_owned();
        let findings = message["params"]["diagnostics"].as_array().unwrap().iter().map(|it| {
            let start = &it["range"]["start"];
            let number = |key: &str| start[key].as_u64().unwrap();
            (number("line"), number("character"), it["code"].as_str().unwrap().to_owned())
        });
        if left.get(&name).is_some_and(|expected| *expected == findings.collect()) {
            left.remove(&name);
        }
    }
    assert_eq!(server.end(), 0);
}
