//! What can be seen of an article without parsing it: a few front matter values, whether it is
//! bilingual, and its heading anchors. Bytes are scanned, and as few of them as will do.

use std::cell::RefCell;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// What the first look at an article tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// `ms.contentlocale`.
    pub content_locale: Option<String>,
    /// `lang` or `language`.
    pub lang: Option<String>,
    /// `ms.openlocfilehash`: equal for articles made from the same source.
    pub source_hash: Option<String>,
    /// `ms.sourcegitcommit`.
    pub source_commit: Option<String>,
    /// `ms.translationtype`.
    pub translation_type: Option<String>,
    /// Whether it holds bilingual spans.
    pub bilingual: bool,
}

static UNIT_ID: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("data-ttu-id"));
static ANCHOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("<a name=\""));

/// The first read: the front matter and, in a bilingual article, its first span.
const HEAD: usize = 8 << 10;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Looks at a file. A file that cannot be read tells nothing; loading it will say why.
pub fn probe(path: &Path) -> Probe {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        let mut it = Probe::default();
        let Ok(mut file) = File::open(path) else { return it };
        if file.by_ref().take(HEAD as u64).read_to_end(buffer).is_err() {
            return it;
        }
        it.bilingual = UNIT_ID.find(buffer).is_some();
        let mut whole = buffer.len() < HEAD;
        let mut head = front_matter(buffer);
        if !whole && (!it.bilingual || matches!(head, Head::Open)) {
            whole = file.take(crate::text::MAX_SOURCE_BYTES).read_to_end(buffer).is_ok();
            it.bilingual |= UNIT_ID.find(buffer).is_some();
            head = front_matter(buffer);
        }
        judge(buffer, whole, head, &mut it);
        it
    })
}

/// The same of a text that is not on disk.
pub(super) fn probe_text(text: &str) -> Probe {
    let bytes = text.as_bytes();
    let mut it = Probe { bilingual: UNIT_ID.find(bytes).is_some(), ..Probe::default() };
    judge(bytes, true, front_matter(bytes), &mut it);
    it
}

fn judge(bytes: &[u8], whole: bool, head: Head, it: &mut Probe) {
    match head {
        Head::Closed(from, to) => read_values(&bytes[from..to], it),
        // Front matter without an end is read as far as its keys go.
        Head::Open if whole => read_values(bytes, it),
        _ => read_page(bytes, it),
    }
}

enum Head {
    None,
    Open,
    Closed(usize, usize),
}

fn front_matter(bytes: &[u8]) -> Head {
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut lines = Lines { bytes, at: bom };
    let Some((_, first)) = lines.next() else { return Head::None };
    if first.starts_with(b"### YamlMime:") {
        return Head::Closed(bom, bytes.len());
    }
    if first.trim_ascii_end() != b"---" {
        return Head::None;
    }
    let from = lines.at;
    match lines.find(|(_, line)| matches!(line.trim_ascii_end(), b"---" | b"...")) {
        Some((to, _)) => Head::Closed(from, to),
        None => Head::Open,
    }
}

struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let start = self.at;
        self.at += length + 1;
        Some((start, &rest[..length]))
    }
}

fn read_values(bytes: &[u8], it: &mut Probe) {
    for (_, line) in (Lines { bytes, at: 0 }) {
        // A help article in YAML keeps these keys one level down, below `metadata:`.
        let line = line.trim_ascii();
        if !(line.starts_with(b"ms.") || line.starts_with(b"lang")) {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else { continue };
        let slot = match &line[..colon] {
            b"ms.contentlocale" => &mut it.content_locale,
            b"lang" | b"language" => &mut it.lang,
            b"ms.openlocfilehash" => &mut it.source_hash,
            b"ms.sourcegitcommit" => &mut it.source_commit,
            b"ms.translationtype" => &mut it.translation_type,
            _ => continue,
        };
        let value = String::from_utf8_lossy(line[colon + 1..].trim_ascii());
        let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value.to_owned());
        }
    }
}

/// What a published page says of itself: `<html lang="…">`, and `<meta name="ms.…" content="…">`.
fn read_page(bytes: &[u8], it: &mut Probe) {
    let head = &bytes[..bytes.len().min(HEAD)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return;
    }
    let text = String::from_utf8_lossy(head);
    let value = |from: &str, key: &str| {
        let at = text.find(from)?;
        let tag = &text[at..at + text[at..].find('>')?];
        let value = &tag[tag.find(key)? + key.len()..];
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        let value = value[1..].split(quote).next()?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let meta = |name: &str| value(&format!("<meta name=\"{name}\""), " content=");
    it.lang = value("<html", " lang=");
    it.content_locale = meta("ms.contentlocale");
    it.source_hash = meta("ms.openlocfilehash");
}

/// The `<a name="…">` anchors that stand in headings, hashed, sorted, each once.
pub fn heading_anchors(path: &Path) -> Vec<u64> {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        let read = File::open(path).and_then(|file| file.take(crate::text::MAX_SOURCE_BYTES).read_to_end(buffer));
        if read.is_err() {
            return Vec::new();
        }
        anchors_in(buffer)
    })
}

/// The same of a text that is not on disk.
pub(super) fn anchors_in(text: &[u8]) -> Vec<u64> {
    let mut anchors: Vec<u64> = ANCHOR
        .find_iter(text)
        .filter(|&at| {
            let line = memchr::memrchr(b'\n', &text[..at]).map_or(0, |line| line + 1);
            text[line..at].trim_ascii_start().starts_with(b"#")
        })
        .filter_map(|at| {
            let name = &text[at + ANCHOR.needle().len()..];
            let end = memchr::memchr2(b'"', b'\n', name)?;
            let mut hasher = DefaultHasher::new();
            name[..end].hash(&mut hasher);
            Some(hasher.finish())
        })
        .collect();
    anchors.sort_unstable();
    anchors.dedup();
    anchors
}
