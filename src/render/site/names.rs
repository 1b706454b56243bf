//! Keys of articles and anchors of procedures → names of files: ASCII, readable, the same in all
//! locales, and never twice where case does not count.

use std::collections::BTreeSet;

use crate::report::pages::{is_device, slug};

/// Pages of a locale that are no article.
const OWN: [&str; 4] = ["index", "policies", "questions", "search"];

/// Gives names, none of them twice.
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    pub fn new() -> Self {
        Names { taken: OWN.iter().map(|&it| it.to_owned()).collect() }
    }

    /// The name of an article: its path in lower case.
    pub fn article(&mut self, key: &str) -> String {
        let parts: Vec<String> = key.split('/').map(slug).filter(|it| !it.is_empty()).collect();
        self.give(parts.join("/"), key)
    }

    /// The name of a procedure, beside its article.
    pub fn procedure(&mut self, article: &str, id: &str) -> String {
        let anchor = id.split_once('#').map_or(id, |(_, anchor)| anchor);
        self.give(format!("{article}--{}", slug(anchor)), id)
    }

    /// A name that is taken, or is none, is told apart by a hash of what it stands for.
    fn give(&mut self, wanted: String, of: &str) -> String {
        let is_none = wanted.is_empty() || wanted.ends_with("--") || wanted.split('/').any(is_device);
        if !is_none && self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let hash = blake3::hash(of.as_bytes()).to_hex();
        let longer = |length: usize| format!("{wanted}-{}", &hash[..length]).trim_start_matches('-').to_owned();
        let lengths = [6, 12, 64];
        let free = lengths.iter().map(|&it| longer(it)).find(|it| !self.taken.contains(it));
        let name = free.unwrap_or_else(|| format!("{}-{}", longer(64), self.taken.len()));
        self.taken.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_readable_safe_and_differ() {
        let mut names = Names::new();
        assert_eq!(names.article("Guide/Renew a plan"), "guide/renew-a-plan");
        assert_eq!(names.procedure("guide/renew", "k#open---a_page.2"), "guide/renew--open-a-page-2");
        let odd = ["guide/renew-a-plan", "../../etc/passwd", "con", "日本", "中国", "", "index", "GUIDE/renew--a-plan"];
        let mut all: Vec<String> = odd.iter().map(|it| names.article(it)).collect();
        assert_eq!(all[1], "etc/passwd");
        assert!(
            all.iter().all(|it| !it.is_empty() && it.is_ascii() && !it.contains("..") && !it.starts_with(['/', '-']))
        );
        all.sort();
        all.dedup();
        assert_eq!(all.len(), odd.len());
    }
}
