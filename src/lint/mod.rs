//! Rules, what they leave, and what silences them.
//!
//! A rule is a page (`fixtures/rules/<name>.md`), a value ([`Rule`]) and a function. It reports
//! through [`Findings`] and never builds a `Diagnostic` by hand. `rules.rs` is the list.

mod across;
mod asking;
mod baseline;
mod clauses;
mod compared;
mod consensus;
mod difference;
mod facts;
mod findings;
mod fingerprint;
mod gaps;
mod glue;
mod kept;
mod known;
mod label_case;
mod label_names;
mod leftover;
mod marks;
mod mend;
mod numerals;
mod page;
mod policies;
mod problems;
mod quiet;
mod remains;
mod rules;
mod run;
mod slip;
mod suppress;
mod terms;
mod unpaired;
mod votes;
mod widths;
mod written;

pub use across::{Conflicts, Fact, FactValue, Facts, NamedLabel, compare, compare_facts, in_order};
pub use asking::Asking;
pub use baseline::{Baseline, BaselineError};
pub use compared::Compared;
pub use findings::{Finding, Findings};
pub use kept::findings as kept_findings;
pub use known::refuse_unknown;
pub use mend::mend;
pub use page::{Example, Page};
pub use quiet::quiet;
pub use remains::Remains;
pub use rules::RULES;
pub use run::{Article, Outcome, Reach, check_bitexts, check_group, unreadable};
pub use votes::Votes;
pub use written::Written;

use std::cell::OnceCell;
use std::sync::Arc;

use crate::bitext::{Bitext, Unit};
use crate::config::Settings;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::locale::{Locale, Words};
use crate::procedure::{self, Outline, Reading, Stated};
use crate::termbase::{Lesson, Wording};

/// A lint check.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, which completes "allow …".
    pub name: &'static str,
    /// What it finds, in one line: lower case, no full stop.
    pub summary: &'static str,
    /// The family it is listed under.
    pub family: Family,
    /// How grave its findings are unless the rule or the settings say otherwise.
    pub severity: Severity,
    /// The version it first appeared in.
    pub since: &'static str,
    /// Its page: what it does, why, what to do, examples.
    pub page: &'static str,
    /// The check itself.
    pub check: Check,
}

/// How much a rule must see.
#[derive(Clone, Copy)]
pub enum Check {
    /// One article in one locale.
    Document(fn(&Document, &Context<'_>, &mut Findings<'_>)),
    /// One translation unit.
    Unit(fn(&Unit<'_>, &Context<'_>, &mut Findings<'_>)),
    /// What both sides of one translation unit state.
    Statements(fn(&Compared<'_, '_>, &Context<'_>, &mut Findings<'_>)),
    /// How the targets of a translated article are written.
    Written(fn(&[Written<'_, '_>], &Context<'_>, &mut Findings<'_>)),
    /// What the targets of a translated article have of its source.
    Remains(fn(&[Remains<'_, '_>], &Bitext<'_>, &Context<'_>, &mut Findings<'_>)),
    /// All units of a translated article.
    Bitext(fn(&Bitext<'_>, &Context<'_>, &mut Findings<'_>)),
    /// One article in all its locales.
    Group(fn(&Group<'_>, &mut Findings<'_>)),
    /// What both sides of one translation unit state, and one article in all its locales.
    Both(fn(&Compared<'_, '_>, &Context<'_>, &mut Findings<'_>), fn(&Group<'_>, &mut Findings<'_>)),
    /// All articles: what each states, and what these facts say against each other.
    Project {
        /// Stage one: keeps what one article states.
        gather: fn(&Group<'_>, &mut Facts<'_, '_>),
        /// Stage two: gets the facts of this rule from all articles, in order of article and place.
        compare: fn(&[&Fact], &mut Conflicts<'_>),
    },
    /// What the translations of one locale call things, learned from all articles.
    Wording(Lesson, Ask),
    /// All units of a translated article, and what is learned from all articles.
    Learned(fn(&Bitext<'_>, &Context<'_>, &mut Findings<'_>), Lesson, Ask),
    /// Nothing: the findings are made by the checker itself.
    Builtin,
}

/// Asks what a locale calls things.
type Ask = fn(&str, &Wording<'_>, &mut Conflicts<'_>);

impl Check {
    /// The part that asks what the translations of a locale call things.
    fn wording(&self) -> Option<(Lesson, Ask)> {
        match self {
            Check::Wording(lesson, check) | Check::Learned(_, lesson, check) => Some((*lesson, *check)),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Check::Document(_) => "Document",
            Check::Unit(_) => "Unit",
            Check::Statements(_) => "Statements",
            Check::Written(_) => "Written",
            Check::Remains(_) => "Remains",
            Check::Bitext(_) => "Bitext",
            Check::Group(_) => "Group",
            Check::Both(..) => "Both",
            Check::Project { .. } => "Project",
            Check::Wording(..) => "Wording",
            Check::Learned(..) => "Learned",
            Check::Builtin => "Builtin",
        })
    }
}

/// The families of rules, as users select them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Family {
    Completeness,
    Facts,
    Meaning,
    Policies,
    Procedure,
    Labels,
    Inline,
    Structure,
    Freshness,
    Metadata,
    Language,
    Input,
}

impl Family {
    /// The word used in settings and output.
    pub fn name(self) -> &'static str {
        match self {
            Family::Completeness => "completeness",
            Family::Facts => "facts",
            Family::Meaning => "meaning",
            Family::Policies => "policies",
            Family::Procedure => "procedure",
            Family::Labels => "labels",
            Family::Inline => "inline",
            Family::Structure => "structure",
            Family::Freshness => "freshness",
            Family::Metadata => "metadata",
            Family::Language => "language",
            Family::Input => "input",
        }
    }
}

/// What a rule may ask beside what it checks.
pub struct Context<'a> {
    /// The settings in force.
    pub settings: &'a Settings,
    /// The locale of the source.
    pub source_locale: &'a Locale,
    /// The locale of the target (of the document, for a document rule).
    pub locale: &'a Locale,
    /// What the other locales of this article do.
    pub votes: &'a Votes<'a>,
    /// Whether source and target are of the same version, so that what differs is a fault.
    pub same_version: bool,
}

impl<'a> Context<'a> {
    /// The words by which the source states things.
    pub fn source_words(&self) -> &'a Words {
        self.settings.words(self.source_locale)
    }

    /// The words by which the target states things.
    pub fn words(&self) -> &'a Words {
        self.settings.words(self.locale)
    }
}

/// One article in all its locales.
pub struct Group<'a> {
    /// The path without locale and extension.
    pub key: &'a str,
    /// The documents.
    pub documents: &'a [Document],
    /// The bitexts, one for each translated document.
    pub bitexts: &'a [Bitext<'a>],
    /// The locale of the source.
    pub source_locale: &'a Locale,
    /// The locales that the project is translated into.
    pub locales: &'a [Locale],
    /// The settings in force.
    pub settings: &'a Settings,
    article: OnceCell<Option<Reading<'a>>>,
    policies: OnceCell<Vec<Arc<Stated>>>,
}

impl<'a> Group<'a> {
    /// What its source tells the reader to do; read once, for all rules that ask. `None` where the
    /// source is not known.
    pub fn article(&self) -> Option<&Reading<'a>> {
        let read = || Some(Reading::of(procedure::source_of(self.documents, self.source_locale)?, self.source_locale));
        self.article.get_or_init(read).as_ref()
    }

    /// What its source states, with the document that holds it. Where the source stands beside
    /// another article, it is read there.
    pub fn policies(&self) -> Option<(&'a Document, &[Arc<Stated>])> {
        let foreign = || self.bitexts.first().map(|it| it.source);
        let document = self.article().map(|it| it.document).or_else(foreign)?;
        let read = || {
            let all = match self.article() {
                Some(it) => {
                    let locale = it.locale(self.source_locale);
                    procedure::policies(self.key, &it.outline, locale, self.settings.words(locale))
                }
                None => {
                    let locale = if document.is_bilingual() { self.source_locale } else { &document.locale };
                    procedure::policies(self.key, &Outline::of(document), locale, self.settings.words(locale))
                }
            };
            all.into_iter().map(Arc::new).collect()
        };
        Some((document, self.policies.get_or_init(read)))
    }
}

/// The rule with this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
