//! BCP 47 locales and their conventions, as data (`data/<lang>.yaml`). No other room names a
//! language in code, and adding one is a YAML file and its line in `data.rs`.

mod changes;
mod data;
mod foreign;
mod frames;
mod identify;
mod inflection;
mod languages;
mod lexicon;
mod matcher;
mod patterns;
mod policies;
mod profile;
mod register;
mod sentences;
mod sets;
mod site;
mod tag;
mod typography;
mod words;

pub use changes::ChangeError;
pub use data::{LocaleData, matches, prepare, supported};
pub use foreign::{ForeignRun, foreign_run, foreign_run_with, wrong_chinese};
pub use frames::{FrameTest, FrameWords, Frames, Phrases};
pub use identify::{Identified, identify, identify_other};
pub use inflection::Inflection;
pub use languages::{Plausibility, plausible_locale};
pub use lexicon::{Cue, DateOrder, Dates, Lexicon, Notion, Numbers, Patterns, Relation, TimeUnit};
pub use matcher::{Hit, Matcher, Sense};
pub use patterns::is_unspaced;
pub use policies::{Mark, Policies, PolicyTest, PolicyWords, Sort};
pub use profile::{Profile, Script, profile, words};
pub use register::{Register, RegisterWords};
pub use sentences::segment;
pub use sets::{CharSet, Fnv, WordSet};
pub use site::SiteWords;
pub use tag::Locale;
pub use typography::Typography;
pub use words::{Words, is_ambiguous_currency, is_currency};
