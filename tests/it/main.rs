//! The one test binary.

mod corpus;
mod laws;
mod report;
mod rules;
mod snapshot;
mod locale;
