//! The words by which a language tells a reader what to do: verbs, controls, places, conditions,
//! choices, results. Only a language that articles are written in first needs them; translations
//! take their structure from the aligned source.
//!
//! A pattern is written in lower case, alternatives parted by ` | `. The names on the left of verbs
//! and controls are those of the model.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use serde::Deserialize;

use super::{Fnv, Patterns};

/// The words of one language, as its file states them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Frames {
    /// Verbs by their first form, as they stand in an order: `go to`.
    pub verbs: BTreeMap<String, Patterns>,
    /// The same verbs as they stand in headings and after `by`: `going to`.
    pub gerunds: BTreeMap<String, Patterns>,
    /// Words that are verbs and more often nouns: behind `and` they begin an order only where
    /// something to be done follows.
    pub shy_verbs: Patterns,
    /// Words that make a noun of the word before them: `is`.
    pub finite: Patterns,
    /// Names of verbs that lead to another place.
    pub leading: Patterns,
    /// Names of verbs that lead to another place only by a link.
    pub linked: Patterns,
    /// Names of verbs by which something is chosen.
    pub choosing: Patterns,
    /// Names of verbs by which something is written or handed over.
    pub giving: Patterns,
    /// Names of controls that set something and lead nowhere: `checkbox`.
    pub settings: Patterns,
    /// Names of verbs by which somebody else is told to do something.
    pub addressing: Patterns,
    /// Names of verbs whose object is a thing on the screen only where a control stands beside it.
    pub off_screen: Patterns,
    /// What code consists of: a name before it is no label. `method`, `property`.
    pub code_things: Patterns,
    /// Words before the name of code.
    pub code_verbs: Patterns,
    /// Names of verbs that send to another article.
    pub references: Patterns,
    /// What can be seen on a screen, by name: `list`.
    pub controls: BTreeMap<String, Patterns>,
    /// Words that open a place: `on`, `under`.
    pub places: Patterns,
    /// Words between a label and the one it is found under: `from`.
    pub under: Patterns,
    /// Words behind which a label is no longer what the order is about: `using`.
    pub beside: Patterns,
    /// Words before an order that do not change it: `then`, `please`.
    pub openers: Patterns,
    /// Words before a verb that make an offer of it: `you can`.
    pub offers: Patterns,
    /// Words before a verb that make an order of it: `you must`.
    pub duties: Patterns,
    /// Words that join two orders.
    pub joints: Patterns,
    /// Words that say that an order follows another one.
    pub then: Patterns,
    /// Words that open a condition.
    pub conditions: Patterns,
    /// Words that open a condition that is denied.
    pub denied: Patterns,
    /// Conditions that stand side by side as the arms of a branch.
    pub branches: Patterns,
    /// Words that open what something is done for.
    pub purposes: Patterns,
    /// Words that take a verb with `to` for themselves: `want`. What follows is no purpose.
    pub binds_purpose: Patterns,
    /// Words before the way in which something is done: `by`.
    pub ways: Patterns,
    /// Words that stand before a noun.
    pub determiners: Patterns,
    /// Lead-ins of alternatives of which one is taken.
    pub one_of: Patterns,
    /// What says in so many words that one of several is meant: `either`.
    pub strict_choices: Patterns,
    /// What looks like one of `strict-choices` and offers none: `either way`.
    pub no_choices: Patterns,
    /// Lead-ins of alternatives of which any is taken.
    pub any_of: Patterns,
    /// Lead-ins of things that are all meant.
    pub all_of: Patterns,
    /// What joins alternatives: `or`.
    pub alternative: Patterns,
    /// What says that the reader sees something now.
    pub results: Patterns,
    /// Words before what a control shows: `set to`.
    pub states: Patterns,
    /// What says that a step may be left out.
    pub optional: Patterns,
    /// What says that the reader has to be signed in.
    pub sign_in: Patterns,
    /// What opens a line of roles.
    pub roles: Patterns,
    /// Words before the verb of a heading: `to`, `how to`.
    pub heading_openers: Patterns,
    /// What says that a role is needed.
    pub role_duties: Patterns,
    /// Headings of what has to be so before.
    pub prerequisites: Patterns,
    /// Headings over links to other articles.
    pub next_steps: Patterns,
    /// What announces steps that follow.
    pub announces: Patterns,
    /// Words before the things there are to choose from: `using`.
    pub options: Patterns,
    /// Sentences and what they order; run as a test.
    pub tests: Vec<FrameTest>,
}

/// A sentence and what it orders.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameTest {
    /// The sentence, as Markdown.
    pub text: String,
    /// Its actions: `select [Save] < Settings; enter name`, as the tests of `procedure` print them.
    pub orders: String,
}

/// Patterns ready to be found, each with its name.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    by_first: HashMap<Box<str>, Vec<Phrase>, BuildHasherDefault<Fnv>>,
}

/// The words of a pattern behind its first, and its name.
type Phrase = (Box<[Box<str>]>, Box<str>);

impl Phrases {
    fn add(&mut self, name: &str, patterns: &Patterns) {
        for pattern in &patterns.0 {
            let mut words = pattern.split(' ').map(Box::<str>::from);
            let Some(first) = words.next() else { continue };
            let all = self.by_first.entry(first).or_default();
            all.push((words.collect(), name.into()));
            all.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    fn of(patterns: &Patterns) -> Self {
        let mut phrases = Phrases::default();
        phrases.add("", patterns);
        phrases
    }

    fn named(patterns: &BTreeMap<String, Patterns>) -> Self {
        let mut phrases = Phrases::default();
        patterns.iter().for_each(|(name, patterns)| phrases.add(name, patterns));
        phrases
    }

    /// The longest pattern that stands at the start of these words: how many words it has, and its
    /// name.
    pub fn at<'s>(&self, words: impl Iterator<Item = &'s str> + Clone) -> Option<(usize, &str)> {
        let mut rest = words;
        let all = self.by_first.get(rest.next()?)?;
        let fits = |(phrase, _): &&Phrase| {
            let mut words = rest.clone();
            phrase.iter().all(|it| words.next() == Some(it))
        };
        all.iter().find(fits).map(|(phrase, name)| (phrase.len() + 1, &**name))
    }

    /// Whether a pattern is just this word.
    pub fn has(&self, word: &str) -> bool {
        self.by_first.get(word).is_some_and(|all| all.iter().any(|(rest, _)| rest.is_empty()))
    }
}

/// The frames of a language, ready to be found in a sentence.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct FrameWords {
    /// As the file states them.
    pub frames: Frames,
    pub verbs: Phrases,
    pub gerunds: Phrases,
    pub shy_verbs: Phrases,
    pub finite: Phrases,
    pub leading: Phrases,
    pub linked: Phrases,
    pub choosing: Phrases,
    pub giving: Phrases,
    pub settings: Phrases,
    pub addressing: Phrases,
    pub off_screen: Phrases,
    pub code_things: Phrases,
    pub code_verbs: Phrases,
    pub references: Phrases,
    pub controls: Phrases,
    pub places: Phrases,
    pub under: Phrases,
    pub beside: Phrases,
    pub openers: Phrases,
    pub offers: Phrases,
    pub duties: Phrases,
    pub joints: Phrases,
    pub then: Phrases,
    pub conditions: Phrases,
    pub denied: Phrases,
    pub branches: Phrases,
    pub purposes: Phrases,
    pub binds_purpose: Phrases,
    pub ways: Phrases,
    pub determiners: Phrases,
    pub one_of: Phrases,
    pub strict_choices: Phrases,
    pub no_choices: Phrases,
    pub any_of: Phrases,
    pub all_of: Phrases,
    pub alternative: Phrases,
    pub results: Phrases,
    pub states: Phrases,
    pub optional: Phrases,
    pub sign_in: Phrases,
    pub roles: Phrases,
    pub heading_openers: Phrases,
    pub role_duties: Phrases,
    pub prerequisites: Phrases,
    pub next_steps: Phrases,
    pub announces: Phrases,
    pub options: Phrases,
}

impl FrameWords {
    /// Compiles frames.
    pub fn new(frames: Frames) -> Self {
        FrameWords {
            verbs: Phrases::named(&frames.verbs),
            gerunds: Phrases::named(&frames.gerunds),
            shy_verbs: Phrases::of(&frames.shy_verbs),
            finite: Phrases::of(&frames.finite),
            leading: Phrases::of(&frames.leading),
            linked: Phrases::of(&frames.linked),
            choosing: Phrases::of(&frames.choosing),
            giving: Phrases::of(&frames.giving),
            settings: Phrases::of(&frames.settings),
            addressing: Phrases::of(&frames.addressing),
            off_screen: Phrases::of(&frames.off_screen),
            code_things: Phrases::of(&frames.code_things),
            code_verbs: Phrases::of(&frames.code_verbs),
            references: Phrases::of(&frames.references),
            controls: Phrases::named(&frames.controls),
            places: Phrases::of(&frames.places),
            under: Phrases::of(&frames.under),
            beside: Phrases::of(&frames.beside),
            openers: Phrases::of(&frames.openers),
            offers: Phrases::of(&frames.offers),
            duties: Phrases::of(&frames.duties),
            joints: Phrases::of(&frames.joints),
            then: Phrases::of(&frames.then),
            conditions: Phrases::of(&frames.conditions),
            denied: Phrases::of(&frames.denied),
            branches: Phrases::of(&frames.branches),
            purposes: Phrases::of(&frames.purposes),
            binds_purpose: Phrases::of(&frames.binds_purpose),
            ways: Phrases::of(&frames.ways),
            determiners: Phrases::of(&frames.determiners),
            one_of: Phrases::of(&frames.one_of),
            strict_choices: Phrases::of(&frames.strict_choices),
            no_choices: Phrases::of(&frames.no_choices),
            any_of: Phrases::of(&frames.any_of),
            all_of: Phrases::of(&frames.all_of),
            alternative: Phrases::of(&frames.alternative),
            results: Phrases::of(&frames.results),
            states: Phrases::of(&frames.states),
            optional: Phrases::of(&frames.optional),
            sign_in: Phrases::of(&frames.sign_in),
            roles: Phrases::of(&frames.roles),
            heading_openers: Phrases::of(&frames.heading_openers),
            role_duties: Phrases::of(&frames.role_duties),
            prerequisites: Phrases::of(&frames.prerequisites),
            next_steps: Phrases::of(&frames.next_steps),
            announces: Phrases::of(&frames.announces),
            options: Phrases::of(&frames.options),
            frames,
        }
    }
}
