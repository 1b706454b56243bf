//! Texts as parts of addresses (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters (section 2.3) and the slash. A colon is among them: before the
/// first slash it would end a scheme.
const NO_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// The same without the sign of a fragment.
const NO_REFERENCE: &AsciiSet = &NO_PATH.remove(b'#');

/// A path as a relative address: what may not stand there is written in hex.
pub fn uri(path: &str) -> String {
    utf8_percent_encode(path, NO_PATH).to_string()
}

/// The same, where `#` begins a fragment.
pub fn uri_reference(text: &str) -> String {
    utf8_percent_encode(text, NO_REFERENCE).to_string()
}
