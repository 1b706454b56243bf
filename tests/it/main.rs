//! The one test binary.

mod align;
mod cli;
mod config;
mod corpus;
mod diff;
mod docs;
mod exchange;
mod fixes;
mod folder;
mod formats;
mod freshness;
mod laws;
mod layers;
mod limits;
mod locale;
mod markdown;
mod policies;
mod procedure;
mod project;
mod render;
mod report;
mod review;
mod rules;
mod signal;
mod snapshot;
mod terms;
