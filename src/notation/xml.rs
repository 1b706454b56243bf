//! Reading XML: an element at a time, with what it holds. No entity is ever looked up, in the file
//! or outside of it, and no file is deeper or larger than a person or a tool would make it.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::ReadError;

/// Deeper files are not read.
const MAX_DEPTH: usize = 200;

/// An element. Names are without their prefix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// The names, with their prefix, and values of its attributes.
    attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text, CDATA and references, joined.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// The value of an attribute of another namespace, whatever a tool calls that.
    pub fn foreign(&self, name: &str) -> Option<&str> {
        let is_it = |key: &str| key.rsplit_once(':').is_some_and(|(_, local)| local == name);
        self.attributes.iter().find(|(key, _)| is_it(key)).map(|(_, value)| &**value)
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it that have this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |it| it.name == name)
    }

    /// The first of them.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find(|it| it.name == name)
    }

    /// The text in it, that of its elements too.
    pub fn text(&self) -> String {
        self.children
            .iter()
            .map(|node| match node {
                Node::Text(text) => text.clone(),
                Node::Element(element) => element.text(),
            })
            .collect()
    }
}

/// What a walk meets.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// An element begins; what it holds comes after.
    Open(Element),
    /// An element of those that were asked for, with all that it holds.
    Whole(Element),
}

/// A walk through a file from its beginning to its end.
pub struct Walk<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    whole: &'static [&'static str],
    depth: usize,
    seen_root: bool,
}

impl<'a> Walk<'a> {
    /// A walk that gives these elements whole.
    pub fn new(text: &'a str, whole: &'static [&'static str]) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Walk { text, reader, whole, depth: 0, seen_root: false }
    }

    /// The next step; `None` at the end.
    ///
    /// # Errors
    /// When the file is not well-formed.
    pub fn step(&mut self) -> Result<Option<Step>, ReadError> {
        // Those of the element that is asked for which are open.
        let mut open: Vec<Element> = Vec::new();
        loop {
            let event = self.reader.read_event().map_err(|error| self.broken(self.reader.error_position(), &error))?;
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    self.seen_root = true;
                    if self.depth > MAX_DEPTH {
                        return Err(self.fail("elements are nested too deep"));
                    }
                    let element = self.element(&tag)?;
                    if open.is_empty() && !self.whole.contains(&&*element.name) {
                        return Ok(Some(Step::Open(element)));
                    }
                    open.push(element);
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    let Some(element) = open.pop() else { continue };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(Node::Element(element)),
                        None => return Ok(Some(Step::Whole(element))),
                    }
                }
                Event::Text(it) => push(&mut open, &it.xml10_content()),
                Event::CData(it) => push(&mut open, &it.xml10_content()),
                Event::GeneralRef(it) => push(&mut open, self.resolve(&it)?.encode_utf8(&mut [0; 4])),
                Event::Eof if self.depth > 0 => return Err(self.fail("the file ends in the middle of an element")),
                Event::Eof if !self.seen_root => return Err(ReadError("this is not XML".to_owned())),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn element(&self, tag: &BytesStart<'_>) -> Result<Element, ReadError> {
        let name = tag.local_name().as_ref().to_owned();
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.fail(error))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| self.fail(error))?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Element { name, attributes, children: Vec::new() })
    }

    fn resolve(&self, it: &BytesRef<'_>) -> Result<char, ReadError> {
        match it.resolve_char_ref().map_err(|error| self.fail(error))? {
            Some(it) => Ok(it),
            None => match &**it {
                "amp" => Ok('&'),
                "lt" => Ok('<'),
                "gt" => Ok('>'),
                "apos" => Ok('\''),
                "quot" => Ok('"'),
                name => Err(self.fail(format!("the entity `{name}` is not one of XML's own"))),
            },
        }
    }

    /// An error at the place that was read last.
    pub fn fail(&self, message: impl std::fmt::Display) -> ReadError {
        self.broken(self.reader.buffer_position(), &message)
    }

    fn broken(&self, at: u64, message: &dyn std::fmt::Display) -> ReadError {
        let before = &self.text.as_bytes()[..self.text.len().min(at as usize)];
        ReadError(format!("line {}: {message}", memchr::memchr_iter(b'\n', before).count() + 1))
    }
}

fn push(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else { return };
    match element.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => element.children.push(Node::Text(text.to_owned())),
    }
}
