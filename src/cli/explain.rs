//! `hexapla explain RULE`

use super::{Failure, print};
use crate::config::did_you_mean;
use crate::lint;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's name
    rule: String,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    match lint::rule(&args.rule) {
        Some(rule) => {
            let (severity, family) = (rule.severity.name(), rule.family.name());
            let facts = format!("\nFamily: {family}. Severity: {severity}. Since {}.\n", rule.since);
            let (title, rest) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
            print(&format!("{title}\n{facts}{rest}"))
        }
        None => {
            let names = lint::RULES.iter().map(|rule| rule.name);
            let help = did_you_mean(&args.rule, names).map(|name| format!(" (did you mean `{name}`?)"));
            Err(format!("there is no rule `{}`{}", args.rule, help.unwrap_or_default()).into())
        }
    }
}
