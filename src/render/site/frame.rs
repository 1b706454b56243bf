//! The templates: those that are built in, and those that take their places.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde::Serialize;

use super::escape::write_value;

/// A template that cannot be used: `topic.html:12: what is wrong`.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct TemplateError {
    /// The file and the line.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

macro_rules! assets {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("assets/", $name)))),*] };
}

/// The files that a site is made of.
const BUILT_IN: &[(&str, &str)] = assets![
    "layout.html",
    "topic.html",
    "procedure.html",
    "contents.html",
    "policies.html",
    "questions.html",
    "search.html",
    "languages.html",
    "style.css",
    "site.js",
    "search.js",
];

/// Templates and other files, by name.
pub(super) struct Frame {
    environment: Environment<'static>,
    /// What is written into `assets/`.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The styles, in the order in which they are read.
    pub styles: Vec<String>,
}

impl Frame {
    /// The built-in files with those of a user in their places, or beside them.
    pub fn new(own: &BTreeMap<String, Vec<u8>>) -> Result<Self, TemplateError> {
        let mut files: BTreeMap<String, Vec<u8>> =
            BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        files.extend(own.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| fault(&error))?);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(write_value);
        let mut assets = BTreeMap::new();
        for (name, bytes) in files {
            if !name.ends_with(".html") {
                assets.insert(name, bytes);
                continue;
            }
            let place = name.clone();
            let message = "this is no UTF-8".to_owned();
            let text = String::from_utf8(bytes).map_err(|_| TemplateError { place, message })?;
            environment.add_template_owned(name, text).map_err(|error| fault(&error))?;
        }
        let is_extra = |name: &&String| name.ends_with(".css") && *name != "style.css";
        let extra = assets.keys().filter(is_extra).cloned();
        let styles = std::iter::once("style.css".to_owned()).chain(extra).collect();
        Ok(Frame { environment, assets, styles })
    }

    /// Fills a template.
    pub fn fill(&self, template: &str, page: &impl Serialize, shared: &Value) -> Result<String, TemplateError> {
        let filled = self.environment.get_template(template).and_then(|it| {
            let page = Value::from(Serde(page));
            it.render(minijinja::context! { page, ..shared.clone() })
        });
        filled.map_err(|error| fault(&error))
    }
}

fn fault(error: &minijinja::Error) -> TemplateError {
    let name = error.name().unwrap_or("template");
    let place = error.line().map_or_else(|| name.to_owned(), |line| format!("{name}:{line}"));
    let message = error.detail().map_or_else(|| error.kind().to_string(), |it| format!("{}: {it}", error.kind()));
    TemplateError { place, message }
}
