//! Settings that name rules there are not. Only here are both the settings and the rules known.

use super::RULES;
use crate::config::{ConfigError, Settings};

/// Refuses settings that name a rule, or an option of one, that there is not.
pub fn refuse_unknown(settings: &Settings) -> Result<(), ConfigError> {
    let families = RULES.iter().map(|rule| rule.family.name());
    let known: Vec<&str> = RULES.iter().map(|rule| rule.name).chain(families).collect();
    for (name, place) in settings.rule_names() {
        if !known.contains(&name) {
            return Err(settings.unknown_rule(name, place, known.iter().copied()));
        }
    }
    // No rule has options of its own yet, beside `severity`.
    for rule in RULES {
        if let Some(option) = settings.rule_options(rule.name).and_then(|table| table.keys().next()) {
            let message = format!("the rule `{}` has no option `{option}`", rule.name);
            return Err(settings.option_error(rule.name, option, message));
        }
    }
    Ok(())
}
