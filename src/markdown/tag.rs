//! One HTML tag, read with `html5gum`.

use html5gum::{Token, Tokenizer};

/// Whether a tag opens, closes, or does both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `<b>`
    Open,
    /// `</b>`
    Close,
    /// `<br/>`, and the void elements of HTML (`<br>`, `<img>`).
    Void,
}

/// One tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, lower case.
    pub name: String,
    /// Whether it opens or closes.
    pub kind: TagKind,
    /// Attributes by name.
    pub attributes: Vec<(String, String)>,
}

/// Elements that HTML never closes (WHATWG HTML, 13.1.2).
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"];

impl Tag {
    /// Reads the tag that `html` begins with; `None` for a comment or anything else.
    pub fn read(html: &str) -> Option<Self> {
        Tokenizer::new(html).flatten().next().and_then(Self::of)
    }

    /// The tags of `html`, in order; those in comments are none.
    pub fn read_all(html: &str) -> impl Iterator<Item = Self> + '_ {
        Tokenizer::new(html).flatten().filter_map(Self::of)
    }

    fn of(token: Token) -> Option<Self> {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let void = tag.self_closing || VOID.contains(&name.as_str());
                let kind = if void { TagKind::Void } else { TagKind::Open };
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let attributes = tag.attributes.iter().map(|(key, value)| (text(key), text(value))).collect();
                Some(Self { name, kind, attributes })
            }
            Token::EndTag(tag) => Some(Self {
                name: String::from_utf8_lossy(&tag.name).into_owned(),
                kind: TagKind::Close,
                attributes: Vec::new(),
            }),
            _ => None,
        }
    }

    /// The source and the alternative text of `<img src="…" alt="…">`.
    pub fn image(&self) -> Option<(String, String)> {
        let value = |name: &str| self.attribute(name).map(|it| it.trim().to_owned());
        let source = value("src").filter(|_| self.name == "img")?;
        Some((source, value("alt").unwrap_or_default()))
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}
