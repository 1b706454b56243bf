//! The bodies of the targets, as `cargo test` runs them too.

#[path = "../../tests/it/targets.rs"]
pub mod targets;
