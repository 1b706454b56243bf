//! Files of other tools as trees and rows: XML, CSV, PO. This room knows how they are written, and
//! not what they say.
//!
//! No reader looks up an entity, opens another file, or follows nesting deeper than a person or a
//! tool would make it.

mod decode;
mod po;
pub mod rows;
pub mod xml;

pub use decode::decode;
pub use po::{PoEntry, po_entries};

/// A file that is not what it should be: the line, where known, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(pub String);

impl ReadError {
    /// An error in a line, 1-based.
    pub fn at(line: usize, message: impl std::fmt::Display) -> Self {
        ReadError(format!("line {line}: {message}"))
    }
}
