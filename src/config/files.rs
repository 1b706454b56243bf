//! Files that the settings name: paths with `*`, `**` and `{locale}`.

use std::path::{Path, PathBuf};

use regex::Regex;

use super::Place;

/// A pattern of paths, and where it is written.
#[derive(Clone, Debug)]
pub struct FilePattern {
    text: String,
    place: Place,
    /// The folder that holds all that it can mean.
    folder: PathBuf,
    /// The way there, as written.
    prefix: String,
    /// What is left of the pattern there.
    rest: Regex,
    depth: Option<usize>,
}

/// Files of the product's strings.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The files, one a locale, or each with its translations.
    pub files: FilePattern,
    /// The file of the source, where it is named.
    pub source: Option<FilePattern>,
}

/// A path that a pattern means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matched {
    /// The path as the pattern would write it.
    pub shown: String,
    /// What stands for `{locale}`.
    pub locale: Option<String>,
    /// What stands for the asterisks.
    pub stars: Vec<String>,
}

impl FilePattern {
    /// Compiles a pattern that is relative to `home`. `with_locale` allows `{locale}`.
    pub(super) fn new(text: &str, home: &Path, place: Place, with_locale: bool) -> Result<Self, String> {
        let bare = text.strip_prefix("./").unwrap_or(text);
        if bare.is_empty() || bare.ends_with('/') {
            return Err("this names no file".to_owned());
        }
        let open = bare.find(['*', '?', '{']).unwrap_or(bare.len());
        let cut = bare[..open].rfind('/').map_or(0, |at| at + 1);
        let (prefix, rest) = bare.split_at(cut);
        let depth = (!rest.contains("**")).then(|| rest.split('/').count());
        let rest = compile(rest, with_locale)?;
        Ok(FilePattern {
            text: text.to_owned(),
            place,
            folder: home.join(prefix),
            prefix: prefix.to_owned(),
            rest,
            depth,
        })
    }

    /// The pattern as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it is written.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The folder to look in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many folders deep a file may lie there; `None` for any.
    pub fn depth(&self) -> Option<usize> {
        self.depth
    }

    /// Whether it means one file only.
    pub fn is_one_file(&self) -> bool {
        !self.text.contains(['*', '?', '{'])
    }

    /// Reads a path that is relative to [`Self::folder`], with `/`.
    pub fn matched(&self, path: &str) -> Option<Matched> {
        let captures = self.rest.captures(path)?;
        let (mut locale, mut stars): (Option<&str>, _) = (None, Vec::new());
        for (name, group) in self.rest.capture_names().zip(captures.iter()).skip(1) {
            let text = group.map_or("", |it| it.as_str());
            match name {
                Some(_) if locale.is_some_and(|it| it != text) => return None,
                Some(_) => locale = Some(text),
                None => stars.push(text.to_owned()),
            }
        }
        Some(Matched { shown: format!("{}{path}", self.prefix), locale: locale.map(str::to_owned), stars })
    }
}

fn compile(pattern: &str, with_locale: bool) -> Result<Regex, String> {
    let (mut out, mut rest, mut locales) = ("^".to_owned(), pattern, 0);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '{' if rest.starts_with("{locale}") && with_locale => {
                locales += 1;
                out.push_str(&format!("(?<locale{locales}>[A-Za-z0-9_+-]+)"));
                "{locale}".len()
            }
            '{' | '}' if with_locale => return Err("a pattern may hold `*`, `**`, `?` and `{locale}`".to_owned()),
            '{' | '}' => return Err("a pattern may hold `*`, `**` and `?`".to_owned()),
            '*' if rest.starts_with("**/") => {
                out.push_str("((?:[^/]+/)*)");
                3
            }
            '*' => {
                out.push_str("([^/]*)");
                1
            }
            '?' => {
                out.push_str("([^/])");
                1
            }
            other => {
                out.push_str(&regex::escape(other.encode_utf8(&mut [0; 4])));
                other.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    Regex::new(&format!("{out}$")).map_err(|error| error.to_string())
}
