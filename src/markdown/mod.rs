//! Bytes → tree, with a span on every node. Parsing never fails: broken input gives the best tree
//! and a list of problems.

mod tree;

pub use tree::*;
