//! Path patterns as people write them in ignore files.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Compiled patterns. A pattern without `/` is meant at any depth, one that names a folder means
/// all that is in it.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    patterns: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Compiles patterns; the index of the one that is wrong, and why.
    pub fn new(patterns: &[String]) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let bare = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
            let full = match bare.strip_prefix('/') {
                Some(rooted) => rooted.to_owned(),
                None if bare.contains('/') => bare.to_owned(),
                None => format!("**/{bare}"),
            };
            for glob in [format!("{full}/**"), full] {
                let glob = GlobBuilder::new(&glob).literal_separator(true).build();
                set.add(glob.map_err(|error| (index, error.kind().to_string()))?);
            }
        }
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
        Ok(Self { patterns: patterns.to_vec(), set })
    }

    /// Whether one of them means this path, which is relative to the settings file.
    pub fn matches(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Whether there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The patterns as written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }
}
