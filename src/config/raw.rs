//! `hexapla.toml` as written. Nothing outside this room sees it.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::diagnostic::Severity;

/// How a rule's findings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The reader is misled or the page breaks.
    Error,
    /// It may confuse.
    Warning,
    /// Polish.
    Info,
    /// The rule is not run.
    Off,
}

impl Level {
    /// The severity; `None` for a rule that is not run.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Info => Some(Severity::Info),
            Level::Off => None,
        }
    }

    /// Reads the word used in settings.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "error" => Some(Level::Error),
            "warning" => Some(Level::Warning),
            "info" => Some(Level::Info),
            "off" => Some(Level::Off),
            _ => None,
        }
    }
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    #[default]
    Warning,
    /// Every finding.
    Info,
    /// No finding.
    Never,
}

impl FailOn {
    /// Whether a finding of this severity makes a run fail.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Info => true,
            FailOn::Never => false,
        }
    }
}

/// One `hexapla.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "hexapla.toml")]
pub struct RawConfig {
    /// Another settings file, relative to this one, that this one adds to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend: Option<String>,
    /// The locale that articles are written in first (`en-US`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_locale: Option<String>,
    /// The rules to run: names, families or `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<Vec<String>>,
    /// The rules not to run: names or families.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore: Option<Vec<String>>,
    /// Rules to run besides those of `select`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_select: Option<Vec<String>>,
    /// From which severity on the run fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<FailOn>,
    /// The only files to read, as globs relative to this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<String>>,
    /// Files not to read, as globs relative to this file; also when they are given by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude: Option<Vec<String>>,
    /// The file of findings that are known already, relative to this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// The front matter keys by which a translation names the revision of its source: a git commit,
    /// or the git hash of the source file; the first that is there counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_keys: Option<Vec<String>>,
    /// The file that `hexapla status --record` writes, relative to this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Whether a suppression must say why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_reason: Option<bool>,
    /// Names that stay as they are in every language.
    #[serde(skip_serializing_if = "Option::is_none", alias = "no-loc")]
    pub do_not_translate: Option<Vec<String>>,
    /// The termbases, by which terms are checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<RawTerms>,
    /// The product's own strings, by which labels are checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<RawLabels>,
    /// How a rule's or a family's findings count.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub severity: BTreeMap<String, Level>,
    /// The options of single rules.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, RuleTable>")]
    pub rules: BTreeMap<String, toml::Table>,
    /// Changes to the words by which a language states numbers, dates, duties and limits, by locale.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, LexiconTable>")]
    pub lexicon: BTreeMap<String, toml::Table>,
    /// Where translations stand beside their sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layout: Vec<RawLayout>,
    /// Other settings for some articles or locales.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<RawOverride>,
}

/// What every rule's table may hold; only the schema reads this.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct RuleTable {
    /// How the rule's findings count.
    severity: Option<Level>,
    /// The rule's own options.
    #[schemars(flatten)]
    options: BTreeMap<String, serde_json::Value>,
}

/// The words of one language; only the schema reads this. `hexapla config lexicon LOCALE` shows
/// what is in force.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct LexiconTable {
    /// Number words, scales and signs.
    numbers: Option<BTreeMap<String, serde_json::Value>>,
    /// Months, and the signs of dates and times.
    dates: Option<BTreeMap<String, serde_json::Value>>,
    /// Units of time.
    units: Option<BTreeMap<String, ListChange>>,
    /// Names of currencies, by ISO 4217 code.
    currencies: Option<BTreeMap<String, ListChange>>,
    /// Words that say percent.
    percent: Option<ListChange>,
    /// What says at all times.
    always: Option<ListChange>,
    /// Words that may stand between a relation and its quantity.
    bridges: Option<ListChange>,
    /// How quantities bound: patterns with `N` for the quantity.
    relations: Option<BTreeMap<String, ListChange>>,
    /// Duties, denials, conditions.
    cues: Option<BTreeMap<String, ListChange>>,
    /// Words with a contrary, and others that stand beside the cues.
    notions: Option<BTreeMap<String, Notion>>,
    /// Whether a clause that begins with its verb may be a condition.
    #[serde(rename = "verb-first-conditions")]
    verb_first_conditions: Option<bool>,
}

/// What says something, and what may say it.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Notion {
    /// What says it.
    firm: Option<ListChange>,
    /// What may say it: it answers for the word on the other side, and accuses nobody.
    loose: Option<ListChange>,
}

/// A change to a list of patterns; they are parted by ` | `.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum ListChange {
    /// Patterns to add.
    Add(String),
    /// More than adding.
    Verbs {
        /// Patterns to add.
        add: Option<String>,
        /// Patterns that stand in the place of the list.
        only: Option<String>,
        /// Patterns to take away.
        without: Option<String>,
    },
}

/// Termbases.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawTerms {
    /// Files in TBX, CSV, TSV or YAML, as globs relative to this file: `terms/*.yaml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<String>>,
    /// Names that stay as they are in every language; the same as the key outside of this table.
    #[serde(skip_serializing_if = "Option::is_none", alias = "no-loc")]
    pub do_not_translate: Option<Vec<String>>,
}

/// The product's own strings.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawLabels {
    /// The files, as patterns relative to this file: `strings/{locale}.json`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<ResourceShape>")]
    pub resources: Vec<RawResource>,
}

/// Files of strings: a pattern, or a pattern with the file of the source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RawResource {
    /// The files: JSON, ARB, RESX, `.properties`, Android and Apple strings, string catalogs, XLIFF, PO.
    pub files: String,
    /// The file of the source, where `files` with the locale of the source does not name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A pattern of files, or the same with the file of the source.
// Only the schema reads this.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum ResourceShape {
    /// The files, with `{locale}` where they differ by it.
    Files(String),
    /// The files, and that of the source.
    WithSource {
        /// The files, with `{locale}` where they differ by it.
        files: String,
        /// The file of the source: `Strings.resx` beside `Strings.{locale}.resx`.
        source: Option<String>,
    },
}

impl<'de> Deserialize<'de> for RawResource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Both {
            files: String,
            source: Option<String>,
        }
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = RawResource;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path such as \"strings/{locale}.json\", or a table with `files` and `source`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<RawResource, E> {
                Ok(RawResource { files: text.to_owned(), source: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawResource, A::Error> {
                let Both { files, source } = Both::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawResource { files, source })
            }
        }
        deserializer.deserialize_any(Written)
    }
}

/// Where translations stand beside their sources: two path patterns.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawLayout {
    /// The path of a source article, with `{path}`: `docs/{path}.md`.
    pub source: String,
    /// The path of its translation, with `{locale}` and `{path}`: `docs/{locale}/{path}.md`.
    pub target: String,
}

/// Other settings for some articles or locales.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOverride {
    /// The articles, as globs; all of them when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// The locales; `ja` also means `ja-JP`. All of them when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locales: Vec<String>,
    /// Rules to run here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub select: Vec<String>,
    /// Rules not to run here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// How findings count here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub severity: BTreeMap<String, Level>,
}
