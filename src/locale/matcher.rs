//! Finds the patterns of a lexicon in a text: one pass over the text for all of them.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::lexicon::{Cue, Lexicon, Notion, Patterns, Relation, TimeUnit};

/// What a pattern that was found stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A number word.
    Number(i64),
    /// A word that multiplies the number before it.
    Scale(i64),
    /// A month, 1 to 12.
    Month(u8),
    /// A unit of time.
    Unit(TimeUnit),
    /// A currency: its ISO 4217 code, three letters.
    Currency([u8; 3]),
    /// Percent.
    Percent,
    /// A time of day before noon.
    Am,
    /// A time of day after noon.
    Pm,
    /// At all times.
    Always,
    /// One of the cues.
    Cue(Cue),
    /// One of the notions; whether the word says it, or may say it.
    Notion(Notion, bool),
}

impl Sense {
    /// Which patterns it keeps from being found in the same place: cues and parts of quantities do
    /// not compete, because a word may be both (`may`, `May`), nor do notions with either; what only looks like one stops both,
    /// and so does what multiplies a number.
    fn competes(self, other: Sense) -> bool {
        let notion = |it: Sense| matches!(it, Sense::Notion(..));
        if notion(self) || notion(other) {
            return notion(self) && notion(other);
        }
        let neutral = |it: Sense| it == Sense::Cue(Cue::Neutral) || matches!(it, Sense::Scale(_));
        let cue = |it: Sense| matches!(it, Sense::Cue(_));
        neutral(self) || neutral(other) || cue(self) == cue(other)
    }
}

/// A pattern that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it stands for.
    pub sense: Sense,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// One past the last byte of its first piece; equal to `end` where it has one piece.
    pub head: usize,
}

/// A stretch of a pattern between gaps.
#[derive(Clone, Debug)]
struct Piece {
    text: Box<str>,
    open_left: bool,
    open_right: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Pattern<S = Sense> {
    pub sense: S,
    first: Piece,
    /// The pieces that follow, each with whether words may lie before it.
    rest: Vec<(bool, Piece)>,
    pub length: usize,
}

/// A relation pattern: what stands before the quantity and after it.
#[derive(Clone, Debug)]
struct Around {
    relation: Relation,
    before: Box<str>,
    after: Box<str>,
    order: usize,
}

impl Around {
    fn length(&self) -> usize {
        self.before.len() + self.after.len()
    }
}

/// The relation patterns of a lexicon, by the byte that touches the quantity.
#[derive(Debug, Default)]
struct Arounds {
    all: Vec<Around>,
    /// Those with words before the quantity, by their last byte there.
    by_last: HashMap<u8, Vec<u32>>,
    /// The others, by the first byte of what stands after it.
    by_first: HashMap<u8, Vec<u32>>,
}

impl Arounds {
    fn new(all: impl Iterator<Item = Around>) -> Self {
        let mut it = Arounds { all: all.collect(), ..Arounds::default() };
        for (index, around) in (0..).zip(&it.all) {
            match (around.before.bytes().next_back(), around.after.bytes().next()) {
                (Some(last), _) => it.by_last.entry(last).or_default().push(index),
                (None, Some(first)) => it.by_first.entry(first).or_default().push(index),
                (None, None) => {}
            }
        }
        it
    }

    /// Those that may stand around a quantity between `before` and `after`.
    fn candidates(&self, before: &str, after: &str) -> impl Iterator<Item = &Around> {
        let last = before.bytes().next_back().and_then(|it| self.by_last.get(&it));
        let first = after.bytes().next().and_then(|it| self.by_first.get(&it));
        last.into_iter().chain(first).flatten().map(|&index| &self.all[index as usize])
    }
}

/// The patterns of a lexicon, ready to be found.
#[derive(Debug)]
pub struct Matcher {
    automaton: AhoCorasick,
    /// For each literal of the automaton, the patterns that begin with it.
    starts: Vec<Vec<u32>>,
    patterns: Vec<Pattern>,
    around: Arounds,
    bridges: Vec<Box<str>>,
}

/// How many words `...` may stand for.
const GAP_WORDS: usize = 6;
/// How many characters `...` may stand for where words are not spaced.
const GAP_CHARS: usize = 16;

/// How many bridges may stand between a relation and its quantity.
const BRIDGES: usize = 3;

/// Whether words of this character's script are parted by spaces.
fn is_letter_of_words(character: char) -> bool {
    character.is_alphanumeric() && !is_unspaced(character)
}

/// Han, kana and Hangul: words follow each other, or carry their particles, without a space.
pub fn is_unspaced(character: char) -> bool {
    matches!(character as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether a number, in digits or in words, may end before `at`.
fn follows_number(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let words_are_spaced = before.chars().next_back().is_some_and(is_letter_of_words);
    words_are_spaced || before.ends_with(|it: char| "一二三四五六七八九十百千两兩数數幾几何여몇".contains(it))
}

impl Piece {
    fn read(text: &str) -> Self {
        let (open_left, open_right) = (text.starts_with('*'), text.ends_with('*'));
        Piece { text: text.trim_matches('*').into(), open_left, open_right }
    }

    /// Whether it stands at `at`.
    fn is_at(&self, text: &str, at: usize) -> bool {
        text[at..].starts_with(&*self.text) && self.fits(text, at)
    }

    /// Whether the letters around `at`, where it stands, leave it a word of its own.
    fn fits(&self, text: &str, at: usize) -> bool {
        stands(text, at, &self.text, self.open_left, self.open_right)
    }
}

/// Whether the letters around `word`, which stands at `at`, leave it a word of its own.
fn stands(text: &str, at: usize, word: &str, open_left: bool, open_right: bool) -> bool {
    let touches = |own: Option<char>, other: Option<char>| {
        own.is_some_and(is_letter_of_words) && other.is_some_and(is_letter_of_words)
    };
    (open_left || !touches(word.chars().next(), text[..at].chars().next_back()))
        && (open_right || !touches(word.chars().next_back(), text[at + word.len()..].chars().next()))
}

impl<S> Pattern<S> {
    pub fn read(text: &str, sense: S) -> Option<Self> {
        let mut pieces: Vec<(bool, Piece)> = Vec::new();
        for (index, stretch) in text.split("...").enumerate() {
            let mut gap = index > 0;
            // A word that is open inside a stretch ends a piece: the next follows at once.
            let mut words: Vec<&str> = Vec::new();
            for word in stretch.split_whitespace() {
                words.push(word);
                if word.ends_with('*') {
                    pieces.push((gap, Piece::read(&words.join(" "))));
                    (gap, words) = (false, Vec::new());
                }
            }
            if !words.is_empty() {
                pieces.push((gap, Piece::read(&words.join(" "))));
            }
        }
        let length = pieces.iter().map(|(_, piece)| piece.text.len()).sum();
        let mut pieces = pieces.into_iter();
        let (_, first) = pieces.next()?;
        let rest: Vec<_> = pieces.collect();
        (!first.text.is_empty()).then_some(Pattern { sense, first, rest, length })
    }

    /// What it begins with.
    pub fn start(&self) -> &str {
        &self.first.text
    }

    /// Where it ends, if it stands at `start` (where its first piece was found).
    pub fn end(&self, text: &str, start: usize) -> Option<usize> {
        if !self.first.fits(text, start) {
            return None;
        }
        let mut at = start + self.first.text.len();
        let mut open = self.first.open_right;
        for (gap, piece) in &self.rest {
            if open {
                at += text[at..].find(|it: char| !is_letter_of_words(it)).unwrap_or(text.len() - at);
            }
            at = match gap {
                true => find_after(text, at, piece)?,
                false => {
                    at += text[at..].len() - text[at..].trim_start().len();
                    piece.is_at(text, at).then_some(at)?
                }
            } + piece.text.len();
            open = piece.open_right;
        }
        Some(at)
    }
}

/// The first place of `piece` behind `at`, not too far, in the same sentence.
fn find_after(text: &str, at: usize, piece: &Piece) -> Option<usize> {
    let (mut words, mut characters) = (0, 0);
    let mut previous = None;
    for (offset, character) in text[at..].char_indices() {
        if piece.is_at(text, at + offset) {
            return Some(at + offset);
        }
        let ends = matches!(character, '。' | '！' | '？' | '?' | '!' | ';' | '；')
            || character == '.' && text[at + offset + 1..].starts_with([' ', '\n']);
        words += usize::from(character == ' ' && previous != Some(' '));
        characters += usize::from(is_unspaced(character));
        previous = Some(character);
        if ends || words > GAP_WORDS + 1 || characters > GAP_CHARS {
            return None;
        }
    }
    None
}

impl Matcher {
    /// Compiles a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut add = |list: &Patterns, sense: Sense| {
            patterns.extend(list.0.iter().filter_map(|text| Pattern::read(text, sense)));
        };
        for (cue, list) in &lexicon.cues {
            add(list, Sense::Cue(*cue));
        }
        for (notion, list) in &lexicon.notions {
            add(&list.firm, Sense::Notion(*notion, true));
            add(&list.loose, Sense::Notion(*notion, false));
        }
        for (unit, list) in &lexicon.units {
            add(list, Sense::Unit(*unit));
        }
        for (number, list) in lexicon.dates.months.iter().zip(1..).map(|(list, number)| (number, list)) {
            add(list, Sense::Month(number));
        }
        for (value, list) in &lexicon.numbers.words {
            add(list, Sense::Number(*value));
        }
        for (value, list) in &lexicon.numbers.scales {
            add(list, Sense::Scale(*value));
        }
        for (code, list) in &lexicon.currencies {
            if let Ok(code) = <[u8; 3]>::try_from(code.as_bytes()) {
                add(list, Sense::Currency(code));
            }
        }
        add(&lexicon.percent, Sense::Percent);
        add(&lexicon.always, Sense::Always);
        add(&lexicon.dates.am, Sense::Am);
        add(&lexicon.dates.pm, Sense::Pm);

        let mut literals: Vec<&str> = Vec::new();
        let mut starts: Vec<Vec<u32>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let at = *known.entry(&pattern.first.text).or_insert_with(|| {
                literals.push(&pattern.first.text);
                starts.push(Vec::new());
                literals.len() - 1
            });
            starts[at].push(index as u32);
        }
        // The literals come from a file that a test has read; an automaton of none finds nothing.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&literals);
        let automaton = automaton.unwrap_or_else(|error| panic!("the patterns are too many: {error}"));
        let around = lexicon.relations.iter().flat_map(|(&relation, list)| {
            list.0.iter().filter_map(move |text| {
                let (before, after) = text.split_once('N')?;
                Some((relation, before.trim_end(), after.trim_start()))
            })
        });
        let around = around.enumerate().map(|(order, (relation, before, after))| Around {
            relation,
            before: before.into(),
            after: after.into(),
            order,
        });
        Matcher { around: Arounds::new(around), bridges: lexicon.bridges.0.clone(), automaton, starts, patterns }
    }

    /// What is said in `text` (folded to lower case), in order, longer patterns before what they
    /// cover.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let mut found: Vec<(usize, Hit)> = Vec::new();
        for matched in self.automaton.find_overlapping_iter(text) {
            for &index in &self.starts[matched.pattern().as_usize()] {
                let pattern = &self.patterns[index as usize];
                if let Some(end) = pattern.end(text, matched.start()) {
                    // What multiplies does so behind a number, and may be any other word elsewhere.
                    if matches!(pattern.sense, Sense::Scale(_)) && !follows_number(text, matched.start()) {
                        continue;
                    }
                    let hit = Hit { sense: pattern.sense, start: matched.start(), end, head: matched.end() };
                    found.push((pattern.length, hit));
                }
            }
        }
        // The longest says what is meant; of equals what multiplies a number, or spans least, and
        // `Lack` last.
        found.sort_by_key(|(length, hit)| {
            let rank = match hit.sense {
                Sense::Scale(_) => 0,
                Sense::Cue(Cue::Lack) => 2,
                _ => 1,
            };
            (std::cmp::Reverse(*length), rank, hit.end - hit.start, hit.start)
        });
        let mut taken: Vec<(usize, usize, Sense)> = Vec::new();
        let mut hits = Vec::with_capacity(found.len());
        for (length, hit) in found {
            let single = hit.head == hit.end;
            // A pattern with gaps takes its first piece, and as much at its end as is not that piece.
            let tail = hit.end - (length - (hit.head - hit.start)).min(hit.end - hit.head);
            let free = |start: usize, end: usize| {
                taken.iter().all(|&(from, to, by)| {
                    // One word may stand for several notions.
                    let other = matches!((by, hit.sense), (Sense::Notion(one, _), Sense::Notion(two, _)) if one != two);
                    let same = other && (from, to) == (start, end);
                    end <= from || to <= start || same || !by.competes(hit.sense)
                })
            };
            if !free(hit.start, hit.head) || !single && !free(tail, hit.end) {
                continue;
            }
            taken.push((hit.start, hit.head, hit.sense));
            if !single {
                taken.push((tail, hit.end, hit.sense));
            }
            hits.push(hit);
        }
        hits.sort_by_key(|hit| hit.start);
        hits
    }

    /// How the quantity at `start..end` of the folded text bounds, by the words that touch it; and
    /// where those words are. Bridges may part them, and may themselves be part of what is said.
    pub fn relation(&self, text: &str, start: usize, end: usize) -> Option<(Relation, usize, usize)> {
        self.relation_among(text, start, end, &|_| true)
    }

    /// The same, of these relations alone: `at least 30 days before` is `before`, too.
    pub fn relation_among(
        &self,
        text: &str,
        start: usize,
        end: usize,
        wanted: &dyn Fn(Relation) -> bool,
    ) -> Option<(Relation, usize, usize)> {
        let after = text[end..].trim_start();
        let skipped = text.len() - after.len();
        let mut best: Option<(usize, Relation, usize, usize)> = None;
        let mut before = text[..start].trim_end();
        for _ in 0..=BRIDGES {
            let fits = |it: &&Around| {
                wanted(it.relation)
                    && (it.before.is_empty() || ends_with_word(before, &it.before))
                    && (it.after.is_empty() || starts_with_word(after, &it.after))
            };
            // The longest; of equals the one that stands first, which the file decides.
            let found = self.around.candidates(before, after).filter(fits);
            let found = found.max_by_key(|it| (it.length(), std::cmp::Reverse(it.order)));
            if let Some(it) = found
                && best.is_none_or(|(longest, ..)| it.length() > longest)
            {
                let from = if it.before.is_empty() { start } else { before.len() - it.before.len() };
                let to = if it.after.is_empty() { end } else { skipped + it.after.len() };
                best = Some((it.length(), it.relation, from, to));
            }
            let Some(bridge) = self.bridges.iter().find(|bridge| ends_with_word(before, bridge)) else { break };
            before = before[..before.len() - bridge.len()].trim_end();
        }
        best.map(|(_, relation, from, to)| (relation, from, to))
    }

    /// Whether words that say this relation before a quantity stand anywhere in the folded text.
    pub fn mentions(&self, text: &str, relation: Relation) -> bool {
        self.around
            .all
            .iter()
            .filter(|it| it.relation == relation && it.after.is_empty())
            .any(|it| text.match_indices(&*it.before).any(|(at, word)| stands(text, at, word, false, false)))
    }
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.ends_with(word) && stands(text, text.len() - word.len(), word, false, true)
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let (word, open_right) = match word.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (word, false),
    };
    text.starts_with(word) && stands(text, 0, word, true, open_right)
}
