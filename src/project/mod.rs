//! Finds, pairs and loads articles. The only room that reads them from disk, and one that never
//! parses them: it looks at paths, at the first lines and at heading anchors.

mod align;
mod bases;
mod batches;
mod cache;
mod check;
mod checkout;
mod compared;
mod desk;
mod discover;
mod fields;
mod git;
mod history;
mod import;
mod lexicons;
mod load;
mod mend;
mod model;
mod open;
mod pairing;
mod parts;
mod paths;
mod probe;
mod recall;
mod record;
mod review;
mod revisions;
mod shard;
mod sight;

pub use align::align;
pub use bases::read_bases;
pub use batches::Remarks;
pub use cache::{Cache, CleanError, Keeping, Printed, clean, is_no_cache};
pub use check::{Checked, check, check_cached};
pub use checkout::Checkout;
pub use desk::{Desk, DeskError, Look, Overview, Pair, Pairing};
pub use discover::{ProjectError, REPORT_MARKER, discover};
pub use git::{GitError, changed_since, select_changed};
pub use history::History;
pub use import::{Imported, import};
pub use load::{LoadError, WriteError, atomic_write, load, replace, write_changed, write_inside};
pub use mend::{Mended, mend};
pub use model::{Modelled, model, models};
pub use pairing::{Identify, groups};
pub use parts::{Joined, Part, PartError, Placed, agree, join};
pub use probe::{Probe, heading_anchors, probe};
pub use recall::{Answer, Inquiry, Wishes};
pub use record::{Made, Record, RecordError};
pub use review::{Reviewed, Survey};
pub use shard::Shard;
pub use sight::sight;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::document::Format;
use crate::locale::Locale;

/// What takes the place of files on disk: the text of an editor, by path.
pub type Unsaved = BTreeMap<String, String>;

/// A file that is an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Relative to the current folder, with `/`; as typed where it is outside.
    pub path: Arc<str>,
    /// The path to open it by.
    pub on_disk: PathBuf,
    /// What kind of file it is.
    pub format: Format,
    /// Its length in bytes.
    pub size: u64,
    /// Whether it was given by name.
    pub by_name: bool,
    /// Why it cannot be read, where it cannot.
    pub problem: Option<Problem>,
}

/// Why an article cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is longer than [`crate::text::MAX_SOURCE_BYTES`].
    TooLarge,
    /// The system refuses, and says why.
    Unreadable(String),
}

/// What a locale was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocaleFrom {
    /// The front matter.
    FrontMatter,
    /// A configured layout.
    Layout,
    /// The path: a folder or a suffix.
    Path,
    /// The article stands where the source does, and a translation stands beside it.
    Default,
    /// The text.
    Text,
    /// Nothing; it is not known.
    Nothing,
}

/// Where an article has its source from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is bilingual: the source stands in it.
    Own,
    /// It is the source.
    Source,
    /// The source article of its group.
    SameVersion,
    /// A bilingual article made from the same version of the source.
    SameSource {
        /// That article.
        with: MemberId,
    },
    /// An article that has a source, made from another version of it.
    OtherVersion {
        /// That article.
        with: MemberId,
    },
    /// Nowhere.
    Alone,
}

/// A member of a group, by index into what [`groups`] gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemberId {
    /// Index of the group.
    pub group: usize,
    /// Index of the member in it.
    pub member: usize,
}

/// One article in one locale.
#[derive(Clone, Debug)]
pub struct Member {
    /// The file.
    pub found: Found,
    /// Its locale.
    pub locale: Locale,
    /// What the locale was read from.
    pub locale_from: LocaleFrom,
    /// The locale that the path alone says.
    pub path_locale: Locale,
    /// Where its source is.
    pub relation: Relation,
    /// What its first lines say.
    pub probe: Probe,
}

impl Member {
    /// Whether it was translated from something.
    pub fn is_translation(&self) -> bool {
        !matches!(self.relation, Relation::Source | Relation::Alone)
    }
}

/// One article in all its locales.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its path without locale and extension.
    pub key: String,
    /// Its files: the source first, then by locale and path.
    pub members: Vec<Member>,
}

impl Group {
    /// The source article, where there is one.
    pub fn source(&self) -> Option<&Member> {
        self.members.iter().find(|member| member.relation == Relation::Source)
    }
}

/// What to say when a group could not be worked on.
fn fault(group: &Group) -> String {
    let paths: Vec<&str> = group.members.iter().map(|member| &*member.found.path).collect();
    format!("hexapla failed on {}; please report it", paths.join(", "))
}
