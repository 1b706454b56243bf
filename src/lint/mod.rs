//! Rules, what they leave, and what silences them.
//!
//! A rule is a page (`fixtures/rules/<name>.md`), a value ([`Rule`]) and a function. It reports
//! through [`Findings`] and never builds a `Diagnostic` by hand.
