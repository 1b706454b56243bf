//! The list of rules: one line for the file, one for the rule.

use super::Rule;

/// Reads the page of a rule in.
macro_rules! page {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules/", $name, ".md"))
    };
}

mod alert_mismatch;
mod anchor_mismatch;
mod changed_code_block;
mod duplicate_key;
mod empty_segment;
mod extra_segment;
mod heading_mismatch;
mod invalid_encoding;
mod invalid_front_matter;
mod limit_exceeded;
mod link_mismatch;
mod locale_mismatch;
mod merge_conflict_marker;
mod missing_article;
mod missing_metadata;
mod missing_segment;
mod mixed_script;
mod orphan_article;
mod partly_untranslated_segment;
mod skipped_step_number;
mod step_count_mismatch;
mod table_shape_mismatch;
mod untranslated_metadata;
mod untranslated_segment;
mod unused_suppression;
mod version_skew;
mod wrong_language;

/// All rules, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &alert_mismatch::RULE,
    &anchor_mismatch::RULE,
    &changed_code_block::RULE,
    &duplicate_key::RULE,
    &empty_segment::RULE,
    &extra_segment::RULE,
    &heading_mismatch::RULE,
    &invalid_encoding::RULE,
    &invalid_front_matter::RULE,
    &limit_exceeded::RULE,
    &link_mismatch::RULE,
    &locale_mismatch::RULE,
    &merge_conflict_marker::RULE,
    &missing_article::RULE,
    &missing_metadata::RULE,
    &missing_segment::RULE,
    &mixed_script::RULE,
    &orphan_article::RULE,
    &partly_untranslated_segment::RULE,
    &skipped_step_number::RULE,
    &step_count_mismatch::RULE,
    &table_shape_mismatch::RULE,
    &untranslated_metadata::RULE,
    &untranslated_segment::RULE,
    &unused_suppression::RULE,
    &version_skew::RULE,
    &wrong_language::RULE,
];
