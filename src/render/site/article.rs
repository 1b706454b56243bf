//! The pages of one article in one locale: its own, and one for each procedure.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::found::read;
use super::html::{Images, Writer, fragment_of, safe_id};
use super::links::{From, relative};
use super::plan::Entry;
use super::search::Found;
use super::split::{Parts, Piece};
use super::view::{Label, OfLocale, Shared, Way};
use super::{Emit, SiteError};
use crate::render::prose;
use crate::render::topic::{Article, Block, Item, Procedure, Slot};

/// So many procedures stand beside one of them.
const MAX_BESIDE: usize = 100;

/// What sheets and search are to know of an article.
pub(super) struct Made {
    pub found: Vec<Found>,
    /// Where each policy stands, by its id: a page of the locale with a fragment.
    pub places: BTreeMap<String, String>,
}

/// The body of an article's page.
#[derive(Serialize)]
struct Topic {
    html: String,
}

/// The body of a procedure's page.
#[derive(Serialize)]
struct Task {
    html: String,
    /// How many steps there are, in words.
    count: String,
    article: Way,
}

struct Pictures<'p> {
    bases: Vec<&'p str>,
    find: &'p (dyn Fn(&str, &str) -> Option<String> + Sync),
}

impl Images for Pictures<'_> {
    fn find(&self, address: &str) -> Option<String> {
        self.bases.iter().find_map(|base| (self.find)(base, address))
    }
}

/// Makes and emits them.
pub(super) fn pages(shared: &Shared<'_>, key: &str, tag: &str, emit: &Emit<'_>) -> Result<Made, SiteError> {
    let (entry, own) = (&shared.plan.entries[key], &shared.locales[tag]);
    let article = entry.articles[tag];
    let others = entry.articles.values().filter_map(|it| it.provenance.as_ref()).map(|it| &*it.path);
    let bases = article.provenance.iter().map(|it| &*it.path).chain(others).collect();
    let pictures = Pictures { bases, find: shared.site.images };
    let policies = article.policies.iter().filter_map(|it| Some((&*it.text.first()?.segment, policy_id(&it.head.id))));
    let policies = policies.collect();
    let maker = Maker { shared, own, entry, article, tag, pictures, parts: Parts::of(article), policies };
    maker.make(emit)
}

pub(super) struct Maker<'m> {
    shared: &'m Shared<'m>,
    own: &'m OfLocale,
    entry: &'m Entry<'m>,
    pub(super) article: &'m Article,
    tag: &'m str,
    pictures: Pictures<'m>,
    pub(super) parts: Parts<'m>,
    /// The first segment of each policy, and its id on the pages.
    policies: Vec<(&'m str, String)>,
}

impl Maker<'_> {
    fn make(&self, emit: &Emit<'_>) -> Result<Made, SiteError> {
        let mut made = Made { found: Vec::new(), places: BTreeMap::new() };
        let mut pages = vec![self.topic(&mut made)?];
        for at in 0..self.article.procedures.len() {
            pages.push(self.procedure(at, &mut made)?);
        }
        // The first page that each policy stands on.
        let mut marked: HashMap<&str, &str> = HashMap::new();
        for (name, html) in &pages {
            for (at, mark) in html.match_indices("<span id=\"policy-") {
                let id = html[at + mark.len() - "policy-".len()..].split('"').next().unwrap_or_default();
                marked.entry(id).or_insert(name);
            }
        }
        // Of several policies in one sentence, the first has given it its id.
        let mut ids: BTreeMap<&str, String> = BTreeMap::new();
        for policy in &self.article.policies {
            let own = policy_id(&policy.head.id);
            let id = policy.text.first().map_or(&own, |it| ids.entry(&it.segment).or_insert_with(|| own.clone()));
            let section = || {
                let anchor = fragment_of(&policy.head.section);
                let name = &pages[0].0;
                if anchor.is_empty() { name.clone() } else { format!("{name}#{anchor}") }
            };
            let place = marked.get(&**id).map_or_else(section, |name| format!("{name}#{id}"));
            made.places.insert(policy.head.id.clone(), place);
        }
        for (name, html) in pages {
            emit(&format!("{}/{name}", self.tag), html.as_bytes())?;
        }
        Ok(made)
    }

    /// The page of the article.
    fn topic(&self, made: &mut Made) -> Result<(String, String), SiteError> {
        let name = format!("{}.html", self.entry.name);
        let file = format!("{}/{name}", self.tag);
        let from = From { plan: self.shared.plan, key: &self.article.key, locale: self.tag, file: &file };
        let mut writer = Writer::new(&from, &self.own.words, &self.own.locale, &self.pictures);
        self.name_policies(&mut writer);
        let title = self.title_section();
        let mut outline = Vec::new();
        for (index, section) in self.article.sections.iter().enumerate() {
            let pieces = &self.parts.sections[index];
            let anchor = &*section.head.section;
            let level = self.level(index, title);
            let is_shown = Some(index) != title && !section.title.is_empty();
            if is_shown && level < 4 {
                let href = format!("#{}", fragment_of(anchor));
                outline.push(Way { level, ..Way::new(Label::of(&section.title), Some(href)) });
            }
            if let ([Piece::Card(at)], true) = (&**pieces, is_shown && self.entry.moved.contains_key(anchor)) {
                self.card(&mut writer, *at, Some((level, anchor)));
                continue;
            }
            if is_shown {
                writer.heading(level, anchor, &section.title);
            } else if Some(index) == title && !anchor.is_empty() {
                writer.push(&format!("<span id=\"{}\"></span>\n", safe_id(anchor)));
            }
            for piece in pieces {
                match piece {
                    Piece::Block(block) => writer.blocks([&**block]),
                    Piece::Card(at) => self.card(&mut writer, *at, None),
                }
            }
        }
        let html = std::mem::take(&mut writer.out);
        let heading = self.heading(&mut writer, &self.article.title);
        let label = Label::article(self.article);
        let has = |tag: &str| self.entry.articles.contains_key(tag);
        let page = self.shared.page("topic", self.tag, &name, &label, Topic { html });
        let mut page = page.twins(self.shared, self.tag, &name, &has).description(self.article.description.as_ref());
        page = page.notice(&self.own.words, &writer.reasons, writer.flagged);
        page.heading = heading;
        page.crumbs = self.shared.crumbs(self.tag, self.entry, &file);
        if let Some(last) = page.crumbs.last_mut() {
            (last.href, last.current) = (None, true);
        }
        page.outline = outline;
        page.beside = self.beside(&file);
        made.found.push(self.found_topic(&name, &label, &page.crumbs));
        made.found.extend(self.found_questions(&name, &label));
        let html = self.shared.fill(self.tag, "topic.html", &page)?;
        Ok((name, html))
    }

    /// The page of a procedure.
    fn procedure(&self, at: usize, made: &mut Made) -> Result<(String, String), SiteError> {
        let procedure = &self.article.procedures[at];
        let name = format!("{}.html", self.entry.procedures[&*procedure.head.id]);
        let file = format!("{}/{name}", self.tag);
        let from = From { plan: self.shared.plan, key: &self.article.key, locale: self.tag, file: &file };
        let mut writer = Writer::new(&from, &self.own.words, &self.own.locale, &self.pictures);
        writer.expect(&procedure.steps, "step");
        self.name_policies(&mut writer);
        let blocks = &self.parts.procedures[at];
        let said: HashSet<&str> =
            blocks.iter().flat_map(|it| prose::slots(std::slice::from_ref(&**it))).map(|it| &*it.segment).collect();
        // What is said in another place of the article.
        let mut met = HashSet::new();
        let mut elsewhere = |it: &&Slot| !said.contains(&*it.segment) && met.insert(it.segment.clone());
        let mut before: Vec<Slot> = procedure.introduction.iter().filter(&mut elsewhere).cloned().collect();
        if !before.is_empty() {
            writer.blocks([&Block::Paragraph(before.clone())]);
        }
        let needed = procedure.prerequisites.iter().map(|it| &it.text);
        let needed: Vec<Slot> = needed.filter(&mut elsewhere).cloned().collect();
        if !needed.is_empty() {
            let item = |it: &Slot| Item { written: None, blocks: vec![Block::Paragraph(vec![it.clone()])] };
            writer.blocks([&Block::List { ordered: false, items: needed.iter().map(item).collect() }]);
        }
        before.extend(needed);
        writer.blocks(blocks.iter().map(|it| &**it));
        let html = std::mem::take(&mut writer.out);
        let title: Vec<Slot> = procedure.title.iter().cloned().collect();
        let heading = self.heading(&mut writer, if title.is_empty() { &self.article.title } else { &title });
        let label = Label::procedure(self.article, procedure);
        let article = format!("{}/{}.html", self.tag, self.entry.name);
        let article = Way::new(Label::article(self.article), Some(relative(&file, &article)));
        let count = self.own.words.counted("steps", procedure.steps.len());
        let has = |tag: &str| {
            let other = self.entry.articles.get(tag);
            other.is_some_and(|it| it.procedures.iter().any(|it| it.head.id == procedure.head.id))
        };
        let page = self.shared.page("procedure", self.tag, &name, &label, Task { html, count, article });
        let mut page = page.twins(self.shared, self.tag, &name, &has);
        page = page.notice(&self.own.words, &writer.reasons, writer.flagged);
        page.heading = heading;
        page.crumbs = self.shared.crumbs(self.tag, self.entry, &file);
        page.crumbs.push(Way { current: true, ..Way::new(label.clone(), None) });
        (page.beside, page.beside_is) = match self.article.procedures.len() {
            0 | 1 => (self.beside(&file), "in_this_section"),
            _ => (self.procedures(at, &file), "procedures"),
        };
        let way = page.crumbs.iter().skip(1).take(page.crumbs.len() - 2).map(|it| &*it.text).collect::<Vec<_>>();
        let own: Vec<&Slot> = blocks.iter().flat_map(|it| prose::slots(std::slice::from_ref(&**it))).collect();
        made.found.push(Found {
            href: name.clone(),
            title: label.text,
            lang: label.lang,
            way: way.join(" › "),
            headings: String::new(),
            text: read(before.iter().chain(own)),
        });
        let html = self.shared.fill(self.tag, "procedure.html", &page)?;
        Ok((name, html))
    }

    fn heading(&self, writer: &mut Writer<'_>, title: &[Slot]) -> String {
        match title.is_empty() {
            true => writer.text(&Label::article(self.article).text),
            false => writer.slots(title, false),
        }
        std::mem::take(&mut writer.out)
    }

    /// The way to a procedure, in the place where it stood.
    fn card(&self, writer: &mut Writer<'_>, at: usize, heading: Option<(usize, &str)>) {
        let procedure = &self.article.procedures[at];
        let to = format!("{}/{}.html", self.tag, self.entry.procedures[&*procedure.head.id]);
        let href = relative(writer.from.file, &to);
        let (open, close) = match heading {
            Some((level, anchor)) => (format!("<h{level} id=\"{}\">", safe_id(anchor)), format!("</h{level}>")),
            None => ("<p class=\"card-title\">".to_owned(), "</p>".to_owned()),
        };
        writer.push(&format!("<div class=\"card\">{open}<a href=\""));
        writer.text(&href);
        writer.push("\">");
        match &procedure.title {
            Some(title) => writer.slots(std::slice::from_ref(title), false),
            None => writer.text(&Label::article(self.article).text),
        }
        writer.push(&format!("</a>{close}<p class=\"card-text\">"));
        if let Some(first) = procedure.introduction.first().filter(|_| self.is_one_of_several(procedure)) {
            writer.slots(std::slice::from_ref(first), false);
            writer.push("<br>");
        }
        let count = self.own.words.counted("steps", procedure.steps.len());
        writer.push(&count);
        writer.push("</p></div>\n");
    }

    fn is_one_of_several(&self, procedure: &Procedure) -> bool {
        fn title(it: &Procedure) -> Option<&str> {
            it.title.as_ref().map(|it| &*it.segment)
        }
        self.article.procedures.iter().filter(|it| title(it) == title(procedure)).nth(1).is_some()
    }

    /// The section whose heading is the title of the page.
    fn title_section(&self) -> Option<usize> {
        let title = self.article.title.first()?;
        let is_it = |it: &Slot| it.segment == title.segment;
        self.article.sections.iter().position(|it| it.title.first().is_some_and(is_it))
    }

    /// The level of a heading on the page: below its nearest heading above, and never deeper than one.
    fn level(&self, index: usize, title: Option<usize>) -> usize {
        let sections = &self.article.sections;
        let above = std::iter::successors(sections[index].parent, |&at| sections[at].parent);
        let shown = above.take(sections.len()).filter(|&at| Some(at) != title && !sections[at].title.is_empty());
        (2 + shown.count()).min(6)
    }

    fn name_policies(&self, writer: &mut Writer<'_>) {
        for (segment, id) in &self.policies {
            writer.name(segment, id.clone());
        }
    }

    /// The pages beside this one in the contents.
    fn beside(&self, file: &str) -> Vec<Way> {
        let lines = self.own.contents.beside(&self.article.key);
        let way = |key: &str, label: Label| {
            let entry = self.shared.plan.entries.get(key)?;
            let href = relative(file, &format!("{}/{}.html", self.tag, entry.name));
            Some(Way { current: key == self.article.key, ..Way::new(label, Some(href)) })
        };
        let lines = lines
            .iter()
            .filter_map(|line| way(line.key.as_ref()?, Label { text: line.name.clone(), lang: line.lang.clone() }));
        lines.collect()
    }

    /// The procedures of the article, or of very many those around this one: each has a page, and a
    /// list of all on every page would be their square.
    fn procedures(&self, at: usize, file: &str) -> Vec<Way> {
        let way = |it: &Procedure| {
            let to = format!("{}/{}.html", self.tag, self.entry.procedures[&*it.head.id]);
            let label = Label::procedure(self.article, it);
            Way { current: to == file, ..Way::new(label, Some(relative(file, &to))) }
        };
        let all = &self.article.procedures;
        let first = at.saturating_sub(MAX_BESIDE / 2).min(all.len().saturating_sub(MAX_BESIDE));
        all.iter().skip(first).take(MAX_BESIDE).map(way).collect()
    }
}

/// The id of the sentence that says a policy.
pub(super) fn policy_id(id: &str) -> String {
    format!("policy-{}", &blake3::hash(id.as_bytes()).to_hex()[..8])
}
