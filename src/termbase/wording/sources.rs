//! The source texts of all articles, each read once, and the terms that recur in them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::locale::{Fnv, LocaleData};
use crate::termbase::kept::address;
use crate::termbase::passage::{MASK, Text};
use crate::text::is_letter_or_digit;

type Hashing = BuildHasherDefault<Fnv>;

/// A term stands in so many different texts, or nothing can be learned of it.
const MIN_TEXTS: usize = 5;
/// So many words make a term at most.
const MAX_WORDS: usize = 3;

/// All source texts.
#[derive(Debug, Default)]
pub struct Sources<'t> {
    texts: Vec<Cow<'t, str>>,
    /// The number of each, by where it is kept: several articles may have the same.
    numbers: HashMap<usize, u32, Hashing>,
}

/// The terms that recur in all source texts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Recurring {
    /// The content words of each text, each once, in order.
    lemmas: Vec<Box<[u32]>>,
    /// How many different content words there are.
    vocabulary: usize,
    candidates: Vec<Candidate>,
}

/// A run of words that recurs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Candidate {
    /// Its words, in lower case, folded.
    pub words: Vec<Box<str>>,
    /// The numbers of these.
    pub lemmas: Vec<u32>,
    /// The texts it stands in, in order.
    pub texts: Vec<u32>,
    /// Whether it is used as nouns are: verbs and adjectives have several translations by right.
    pub is_noun: bool,
}

/// A content word of a text.
#[derive(Clone, Copy)]
struct Word {
    lemma: u32,
    /// Whether the word before it belongs to the same run.
    follows: bool,
    /// Whether it stands after a word that goes before nouns; before verbs.
    after_noun_mark: bool,
    after_verb_mark: bool,
}

/// How a word is used.
#[derive(Clone, Copy, Default)]
struct Usage {
    all: u32,
    after_noun_mark: u32,
    after_verb_mark: u32,
    /// Before another content word.
    inside: u32,
}

/// The lemmas of a run; behind those of a short one nothing stands.
type Run = [u32; MAX_WORDS];

/// What is behind a short run.
const NOTHING: u32 = u32::MAX;

impl<'t> Sources<'t> {
    /// Reads the source sides: what the translations of an article share is read once.
    pub fn read(all: &'t [Arc<Text>]) -> Self {
        let mut texts: IndexSet<Cow<'t, str>, Hashing> = IndexSet::default();
        let number = |source: &'t Arc<Text>| (address(source), texts.insert_full(source.plain()).0 as u32);
        let numbers = all.iter().map(number).collect();
        Sources { texts: texts.into_iter().collect(), numbers }
    }

    /// The number of a source text that was read.
    pub fn number(&self, source: &Arc<Text>) -> Option<u32> {
        self.numbers.get(&address(source)).copied()
    }

    /// The texts, by number.
    pub fn texts(&self) -> &[Cow<'t, str>] {
        &self.texts
    }

    /// Finds the terms that recur, and the content words of each text.
    pub fn recurring(&self, data: &LocaleData) -> Recurring {
        let texts = &self.texts;
        let mut names: IndexSet<Box<str>, Hashing> = IndexSet::default();
        let mut folded = String::new();
        // The words of each text: a form, and whether only white space parts it from the one before.
        let read: Vec<Vec<(u32, bool)>> = texts
            .iter()
            .map(|text| {
                let mut end = 0;
                let mut number = |word: &str| {
                    folded.clear();
                    folded
                        .extend(word.chars().flat_map(char::to_lowercase).map(|it| if it == '’' { '\'' } else { it }));
                    let known = names.get_index_of(folded.as_str());
                    known.unwrap_or_else(|| names.insert_full(folded.as_str().into()).0) as u32
                };
                let each = words(text).map(|(start, word)| {
                    let follows = end > 0 && text[end..start].chars().all(|it| it == ' ');
                    end = start + word.len();
                    (number(word), follows)
                });
                each.collect()
            })
            .collect();
        let lemmas: Vec<u32> =
            names.iter().enumerate().map(|(at, form)| lemma(form, &names, data).unwrap_or(at as u32)).collect();
        let is_function: Vec<bool> = names
            .iter()
            .map(|it| data.function_words.contains(it) || data.ambiguous_function_words.contains(it))
            .collect();
        let is_short = |form: u32| {
            let name = &names[form as usize];
            name.chars().nth(1).is_none() || name.starts_with(|it: char| it.is_numeric()) || name.contains(MASK)
        };
        let mut usage: Vec<Usage> = vec![Usage::default(); names.len()];
        let mut sentences: Vec<Vec<Word>> = Vec::with_capacity(texts.len());
        for text in &read {
            let mut kept: Vec<Word> = Vec::new();
            let mut adjacent = false;
            for (at, &(form, follows)) in text.iter().enumerate() {
                if is_function[form as usize] || is_short(form) {
                    adjacent = false;
                    continue;
                }
                let before = follows.then(|| &names[text[at - 1].0 as usize]);
                let marked = |set: &crate::locale::WordSet| before.is_some_and(|it| set.contains(it));
                let word = Word {
                    lemma: lemmas[form as usize],
                    follows: adjacent && follows,
                    after_noun_mark: marked(&data.before_nouns),
                    after_verb_mark: marked(&data.before_verbs),
                };
                if word.follows
                    && let Some(last) = kept.last()
                {
                    usage[last.lemma as usize].inside += 1;
                }
                let it = &mut usage[word.lemma as usize];
                it.all += 1;
                it.after_noun_mark += u32::from(word.after_noun_mark);
                it.after_verb_mark += u32::from(word.after_verb_mark);
                kept.push(word);
                adjacent = true;
            }
            sentences.push(kept);
        }
        let can_end = |lemma: u32, alone: bool| {
            let it = usage[lemma as usize];
            let is_verb = it.after_verb_mark * 4 > it.all;
            let is_noun = it.after_noun_mark * 20 >= it.all && it.inside * 5 <= it.all * 3;
            !is_verb && (!alone || is_noun)
        };
        let is_noun = |run: &Run| {
            let last = run.iter().rposition(|&it| it != NOTHING).unwrap_or_default();
            can_end(run[last], last == 0)
        };
        let mut kept: Vec<Candidate> = recurring(&sentences)
            .map(|(run, texts)| {
                let lemmas: Vec<u32> = run.into_iter().filter(|&it| it != NOTHING).collect();
                let words = lemmas.iter().map(|&it| names[it as usize].clone()).collect();
                Candidate { words, lemmas, texts, is_noun: is_noun(&run) }
            })
            .collect();
        kept.sort_unstable_by(|a, b| a.words.cmp(&b.words));
        let once = |words: Vec<Word>| {
            let mut all: Vec<u32> = words.into_iter().map(|it| it.lemma).collect();
            all.sort_unstable();
            all.dedup();
            all.into_boxed_slice()
        };
        let lemmas = sentences.into_iter().map(once).collect();
        Recurring { lemmas, vocabulary: names.len(), candidates: kept }
    }
}

impl Recurring {
    /// The content words of a text.
    pub fn lemmas(&self, text: u32) -> &[u32] {
        self.lemmas.get(text as usize).map_or(&[], |it| it)
    }

    /// How many different content words there are.
    pub fn vocabulary(&self) -> usize {
        self.vocabulary
    }

    /// The terms.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }
}

/// The runs of words that stand in enough texts, with these in order. A longer run recurs only where
/// both shorter ones in it do: most are turned away before they are counted.
fn recurring(texts: &[Vec<Word>]) -> impl Iterator<Item = (Run, Vec<u32>)> {
    let mut found: HashMap<Run, Vec<u32>, Hashing> = HashMap::default();
    for length in 1..=MAX_WORDS {
        // In how many texts each stands, and in which it stood last.
        let mut counts: HashMap<Run, (u32, u32), Hashing> = HashMap::default();
        let may_recur = |run: &Run| {
            let (mut first, mut rest) = (*run, [NOTHING; MAX_WORDS]);
            first[length - 1] = NOTHING;
            rest[..length - 1].copy_from_slice(&run[1..length]);
            length == 1 || found.contains_key(&first) && found.contains_key(&rest)
        };
        for (text, run) in runs(texts, length).filter(|(_, run)| may_recur(run)) {
            let (count, last) = counts.entry(run).or_insert((0, NOTHING));
            *count += u32::from(*last != text);
            *last = text;
        }
        counts.retain(|_, (count, _)| *count as usize >= MIN_TEXTS);
        found.extend(counts.into_iter().map(|(run, (count, _))| (run, Vec::with_capacity(count as usize))));
        for (text, run) in runs(texts, length) {
            if let Some(own) = found.get_mut(&run).filter(|own| own.last() != Some(&text)) {
                own.push(text);
            }
        }
    }
    found.into_iter()
}

/// All runs of so many words, each with the number of its text.
fn runs(texts: &[Vec<Word>], length: usize) -> impl Iterator<Item = (u32, Run)> {
    let joined = |words: &&[Word]| words[1..].iter().all(|it| it.follows);
    let run = |words: &[Word]| {
        let mut run = [NOTHING; MAX_WORDS];
        run.iter_mut().zip(words).for_each(|(lemma, word)| *lemma = word.lemma);
        run
    };
    texts.iter().enumerate().flat_map(move |(number, words)| {
        words.windows(length).filter(joined).map(move |words| (number as u32, run(words)))
    })
}

/// The words of a text: each with its bytes.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inner = |it: char| matches!(it, '\'' | '’' | '-' | '.' | '&');
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_letter_or_digit)?;
        // Where the word ends, and whether what came last may join it to more of it.
        let (mut end, mut joins) = (start, false);
        for (at, it) in text[start..].char_indices() {
            match is_letter_or_digit(it) {
                true => (end, joins) = (start + at + it.len_utf8(), false),
                false if joins || !inner(it) => break,
                false => joins = true,
            }
        }
        rest = end;
        Some((start, &text[start..end]))
    })
}

/// The form that a word is counted as: the singular, where it is used, too.
fn lemma(form: &str, forms: &IndexSet<Box<str>, Hashing>, data: &LocaleData) -> Option<u32> {
    data.plural_endings.iter().find_map(|(ending, singular)| {
        let stem = form.strip_suffix(&**ending).filter(|stem| stem.chars().nth(2).is_some())?;
        Some(forms.get_index_of(format!("{stem}{singular}").as_str())? as u32)
    })
}
