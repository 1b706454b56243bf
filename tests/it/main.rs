//! The one test binary.

mod report;
mod snapshot;
