//! `hexapla config`

use serde_json::json;

use super::{Failure, Global, print};
use crate::config::{self, Overrides, Settings};
use crate::locale::Locale;

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
    /// The words by which a language states numbers, dates, duties and limits, with the changes of
    /// the settings
    Lexicon {
        /// The locale, such as ja or pt-BR
        #[arg(value_name = "LOCALE")]
        locale: String,
    },
}

/// How the patterns of a lexicon are written, above them.
const PATTERNS: &str = "\
# Patterns are in lower case, parted by ` | `: `month*` is open at its end, `...` is up to six words of
# the sentence, `N` is the quantity. In hexapla.toml a text adds to a list; { only = \"…\" } stands in
# its place; { without = \"…\" } takes from it.
";

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    match &args.what {
        Some(What::Lexicon { locale }) => {
            let locale = &Locale::parse(locale).ok_or_else(|| format!("`{locale}` is no locale"))?;
            let settings = load(global, &Overrides::default())?;
            let words = settings.words(locale);
            let note = match (locale.data(), std::ptr::eq(words, locale.words())) {
                (None, true) => "no words are known of this language; state them here",
                (_, true) => "as hexapla has them",
                (_, false) => "with the changes of the settings",
            };
            let tables = json!({"lexicon": {locale.tag(): words.lexicon.as_changes()}});
            print(&format!("# {note}\n{PATTERNS}{}", toml::to_string(&tables)?))
        }
        Some(What::Schema) => print(&(serde_json::to_string_pretty(&config::schema())? + "\n")),
        Some(What::Show) | None => {
            let settings = load(global, &Overrides::default())?;
            let files: Vec<String> = settings.files().map(|file| file.display().to_string()).collect();
            let from = if files.is_empty() { "the defaults; no settings file".to_owned() } else { files.join(", ") };
            print(&format!("# from {from}\n{}", config::to_toml(&settings)))
        }
    }
}

/// The settings of this run. A rule that does not exist is an error.
pub(super) fn load(global: &Global, overrides: &Overrides) -> Result<Settings, Failure> {
    let cwd = std::env::current_dir()?;
    let settings = Settings::load(global.config.as_deref(), &cwd, overrides)?;
    crate::lint::refuse_unknown(&settings)?;
    Ok(settings)
}
