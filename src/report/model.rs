//! Models of articles, as data: `hexapla model`. One article at a time, so that no more than one is
//! held.

use clap::ValueEnum;

use crate::procedure::{ArticleModel, MODEL_VERSION, Model};

/// How models are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ModelFormat {
    /// One document with all articles
    #[default]
    Json,
    /// One article a line
    Jsonl,
    /// One document with all articles
    Yaml,
}

/// What stands before all articles.
pub fn model_head(format: ModelFormat) -> String {
    match format {
        ModelFormat::Json => format!("{{\n  \"version\": {MODEL_VERSION},\n  \"articles\": ["),
        ModelFormat::Jsonl => String::new(),
        ModelFormat::Yaml => format!("version: {MODEL_VERSION}\narticles:\n"),
    }
}

/// What stands behind all articles.
pub fn model_foot(format: ModelFormat, any: bool) -> &'static str {
    match format {
        ModelFormat::Json if any => "\n  ]\n}\n",
        ModelFormat::Json => "]\n}\n",
        ModelFormat::Yaml if !any => "  []\n",
        ModelFormat::Jsonl | ModelFormat::Yaml => "",
    }
}

/// What stands between two articles.
pub fn model_joint(format: ModelFormat, first: bool) -> &'static str {
    match format {
        ModelFormat::Json if first => "\n",
        ModelFormat::Json => ",\n",
        ModelFormat::Jsonl | ModelFormat::Yaml => "",
    }
}

/// One article.
pub fn model_article(article: &ArticleModel, format: ModelFormat) -> Result<String, String> {
    match format {
        ModelFormat::Json => {
            let text = serde_json::to_string_pretty(article).map_err(|error| error.to_string())?;
            Ok(indented(&text, "    ", "    ").trim_end_matches('\n').to_owned())
        }
        ModelFormat::Jsonl => Ok(serde_json::to_string(article).map_err(|error| error.to_string())? + "\n"),
        ModelFormat::Yaml => {
            let text = serde_yaml::to_string(article).map_err(|error| error.to_string())?;
            Ok(indented(&text, "  - ", "    "))
        }
    }
}

/// The JSON Schema of the document.
pub fn model_schema() -> schemars::Schema {
    super::schema_of::<Model>()
}

fn indented(text: &str, first: &str, others: &str) -> String {
    let mut all = String::with_capacity(text.len() + text.len() / 8);
    for (index, line) in text.lines().enumerate() {
        if !line.is_empty() {
            all.push_str(if index == 0 { first } else { others });
        }
        all.push_str(line);
        all.push('\n');
    }
    all
}
