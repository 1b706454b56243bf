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
mod broken_emphasis;
mod changed_code;
mod changed_code_block;
mod changed_comparator;
mod changed_date;
mod changed_degree;
mod changed_duration;
mod changed_inline_code;
mod changed_modality;
mod changed_money;
mod changed_number;
mod changed_time;
mod changed_time_relation;
mod character_width;
mod conflicting_path;
mod conflicting_policy;
mod doubled_word;
mod duplicate_key;
mod empty_segment;
mod end_punctuation;
mod extra_segment;
mod forbidden_term;
mod heading_mismatch;
mod html_tag_mismatch;
mod image_mismatch;
mod inconsistent_translation;
mod inconsistent_ui_label;
mod invalid_encoding;
mod invalid_front_matter;
mod limit_exceeded;
mod link_mismatch;
mod locale_mismatch;
mod lost_choice;
mod lost_emphasis;
mod lost_exclusivity;
mod lost_negation;
mod malformed_bilingual_span;
mod merge_conflict_marker;
mod misplaced_emphasis;
mod missing_article;
mod missing_metadata;
mod missing_segment;
mod mixed_script;
mod number_format;
mod orphan_article;
mod partly_untranslated_segment;
mod placeholder_mismatch;
mod quote_style;
mod register;
mod self_contradiction;
mod skipped_step_number;
mod spacing;
mod stale_policy;
mod stale_segment;
mod stale_translation;
mod step_count_mismatch;
mod step_order_mismatch;
mod table_shape_mismatch;
mod term_mismatch;
mod translated_name;
mod ui_label_mismatch;
mod unbalanced_quotes;
mod unreadable_article;
mod untranslated_metadata;
mod untranslated_segment;
mod unused_suppression;
mod version_skew;
mod wrong_language;

/// All rules, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &alert_mismatch::RULE,
    &anchor_mismatch::RULE,
    &broken_emphasis::RULE,
    &changed_code::RULE,
    &changed_code_block::RULE,
    &changed_comparator::RULE,
    &changed_date::RULE,
    &changed_degree::RULE,
    &changed_duration::RULE,
    &changed_inline_code::RULE,
    &changed_modality::RULE,
    &changed_money::RULE,
    &changed_number::RULE,
    &changed_time::RULE,
    &changed_time_relation::RULE,
    &character_width::RULE,
    &conflicting_path::RULE,
    &conflicting_policy::RULE,
    &doubled_word::RULE,
    &duplicate_key::RULE,
    &empty_segment::RULE,
    &end_punctuation::RULE,
    &extra_segment::RULE,
    &forbidden_term::RULE,
    &heading_mismatch::RULE,
    &html_tag_mismatch::RULE,
    &image_mismatch::RULE,
    &inconsistent_translation::RULE,
    &inconsistent_ui_label::RULE,
    &invalid_encoding::RULE,
    &invalid_front_matter::RULE,
    &limit_exceeded::RULE,
    &link_mismatch::RULE,
    &locale_mismatch::RULE,
    &lost_choice::RULE,
    &lost_emphasis::RULE,
    &lost_exclusivity::RULE,
    &lost_negation::RULE,
    &malformed_bilingual_span::RULE,
    &merge_conflict_marker::RULE,
    &misplaced_emphasis::RULE,
    &missing_article::RULE,
    &missing_metadata::RULE,
    &missing_segment::RULE,
    &mixed_script::RULE,
    &number_format::RULE,
    &orphan_article::RULE,
    &partly_untranslated_segment::RULE,
    &placeholder_mismatch::RULE,
    &quote_style::RULE,
    &register::RULE,
    &self_contradiction::RULE,
    &skipped_step_number::RULE,
    &spacing::RULE,
    &stale_policy::RULE,
    &stale_segment::RULE,
    &stale_translation::RULE,
    &step_count_mismatch::RULE,
    &step_order_mismatch::RULE,
    &table_shape_mismatch::RULE,
    &term_mismatch::RULE,
    &translated_name::RULE,
    &ui_label_mismatch::RULE,
    &unbalanced_quotes::RULE,
    &unreadable_article::RULE,
    &untranslated_metadata::RULE,
    &untranslated_segment::RULE,
    &unused_suppression::RULE,
    &version_skew::RULE,
    &wrong_language::RULE,
];
