//! The list of rules: one line for the file, one for the rule.

use super::Rule;

/// Reads the page of a rule in.
macro_rules! page {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules/", $name, ".md"))
    };
}

mod link_mismatch;
mod unreadable_article;
mod unused_suppression;

/// All rules, in alphabetical order.
pub const RULES: &[&Rule] = &[&link_mismatch::RULE, &unreadable_article::RULE, &unused_suppression::RULE];
