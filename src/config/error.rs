//! What is wrong in a settings file, shown where it is written.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::text::LineIndex;

/// Settings that cannot be used. Its `Display` has the place, the line and a remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    path: PathBuf,
    message: String,
    help: Option<String>,
    mark: Option<Mark>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    line: u32,
    column: u32,
    text: String,
    pad: usize,
    width: usize,
}

impl ConfigError {
    /// An error about the whole file.
    pub fn new(path: &Path, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { path: path.to_owned(), message: message.into(), help: None, mark: None }))
    }

    /// An error about some bytes of the file.
    pub(super) fn at(path: &Path, text: &str, span: Option<Range<usize>>, message: impl Into<String>) -> Self {
        let mut error = Self::new(path, message);
        error.0.mark = span.map(|span| mark(text, span));
        error
    }

    /// The same error with a remedy.
    pub fn with_help(mut self, help: Option<String>) -> Self {
        self.0.help = help;
        self
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// What is wrong, without its place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// 1-based line and column, where known.
    pub fn line_column(&self) -> Option<(u32, u32)> {
        self.0.mark.as_ref().map(|mark| (mark.line, mark.column))
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, message, help, mark } = &*self.0;
        let path = path.display();
        match mark {
            None => write!(f, "{path}: {message}")?,
            Some(mark) => {
                let line = mark.line.to_string();
                let gutter = " ".repeat(line.len());
                writeln!(f, "{path}:{line}:{}: {message}", mark.column)?;
                writeln!(f, "{gutter} |")?;
                writeln!(f, "{line} | {}", mark.text)?;
                write!(f, "{gutter} | {}{}", " ".repeat(mark.pad), "^".repeat(mark.width))?;
            }
        }
        match help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

fn mark(text: &str, span: Range<usize>) -> Mark {
    use unicode_width::UnicodeWidthStr;
    let position = LineIndex::new(text).position(text, span.start as u32);
    let start = position.byte as usize;
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let mut end = span.end.clamp(start, last);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Mark {
        line: position.line,
        column: position.column,
        text: text[first..last].replace('\t', " ").trim_end().to_owned(),
        pad: text[first..start].replace('\t', " ").width(),
        width: text[start..end].trim_end().width().max(1),
    }
}

/// Where in the settings something was written: a file and the way down to a key or an item. The
/// bytes are looked up only when there is something to say about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index of the file, in the order read; `None` for the command line.
    pub(super) file: Option<usize>,
    pub(super) steps: Vec<Step>,
    /// Whether the key is meant and not its value.
    pub(super) key: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(item: usize) -> Self {
        Step::Item(item)
    }
}

impl Place {
    /// The bytes of this place in the text of its file.
    pub(super) fn span(&self, text: &str) -> Option<Range<usize>> {
        let table = DeTable::parse(text).ok()?;
        let mut span = table.span();
        let mut value = DeValue::Table(table.into_inner());
        for (index, step) in self.steps.iter().enumerate() {
            let next = match (step, value) {
                (Step::Key(key), DeValue::Table(table)) => {
                    let (name, next) = table.into_iter().find(|(name, _)| name.get_ref() == key)?;
                    if self.key && index + 1 == self.steps.len() {
                        return Some(name.span());
                    }
                    next
                }
                (Step::Item(item), DeValue::Array(items)) => items.into_iter().nth(*item)?,
                _ => return None,
            };
            span = next.span();
            value = next.into_inner();
        }
        Some(span)
    }
}

/// The candidate that `word` was probably meant to be.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The error of the TOML reader in our words.
pub(super) fn from_toml(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let (message, help) = in_our_words(error.message());
    ConfigError::at(path, text, error.span(), message).with_help(help)
}

/// What a reader of values says of one, and the remedy.
pub(super) fn in_our_words(message: &str) -> (String, Option<String>) {
    let words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let guess = |candidates: &[&'_ str]| -> Option<String> {
        let word = did_you_mean(words[0], candidates.iter().copied())?;
        Some(format!("did you mean `{word}`?"))
    };
    if message.starts_with("unknown field") && !words.is_empty() {
        let help = guess(&words[1..]).unwrap_or_else(|| format!("the keys here are {}", words[1..].join(", ")));
        (format!("unknown key `{}`", words[0]), Some(help))
    } else if message.starts_with("unknown variant") && !words.is_empty() {
        let help = guess(&words[1..]).unwrap_or_else(|| format!("one of {}", words[1..].join(", ")));
        (format!("unknown value `{}`", words[0]), Some(help))
    } else {
        (message.trim().replace('\n', ", "), None)
    }
}
