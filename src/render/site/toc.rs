//! What stands where: the tables of contents of a locale as a tree, and the way to each article.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::links::below;
use super::plan::Plan;

/// A table of contents in one locale: the key of its file, and its text.
#[derive(Clone, Debug)]
pub struct TocFile {
    /// The key.
    pub key: String,
    /// The locale.
    pub locale: String,
    /// The text, as YAML.
    pub text: String,
}

/// A line of the contents.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub name: String,
    /// The language of the name, where it is not that of the locale.
    pub lang: Option<String>,
    /// The key of the article that it leads to.
    pub key: Option<String>,
    pub lines: Vec<Line>,
}

/// The contents of one locale.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    pub lines: Vec<Line>,
    /// Articles that no table of contents names, in order of their keys.
    pub rest: Vec<String>,
    /// The lines above each article.
    ways: BTreeMap<String, Vec<usize>>,
    /// The articles in the order in which they are read.
    pub order: Vec<String>,
}

impl Contents {
    pub fn of(locale: &str, files: &[TocFile], plan: &Plan<'_>) -> Self {
        // A table that the locale has not is that of the source.
        let mut own: BTreeMap<&str, &TocFile> = BTreeMap::new();
        for file in files {
            let rank = |it: &TocFile| if it.locale == locale { 0 } else { 1 };
            let is_source = || plan.entries.values().any(|it| it.source_locale == file.locale);
            let is_better = own.get(&*file.key).is_none_or(|it| rank(file) < rank(it));
            if is_better && (file.locale == locale || is_source()) {
                own.insert(&file.key, file);
            }
        }
        let mut reader = Reader { plan, locale, files: &own, met: BTreeSet::new() };
        // A table that another one takes in is no root; which are is known only when all are read.
        let mut roots: Vec<(&str, Vec<Line>)> = Vec::new();
        let mut taken = BTreeSet::new();
        for &key in own.keys() {
            reader.met = BTreeSet::new();
            let lines = reader.file(key);
            reader.met.remove(key);
            // Of two that take each other in the one above is the root.
            let above = |it: &String| (it.matches('/').count(), it.as_str()) < (key.matches('/').count(), key);
            let met = std::mem::take(&mut reader.met);
            let back: BTreeSet<String> =
                met.iter().filter(|it| above(it) && reader.takes_in(it, key)).cloned().collect();
            taken.extend(met.into_iter().filter(|it| !back.contains(it)));
            roots.push((key, lines));
        }
        let lines = roots.into_iter().filter(|(key, _)| !taken.contains(*key)).flat_map(|(_, it)| it).collect();
        let mut contents = Contents { lines, ..Contents::default() };
        let mut order = Vec::new();
        walk(&contents.lines, &mut Vec::new(), &mut |way, key| {
            if !contents.ways.contains_key(key) {
                contents.ways.insert(key.to_owned(), way.to_vec());
                order.push(key.to_owned());
            }
        });
        let is_here = |key: &&&str| plan.entries[**key].articles.contains_key(locale);
        let rest = plan.entries.keys().filter(is_here).filter(|key| !contents.ways.contains_key(**key));
        contents.rest = rest.map(|it| (*it).to_owned()).collect();
        order.extend(contents.rest.iter().cloned());
        contents.order = order;
        contents
    }

    /// The lines that lead to an article, the last of them its own.
    pub fn way(&self, key: &str) -> Vec<&Line> {
        let mut lines = &self.lines;
        let mut found = Vec::new();
        for &at in self.ways.get(key).into_iter().flatten() {
            found.push(&lines[at]);
            lines = &lines[at].lines;
        }
        found
    }

    /// The lines beside an article; none where no table names it, or its table has one level only.
    pub fn beside(&self, key: &str) -> &[Line] {
        let way = self.way(key);
        match way.len() {
            0 | 1 => &[],
            length => &way[length - 2].lines,
        }
    }
}

fn walk(lines: &[Line], way: &mut Vec<usize>, visit: &mut dyn FnMut(&[usize], &str)) {
    for (index, line) in lines.iter().enumerate() {
        way.push(index);
        if let Some(key) = &line.key {
            visit(way, key);
        }
        walk(&line.lines, way, visit);
        way.pop();
    }
}

struct Reader<'r> {
    plan: &'r Plan<'r>,
    locale: &'r str,
    files: &'r BTreeMap<&'r str, &'r TocFile>,
    /// Tables that were taken in.
    met: BTreeSet<String>,
}

impl Reader<'_> {
    /// Whether a table takes in another one.
    fn takes_in(&mut self, key: &str, other: &str) -> bool {
        let met = std::mem::take(&mut self.met);
        self.file(key);
        std::mem::replace(&mut self.met, met).contains(other)
    }

    fn file(&mut self, key: &str) -> Vec<Line> {
        let Some(file) = self.files.get(key).copied() else { return Vec::new() };
        if !self.met.insert(key.to_owned()) {
            return Vec::new();
        }
        let value = serde_yaml::from_str::<Value>(&file.text).unwrap_or_default();
        let borrowed = (file.locale != self.locale).then(|| file.locale.clone());
        self.lines(key, value.get("items").unwrap_or(&value), borrowed.as_deref())
    }

    fn lines(&mut self, key: &str, value: &Value, borrowed: Option<&str>) -> Vec<Line> {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(|it| self.line(key, it, borrowed)).collect()
    }

    fn line(&mut self, key: &str, item: &Value, borrowed: Option<&str>) -> Option<Line> {
        let text = |name: &str| item.get(name).and_then(Value::as_str);
        let (name, lang) = unmarked(text("name").unwrap_or_default());
        let mut line = Line { name, lang: lang.or_else(|| borrowed.map(str::to_owned)), ..Line::default() };
        for href in [text("topicHref"), text("href")].into_iter().flatten() {
            let path = href.split(['#', '?']).next().unwrap_or_default();
            let Some(path) = below(key, path).filter(|_| !path.contains(':')) else { continue };
            let toc = self.files.keys().find(|it| is_file(it, &path)).map(|it| (*it).to_owned());
            if let Some(toc) = toc {
                line.lines.extend(self.file(&toc));
            } else if let Some(entry) = self.plan.find(&path) {
                let key = entry.articles.get(self.locale).map(|it| it.key.clone());
                line.key = line.key.or(key);
            }
        }
        if let Some(items) = item.get("items") {
            line.lines.extend(self.lines(key, items, borrowed));
        }
        let is_named = !line.name.trim().is_empty();
        (is_named && (line.key.is_some() || !line.lines.is_empty())).then_some(line)
    }
}

/// Whether a path is that of a table, with what it ends in.
fn is_file(key: &str, path: &str) -> bool {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.eq_ignore_ascii_case(key) && path.len() > key.len()
}

/// A name that fell back says its language in a mark.
fn unmarked(name: &str) -> (String, Option<String>) {
    let inside = name.strip_prefix("<mark lang=").and_then(|it| it.strip_suffix("</mark>"));
    match inside.and_then(|it| it.split_once('>')) {
        Some((lang, text)) => (text.to_owned(), Some(lang.trim_matches(['"', '\'']).to_owned())),
        None => (name.to_owned(), None),
    }
}
