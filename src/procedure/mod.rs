//! What an article tells its reader to do (procedures) and what holds (policies), as data with
//! evidence. This room reads articles that are parsed, and invents no text: every text slot refers
//! to a segment.
//!
//! | file | holds |
//! |---|---|
//! | `model` | the types that come out, and their JSON Schema |
//! | `outline` | the segments of the source, in the sections, lists and alerts that they stand in |

mod model;
mod outline;

pub use model::*;
pub use outline::{AlertBlock, Block, Item, List, Outline, Passage, Row, SectionOutline, Table};
