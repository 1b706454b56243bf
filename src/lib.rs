//! hexapla reads the articles of a help site in all their languages side by side, and says what
//! a translation lost, added, reversed or left behind.
//!
//! # The map
//!
//! Data flows down this list once: bytes → tree → document → units → findings → pages.
//! A room may use only the rooms above it; `tests/it/layers.rs` reads the order from the
//! `

pub mod text;
pub mod locale;
pub mod diagnostic;
pub mod markdown;
pub mod document;
pub mod bitext;
pub mod config;
pub mod lint;
pub mod report;
// pub mod project;
// pub mod cli;
