//! What a segment states, free of language: quantities with the way they bound, duties, denials,
//! limits, conditions. It reads one side and compares nothing.

mod digits;
mod plain;
mod quantities;
mod value;

use std::collections::HashMap;
use std::fmt;

pub use digits::ONE;
pub use plain::Plain;
pub use value::{Date, Quantity, Value, measure};

use crate::document::Side;
use crate::locale::{Cue, Notion, Sense, TimeUnit, Words};
use crate::text::Span;

/// A cue with its place in the plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub cue: Cue,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// A notion with its place in the plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// What it is.
    pub notion: Notion,
    /// Whether the word says it, and does not only allow for it.
    pub firm: bool,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// What one segment states.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// The text it was read from.
    pub plain: Plain,
    /// Its quantities, in order of place.
    pub quantities: Vec<Quantity>,
    /// Its cues, in order of place.
    pub cues: Vec<Said>,
    /// Its notions, in order of place.
    pub notions: Vec<Noted>,
    /// The currencies it names, with or without an amount.
    pub currencies: Vec<([u8; 3], usize, usize)>,
    /// The units of time it names, with or without a number.
    pub units: Vec<(TimeUnit, usize, usize)>,
    /// Whether its language has a lexicon: where not, cues, months and units are unknown, not absent.
    pub known: bool,
}

/// Statements of texts that were read before: the source of an article is compared with each of
/// its translations.
#[derive(Debug, Default)]
pub struct Known(HashMap<String, Statement>);

impl Known {
    /// Reads a segment by the words of its language, which is the same for all.
    pub fn read(&mut self, side: &Side<'_>, words: &Words) -> Statement {
        let plain = Plain::of(side);
        if let Some(known) = self.0.get(&plain.text) {
            return Statement { plain, ..known.clone() };
        }
        let mut read = Statement::read(plain, words);
        // The places of the text differ from article to article, and are read from each.
        let plain = std::mem::take(&mut read.plain);
        self.0.insert(plain.text.clone(), read.clone());
        read.plain = plain;
        read
    }
}

impl Said {
    /// Where it stands in the plain text.
    pub fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

impl Statement {
    /// Reads a segment by the words of its language.
    pub fn of(side: &Side<'_>, words: &Words) -> Self {
        Self::read(Plain::of(side), words)
    }

    /// Reads a text that stands alone.
    pub fn of_text(text: &str, words: &Words) -> Self {
        Self::read(Plain::of_text(text), words)
    }

    fn read(plain: Plain, words: &Words) -> Self {
        let hits = words.matcher.find(&plain.folded);
        let mut statement = Statement { known: !words.lexicon.cues.is_empty(), ..Statement::default() };
        quantities::read(&plain, &hits, words, &mut statement.quantities, &mut statement.currencies);
        for hit in &hits {
            if let Sense::Unit(unit) = hit.sense {
                statement.units.push((unit, hit.start, hit.end));
            }
            if let Sense::Notion(notion, firm) = hit.sense
                && notion != Notion::Neutral
            {
                let (start, end) = plain.whole_words(hit.start, hit.end);
                statement.notions.push(Noted { notion, firm, start, end });
            }
            if let Sense::Cue(cue) = hit.sense
                && cue != Cue::Neutral
                // `May 4` is no permission; the word that begins a sentence may be one.
                && !statement.quantities.iter().any(|it| {
                    let covers = it.start <= hit.start && hit.end <= it.end;
                    covers && (it.digits || hit.start > 0)
                })
            {
                let (start, end) = plain.whole_words(hit.start, hit.end);
                statement.cues.push(Said { cue, start, end });
            }
        }
        statement.plain = plain;
        statement
    }

    /// The first cue of one of these kinds.
    pub fn first(&self, cues: &[Cue]) -> Option<Said> {
        self.cues.iter().find(|said| cues.contains(&said.cue)).copied()
    }

    /// Whether a cue of one of these kinds is there.
    pub fn has(&self, cues: &[Cue]) -> bool {
        self.first(cues).is_some()
    }

    /// Where a notion is first said, in a word that says nothing else.
    pub fn notion(&self, wanted: Notion) -> Option<(usize, usize)> {
        self.notions.iter().find(|it| it.notion == wanted && it.firm).map(|it| (it.start, it.end))
    }

    /// Whether some word says a notion, or may say it.
    pub fn may_mean(&self, wanted: Notion) -> bool {
        self.notions.iter().any(|it| it.notion == wanted)
    }

    /// A word, of a notion that is asked for, whose contrary another statement says in its place.
    pub fn contrary(
        &self,
        other: &Statement,
        wanted: impl Fn(Notion) -> bool,
    ) -> Option<((usize, usize), (usize, usize))> {
        self.notions.iter().filter(|it| it.firm && wanted(it.notion) && !other.may_mean(it.notion)).find_map(|said| {
            let contrary = said.notion.contrary().filter(|it| !self.may_mean(*it))?;
            Some(((said.start, said.end), other.notion(contrary)?))
        })
    }

    /// Whether its text holds `part`, in whatever case.
    pub fn text_has(&self, part: &str) -> bool {
        self.plain.folded.contains(&part.to_lowercase())
    }

    /// The place of a stretch of the plain text in the article.
    pub fn span(&self, (start, end): (usize, usize)) -> Span {
        self.plain.span(start, end)
    }

    /// A stretch as it is written, without markup.
    pub fn text(&self, (start, end): (usize, usize)) -> &str {
        &self.plain.text[start..end]
    }
}

/// The statements in order, parted by `; `: `P14D within; must; not`.
impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all: Vec<(usize, String)> = Vec::new();
        for it in &self.quantities {
            let relation = it.bound().map_or(String::new(), |relation| format!(" {}", relation.word()));
            all.push((it.start, format!("{}{relation}", it.value)));
        }
        all.extend(self.cues.iter().map(|it| (it.start, it.cue.word().to_owned())));
        all.sort_by_key(|(at, _)| *at);
        for (index, (_, text)) in all.iter().enumerate() {
            let sign = if index > 0 { "; " } else { "" };
            write!(f, "{sign}{text}")?;
        }
        Ok(())
    }
}
