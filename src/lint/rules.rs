//! The list of rules: one line for the file, one for the rule.

use super::Rule;

/// Reads the page of a rule in.
macro_rules! page {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules/", $name, ".md"))
    };
}

mod broken_emphasis;
mod changed_inline_code;
mod html_tag_mismatch;
mod image_mismatch;
mod link_mismatch;
mod lost_emphasis;
mod malformed_bilingual_span;
mod misplaced_emphasis;
mod placeholder_mismatch;
mod unbalanced_quotes;
mod unreadable_article;
mod unused_suppression;

/// All rules, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &broken_emphasis::RULE,
    &changed_inline_code::RULE,
    &html_tag_mismatch::RULE,
    &image_mismatch::RULE,
    &link_mismatch::RULE,
    &lost_emphasis::RULE,
    &malformed_bilingual_span::RULE,
    &misplaced_emphasis::RULE,
    &placeholder_mismatch::RULE,
    &unbalanced_quotes::RULE,
    &unreadable_article::RULE,
    &unused_suppression::RULE,
];
