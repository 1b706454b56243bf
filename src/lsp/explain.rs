//! `workspace/executeCommand` `hexapla.explain`: the page of a rule, as the result, and as a message to
//! the user where the client does nothing with results.

use serde::Deserialize;
use serde_json::{Value, json};

use super::clerk::Clerk;
use super::transport::{INVALID_PARAMS, notification};
use super::view::View;
use super::{Refused, params};
use crate::lint;

/// The command that explains a rule.
pub(super) const EXPLAIN: &str = "hexapla.explain";

#[derive(Deserialize)]
struct Asked {
    command: String,
    #[serde(default)]
    arguments: Vec<Value>,
}

pub(super) fn answer(_: Option<&View>, asked: Value, clerk: &Clerk) -> Result<Value, Refused> {
    let Asked { command, arguments } = params(asked)?;
    let refused = |message: String| Refused { code: INVALID_PARAMS, message };
    if command != EXPLAIN {
        return Err(refused(format!("there is no command `{command}`")));
    }
    let name = arguments.first().and_then(Value::as_str).unwrap_or_default();
    let rule = lint::rule(name).ok_or_else(|| refused(format!("there is no rule `{name}`")))?;
    if !clerk.shows_pages() {
        // The examples are for a wider window.
        let words = rule.page.split("\n## Example").next().unwrap_or(rule.page).trim();
        let words = format!("{words}\n\nhexapla explain {name} has examples.");
        clerk.send(notification("window/showMessage", json!({"type": 3, "message": words})));
    }
    Ok(rule.page.into())
}
