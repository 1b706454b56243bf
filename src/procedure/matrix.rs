//! The policies of all articles side by side: what may differ for a good reason, and is for a person
//! to read. What cannot both hold is found by rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::model::{Alignment, ArticleModel, Policy, Scope};
use super::policies::values;

/// The version of the matrix.
pub const MATRIX_VERSION: u32 = 1;

/// All policies by what they are said of.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[schemars(title = "hexapla policy matrix")]
pub struct Matrix {
    /// The version of this contract.
    pub version: u32,
    /// One for each kind, subject and action, in that order.
    pub rows: Vec<MatrixRow>,
}

/// What articles state of one thing.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct MatrixRow {
    /// What it is about.
    pub kind: String,
    /// What it is said of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Whether all cells state the same.
    pub agrees: bool,
    /// The statements, by article, place and locale.
    pub cells: Vec<MatrixCell>,
}

/// What one article states in one locale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MatrixCell {
    /// The key of the article.
    pub article: String,
    /// The locale.
    pub locale: String,
    /// The version of the source that it is of, as the article names it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The id of the policy.
    pub policy: String,
    /// The segment that states it.
    pub segment: String,
    /// What it states, in short.
    pub states: String,
    /// How the cell is known: a translation of another version may state something else.
    pub state: CellState,
    /// What it holds for, where that is bounded.
    #[serde(skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    /// The words of the locale.
    pub text: String,
}

/// How a cell is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CellState {
    /// Read from the source.
    #[default]
    Source,
    /// The translation of it, as far as signals tell.
    Same,
    /// The translation states it otherwise.
    Differs,
    /// The translation is made from another version of the source.
    OtherVersion,
    /// The translation lacks it.
    Absent,
}

/// A line of the matrix before it is sorted in: what one article gives.
#[derive(Clone, Debug)]
pub struct MatrixEntry {
    key: (String, Option<String>, Option<String>),
    cell: MatrixCell,
}

/// What an article adds to the matrix.
pub fn entries(article: &ArticleModel) -> Vec<MatrixEntry> {
    let mut found = Vec::new();
    for policy in article.policies.iter().filter(|it| !it.example) {
        let Some(evidence) = policy.evidence.first() else { continue };
        let texts = article.segments.iter().find(|(id, _)| *id == evidence.segment).map(|(_, texts)| texts);
        let text = |locale: &str| texts.and_then(|it| it.get(locale)).cloned().unwrap_or_default();
        let own = article.variants.iter().find(|it| it.alignment == Alignment::Source);
        let mut put = |locale: &str, version: &str, states: String, state: CellState| {
            let key = (policy.kind.clone(), policy.subject.clone(), policy.action.clone());
            let cell = MatrixCell {
                article: article.key.clone(),
                locale: locale.to_owned(),
                version: version.to_owned(),
                policy: policy.id.clone(),
                segment: evidence.segment.clone(),
                states,
                state,
                scope: policy.scope.clone(),
                text: text(locale),
            };
            found.push(MatrixEntry { key, cell });
        };
        put(&article.source_locale, own.map_or("", |it| &it.source_hash), values(policy), CellState::Source);
        for variant in article.variants.iter().filter(|it| it.alignment != Alignment::Source) {
            let (states, state) =
                in_locale(policy, &variant.locale, variant.alignment, text(&variant.locale).is_empty());
            put(&variant.locale, &variant.source_hash, states, state);
        }
    }
    found
}

fn in_locale(policy: &Policy, locale: &str, alignment: Alignment, is_absent: bool) -> (String, CellState) {
    if is_absent {
        return (String::new(), CellState::Absent);
    }
    if let Some(modality) = policy.by_locale.get(locale) {
        return (values(&Policy { modality: *modality, ..policy.clone() }), CellState::Differs);
    }
    let state = if alignment == Alignment::OtherVersion { CellState::OtherVersion } else { CellState::Same };
    (values(policy), state)
}

/// Sorts what all articles gave into rows.
pub fn matrix(entries: Vec<MatrixEntry>) -> Matrix {
    let mut rows: BTreeMap<_, Vec<MatrixCell>> = BTreeMap::new();
    for MatrixEntry { key, cell } in entries {
        rows.entry(key).or_default().push(cell);
    }
    let rows = rows.into_iter().map(|((kind, subject, action), mut cells)| {
        cells.sort_by(|a, b| (&a.article, &a.policy, &a.locale).cmp(&(&b.article, &b.policy, &b.locale)));
        let said = cells.iter().filter(|it| it.state != CellState::Absent);
        let mut said = said.map(|it| &it.states);
        let first = said.next();
        let agrees = said.all(|it| Some(it) == first);
        MatrixRow { kind, subject, action, agrees, cells }
    });
    Matrix { version: MATRIX_VERSION, rows: rows.collect() }
}
