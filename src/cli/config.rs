//! `hexapla config`

use super::{Failure, Global, print};
use crate::config::{self, Overrides, Settings};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The settings in force, as they would be written (the default)
    Show,
    /// The JSON Schema of hexapla.toml
    Schema,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    match args.what {
        Some(What::Schema) => print(&(serde_json::to_string_pretty(&config::schema())? + "\n")),
        Some(What::Show) | None => {
            let settings = load(global, &Overrides::default())?;
            let files: Vec<String> = settings.files().map(|file| file.display().to_string()).collect();
            let from = if files.is_empty() { "the defaults; no settings file".to_owned() } else { files.join(", ") };
            print(&format!("# from {from}\n{}", config::to_toml(&settings)))
        }
    }
}

/// The settings of this run. A rule that does not exist is an error here, because only here are
/// both the settings and the rules known.
pub(super) fn load(global: &Global, overrides: &Overrides) -> Result<Settings, Failure> {
    let cwd = std::env::current_dir()?;
    let settings = Settings::load(global.config.as_deref(), &cwd, overrides)?;
    let families = crate::lint::RULES.iter().map(|rule| rule.family.name());
    let known: Vec<&str> = crate::lint::RULES.iter().map(|rule| rule.name).chain(families).collect();
    for (name, place) in settings.rule_names() {
        if !known.contains(&name) {
            return Err(settings.unknown_rule(name, place, known.iter().copied()).into());
        }
    }
    // No rule has options of its own yet, beside `severity`.
    for rule in crate::lint::RULES {
        if let Some(option) = settings.rule_options(rule.name).and_then(|table| table.keys().next()) {
            let message = format!("the rule `{}` has no option `{option}`", rule.name);
            return Err(settings.option_error(rule.name, option, message).into());
        }
    }
    Ok(settings)
}
