//! Published pages: the blocks of HTML, with their places. `html5gum` says where a tag is; a tree
//! builder such as `scraper` has no places, and is asked only for what is not text (the page's
//! language, its title).

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::markdown::{self, Entry, FrontMatter, Node, NodeKind, ScalarStyle, Tree};
use crate::text::Span;

/// A page says what it is within this many bytes.
const MAX_HEAD: usize = 64 << 10;

/// Reads a page into a tree of leaves.
pub(super) fn parse(text: &str) -> Tree {
    let (bilingual, problems) = markdown::scan_bilingual(text);
    let mut tree = Tree { bilingual, problems, front_matter: Some(page_data(text)), ..Tree::default() };
    let emitter: DefaultEmitter<usize> = DefaultEmitter::new_with_span();
    let mut open: Option<(NodeKind, usize, String, Option<Box<str>>)> = None;
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let anchor = ["id", "name"].iter().find_map(|key| {
                    let value = tag.attributes.iter().find(|(found, _)| found.as_slice() == key.as_bytes())?.1;
                    Some(String::from_utf8_lossy(&value.value).as_ref().into())
                });
                if let Some(kind) = kind(&name) {
                    close(&mut tree, &mut open, tag.span.start);
                    open = Some((kind, tag.span.start, name, anchor));
                } else if let Some((NodeKind::Heading { .. }, _, _, slot)) = &mut open
                    && name == "a"
                    && anchor.is_some()
                {
                    *slot = anchor;
                }
            }
            Token::EndTag(tag) => {
                let ends = open.as_ref().is_some_and(|(_, _, name, _)| name.as_bytes() == tag.name.as_slice());
                if ends {
                    close(&mut tree, &mut open, tag.span.end);
                }
            }
            _ => {}
        }
    }
    close(&mut tree, &mut open, text.len());
    tree
}

fn kind(name: &str) -> Option<NodeKind> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => NodeKind::Heading { level: name.as_bytes()[1] - b'0', anchor: None },
        "p" | "li" | "td" | "th" | "dt" | "dd" | "figcaption" | "summary" | "blockquote" => NodeKind::Html,
        _ => return None,
    })
}

fn close(tree: &mut Tree, open: &mut Option<(NodeKind, usize, String, Option<Box<str>>)>, end: usize) {
    let Some((mut kind, start, _, found)) = open.take() else { return };
    if let NodeKind::Heading { anchor, .. } = &mut kind {
        *anchor = found;
    }
    let at = tree.nodes.len() as u32;
    let inlines = tree.inlines.len() as u32;
    tree.nodes.push(Node { kind, span: Span::new(start, end), parent: None, end: at + 1, inlines: (inlines, inlines) });
}

/// What a page says about itself, under the keys that front matter has for it.
fn page_data(text: &str) -> FrontMatter {
    let page = scraper::Html::parse_document(head(text));
    let select = |selector: &str| scraper::Selector::parse(selector).ok();
    let mut entries = Vec::new();
    let mut push = |path: &str, value: &str| {
        let (path, value) = (path.into(), value.into());
        entries.push(Entry { path, key: Span::at(0), span: Span::at(0), value, style: ScalarStyle::Plain });
    };
    if let Some(language) = select("html[lang]").and_then(|it| page.select(&it).next()?.attr("lang").map(str::to_owned))
    {
        push("lang", &language);
    }
    for meta in select("meta[name][content]").iter().flat_map(|it| page.select(it)) {
        let (Some(name), Some(content)) = (meta.attr("name"), meta.attr("content")) else { continue };
        if name.starts_with("ms.") {
            push(name, content);
        }
    }
    FrontMatter { entries, ..FrontMatter::default() }
}

/// The part of a page that speaks of the page. The rest is not given to the tree builder: it looks
/// through all open elements for each that opens, which deep nesting makes slow.
fn head(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(MAX_HEAD)];
    let end = memchr::memmem::find_iter(near.as_bytes(), b"<").find(|at| {
        let tag = &near.as_bytes()[at + 1..];
        tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"body"))
    });
    &near[..end.unwrap_or(near.len())]
}
