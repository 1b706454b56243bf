//! One article in all its locales → its model.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::labels::{Labels, labels};
use super::model::{
    Action, Alignment, ArticleModel, Confidence, Procedure, Seen, SegmentId, Step, Texts, UiTarget, Variant,
};
use super::reading::Reading;
use super::texts::{Counterpart, counterparts};
use crate::bitext::{Bitext, Relation};
use crate::document::{Document, Role, Side, essential};
use crate::locale::{Locale, Words};

/// The document that holds the source of an article: one in the locale of the source, else the
/// bilingual one that was made from the newest version.
pub fn source_of<'a>(documents: &'a [Document], locale: &Locale) -> Option<&'a Document> {
    let own = documents.iter().filter(|it| !it.is_bilingual() && it.locale.language() == locale.language());
    let source = own.min_by_key(|it| (it.locale != *locale, it.locale.tag().len(), it.path.clone()));
    source.or_else(|| {
        let bilingual = documents.iter().enumerate().filter(|(_, it)| it.is_bilingual());
        bilingual.max_by_key(|(index, it)| (handed_over(it), std::cmp::Reverse(*index))).map(|(_, it)| it)
    })
}

/// When a translation was made, as year, month and day: `ms.lasthandoff: 06/27/2019`.
fn handed_over(document: &Document) -> Option<(u32, u32, u32)> {
    let mut parts = document.meta("ms.lasthandoff").split('/').map(|it| it.parse::<u32>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    Some((year, month, day))
}

/// A translation in the model.
struct Translation<'a> {
    locale: String,
    counterparts: Vec<Counterpart<'a>>,
    labels: Labels,
}

/// The model of an article, of its source and these translations. `locale` is that of the source,
/// `words` gives those of a language, with what the settings change.
pub fn article<'w>(
    key: &str,
    reading: &Reading<'_>,
    locale: &Locale,
    bitexts: &[&Bitext<'_>],
    words: impl Fn(&Locale) -> &'w Words,
) -> ArticleModel {
    let document = reading.document;
    let mut article = ArticleModel { key: key.to_owned(), ..ArticleModel::default() };
    let is_own = !document.is_bilingual();
    article.source_locale = if is_own { document.locale.to_string() } else { locale.to_string() };
    if is_own {
        article.variants.push(variant(document, Alignment::Source, Confidence::Explicit));
    }
    let mut translations: Vec<Translation<'_>> = Vec::new();
    for bitext in bitexts {
        let locale = bitext.target.locale.to_string();
        if article.variants.iter().any(|it| it.locale == locale) {
            continue;
        }
        let alignment = alignment(bitext, document);
        article.variants.push(variant(bitext.target, alignment, Confidence::Inherited));
        let counterparts = counterparts(reading, bitext);
        let labels = labels(reading, &counterparts, bitext.target.locale.data());
        let said = article.said.entry(locale.clone()).or_default();
        for side in bitext.target.body_without(Role::Source) {
            said.entry(essential(&side.text())).or_insert(side.span.start);
        }
        translations.push(Translation { locale, counterparts, labels });
    }
    let own_locale = reading.locale(locale).clone();
    article.policies = super::policies::published(key, reading, &own_locale, bitexts, words);
    article.sections = reading.sections.clone();
    article.procedures = reading.procedures.clone();
    let places: HashMap<&SegmentId, usize> =
        reading.outline.passages.iter().enumerate().map(|(index, (number, _))| (number, index)).collect();
    for procedure in &mut article.procedures {
        procedure.id.insert_str(0, key);
        each_target(procedure, &mut |target, segment| {
            let place = segment.and_then(|segment| places.get(segment)).copied();
            resolve(target, place, &article.source_locale, &translations);
        });
    }
    let used = used(&article);
    for (index, (number, side)) in reading.outline.passages.iter().enumerate() {
        article.prose.push((written(side), seen(side).text));
        if !used.contains(number) {
            continue;
        }
        let mut texts = Texts::from([(article.source_locale.clone(), written(side))]);
        let mut seen = BTreeMap::from([(article.source_locale.clone(), seen(side))]);
        for translation in &translations {
            let text = match &translation.counterparts[index] {
                Counterpart::Side(side) => {
                    seen.insert(translation.locale.clone(), self::seen(side));
                    written(side)
                }
                Counterpart::Joined => String::new(),
                Counterpart::None => continue,
            };
            texts.insert(translation.locale.clone(), text);
        }
        article.seen.insert(number.clone(), seen);
        article.segments.push((number.clone(), texts));
    }
    article
}

impl ArticleModel {
    /// Gives the article another key, and with it all ids.
    pub fn name(&mut self, key: &str) {
        let old = std::mem::replace(&mut self.key, key.to_owned());
        let ids = self.procedures.iter_mut().flat_map(|it| std::iter::once(&mut it.id).chain(&mut it.policies));
        for id in ids.chain(self.policies.iter_mut().map(|it| &mut it.id)) {
            if let Some(rest) = id.strip_prefix(&old) {
                *id = format!("{key}{rest}");
            }
        }
    }
}

/// A segment as written, on one line.
fn written(side: &Side<'_>) -> String {
    side.raw().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A segment as a reader sees it.
fn seen(side: &Side<'_>) -> Seen {
    Seen { text: side.text().split_whitespace().collect::<Vec<_>>().join(" "), at: side.span.start }
}

fn alignment(bitext: &Bitext<'_>, source: &Document) -> Alignment {
    match bitext.relation {
        Relation::Own if std::ptr::eq(bitext.target, source) || !source.is_bilingual() => Alignment::Embedded,
        // Another bilingual article: made from the same version, or not.
        Relation::Own => match bitext.target.meta(HASH) == source.meta(HASH) {
            true => Alignment::Embedded,
            false => Alignment::OtherVersion,
        },
        Relation::SameVersion | Relation::Comments => Alignment::Aligned,
        Relation::SameSource => Alignment::Recovered,
        Relation::OtherVersion => Alignment::OtherVersion,
    }
}

/// The key of the version of the source.
const HASH: &str = "ms.openlocfilehash";

fn variant(document: &Document, alignment: Alignment, confidence: Confidence) -> Variant {
    let meta = |key: &str| document.meta(key).to_owned();
    Variant {
        locale: document.locale.to_string(),
        path: document.path.to_string(),
        alignment,
        confidence,
        source_hash: meta(HASH),
        source_revision: meta("ms.sourcegitcommit"),
        translation_type: meta("ms.translationtype"),
        date: meta("ms.date"),
    }
}

/// Gives the labels of a target their texts in all locales.
fn resolve(target: &mut UiTarget, place: Option<usize>, source: &str, translations: &[Translation<'_>]) {
    let at = std::mem::take(&mut target.at);
    let href = target.href.clone();
    let all = target.path.iter_mut().chain([&mut target.label]);
    for (index, texts) in all.enumerate() {
        let Some(own) = texts.remove("") else { continue };
        texts.insert(source.to_owned(), own);
        for translation in translations {
            let label = match at.get(index) {
                Some(place) => translation.labels.get(place).cloned(),
                // A link that is not marked as a label.
                None => {
                    place.zip(href.as_deref()).and_then(|(place, href)| linked(&translation.counterparts[place], href))
                }
            };
            if let Some(label) = label.filter(|it| !it.is_empty()) {
                texts.insert(translation.locale.clone(), label);
            }
        }
    }
}

/// The text of the only link of a target that leads to an address.
fn linked(counterpart: &Counterpart<'_>, href: &str) -> Option<String> {
    let Counterpart::Side(side) = counterpart else { return None };
    let (sentence, ..) = crate::termbase::Sentence::stretches(side);
    let mut found = sentence.links.iter().filter(|(_, it)| it == href);
    let (range, _) = found.next()?;
    found.next().is_none().then(|| sentence.text[range.clone()].trim().to_owned())
}

/// Visits all UI elements of a procedure, each with the number of its segment where an action names
/// it.
fn each_target(procedure: &mut Procedure, visit: &mut dyn FnMut(&mut UiTarget, Option<&SegmentId>)) {
    procedure.steps.iter_mut().for_each(|step| of_step(step, visit));
    procedure.follow_up.iter_mut().flat_map(|task| &mut task.actions).for_each(|action| of_action(action, visit));
}

fn of_step(step: &mut Step, visit: &mut dyn FnMut(&mut UiTarget, Option<&SegmentId>)) {
    step.actions.iter_mut().for_each(|action| of_action(action, visit));
    step.named.iter_mut().for_each(|target| visit(target, None));
    step.arms_mut().iter_mut().flat_map(|arm| &mut arm.actions).for_each(|action| of_action(action, visit));
    step.inner_mut().iter_mut().for_each(|step| of_step(step, visit));
}

fn of_action(action: &mut Action, visit: &mut dyn FnMut(&mut UiTarget, Option<&SegmentId>)) {
    if let Some(target) = &mut action.target {
        visit(target, Some(&action.segment));
    }
}

/// The numbers of the segments that the model refers to.
fn used(article: &ArticleModel) -> BTreeSet<SegmentId> {
    let mut found: BTreeSet<SegmentId> = article.sections.iter().filter_map(|it| it.title.clone()).collect();
    found.extend(article.sections.iter().flat_map(|it| &it.alerts).flat_map(|it| it.segments.iter().cloned()));
    for procedure in &article.procedures {
        found.extend(procedure.title.iter().chain(&procedure.introduction).chain(&procedure.outcome).cloned());
        found.extend(procedure.prerequisites.iter().map(|it| it.segment.clone()));
        found.extend(procedure.inputs.iter().map(|it| it.segment.clone()));
        found.extend(procedure.follow_up.iter().flat_map(|it| &it.segments).cloned());
        procedure.steps.iter().for_each(|step| used_by(step, &mut found));
    }
    let policies = article.policies.iter();
    found.extend(policies.flat_map(|it| it.evidence.iter().map(|it| it.segment.clone())));
    found
}

fn used_by(step: &Step, found: &mut BTreeSet<SegmentId>) {
    found.extend(step.segments.iter().chain(&step.results).cloned());
    found.extend(step.alerts.iter().flat_map(|it| &it.segments).cloned());
    found.extend(step.arms().iter().flat_map(|arm| &arm.segments).cloned());
    step.inner().iter().for_each(|step| used_by(step, found));
}
