//! `hexapla lsp`: what editors ask while somebody writes. It answers from memory, and never lets a
//! client wait for a reading that is going on.
//!
//! | thread | does | waits for |
//! |---|---|---|
//! | the one that called [`serve`] | takes messages, changes texts | the client |
//! | `analyst` | looks at what was typed in | texts |
//! | `surveyor` | reads whole projects | saved texts and changed files |
//! | `clerk` | answers requests, publishes findings | requests, looks, surveys |
//! | the writer | sends messages | the others |
//!
//! What they share is in `world`; `view` is what an answer is made from. Places come from byte spans:
//! `edits` moves them to where they are after what was typed since, `positions` counts lines and
//! columns.

mod actions;
mod address;
mod analyst;
mod capabilities;
mod clerk;
mod client;
mod completion;
mod definition;
mod diagnostics;
mod edits;
mod explain;
mod hints;
mod hover;
mod positions;
mod server;
mod surveyor;
mod symbols;
mod texts;
mod transport;
mod view;
mod world;

pub use server::serve;

use serde::de::DeserializeOwned;
use serde_json::Value;

use clerk::Clerk;
use view::View;

/// Answers a request. There is no view where the text is not open, or no article of ours.
type Handle = fn(Option<&View>, Value, &Clerk) -> Result<Value, Refused>;

/// The requests that are answered.
const REQUESTS: &[(&str, Handle)] = &[
    ("textDocument/codeAction", actions::answer),
    ("textDocument/completion", completion::answer),
    ("textDocument/declaration", definition::answer),
    ("textDocument/definition", definition::answer),
    ("textDocument/documentSymbol", symbols::answer),
    ("textDocument/hover", hover::answer),
    ("textDocument/inlayHint", hints::answer),
    ("workspace/executeCommand", explain::answer),
];

/// Why a request is not answered.
#[derive(Debug)]
struct Refused {
    code: i32,
    message: String,
}

/// The parameters of a request.
fn params<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params)
        .map_err(|error| Refused { code: transport::INVALID_PARAMS, message: error.to_string() })
}

/// A result as it is sent.
fn result(it: impl serde::Serialize) -> Result<Value, Refused> {
    serde_json::to_value(it).map_err(|error| Refused { code: transport::INTERNAL_ERROR, message: error.to_string() })
}
