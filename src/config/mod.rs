//! `hexapla.toml`: as written ([`RawConfig`]) → as meant ([`Settings`]). This room does not know
//! which rules there are: it keeps their names and their places, and whoever has the list asks
//! [`Settings::unknown_rule`] for the words to say.

mod error;
mod files;
mod find;
mod globs;
mod layout;
mod raw;
mod settings;

pub use error::{ConfigError, Place, did_you_mean};
pub use files::{FilePattern, Matched, Resource};
pub use find::{FILE_NAMES, find};
pub use globs::Globs;
pub use layout::Layout;
pub use raw::{FailOn, Level, RawConfig, RawLabels, RawLayout, RawOverride, RawResource, RawTerms};
pub use settings::{Overrides, Settings};

/// The JSON Schema of `hexapla.toml`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(RawConfig).to_value()
}

/// The settings in force, as a `hexapla.toml` that would give them.
pub fn to_toml(settings: &Settings) -> String {
    toml::to_string_pretty(&settings.to_raw()).expect("settings are plain data")
}
