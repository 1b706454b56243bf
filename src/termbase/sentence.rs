//! A segment as words and labels: what the reading of orders works on.

use std::ops::Range;

use memchr::memmem;

use crate::document::Side;
use crate::locale::{LocaleData, Phrases};
use crate::markdown::InlineKind;
use crate::text::{Span, is_letter_or_digit};

/// A segment of the source, cut into words, labels and signs.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// What a reader sees.
    pub text: String,
    /// Its pieces, in order.
    pub tokens: Vec<Token>,
    /// Where stretches of the text stand in the document, where both are the same bytes.
    pieces: Vec<(usize, Span)>,
    /// All that is bold in it, whether it can be a label or not.
    pub(super) bold: Vec<Span>,
    /// Its links, with their places in the text.
    pub links: Vec<(Range<usize>, String)>,
}

/// A piece of a sentence.
#[derive(Clone, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its place in the text.
    pub range: Range<usize>,
    /// A word in lower case; empty for a label, the sign itself for a sign.
    pub word: Box<str>,
}

/// The kinds of pieces.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// A word.
    Word,
    /// A punctuation mark.
    Sign,
    /// A stretch that is marked as a UI element.
    Label(Marked),
}

/// A stretch that is bold or stands in quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// What is marked, cut at the brackets of a path: `Settings`, `Users` for `**Settings > Users**`.
    pub parts: Vec<String>,
    /// Its bytes in the document, without the marks.
    pub span: Span,
    /// Where it leads, where it is a link.
    pub href: Option<String>,
    /// Whether it needs a word beside it to be one: it begins in lower case, is long, or is marked
    /// otherwise than labels are. More often that is emphasis.
    pub weak: bool,
    /// Whether it is in italics, as some writers set labels.
    pub slanted: bool,
}

/// A marked stretch of the text, with its bytes in the document.
pub(super) type Stretch = (Range<usize>, Span);

/// What stands between the labels of a path.
const PATH_SIGNS: [char; 4] = ['>', '›', '→', '»'];
/// A longer quotation is a sentence and no label.
const MAX_QUOTED: usize = 60;
/// So many words are bold for emphasis, unless something is done to them.
const MAX_LABEL_WORDS: usize = 14;
/// So many words are bold for emphasis.
const MAX_WORDS: usize = 30;

impl Sentence {
    /// Reads a side.
    pub fn of(side: &Side<'_>, data: Option<&LocaleData>) -> Self {
        let mut sentence = Sentence::default();
        let (marks, slanted) = sentence.read(side);
        let mut labels = joined(marks, &sentence.text);
        sentence.bold = labels.iter().map(|(_, span)| *span).collect();
        labels.retain(|(range, _)| sentence.can_be_label(range, data));
        let bold: Vec<Range<usize>> = labels.iter().map(|(range, _)| range.clone()).collect();
        let is_name =
            |range: &Range<usize>| sentence.text[range.clone()].starts_with(|it: char| it.is_uppercase() || it == '+');
        let slanted = joined(slanted, &sentence.text).into_iter().filter(|(range, _)| {
            let free = !bold.iter().any(|it| overlaps(it, range));
            free && is_name(range) && sentence.can_be_label(range, data)
        });
        let slanted: Vec<Stretch> = slanted.collect();
        let italics: Vec<Range<usize>> = slanted.iter().map(|(range, _)| range.clone()).collect();
        labels.extend(slanted);
        if let Some(data) = data {
            sentence.quoted(&mut labels, data);
        }
        labels.sort_by_key(|(range, _)| range.start);
        for (range, span) in labels {
            let Some(text) = sentence.text.get(range.clone()) else { continue };
            let parts: Vec<String> = parts(text).map(str::to_owned).collect();
            let href = sentence.links.iter().find(|(link, _)| overlaps(link, &range)).map(|(_, href)| href.clone());
            // Where labels are bold, what is marked otherwise is more often a name or a term.
            let weak = is_weak(text) || !bold.contains(&range) && (!bold.is_empty() || !sentence.is_quoted(&range));
            let slanted = italics.contains(&range);
            let kind = TokenKind::Label(Marked { parts, span, href, weak, slanted });
            sentence.tokens.push(Token { kind, range, word: "".into() });
        }
        sentence.cut();
        sentence
    }

    /// The visible text with its links, and its bold stretches and slanted ones, whatever they say.
    pub fn stretches(side: &Side<'_>) -> (Self, Vec<Stretch>, Vec<Stretch>) {
        let mut sentence = Sentence::default();
        let (marks, slanted) = sentence.read(side);
        let (marks, slanted) = (joined(marks, &sentence.text), joined(slanted, &sentence.text));
        (sentence, marks, slanted)
    }

    /// Collects the visible text; gives the bold stretches, and the slanted ones.
    fn read(&mut self, side: &Side<'_>) -> (Vec<Stretch>, Vec<Stretch>) {
        let document = side.document;
        let (mut strong, mut slant, mut link, mut image) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let (mut marks, mut slanted) = (Vec::new(), Vec::new());
        for inline in side.inlines {
            let (at, span) = (self.text.len(), inline.span);
            if image == 0 && inline.kind == InlineKind::Text {
                self.pieces.push((at, span));
            }
            match &inline.kind {
                InlineKind::ImageOpen { .. } => image += 1,
                InlineKind::ImageClose { .. } => image -= 1,
                _ if image > 0 => {}
                InlineKind::StrongOpen => strong.push((at, span.end)),
                InlineKind::StrongClose => {
                    if let Some((from, start)) = strong.pop() {
                        marks.push((from..at, Span::new(start as usize, span.start as usize)));
                    }
                }
                InlineKind::EmphasisOpen => slant.push((at, span.end)),
                InlineKind::EmphasisClose => {
                    if let Some((from, start)) = slant.pop() {
                        slanted.push((from..at, Span::new(start as usize, span.start as usize)));
                    }
                }
                InlineKind::LinkOpen { target } => link.push((at, document.slice(*target).to_owned())),
                InlineKind::LinkClose { .. } => {
                    if let Some((from, href)) = link.pop() {
                        self.links.push((from..at, href));
                    }
                }
                InlineKind::Text | InlineKind::Autolink => self.text.push_str(document.slice(span)),
                InlineKind::Escape => self.text.push_str(document.slice(Span { start: span.start + 1, ..span })),
                InlineKind::Entity { text } => self.text.push_str(text),
                InlineKind::Code { body } => self.text.push_str(document.slice(*body)),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
                _ => {}
            }
        }
        (marks, slanted)
    }

    /// Whether a marked stretch can be a label. A function word that is one has a capital within its
    /// sentence: "Choose **Select**", "set it to **On**".
    fn can_be_label(&self, range: &Range<usize>, data: Option<&LocaleData>) -> bool {
        let text = &self.text[range.clone()];
        let before = self.text[..range.start].trim_end();
        let inside = !before.is_empty() && !before.ends_with(['.', '!', '?', ':', '(']);
        let named = inside && data.is_some_and(|data| data.words_are_spaced) && text.starts_with(char::is_uppercase);
        is_label(text, data.filter(|_| !named))
    }

    fn is_quoted(&self, range: &Range<usize>) -> bool {
        self.text[..range.start].ends_with(['"', '“']) && self.text[range.end..].starts_with(['"', '”'])
    }

    /// Labels in quotation marks, as some writers set them.
    fn quoted(&self, labels: &mut Vec<Stretch>, data: &LocaleData) {
        for (open, close) in &data.label_wrappers {
            let mut at = 0;
            while let Some(found) = memmem::find(&self.text.as_bytes()[at..], open.as_bytes()) {
                let from = at + found + open.len();
                let Some(length) = memmem::find(&self.text.as_bytes()[from..], close.as_bytes()) else { break };
                at = from + length + close.len();
                let range = from..from + length;
                let text = &self.text[range.clone()];
                let fits = length > 0 && length <= MAX_QUOTED && !is_weak(text) && is_label(text, Some(data));
                if fits && !labels.iter().any(|(label, _)| overlaps(label, &range)) {
                    let span = self.span(&range);
                    labels.extend(span.map(|span| (range, span)));
                }
            }
        }
    }

    /// Where a stretch of the text stands in the document.
    pub(super) fn span(&self, range: &Range<usize>) -> Option<Span> {
        let (at, piece) = self.pieces.iter().rfind(|(at, _)| *at <= range.start)?;
        let from = piece.start as usize + (range.start - at);
        let span = Span::new(from, from + range.len());
        (span.end <= piece.end).then_some(span)
    }

    /// The same for a stretch that marks may lie in, without the spaces around it.
    pub(super) fn cover(&self, range: &Range<usize>) -> Option<Span> {
        let text = self.text.get(range.clone())?;
        let start = range.start + text.len() - text.trim_start().len();
        let end = start + text.trim().len();
        let (from, first) = self.pieces.iter().rfind(|(at, _)| *at <= start)?;
        let (to, last) = self.pieces.iter().rfind(|(at, _)| *at < end)?;
        let (start, end) = (first.start as usize + (start - from), last.start as usize + (end - to));
        (start < end && start < first.end as usize && end <= last.end as usize).then(|| Span::new(start, end))
    }

    /// Cuts what is no label into words and signs.
    fn cut(&mut self) {
        let text = &self.text;
        let mut all = Vec::with_capacity(text.len() / 5);
        let mut at = 0;
        for label in std::mem::take(&mut self.tokens) {
            if label.range.start >= at {
                words(text, at..label.range.start, &mut all);
                at = label.range.end;
                all.push(label);
            }
        }
        words(text, at..text.len(), &mut all);
        self.tokens = all;
    }

    /// The words from a token on, for phrases. A label ends a phrase.
    pub fn words(&self, from: usize) -> impl Iterator<Item = &str> + Clone {
        self.tokens[from.min(self.tokens.len())..].iter().map(|token| match token.kind {
            TokenKind::Word => &*token.word,
            _ => "",
        })
    }

    /// The phrase that stands at a token: how many tokens it has.
    pub fn phrase(&self, phrases: &Phrases, at: usize) -> Option<usize> {
        phrases.at(self.words(at)).map(|(length, _)| length)
    }

    /// Whether a phrase stands anywhere in these tokens.
    pub fn holds(&self, phrases: &Phrases, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.phrase(phrases, at).is_some())
    }

    /// The sign at a token.
    pub fn sign(&self, at: usize) -> Option<char> {
        let token = self.tokens.get(at).filter(|it| it.kind == TokenKind::Sign)?;
        token.word.chars().next()
    }

    /// The label at a token.
    pub fn label(&self, at: usize) -> Option<&Marked> {
        match &self.tokens.get(at)?.kind {
            TokenKind::Label(label) => Some(label),
            _ => None,
        }
    }

    /// All its labels, in order.
    pub fn labels(&self) -> impl Iterator<Item = &Marked> {
        (0..self.tokens.len()).filter_map(|at| self.label(at))
    }

    /// The text of some tokens, as written, without signs at its ends.
    pub fn slice(&self, range: Range<usize>) -> &str {
        let tokens = &self.tokens[range.start.min(self.tokens.len())..range.end.min(self.tokens.len())];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        let text = &self.text[first.range.start..last.range.end];
        text.trim_matches(|it: char| it.is_whitespace() || matches!(it, ',' | ';' | ':' | '.' | '"' | '“' | '”'))
    }

    /// Where a link stands in these tokens.
    pub fn link(&self, range: Range<usize>) -> Option<(&str, &str)> {
        let tokens = &self.tokens[range.start.min(self.tokens.len())..range.end.min(self.tokens.len())];
        let (first, last) = (tokens.first()?, tokens.last()?);
        let within = first.range.start..last.range.end;
        let (place, href) = self.links.iter().find(|(link, _)| overlaps(link, &within))?;
        Some((self.text[place.clone()].trim(), href))
    }

    /// The sentences in it, as ranges of tokens: a segment may hold several.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = 0;
        for at in 0..self.tokens.len() {
            let ends = matches!(self.sign(at), Some('.' | '!' | '?'));
            let next = self.tokens.get(at + 1);
            let fresh = next.is_some_and(|next| {
                next.range.start > self.tokens[at].range.end
                    && self.text[next.range.clone()].starts_with(|it: char| it.is_uppercase() || it.is_numeric())
            });
            if ends && fresh {
                found.push(start..at);
                start = at + 1;
            }
        }
        if start < self.tokens.len() {
            found.push(start..self.tokens.len());
        }
        found
    }
}

/// The labels of a path written in one stretch.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let spaced = PATH_SIGNS.iter().any(|&sign| text.contains(sign));
    let signs: &[char] = if spaced { &PATH_SIGNS } else { &[] };
    text.split(move |it: char| signs.contains(&it)).map(clean).filter(|part| !part.is_empty())
}

/// Whether a sign stands between the labels of a path.
pub fn is_path_sign(sign: char) -> bool {
    PATH_SIGNS.contains(&sign)
}

/// A label without the signs that a writer puts around it.
fn clean(text: &str) -> &str {
    text.trim_matches(|it: char| it.is_whitespace() || matches!(it, ',' | '.' | ';' | ':' | '"' | '“' | '”' | '-'))
}

/// Bold stretches that touch each other are one.
fn joined(marks: Vec<Stretch>, text: &str) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for (range, span) in marks {
        // A label that ends with a white space is no worse than one that does not.
        let trimmed = text[range.clone()].trim();
        if trimmed.is_empty() {
            continue;
        }
        match all.last_mut() {
            Some((last, whole)) if last.end == range.start => {
                last.end = range.end;
                *whole = whole.cover(span);
            }
            _ => all.push((range, span)),
        }
    }
    all
}

/// Whether a bold stretch can be a label: it is no function word and no sentence.
fn is_label(text: &str, data: Option<&LocaleData>) -> bool {
    let text = clean(text);
    let Some(first) = text.chars().find(|it| is_letter_or_digit(*it) || matches!(it, '+' | '…')) else {
        return false;
    };
    // Several words without a capital are bold for emphasis.
    let is_name =
        text.contains(|it: char| it.is_uppercase() || it.is_numeric() || !is_letter_or_digit(it) && it != ' ');
    let plain = !first.is_lowercase() || is_name || !text.contains(' ');
    let is_long = text.split_whitespace().nth(MAX_WORDS).is_some();
    plain && !is_long && !data.is_some_and(|data| data.cannot_be_label(&text.to_lowercase()))
}

/// Whether a stretch has no capital or many words: **suspended**, and not **oAuth2**.
fn is_weak(text: &str) -> bool {
    if text.split_whitespace().nth(MAX_LABEL_WORDS).is_some() {
        return true;
    }
    let first = text.chars().find(|it| is_letter_or_digit(*it));
    first.is_some_and(char::is_lowercase) && !text.contains(char::is_uppercase)
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Cuts a stretch of text into words and signs.
fn words(text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let stretch = &text[range.clone()];
    let mut from: Option<usize> = None;
    let mut push = |from: usize, to: usize, kind: TokenKind| {
        let word = folded(&stretch[from..to]);
        tokens.push(Token { kind, range: range.start + from..range.start + to, word });
    };
    let mut characters = stretch.char_indices().peekable();
    while let Some((at, it)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let inner = from.is_some()
            && matches!(it, '\'' | '’' | '-' | '/' | '&' | '.' | '_' | '@')
            && next.is_some_and(is_letter_or_digit);
        if is_letter_or_digit(it) || it == '_' || inner {
            from.get_or_insert(at);
            continue;
        }
        if let Some(from) = from.take() {
            push(from, at, TokenKind::Word);
        }
        if !it.is_whitespace() {
            push(at, at + it.len_utf8(), TokenKind::Sign);
        }
    }
    if let Some(from) = from {
        push(from, stretch.len(), TokenKind::Word);
    }
}

/// A word in lower case, with `'` for an apostrophe.
fn folded(word: &str) -> Box<str> {
    if word.is_ascii() {
        let mut word = Box::<str>::from(word);
        word.make_ascii_lowercase();
        return word;
    }
    let word = word.to_lowercase();
    if word.contains('’') { word.replace('’', "'").into() } else { word.into() }
}
