//! What changed between two versions, for the readers of one locale: in their words where the
//! translation has followed, else in those of the source, marked.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::document::marks;
use super::prose;
use super::topic::{Article, Body, Label, Slot, State, Step, joined};
use crate::procedure::{ChangeKind, Changes};

/// What changed, for the readers of one locale.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "hexapla render --to changes")]
pub struct Digest {
    /// The version of this contract.
    pub version: u32,
    /// The locale.
    pub locale: String,
    /// The changes, by article and place.
    pub changes: Vec<DigestEntry>,
    /// How many of them the translations have still to follow.
    pub waiting: usize,
}

/// One change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DigestEntry {
    /// What happened.
    pub kind: ChangeKind,
    /// The key of the article.
    pub article: String,
    /// What the article is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article_title: Option<DigestText>,
    /// Where, as in `hexapla diff`. Empty for a whole article.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The heading of that place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<DigestText>,
    /// What the older version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<DigestText>,
    /// What the newer version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<DigestText>,
    /// Whether the translation has still to follow.
    pub waiting: bool,
}

/// A text with its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DigestText {
    /// The text, with its marks.
    pub markdown: String,
    /// The locale that it is in.
    pub locale: String,
}

/// The JSON Schema of a digest.
pub fn digest_schema() -> schemars::Schema {
    crate::report::schema_of::<Digest>()
}

/// What changed, for the readers of one locale. The articles of both versions are in all locales.
pub fn digest(changes: &Changes, old: &[Article], new: &[Article], locale: &str) -> Digest {
    let sides: [HashMap<&str, Sides<'_>>; 2] = [old, new].map(|articles| {
        let mut sides: HashMap<&str, Sides<'_>> = HashMap::new();
        for article in articles {
            let side = sides.entry(&article.key).or_default();
            if article.locale == article.source_locale {
                side.source = Some(article);
            }
            if article.locale == locale {
                side.own = Some(article);
            }
        }
        sides
    });
    let entry = |change: &crate::procedure::Change| {
        let waiting = change.needed_in.iter().any(|it| it == locale);
        let [old, new] = [&sides[0], &sides[1]].map(|it| it.get(&*change.article).copied().unwrap_or_default());
        let last = if new.source.is_some() { new } else { old };
        DigestEntry {
            kind: change.kind,
            article: change.article.clone(),
            article_title: last.shown().and_then(|it| text(&it.title)),
            place: change.place.clone(),
            heading: last.heading(&change.place),
            was: change.was.as_ref().map(|it| old.text(it, &change.place, locale, false)),
            is: change.is.as_ref().map(|it| new.text(it, &change.place, locale, waiting)),
            waiting,
        }
    };
    let changes: Vec<DigestEntry> = changes.changes.iter().map(entry).collect();
    let waiting = changes.iter().filter(|it| it.waiting).count();
    Digest { version: super::RENDER_VERSION, locale: locale.to_owned(), changes, waiting }
}

/// An article in the language of its source, and in that of the reader.
#[derive(Clone, Copy, Default)]
struct Sides<'a> {
    source: Option<&'a Article>,
    own: Option<&'a Article>,
}

impl<'a> Sides<'a> {
    fn shown(&self) -> Option<&'a Article> {
        self.own.or(self.source)
    }

    /// The heading of `KEY#ANCHOR/s2`.
    fn heading(&self, place: &str) -> Option<DigestText> {
        let article = self.shown()?;
        let rest = place.strip_prefix(&*article.key)?.strip_prefix('#')?;
        let id = rest.split('/').next().unwrap_or_default();
        let procedure = article.procedures.iter().find(|it| it.head.id == format!("{}#{id}", article.key));
        if let Some(title) = procedure.and_then(|it| it.title.as_ref()) {
            return text(std::slice::from_ref(title));
        }
        article.sections.iter().find(|it| it.head.section == id).and_then(|it| text(&it.title))
    }

    /// What the reader's article says where the source says this; the same where it cannot be told,
    /// or must not be.
    fn text(&self, said: &str, place: &str, locale: &str, waiting: bool) -> DigestText {
        let source = self.source.map_or(locale, |it| &*it.locale);
        let fallback = || DigestText { markdown: said.to_owned(), locale: source.to_owned() };
        let (Some(source), Some(own)) = (self.source, self.own) else { return fallback() };
        if waiting || source.locale == own.locale {
            return fallback();
        }
        same_segments(source, own, said).or_else(|| same_label(source, own, said, place)).unwrap_or_else(fallback)
    }
}

/// The segments that say this one after the other, in the other language.
fn same_segments(source: &Article, own: &Article, said: &str) -> Option<DigestText> {
    let all = slots(source);
    let first = |at: &usize| said.starts_with(&*all[*at].markdown) && !all[*at].markdown.is_empty();
    let run = (0..all.len()).filter(first).find_map(|from| {
        let mut so_far = String::new();
        let end = (from..all.len()).find(|&at| {
            so_far.push_str(if at == from { "" } else { " " });
            so_far.push_str(&all[at].markdown);
            so_far.len() >= said.len() || !said.starts_with(&so_far)
        })?;
        (so_far == said).then_some(from..end + 1)
    })?;
    let numbers: Vec<&str> = all[run].iter().map(|it| &*it.segment).collect();
    let translated: Vec<Slot> = slots(own).into_iter().filter(|it| numbers.contains(&&*it.segment)).cloned().collect();
    // One that falls back makes the whole do so.
    let is_good = !translated.is_empty() && translated.iter().all(|it| it.state != State::Fallback);
    is_good.then(|| text(&translated)).flatten()
}

fn slots(article: &Article) -> Vec<&Slot> {
    article.sections.iter().flat_map(|it| it.title.iter().chain(prose::slots(&it.blocks))).collect()
}

/// The label that is called this, in the other language: of the step that changed, else of another.
fn same_label(source: &Article, own: &Article, said: &str, place: &str) -> Option<DigestText> {
    let both = labels(source).into_iter().zip(labels(own));
    let is_same =
        |((_, source), (_, own)): &(Labelled<'_>, Labelled<'_>)| source.text == said && own.locale != source.locale;
    let mut same: Vec<(Labelled<'_>, Labelled<'_>)> = both.filter(is_same).collect();
    same.sort_by_key(|((at, _), _)| at != place);
    same.first().map(|(_, (_, own))| DigestText { markdown: own.text.clone(), locale: own.locale.clone() })
}

/// A label with the place of its step.
type Labelled<'a> = (String, &'a Label);

fn labels(article: &Article) -> Vec<Labelled<'_>> {
    fn of_step<'a>(procedure: &str, step: &'a Step, found: &mut Vec<Labelled<'a>>) {
        found.extend(step.labels.iter().map(|it| (format!("{procedure}/{}", step.id), it)));
        step.body.iter().flat_map(Body::steps).for_each(|step| of_step(procedure, step, found));
    }
    let mut found = Vec::new();
    for procedure in &article.procedures {
        procedure.steps.iter().for_each(|step| of_step(&procedure.head.id, step, &mut found));
    }
    found
}

fn text(slots: &[Slot]) -> Option<DigestText> {
    let first = slots.first()?;
    Some(DigestText { markdown: joined(slots, |it| it.markdown.clone()), locale: first.locale.clone() })
}

/// The digest for a person to read.
pub fn digest_markdown(digest: &Digest) -> String {
    let shown = |text: &DigestText| {
        let (open, close) = match text.locale == digest.locale {
            true => (String::new(), ""),
            false => marks(&text.locale, None),
        };
        format!("{open}{}{close}", text.markdown)
    };
    let mut out = format!("# {}\n", digest.locale);
    for article in digest.changes.chunk_by(|a, b| a.article == b.article) {
        let first = &article[0];
        let title = first.article_title.as_ref().map_or_else(|| format!("`{}`", first.article), shown);
        out.push_str(&format!("\n## {title}\n"));
        for group in article.chunk_by(|a, b| a.heading == b.heading) {
            if let Some(heading) = group[0].heading.as_ref().filter(|it| Some(*it) != first.article_title.as_ref()) {
                out.push_str(&format!("\n### {}\n", shown(heading)));
            }
            out.push('\n');
            for change in group {
                let step = change.place.rsplit_once('/').map_or(String::new(), |(_, step)| format!(" `{step}`"));
                out.push_str(&format!("- `{}`{step}\n", kind(change.kind)));
                for (sign, text) in [("−", &change.was), ("+", &change.is)] {
                    if let Some(text) = text {
                        out.push_str(&format!("  - {sign} {}\n", shown(text)));
                    }
                }
            }
        }
    }
    out
}

/// The word for a kind in the data.
fn kind(kind: ChangeKind) -> String {
    serde_json::to_value(kind).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
