//! The words by which a language states numbers, dates, duties, limits and conditions.
//!
//! A pattern is written as it stands in a text, in lower case: `no later than`. A word may be open
//! at its end (`month*`) or start (`*n't`); `...` stands for up to six words of the same sentence;
//! in relations `N` stands for the quantity. Alternatives are parted by ` | `.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Patterns of one meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patterns(pub Vec<Box<str>>);

impl Patterns {
    /// Reads alternatives parted by ` | `.
    pub fn read(text: &str) -> Self {
        let one = |it: &str| -> Box<str> { it.split_whitespace().collect::<Vec<_>>().join(" ").into() };
        Patterns(text.split(" | ").map(one).filter(|it| !it.is_empty()).collect())
    }
}

/// From a text of alternatives, or from a list as it is serialised.
impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Patterns;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("patterns parted by ` | `")
            }

            fn visit_str<E>(self, text: &str) -> Result<Patterns, E> {
                Ok(Patterns::read(text))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Patterns, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element()? {
                    all.push(item);
                }
                Ok(Patterns(all))
            }
        }
        deserializer.deserialize_any(Written)
    }
}

/// As a list, so that a list is told from a single value.
impl Serialize for Patterns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

/// Patterns that say something, and behind ` || ` those that may say it, and often say something
/// else: they answer for the word on the other side, and accuse nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Weighed {
    /// What says it.
    pub firm: Patterns,
    /// What may say it.
    pub loose: Patterns,
}

/// From one text, or from the two lists as they are serialised.
impl<'de> Deserialize<'de> for Weighed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Weighed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("patterns parted by ` | `, the loose ones behind ` || `")
            }

            fn visit_str<E>(self, text: &str) -> Result<Weighed, E> {
                let (firm, loose) = text.split_once("||").unwrap_or((text, ""));
                Ok(Weighed { firm: Patterns::read(firm), loose: Patterns::read(loose) })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut lists: A) -> Result<Weighed, A::Error> {
                let mut weighed = Weighed::default();
                while let Some(key) = lists.next_key::<String>()? {
                    match key.as_str() {
                        "firm" => weighed.firm = lists.next_value()?,
                        "loose" => weighed.loose = lists.next_value()?,
                        other => return Err(serde::de::Error::unknown_field(other, &["firm", "loose"])),
                    }
                }
                Ok(weighed)
            }
        }
        deserializer.deserialize_any(Written)
    }
}

/// What a pattern of `cues` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// Denies: not, no, never, without.
    Negation,
    /// Says by its own meaning what another language may say with a negation: free, forgot,
    /// unavailable, except, instead of. It excuses a negation on the other side and needs none.
    Lack,
    /// Must, have to: a duty in so many words.
    Must,
    /// What may stand for a duty: needs, requires, please, an imperative's particle.
    Obligation,
    /// May need to, might have to.
    Contingent,
    /// Should, we recommend.
    Recommendation,
    /// Can, is allowed to.
    Permission,
    /// May, might, possibly.
    Possibility,
    /// Must not, is not allowed to.
    Prohibition,
    /// Need not, don't have to.
    Exemption,
    /// Only, exclusively.
    Only,
    /// Not only, not just.
    NotOnly,
    /// Before something, without a quantity.
    Before,
    /// After something, without a quantity.
    After,
    /// What lies earlier by its own meaning: already, previous, by the end.
    Early,
    /// Not … until, only after: exclusive in time, and negative in some languages.
    NotUntil,
    /// Unless.
    Unless,
    /// If, when.
    If,
    /// As long as.
    AsLongAs,
    /// Whole, full.
    Full,
    /// Part of, partial.
    Partial,
    /// In proportion to the time used.
    Prorated,
    /// Makes sure that.
    Ensure,
    /// Looks like one of the others and is none: not only, whether or not, no later than.
    Neutral,
}

impl Cue {
    /// The word for it in messages and tests.
    pub fn word(self) -> &'static str {
        match self {
            Cue::Negation => "not",
            Cue::Lack => "lack",
            Cue::Must => "must",
            Cue::Obligation => "needs",
            Cue::Contingent => "may need to",
            Cue::Recommendation => "should",
            Cue::Permission => "can",
            Cue::Possibility => "may",
            Cue::Prohibition => "must not",
            Cue::Exemption => "need not",
            Cue::Only => "only",
            Cue::NotOnly => "not only",
            Cue::Before => "before",
            Cue::After => "after",
            Cue::Early => "early",
            Cue::NotUntil => "not until",
            Cue::Unless => "unless",
            Cue::If => "if",
            Cue::AsLongAs => "as long as",
            Cue::Full => "full",
            Cue::Partial => "partial",
            Cue::Prorated => "prorated",
            Cue::Ensure => "ensure",
            Cue::Neutral => "neutral",
        }
    }
}

/// What a word of `notions` means. Notions stand beside cues and never take their place: a word
/// that forbids may be the contrary of another, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Notion {
    Succeed,
    Fail,
    Enable,
    Disable,
    Increase,
    Decrease,
    Accept,
    Reject,
    Include,
    Exclude,
    Add,
    Remove,
    Buy,
    Sell,
    Import,
    Export,
    Internal,
    External,
    Direct,
    Indirect,
    Public,
    Private,
    /// A ceiling: maximum, limit, exceed.
    Maximum,
    Minimum,
    /// Tells the reader what to do, in a form that only serves this.
    Command,
    /// Wants, would like to.
    Want,
    /// Advises the reader in so many words: should.
    Should,
    /// Perhaps not: might not, may not be.
    MaybeNot,
    /// Is not able to: cannot.
    Cannot,
    /// Need not, in a verb of its own: don't have to.
    NeedNot,
    /// A condition that a clause begins with.
    IfClause,
    /// Can be had or used: available, which says nothing of whether it is allowed.
    Available,
    /// Something went wrong: an error, a message of one.
    Error,
    /// Up to so much, without a number.
    Ceiling,
    /// A duty in words that do not also soften a request or tell the next step.
    Duty,
    /// One of two: either … or.
    Either,
    /// The one and the other: both … and.
    Both,
    /// Up to a moment: until.
    Until,
    /// Looks like one of the others and is none: more than, no longer.
    Neutral,
}

impl Notion {
    /// What says the contrary, if there is one.
    pub fn contrary(self) -> Option<Notion> {
        const PAIRS: [(Notion, Notion); 12] = [
            (Notion::Succeed, Notion::Fail),
            (Notion::Enable, Notion::Disable),
            (Notion::Increase, Notion::Decrease),
            (Notion::Accept, Notion::Reject),
            (Notion::Include, Notion::Exclude),
            (Notion::Add, Notion::Remove),
            (Notion::Buy, Notion::Sell),
            (Notion::Import, Notion::Export),
            (Notion::Internal, Notion::External),
            (Notion::Direct, Notion::Indirect),
            (Notion::Public, Notion::Private),
            (Notion::Maximum, Notion::Minimum),
        ];
        PAIRS.iter().find_map(|&(one, other)| match self {
            it if it == one => Some(other),
            it if it == other => Some(one),
            _ => None,
        })
    }

    /// The word for it in messages and tests.
    pub fn word(self) -> &'static str {
        match self {
            Notion::Succeed => "succeed",
            Notion::Fail => "fail",
            Notion::Enable => "enable",
            Notion::Disable => "disable",
            Notion::Increase => "increase",
            Notion::Decrease => "decrease",
            Notion::Accept => "accept",
            Notion::Reject => "reject",
            Notion::Include => "include",
            Notion::Exclude => "exclude",
            Notion::Add => "add",
            Notion::Remove => "remove",
            Notion::Buy => "buy",
            Notion::Sell => "sell",
            Notion::Import => "import",
            Notion::Export => "export",
            Notion::Internal => "internal",
            Notion::External => "external",
            Notion::Direct => "direct",
            Notion::Indirect => "indirect",
            Notion::Public => "public",
            Notion::Private => "private",
            Notion::Maximum => "maximum",
            Notion::Minimum => "minimum",
            Notion::Command => "command",
            Notion::Want => "want",
            Notion::Should => "should",
            Notion::MaybeNot => "maybe not",
            Notion::Cannot => "cannot",
            Notion::NeedNot => "need not",
            Notion::IfClause => "if",
            Notion::Available => "available",
            Notion::Error => "error",
            Notion::Ceiling => "ceiling",
            Notion::Duty => "duty",
            Notion::Neutral => "neutral",
            Notion::Either => "either",
            Notion::Both => "both",
            Notion::Until => "until",
        }
    }
}

/// How a quantity bounds what it belongs to, read from the words that touch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// In no more than this time: within 14 days.
    Within,
    /// This time later, or later still: 14 days after, later than 14 days.
    After,
    /// This time earlier: 30 days before, in advance.
    Before,
    /// At the latest: by June 30, no later than the 8th.
    By,
    /// Up to this time, and then no more: until June 30.
    Until,
    /// From this time on: from June 30, starting.
    From,
    /// As long as this: for 14 days, during.
    For,
    /// This much or more.
    AtLeast,
    /// This much or less: up to 8.
    AtMost,
    /// More than this.
    MoreThan,
    /// Less than this.
    LessThan,
}

impl Relation {
    /// The words for it in messages and tests.
    pub fn word(self) -> &'static str {
        match self {
            Relation::Within => "within",
            Relation::After => "after",
            Relation::Before => "before",
            Relation::By => "by",
            Relation::Until => "until",
            Relation::From => "from",
            Relation::For => "for",
            Relation::AtLeast => "at least",
            Relation::AtMost => "at most",
            Relation::MoreThan => "more than",
            Relation::LessThan => "less than",
        }
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    BusinessDay,
    Week,
    Month,
    Quarter,
    Year,
}

/// The order of day, month and year in a date of digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum DateOrder {
    Mdy,
    Dmy,
    #[default]
    Ymd,
}

/// How numbers are written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Numbers {
    /// The decimal sign.
    pub decimal: Option<char>,
    /// The signs that may part groups of three digits; a space stands for every kind of space.
    pub group: String,
    /// Number words by value.
    pub words: BTreeMap<i64, Patterns>,
    /// Words after a number that multiply it.
    pub scales: BTreeMap<i64, Patterns>,
    /// Endings of an ordinal in digits: `st`, `nd`.
    pub ordinal_endings: Patterns,
    /// Whether Han numerals are read.
    pub han: bool,
    /// Words between the two numbers of a range: `to`.
    pub ranges: Patterns,
    /// What may stand between a number and the words that bound it: `MB`, `人` in `100 人以上`.
    pub counters: Patterns,
}

/// How dates and times of day are written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Dates {
    /// The order in a date of digits.
    pub order: DateOrder,
    /// The months, January first, all forms of each.
    pub months: Vec<Patterns>,
    /// Forms of months that are more often other words (`may`, `mar`): alone they are no month.
    pub shy: Patterns,
    /// What follows the number of a year.
    pub year_signs: Patterns,
    /// What follows the number of a month.
    pub month_signs: Patterns,
    /// What follows the number of a day of the month.
    pub day_signs: Patterns,
    /// Small words inside a date: `of`, `de`.
    pub joints: Patterns,
    /// Letters that make a year of the two or four digits behind them: `FY21`.
    pub year_prefixes: Patterns,
    /// Whether months are written with a capital.
    pub capital_months: bool,
    /// Words beside a time of day before noon.
    pub am: Patterns,
    /// Words beside a time of day after noon.
    pub pm: Patterns,
    /// What follows the number of an hour of the day.
    pub clock_signs: Patterns,
}

/// The words of one language, as its file states them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Lexicon {
    /// Numbers.
    pub numbers: Numbers,
    /// Dates and times of day.
    pub dates: Dates,
    /// Units of time.
    pub units: BTreeMap<TimeUnit, Patterns>,
    /// Names of currencies, by ISO 4217 code.
    pub currencies: BTreeMap<Box<str>, Patterns>,
    /// Words that say percent.
    pub percent: Patterns,
    /// What says at all times, as `24/7` does.
    pub always: Patterns,
    /// Words that may stand between a relation and its quantity.
    pub bridges: Patterns,
    /// How quantities bound: patterns with `N`.
    pub relations: BTreeMap<Relation, Patterns>,
    /// Duties, denials, conditions.
    pub cues: BTreeMap<Cue, Patterns>,
    /// Words with a contrary, and a few more that are asked for beside the cues.
    pub notions: BTreeMap<Notion, Weighed>,
    /// Whether a clause that begins with its verb may be a condition.
    pub verb_first_conditions: bool,
    /// Sentences and what they state; run as a test.
    #[serde(skip_serializing)]
    pub tests: Vec<Test>,
}

/// A sentence and what it states.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// The sentence.
    pub text: String,
    /// Its statements, in order, in the words of `Statement`'s `Display`, parted by `; `.
    pub states: String,
    /// Its notions, in order, parted by `; `; where none are given, they are not asked for.
    #[serde(default)]
    pub notions: Option<String>,
}
