//! What an article tells its reader to do (procedures) and what holds (policies), as data with
//! evidence. This room reads articles that are parsed, and invents no text: every text slot refers
//! to a segment.
//!
//! | file | holds |
//! |---|---|
//! | `model` | the types that come out, and their JSON Schema |
//! | `outline` | the segments of the source, in the sections, lists and alerts that they stand in |
//! | `questions` | the same of a YAML article |
//! | `orders`, `opening`, `clause`, `targets` | sentence → verbs with their targets, places, conditions, purposes |
//! | `lists`, `steps` | list → steps with what stands under them |
//! | `procedures`, `surroundings`, `inputs`, `mentions`, `alias`, `roles`, `alerts` | section → procedures |
//! | `alternatives` | the choices that a translation has to offer too |
//! | `reading` | all of that for the source of one article |
//! | `article`, `labels`, `texts` | one article in all its locales |
//! | `changes`, `matching` | what changed between two versions |
//! | `policies` | sentence → what holds; two that cannot both hold |
//! | `matrix` | the policies of all articles side by side |
//! | `paths` | the ways to tasks, to be compared between articles |

mod alerts;
mod alias;
mod alternatives;
mod article;
mod as_text;
mod changes;
mod clause;
mod inputs;
mod labels;
mod lists;
mod matching;
mod mentions;
mod matrix;
mod model;
mod opening;
mod orders;
mod outline;
mod paths;
mod policies;
mod procedures;
mod questions;
mod reading;
mod roles;
mod steps;
mod surroundings;
mod targets;
mod texts;

pub use alternatives::{Alternatives, alternatives};
pub use article::{article, source_of};
pub use changes::{Change, ChangeKind, Changes, changes};
pub use matrix::{CellState, MATRIX_VERSION, Matrix, MatrixCell, MatrixEntry, MatrixRow, entries, matrix};
pub use model::*;
pub use orders::{Orders, Reader};
pub use outline::{AlertBlock, Block, Code, Item, List, Outline, Passage, Row, SectionOutline, Table};
pub use paths::{TaskPath, tasks};
pub use policies::{Conflict, Gravity, Kept, Stated, conflicts, outdated, policies, scope, scopes, shorthand, values};
pub use reading::{Reading, alert_kind};
pub use texts::{Counterpart, counterparts};
