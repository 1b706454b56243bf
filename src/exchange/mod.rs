//! Translations out to the tools that people translate with, and back into the articles.
//!
//! What leaves is a [`File`] for each translated article: its units, with markup as inline codes,
//! and a lock on each target. What comes back ([`Returned`]) is held against the articles as they
//! are then: [`merge()`] rewrites the bytes of edited targets and no other, and refuses with a reason
//! what it would have to guess.
//!
//! | file | holds |
//! |---|---|
//! | `atoms` | a side character by character, with the bytes each is written with |
//! | `text` | a side as text and codes; the codes of two sides numbered alike |
//! | `leave` | a bitext → what leaves |
//! | `returned` | what comes back, and what is to be done with it |
//! | `receive` | a bitext and what came back → edits |
//! | `rebuild` | text and codes → bytes of an article |
//! | `merge` | edits → an article, read once more to see that nothing else changed |
//! | `xml`, `parts` | writing XML; what is read from it |
//! | `parquet` | the tables of a corpus, for engines that query; nothing comes back |
//! | `format` | the table of formats; one file for each |
//! | `table` | units as rows, for CSV and XLSX |
//! | `terms` | a table of labels as a termbase |
//! | `decisions` | what a reviewer decided |
//! | `sides` | one side of a bilingual article as an article |

mod atoms;
mod csv;
mod decisions;
mod format;
mod jsonl;
mod leave;
mod merge;
pub mod parquet;
mod parts;
mod po;
mod po_read;
mod rebuild;
mod receive;
mod returned;
mod sides;
mod table;
mod tbx;
mod terms;
mod text;
mod tmx;
mod xliff2;
mod xliff2_read;
mod xliff;
mod xlsx;
mod xml;

pub use crate::notation::ReadError;
pub use decisions::{Decision, Decisions, Ignored};
pub use format::{Format, WriteError};
pub use leave::leave;
pub use merge::{Change, Merged, Outcome, Refusal, merge};
pub use receive::{Received, receive};
pub use returned::{Form, NewPart, NewText, Returned, ReturnedUnit, Verdict, judge};
pub use sides::{SideOf, one_side};
pub use terms::{terms_csv, terms_tbx, terms_yaml};
pub use text::{Code, CodeKind, Part, Shape, Text};

/// The units of one translated article, as they leave.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The translated article, relative to the current folder.
    pub path: String,
    /// The article without locale and extension.
    pub key: String,
    /// The locale of the source.
    pub source_locale: String,
    /// The locale of the target.
    pub target_locale: String,
    /// The units, in the order of the target.
    pub units: Vec<Unit>,
}

/// A unit as it leaves: one source text and its translation.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The written ttu id, `front-matter:KEY`, or hexapla's own stable id. Unique in its file.
    pub id: String,
    /// The headings above it, and what kind of block it is, for a person.
    pub place: String,
    /// 1-based line of the target in its article (of the source, where there is no target).
    pub line: u32,
    /// The source.
    pub source: Text,
    /// The target; empty where the article has an empty one, `None` where it has no place for one.
    pub target: Option<Text>,
    /// How far the translation is.
    pub state: State,
    /// [`crate::document::Side::lock`] of the target; empty without a target.
    pub side_lock: String,
    /// What was found, and what a reviewer said.
    pub notes: Vec<Note>,
}

/// How far a translation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum State {
    /// Not translated: no target, an empty one, or the source word for word.
    New,
    /// Machine translation that nobody has looked at.
    Machine,
    /// Translated, with a finding that needs a look.
    Flagged,
    /// Translated.
    Translated,
    /// A reviewer accepts it as it stands.
    Accepted,
}

/// A word about a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Who says it: a rule's name, or `reviewer`.
    pub from: String,
    /// 1 for what misleads the reader, 2 for what may confuse, 3 for polish and comments.
    pub priority: u8,
    /// What is said.
    pub text: String,
}
