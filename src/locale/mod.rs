//! BCP 47 locales and their conventions, as data (`data/<lang>.yaml`). No other room names a
//! language in code.

mod languages;
mod tag;

pub use languages::{Plausibility, plausible_locale};
pub use tag::Locale;
