//! Addresses of files, as the protocol writes them: `file:///home/ana/docs/a%20b.md`.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What stands for itself in a path: all but these.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The path of a file; `None` for an address of something else.
pub(super) fn path_of(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    let at = rest.find('/')?;
    let (host, path) = rest.split_at(at);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if path.contains('\0') {
        return None;
    }
    // `/C:/docs` is `C:/docs` where paths begin with a drive.
    let is_drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    Some(match host {
        "" | "localhost" => PathBuf::from(if is_drive { &path[1..] } else { &path }),
        host if cfg!(windows) => PathBuf::from(format!("//{host}{path}")),
        _ => return None,
    })
}

/// The address of a file.
pub(super) fn address_of(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(&path, RESERVED))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_again() {
        for path in ["/a/b.md", "/a b/日本語.md", "/100%/#1?.md"] {
            assert_eq!(path_of(&address_of(Path::new(path))).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(path_of("file:///c%C3%A9.md").as_deref(), Some(Path::new("/cé.md")));
        assert_eq!(path_of("untitled:Untitled-1"), None);
        assert_eq!(path_of("file:///a%00"), None);
    }
}
