//! The labels of a translated article, each with what it is called there.

use super::classes::{gloss, without_gloss};
use super::labels::{Pair, renderings};
use super::sentence::{Sentence, TokenKind};
use crate::bitext::{Bitext, Origin, Unit};
use crate::locale::{FrameWords, Locale, LocaleData};
use crate::markdown::InlineKind;
use crate::text::Span;

/// A label of the source, and what it is called at one place of a translation.
#[derive(Clone, Debug)]
pub struct LabelUse<'u, 'a> {
    /// The unit it stands in.
    pub unit: &'u Unit<'a>,
    /// What the source calls it: one label of a path.
    pub label: String,
    /// What the target calls it.
    pub rendering: String,
    /// Whether the target gives the label beside its translation: `Save (Speichern)`.
    pub glossed: bool,
    /// Where the rendering stands, with its path.
    pub place: Span,
    /// Whether the source tells its reader to do something with it: what is only bold may be
    /// emphasis.
    pub ordered: bool,
    /// Whether it is written as no label mostly is: in lower case. A status may be.
    pub weak: bool,
}

/// A status in lower case has no more words; what has is emphasis.
const MAX_WEAK_WORDS: usize = 2;

/// Finds the labels of a translation. What the source only quotes is a label where the reader is to
/// do something with it. Pairings that are a guess, and sources of another version, tell nothing.
pub fn uses<'u, 'a>(bitext: &'u Bitext<'a>, source_locale: &Locale) -> Vec<LabelUse<'u, 'a>> {
    if !bitext.same_version() {
        return Vec::new();
    }
    let locale = if bitext.source.is_bilingual() { source_locale } else { &bitext.source.locale };
    let (data, words) = (locale.data(), locale.frames());
    let mut read = Vec::new();
    for unit in &bitext.units {
        let unsure = matches!(unit.origin, Origin::Aligned(confidence) if confidence < 0.5);
        let (Some(source), Some(target)) = (unit.source, unit.target) else { continue };
        let is_marked = source.inlines.iter().any(|it| it.kind == InlineKind::StrongOpen);
        if unsure || unit.origin == Origin::FrontMatter || !(is_marked || quotes(source.raw(), data)) {
            continue;
        }
        let mut sentence = Sentence::of(&source, data);
        if let Some(words) = words {
            sentence.unmark_code(words);
        }
        read.push((unit, source, target, sentence));
    }
    let pairs: Vec<Pair<'_, 'a>> =
        read.iter().map(|(_, source, target, sentence)| Pair { sentence, source: *source, target: *target }).collect();
    let mut found = Vec::new();
    for rendering in renderings(&pairs, words, bitext.target.locale.data()) {
        let (unit, source, target, sentence) = &read[rendering.pair];
        let places = sentence.tokens.iter().enumerate();
        let mut labels = places.filter_map(|(at, token)| match &token.kind {
            TokenKind::Label(marked) if marked.span == rendering.source => Some((at, marked)),
            _ => None,
        });
        let (Some((at, marked)), Some(place)) = (labels.next(), rendering.place) else { continue };
        let Some(label) = marked.parts.get(rendering.part) else { continue };
        let ordered = words.is_some_and(|words| is_ordered(sentence, words, at));
        let is_bold =
            source.inlines.iter().any(|it| it.kind == InlineKind::StrongOpen && it.span.end <= marked.span.start);
        let weak = marked.weak;
        let few = label.split(' ').count() <= MAX_WEAK_WORDS;
        if weak && !(is_bold && few) || !(ordered || is_bold) {
            continue;
        }
        let text = rendering.text;
        let mut rendering = without_gloss(&text, label).to_owned();
        if rendering.eq_ignore_ascii_case(label)
            && let Some(gloss) = gloss(&target.text(), &rendering)
        {
            rendering = gloss.to_owned();
        }
        let glossed = rendering != text;
        found.push(LabelUse { unit, label: label.clone(), rendering, glossed, place, ordered, weak });
    }
    found
}

/// Whether a text may hold a label in quotation marks.
fn quotes(text: &str, data: Option<&LocaleData>) -> bool {
    let mut marks = data.iter().flat_map(|data| &data.label_wrappers);
    marks.any(|(open, _)| open != "[" && memchr::memmem::find(text.as_bytes(), open.as_bytes()).is_some())
}

/// Whether a verb of an order stands before a label in its sentence, or the name of a control
/// beside it.
fn is_ordered(sentence: &Sentence, words: &FrameWords, at: usize) -> bool {
    let range = sentence.sentences().into_iter().find(|it| it.contains(&at)).unwrap_or(0..at);
    let is_verb = |at: usize| words.verbs.at(sentence.words(at)).is_some();
    let is_control = |at: usize| words.controls.at(sentence.words(at)).is_some();
    (range.start..at).any(is_verb) || is_control(at + 1)
}
