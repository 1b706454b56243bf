//! Keys of articles → names of files: safe on every file system, different for different keys, and
//! the same whichever other articles there are.

use std::collections::BTreeMap;

/// The folder of the articles' pages.
pub(super) const FOLDER: &str = "articles";

/// So long a key becomes its own name.
const LONGEST: usize = 80;

/// Which page each article is on.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// By the path of the article.
    of_paths: BTreeMap<String, String>,
}

impl Names {
    /// Gives the articles of a group, by their paths, the page of its key.
    pub fn add<'p>(&mut self, key: &str, paths: impl IntoIterator<Item = &'p str>) {
        let name = name(key);
        self.of_paths.extend(paths.into_iter().map(|path| (path.to_owned(), name.clone())));
    }

    /// The page of an article, in the folder of pages.
    pub fn page(&self, path: &str) -> Option<String> {
        self.of_paths.get(path).map(|name| format!("{name}.html"))
    }
}

/// The name of the page of a key. `guide/renew` becomes `guide.renew`; a key with any other letters
/// than `a` to `z`, digits and hyphens becomes what is left of it, `~`, and a hash of it: two keys
/// that differ in case only are two files where case does not count.
pub(super) fn name(key: &str) -> String {
    let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    let is_plain = key.len() <= LONGEST
        && key.split('/').all(|part| !part.is_empty() && part.bytes().all(plain))
        && !is_device(key.split('/').next().unwrap_or_default());
    if is_plain {
        return key.replace('/', ".");
    }
    format!("{}~{}", slug(key), &blake3::hash(key.as_bytes()).to_hex()[..12])
}

/// A text as part of the name of a file: small letters, digits, and hyphens between them.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for it in text.chars() {
        match it.to_ascii_lowercase() {
            it @ ('a'..='z' | '0'..='9') => out.push(it),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    out.truncate(LONGEST);
    out.trim_end_matches('-').to_owned()
}

/// Whether a slug is the name of a device, on Windows.
pub fn is_device(part: &str) -> bool {
    let numbered = |name: &str| part.strip_prefix(name).is_some_and(|it| it.len() == 1);
    matches!(part, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Whether a path is one that a report is made of. Nothing else is ever removed.
pub fn is_page(file: &str) -> bool {
    let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'-' | b'~' | b'.');
    match file.strip_prefix(FOLDER).and_then(|it| it.strip_prefix('/')) {
        Some(name) => name.ends_with(".html") && name.bytes().all(plain) && !name.starts_with('.'),
        None => matches!(file, "index.html" | "rules.html"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_page, name};

    #[test]
    fn names_are_safe_and_tell_keys_apart() {
        assert_eq!(name("guide/renew-a-plan"), "guide.renew-a-plan");
        for odd in ["README", "readme.", "../../etc/passwd", "con", "aux/x", "a b", "日本", "", "a//b"] {
            let name = name(odd);
            assert!(name.contains('~') && is_page(&format!("articles/{name}.html")), "{odd}: {name}");
        }
        assert_ne!(name("Readme"), name("README"));
        assert_ne!(name("日本"), name("中国"));
        assert!(name(&"x/".repeat(400)).len() < 100);
    }

    #[test]
    fn only_pages_are_pages() {
        for other in ["articles/../x.html", "articles/.html", "../index.html", "articles/a/b.html", "notes.html"] {
            assert!(!is_page(other), "{other}");
        }
    }
}
