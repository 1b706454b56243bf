//! A segment as terms are looked for in it, and a term as it is looked for.

use crate::document::Side;
use crate::locale::{Inflection, is_unspaced};
use crate::signal::Plain;
use crate::text::Span;

/// A segment, cut into words. Code, addresses and placeholders are masked.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Its text, and the way back into the article.
    pub plain: Plain,
    /// The words of languages that part them, as places in the text.
    words: Vec<(usize, usize)>,
}

impl Reading {
    /// Reads a side.
    pub fn of(side: &Side<'_>) -> Self {
        Self::read(Plain::of(side))
    }

    /// Reads a text that stands alone.
    pub fn of_text(text: &str) -> Self {
        Self::read(Plain::of_text(text))
    }

    fn read(plain: Plain) -> Self {
        let mut words: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        let text = &plain.text;
        while let Some(it) = text[at..].chars().next() {
            if let '%' | '{' = it {
                at += 1 + if it == '%' { format_code(&text[at + 1..]) } else { variable(&text[at + 1..]) };
                continue;
            }
            let end = at + text[at..].find(|it| !is_letter(it)).unwrap_or(text.len() - at);
            if end > at {
                words.push((at, end));
            }
            at = end.max(at + it.len_utf8());
        }
        Reading { plain, words }
    }

    /// The place in the article of a stretch.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.plain.span(start, end)
    }

    /// The text of a stretch.
    pub fn text(&self, start: usize, end: usize) -> &str {
        &self.plain.text[start..end]
    }

    /// A stretch with a word beside it, where both begin with a capital: it may be part of a name.
    pub fn names_around(&self, start: usize, end: usize) -> impl Iterator<Item = &str> {
        let text = &self.plain.text;
        let is_capital = |at: usize| text[at..].starts_with(char::is_uppercase);
        let first = self.words.partition_point(|it| it.0 < start);
        let after = self.words.partition_point(|it| it.0 < end);
        let before =
            first.checked_sub(1).and_then(|at| self.words.get(at)).filter(|it| text.get(it.1..start) == Some(" "));
        let after = self.words.get(after).filter(|it| text.get(end..it.0) == Some(" "));
        let longer = [before.map(|it| (it.0, it.0, end)), after.map(|it| (it.0, start, it.1))];
        let longer = longer.into_iter().flatten().filter(move |it| is_capital(it.0) && is_capital(start));
        longer.map(|(_, start, end)| &text[start..end])
    }

    /// Whether a stretch is bold or slanted.
    pub fn is_marked(&self, start: usize, end: usize) -> bool {
        self.plain.emphasis.iter().any(|it| it.0 <= start && end <= it.1)
    }

    /// Whether a text stands in it, in whatever case.
    pub fn says(&self, wanted: &str) -> bool {
        let wanted = Plain::of_text(wanted).folded;
        memchr::memmem::find(self.plain.folded.as_bytes(), wanted.as_bytes()).is_some()
    }

    /// Where a text stands in it as whole words, in its own case.
    pub fn find_word(&self, wanted: &str) -> Option<usize> {
        let edge = |it: Option<char>| !it.is_some_and(is_letter);
        let mut places = memchr::memmem::find_iter(self.plain.text.as_bytes(), wanted.as_bytes());
        places.find(|&at| {
            let (before, after) = (&self.plain.text[..at], &self.plain.text[at + wanted.len()..]);
            edge(before.chars().next_back()) && edge(after.chars().next())
        })
    }

    /// Its words in lower case.
    fn folded(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|&(start, end)| &self.plain.folded[start..end])
    }
}

/// A letter or digit of a word that spaces part from others.
fn is_letter(it: char) -> bool {
    it.is_alphanumeric() && !is_unspaced(it)
}

/// The length of what makes `%` a placeholder: `3$s`, `d`; 0 where it is a percent sign.
fn format_code(rest: &str) -> usize {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let dollar = usize::from(rest[digits..].starts_with('$'));
    match rest.as_bytes().get(digits + dollar) {
        Some(b's' | b'd' | b'@' | b'u' | b'f' | b'i') if dollar == 1 || digits == 0 => digits + dollar + 1,
        _ => 0,
    }
}

/// The length of what makes `{` a placeholder: `name}`; 0 where it is a bracket.
fn variable(rest: &str) -> usize {
    let is_name = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '$' | '-' | ':');
    let length = rest.find(|it| !is_name(it)).unwrap_or(rest.len());
    if length > 0 && rest[length..].starts_with('}') { length } else { 0 }
}

/// One form of a term.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// In a script without spaces: its characters.
    Unspaced {
        /// As written.
        exact: String,
        /// In lower case.
        folded: String,
    },
    /// Words.
    Spaced(Vec<Word>),
}

#[derive(Clone, Debug)]
pub(super) struct Word {
    exact: String,
    folded: String,
    /// Whether any ending may follow.
    is_open: bool,
}

/// What a form is compared by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner<'m> {
    pub inflection: &'m Inflection,
    /// Whether case counts.
    pub exact: bool,
    /// Whether other endings are other forms of the term.
    pub inflects: bool,
}

/// Where a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub start: usize,
    pub end: usize,
    /// Whether it stands there letter for letter, case aside.
    pub is_plain: bool,
}

/// A shorter word stands in others by chance.
const MIN_PART: usize = 4;

impl Form {
    /// Reads a form; `None` where it has no letter.
    pub fn of(text: &str) -> Option<Self> {
        if text.contains(is_unspaced) {
            let plain = Plain::of_text(text.trim_end_matches('*'));
            let dense = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect();
            return Some(Form::Unspaced { exact: dense(&plain.text), folded: dense(&plain.folded) });
        }
        let reading = Reading::of_text(text);
        let word = |&(start, end): &(usize, usize)| Word {
            exact: reading.plain.text[start..end].to_owned(),
            folded: reading.plain.folded[start..end].to_owned(),
            is_open: reading.plain.text[end..].starts_with('*'),
        };
        let words: Vec<Word> = reading.words.iter().map(word).collect();
        (!words.is_empty()).then_some(Form::Spaced(words))
    }

    /// What its places begin with, one or the other.
    pub fn keys(&self, manner: &Manner<'_>) -> Vec<String> {
        match self {
            Form::Unspaced { folded, .. } => vec![folded.chars().take(1).collect()],
            Form::Spaced(words) => {
                let first = &words[0];
                let is_fixed = first.is_open || !manner.inflects;
                if is_fixed { vec![first.folded.clone()] } else { manner.inflection.stems(&first.folded) }
            }
        }
    }

    /// The form at a place where one of its keys stands.
    pub fn at(&self, place: usize, reading: &Reading, manner: &Manner<'_>) -> Option<Match> {
        match self {
            Form::Unspaced { exact, folded } => {
                let (text, wanted) = match manner.exact {
                    true => (&reading.plain.text, exact),
                    false => (&reading.plain.folded, folded),
                };
                let end = dense_end(&text[place..], wanted)? + place;
                let apart = |inner: Option<char>, outer: Option<char>| {
                    !(inner.is_some_and(is_letter) && outer.is_some_and(is_letter))
                };
                let (before, after) = (text[..place].chars().next_back(), text[end..].chars().next());
                let whole = apart(wanted.chars().next(), before) && apart(wanted.chars().next_back(), after);
                whole.then_some(Match { start: place, end, is_plain: true })
            }
            Form::Spaced(words) => {
                let at = reading.words.partition_point(|(start, _)| *start < place);
                match reading.words.get(at) {
                    Some((start, _)) if *start == place => words_at(words, at, reading, manner),
                    _ => None,
                }
                .or_else(|| part_at(words, place, reading, manner))
            }
        }
    }

    /// Whether a text may have it in a form that nobody listed: all words of it, in any order.
    pub fn may_be_in(&self, reading: &Reading, inflection: &Inflection) -> bool {
        let Form::Spaced(words) = self else { return false };
        let long = |it: &&Word| it.folded.chars().count() >= MIN_PART;
        let any_long = words.iter().any(|it| long(&it));
        let mut wanted = words.iter().filter(|it| !any_long || long(it)).peekable();
        wanted.peek().is_some()
            && wanted.all(|word| {
                reading.folded().any(|it| {
                    inflection.may_be_forms(&word.folded, it)
                        || it == word.folded
                        || inflection.compounds && long(&word) && it.contains(&word.folded)
                })
            })
    }
}

/// Where a text without spaces ends in one that may have some.
fn dense_end(text: &str, wanted: &str) -> Option<usize> {
    let mut wanted = wanted.chars().peekable();
    for (at, it) in text.char_indices() {
        match wanted.peek() {
            None => return Some(at),
            Some(next) if *next == it => drop(wanted.next()),
            Some(_) if it == ' ' && at > 0 => {}
            Some(_) => return None,
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

/// The words of a form, one behind the other.
fn words_at(words: &[Word], at: usize, reading: &Reading, manner: &Manner<'_>) -> Option<Match> {
    let places = reading.words.get(at..at + words.len())?;
    let joins = |two: &[(usize, usize)]| {
        let between = &reading.plain.text[two[0].1..two[1].0];
        between.chars().all(|it| matches!(it, ' ' | '-' | '\'' | '\u{ad}'))
    };
    if !places.windows(2).all(joins) {
        return None;
    }
    let mut is_plain = true;
    for (word, &(start, end)) in words.iter().zip(places) {
        let folded = &reading.plain.folded[start..end];
        let same = folded == word.folded;
        is_plain &= same;
        let open = word.is_open && folded.starts_with(&word.folded);
        if !(same || open || manner.inflects && manner.inflection.are_forms(&word.folded, folded)) {
            return None;
        }
        let exact = &reading.plain.text[start..end];
        if manner.exact && !has_case_of(exact, &word.exact) {
            return None;
        }
    }
    Some(Match { start: places[0].0, end: places[words.len() - 1].1, is_plain })
}

/// Whether a form of a word is in the case of that: as far as both have the same letters.
fn has_case_of(text: &str, word: &str) -> bool {
    let shared = text.chars().zip(word.chars()).take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()));
    shared.into_iter().all(|(a, b)| a == b)
}

/// A term of one word that is part of a compound: at its end, or at its beginning.
fn part_at(words: &[Word], place: usize, reading: &Reading, manner: &Manner<'_>) -> Option<Match> {
    let [word] = words else { return None };
    if !manner.inflection.compounds || manner.exact || word.folded.chars().count() < MIN_PART {
        return None;
    }
    let at = reading.words.partition_point(|(start, _)| *start <= place).checked_sub(1)?;
    let &(start, end) = reading.words.get(at).filter(|(_, end)| *end > place)?;
    let rest = &reading.plain.folded[place..end];
    let is_end = place > start && manner.inflection.are_forms(&word.folded, rest);
    let is_begin = place == start && rest.starts_with(&word.folded);
    match () {
        () if is_end => Some(Match { start: place, end, is_plain: false }),
        () if is_begin => Some(Match { start: place, end: place + word.folded.len(), is_plain: false }),
        () => None,
    }
}
