//! BCP 47 locales and their conventions, as data (`data/<lang>.yaml`). No other room names a
//! language in code.

mod tag;

pub use tag::Locale;

use std::ops::Range;
/// Stub.
pub fn segment(text: &str, _locale: &Locale, _protected: &[Range<usize>]) -> Vec<Range<usize>> {
    vec![0..text.len()]
}
