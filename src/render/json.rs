//! Procedures and policies as data, each in one locale: `hexapla render --to json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::topic::{Article, Policy, Procedure};

/// The version of what is rendered as data.
pub const RENDER_VERSION: u32 = 1;

/// The procedures and policies of articles, each in one locale.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "hexapla render --to json")]
pub struct Topics {
    /// The version of this contract.
    pub version: u32,
    /// The procedures, by article, locale and place.
    pub procedures: Vec<Procedure>,
    /// The policies, in the same order.
    pub policies: Vec<Policy>,
}

impl Default for Topics {
    fn default() -> Self {
        Topics { version: RENDER_VERSION, procedures: Vec::new(), policies: Vec::new() }
    }
}

impl Topics {
    /// Adds what an article holds.
    pub fn add(&mut self, article: Article) {
        self.procedures.extend(article.procedures);
        self.policies.extend(article.policies);
    }

    /// The document.
    ///
    /// # Errors
    /// Never, as long as all keys are text.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// The JSON Schema of the document.
pub fn topics_schema() -> schemars::Schema {
    crate::report::schema_of::<Topics>()
}
