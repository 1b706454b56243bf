//! The one test binary.

mod cli;
mod config;
mod corpus;
mod laws;
mod layers;
mod locale;
mod project;
mod report;
mod rules;
mod snapshot;
