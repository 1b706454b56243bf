//! Bytes → text, for files of other tools.

use std::borrow::Cow;

use super::ReadError;

/// Larger files are not read.
const MAX_BYTES: usize = 256 << 20;

/// The text of a file: UTF-8, or UTF-16 by its first bytes.
///
/// # Errors
/// When it is in another encoding, or too large.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    let wide = match bytes {
        [0xfe, 0xff, rest @ ..] => Some((rest, true)),
        [0xff, 0xfe, rest @ ..] => Some((rest, false)),
        [0, b'<', ..] => Some((bytes, true)),
        [b'<', 0, ..] => Some((bytes, false)),
        _ => None,
    };
    if let Some((bytes, is_big)) = wide {
        let unit = |pair: &[u8]| match (pair, is_big) {
            (&[high, low], true) | (&[low, high], false) => u16::from_be_bytes([high, low]),
            _ => 0,
        };
        let text: Result<String, _> = char::decode_utf16(bytes.chunks(2).map(unit)).collect();
        return text.map(Cow::Owned).map_err(|_| ReadError("it is not the UTF-16 that it begins as".to_owned()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let (Some(other), false) = (encoding(bytes), bytes.is_ascii()) {
        return Err(ReadError(format!("it is in {other}: save it as UTF-8")));
    }
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        ReadError(format!("line {}: not UTF-8", memchr::memchr_iter(b'\n', before).count() + 1))
    })
}

/// The encoding that an XML declaration names, where it is not UTF-8.
fn encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let name = value.get(1..)?.split(['"', '\'']).next()?;
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    (!known.contains(&&*name.to_ascii_lowercase())).then(|| name.to_owned())
}
