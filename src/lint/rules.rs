//! The list of rules: one line for the file, one for the rule.

use super::Rule;

/// Reads the page of a rule in.
macro_rules! page {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules/", $name, ".md"))
    };
}

mod link_mismatch;
mod partly_untranslated_segment;
mod untranslated_segment;
mod unused_suppression;

/// All rules, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &link_mismatch::RULE,
    &partly_untranslated_segment::RULE,
    &untranslated_segment::RULE,
    &unused_suppression::RULE,
];
