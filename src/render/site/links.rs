//! Addresses as articles write them → addresses in the site.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::plan::{Entry, Plan};

/// Where a link of an article leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page of the site, from the page that the link stands on; with the locale where that is
    /// another one.
    Page(String, Option<String>),
    /// A page elsewhere.
    Elsewhere(String),
    /// Nowhere that is known; what it says is text.
    Nowhere,
}

/// The article that links are written in, and the page that they stand on.
pub(super) struct From<'l, 'a> {
    pub plan: &'l Plan<'a>,
    pub key: &'l str,
    pub locale: &'l str,
    /// The page, from the folder of the site.
    pub file: &'l str,
}

impl From<'_, '_> {
    pub fn target(&self, address: &str) -> Target {
        let address = address.trim();
        let lower = address.to_ascii_lowercase();
        let is_safe = |it: &str| !it.chars().any(|it| it.is_control() || it.is_whitespace());
        if ["http://", "https://", "mailto:", "tel:"].iter().any(|it| lower.starts_with(it)) {
            return if is_safe(address) { Target::Elsewhere(encoded(address)) } else { Target::Nowhere };
        }
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let path = path.split('?').next().unwrap_or_default();
        if path.starts_with("//") || path.contains([':', '\\']) {
            return Target::Nowhere;
        }
        let path = decoded(path);
        let Some(key) = (if path.is_empty() { Some(self.key.to_owned()) } else { below(self.key, &path) }) else {
            return Target::Nowhere;
        };
        let Some(entry) = self.plan.find(&key) else { return Target::Nowhere };
        let locale = match entry.articles.contains_key(self.locale) {
            true => self.locale,
            false => entry.source_locale,
        };
        if !entry.articles.contains_key(locale) {
            return Target::Nowhere;
        }
        let file = file_of(entry, locale, &decoded(anchor));
        let other = (locale != self.locale).then(|| locale.to_owned());
        Target::Page(relative(self.file, &file), other)
    }
}

/// The page that holds a section of an article, with its fragment.
fn file_of(entry: &Entry<'_>, locale: &str, anchor: &str) -> String {
    if let Some(name) = entry.moved.get(anchor).and_then(|id| entry.procedures.get(id)) {
        return format!("{locale}/{name}.html");
    }
    let fragment = if entry.sections.contains(anchor) && !anchor.is_empty() {
        format!("#{}", super::html::fragment_of(anchor))
    } else {
        String::new()
    };
    format!("{locale}/{}.html{fragment}", entry.name)
}

/// A path as an article writes it, from the folder of all articles; `None` where it leads out.
pub(super) fn below(key: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = key.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from one page to another, both from the folder of the site.
pub(super) fn relative(from: &str, to: &str) -> String {
    let (path, fragment) = to.split_once('#').map_or((to, None), |(path, rest)| (path, Some(rest)));
    if let Some(fragment) = fragment.filter(|_| path == from) {
        return format!("#{fragment}");
    }
    let own: Vec<&str> = from.split('/').collect();
    let other: Vec<&str> = to.split('/').collect();
    let folders = own.len().min(other.len()) - 1;
    let same = (0..folders).take_while(|&at| own[at] == other[at]).count();
    let up = "../".repeat(own.len() - 1 - same);
    format!("{up}{}", other[same..].join("/"))
}

/// What an id has to have in hex to be the fragment of an address.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'?');

/// What no address in an attribute may hold.
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// An id as the fragment of an address.
pub(super) fn fragment(id: &str) -> String {
    utf8_percent_encode(id, FRAGMENT).to_string()
}

/// An address as an attribute may hold it.
fn encoded(address: &str) -> String {
    utf8_percent_encode(address, UNSAFE).to_string()
}

/// `%20` as what it stands for.
pub fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_pages() {
        assert_eq!(relative("de/a.html", "de/b.html#x"), "b.html#x");
        assert_eq!(relative("de/guide/a.html", "fr/guide/a.html"), "../../fr/guide/a.html");
        assert_eq!(relative("de/a.html", "de/a.html#x"), "#x");
        assert_eq!(relative("index.html", "de/index.html"), "de/index.html");
    }

    #[test]
    fn no_path_leads_out() {
        assert_eq!(below("guide/renew", "../faq.yml").as_deref(), Some("faq.yml"));
        assert_eq!(below("guide/renew", "../../etc/passwd"), None);
        assert_eq!(below("guide/renew", "/a/./b.md").as_deref(), Some("a/b.md"));
        assert_eq!(decoded("a%20b%zz%"), "a b%zz%");
    }
}
