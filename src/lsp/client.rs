//! What the client can do and wants: from its first message, and from its settings later.

use serde_json::Value;

use super::positions::Encoding;

/// What is known of the client.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    /// What columns are counted in.
    pub encoding: Encoding,
    /// Whether edits may name the version of the document that they are for.
    pub versioned_edits: bool,
    /// Whether symbols may lie in one another.
    pub nested_symbols: bool,
    /// Whether it shows that work is going on.
    pub progress: bool,
    /// Whether it can be asked for its settings.
    pub settings: bool,
    /// Whether it can be told to watch files.
    pub watches: bool,
    /// Whether it can be told to ask for hints anew.
    pub refreshes_hints: bool,
    /// Whether it shows Markdown in a hover.
    pub markdown: bool,
    /// Whether a definition may name the place it was asked from.
    pub links: bool,
    /// What the user wants.
    pub options: Options,
}

/// What the user of an editor may set: `initializationOptions`, or the section `hexapla` of its settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// The source text behind each segment.
    pub inlay_hints: bool,
    /// The client shows the page of a rule itself, when it gets it as the result of `hexapla.explain`.
    pub shows_pages: bool,
}

impl Options {
    /// Takes over what is said; what is not stays.
    pub(super) fn update(&mut self, said: &Value) {
        let said = said.get("hexapla").unwrap_or(said);
        // `true`, or `{"enabled": true}`.
        let flag = |key: &str| {
            let value = said.get(key)?;
            value.as_bool().or_else(|| value.get("enabled")?.as_bool())
        };
        self.inlay_hints = flag("inlayHints").unwrap_or(self.inlay_hints);
        self.shows_pages = flag("showsPages").unwrap_or(self.shows_pages);
    }
}

impl Client {
    /// What the parameters of `initialize` say. They are read piece by piece: what one client writes
    /// in a way of its own costs that piece, and not the session.
    pub(super) fn of(params: &Value) -> Self {
        let capability = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| capability(path).and_then(Value::as_bool) == Some(true);
        let words = |path: &str| -> Option<Vec<&str>> {
            Some(capability(path)?.as_array()?.iter().filter_map(Value::as_str).collect())
        };
        let mut options = Options::default();
        options.update(&params["initializationOptions"]);
        Client {
            encoding: encoding(&words("general/positionEncodings").unwrap_or_default()),
            versioned_edits: can("workspace/workspaceEdit/documentChanges"),
            nested_symbols: can("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            progress: can("window/workDoneProgress"),
            settings: can("workspace/configuration"),
            watches: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            refreshes_hints: can("workspace/inlayHint/refreshSupport"),
            markdown: words("textDocument/hover/contentFormat").is_none_or(|it| it.contains(&"markdown")),
            links: can("textDocument/definition/linkSupport"),
            options,
        }
    }
}

/// The first unit that the client offers and we can count in.
fn encoding(offered: &[&str]) -> Encoding {
    let all = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
    let known = |name: &&str| all.into_iter().find(|it| it.name() == *name);
    offered.iter().find_map(known).unwrap_or_default()
}
