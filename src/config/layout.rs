//! A configured layout: two path patterns, read both ways.

use regex::Regex;

use super::RawLayout;

/// Where translations stand beside their sources.
#[derive(Clone, Debug)]
pub struct Layout {
    raw: RawLayout,
    source: Regex,
    target: Regex,
}

/// Which of the two patterns is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Source,
    Target,
}

impl Layout {
    pub(super) fn new(raw: &RawLayout) -> Result<Self, (Half, String)> {
        let source = compile(&raw.source, &["{path}"]).map_err(|message| (Half::Source, message))?;
        let target = compile(&raw.target, &["{path}", "{locale}"]).map_err(|message| (Half::Target, message))?;
        Ok(Self { raw: raw.clone(), source, target })
    }

    /// The patterns as written.
    pub fn raw(&self) -> &RawLayout {
        &self.raw
    }

    /// The article's name and the locale part of a translation's path.
    pub fn target<'a>(&self, path: &'a str) -> Option<(String, &'a str)> {
        let captures = self.target.captures(path)?;
        let locale = captures.name("locale")?.as_str();
        Some((self.key(captures.name("path")?.as_str()), locale))
    }

    /// The article's name where `path` is a source's.
    pub fn source(&self, path: &str) -> Option<String> {
        Some(self.key(self.source.captures(path)?.name("path")?.as_str()))
    }

    fn key(&self, path: &str) -> String {
        let key = self.raw.source.replace("{locale}/", "").replace("{locale}", "").replace("{path}", path);
        match key.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') && !stem.is_empty() => stem.to_owned(),
            _ => key,
        }
    }
}

fn compile(pattern: &str, needed: &[&str]) -> Result<Regex, String> {
    if let Some(missing) = needed.iter().find(|part| pattern.matches(**part).count() != 1) {
        return Err(format!("a pattern needs `{missing}` once"));
    }
    let quoted = regex::escape(pattern).replace(r"\{path\}", "(?<path>.+)").replacen(
        r"\{locale\}",
        "(?<locale>[A-Za-z0-9_-]+)",
        1,
    );
    if quoted.contains(r"\{") {
        return Err("a pattern may hold `{path}` and `{locale}` only".into());
    }
    Regex::new(&format!("^{quoted}$")).map_err(|error| error.to_string())
}
