//! The one test binary.

mod corpus;
mod laws;
mod layers;
mod locale;
mod report;
mod rules;
mod snapshot;
