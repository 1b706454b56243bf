//! What every page is given: its ways to the others.

use std::collections::BTreeMap;

use minijinja::Value;
use serde::Serialize;

use super::Site;
use super::frame::{Frame, TemplateError};
use super::html::reason_word;
use super::links::relative;
use super::plan::{Entry, Plan};
use super::toc::{Contents, TocFile};
use super::words::{Words, names_of};
use crate::locale::Locale;
use crate::render::topic::{Article, Procedure, Reason, Slot, State, joined};

/// What all pages share.
pub(super) struct Shared<'s> {
    pub plan: &'s Plan<'s>,
    pub frame: &'s Frame,
    pub site: &'s Site<'s>,
    pub locales: BTreeMap<&'s str, OfLocale>,
}

/// What all pages of a locale share.
pub(super) struct OfLocale {
    pub locale: Locale,
    pub words: Words,
    pub contents: Contents,
    /// The pages in the order in which they are read: files and their labels.
    pub stops: Vec<(String, Label)>,
    places: BTreeMap<String, usize>,
    values: Value,
    pub title: String,
    pub has_policies: bool,
    pub has_questions: bool,
}

/// A text on one line, with its language where it is not that of the page.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Label {
    pub text: String,
    pub lang: Option<String>,
}

impl Label {
    pub fn of(slots: &[Slot]) -> Self {
        let lang = slots.iter().find(|it| it.state == State::Fallback).map(|it| it.locale.clone());
        Label { text: joined(slots, |it| it.text.clone()), lang }
    }

    /// What an article is called.
    pub fn article(article: &Article) -> Self {
        let label = Label::of(&article.title);
        if label.text.is_empty() { Label { text: article.key.clone(), lang: None } } else { label }
    }

    /// What a procedure is called; of several that have one title, each with what it begins with.
    pub fn procedure(article: &Article, procedure: &Procedure) -> Self {
        let Some(title) = &procedure.title else { return Label::article(article) };
        let mut label = Label::of(std::slice::from_ref(title));
        let same = |it: &&Procedure| it.title.as_ref().is_some_and(|it| it.segment == title.segment);
        let first = procedure.introduction.first().or_else(|| procedure.steps.first()?.text.first());
        if let Some(first) = first.filter(|_| article.procedures.iter().filter(same).count() > 1) {
            label.text = format!("{} – {}", label.text, first.text);
        }
        label
    }
}

/// A link with its text.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Way {
    pub text: String,
    pub lang: Option<String>,
    pub href: Option<String>,
    pub current: bool,
    pub level: usize,
}

impl Way {
    pub fn new(label: Label, href: Option<String>) -> Self {
        Way { text: label.text, lang: label.lang, href, ..Way::default() }
    }
}

/// The same page in another language.
#[derive(Clone, Debug, Serialize)]
struct Twin {
    tag: String,
    name: String,
    dir: &'static str,
    href: Option<String>,
    current: bool,
}

/// What is to be said at the head of a page of its texts.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Notice {
    fallback: bool,
    reasons: Vec<String>,
    flagged: bool,
}

/// A page as templates see it: `page`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Page<B> {
    kind: &'static str,
    locale: String,
    dir: &'static str,
    title: String,
    site: String,
    description: Option<String>,
    root: String,
    home: String,
    search: String,
    policies: Option<String>,
    questions: Option<String>,
    canonical: Option<String>,
    alternates: Vec<(String, String)>,
    languages: Vec<Twin>,
    pub heading: String,
    pub crumbs: Vec<Way>,
    pub outline: Vec<Way>,
    pub beside: Vec<Way>,
    /// The word for what stands beside.
    pub beside_is: &'static str,
    pub previous: Option<Way>,
    pub next: Option<Way>,
    pub notice: Option<Notice>,
    pub body: B,
}

impl<'s> Shared<'s> {
    pub fn of(plan: &'s Plan<'s>, frame: &'s Frame, site: &'s Site<'s>, tables: &[TocFile]) -> Self {
        let locales = plan.locales.iter().map(|locale| {
            let tag = locale.tag();
            let words = Words::of(locale);
            let contents = Contents::of(tag, tables, plan);
            let here = || plan.entries.values().filter_map(|it| it.articles.get(tag));
            let mut stops = Vec::new();
            for key in &contents.order {
                let Some(entry) = plan.entries.get(&**key) else { continue };
                let Some(article) = entry.articles.get(tag) else { continue };
                stops.push((format!("{tag}/{}.html", entry.name), Label::article(article)));
                stops.extend(article.procedures.iter().map(|it| {
                    (format!("{tag}/{}.html", entry.procedures[&*it.head.id]), Label::procedure(article, it))
                }));
            }
            let title = site.title.unwrap_or_else(|| words.plain("help")).to_owned();
            let (t, plain) = words.values();
            let of = OfLocale {
                locale: locale.clone(),
                places: stops.iter().enumerate().map(|(at, (file, _))| (file.clone(), at)).collect(),
                values: minijinja::context! { t, plain, styles => Value::from(frame.styles.clone()) },
                has_policies: here().any(|it| !it.policies.is_empty()),
                has_questions: here().any(|it| !it.questions.is_empty()),
                words,
                contents,
                stops,
                title,
            };
            (tag, of)
        });
        Shared { plan, frame, site, locales: locales.collect() }
    }

    /// A page, by its path from the folder of its locale.
    pub fn page<B>(&self, kind: &'static str, tag: &str, name: &str, label: &Label, body: B) -> Page<B> {
        let own = &self.locales[tag];
        let file = format!("{tag}/{name}");
        let to = |name: &str| relative(&file, &format!("{tag}/{name}"));
        let place = own.places.get(&file).copied();
        let stop = |at: Option<usize>| {
            let (other, label) = own.stops.get(at?)?;
            Some(Way::new(label.clone(), Some(relative(&file, other))))
        };
        let base = self.base();
        Page {
            kind,
            locale: tag.to_owned(),
            dir: if own.locale.is_right_to_left() { "rtl" } else { "ltr" },
            title: label.text.clone(),
            site: own.title.clone(),
            description: None,
            root: "../".repeat(file.matches('/').count()),
            home: to("index.html"),
            search: to("search.html"),
            policies: own.has_policies.then(|| to("policies.html")),
            questions: own.has_questions.then(|| to("questions.html")),
            canonical: base.as_ref().map(|base| format!("{base}{file}")),
            alternates: Vec::new(),
            languages: Vec::new(),
            heading: String::new(),
            crumbs: Vec::new(),
            outline: Vec::new(),
            beside: Vec::new(),
            beside_is: "in_this_section",
            previous: stop(place.and_then(|it| it.checked_sub(1))),
            next: stop(place.map(|it| it + 1)),
            notice: None,
            body,
        }
        .twins(self, tag, name, &|_| true)
    }

    /// The address of the folder, with a slash at its end; `None` where it is not known.
    pub fn base(&self) -> Option<String> {
        let base = self.site.base_url.trim_end_matches('/');
        (!base.is_empty()).then(|| format!("{base}/"))
    }

    pub fn fill<B: Serialize>(&self, tag: &str, template: &str, page: &Page<B>) -> Result<String, TemplateError> {
        self.frame.fill(template, page, &self.locales[tag].values)
    }

    /// The lines above an article, beginning with the contents.
    pub fn crumbs(&self, tag: &str, entry: &Entry<'_>, file: &str) -> Vec<Way> {
        let own = &self.locales[tag];
        let home = Label { text: own.words.plain("contents").to_owned(), lang: None };
        let mut crumbs = vec![Way::new(home, Some(relative(file, &format!("{tag}/index.html"))))];
        let article = entry.articles[tag];
        let way = own.contents.way(&article.key);
        for line in way.iter().take(way.len().saturating_sub(1)) {
            let other = line.key.as_ref().and_then(|key| self.plan.entries.get(&**key));
            let href = other.map(|it| relative(file, &format!("{tag}/{}.html", it.name)));
            crumbs.push(Way::new(Label { text: line.name.clone(), lang: line.lang.clone() }, href));
        }
        let label = way.last().map(|it| Label { text: it.name.clone(), lang: it.lang.clone() });
        let href = format!("{tag}/{}.html", entry.name);
        crumbs.push(Way::new(label.unwrap_or_else(|| Label::article(article)), Some(relative(file, &href))));
        crumbs
    }
}

impl<B> Page<B> {
    /// The same page in the other languages, as far as they have it.
    pub fn twins(mut self, shared: &Shared<'_>, tag: &str, name: &str, has: &dyn Fn(&str) -> bool) -> Self {
        let file = format!("{tag}/{name}");
        let (base, locales) = (shared.base(), &shared.plan.locales);
        (self.languages, self.alternates) = (Vec::new(), Vec::new());
        for (locale, own) in locales.iter().zip(names_of(locales)) {
            let other = format!("{}/{name}", locale.tag());
            let is_there = has(locale.tag());
            if is_there {
                let href = base.as_ref().map_or_else(|| relative(&file, &other), |base| format!("{base}{other}"));
                self.alternates.push((locale.tag().to_owned(), href));
            }
            self.languages.push(Twin {
                tag: locale.tag().to_owned(),
                name: own,
                dir: if locale.is_right_to_left() { "rtl" } else { "ltr" },
                href: is_there.then(|| relative(&file, &other)),
                current: locale.tag() == tag,
            });
        }
        // A reader of another language gets the language of the sources.
        let source = shared.plan.entries.values().map(|it| it.source_locale).find(|it| has(it));
        if let Some((base, source)) = base.zip(source).filter(|_| self.alternates.len() > 1) {
            self.alternates.push(("x-default".to_owned(), format!("{base}{source}/{name}")));
        }
        self
    }

    /// What its texts are not.
    pub fn notice(mut self, words: &Words, reasons: &[Reason], flagged: bool) -> Self {
        if !reasons.is_empty() || flagged {
            let mut reasons = reasons.to_vec();
            reasons.sort_unstable();
            let reasons: Vec<String> = reasons.into_iter().map(|it| words.html(reason_word(it))).collect();
            self.notice = Some(Notice { fallback: !reasons.is_empty(), reasons, flagged });
        }
        self
    }

    /// The same page in the folder of the site itself.
    pub fn at_root(mut self, shared: &Shared<'_>) -> Self {
        let down = |href: &str| format!("{}/{href}", self.locale);
        (self.home, self.search) = (down("index.html"), down("search.html"));
        self.policies = self.policies.map(|it| down(&it));
        self.questions = self.questions.map(|it| down(&it));
        self.root = String::new();
        self.canonical = shared.base();
        let base = shared.base().unwrap_or_default();
        for (tag, href) in &mut self.alternates {
            *href = if tag == "x-default" { format!("{base}index.html") } else { format!("{base}{tag}/index.html") };
        }
        (self.languages, self.previous, self.next) = (Vec::new(), None, None);
        self
    }

    pub fn description(mut self, slot: Option<&Slot>) -> Self {
        self.description = slot.filter(|it| it.state != State::Fallback).map(|it| it.text.clone());
        self
    }
}
