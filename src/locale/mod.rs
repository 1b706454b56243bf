//! BCP 47 locales and their conventions, as data (`data/<lang>.yaml`). No other room names a
//! language in code.

mod tag;

pub use tag::Locale;
