//! The one test binary.

mod align;
mod cli;
mod config;
mod corpus;
mod diff;
mod docs;
mod freshness;
mod laws;
mod layers;
mod limits;
mod locale;
mod markdown;
mod procedure;
mod policies;
mod project;
mod report;
mod review;
mod rules;
mod signal;
mod snapshot;
