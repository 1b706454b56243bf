//! The words by which a language states what holds: actions, events, windows, refunds, channels.
//! Only a language that articles are written in first needs them; policies of translations are
//! those of the source.
//!
//! Patterns are written as in `lexicon`. The names on the left are those of the model, and any may
//! be added: nothing in the code knows `renew`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::patterns::{Found, Index, Pattern};
use super::{Patterns, WordSet};

/// Patterns by the name of what they say.
type Named = BTreeMap<Box<str>, Patterns>;

/// The words of one language, as its file states them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Policies {
    /// What is done, verbs and nouns: `renew`.
    pub actions: Named,
    /// What time is counted from: `expiry`.
    pub anchors: Named,
    /// Names of windows and terms, by the kind of policy that states one: `renewal-window`.
    pub terms: Named,
    /// The kind of policy that says when an action may be done, by action.
    pub windows: BTreeMap<Box<str>, Box<str>>,
    /// The kind of policy that says that an action happens by itself, by action.
    pub autos: BTreeMap<Box<str>, Box<str>>,
    /// What follows: `full-refund`.
    pub consequences: Named,
    /// Consequences by what they are degrees of: of one family only one can follow.
    pub families: BTreeMap<Box<str>, Box<str>>,
    /// Kinds of policies that state one and the same thing from different sides, by its name.
    pub kin: BTreeMap<Box<str>, Box<str>>,
    /// How something is to be done: `support`.
    pub channels: Named,
    /// How often, by ISO 8601 duration.
    pub frequencies: Named,
    /// Who does it: `partner`.
    pub actors: Named,
    /// What a statement holds for, by dimension and value: `commerce: {legacy: …}`.
    pub scopes: BTreeMap<Box<str>, Named>,
    /// Says that something happens by itself.
    pub automatic: Patterns,
    /// Says that a window opens.
    pub opens: Patterns,
    /// Says that a window closes.
    pub closes: Patterns,
    /// Says that a window does not close.
    pub open_ended: Patterns,
    /// Says the day after an event.
    pub next_day: Patterns,
    /// Stands between an event and what is added to it: `plus`.
    pub plus: Patterns,
    /// Stands before a term that says when: `within the`.
    pub during: Patterns,
    /// Says that something is still possible when its time is over.
    pub afterwards: Patterns,
    /// Says that what held before holds no more.
    pub changes: Patterns,
    /// Stands before the date of a change.
    pub effective: Patterns,
    /// Opens a sentence that only says where to read more: `learn more`.
    pub references: Patterns,
    /// Opens a worked example.
    pub examples: Patterns,
    /// Opens a sentence with those whom it is said of: `for new partners, …`.
    pub cases: Patterns,
    /// Opens a purpose: `to`, `in order to`.
    pub purposes: Patterns,
    /// Says that something is meant that is not what its words say: `turn off`.
    pub switches: Patterns,
    /// Nouns that alone name no product: `subscription`, each with its other forms.
    pub heads: Named,
    /// Other words that name no product: `window`, `policy`.
    pub abstract_words: WordSet,
    /// Words that end the name of a product.
    pub breaks: WordSet,
    /// Kinds of policies by the action that is done to what the reader has: `deleted`.
    pub lapses: BTreeMap<Box<str>, Box<str>>,
    /// Words that say of some only what follows: `not all`.
    pub partial: Patterns,
    /// What heads the line that says what an article holds for.
    pub applies: Patterns,
    /// Words by which a duty is said of what is done, not of who does it: `must be`.
    pub passives: WordSet,
    /// Words that stand before a name and do not belong to it.
    pub determiners: WordSet,
    /// Endings of the plural and what stands there in the singular, longest first.
    pub plurals: Vec<(String, String)>,
    /// Sentences and what they state; run as a test.
    pub tests: Vec<PolicyTest>,
}

/// A sentence and what it states.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyTest {
    /// The sentence.
    pub text: String,
    /// Its policies, in short, parted by `; `.
    pub states: String,
}

/// What kind of thing a pattern names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Sort {
    Action,
    Anchor,
    Term,
    Consequence,
    Channel,
    Frequency,
    Actor,
    /// A value of the dimension with this number.
    Scope(u8),
    Automatic,
    Opens,
    Closes,
    OpenEnded,
    NextDay,
    Plus,
    During,
    Afterwards,
    Changes,
    Effective,
    Reference,
    Example,
    Case,
    Purpose,
    Switch,
    Head,
    Partial,
    Applies,
}

/// A pattern that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'w> {
    /// What kind of thing it names.
    pub sort: Sort,
    /// Its name; empty where its sort says all.
    pub name: &'w str,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// The patterns of a language, ready to be found.
#[derive(Debug)]
pub struct PolicyWords {
    /// As its file states them.
    pub policies: Policies,
    /// Names of dimensions, by number.
    pub dimensions: Vec<Box<str>>,
    index: Index<(Sort, Box<str>)>,
}

impl PolicyWords {
    /// Compiles them.
    pub fn new(policies: Policies) -> Self {
        let mut patterns = Vec::new();
        let mut add = |sort: Sort, name: &str, list: &Patterns| {
            patterns.extend(list.0.iter().filter_map(|text| Pattern::read(text, (sort, Box::from(name)))));
        };
        let named = [
            (Sort::Action, &policies.actions),
            (Sort::Anchor, &policies.anchors),
            (Sort::Term, &policies.terms),
            (Sort::Consequence, &policies.consequences),
            (Sort::Channel, &policies.channels),
            (Sort::Frequency, &policies.frequencies),
            (Sort::Actor, &policies.actors),
            (Sort::Head, &policies.heads),
        ];
        for (sort, all) in named {
            all.iter().for_each(|(name, list)| add(sort, name, list));
        }
        let dimensions: Vec<Box<str>> = policies.scopes.keys().cloned().collect();
        for (number, values) in (0..).zip(policies.scopes.values()) {
            values.iter().for_each(|(name, list)| add(Sort::Scope(number), name, list));
        }
        let plain = [
            (Sort::Automatic, &policies.automatic),
            (Sort::Opens, &policies.opens),
            (Sort::Closes, &policies.closes),
            (Sort::OpenEnded, &policies.open_ended),
            (Sort::NextDay, &policies.next_day),
            (Sort::Plus, &policies.plus),
            (Sort::During, &policies.during),
            (Sort::Afterwards, &policies.afterwards),
            (Sort::Changes, &policies.changes),
            (Sort::Effective, &policies.effective),
            (Sort::Reference, &policies.references),
            (Sort::Example, &policies.examples),
            (Sort::Case, &policies.cases),
            (Sort::Purpose, &policies.purposes),
            (Sort::Switch, &policies.switches),
            (Sort::Partial, &policies.partial),
            (Sort::Applies, &policies.applies),
        ];
        plain.into_iter().for_each(|(sort, list)| add(sort, "", list));
        PolicyWords { policies, dimensions, index: Index::new(patterns) }
    }

    /// What a text names (folded to lower case), in order of place. Of two of one sort that lie over
    /// each other the longer counts.
    pub fn find(&self, text: &str) -> Vec<Mark<'_>> {
        let mut found: Vec<(usize, Mark<'_>)> = Vec::new();
        for Found { pattern, start, end, .. } in self.index.find(text) {
            let (sort, name) = &pattern.sense;
            found.push((pattern.length, Mark { sort: *sort, name, start, end }));
        }
        found.sort_by_key(|(length, mark)| (std::cmp::Reverse(*length), mark.end - mark.start, mark.start, mark.sort));
        let mut marks: Vec<Mark<'_>> = Vec::with_capacity(found.len());
        for (_, mark) in found {
            let free = |it: &Mark<'_>| it.sort != mark.sort || it.end <= mark.start || mark.end <= it.start;
            if marks.iter().all(free) {
                marks.push(mark);
            }
        }
        marks.sort_by_key(|mark| (mark.start, mark.end, mark.sort));
        marks
    }

    /// A word as it stands in the singular.
    pub fn singular(&self, word: &str) -> String {
        let plural =
            self.policies.plurals.iter().find(|(ending, _)| word.len() > ending.len() + 2 && word.ends_with(&**ending));
        match plural {
            Some((ending, instead)) => format!("{}{instead}", &word[..word.len() - ending.len()]),
            None => word.to_owned(),
        }
    }
}
