//! A model with its documents and findings → the article in each locale.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::fill::{self, Fills};
use super::steps::{Maker, each_slot};
use super::topic::{
    Article, Block, Head, Image, Item, Policy, Prerequisite, Procedure, Quality, Question, Reason, Section, Slot, State,
};
use super::{OnError, Options, document};
use crate::bitext::Bitext;
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::locale::Locale;
use crate::procedure::{self, Alignment, ArticleModel, Passage, Reading, SegmentId, Variant, alert_kind};

/// What an article is rendered from.
#[derive(Clone, Copy)]
pub struct Input<'a, 'd> {
    /// The model.
    pub article: &'a ArticleModel,
    /// The source that it was read from.
    pub reading: &'a Reading<'d>,
    /// The translations, by locale and path.
    pub bitexts: &'a [&'a Bitext<'d>],
    /// What was found, in these articles or in all.
    pub findings: &'a [Diagnostic],
    /// The locale of sources.
    pub source_locale: &'a Locale,
}

/// The article in each of its locales, that of the source first.
pub fn articles(input: &Input<'_, '_>, options: &Options) -> Vec<Article> {
    let locale = input.reading.locale(input.source_locale);
    let source = fill::source(input.reading, locale, input.findings, options);
    let title = |document, locale| fill::meta(document, &TITLES, locale, input.findings, options.flag);
    let description = |document, locale| fill::meta(document, &DESCRIPTIONS, locale, input.findings, options.flag);
    let own = input.reading.document;
    let is_own = !own.is_bilingual();
    let mut front = (None, None);
    if is_own {
        front = (title(own, locale), description(own, locale));
    }
    let mut gatherer = Gatherer { input, options, source: &source, fills: &source, variant: None };
    gatherer.variant = input.article.variants.iter().find(|it| it.locale == source.locale && is_own);
    let mut first = gatherer.article(front.clone());
    first.document = document::source(input, &first, options);
    let mut found = vec![first];
    let mut met: HashSet<String> = HashSet::from([source.locale.clone()]);
    for bitext in input.bitexts {
        let locale = &bitext.target.locale;
        if !met.insert(locale.to_string()) {
            continue;
        }
        let fills = fill::target(input.reading, bitext, &source, input.findings, options);
        let variant = input.article.variants.iter().find(|it| it.locale == fills.locale);
        let gatherer = Gatherer { fills: &fills, variant, ..gatherer };
        let back = |slot: Option<Slot>| {
            let state = super::topic::State::Fallback;
            slot.map(|slot| Slot { state, reason: Some(Reason::Untranslated), ..slot })
        };
        let own = (title(bitext.target, locale), description(bitext.target, locale));
        let mut article = gatherer.article((own.0.or(back(front.0.clone())), own.1.or(back(front.1.clone()))));
        article.extra = bitext.drift().extra;
        article.document = document::target(input, bitext, &fills, &article, options);
        found.push(article);
    }
    found
}

/// What an article calls itself where it has no heading.
const TITLES: [&str; 3] = ["title", "metadata.title", "sidebar_label"];
/// Where it says what it is about.
const DESCRIPTIONS: [&str; 4] = ["description", "metadata.description", "summary", "metadata.summary"];

#[derive(Clone, Copy)]
struct Gatherer<'g, 'd> {
    input: &'g Input<'g, 'd>,
    options: &'g Options,
    source: &'g Fills,
    fills: &'g Fills,
    variant: Option<&'g Variant>,
}

impl Gatherer<'_, '_> {
    fn article(&self, (title, description): (Option<Slot>, Option<Slot>)) -> Article {
        let (model, fills) = (self.input.article, self.fills);
        let mut article = Article {
            key: model.key.clone(),
            extension: extension(self.input.reading),
            locale: fills.locale.clone(),
            source_locale: self.source.locale.clone(),
            provenance: self.variant.cloned(),
            description,
            ..Article::default()
        };
        let keep = |head: &Head, withheld: &mut Vec<String>| {
            let out = self.options.on_error == OnError::Withhold && !head.quality.findings.is_empty();
            if out {
                withheld.push(head.id.clone());
            }
            !out
        };
        for procedure in &model.procedures {
            let made = self.procedure(procedure);
            if keep(&made.head, &mut article.withheld) {
                article.procedures.push(made);
            }
        }
        for policy in &model.policies {
            let made = self.policy(policy);
            if keep(&made.head, &mut article.withheld) {
                article.policies.push(made);
            }
        }
        let taken = taken(model);
        for index in 0..model.sections.len() {
            let mut section = self.section(index, &taken);
            if let Some(question) = self.question(index) {
                section.is_question = true;
                if keep(&question.head, &mut article.withheld) {
                    article.questions.push(question);
                }
            }
            article.sections.push(section);
        }
        let heading = article.sections.iter().find(|it| it.level == 1 && !it.title.is_empty());
        let any = || article.sections.iter().find(|it| !it.title.is_empty());
        article.title = match (heading, title) {
            (Some(heading), _) => heading.title.clone(),
            (None, Some(title)) => vec![title],
            (None, None) => any().map(|it| it.title.clone()).unwrap_or_default(),
        };
        article
    }

    fn procedure(&self, model: &procedure::Procedure) -> Procedure {
        let maker = Maker { fills: self.fills, source: &self.source.locale, numbers: self.options.numbers };
        let prerequisite =
            |it: &procedure::Prerequisite| Some(Prerequisite { kind: it.kind, text: self.fills.slot(&it.segment)? });
        let mut made = Procedure {
            title: model.title.as_ref().and_then(|it| self.fills.slot(it)),
            introduction: self.fills.slots(&model.introduction),
            prerequisites: model.prerequisites.iter().filter_map(prerequisite).collect(),
            roles: model.roles.clone(),
            steps: maker.steps(&model.steps),
            outcome: self.fills.slots(&model.outcome),
            follow_up: model.follow_up.iter().map(|it| maker.follow_up(it)).collect(),
            policies: model.policies.clone(),
            ..Procedure::default()
        };
        let mut slots = Vec::new();
        each_slot(&made, &mut |slot| slots.push(slot));
        made.head = self.head(&model.id, &model.section, &slots);
        made.head.content_hash = content_hash(&made.head, &made);
        made
    }

    fn policy(&self, model: &procedure::Policy) -> Policy {
        let mut numbers: Vec<&SegmentId> = Vec::new();
        for evidence in &model.evidence {
            if !numbers.contains(&&evidence.segment) {
                numbers.push(&evidence.segment);
            }
        }
        let text = self.fills.slots(numbers);
        let section = model.id.split_once('#').map_or("", |(_, rest)| rest);
        let section = section.rsplit_once('/').map_or(section, |(section, _)| section);
        let mut made = Policy { states: model.clone(), text, ..Policy::default() };
        made.head = self.head(&model.id, section, &made.text.iter().collect::<Vec<_>>());
        made.head.content_hash = content_hash(&made.head, &made);
        made
    }

    fn section(&self, index: usize, taken: &HashSet<&SegmentId>) -> Section {
        let model = &self.input.article.sections[index];
        let outline = &self.input.reading.outline.sections[index];
        let mut section = Section {
            level: model.level,
            parent: outline.parent,
            title: self.passages(&outline.title),
            scope: model.scope.clone(),
            blocks: self.blocks(&outline.blocks),
            ..Section::default()
        };
        section.prose = super::prose::of(&section.blocks, &|slot| taken.contains(&slot.segment));
        let all: Vec<&Slot> = section.title.iter().chain(super::prose::slots(&section.prose)).collect();
        let id = format!("{}#{}/text", self.input.article.key, model.id);
        let mut head = self.head(&id, &model.id, &all);
        head.content_hash = content_hash(&head, &all);
        section.head = head;
        section
    }

    /// The question that a section of a help file is.
    fn question(&self, index: usize) -> Option<Question> {
        let document = self.input.reading.document;
        let outline = &self.input.reading.outline.sections[index];
        let first = outline.title.first()?;
        let at = document.segments.partition_point(|it| it.span.start < first.side.span.start);
        let entry = document.segments.get(at)?.entry?;
        let path = &document.front_matter()?.entries.get(entry as usize)?.path;
        if document.format != Format::Yaml || !path.ends_with("question") {
            return None;
        }
        let answer = outline.blocks.iter().filter_map(|block| match block {
            procedure::Block::Paragraph(own) => Some(self.passages(own)).filter(|it| !it.is_empty()),
            _ => None,
        });
        let mut made =
            Question { question: self.passages(&outline.title), answer: answer.collect(), ..Question::default() };
        let slots: Vec<&Slot> = made.question.iter().chain(made.answer.iter().flatten()).collect();
        made.head = self.head(&format!("{}#{}", self.input.article.key, outline.id), &outline.id, &slots);
        made.head.content_hash = content_hash(&made.head, &made);
        Some(made)
    }

    fn head(&self, id: &str, section: &str, slots: &[&Slot]) -> Head {
        let is_other = self.variant.is_some_and(|it| it.alignment == Alignment::OtherVersion);
        let source: Vec<String> = slots
            .iter()
            .map(|slot| self.source.slot(&slot.segment).map_or_else(String::new, |it| it.markdown))
            .collect();
        Head {
            id: id.to_owned(),
            article: self.input.article.key.clone(),
            section: section.to_owned(),
            locale: self.fills.locale.clone(),
            source_locale: self.source.locale.clone(),
            source_hash: hash(source.join("\n").as_bytes()),
            content_hash: String::new(),
            quality: quality(slots, is_other),
            provenance: self.variant.cloned(),
        }
    }

    fn passages(&self, passages: &[Passage<'_>]) -> Vec<Slot> {
        passages.iter().filter_map(|it| self.fills.at(it.index).cloned()).collect()
    }

    fn blocks(&self, blocks: &[procedure::Block<'_>]) -> Vec<Block> {
        let mut made: Vec<Block> = Vec::new();
        for block in blocks {
            made.push(match block {
                procedure::Block::Paragraph(own) => match self.passages(own) {
                    own if own.is_empty() => continue,
                    own => Block::Paragraph(own),
                },
                procedure::Block::Tab(own) => Block::Tab(self.passages(own)),
                procedure::Block::List(list) => {
                    let item = |it: &procedure::Item<'_>| Item { written: it.written, blocks: self.blocks(&it.blocks) };
                    Block::List { ordered: list.ordered, items: list.items.iter().map(item).collect() }
                }
                procedure::Block::Alert(alert) => {
                    Block::Alert { kind: alert_kind(alert.kind).to_owned(), blocks: self.blocks(&alert.blocks) }
                }
                procedure::Block::Table(table) => {
                    let cells = |cells: &[Vec<Passage<'_>>]| cells.iter().map(|it| self.passages(it)).collect();
                    let rows = table.rows.iter().map(|row| cells(&row.cells)).collect();
                    Block::Table { head: cells(&table.head), rows }
                }
                procedure::Block::Image(image) => {
                    // One that is part of the text before it stands there.
                    let shows = |slot: &Slot| slot.runs.iter().any(|run| super::inline::shows(run, &image.source));
                    match made.last() {
                        Some(Block::Paragraph(own)) if own.iter().any(shows) => continue,
                        _ => {
                            Block::Image(Image { source: image.source.to_string(), alt: self.alt(image).map(Box::new) })
                        }
                    }
                }
                procedure::Block::Code(code) => {
                    Block::Code { language: code.language.to_owned(), text: super::prose::dedented(code.text) }
                }
            });
        }
        made
    }

    /// What is read in place of an image: as the translation says it, else as the source does.
    fn alt(&self, image: &procedure::Image<'_>) -> Option<Slot> {
        let home = self.input.reading.document;
        let bitext = self.input.bitexts.iter().find(|it| it.target.locale.to_string() == self.fills.locale);
        let target = bitext.map(|it| it.target).filter(|it| !std::ptr::eq(*it, home));
        // One image may stand in many places, each with words of its own.
        let same = |it| procedure::images_of(it).filter(|own| own.source == image.source);
        let place = || same(home).position(|own| own.alt == image.alt);
        let said = target.and_then(|it| same(it).nth(place()?));
        let said = said.map(|own| own.alt.into_owned()).filter(|it| *it != *image.alt);
        // What stands outside of the spans of a bilingual article is in its own language.
        let own = if home.is_bilingual() { home.locale.to_string() } else { self.source.locale.clone() };
        let locale = if said.is_some() { self.fills.locale.clone() } else { own };
        let text = said.unwrap_or_else(|| image.alt.to_string());
        let is_back = locale != self.fills.locale;
        (!text.is_empty()).then(|| Slot {
            markdown: text.clone(),
            runs: vec![super::inline::Run::Text(text.clone())],
            text,
            locale,
            state: if is_back { State::Fallback } else { State::Ok },
            reason: is_back.then_some(Reason::Untranslated),
            is_spaced: true,
            ..Slot::default()
        })
    }
}

/// The segments that stand in a procedure.
fn taken(model: &ArticleModel) -> HashSet<&SegmentId> {
    let mut taken = HashSet::new();
    for procedure in &model.procedures {
        taken.extend(procedure.introduction.iter().chain(&procedure.outcome));
        taken.extend(procedure.follow_up.iter().flat_map(|it| &it.segments));
        procedure.steps.iter().for_each(|step| taken_by(step, &mut taken));
    }
    taken
}

fn taken_by<'m>(step: &'m procedure::Step, taken: &mut HashSet<&'m SegmentId>) {
    taken.extend(step.segments.iter().chain(step.alerts.iter().flat_map(|it| &it.segments)));
    taken.extend(step.arms().iter().flat_map(|it| &it.segments));
    step.inner().iter().for_each(|step| taken_by(step, taken));
}

/// What is known of texts.
fn quality(slots: &[&Slot], is_other_version: bool) -> Quality {
    let mut seen: BTreeMap<&SegmentId, &Slot> = BTreeMap::new();
    for slot in slots {
        seen.insert(&slot.segment, slot);
    }
    let reasons: BTreeSet<Reason> = seen.values().filter_map(|it| it.reason).collect();
    let findings: BTreeSet<&String> = seen.values().flat_map(|it| &it.findings).collect();
    Quality {
        state: seen.values().map(|it| it.state).max().unwrap_or_default(),
        fallbacks: seen.values().filter(|it| it.reason.is_some()).count(),
        stale: is_other_version || reasons.contains(&Reason::Stale),
        reasons: reasons.into_iter().collect(),
        findings: findings.into_iter().cloned().collect(),
    }
}

/// The first 16 hex digits of the BLAKE3 of what a topic says; where it comes from does not count.
fn content_hash(head: &Head, topic: &impl serde::Serialize) -> String {
    let mut value = serde_json::to_value(topic).unwrap_or_default();
    if let Some(topic) = value.as_object_mut() {
        topic.remove("provenance");
    }
    hash(format!("{}\n{}\n{value}", head.id, head.locale).as_bytes())
}

fn hash(bytes: &[u8]) -> String {
    let mut hex = blake3::hash(bytes).to_hex().to_string();
    hex.truncate(16);
    hex
}

fn extension(reading: &Reading<'_>) -> String {
    let ending = reading.document.path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.filter(|it| it.chars().all(char::is_alphanumeric)).unwrap_or_else(|| "md".to_owned())
}
