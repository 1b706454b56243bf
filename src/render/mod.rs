//! Help content from models: what articles say, in every locale, for the programs that show it. A
//! pure function of models, documents and findings.
//!
//! Everything comes from one intermediate form, [`Article`]: an article in one locale, cut into
//! topics whose every text is a [`Slot`], and every slot is a segment. A translation that is
//! missing, behind or wrong is not printed: the source takes its place, says its language, and is
//! marked.
//!
//! | file | holds |
//! |---|---|
//! | `topic` | the intermediate form |
//! | `gather`, `fill`, `outside`, `steps`, `prose`, `inline` | model, documents and findings → the intermediate form |
//! | `document`, `renumber` | the article as a document of one language: `--to markdown` |
//! | `json` | procedures and policies as data, for help inside a product |
//! | `chunks` | pieces for search and retrieval, one a line |
//! | `jsonld` | schema.org: `HowTo`, `FAQPage` |
//! | `llms` | `llms.txt` and Markdown twins |
//! | `dita` | a map, concepts and tasks of DITA 1.2 |
//! | `changes` | what changed, for the readers of one locale |
//! | `site` | a static help site, with a search that needs no server |
//!
//! No format prints a sentence that no segment holds.

mod changes;
mod chunks;
mod dita;
mod document;
mod fill;
mod gather;
mod inline;
mod json;
mod jsonld;
mod llms;
mod outside;
mod prose;
mod renumber;
mod site;
mod steps;
mod topic;

pub use changes::{Digest, DigestEntry, DigestText, digest, digest_markdown, digest_schema};
pub use chunks::{Chunk, ChunkKind, chunk_schema, chunks};
pub use dita::{DitaFile, dita, dita_entry, dita_map};
pub use gather::{Input, articles};
pub use inline::{Mark, Run};
pub use json::{RENDER_VERSION, Topics, topics_schema};
pub use jsonld::jsonld;
pub use llms::{LlmsEntry, llms, llms_entry, llms_twin};
pub use site::{Emit, Site, SiteError, TemplateError, TocFile, decoded, site};
pub use topic::*;

use clap::ValueEnum;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Family, rule};

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Procedures and policies as data
    Json,
    /// Pieces for search and retrieval, as JSON Lines
    Chunks,
    /// Articles of one language
    Markdown,
    /// schema.org as JSON-LD: procedures as `HowTo`, questions as `FAQPage`
    Jsonld,
    /// DITA 1.2: a map for each locale, a concept for each article, a task for each procedure
    Dita,
    /// `llms.txt` for each locale, and Markdown twins of the articles
    Llms,
    /// What changed since another version, for the readers of each locale: JSON and Markdown
    Changes,
    /// A static help site: a page for each article and procedure in each locale, sheets of policies and questions,
    /// a search that works from a disk
    Site,
}

/// What is done with a text in which an error was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// The source takes its place, marked
    #[default]
    Source,
    /// It stays, marked
    Mark,
    /// What it stands in is left out; in whole articles the source takes its place
    Withhold,
}

/// Which findings make a text unfit to be printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Flag {
    /// Errors, and warnings that the translation says something else: changed deadlines, lost denials
    #[default]
    Meaning,
    /// Errors: what misleads a reader beyond doubt
    Error,
    /// Errors and all warnings, those about marks and structure too
    Warning,
}

impl Flag {
    /// Whether it is for this finding.
    fn holds(self, finding: &Diagnostic) -> bool {
        let says_otherwise =
            || rule(finding.rule).is_some_and(|it| matches!(it.family, Family::Facts | Family::Meaning));
        match finding.severity {
            Severity::Error => true,
            Severity::Warning => self == Flag::Warning || self == Flag::Meaning && says_otherwise(),
            _ => false,
        }
    }
}

/// Which numbers steps have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Numbers {
    /// Those that are written
    #[default]
    Written,
    /// Those of their places
    Repaired,
}

/// How to render.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What is done with a text in which an error was found.
    pub on_error: OnError,
    /// Which findings are such errors.
    pub flag: Flag,
    /// Which numbers steps have.
    pub numbers: Numbers,
}

impl Format {
    /// Whether all that it writes may stand in one file.
    pub fn is_one_file(self) -> bool {
        matches!(self, Format::Json | Format::Chunks)
    }
}
