//! A user's changes to the lexicon of a language.
//!
//! They have the shape of the lexicon. A text of alternatives (`hat ... zu | ist ... zu`) adds to a
//! list; `{ only = "…" }` stands in its place, `{ without = "…" }` takes from it. A single value
//! (`decimal = ","`) stands in the place of ours.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::lexicon::{Lexicon, Patterns};

/// A change that cannot be made, and the keys that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeError {
    /// The way down from the lexicon.
    pub keys: Vec<String>,
    /// What is wrong, for the person who wrote it.
    pub message: String,
}

impl Lexicon {
    /// This lexicon with changes.
    pub fn with(&self, changes: &Value) -> Result<Lexicon, ChangeError> {
        let mut all = serde_json::to_value(self).unwrap_or_default();
        merge(&mut all, changes, &mut Vec::new())?;
        let lexicon: Lexicon = serde_json::from_value(all).map_err(|error| {
            let message = error.to_string();
            ChangeError { keys: way(changes, &message).unwrap_or_default(), message }
        })?;
        check(&lexicon)?;
        Ok(lexicon)
    }

    /// The changes that make this lexicon of another.
    pub fn changes_to(&self, other: &Lexicon) -> Value {
        let [own, other] = [self, other].map(|it| serde_json::to_value(it).unwrap_or_default());
        difference(&own, &other).unwrap_or_default()
    }

    /// All of it in the shape that changes have: every list one text. What is empty is left out.
    pub fn as_changes(&self) -> Value {
        written(serde_json::to_value(self).unwrap_or_default()).unwrap_or_default()
    }
}

fn merge(own: &mut Value, change: &Value, keys: &mut Vec<String>) -> Result<(), ChangeError> {
    let error = |message: &str| Err(ChangeError { keys: keys.clone(), message: message.into() });
    match (own, change) {
        (Value::Object(own), Value::Object(changes)) => {
            for (key, change) in changes {
                keys.push(key.clone());
                merge(own.entry(key).or_insert_with(|| nothing(change)), change, keys)?;
                keys.pop();
            }
        }
        (Value::Array(own), Value::String(text)) => add(own, text),
        (Value::Array(own), Value::Object(changes)) => {
            if changes.keys().any(|verb| !VERBS.contains(&verb.as_str())) {
                return error("a list is changed by `add`, `only` or `without`");
            }
            if changes.values().any(|patterns| !patterns.is_string()) {
                return error(ONE_TEXT);
            }
            let said = |verb| changes.get(verb).and_then(Value::as_str);
            if let Some(text) = said("only") {
                *own = list(text).collect();
            }
            if let Some(text) = said("without") {
                own.retain(|it| !list(text).any(|gone| gone == *it));
            }
            add(own, said("add").unwrap_or_default());
        }
        // The months, each a list.
        (Value::Array(own), Value::Array(changes)) if keys.last().is_some_and(|it| it == "months") => {
            own.resize(changes.len().max(own.len()), Value::Array(Vec::new()));
            for (own, change) in own.iter_mut().zip(changes) {
                merge(own, change, keys)?;
            }
        }
        (Value::Object(_), _) => return error("a table of lists is wanted here"),
        (Value::Array(_), _) => return error(ONE_TEXT),
        (own, change) => *own = change.clone(),
    }
    Ok(())
}

/// How a list is changed.
const VERBS: [&str; 3] = ["only", "without", "add"];

/// What a language does not have yet: an empty list, or a table of them.
fn nothing(change: &Value) -> Value {
    match change {
        Value::Object(table) if !table.keys().any(|key| VERBS.contains(&key.as_str())) => Value::Object(Map::new()),
        _ => Value::Array(Vec::new()),
    }
}

const ONE_TEXT: &str = "patterns are one text, parted by ` | `";

fn list(text: &str) -> impl Iterator<Item = Value> {
    Patterns::read(text).0.into_iter().map(|it| Value::String(it.into()))
}

fn add(own: &mut Vec<Value>, text: &str) {
    for pattern in list(text) {
        if !own.contains(&pattern) {
            own.push(pattern);
        }
    }
}

fn difference(own: &Value, other: &Value) -> Option<Value> {
    match (own, other) {
        _ if own == other => None,
        (Value::Object(own), Value::Object(other)) => {
            let keys: BTreeSet<&String> = own.keys().chain(other.keys()).collect();
            let all = keys.into_iter().filter_map(|key| {
                let (own, other) = (own.get(key), other.get(key));
                let none = match own.or(other) {
                    Some(Value::Object(_)) => Value::Object(Map::new()),
                    _ => Value::Array(Vec::new()),
                };
                Some((key.clone(), difference(own.unwrap_or(&none), other.unwrap_or(&none))?))
            });
            Some(all.collect()).filter(|all: &Map<_, _>| !all.is_empty()).map(Value::Object)
        }
        (Value::Array(own), Value::Array(other)) if own.iter().chain(other).all(Value::is_string) => {
            let less = |a: &[Value], b: &[Value]| {
                let left: Vec<&str> = a.iter().filter(|it| !b.contains(it)).filter_map(Value::as_str).collect();
                (!left.is_empty()).then(|| Value::String(left.join(" | ")))
            };
            let verbs = [("add", less(other, own)), ("without", less(own, other))];
            let verbs = verbs.into_iter().filter_map(|(verb, patterns)| Some((verb.to_owned(), patterns?)));
            Some(verbs.collect()).filter(|verbs: &Map<_, _>| !verbs.is_empty()).map(Value::Object)
        }
        (Value::Array(own), Value::Array(other)) => {
            let none = Value::Array(Vec::new());
            let all = other.iter().enumerate().map(|(at, it)| difference(own.get(at).unwrap_or(&none), it));
            Some(Value::Array(all.map(|it| it.unwrap_or_else(|| Value::String(String::new()))).collect()))
        }
        _ => Some(other.clone()),
    }
}

/// The way to the key that an error of the reader names first.
fn way(changes: &Value, message: &str) -> Option<Vec<String>> {
    let named = message.split('`').nth(1)?;
    let Value::Object(table) = changes else { return None };
    table.iter().find_map(|(key, value)| {
        if key == named {
            return Some(vec![key.clone()]);
        }
        let mut rest = way(value, message)?;
        rest.insert(0, key.clone());
        Some(rest)
    })
}

/// What the types do not say.
fn check(lexicon: &Lexicon) -> Result<(), ChangeError> {
    let error = |keys: &[&str], message: String| {
        Err(ChangeError { keys: keys.iter().map(|it| (*it).to_owned()).collect(), message })
    };
    for pattern in lexicon.relations.values().flat_map(|it| &it.0) {
        if pattern.split('N').count() != 2 || pattern.len() == 1 {
            return error(&["relations"], format!("`{pattern}` needs words, and `N` once for the quantity"));
        }
    }
    if !matches!(lexicon.dates.months.len(), 0 | 12) {
        return error(&["dates", "months"], format!("there are 12 months, not {}", lexicon.dates.months.len()));
    }
    if let Some(code) = lexicon.currencies.keys().find(|it| it.len() != 3) {
        return error(&["currencies", code], format!("`{code}` is no ISO 4217 code"));
    }
    Ok(())
}

/// Lists as one text each, and nothing that is empty.
fn written(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => (!text.is_empty()).then_some(Value::String(text)),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let all: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!all.is_empty()).then(|| Value::String(all.join(" | ")))
        }
        Value::Array(items) => Some(Value::Array(items.into_iter().filter_map(written).collect())),
        Value::Object(table) => {
            let table: Map<_, _> = table.into_iter().filter_map(|(key, it)| Some((key, written(it)?))).collect();
            (!table.is_empty()).then_some(Value::Object(table))
        }
        other => Some(other),
    }
}
