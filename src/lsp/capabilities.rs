//! What the server says it can do.

use serde_json::{Value, json};

use super::client::Client;
use super::explain::EXPLAIN;

/// The answer to `initialize`.
pub(super) fn of(client: &Client) -> Value {
    json!({
        "serverInfo": {"name": "hexapla", "version": env!("CARGO_PKG_VERSION")},
        "capabilities": {
            "positionEncoding": client.encoding.name(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
            "hoverProvider": true,
            "definitionProvider": true,
            "declarationProvider": true,
            "documentSymbolProvider": true,
            "codeActionProvider": {"codeActionKinds": ["quickfix", super::actions::FIX_ALL]},
            "completionProvider": {"triggerCharacters": ["*", "\"", "“", "„", "«", "「", "『", "‘", "["]},
            "inlayHintProvider": true,
            "executeCommandProvider": {"commands": [EXPLAIN]},
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        },
    })
}

/// The files that are to be watched, where the client can be told so.
pub(super) fn watched() -> Value {
    let files = ["**/*.{md,markdown,mdx,yml,yaml,html,htm}", "**/*hexapla*.{toml,json}"];
    let watchers = files.map(|pattern| json!({"globPattern": pattern}));
    let options = json!({"watchers": watchers});
    let method = "workspace/didChangeWatchedFiles";
    json!({"registrations": [{"id": "hexapla-files", "method": method, "registerOptions": options}]})
}
