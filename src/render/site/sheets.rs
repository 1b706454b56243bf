//! The pages of a locale that are made of all its articles: contents, policies, questions, search;
//! and the page that offers the languages.

use serde::Serialize;

use super::article::{Made, policy_id};
use super::html::{Images, Writer, fragment_of};
use super::links::{From, relative};
use super::search::{Found, index};
use super::toc::Line;
use super::view::{Label, Shared, Way};
use super::words::names_of;
use super::{Emit, SiteError};
use crate::procedure::Modality;
use crate::render::topic::{Article, Policy};

/// Sheets show no images.
struct NoImages;

impl Images for NoImages {
    fn find(&self, _: &str) -> Option<String> {
        None
    }
}

/// A line of the contents as templates see it.
#[derive(Serialize)]
struct Entry {
    way: Way,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Group {
    way: Way,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    html: String,
    href: String,
    modality: &'static str,
    word: String,
    deadline: bool,
}

#[derive(Serialize)]
struct Sheet {
    groups: Vec<Group>,
    /// The kinds of policies that there are, with their words.
    kinds: Vec<(&'static str, String)>,
}

/// Makes and emits them.
pub(super) fn pages(shared: &Shared<'_>, tag: &str, made: &[(&str, Made)], emit: &Emit<'_>) -> Result<(), SiteError> {
    let put = |name: &str, html: String| emit(&format!("{tag}/{name}"), html.as_bytes());
    put("index.html", contents(shared, tag)?)?;
    if shared.locales[tag].has_policies {
        put("policies.html", policies(shared, tag, made)?)?;
    }
    if shared.locales[tag].has_questions {
        put("questions.html", questions(shared, tag)?)?;
    }
    let source = shared.plan.entries.values().map(|it| it.source_locale).next().unwrap_or_default();
    let mut page = shared.page("search", tag, "search.html", &word(shared, tag, "search"), source);
    page.heading = shared.locales[tag].words.html("search");
    put("search.html", shared.fill(tag, "search.html", &page)?)?;
    let found: Vec<Found> = made.iter().flat_map(|(_, it)| it.found.iter().cloned()).collect();
    for (name, text) in index(tag, &found) {
        emit(&format!("assets/search/{tag}/{name}"), text.as_bytes())?;
    }
    Ok(())
}

fn word(shared: &Shared<'_>, tag: &str, name: &str) -> Label {
    Label { text: shared.locales[tag].words.plain(name).to_owned(), lang: None }
}

fn contents(shared: &Shared<'_>, tag: &str) -> Result<String, SiteError> {
    let own = &shared.locales[tag];
    let file = format!("{tag}/index.html");
    let of_key = |key: &str, label: Option<Label>| {
        let entry = shared.plan.entries.get(key)?;
        let article = entry.articles.get(tag)?;
        let href = |name: &str| Some(relative(&file, &format!("{tag}/{name}.html")));
        let procedure = |it: &crate::render::topic::Procedure| Entry {
            way: Way::new(Label::procedure(article, it), href(&entry.procedures[&*it.head.id])),
            entries: Vec::new(),
        };
        let label = label.unwrap_or_else(|| Label::article(article));
        let way = Way { level: 1, ..Way::new(label, href(&entry.name)) };
        Some(Entry { way, entries: article.procedures.iter().map(procedure).collect() })
    };
    fn entry_of(line: &Line, of_key: &dyn Fn(&str, Option<Label>) -> Option<Entry>) -> Entry {
        let label = || Label { text: line.name.clone(), lang: line.lang.clone() };
        let article = line.key.as_ref().and_then(|key| of_key(key, Some(label())));
        let mut entry = article.unwrap_or_else(|| Entry { way: Way::new(label(), None), entries: Vec::new() });
        entry.entries.extend(line.lines.iter().map(|it| entry_of(it, of_key)));
        entry
    }
    let mut entries: Vec<Entry> = own.contents.lines.iter().map(|it| entry_of(it, &of_key)).collect();
    // Articles that no table names, by folder.
    let folder = |key: &String| key.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    for group in own.contents.rest.chunk_by(|one, other| folder(one) == folder(other)) {
        let inside: Vec<Entry> = group.iter().filter_map(|key| of_key(key, None)).collect();
        let name = folder(&group[0]);
        match (name.is_empty(), entries.is_empty()) {
            (true, true) => entries.extend(inside),
            (true, false) => {
                entries.push(Entry { way: Way::new(word(shared, tag, "other"), None), entries: inside });
            }
            (false, _) => {
                let label = Label { text: name, lang: None };
                entries.push(Entry { way: Way { level: 2, ..Way::new(label, None) }, entries: inside });
            }
        }
    }
    let mut page = shared.page("contents", tag, "index.html", &word(shared, tag, "contents"), entries);
    page.heading = own.words.html("contents");
    Ok(shared.fill(tag, "contents.html", &page)?)
}

/// The articles of a locale, in the order of the contents.
fn articles<'s>(shared: &'s Shared<'_>, tag: &str) -> Vec<(&'s Article, Way, String)> {
    let own = &shared.locales[tag];
    let entries = own.contents.order.iter().filter_map(|key| {
        let entry = shared.plan.entries.get(&**key)?;
        let article = *entry.articles.get(tag)?;
        let name = format!("{}.html", entry.name);
        Some((article, Way::new(Label::article(article), Some(name.clone())), name))
    });
    entries.collect()
}

fn policies(shared: &Shared<'_>, tag: &str, made: &[(&str, Made)]) -> Result<String, SiteError> {
    let own = &shared.locales[tag];
    let file = format!("{tag}/policies.html");
    let (mut reasons, mut flagged) = (Vec::new(), false);
    let mut groups = Vec::new();
    let mut kinds: Vec<(&str, String)> = Vec::new();
    for (article, way, _) in articles(shared, tag).into_iter().filter(|(it, ..)| !it.policies.is_empty()) {
        let places = made.iter().find(|(key, _)| *key == article.key).map(|(_, it)| &it.places);
        let from = From { plan: shared.plan, key: &article.key, locale: tag, file: &file };
        let mut writer = Writer::new(&from, &own.words, &own.locale, &NoImages);
        let item = |policy: &Policy| {
            writer.slots(&policy.text, true);
            let modality = modality(policy.states.modality);
            let href = places.and_then(|it| it.get(&policy.head.id)).cloned().unwrap_or_default();
            Item {
                id: policy_id(&policy.head.id),
                html: std::mem::take(&mut writer.out),
                href,
                modality,
                word: own.words.html(modality),
                deadline: policy.states.time.is_some(),
            }
        };
        let items: Vec<Item> = article.policies.iter().map(item).collect();
        for item in &items {
            if !kinds.iter().any(|(kind, _)| *kind == item.modality) {
                kinds.push((item.modality, own.words.plain(item.modality).to_owned()));
            }
        }
        reasons.extend(writer.reasons);
        flagged |= writer.flagged;
        groups.push(Group { way, items });
    }
    kinds.sort();
    reasons.sort_unstable();
    reasons.dedup();
    let body = Sheet { groups, kinds };
    let page = shared.page("policies", tag, "policies.html", &word(shared, tag, "policies"), body);
    let has = |tag: &str| shared.locales[tag].has_policies;
    let mut page = page.twins(shared, tag, "policies.html", &has).notice(&own.words, &reasons, flagged);
    page.heading = own.words.html("policies");
    Ok(shared.fill(tag, "policies.html", &page)?)
}

/// The word for a duty.
fn modality(of: Modality) -> &'static str {
    match of {
        Modality::Obligation => "must",
        Modality::ContingentObligation => "must-sometimes",
        Modality::Recommendation => "should",
        Modality::Permission => "may",
        Modality::Possibility => "possible",
        Modality::Prohibition => "must-not",
        Modality::Exemption => "need-not",
        Modality::Statement => "stated",
    }
}

fn questions(shared: &Shared<'_>, tag: &str) -> Result<String, SiteError> {
    let mut groups = Vec::new();
    for (article, way, name) in articles(shared, tag).into_iter().filter(|(it, ..)| !it.questions.is_empty()) {
        let question = |it: &crate::render::topic::Question| {
            let href = format!("{name}#{}", fragment_of(&it.head.section));
            Entry { way: Way::new(Label::of(&it.question), Some(href)), entries: Vec::new() }
        };
        groups.push(Entry { way, entries: article.questions.iter().map(question).collect() });
    }
    let page = shared.page("questions", tag, "questions.html", &word(shared, tag, "questions"), groups);
    let has = |tag: &str| shared.locales[tag].has_questions;
    let mut page = page.twins(shared, tag, "questions.html", &has);
    page.heading = shared.locales[tag].words.html("questions");
    Ok(shared.fill(tag, "questions.html", &page)?)
}

/// The page that offers the languages.
#[derive(Serialize)]
struct Languages {
    tag: String,
    dir: &'static str,
    name: String,
    href: String,
}

pub(super) fn languages(shared: &Shared<'_>, emit: &Emit<'_>) -> Result<(), SiteError> {
    let locales = &shared.plan.locales;
    // The page speaks the language of the sources.
    let source = shared.plan.entries.values().map(|it| it.source_locale).find(|it| shared.locales.contains_key(it));
    let Some(tag) = source.or_else(|| locales.first().map(|it| it.tag())) else { return Ok(()) };
    let cards = locales.iter().zip(names_of(locales)).map(|(locale, name)| Languages {
        tag: locale.tag().to_owned(),
        dir: if locale.is_right_to_left() { "rtl" } else { "ltr" },
        name,
        href: format!("{}/index.html", locale.tag()),
    });
    let cards: Vec<Languages> = cards.collect();
    let mut page = shared.page("languages", tag, "index.html", &word(shared, tag, "choose"), cards);
    page.heading = shared.locales[tag].words.html("choose");
    let page = page.at_root(shared);
    emit("index.html", shared.fill(tag, "languages.html", &page)?.as_bytes())
}
