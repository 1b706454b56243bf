//! hexapla reads the articles of a help site in all their languages side by side, and says what
//! a translation lost, added, reversed or left behind.
//!
//! # The map
//!
//! Data flows down this list once: bytes → tree → document → statements → units → findings → pages.
//! A room may use only the rooms above it; `tests/it/layers.rs` reads the order from the
//! `pub mod` lines below and fails on an import that climbs.
//!
//! | room | holds | never |
//! |---|---|---|
//! | [`text`] | spans, sources, line numbers, encodings | knows Markdown |
//! | [`notation`] | files of other tools as trees and rows: XML, CSV, PO | knows what they say |
//! | [`locale`] | BCP 47 locales and their conventions, as data | – (and no other room names a language) |
//! | [`diagnostic`] | findings made presentable: severity, places, fixes | knows a rule |
//! | [`markdown`] | bytes → tree with a span on every node | fails |
//! | [`document`] | tree → blocks, segments, inline placeholders | reads another document |
//! | [`signal`] | what a segment states, free of language: quantities, duties, denials, limits | compares |
//! | [`bitext`] | translation units: embedded pairs and aligned documents | reads disk |
//! | [`termbase`] | the labels of the user interface that articles name, with their renderings | judges |
//! | [`procedure`] | what a reader must do and obey: procedures, steps, policies, with evidence | invents text |
//! | [`config`] | `hexapla.toml`: as written → as meant | lists the rules |
//! | [`lint`] | rules, suppressions, baseline, votes over locales | formats output |
//! | [`report`] | findings → human, json, sarif and the rest, one file a format | reads disk |
//! | [`exchange`] | translations out to other tools and back into the articles | guesses |
//! | [`render`] | help content from models, one file a format | prints a sentence that no segment holds |
//! | [`project`] | finds, pairs and loads articles; the only room that reads them from disk | – |
//! | [`lsp`] | what editors ask: one file a request | works in the thread that takes messages |
//! | [`cli`] | one file a subcommand | – |
//!
//! # Invariants
//!
//! * Parsing never fails and never panics; `Result` is for disk and settings.
//! * One currency of place: byte spans ([`text::Span`]). Lines and columns are made only where a
//!   person reads them, and no text is ever searched for to find out where it was.
//! * Everything downstream of `project` is a pure function of its inputs: no clock, no
//!   environment, no hash-map order; one thread or sixteen give the same bytes.
//! * What is held for the whole run is proportional to the findings, not to the input.

pub mod text;
pub mod notation;
pub mod locale;
pub mod diagnostic;
pub mod markdown;
pub mod document;
pub mod signal;
pub mod bitext;
pub mod termbase;
pub mod procedure;
pub mod config;
pub mod lint;
pub mod report;
pub mod exchange;
pub mod render;
pub mod project;
pub mod lsp;
pub mod cli;
